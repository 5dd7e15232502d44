// Text asks for a text, so that the program holds what one contestant needs for that.
package main

import (
	"os"

	used "BENCH"
)

func ask[V int | int64 | uint32 | uint64](text func(V) string) string {
	return text(V(200 + len(os.Args)))
}

func main() {
	os.Stdout.WriteString(ask(used.Text))
}
