package main

import (
	"MODULE/httpstatus"
	"MODULE/httpstatusunofficial"
)

// The registries of registry.yaml, as the consumer knows them.
var registries = map[string]registry{
	"http_status": adapt(httpstatus.Count, httpstatus.At, httpstatus.Text, httpstatus.Name, httpstatus.Description,
		httpstatus.StatusOf, httpstatus.Deprecated, httpstatus.Parse, httpstatus.References, httpstatus.FormerReferences,
		map[string]func(int) bool{
			"informational": httpstatus.IsInformational,
			"success":       httpstatus.IsSuccess,
			"redirection":   httpstatus.IsRedirection,
			"client_error":  httpstatus.IsClientError,
			"server_error":  httpstatus.IsServerError,
		},
		map[string]func(number) string{"cacheable": of(httpstatus.Cacheable), "content": of(httpstatus.Content)}),
	"http_status_unofficial": adapt(httpstatusunofficial.Count, httpstatusunofficial.At, httpstatusunofficial.Text,
		httpstatusunofficial.Name, httpstatusunofficial.Description, httpstatusunofficial.StatusOf,
		httpstatusunofficial.Deprecated, httpstatusunofficial.Parse, httpstatusunofficial.References,
		httpstatusunofficial.FormerReferences, nil,
		map[string]func(number) string{"origin": of(httpstatusunofficial.Origin)}),
}
