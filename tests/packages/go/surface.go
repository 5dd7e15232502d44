package main

import (
	"math"
	"net/http"
	"testing"

	root "MODULE"
	"MODULE/httpstatus"
	"MODULE/httpstatusunofficial"
)

var (
	words  string
	number int
	yes    bool
)

func use(code int) bool {
	words = httpstatus.Text(code)
	words = httpstatus.Name(code)
	number, yes = httpstatus.Parse(words)
	return true
}

func TestAllocations(t *testing.T) {
	n := testing.AllocsPerRun(10, func() {
		for i := 0; i < httpstatus.Count; i++ {
			code := httpstatus.At(i)
			words = httpstatus.Text(code)
			words = httpstatus.Description(code)
			words = httpstatus.Name(code)
			number, yes = httpstatus.Parse(words)
			number, yes = httpstatus.Parse("no such name")
			yes = httpstatus.Deprecated(code) || httpstatus.IsSuccess(code) || httpstatus.Cacheable(code)
			for _, r := range httpstatus.References(code) {
				words = r.Label
			}
			for _, r := range httpstatus.FormerReferences(code) {
				words = r.URL
			}
			words = httpstatus.StatusOf(code).String()
		}
		httpstatus.All(use)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// own is a type that a program has for codes.
type own uint16

// The constants fit numbers of any type, and each other.
func TestUntyped(t *testing.T) {
	const sum int64 = httpstatus.OK + httpstatus.ContentTooLarge
	response := http.Response{StatusCode: httpstatus.NotFound}
	if response.StatusCode != httpstatus.NotFound || own(404) != httpstatus.NotFound || uint16(413) != httpstatus.PayloadTooLarge || sum != 613 {
		t.Error("constants")
	}
	switch code := own(302); code {
	case httpstatus.OK, httpstatus.Found:
	default:
		t.Error("switch")
	}
}

// A code that nobody registered is a value like any other.
func TestAnyValue(t *testing.T) {
	for _, code := range []int{math.MinInt, math.MinInt32, -1, 0, 99, 105, 299, 419, 512, 599, 600, 999, 1000, math.MaxInt32, math.MaxInt} {
		if httpstatus.Text(code) != "" || httpstatus.Name(code) != "" || httpstatus.Description(code) != "" || httpstatus.Deprecated(code) ||
			len(httpstatus.References(code))+len(httpstatus.FormerReferences(code)) != 0 {
			t.Errorf("%d has an entry", code)
		}
		want := root.None
		if code >= 100 && code <= 599 {
			want = root.Unassigned
		}
		if got := httpstatus.StatusOf(code); got != want {
			t.Errorf("StatusOf(%d) = %v, want %v", code, got, want)
		}
	}
	if got := root.Status(255).String(); got != "none" {
		t.Errorf("Status(255) is %q", got)
	}
}

// All names of a value lead to it: those that documents no longer use, too.
func TestFormerNames(t *testing.T) {
	for name, want := range map[string]int{"PayloadTooLarge": 413, "RequestEntityTooLarge": 413, "ContentTooLarge": 413} {
		if got, ok := httpstatus.Parse(name); got != want || !ok {
			t.Errorf("Parse(%q) = %d, %t", name, got, ok)
		}
	}
	if httpstatus.Name(413) != "ContentTooLarge" {
		t.Error("413 has not the name of today")
	}
}

// What only looks like a name is none.
func TestNoNames(t *testing.T) {
	for i := 0; i < httpstatus.Count; i++ {
		name := httpstatus.Name(httpstatus.At(i))
		for at := range name {
			for _, other := range []string{name[:at], name[:at] + "_" + name[at+1:], name[:at] + "\xff" + name[at:], name + name[:at+1]} {
				if got, ok := httpstatus.Parse(other); ok && httpstatus.Name(got) != other {
					t.Errorf("Parse(%q) = %d", other, got)
				}
			}
		}
	}
}

// The registered codes and the others are not mixed.
func TestUnofficial(t *testing.T) {
	for i := 0; i < httpstatusunofficial.Count; i++ {
		code := httpstatusunofficial.At(i)
		if httpstatus.Name(code) != "" && httpstatus.Name(code) == httpstatusunofficial.Name(code) {
			t.Errorf("%d is in both packages", code)
		}
		if httpstatusunofficial.Origin(code) == "" {
			t.Errorf("%d has no origin", code)
		}
	}
}

func TestAll(t *testing.T) {
	n := 0
	httpstatus.All(func(code int) bool {
		if code != httpstatus.At(n) {
			t.Errorf("value %d is %d", n, code)
		}
		n++
		return n < 5
	})
	if n != 5 {
		t.Errorf("%d values, want 5", n)
	}
}
