package report

import (
	"reflect"
	"regexp"
	"slices"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// accountInARN finds the account of each ARN in a text.
var accountInARN = regexp.MustCompile(`arn:[a-z0-9-]+:[a-z0-9-]*:[a-z0-9-]*:([0-9]{12}):`)

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
		if accountID(id) == "" {
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
		for _, m := range accountInARN.FindAllStringSubmatch(s, -1) {
			add(m[1])
		}
		return s
	})
	return list
}
