// Measure times lookups of random keys, all contestants in turn, and prints for each the least nanoseconds of a lookup.
package main

import (
	"fmt"
	"math/rand"
	"time"

	ours "BENCH/ours/PACKAGE"
	"BENCH/rivals/array"
	"BENCH/rivals/maps"
	"BENCH/rivals/none"
	"BENCH/rivals/switches"
)

const (
	queries = 65536
	rounds  = 40
)

var (
	codes               [queries]none.Value
	known, near, misses [queries]string
)

// contestant looks all queries up and returns what keeps the compiler from leaving that out.
type contestant struct {
	what, who string
	look      func() int
	best      time.Duration
}

func textOurs() int {
	var kept [8]string
	for i, code := range codes {
		kept[i&7] = ours.Text(code)
	}
	return len(kept[0])
}

func textArray() int {
	var kept [8]string
	for i, code := range codes {
		kept[i&7] = array.Text(code)
	}
	return len(kept[0])
}

func textMap() int {
	var kept [8]string
	for i, code := range codes {
		kept[i&7] = maps.Text(code)
	}
	return len(kept[0])
}

func textSwitch() int {
	var kept [8]string
	for i, code := range codes {
		kept[i&7] = switches.Text(code)
	}
	return len(kept[0])
}

func parseOurs(names *[queries]string) int {
	found := 0
	for _, name := range names {
		if code, ok := ours.Parse(name); ok {
			found += int(code)
		}
	}
	return found
}

func parseMap(names *[queries]string) int {
	found := 0
	for _, name := range names {
		if code, ok := maps.Parse(name); ok {
			found += int(code)
		}
	}
	return found
}

func parseSwitch(names *[queries]string) int {
	found := 0
	for _, name := range names {
		if code, ok := switches.Parse(name); ok {
			found += int(code)
		}
	}
	return found
}

// draw makes the queries: values, names, names with a byte changed, and letters with the length of a name. Strings are
// copies, so that none is equal to a name because it is the same.
func draw() {
	random := rand.New(rand.NewSource(1))
	var names, others, letters []string
	taken := map[string]bool{}
	for _, name := range none.Names {
		taken[name] = true
	}
	for _, name := range none.Names {
		bytes := []byte(name)
		names = append(names, string(bytes))
		for taken[string(bytes)] {
			bytes[random.Intn(len(bytes))] = "_~"[random.Intn(2)]
		}
		others = append(others, string(bytes))
		for i := range bytes {
			bytes[i] = byte('a' + random.Intn('z'-'a'+1))
		}
		letters = append(letters, string(bytes))
	}
	for i := range codes {
		codes[i] = ours.At(random.Intn(ours.Count))
		known[i] = names[random.Intn(len(names))]
		near[i] = others[random.Intn(len(names))]
		misses[i] = letters[random.Intn(len(names))]
	}
}

func parses(what string, names *[queries]string) []*contestant {
	return []*contestant{
		{what: what, who: "ours", look: func() int { return parseOurs(names) }},
		{what: what, who: "maps", look: func() int { return parseMap(names) }},
		{what: what, who: "switches", look: func() int { return parseSwitch(names) }},
	}
}

// agree makes sure that all contestants have the same answers.
func agree() {
	for i, code := range codes {
		want := ours.Text(code)
		if array.Text(code) != want || maps.Text(code) != want || switches.Text(code) != want {
			panic(fmt.Sprint("texts of ", code))
		}
		for _, name := range []string{known[i], near[i], misses[i]} {
			code, ok := ours.Parse(name)
			m, inMap := maps.Parse(name)
			s, inSwitch := switches.Parse(name)
			if m != code || s != code || inMap != ok || inSwitch != ok || ok != (name == known[i]) {
				panic("values of " + name)
			}
		}
	}
}

func main() {
	draw()
	agree()
	all := append([]*contestant{
		{what: "text", who: "ours", look: textOurs},
		{what: "text", who: "array", look: textArray},
		{what: "text", who: "maps", look: textMap},
		{what: "text", who: "switches", look: textSwitch},
	}, library...)
	all = append(all, parses("parse", &known)...)
	all = append(all, parses("parse-near", &near)...)
	all = append(all, parses("parse-miss", &misses)...)
	sum := 0
	for round := 0; round < rounds; round++ {
		for _, c := range all {
			start := time.Now()
			sum += c.look()
			took := time.Since(start)
			if round == 0 || took < c.best {
				c.best = took
			}
		}
	}
	for _, c := range all {
		fmt.Printf("%s %s %.2f\n", c.what, c.who, float64(c.best.Nanoseconds())/queries)
	}
	if sum == 0 {
		panic("nothing found")
	}
}
