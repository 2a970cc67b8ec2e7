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
		fault:   enSay("no trust policy allows the call, as AWS's message says"),
		tell:    enSay("The trust policy itself is not known here."),
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
			return "Ask " + eng.roleOwner(&c.Call) + " to name " + eng.trustable(c) + " in its place."
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
			if c.Workload || c.Detail.Wanted == "" || isPermissionSet(c.Caller.Role) {
				return s + "." // the session's name is not the caller's to choose
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
			if serviceLinked(c) {
				return "Use another role: this one is linked to its service, and nobody can change whom it trusts."
			}
			if c.Workload && strings.Contains(eng.names(c), "pods.eks.") {
				return "Let the pod use EKS Pod Identity (an association for its service account), not the credentials of its node."
			}
			whom := "people are"
			if c.Caller.Kind != "user" {
				whom = eng.trustable(c) + " is"
			}
			return "Use another role: this one is made for a service. If " + whom + " meant to assume it, ask " + eng.roleOwner(&c.Call) + " to trust " + eng.trustable(c) + "."
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
			return eng.trust(c) + " trusts " + eng.comingBy(c) + " for " + eng.otherActions(c) + ", not for " + c.Action
		},
		perhaps: func(c *Cause) string { return "no other statement allows " + c.Action },
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " to allow " + c.Action + " in " + eng.thatStatement(c) + "."
		},
	},
	"trust.explicit_deny": eng.denySaying(func(c *Cause) string {
		if c.Until != "" {
			return "Ask " + eng.roleOwner(&c.Call) + " for an exception in " + eng.thatStatement(c) + "."
		}
		return "Ask " + eng.roleOwner(&c.Call) + " for an exception in " + eng.thatStatement(c) + ", or use another identity."
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
		s = append(s, w.toldApart(c, p))
	}
	if len(s) == 0 {
		return ""
	}
	if len(s) == 1 && len(c.Trusted) == 1 {
		if what := noPrincipals[kindOfARN(c.Detail.Nearest)]; what != "" {
			return "; it names " + s[0] + " only, and " + what + " cannot be a principal"
		}
	}
	return "; it trusts " + w.list(s, "and") + " only"
}

// toldApart names a trusted principal so that it cannot be taken for the caller:
// of one with the caller's own name the ARN is told, of a bare unique id that
// its principal was deleted.
func (w en) toldApart(c *Cause, p Principal) string {
	said := w.elsewhere(p, c.Caller.Account)
	switch {
	case p.Kind == "everyone" && c.Caller.Kind == "service":
		return "identities of accounts"
	case p.Kind == "everyone" && (c.Caller.Kind == "oidc" || c.Caller.Kind == "saml"):
		return "callers with credentials of AWS"
	case p.Kind == "" && len(p.Name) > 16 && (strings.HasPrefix(p.Name, "AIDA") || strings.HasPrefix(p.Name, "AROA")):
		if p.Name == c.Detail.Nearest && c.Detail.Kind == "unique_id" {
			return "the bare unique id " + w.cut(p.Name)
		}
		return "a principal that was deleted (" + w.cut(p.Name) + ")"
	case len(c.Trusted) == 1 && strings.HasPrefix(c.Detail.Nearest, "arn:") && strings.HasPrefix(c.Detail.Got, "arn:") &&
		partitionOf(c.Detail.Nearest) != partitionOf(c.Detail.Got):
		return w.cut(c.Detail.Nearest)
	case len(c.Trusted) == 1 && c.Detail.Nearest != "" && said == w.elsewhere(w.heldBy(c), c.Caller.Account):
		return w.cut(c.Detail.Nearest)
	}
	return said
}

// heldBy is whom the trust policy could name for the caller.
func (w en) heldBy(c *Cause) Principal {
	if c.Caller.Kind == "session" && c.Caller.Role != "" {
		return Principal{Kind: "role", Name: c.Caller.Role, Account: c.Caller.Account}
	}
	return c.Caller
}

// serviceLinked says that the role belongs to a service: nobody can edit it.
func serviceLinked(c *Cause) bool { return strings.HasPrefix(c.Role.Path, "/aws-service-role/") }

func (w en) noPrincipalTell(c *Cause) string {
	whom := w.principal(c.Caller)
	if c.Caller.Account.ID != "" {
		whom += ", its account or everyone"
	}
	only := w.trusts(c)
	if c.Primary && c.Certainty == "proved" {
		only = "" // the headline has it
	}
	s := w.sentence("no statement of "+w.trust(c)+" names "+whom+only) + w.noneSuch(c)
	if c.Detail.Kind == "account" && c.Caller.Account.ID != "" {
		s += " The account that it trusts is not " + w.account(c.Caller.Account) + digits(": their ids differ", principalAccount(c.Detail.Nearest), c.Caller.Account.ID, "the caller's") + "."
	}
	return s
}

func (w en) noPrincipalNext(c *Cause) string {
	if made := w.forNobody(c); made != "" && c.Would == (Principal{}) && (c.Caller.Kind == "user" || c.Caller.Kind == "session") {
		return "Use another role: this one is made for " + made + ". If " + w.trustable(c) + " is meant to assume it, ask " + w.roleOwner(&c.Call) + " to trust " + w.trustable(c) + "."
	}
	ask := "Ask " + w.roleOwner(&c.Call) + " to trust " + w.trustable(c)
	if len(c.Trusted) == 1 && strings.HasPrefix(c.Detail.Got, "arn:") && w.toldApart(c, c.Trusted[0]) == w.cut(c.Detail.Nearest) {
		ask = "Ask " + w.roleOwner(&c.Call) + " to name " + w.cut(c.Detail.Got) + " instead"
	}
	if c.Would != (Principal{}) {
		return w.signIn(c) + ", or a" + ask[1:] + "."
	}
	return ask + "."
}

// noneSuch says why the principal that comes nearest lets nobody in, whoever it
// is meant for: IAM knows no such principal (IAM User Guide, "AWS JSON policy
// elements: Principal"), or it is of another partition, and trust does not go
// from one to another (General Reference, "AWS Partitions").
func (w en) noneSuch(c *Cause) string {
	near, got := c.Detail.Nearest, c.Detail.Got
	if !strings.HasPrefix(near, "arn:") || !strings.HasPrefix(got, "arn:") {
		return ""
	}
	if of, own := partitionOf(near), partitionOf(got); of != own {
		return " " + w.cut(near) + " is of partition " + of + " and " + w.short(c.Caller) + " of partition " + own + ": no trust goes from one to another."
	}
	if what := noPrincipals[kindOfARN(near)]; what != "" {
		return " " + w.upper(what) + " cannot be a principal: it lets nobody in."
	}
	return ""
}

// noPrincipals are what policies are seen to name though it cannot sign a request.
var noPrincipals = map[string]string{
	"group": "a group", "policy": "a policy", "instance-profile": "an instance profile",
}

// kindOfARN is "group" of arn:aws:iam::111122223333:group/ops.
func kindOfARN(s string) string {
	kind, _, _ := strings.Cut(s[strings.LastIndexByte(s, ':')+1:], "/")
	return kind
}

// signIn asks to use the identity that would work. A workload does not sign in:
// it is given a role.
func (w en) signIn(c *Cause) string {
	if c.Workload && c.Would.Kind == "role" {
		return "Give the workload " + w.would(c)
	}
	if c.Behind {
		return "Leave the session of " + w.holder(c) + " and make the call as " + w.would(c)
	}
	return "Sign in as " + w.would(c)
}

// comingBy is who the policy names where it trusts the caller: of a token or an
// assertion its provider.
func (w en) comingBy(c *Cause) string {
	if c.Caller.Kind == "oidc" || c.Caller.Kind == "saml" {
		return w.trustable(c)
	}
	return w.principal(c.Caller)
}

// principalAccount is the account that a principal is, or is of.
func principalAccount(principal string) string { return first(accountOf(principal), principal) }

// trustable is whom the trust policy should name: for a session its role.
func (w en) trustable(c *Cause) string {
	if c.Caller.Kind == "session" && c.Caller.Role != "" {
		return w.holder(c)
	}
	if name := providerName(c.Caller.Role); name != "" && (c.Caller.Kind == "oidc" || c.Caller.Kind == "saml") {
		return "identity provider " + w.cut(name)
	}
	if c.Caller.Account.Outside {
		return w.elsewhere(c.Caller, Account{})
	}
	return w.short(c.Caller)
}

func (w en) orphanedTell(c *Cause) string {
	id := first(c.Detail.Wanted, c.Detail.Nearest)
	s := w.sentence(w.withStatement(c, w.trust(c)) + " trusts a unique id" + aside(w.cut(id)) + " whose principal was deleted")
	if c.Detail.Got == id && id != "" {
		return s + " The caller is that one: the session has outlived it."
	}
	if kind := c.Caller.Kind; kind == "user" && strings.HasPrefix(id, "AROA") || kind == "session" && strings.HasPrefix(id, "AIDA") {
		was := "a user"
		if kind == "user" {
			was = "a role"
		}
		return s + " It was the id of " + was + ", and nobody else is trusted."
	}
	if c.Detail.Got != "" || (c.Detail.Nearest != "" && c.Detail.Nearest != id) {
		s += " " + w.sentence(w.holder(c)+" of today has another id"+aside(w.cut(c.Detail.Got))+", also if the deleted one had the same name")
	}
	return s
}

func (w en) federatedNext(c *Cause) string {
	if isPermissionSet(c.Role.Name) {
		return "Open permission set " + permissionSet(c.Role.Name) + " in the AWS access portal: its role can be entered in no other way."
	}
	provider := c.Detail.Nearest
	switch {
	case c.Workload && strings.Contains(provider, ":oidc-provider/oidc.eks."):
		return "Let the pod use the token of its service account (IAM roles for service accounts), not the credentials of its node."
	case strings.Contains(provider, ":saml-provider/"):
		return "Sign in through that identity provider, or ask " + w.roleOwner(&c.Call) + " for a role that trusts " + w.trustable(c) + "."
	}
	return "Call it with a token of that identity provider, or ask " + w.roleOwner(&c.Call) + " for a role that trusts " + w.trustable(c) + "."
}

func (w en) otherActions(c *Cause) string {
	if c.Detail.Wanted != "" {
		if others, not := strings.CutPrefix(c.Detail.Wanted, "NotAction "); not {
			return "all actions but " + w.list(strings.Split(others, ", "), "and")
		}
		return w.list(strings.Split(c.Detail.Wanted, ", "), "and")
	}
	if c.Detail.Nearest != "" {
		return w.cut(c.Detail.Nearest)
	}
	return "another action"
}
