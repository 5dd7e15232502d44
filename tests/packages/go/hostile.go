package main

import (
	"MODULE/bare"
	"MODULE/barewide"
	"MODULE/empty"
	"MODULE/emptywide"
	"MODULE/sparse"
	"MODULE/typei16"
	"MODULE/typei32"
	"MODULE/typei64"
	"MODULE/typei8"
	"MODULE/typeu16"
	"MODULE/typeu32"
	"MODULE/typeu64"
	"MODULE/typeu8"
	"MODULE/words"
)

// The registries of tests/packages/vectors/hostile.yaml, as the consumer knows them.
var registries = map[string]registry{
	"type_u8": adapt(typeu8.Count, typeu8.At, typeu8.Text, typeu8.Name, typeu8.Description, typeu8.StatusOf, typeu8.Deprecated, typeu8.Parse, typeu8.References, typeu8.FormerReferences,
		map[string]func(int) bool{"whole": typeu8.IsWhole, "one": typeu8.IsOne},
		map[string]func(number) string{"flag": of(typeu8.Flag), "number": of(typeu8.Number), "words": of(typeu8.Words), "parts": members(typeu8.Parts), "steps": members(typeu8.Steps)}),
	"type_u16": adapt(typeu16.Count, typeu16.At, typeu16.Text, typeu16.Name, typeu16.Description, typeu16.StatusOf, typeu16.Deprecated, typeu16.Parse, typeu16.References, typeu16.FormerReferences,
		map[string]func(int) bool{"whole": typeu16.IsWhole, "one": typeu16.IsOne},
		map[string]func(number) string{"flag": of(typeu16.Flag), "number": of(typeu16.Number), "words": of(typeu16.Words), "parts": members(typeu16.Parts), "steps": members(typeu16.Steps)}),
	"type_u32": adapt(typeu32.Count, typeu32.At, typeu32.Text, typeu32.Name, typeu32.Description, typeu32.StatusOf, typeu32.Deprecated, typeu32.Parse, typeu32.References, typeu32.FormerReferences,
		map[string]func(uint32) bool{"whole": typeu32.IsWhole, "one": typeu32.IsOne},
		map[string]func(number) string{"flag": of(typeu32.Flag), "number": of(typeu32.Number), "words": of(typeu32.Words), "parts": members(typeu32.Parts), "steps": members(typeu32.Steps)}),
	"type_u64": adapt(typeu64.Count, typeu64.At, typeu64.Text, typeu64.Name, typeu64.Description, typeu64.StatusOf, typeu64.Deprecated, typeu64.Parse, typeu64.References, typeu64.FormerReferences,
		map[string]func(uint64) bool{"whole": typeu64.IsWhole, "one": typeu64.IsOne},
		map[string]func(number) string{"flag": of(typeu64.Flag), "number": of(typeu64.Number), "words": of(typeu64.Words), "parts": members(typeu64.Parts), "steps": members(typeu64.Steps)}),
	"type_i8": adapt(typei8.Count, typei8.At, typei8.Text, typei8.Name, typei8.Description, typei8.StatusOf, typei8.Deprecated, typei8.Parse, typei8.References, typei8.FormerReferences,
		map[string]func(int) bool{"whole": typei8.IsWhole, "one": typei8.IsOne},
		map[string]func(number) string{"flag": of(typei8.Flag), "number": of(typei8.Number), "words": of(typei8.Words), "parts": members(typei8.Parts), "steps": members(typei8.Steps)}),
	"type_i16": adapt(typei16.Count, typei16.At, typei16.Text, typei16.Name, typei16.Description, typei16.StatusOf, typei16.Deprecated, typei16.Parse, typei16.References, typei16.FormerReferences,
		map[string]func(int) bool{"whole": typei16.IsWhole, "one": typei16.IsOne},
		map[string]func(number) string{"flag": of(typei16.Flag), "number": of(typei16.Number), "words": of(typei16.Words), "parts": members(typei16.Parts), "steps": members(typei16.Steps)}),
	"type_i32": adapt(typei32.Count, typei32.At, typei32.Text, typei32.Name, typei32.Description, typei32.StatusOf, typei32.Deprecated, typei32.Parse, typei32.References, typei32.FormerReferences,
		map[string]func(int) bool{"whole": typei32.IsWhole, "one": typei32.IsOne},
		map[string]func(number) string{"flag": of(typei32.Flag), "number": of(typei32.Number), "words": of(typei32.Words), "parts": members(typei32.Parts), "steps": members(typei32.Steps)}),
	"type_i64": adapt(typei64.Count, typei64.At, typei64.Text, typei64.Name, typei64.Description, typei64.StatusOf, typei64.Deprecated, typei64.Parse, typei64.References, typei64.FormerReferences,
		map[string]func(int64) bool{"whole": typei64.IsWhole, "one": typei64.IsOne},
		map[string]func(number) string{"flag": of(typei64.Flag), "number": of(typei64.Number), "words": of(typei64.Words), "parts": members(typei64.Parts), "steps": members(typei64.Steps)}),
	"bare": adapt(bare.Count, bare.At, bare.Text, bare.Name, bare.Description, bare.StatusOf, bare.Deprecated, bare.Parse, bare.References, bare.FormerReferences,
		nil, nil),
	"bare_wide": adapt(barewide.Count, barewide.At, barewide.Text, barewide.Name, barewide.Description, barewide.StatusOf, barewide.Deprecated, barewide.Parse, barewide.References, barewide.FormerReferences,
		nil, nil),
	"empty": adapt(empty.Count, empty.At, empty.Text, empty.Name, empty.Description, empty.StatusOf, empty.Deprecated, empty.Parse, empty.References, empty.FormerReferences,
		nil, nil),
	"empty_wide": adapt(emptywide.Count, emptywide.At, emptywide.Text, emptywide.Name, emptywide.Description, emptywide.StatusOf, emptywide.Deprecated, emptywide.Parse, emptywide.References, emptywide.FormerReferences,
		nil, nil),
	"sparse": adapt(sparse.Count, sparse.At, sparse.Text, sparse.Name, sparse.Description, sparse.StatusOf, sparse.Deprecated, sparse.Parse, sparse.References, sparse.FormerReferences,
		nil, nil),
	"words": adapt(words.Count, words.At, words.Text, words.Name, words.Description, words.StatusOf, words.Deprecated, words.Parse, words.References, words.FormerReferences,
		map[string]func(int) bool{"all": words.IsAll},
		map[string]func(number) string{"parse": of(words.ParseValue), "goto": of(words.Goto), "int": of(words.Int)}),
}
