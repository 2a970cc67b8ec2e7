package report

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// shortestARN is the length of the shortest ARN with an account.
const shortestARN = len("arn:a:::123456789012:")

// accountInARN is the account of the ARN that a text begins with; empty where
// it begins with none, or with one of no account.
func accountInARN(s string) string {
	for field := range 4 { // arn, partition, service, region
		part, rest, ok := strings.Cut(s, ":")
		if !ok || field == 0 && part != "arn" || field == 1 && part == "" || !isName(part) {
			return ""
		}
		s = rest
	}
	if len(s) <= 12 || s[12] != ':' {
		return ""
	}
	return accountID(s[:12])
}

// isName says whether a part of an ARN is made of what partitions, services and
// regions are.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}

// outside says whether the organization was read, in full, and the account is
// not in it.
func outside(e *estate.Estate, id string) bool {
	o, ok := e.Organization().Get()
	return ok && !o.Has(id) && o.Settled(id) && !slices.ContainsFunc(e.Gaps(), func(g evidence.Gap) bool { return g.Code == "organization" })
}

// accounts are all that the report names, with the organization's names for
// them where those are known.
func accounts(e *estate.Estate, r *Report) map[string]Account {
	list := map[string]Account{}
	add := func(id string) {
		if accountID(id) == "" {
			return
		}
		if _, done := list[id]; done {
			return
		}
		var a Account
		if e != nil {
			a.Name = validUTF8(WithoutKeys(e.AccountName(id)))
			a.Outside = outside(e, id)
		}
		list[id] = a
	}
	r.eachString(func(s string) string {
		if len(s) < 12 {
			return s // nearly all: no account, and no ARN
		}
		add(s)
		for from := 0; from+shortestARN <= len(s); {
			colon := strings.IndexByte(s[from:], ':')
			if colon < 0 {
				break
			}
			if at := from + colon; at >= 3 && s[at-3:at] == "arn" {
				add(accountInARN(s[at-3:]))
			}
			from += colon + 1
		}
		return s
	})
	return list
}
