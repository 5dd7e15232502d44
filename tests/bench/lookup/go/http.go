package main

import "net/http"

func textLibrary() int {
	var kept [8]string
	for i, code := range codes {
		kept[i&7] = http.StatusText(code)
	}
	return len(kept[0])
}

// library is what Go itself has for these values.
var library = []*contestant{{what: "text", who: "http.StatusText", look: textLibrary}}
