package locale

import "strings"

// enPrincipalSayings are whom the role's trust policy names.
var enPrincipalSayings = map[string]saying{
	"trust.no_principal": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " does not trust " + eng.principal(c.Caller) + eng.trusts(c)
		},
		tell:    eng.noPrincipalTell,
		perhaps: func(c *Cause) string { return "no statement that is not understood trusts " + eng.short(c.Caller) },
		next:    eng.noPrincipalNext,
	},
	"trust.no_allow": {
		fault: enSay("no trust policy allows the call, as AWS's message says"),
		tell: func(c *Cause) string {
			return "AWS's message says that no trust policy allows " + c.Action + "; the policy itself is not known here."
		},
		perhaps: enSay("the role's trust policy does not allow it"),
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " whether its trust policy trusts " + eng.short(c.Caller) + "."
		},
	},
	"trust.orphaned_principal": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " trusts a principal that was deleted" + aside(eng.cut(first(c.Detail.Wanted, c.Detail.Nearest)))
		},
		tell:    eng.orphanedTell,
		perhaps: func(c *Cause) string { return "no other statement trusts " + eng.short(c.Caller) },
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " to name " + eng.principal(c.Caller) + " in the trust policy again."
		},
	},
	"trust.session_arn": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " trusts session " + eng.wanted(c) + " only, not " + eng.principal(c.Caller)
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c)) + " trusts one session of " + eng.holder(c) + " only: it wants session name " + eng.wanted(c) + ", and this one is " + eng.short(c.Caller))
		},
		perhaps: enSay("the session has another name"),
		next: func(c *Cause) string {
			s := "Ask " + eng.roleOwner(&c.Call) + " to trust " + eng.trustable(c) + " in place of one session of it"
			if c.Workload || c.Detail.Wanted == "" {
				return s + "."
			}
			return s + ", or use session name " + eng.cut(c.Detail.Wanted) + "."
		},
	},
	"trust.wildcard_principal": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " names " + first(eng.cut(first(c.Detail.Wanted, c.Detail.Nearest)), "a pattern") + ", and a * inside a principal's ARN matches nobody"
		},
		perhaps: func(c *Cause) string { return "no other statement trusts " + eng.short(c.Caller) },
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " to name the account as principal and to put the pattern into a condition on aws:PrincipalArn."
		},
	},
	"trust.service_only": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " trusts AWS services only" + aside(eng.names(c)) + ", not " + eng.principal(c.Caller)
		},
		tell:    eng.noAWSTell,
		perhaps: func(c *Cause) string { return "no statement that is not understood trusts " + eng.short(c.Caller) },
		next: func(c *Cause) string {
			return "Use another role: this one is made for a service. If people are meant to assume it, ask " + eng.roleOwner(&c.Call) + " to trust " + eng.short(c.Caller) + "."
		},
	},
	"trust.federated_only": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " trusts an identity provider only" + aside(eng.names(c)) + ", not " + eng.principal(c.Caller)
		},
		tell:    eng.noAWSTell,
		perhaps: func(c *Cause) string { return "no statement that is not understood trusts " + eng.short(c.Caller) },
		next:    eng.federatedNext,
	},
	"trust.action_mismatch": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " trusts " + eng.principal(c.Caller) + " for " + eng.otherActions(c) + ", not for " + c.Action
		},
		perhaps: func(c *Cause) string { return "no other statement allows " + c.Action },
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " to allow " + c.Action + " in that statement."
		},
	},
	"trust.explicit_deny": eng.denySaying(func(c *Cause) string {
		return "Ask " + eng.roleOwner(&c.Call) + " for an exception to that statement, or use another identity."
	}),
}

// noAWSTell is a trust policy that names services or providers alone.
func (w en) noAWSTell(*Cause) string {
	return "No statement of the role's trust policy names a user, a role or an account."
}

// names lists the trusted principals by name alone.
func (w en) names(c *Cause) string {
	var s []string
	for _, p := range c.Trusted {
		s = append(s, first(p.Name, w.principal(p)))
	}
	if len(s) == 0 {
		if _, provider, ok := strings.Cut(c.Detail.Nearest, "-provider/"); ok {
			return w.cut(provider)
		}
		return w.cut(c.Detail.Nearest)
	}
	return w.list(s, "and")
}

// trusts is "; it trusts user carol only", or nothing where that is not known.
func (w en) trusts(c *Cause) string {
	var s []string
	for _, p := range c.Trusted {
		s = append(s, w.elsewhere(p, c.Caller.Account))
	}
	if len(s) == 0 {
		return ""
	}
	return "; it trusts " + w.list(s, "and") + " only"
}

func (w en) noPrincipalTell(c *Cause) string {
	whom := w.principal(c.Caller)
	if c.Caller.Account.ID != "" {
		whom += ", its account or everyone"
	}
	only := w.trusts(c)
	if c.Primary && c.Certainty == "proved" {
		only = "" // the headline has it
	}
	s := w.sentence("no statement of " + w.trust(c) + " names " + whom + only)
	if c.Detail.Kind == "account" && c.Caller.Account.ID != "" {
		s += " The account that it trusts is not " + w.account(c.Caller.Account) + "."
	}
	return s
}

func (w en) noPrincipalNext(c *Cause) string {
	ask := "Ask " + w.roleOwner(&c.Call) + " to trust " + w.trustable(c)
	if c.Would != (Principal{}) {
		return "Sign in as " + w.would(c) + ", or a" + ask[1:] + "."
	}
	return ask + "."
}

// trustable is whom the trust policy should name: for a session its role.
func (w en) trustable(c *Cause) string {
	if c.Caller.Kind == "session" && c.Caller.Role != "" {
		return w.holder(c)
	}
	return w.short(c.Caller)
}

func (w en) orphanedTell(c *Cause) string {
	id := first(c.Detail.Wanted, c.Detail.Nearest)
	s := w.sentence(w.withStatement(c, w.trust(c)) + " trusts a unique id" + aside(w.cut(id)) + " whose principal was deleted")
	if c.Detail.Got != "" || (c.Detail.Nearest != "" && c.Detail.Nearest != id) {
		s += " " + w.sentence("today's "+w.principal(c.Caller)+" was created later and has another id"+aside(w.cut(c.Detail.Got)))
	}
	return s
}

func (w en) federatedNext(c *Cause) string {
	if isPermissionSet(c.Role.Name) {
		return "Open permission set " + permissionSet(c.Role.Name) + " in the AWS access portal: its role can be entered in no other way."
	}
	return "Sign in through that identity provider, or ask " + w.roleOwner(&c.Call) + " for a role that trusts " + w.short(c.Caller) + "."
}

func (w en) otherActions(c *Cause) string {
	if c.Detail.Wanted != "" {
		return w.cut(c.Detail.Wanted)
	}
	if c.Detail.Nearest != "" {
		return w.cut(c.Detail.Nearest)
	}
	return "another action"
}
