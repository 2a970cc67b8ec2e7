package locale

import "strings"

// enIdentitySayings are the caller's own policies, boundary and session policy.
var enIdentitySayings = map[string]saying{
	"identity.no_allow": {
		fault: func(c *Cause) string {
			if isPermissionSet(c.Caller.Role) {
				return eng.holder(c) + " does not allow " + c.Action + " on " + eng.role(&c.Call)
			}
			return "no policy of " + eng.holder(c) + eng.groups(c) + " allows " + c.Action
		},
		tell: func(c *Cause) string {
			if c.Grade == "message" {
				return "The policies of " + eng.holder(c) + " could not all be read."
			}
			if c.Meant != "" {
				return eng.sentence("no statement of the caller's policies allows " + c.Action + " on " + eng.cut(c.Meant) + " either")
			}
			if c.Role.ARN == "" {
				return eng.sentence("no policy of " + eng.holder(c) + eng.groups(c) + " allows " + c.Action)
			}
			return eng.sentence("no statement of the caller's policies allows " + c.Action + " on " + eng.cut(c.Role.ARN))
		},
		perhaps: enUnread,
		next:    eng.askToAllow,
	},
	"identity.resource_mismatch": {fault: eng.mismatchFault, tell: eng.mismatchTell, perhaps: enUnread, next: eng.mismatchNext},
	"identity.condition": {
		fault: func(c *Cause) string {
			if strings.EqualFold(c.Condition.Key, "aws:SourceIp") && eng.allowsOnly(c, "ipaddress") {
				return eng.policy(c) + strings.Replace(eng.addresses(c), "allows the call", "allows "+c.Action, 1)
			}
			return eng.policy(c) + " allows " + c.Action + " under a condition that the call does not meet" + eng.aboutKey(c)
		},
		tell: func(c *Cause) string {
			if s := eng.statement(c); s != "" && c.Primary && c.Certainty == "proved" && eng.headTold(c) {
				return "The condition, on " + eng.key(c) + ", is in " + s + "."
			}
			return eng.sentence(eng.withStatement(c, eng.policy(c))+" allows "+c.Action+" under a condition: "+eng.must(c.Condition)) +
				" " + eng.sentence(eng.got(c.Condition))
		},
		perhaps: func(c *Cause) string { return eng.failed(c.Condition) },
		next: func(c *Cause) string {
			return eng.conditionNext(c, eng.callerOwner(c))
		},
	},
	"identity.explicit_deny": eng.denySaying(func(c *Cause) string {
		if name := namedByMessage(c); name != "" {
			return "Ask " + eng.callerOwner(c) + " for an exception in policy " + eng.cut(name) + ", or use another identity."
		}
		return "Ask " + eng.callerOwner(c) + " for an exception in " + eng.thatStatement(c) + ", or use another identity."
	}),
	"identity.mfa_required": {
		fault: func(c *Cause) string {
			return eng.policy(c) + " demands MFA" + eng.noMFA(c)
		},
		tell: func(c *Cause) string {
			s := eng.sentence(eng.withStatement(c, eng.policy(c)) + " lets " + c.Action + " through only with MFA" + aside(c.Condition.Key) + eng.noMFA(c))
			switch {
			case c.Condition.known():
				return s
			case c.Certainty == "proved":
				return s + " " + eng.neverMFA(c)
			}
			return s + " Whether the call was made with MFA is not known."
		},
		perhaps: enSay("the call was made without MFA"),
		usual:   enSay("a call that does nothing special sends no MFA code"),
		next:    eng.nextMFA,
	},
	"identity.session_revoked": {
		fault: func(c *Cause) string {
			return "the sessions of " + eng.holder(c) + " made before " + eng.until(c) + " were revoked" + eng.older(c)
		},
		perhaps: func(c *Cause) string { return "the session was made before " + eng.until(c) },
		next:    func(c *Cause) string { return eng.newSession(c) + " A session that is made now is not revoked." },
	},
	"identity.quarantined": {
		fault: func(c *Cause) string {
			return "AWS put " + eng.principal(c.Caller) + " in quarantine (policy " + eng.cut(c.Policy.Name) + "): an access key may be known to others"
		},
		perhaps: func(c *Cause) string { return "the quarantine policy covers " + c.Action },
		next: func(c *Cause) string {
			return "Ask " + eng.callerOwner(c) + " to replace the access key and to follow AWS's support case before the quarantine is lifted."
		},
	},
	"boundary.no_allow": {
		fault:   eng.silentFault,
		tell:    eng.silentTell,
		perhaps: enUnread,
		next: func(c *Cause) string {
			if c.Condition.Key != "" {
				return "Ask " + eng.callerOwner(c) + " whether the condition on " + eng.key(c) + " in the permissions boundary may be changed."
			}
			return "Ask " + eng.callerOwner(c) + " whether the permissions boundary may allow " + c.Action + " on " + eng.role(&c.Call) + "."
		},
	},
	"boundary.explicit_deny": eng.denySaying(func(c *Cause) string {
		return "Ask " + eng.callerOwner(c) + " for an exception in the permissions boundary."
	}),
	"session.no_allow": {
		fault: eng.silentFault,
		tell:  eng.silentTell,
		perhaps: func(c *Cause) string {
			return "a policy that leaves " + c.Action + " out was passed when the session was made"
		},
		next: func(c *Cause) string {
			return "Make the session anew with a session policy that allows " + c.Action + " on " + eng.role(&c.Call) + ", or without one."
		},
	},
	"session.explicit_deny": eng.denySaying(enSay("Make the session anew with a session policy that does not deny it, or without one.")),
}

// silentFault is a policy that has to allow and does not.
func (w en) silentFault(c *Cause) string {
	if c.Condition.Key != "" {
		return w.policy(c) + " allows " + c.Action + " under a condition that the call does not meet" + w.aboutKey(c)
	}
	return w.policy(c) + " does not allow " + c.Action + " on " + w.role(&c.Call)
}

func (w en) silentTell(c *Cause) string {
	s := w.sentence(w.silentFault(c))
	if c.Detail.Nearest != "" && c.Grade != "message" {
		s += " The nearest that it allows is " + w.cut(c.Detail.Nearest) + "."
	}
	return s
}

func enUnread(c *Cause) string {
	s := "no policy that could not be read allows it"
	if id := c.Caller.Account.ID; id != "" && id == c.Role.Account.ID {
		return s + ", the role's trust policy among them"
	}
	return s
}

// newSession is how a session comes anew: people sign in, a role's credentials
// are got again.
func (w en) newSession(c *Cause) string {
	if c.Caller.Kind == "session" && c.Caller.Role != "" && !isPermissionSet(c.Caller.Role) {
		return "Get new credentials of " + w.holder(c) + "."
	}
	return "Sign in again to get a new session."
}

func (w en) groups(c *Cause) string {
	if c.Caller.Kind == "user" {
		return ", or of a group that " + w.short(c.Caller) + " is in,"
	}
	return ""
}

func (w en) askToAllow(c *Cause) string {
	return w.readFirst(c, "Ask "+w.callerOwner(c)+" to allow "+w.toWhom(c)+c.Action+" on "+w.role(&c.Call)+".")
}

// toWhom names the identity where its owner is told by account alone.
func (w en) toWhom(c *Cause) string {
	if c.Caller.Kind == "user" {
		return w.short(c.Caller) + " "
	}
	return ""
}

// key is the condition's key, or a plain word where there is none.
func (w en) key(c *Cause) string {
	if c.Condition.Key == "" {
		return "the request"
	}
	return w.cut(c.Condition.Key)
}

// wanted is what the policy asks for: the detail where there is one.
func (w en) wanted(c *Cause) string {
	if c.Detail.Wanted != "" {
		return w.cut(moment(c.Condition.Key, enSeconds(c.Detail.Wanted)))
	}
	return w.list(w.people(c.Condition, c.Condition.Wanted), "or")
}

// until is when the sessions were revoked.
func (w en) until(c *Cause) string {
	if c.Detail.Wanted == "" && len(c.Condition.Wanted) == 0 {
		return "a certain time"
	}
	return w.wanted(c)
}

func (en) older(c *Cause) string {
	if c.Condition.State == "present" || c.Certainty == "proved" {
		if c.Condition.State == "present" && len(c.Condition.Got) > 0 {
			return ", and this one was made at " + moment(c.Condition.Key, enSeconds(c.Condition.Got[0]))
		}
		return ", and this one is older"
	}
	return ""
}

// aboutKey is the condition itself, where there is one.
func (w en) aboutKey(c *Cause) string {
	if c.Condition.Key == "" {
		return ""
	}
	return ": " + w.must(c.Condition) + ", and " + w.got(c.Condition)
}

// denySaying is an explicit deny of any policy; its condition, if it has one,
// is what held.
func (w en) denySaying(next phrase) saying {
	return saying{
		fault: func(c *Cause) string {
			s := w.policy(c) + " explicitly denies " + c.Action
			if c.Layer != "scp" && c.Layer != "identity" && c.Layer != "boundary" && c.Layer != "session" {
				return s + w.toCaller(c) + w.onlyIf(c) + w.untilEnd(c)
			}
			return s + " on " + w.role(&c.Call) + w.onlyIf(c) + w.untilEnd(c)
		},
		tell: func(c *Cause) string {
			if said := w.element(c); c.Primary && c.Certainty == "proved" && c.Condition.Key == "" && said != "" {
				return said
			}
			s := w.withStatement(c, w.policy(c)) + " explicitly denies " + c.Action
			if c.Condition.Key == "" {
				return w.sentence(s)
			}
			if strings.EqualFold(c.Condition.Key, "sts:ExternalId") && (w.wants(c) || c.Condition.base() == "null") {
				return w.sentence(s+" without the ExternalId that it demands") + " " + w.sentence(w.sentID(c))
			}
			if !c.Condition.known() {
				return w.sentence(s+" where "+w.held(c.Condition)) + " " + w.sentence(first(w.stranger(c), w.got(c.Condition)))
			}
			if c.Condition.named() {
				return w.sentence(s + ", because " + w.held(c.Condition))
			}
			return w.sentence(s + ", because " + w.held(c.Condition) + ": " + w.got(c.Condition))
		},
		perhaps: func(c *Cause) string {
			if c.Condition.Key == "" {
				return "that statement covers this call"
			}
			if strings.EqualFold(c.Condition.Key, "sts:ExternalId") && w.wants(c) {
				return "no ExternalId, or another one, was sent"
			}
			return w.held(c.Condition)
		},
		next: w.meetOr(next),
	}
}

// toCaller is to whom a Deny denies it, where the sentence does not begin with
// the caller.
func (w en) toCaller(c *Cause) string {
	if c.Certainty != "proved" {
		return ""
	}
	return " to " + w.principal(c.Caller)
}

// untilEnd is until when a Deny holds that ends by itself.
func (w en) untilEnd(c *Cause) string {
	if end := w.ends(c); end != "" {
		return " until " + end
	}
	return ""
}

// onlyIf is under which condition a Deny holds, of which it is not known whether
// it did.
func (w en) onlyIf(c *Cause) string {
	switch {
	case c.Certainty == "proved" || c.Condition.Key == "" || c.Certainty == "likely" && c.Condition.known():
		return ""
	case strings.EqualFold(c.Condition.Key, "sts:ExternalId") && w.wants(c):
		return " without the ExternalId that it demands"
	}
	if c.Certainty == "likely" {
		of := c.Condition
		of.simulated = true // what the policy says, whenever a call is made
		return " where " + w.held(of)
	}
	return " if " + w.held(c.Condition)
}

// sentID says what is known of the ExternalId of the call, without its value.
func (en) sentID(c *Cause) string {
	switch c.Condition.State {
	case "present":
		return "a different value was sent"
	case "present_unknown":
		return "one was sent, which is not known"
	case "absent":
		return "none was sent"
	}
	return "whether one was sent is not in the event"
}
