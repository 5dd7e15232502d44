package main

import (
	"MODULE/caseless"
	"MODULE/exact"
	"MODULE/none"
	"MODULE/one"
	"MODULE/unnamed"
)

// The registries of tests/packages/vectors/strings.yaml, as the consumer knows them.
var registries = map[string]registry{
	"exact": adapt(exact.Count, exact.At, exact.Text, exact.Name, exact.Description, exact.StatusOf, exact.Deprecated, exact.Parse, exact.References, exact.FormerReferences,
		nil, map[string]func(number) string{"flag": of(exact.Flag), "number": of(exact.Number), "words": of(exact.Words), "since": of(exact.Since), "kind": of(exact.Kind), "other": of(exact.Other), "way": of(exact.Way),
			"parts": members(exact.Parts), "levels": members(exact.Levels), "dates": members(exact.Dates), "kinds": members(exact.Kinds), "ways": members(exact.Ways), "others": members(exact.Others)}),
	"caseless": adapt(caseless.Count, caseless.At, caseless.Text, caseless.Name, caseless.Description, caseless.StatusOf, caseless.Deprecated, caseless.Parse, caseless.References, caseless.FormerReferences,
		nil, map[string]func(number) string{"structured": of(caseless.Structured)}),
	"one": adapt(one.Count, one.At, one.Text, one.Name, one.Description, one.StatusOf, one.Deprecated, one.Parse, one.References, one.FormerReferences,
		nil, nil),
	"unnamed": adapt(unnamed.Count, unnamed.At, unnamed.Text, unnamed.Name, unnamed.Description, unnamed.StatusOf, unnamed.Deprecated, unnamed.Parse, unnamed.References, unnamed.FormerReferences,
		nil, nil),
	"none": adapt(none.Count, none.At, none.Text, none.Name, none.Description, none.StatusOf, none.Deprecated, none.Parse, none.References, none.FormerReferences,
		nil, nil),
}

// What a field may be has constants, which are what the lookups give.
func init() {
	if exact.Way("GET") != exact.WayAMinus || exact.Kind("*") != exact.KindNotSafe || exact.Way("no such") != "" ||
		exact.WayU0020+exact.WayAsterisk+exact.WaysU1f600 != " *\U0001F600" {
		panic("the constants of fields are not what the fields are")
	}
}
