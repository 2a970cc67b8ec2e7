package locale

import "strings"

// enCallerSayings are what is wrong with who calls.
var enCallerSayings = map[string]saying{
	"caller.root": {
		fault: func(c *Cause) string {
			return eng.principal(c.Caller) + " cannot assume a role: AWS allows that to no root user"
		},
		tell:    enSay("AWS STS answers a root user's AssumeRole with an error whatever the policies say."),
		perhaps: enSay("the call was made as root"),
		next: func(c *Cause) string {
			return "Sign in as an IAM user or through a role, and assume " + eng.roleShort(&c.Call) + " from there."
		},
	},
	"caller.federation_token": {
		fault: func(c *Cause) string {
			return eng.principal(c.Caller) + " has credentials of GetFederationToken, which cannot call " + eng.api(c)
		},
		perhaps: enSay("the credentials come from GetFederationToken"),
		next: func(c *Cause) string {
			return "Use the credentials of the IAM user itself, or of a role, to assume " + eng.roleShort(&c.Call) + "."
		},
	},
	"caller.wrong_identity": {
		fault: func(c *Cause) string {
			return eng.principal(c.Caller) + " is not the identity that may assume " + eng.role(&c.Call) + "; " + eng.would(c) + " is"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.wouldWhich(c) + " could assume " + eng.role(&c.Call) + "; " + eng.principal(c.Caller) + " cannot")
		},
		next:    func(c *Cause) string { return "Sign in as " + eng.would(c) + " and try again." },
		closing: enSay("Most likely the call was made with the wrong identity."),
	},
	"caller.chained_session": {
		fault: func(c *Cause) string {
			return "the call was made from " + eng.principal(c.Caller) + ", and it is " + eng.would(c) + " that may assume " + eng.role(&c.Call)
		},
		tell: func(c *Cause) string {
			return eng.sentence("credentials of an earlier session are in use: the call was made from "+eng.principal(c.Caller)) + " " +
				eng.sentence(eng.would(c)+", from which that session was most likely made, could assume "+eng.role(&c.Call)+" directly")
		},
		next: func(c *Cause) string {
			return "Leave the session of " + eng.holder(c) + " and assume the role as " + eng.would(c) + "."
		},
		closing: enSay("Most likely the role was meant to be assumed without that hop."),
	},
	"caller.self_assume": {
		fault: func(c *Cause) string {
			return eng.role(&c.Call) + " assumes itself, and its trust policy does not trust it"
		},
		tell:    eng.selfTell,
		perhaps: enSay("the trust policy does not name the role itself"),
		next: func(c *Cause) string {
			return "Use the session that is there, which is of this role already, or ask " + eng.roleOwner(&c.Call) + " to let the role trust itself."
		},
	},
	"caller.recreated": {
		fault: func(c *Cause) string { return eng.holder(c) + eng.recreated(c) + eng.goesOn(c) },
		tell: func(c *Cause) string {
			s := eng.sentence(eng.holder(c) + eng.recreated(c) + eng.goesOn(c))
			if c.Detail.Kind == "deleted" {
				return s + " Its policies are gone with it."
			}
			return s + " AWS tells the old one and the new one apart by their unique ids, and a policy that names the new one does not hold for the old one."
		},
		perhaps: enSay("the credentials are of the identity that was deleted"),
		next:    eng.recreatedNext,
	},
	"caller.account_suspended": eng.suspended(func(c *Cause) Account { return c.Caller.Account }, "the caller's account"),
	"role.account_suspended":   eng.suspended(func(c *Cause) Account { return c.Role.Account }, "the role's account"),
}

func (w en) selfTell(c *Cause) string {
	return w.sentence("the caller is a session of "+w.role(&c.Call)+" and assumes that same role") +
		" A role may assume itself only if its trust policy says so, and this one does not."
}

func (w en) suspended(of func(*Cause) Account, words string) saying {
	return saying{
		fault:   func(c *Cause) string { return words + ", " + w.account(of(c)) + ", is " + stateWord(c) },
		perhaps: enSay("the account was suspended at the time of the call"),
		next: func(c *Cause) string {
			return "Ask the owner of the organization why " + w.account(of(c)) + " is " + stateWord(c) + ": no policy can change that."
		},
	}
}

// stateWord is the state that AWS Organizations gives for an account.
func stateWord(c *Cause) string {
	switch c.Detail.Got {
	case "SUSPENDED":
		return "suspended"
	case "CLOSED":
		return "closed"
	}
	return "suspended or closed"
}

func (en) recreated(c *Cause) string {
	if c.Detail.Kind == "deleted" {
		return " was deleted"
	}
	return " was deleted and made again"
}

// goesOn is what still works: a session, or the access key of a user.
func (en) goesOn(c *Cause) string {
	if c.Caller.Kind == "user" {
		return ", and the call was made with the old one's credentials"
	}
	return " while the session goes on"
}

func (w en) recreatedNext(c *Cause) string {
	if c.Caller.Kind == "user" {
		return "Use an access key of today's " + w.principal(c.Caller) + "."
	}
	switch set := isPermissionSet(c.Caller.Role); {
	case set && c.Detail.Kind == "deleted":
		return "Sign in with another permission set, or ask the owner of IAM Identity Center to assign " + w.holder(c) + " to " + w.account(c.Caller.Account) + " again."
	case set:
		return "Sign in again to get a session of today's " + w.holder(c) + "."
	case c.Detail.Kind == "deleted":
		return "Use another identity: the role is gone from " + w.account(c.Caller.Account) + ", and its session can do nothing more."
	}
	return "Get new credentials of today's " + w.holder(c) + "."
}

// would names the identity that would work.
func (w en) would(c *Cause) string {
	if c.Would == (Principal{}) {
		return "another identity"
	}
	return w.elsewhere(c.Would, c.Caller.Account)
}

// wouldWhich says besides in what way the other identity stands near.
func (w en) wouldWhich(c *Cause) string {
	switch c.Detail.Kind {
	case "permission_set":
		return "another permission set of the same account, " + w.would(c) + ","
	case "pod_role":
		return "the role that is made for the workload, " + w.would(c) + ","
	}
	return w.would(c)
}

// api is the call's name, for a call that cannot be made at all.
func (en) api(c *Cause) string {
	if c.API != "" {
		return c.API
	}
	return strings.TrimPrefix(c.Action, "sts:")
}
