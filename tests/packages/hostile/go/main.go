// Ask answers the questions of a file, line by line, as judge.py writes them. Usage: ask questions.tsv
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"

	root "MODULE"
)

type integer interface {
	int | int64 | uint32 | uint64
}

// asked is a registry whose values are of any type.
type asked interface {
	answer(kind, question string) []string
}

var adaptors = map[string]asked{}

// adaptor is how the program asks a package.
type adaptor[T comparable] struct {
	read                    func(string) T
	text, name, description func(T) string
	status                  func(T) root.Status
	deprecated              func(T) bool
	references, former      func(T) []root.Reference
	parse                   func(string) (T, bool)
	at                      func(int) T
	all                     func(func(T) bool)
	count                   int
	predicates              []func(T) bool
	fields                  []func(T) []string
	constants               map[string]T
}

func number[T integer](s string) T {
	if v, err := strconv.ParseInt(s, 10, 64); err == nil {
		return T(v)
	}
	v, err := strconv.ParseUint(s, 10, 64)
	if err != nil {
		panic(err)
	}
	return T(v)
}

func text(s string) string { return s }

func of[T, V any](get func(T) V) func(T) []string {
	return func(v T) []string { return []string{fmt.Sprint(get(v))} }
}

func ofList[T any, V comparable](get func(T) root.List[V]) func(T) []string {
	return func(v T) []string {
		list := get(v)
		columns := []string{strconv.Itoa(list.Len())}
		list.All(func(i int, member V) bool {
			if i != len(columns)-1 || member != list.At(i) {
				panic("All and At differ")
			}
			columns = append(columns, fmt.Sprint(member))
			return true
		})
		return append(columns, fmt.Sprint(list.At(list.Len())))
	}
}

func citations(all []root.Reference) []string {
	columns := []string{strconv.Itoa(len(all))}
	for _, r := range all {
		columns = append(columns, r.Label, r.Title, r.URL)
	}
	return append(columns, "")
}

// status is empty for a value that the registry cannot have.
func status(s root.Status) string {
	if s == 0 {
		return ""
	}
	return s.String()
}

func (a adaptor[T]) value(v T) []string {
	columns := []string{a.text(v), a.name(v), status(a.status(v)), a.description(v), strconv.FormatBool(a.deprecated(v)), "?"}
	columns = append(columns, citations(a.references(v))...)
	columns = append(columns, citations(a.former(v))...)
	for _, is := range a.predicates {
		columns = append(columns, strconv.FormatBool(is(v)))
	}
	for _, of := range a.fields {
		columns = append(columns, of(v)...)
	}
	return columns
}

// entries counts what All yields, if it is what At has.
func (a adaptor[T]) entries() int {
	n := 0
	a.all(func(v T) bool {
		if v != a.at(n) {
			panic("All and At differ")
		}
		n++
		return true
	})
	if n != a.count {
		panic("All and Count differ")
	}
	return n
}

func (a adaptor[T]) answer(kind, question string) []string {
	switch kind {
	case "C":
		return []string{strconv.Itoa(a.entries())}
	case "A":
		return []string{fmt.Sprint(a.at(number[int](question)))}
	case "N":
		if v, ok := a.parse(question); ok {
			return []string{"1", fmt.Sprint(v)}
		}
		return []string{"0"}
	case "K":
		columns := []string{}
		for name, v := range a.constants {
			columns = append(columns, name, fmt.Sprint(v))
		}
		return columns
	}
	return a.value(a.read(question))
}

var (
	unescape = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r", `\0`, "\x00")
	escape   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	out := bufio.NewWriter(os.Stdout)
	lines := bufio.NewReader(file)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			break
		}
		line = line[:len(line)-1]
		columns := strings.Split(line, "\t")
		out.WriteString(line)
		for _, column := range adaptors[columns[0]].answer(columns[1], unescape.Replace(columns[2])) {
			out.WriteString("\t" + escape.Replace(column))
		}
		out.WriteString("\n")
	}
	if out.Flush() != nil {
		os.Exit(2)
	}
}
