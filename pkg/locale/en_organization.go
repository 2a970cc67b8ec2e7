package locale

import "strings"

// organizationFault is which organizations or parts of one are trusted, and where
// the caller's account stands.
func (w en) organizationFault(c *Cause) string {
	if c.Explicit {
		return w.denies(c) + w.notOurs(c)
	}
	s := w.trust(c) + " trusts certain organizations or parts of one only"
	byID := strings.EqualFold(c.Condition.Key, "aws:PrincipalOrgID") && w.wants(c)
	if byID {
		s = w.trust(c) + " trusts callers of organization " + w.list(c.Condition.Wanted, "or") + " only"
	}
	switch c.Condition.State {
	case "present":
		got := w.people(c.Condition, c.Condition.Got)
		if units := w.people(c.Condition, c.Condition.Wanted); w.onlyUnits(c.Condition) {
			return w.trust(c) + " trusts accounts " + w.depth(c.Condition) + w.list(units, "or") + " only, and " + w.account(c.Caller.Account) + " is in " + w.list(got, "and")
		}
		return s + ", and " + w.account(c.Caller.Account) + " belongs to " + w.list(got, "and")
	case "absent":
		return s + ", and " + w.member(c) + " belongs to none"
	}
	return s + w.notOurs(c)
}

// member is what belongs to an organization or to none: the caller's account, or
// a caller of no account.
func (w en) member(c *Cause) string {
	switch c.Caller.Kind {
	case "oidc":
		return "the caller of a token"
	case "saml":
		return "the caller of an assertion"
	case "service":
		return "a service"
	}
	return w.account(c.Caller.Account)
}

// notOurs says that the caller's account is certainly not of the organization,
// whichever it is of.
func (w en) notOurs(c *Cause) string {
	if c.Condition.known() || c.Certainty != "proved" {
		return ""
	}
	return ", and " + w.account(c.Caller.Account) + " is outside of it"
}

// depth is "under ", or, of a path that is taken as it stands, "directly in ".
func (w en) depth(c Condition) string {
	for _, v := range c.Wanted {
		if strings.HasSuffix(c.base(), "like") && strings.HasSuffix(v, "*") {
			return "under "
		}
	}
	return "directly in "
}

// unitAlone is a hint at accounts further down than the path that is named.
func (w en) unitAlone(c *Cause) string {
	if w.deeper(c) == "" {
		return ""
	}
	return "The path stands for accounts directly in that unit; for those further down it has to end in *, with ForAnyValue:StringLike."
}

// deeper is the path that is wanted, as it stands, above that of the caller.
func (w en) deeper(c *Cause) string {
	if !w.wants(c) || len(c.Condition.Got) != 1 {
		return ""
	}
	for _, v := range c.Condition.Wanted {
		if strings.HasSuffix(v, "/") && v != c.Condition.Got[0] && strings.HasPrefix(c.Condition.Got[0], v) {
			return v
		}
	}
	return ""
}

func (w en) organizationNext(c *Cause) string {
	if path := w.deeper(c); path != "" {
		return "Ask " + w.roleOwner(&c.Call) + " to match " + w.cut(path) + "* with ForAnyValue:StringLike, if the accounts further down are meant."
	}
	switch c.Caller.Kind {
	case "oidc", "saml":
		return "Ask " + w.roleOwner(&c.Call) + " to take that condition from the statement of the identity provider: no " + bringing(c) + " has an organization."
	case "service":
		return "Ask " + w.roleOwner(&c.Call) + " to use aws:SourceOrgID in its place: no service has an organization of its own."
	}
	return "Ask " + w.roleOwner(&c.Call) + " whether callers of " + w.account(c.Caller.Account) + " are meant to be trusted."
}
