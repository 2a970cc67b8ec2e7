package report

import (
	"reflect"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// accountInARN is the account of the ARN that a text begins with; empty where
// it begins with none, or with one of no account.
func accountInARN(s string) string {
	for field := range 4 { // arn, partition, service, region
		part, rest, ok := strings.Cut(s, ":")
		if !ok || field == 0 && part != "arn" || field == 1 && part == "" ||
			strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			return ""
		}
		s = rest
	}
	if len(s) <= 12 || s[12] != ':' {
		return ""
	}
	return accountID(s[:12])
}

// outside says whether the organization was read, in full, and the account is
// not in it.
func outside(e *estate.Estate, id string) bool {
	o, ok := e.Organization().Get()
	return ok && !o.Has(id) && !slices.ContainsFunc(e.Gaps(), func(g evidence.Gap) bool { return g.Code == "organization" })
}

// accounts are all that the report names, with the organization's names for
// them where those are known.
func accounts(e *estate.Estate, r *Report) map[string]Account {
	list := map[string]Account{}
	add := func(id string) {
		if _, done := list[id]; done || accountID(id) == "" {
			return
		}
		var a Account
		if e != nil {
			a.Name = validUTF8(WithoutKeys(e.AccountName(id)))
			a.Outside = outside(e, id)
		}
		list[id] = a
	}
	eachString(reflect.ValueOf(r).Elem(), func(s string) string {
		add(s)
		for rest := s; ; rest = rest[1:] {
			at := strings.Index(rest, "arn:")
			if at < 0 {
				return s
			}
			rest = rest[at:]
			add(accountInARN(rest))
		}
	})
	return list
}
