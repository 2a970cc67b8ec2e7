package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"
)

// address is what looks like an e-mail address, as it is meant, as JSON or as a
// URL may write it; also one with a star or a question mark in it, as policies
// have them, so long as something of the person is left: of "*@example.com"
// nothing is.
var address = regexp.MustCompile(
	`[\p{L}\p{N}_.+*?-]*[\p{L}\p{N}][\p{L}\p{N}_.+*?-]*` + sign +
		`(?:[\p{L}\p{N}.-]*[*?][\p{L}\p{N}.*?-]*|(?:[\p{L}\p{N}-]+\.)+\p{L}[\p{L}\p{N}-]*[\p{L}\p{N}])`)

// sign is how "@" may be spelled.
const sign = `(?:@|\\u0040|%40)`

var atSign = regexp.MustCompile(sign)

// names replaces people's names by pseudonyms. own are those of the call that
// have the sign of an address in them, whatever their form, the longest first;
// beside them every address is replaced, wherever it stands.
type names struct {
	account string
	own     []string
}

// namesOf collects the names of the call.
func namesOf(in Input, r *Report) *names {
	n := &names{account: cmp.Or(r.Caller.Account, r.Role.Account)}
	list := []string{in.Subject.Caller.SessionName, in.Subject.Caller.UserName, r.Caller.SessionName}
	if rec := in.Subject.Record; rec != nil {
		list = append(list, rec.Identity.UserName)
		if rec.Identity.Session != nil {
			list = append(list, rec.Identity.Session.SourceIdentity)
		}
		if rec.Params != nil && rec.Params.SourceIdentity != nil {
			list = append(list, *rec.Params.SourceIdentity)
		}
	}
	if in.Request != nil {
		for _, k := range in.Request.Keys.All() {
			list = append(list, k.Values...)
		}
	}
	for _, s := range list {
		if strings.Contains(s, "@") && !strings.ContainsAny(s, ":/*") && s != "@" {
			n.own = append(n.own, validUTF8(s))
		}
	}
	slices.SortFunc(n.own, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	n.own = slices.Compact(n.own)
	return n
}

// pseudonym stands for a name: the same for the same name in the same account.
// Whoever has a list of names can find out whose it is; it is no anonymity.
func (n *names) pseudonym(name string) string {
	sum := sha256.Sum256([]byte("assumewhy name v1\n" + n.account + "\n" + atSign.ReplaceAllLiteralString(name, "@")))
	return "name-" + hex.EncodeToString(sum[:6])
}

// edits are those that a text needs.
func (n *names) edits(s string) []edit {
	if strings.IndexByte(s, '@') < 0 && !strings.Contains(s, "0040") && !strings.Contains(s, "%40") {
		return nil
	}
	var list []edit
	for _, own := range n.own {
		for from := 0; ; {
			i := strings.Index(s[from:], own)
			if i < 0 {
				break
			}
			list = append(list, edit{place{from + i, from + i + len(own)}, n.pseudonym(own)})
			from += i + len(own)
		}
	}
	for _, m := range address.FindAllStringIndex(s, -1) {
		list = append(list, edit{place{m[0], m[1]}, n.pseudonym(s[m[0]:m[1]])})
	}
	slices.SortStableFunc(list, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	return apart(list)
}

func (n *names) replace(s string) string {
	out, _ := apply(s, n.edits(s))
	return out
}

// hash puts pseudonyms in the place of people's names in everything that
// the report holds so far; sentences are made of what is left. The owner of a
// role, whom a tag names so that people find them, stays, unless it is who made
// the call.
func (n *names) hash(r *Report) {
	for i := range r.Causes {
		q := &r.Causes[i].Quote
		for j, line := range q.Lines {
			q.rewrite(j, n.edits(line))
		}
	}
	owner := r.Role.OwnerName
	r.eachString(n.replace)
	if !slices.ContainsFunc(n.own, func(own string) bool { return strings.Contains(owner, own) }) {
		r.Role.OwnerName = owner
	}
}

// hashAccounts does the same with the names of accounts: one that a single
// person uses often has that person's address.
func (n *names) hashAccounts(r *Report) {
	for id, a := range r.Accounts { // each on its own, in any order
		a.Name = n.replace(a.Name)
		r.Accounts[id] = a
	}
}
