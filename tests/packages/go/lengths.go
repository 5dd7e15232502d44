// Lengths looks up names of every length, and what is almost one of them, beside Go's map. It prints how many it asked for.
package main

import (
	"fmt"
	"os"
	"strings"

	"MODULE/brief"
	"MODULE/deep"
	"MODULE/far"
	"MODULE/long"
	"MODULE/mixed"
	"MODULE/narrow"
	"MODULE/none"
	"MODULE/wide"
)

var asked, wrong int

// variants are the name with each byte another, left out and doubled, its beginnings, and itself with more behind.
func variants(name string) []string {
	all := []string{"", name, name + name, name + "\x00", name + strings.Repeat("a", 200)}
	for i := range name {
		all = append(all, name[:i], name[i:], name[:i]+name[i+1:], name[:i+1]+name[i:])
		for bit := 0; bit < 8; bit++ {
			all = append(all, name[:i]+string([]byte{name[i] ^ 1<<bit})+name[i+1:])
		}
	}
	return all
}

func check[V comparable](count int, at func(int) V, name func(V) string, parse func(string) (V, bool)) {
	values := map[string]V{}
	for i := 0; i < count; i++ {
		if name(at(i)) != "" {
			values[name(at(i))] = at(i)
		}
	}
	for word := range values {
		for _, variant := range variants(word) {
			want, known := values[variant]
			asked++
			if got, ok := parse(variant); got != want || ok != known {
				wrong++
				fmt.Fprintf(os.Stderr, "Parse(%q) = %v, %t, want %v, %t\n", variant, got, ok, want, known)
			}
		}
	}
}

func main() {
	check(brief.Count, brief.At, brief.Name, brief.Parse)
	check(narrow.Count, narrow.At, narrow.Name, narrow.Parse)
	check(mixed.Count, mixed.At, mixed.Name, mixed.Parse)
	check(wide.Count, wide.At, wide.Name, wide.Parse)
	check(deep.Count, deep.At, deep.Name, deep.Parse)
	check(long.Count, long.At, long.Name, long.Parse)
	check(far.Count, far.At, far.Name, far.Parse)
	check(none.Count, none.At, none.Name, none.Parse)
	fmt.Println(asked)
	if wrong > 0 || asked < 5000 {
		os.Exit(1)
	}
}
