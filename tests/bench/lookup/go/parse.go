// Parse asks for a value, so that the program holds what one contestant needs for that.
package main

import (
	"os"

	used "BENCH"
)

func main() {
	if code, ok := used.Parse(os.Args[0]); ok {
		os.Exit(int(code))
	}
}
