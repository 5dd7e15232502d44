// Consumer asks the packages for everything that vectors.tsv says, and for every value from 0 to
// 1000. Usage: consumer vectors.tsv
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

const last = 1000

// number is a value of any type: a string, or what vectors.tsv has for a number, the decimal.
type number string

// between tells whether n is from first to last; no 64-bit type holds all three.
func (n number) between(first, last string) bool {
	return !less(string(n), first) && !less(last, string(n))
}

func less(a, b string) bool {
	if negative := strings.HasPrefix(a, "-"); negative != strings.HasPrefix(b, "-") {
		return negative
	} else if negative {
		a, b = b[1:], a[1:]
	}
	return len(a) < len(b) || len(a) == len(b) && a < b
}

// reference is what is compared of a reference.
type reference struct{ label, url string }

// registry is how the consumer calls a package.
type registry struct {
	count                           int
	at                              func(int) number
	text, name, description, status func(number) string
	deprecated                      func(number) bool
	parse                           func(string) (number, bool)
	references, former              func(number) []reference
	predicates                      map[string]func(number) bool
	fields                          map[string]func(number) string
}

var checks, failures int

func check(id string, n number, what, got, want string) {
	checks++
	if got != want {
		failures++
		if failures <= 20 {
			fmt.Fprintf(os.Stderr, "%s %s: %s is %q, not %q\n", id, n, what, got, want)
		}
	}
}

var initialisms = map[string]bool{"acl": true, "http": true, "http2": true, "http3": true, "id": true, "ok": true, "tls": true,
	"ttl": true, "uri": true, "url": true}

// constant is the Go name of words: content_too_large is ContentTooLarge.
func constant(words string) string {
	var b strings.Builder
	for _, word := range strings.FieldsFunc(words, func(r rune) bool { return r == '_' }) {
		if initialisms[word] {
			b.WriteString(strings.ToUpper(word))
		} else {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	name := b.String()
	switch {
	case name == "":
		return ""
	case name[0] >= '0' && name[0] <= '9':
		return "N" + name
	case name == "Text" || name == "Count" || name == "At" || name == "All" || name == "Name" || name == "Parse":
		return name + "Value"
	}
	return name
}

var unescape = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r")

func read(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var rows [][]string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		row := strings.Split(lines.Text(), "\t")
		for i := range row {
			if row[i] == "-" {
				row[i] = ""
			}
			row[i] = unescape.Replace(row[i])
		}
		rows = append(rows, row)
	}
	return rows, lines.Err()
}

// facts is what vectors.tsv says about a registry.
type facts struct {
	order              []number
	entries            map[number][]string
	descriptions       map[number]string
	fields             map[number]map[string]string
	references, former map[number][]reference
	defaults           map[string]string
	integers           map[string]bool
	aliases            [][]string
	valid              []string
	spans, predicates  [][]string
	strings, caseless  bool
}

func collect(rows [][]string) map[string]*facts {
	all := map[string]*facts{}
	for _, row := range rows {
		f := all[row[1]]
		if f == nil {
			f = &facts{entries: map[number][]string{}, descriptions: map[number]string{}, fields: map[number]map[string]string{},
				references: map[number][]reference{}, former: map[number][]reference{}, defaults: map[string]string{}, integers: map[string]bool{}}
			all[row[1]] = f
		}
		n := number(row[2])
		switch strings.TrimPrefix(row[0], "s_") {
		case "strings":
			f.strings = true
			f.caseless = row[2] == "caseless"
		case "valid":
			f.valid = row[2:4]
		case "span":
			f.spans = append(f.spans, row[2:5])
		case "predicate":
			f.predicates = append(f.predicates, row[2:5])
		case "default":
			f.defaults[row[2]] = row[4]
			f.integers[row[2]] = strings.Trim(row[3], "iu0123456789") == ""
		case "entry":
			f.order = append(f.order, n)
			f.entries[n] = row[3:]
			f.fields[n] = map[string]string{}
		case "description":
			f.descriptions[n] = row[3]
		case "field":
			f.fields[n][row[3]] = row[4]
		case "reference":
			f.references[n] = append(f.references[n], reference{row[3], row[4]})
		case "former_reference":
			f.former[n] = append(f.former[n], reference{row[3], row[4]})
		case "alias":
			f.aliases = append(f.aliases, row[2:4])
		}
	}
	return all
}

func checkValue(id string, r registry, f *facts, n number) {
	entry, found := f.entries[n]
	if !found {
		entry = []string{"", "", "none", "false"}
		if f.strings || n.between(f.valid[0], f.valid[1]) {
			entry[2] = "unassigned"
		}
		for _, s := range f.spans {
			if n.between(s[0], s[1]) {
				entry[2] = s[2]
			}
		}
	}
	check(id, n, "name", r.name(n), constant(entry[0]))
	check(id, n, "text", r.text(n), entry[1])
	check(id, n, "status", r.status(n), entry[2])
	check(id, n, "deprecated", strconv.FormatBool(r.deprecated(n)), entry[3])
	check(id, n, "description", r.description(n), f.descriptions[n])
	check(id, n, "references", fmt.Sprint(r.references(n)), fmt.Sprint(f.references[n]))
	check(id, n, "former references", fmt.Sprint(r.former(n)), fmt.Sprint(f.former[n]))
	if entry[0] != "" {
		checkName(id, r, n, entry[0])
	}
	for _, p := range f.predicates {
		if is := r.predicates[p[0]]; is == nil {
			check(id, n, p[0], "unknown", "known")
		} else {
			check(id, n, p[0], strconv.FormatBool(is(n)), strconv.FormatBool(n.between(p[1], p[2])))
		}
	}
	for field, want := range f.defaults {
		if found {
			want = f.fields[n][field]
		}
		if want == "" && f.integers[field] {
			want = "0"
		}
		if of := r.fields[field]; of == nil {
			check(id, n, field, "unknown", "known")
		} else {
			check(id, n, field, of(n), want)
		}
	}
}

func checkName(id string, r registry, n number, words string) {
	got, ok := r.parse(constant(words))
	check(id, n, "Parse of "+words, fmt.Sprint(got, ok), fmt.Sprint(n, true))
}

// swapCase makes small letters of capitals from A to Z, and the other way round.
func swapCase(n number) number {
	return number(strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' {
			return r ^ ' '
		}
		return r
	}, string(n)))
}

// checkStrings asks for strings that are like n.
func checkStrings(id string, r registry, f *facts, n number) {
	for _, like := range []number{"", n + "?", n[1:], n[:len(n)-1], n + n, n[:len(n)-1] + "\x00", n + "\x00"} {
		if !f.caseless {
			checkValue(id, r, f, like)
		} else if _, found := f.entries[like]; !found && f.entries[swapCase(like)] == nil {
			checkValue(id, r, f, like)
		}
	}
	if !f.caseless {
		checkValue(id, r, f, swapCase(n))
		return
	}
	check(id, n, "the name in the other case", r.name(swapCase(n)), r.name(n))
	check(id, n, "the text in the other case", r.text(swapCase(n)), r.text(n))
	check(id, n, "the status in the other case", r.status(swapCase(n)), r.status(n))
}

// checkNumbers asks for numbers that may have no entry.
func checkNumbers(id string, r registry, f *facts) {
	for i := 0; i <= last; i++ {
		checkValue(id, r, f, number(strconv.Itoa(i)))
	}
	for _, s := range append(f.spans, f.valid) {
		checkValue(id, r, f, number(s[0]))
		checkValue(id, r, f, number(s[1]))
	}
}

func checkRegistry(id string, r registry, f *facts) {
	ends := "00"
	if f.strings {
		ends = ""
		for _, n := range f.order {
			checkStrings(id, r, f, n)
		}
	} else {
		checkNumbers(id, r, f)
	}
	check(id, "all", "Count", strconv.Itoa(r.count), strconv.Itoa(len(f.order)))
	for i, n := range f.order {
		check(id, n, "At", string(r.at(i)), string(n))
		checkValue(id, r, f, n)
	}
	check(id, "all", "At", string(r.at(-1)+r.at(r.count)), ends)
	for _, a := range f.aliases {
		checkName(id, r, number(a[0]), a[1])
	}
	_, ok := r.parse("no such name")
	check(id, "none", "Parse", strconv.FormatBool(ok), "false")
}

func main() {
	rows, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	all := collect(rows)
	for id, f := range all {
		r, ok := registries[id]
		if !ok {
			fmt.Fprintln(os.Stderr, id, "is not among the registries of the consumer")
			os.Exit(1)
		}
		checkRegistry(id, r, f)
	}
	fmt.Printf("%d checks, %d failures\n", checks, failures)
	if failures > 0 || len(all) == 0 {
		os.Exit(1)
	}
}
