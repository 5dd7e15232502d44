package main

// library is what Go itself has for these values.
var library []*contestant
