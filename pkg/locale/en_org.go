package locale

import "strings"

// enOrgSayings are the organization's policies and the endpoint's.
var enOrgSayings = map[string]saying{
	"scp.explicit_deny": eng.denySaying(enException),
	"scp.no_allow": {
		fault: func(c *Cause) string {
			return "no SCP attached to " + first(eng.level(c), "a level above "+eng.account(c.Caller.Account)) + " allows " + c.Action + " on " + eng.role(&c.Call)
		},
		tell: func(c *Cause) string {
			return eng.sentence("no SCP attached to "+first(eng.level(c), "a level above "+eng.account(c.Caller.Account))+" allows "+c.Action+" on "+eng.role(&c.Call)) +
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
			return strings.TrimSpace(eng.sentence(eng.withStatement(c, eng.policy(c))+" denies calls where "+eng.held(c.Condition)+", and does not exempt STS"+eng.region(c)) +
				" " + eng.globalEndpoint(c))
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
		fault: func(c *Cause) string {
			return eng.policy(c) + " does not allow " + c.Action + " on " + eng.role(&c.Call)
		},
		perhaps: enSay("the call came through that endpoint and its policy does not allow it"),
		next: func(c *Cause) string {
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
		return s + " has " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "absent":
		return s + " has none"
	}
	return "what " + s + " has is not known"
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
	op := strings.ToLower(c.Condition.Operator)
	if len(c.Condition.Wanted) == 0 || !strings.HasPrefix(op, "stringnot") {
		return " in an allowed region"
	}
	return " in " + w.list(c.Condition.Wanted, "or")
}

func (w en) region(c *Cause) string {
	if c.Condition.State == "present" && len(c.Condition.Got) > 0 {
		if c.Simulated {
			return "; the call would be made in " + w.list(c.Condition.Got, "and")
		}
		return "; the call was made in " + w.list(c.Condition.Got, "and")
	}
	return ""
}
