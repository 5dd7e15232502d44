package main

import (
	"testing"

	"MODULE/httpstatus"
)

var (
	words  string
	number int
	yes    bool
)

func TestAllocations(t *testing.T) {
	n := testing.AllocsPerRun(10, func() {
		for i := 0; i < httpstatus.Count; i++ {
			code := httpstatus.At(i)
			words = httpstatus.Text(code)
			words = httpstatus.Description(code)
			words = httpstatus.Name(code)
			number, yes = httpstatus.Parse(words)
			yes = httpstatus.Deprecated(code) || httpstatus.IsSuccess(code) || httpstatus.Cacheable(code)
			for _, r := range httpstatus.References(code) {
				words = r.Label
			}
			words = httpstatus.StatusOf(code).String()
		}
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}
