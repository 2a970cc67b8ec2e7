package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// otherProvider: the policy names another identity provider than the token's,
// the nearest of them is shown.
func (v view) otherProvider(c *Cause, list []trusted) bool {
	caller := v.q.Request.Caller
	if caller.Kind != request.OIDC && caller.Kind != request.SAML {
		return false
	}
	best, kind := -1, ""
	for i, t := range list {
		if t.Type != "Federated" {
			continue
		}
		if near := providerKind(t.Text, caller.Provider); best < 0 || kind == "" && near != "" {
			best, kind = i, near
		}
	}
	if best < 0 {
		return false
	}
	c.Code = TrustOIDCProvider
	if caller.Kind == request.SAML {
		c.Code = TrustSAMLProvider
	}
	t := list[best]
	t.point(c)
	c.Detail.Kind, c.Detail.Wanted, c.Detail.Got = kind, t.Text, caller.Provider
	return true
}

// providerKind says in what alone two providers differ: the case of their
// names, or the account. A provider has to be of the role's own account.
func providerKind(wanted, got string) string {
	w, ok1 := arn.Parse(wanted)
	g, ok2 := arn.Parse(got)
	switch {
	case got == "" || !ok1 || !ok2:
		return ""
	case strings.EqualFold(wanted, got):
		return "case"
	case w.Resource == g.Resource && w.Account != g.Account:
		return "account"
	}
	return ""
}

// otherService: the service that calls is not the one that is trusted; the
// nearest by name is shown.
func otherService(c *Cause, list []trusted, got string) {
	c.Detail.Kind = ""
	score := -1
	for _, t := range list {
		if t.Type != "Service" || !t.allows {
			continue
		}
		if n := samePart(t.Text, got); n > score {
			score = n
			t.point(c)
			c.Detail.Kind, c.Detail.Wanted, c.Detail.Got = "other_principal", t.Text, got
		}
	}
}

// samePart is how long two names are alike from their beginning.
func samePart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// uniqueID says that a principal is the bare id of a user or role that is gone,
// of which the account is not known.
func uniqueID(principal string) bool {
	return !strings.Contains(principal, ":") && (strings.HasPrefix(principal, "AIDA") || strings.HasPrefix(principal, "AROA"))
}
