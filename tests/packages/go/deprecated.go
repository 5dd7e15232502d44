// Deprecated uses names of tests/packages/go/clash.yaml that are deprecated, in the lines that say so, and names that are not.
package main

import (
	"os"

	"MODULE/code"
)

func main() {
	os.Exit(code.Plain +
		code.Older + // deprecated
		code.Other +
		code.CountValue + // deprecated
		code.Number + // deprecated
		code.Amount) // deprecated
}
