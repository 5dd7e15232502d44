// Start asks for one text, so that the linker keeps what that needs and no more.
package main

import (
	"os"

	"MODULE/httpstatus"
)

func main() {
	os.Stdout.WriteString(httpstatus.Text(200+len(os.Args)) + "\n")
}
