package deliver

import (
	"net/mail"
	"slices"
	"strings"
)

// Requesters says who may be written to as the one who made a call. The zero
// value writes to nobody.
type Requesters struct {
	// Domains are the mail domains that people of this organization have. A
	// session name is what its maker chose: without this list anybody could have
	// a message sent to anybody.
	Domains []string
	// Tag is the tag of the caller that holds the address; empty where there is
	// none.
	Tag string
}

// Address gives the address of who made a call: the first that is one, of the
// source identity (which a session cannot change), the caller's tag, and the
// session name. It is empty where there is none.
func (q Requesters) Address(sourceIdentity string, tags map[string]string, sessionName string) string {
	tagged := ""
	if q.Tag != "" {
		tagged = tags[q.Tag]
	}
	for _, s := range []string{sourceIdentity, tagged, sessionName} {
		if q.ours(s) {
			return strings.ToLower(s)
		}
	}
	return ""
}

func (q Requesters) ours(s string) bool {
	if len(s) > 254 {
		return false
	}
	a, err := mail.ParseAddress(s)
	if err != nil || a.Address != s {
		return false
	}
	_, domain, _ := strings.Cut(s, "@")
	return slices.ContainsFunc(q.Domains, func(d string) bool { return strings.EqualFold(d, domain) })
}
