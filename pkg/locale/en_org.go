package locale

import "strings"

// enOrgSayings are the organization's policies and the endpoint's.
var enOrgSayings = map[string]saying{
	"scp.explicit_deny": eng.denySaying(enException),
	"scp.no_allow": {
		fault: eng.levelFault,
		tell: func(c *Cause) string {
			return strings.TrimSpace(eng.sentence(eng.levelFault(c))+" "+eng.cameNear(c)) +
				" Every level from the organization's root down to the caller's account has to allow it."
		},
		perhaps: enSay("no SCP of that level that could not be read allows it"),
		next: func(c *Cause) string {
			return "Ask " + eng.orgOwner(c) + " to allow " + c.Action + " on " + eng.role(&c.Call) + "."
		},
	},
	"scp.region_deny": {
		fault: func(c *Cause) string {
			return eng.policy(c) + " denies calls by region and does not exempt STS" + eng.region(c)
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.policy(c)) + " denies calls where " + eng.held(c.Condition) + ", and does not exempt STS" + eng.region(c))
		},
		perhaps: func(c *Cause) string { return eng.held(c.Condition) },
		next: func(c *Cause) string {
			return "Use the regional endpoint of STS" + eng.regions(c) + ", or ask " + eng.orgOwner(c) + " to exempt STS in that statement."
		},
	},
	"scp.perimeter": {
		fault: func(c *Cause) string {
			return eng.policy(c) + " denies calls on resources outside of a perimeter, and " + eng.role(&c.Call) + " is outside"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.policy(c))+" denies calls on resources outside of a perimeter: it denies where "+eng.held(c.Condition)) +
				" " + eng.sentence(eng.about(c))
		},
		perhaps: func(c *Cause) string { return eng.held(c.Condition) },
		next:    enException,
	},
	"rcp.explicit_deny": eng.denySaying(func(c *Cause) string {
		return "Ask " + eng.orgOwner(c) + " for an exception: nobody in " + eng.account(c.Role.Account) + " can change it."
	}),
	"vpce.explicit_deny": eng.denySaying(func(c *Cause) string {
		return "Ask " + eng.endpointOwner(c) + " for an exception in its policy, or call STS from outside of that endpoint."
	}),
	"vpce.no_allow": {
		fault: eng.endpointFault,
		tell: func(c *Cause) string {
			return strings.TrimSpace(eng.sentence(eng.endpointFault(c)) + " " + eng.cameNear(c))
		},
		perhaps: enSay("the call came through that endpoint and its policy does not allow it"),
		next: func(c *Cause) string {
			if c.Detail.Kind == "other_principal" && anonymous(c) {
				return "Ask " + eng.endpointOwner(c) + " to let callers without credentials of AWS through it (Principal \"*\")."
			}
			if c.Detail.Kind == "other_principal" {
				return "Ask " + eng.endpointOwner(c) + " to let " + eng.trustable(c) + " through it."
			}
			return "Ask " + eng.endpointOwner(c) + " to allow " + c.Action + " on " + eng.role(&c.Call) + "."
		},
	},
}

// enException: a guardrail is not weakened, its owner may make an exception.
func enException(c *Cause) string {
	return "Ask " + eng.orgOwner(c) + " for an exception: nobody in " + eng.account(c.Caller.Account) + " can change it."
}

// about is the role's side of a perimeter: a key of the resource.
func (w en) about(c *Cause) string {
	s := w.role(&c.Call)
	switch {
	case c.Condition.State == "present" && len(c.Condition.Got) > 0:
		return s + " " + w.hasGot(c.Condition, "has")
	case c.Condition.State == "absent":
		return s + " has none"
	case w.stranger(c) != "":
		return w.stranger(c)
	}
	return "what " + s + " has is not known"
}

// stranger tells of an account outside the organization that its organization is
// not known, and another one.
func (w en) stranger(c *Cause) string {
	key := strings.ToLower(c.Condition.Key)
	of, whose := c.Caller.Account, "the caller"
	if strings.HasPrefix(key, "aws:resource") {
		of, whose = c.Role.Account, "the role"
	}
	if !of.Outside || c.Certainty != "proved" || !strings.HasSuffix(key, "orgid") && !strings.HasSuffix(key, "orgpaths") {
		return ""
	}
	return w.account(of) + " is outside the organization, so " + whose + " has another one or none"
}

// levelFault names the level of SCPs that does not allow it.
func (w en) levelFault(c *Cause) string {
	return "no SCP attached to " + first(w.level(c), "a level above "+w.account(c.Caller.Account)) + " allows " + c.Action + " on " + w.role(&c.Call)
}

// anonymous says that the call is made without credentials of AWS.
func anonymous(c *Cause) bool { return c.Caller.Kind == "oidc" || c.Caller.Kind == "saml" }

func (w en) endpointFault(c *Cause) string {
	if c.Detail.Kind == "other_principal" {
		return w.policy(c) + " does not let " + w.principal(c.Caller) + " call " + c.Action
	}
	return w.policy(c) + " does not allow " + c.Action + " on " + w.role(&c.Call)
}

// cameNear is the Allow that came nearest: on which roles, or under which
// condition it allows.
func (w en) cameNear(c *Cause) string {
	s := w.statement(c)
	switch {
	case s == "":
		return ""
	case c.Condition.Key != "":
		return w.sentence(s+" allows it under a condition: "+w.must(c.Condition)) + " " + w.sentence(w.got(c.Condition))
	case c.Detail.Kind == "other_principal":
		return w.sentence(s + " comes nearest, and is for other callers")
	case c.Detail.Wanted != "":
		return w.sentence(s + " comes nearest, and allows it on " + w.cut(c.Detail.Wanted))
	}
	return ""
}

func (w en) endpointOwner(c *Cause) string {
	s := "the owner of " + w.theEndpoint(c)
	if c.Of.ID != "" {
		s += " in " + w.account(c.Of)
	}
	return s
}

// regions is " in eu-west-1 or eu-central-1": where a deny by region lets calls
// through.
func (w en) regions(c *Cause) string {
	if !w.wants(c) {
		return " in an allowed region"
	}
	if wanted := strings.Join(c.Condition.Wanted, ""); strings.ContainsAny(wanted, "*?") {
		return " in a region that matches " + w.list(c.Condition.Wanted, "or")
	}
	return " in " + w.list(c.Condition.Wanted, "or")
}

// region is where the call was made. The global endpoint is of no region, and
// counts as one.
func (w en) region(c *Cause) string {
	if c.Condition.State != "present" || len(c.Condition.Got) == 0 {
		return ""
	}
	got := w.list(c.Condition.Got, "and")
	switch {
	case c.Detail.Kind == "global_endpoint":
		return "; the call went to the global endpoint of STS, which counts as " + got
	case c.Simulated:
		return "; the call would be made in " + got
	}
	return "; the call was made in " + got
}
