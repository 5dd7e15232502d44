//go:build go1.23

package main

import (
	"testing"

	"MODULE/httpstatus"
)

func TestRange(t *testing.T) {
	n := 0
	for code := range httpstatus.All {
		if code != httpstatus.At(n) {
			t.Errorf("value %d is %d", n, code)
		}
		n++
	}
	if n != httpstatus.Count {
		t.Errorf("%d values, want %d", n, httpstatus.Count)
	}
	if got := testing.AllocsPerRun(10, func() {
		for code := range httpstatus.All {
			number += code
		}
	}); got != 0 {
		t.Errorf("%v allocations", got)
	}
}
