// Package library has the texts that Go itself has.
package library

import "net/http"

// Text returns the text of code, or "" if it has none.
func Text(code int) string {
	return http.StatusText(code)
}
