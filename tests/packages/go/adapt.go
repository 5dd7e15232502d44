package main

import (
	"fmt"
	"strconv"

	root "MODULE"
)

// value is what the values of a registry can be.
type value interface {
	int | int64 | uint32 | uint64 | string
}

func to[T value](n number) T {
	var v T
	var err error
	switch p := any(&v).(type) {
	case *string:
		*p = string(n)
	case *int:
		*p, err = strconv.Atoi(string(n))
	case *int64:
		*p, err = strconv.ParseInt(string(n), 10, 64)
	case *uint32:
		var wide uint64
		wide, err = strconv.ParseUint(string(n), 10, 32)
		*p = uint32(wide)
	case *uint64:
		*p, err = strconv.ParseUint(string(n), 10, 64)
	}
	if err != nil {
		panic(err)
	}
	return v
}

func from[T value](v T) number {
	return number(fmt.Sprint(v))
}

func of[T value, V any](get func(T) V) func(number) string {
	return func(n number) string { return fmt.Sprint(get(to[T](n))) }
}

func members[T value, V any](get func(T) root.List[V]) func(number) string {
	return func(n number) string {
		list := get(to[T](n))
		s := strconv.Itoa(list.Len())
		list.All(func(i int, member V) bool {
			s += fmt.Sprint("\t", member)
			return true
		})
		return s
	}
}

func list[T value](get func(T) []root.Reference) func(number) []reference {
	return func(n number) []reference {
		var all []reference
		for _, r := range get(to[T](n)) {
			all = append(all, reference{r.Label, r.URL})
		}
		return all
	}
}

// adapt makes a registry of what every package has; what only some have is added to it.
func adapt[T value](count int, at func(int) T, text, name, description func(T) string, status func(T) root.Status,
	deprecated func(T) bool, parse func(string) (T, bool), references, former func(T) []root.Reference,
	predicates map[string]func(T) bool, fields map[string]func(number) string) registry {
	r := registry{
		count:       count,
		at:          func(i int) number { return from(at(i)) },
		text:        of(text),
		name:        of(name),
		description: of(description),
		status:      of(status),
		deprecated:  func(n number) bool { return deprecated(to[T](n)) },
		parse: func(s string) (number, bool) {
			v, ok := parse(s)
			return from(v), ok
		},
		references: list(references),
		former:     list(former),
		predicates: map[string]func(number) bool{},
		fields:     fields,
	}
	for id, is := range predicates {
		is := is
		r.predicates[id] = func(n number) bool { return is(to[T](n)) }
	}
	return r
}
