package locale

import "strings"

// enSecretSayings are ExternalId and MFA: what a call has to bring along.
var enSecretSayings = map[string]saying{
	"trust.external_id_missing": {
		fault: func(c *Cause) string { return eng.trust(c) + " demands an ExternalId" + eng.noneSent(c) },
		tell: func(c *Cause) string {
			s := eng.sentence(eng.withStatement(c, eng.trust(c)) + " demands an ExternalId" + eng.noneSent(c))
			if c.Condition.State == "absent" || c.Certainty == "proved" {
				return s
			}
			if c.Simulated {
				return s + " Whether the call would send the right one is not given."
			}
			return s + " AWS does not record whether a denied call sent one, and a wrong value looks the same."
		},
		perhaps: enSay("none, or another value, was sent"),
		usual:   enSay("a call that does nothing special sends none"),
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " for the ExternalId and send it with the call (--external-id in the AWS CLI)."
		},
	},
	"trust.external_id_mismatch": {
		fault: func(c *Cause) string {
			if c.Condition.State == "present_unknown" {
				return eng.trust(c) + " demands an ExternalId, and another one was sent"
			}
			return eng.trust(c) + " demands an ExternalId, and a different value was sent" + eng.onlyDiffers(c)
		},
		tell: func(c *Cause) string {
			if c.Condition.State == "present_unknown" {
				return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands an ExternalId") + " One was sent; whether it is the right one is not known."
			}
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands an ExternalId, and a different value was sent") + eng.idDiffers(c)
		},
		perhaps: enSay("the value that was sent is another one"),
		next: func(c *Cause) string {
			if c.Condition.State == "present_unknown" {
				return "Compare the ExternalId that was sent with the one that " + eng.roleOwner(&c.Call) + " wants."
			}
			return eng.rightID(c)
		},
	},
	"trust.external_id_console": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " demands an ExternalId, and switching roles in the console cannot send one"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands an ExternalId") + " Switching roles in the console has no field for one."
		},
		perhaps: enSay("the call was made by switching roles in the console"),
		usual:   enSay("the call looks like the console's"),
		next: func(c *Cause) string {
			return "Assume the role with the AWS CLI and its ExternalId, or ask " + eng.roleOwner(&c.Call) + " for a role that the console can switch to."
		},
	},
	"trust.mfa_missing": {
		fault:   func(c *Cause) string { return eng.trust(c) + " demands MFA" + eng.noMFA(c) },
		tell:    eng.mfaTell,
		perhaps: enSay("no MFA code was sent with the call"),
		usual:   enSay("a call that does nothing special sends no MFA code"),
		next:    eng.nextMFA,
	},
	"trust.mfa_too_old": {
		fault:   func(c *Cause) string { return eng.trust(c) + " demands a more recent sign-in with MFA" + eng.mfaAge(c) },
		tell:    eng.tooOldTell,
		perhaps: func(c *Cause) string { return eng.failed(c.Condition) },
		usual:   enSay("it was signed in that long ago, and an MFA code is seldom sent with the call"),
		next:    enSay("Sign in with MFA again and try once more."),
	},
	"trust.mfa_lost_in_chain": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " demands MFA, which a role session may not carry on"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands MFA") +
				" The record says that " + eng.principal(c.Caller) + " was made with MFA, and AWS's pages do not agree on whether a call from a role session carries it on."
		},
		perhaps: enSay("MFA is not carried on from that session"),
		next: func(c *Cause) string {
			return "Assume " + eng.roleShort(&c.Call) + " directly as the user who signed in with MFA."
		},
	},
}

func (w en) noneSent(c *Cause) string {
	if c.Condition.State == "absent" {
		if c.Simulated {
			return ", and the call would send none"
		}
		return ", and the call sent none"
	}
	return ""
}

func (w en) idDiffers(c *Cause) string {
	two := " The two differ"
	if len(c.Condition.Wanted) > 1 {
		two = " It and one of those wanted differ"
	}
	switch c.Detail.Kind {
	case "case":
		return two + " in upper and lower case only."
	case "white_space":
		return two + " in white space only" + w.blanks(c) + "."
	}
	return ""
}

// onlyDiffers goes on after the fault: how little it is that differs.
func (en) onlyDiffers(c *Cause) string {
	switch c.Detail.Kind {
	case "case":
		return ", which differs in upper and lower case only"
	case "white_space":
		return ", which differs in white space only"
	}
	return ""
}

// blanks says which of the two values has white space around it.
func (en) blanks(c *Cause) string {
	wanted, got := blankEnds(c.Detail.Wanted), blankEnds(c.Detail.Got)
	switch {
	case wanted == got:
		return ""
	case got == "":
		return ": the policy's value has some " + wanted
	case wanted == "":
		return ": the value sent has some " + got
	}
	return ": the policy's value has some " + wanted + ", the one sent " + got
}

// blankEnds says at which ends of a value stands white space; the value itself
// may be hidden.
func blankEnds(s string) string {
	before, after := strings.TrimLeft(s, " ") != s, strings.TrimRight(s, " ") != s
	switch {
	case before && after:
		return "at both ends"
	case before:
		return "at its beginning"
	case after:
		return "at its end"
	}
	return ""
}

// rightID says who has to mend the ExternalId: white space that only the policy has
// is seldom meant by its author.
func (w en) rightID(c *Cause) string {
	wanted, got := blankEnds(c.Detail.Wanted), blankEnds(c.Detail.Got)
	switch {
	case got == "" && wanted != "":
		return "Ask " + w.roleOwner(&c.Call) + " to take the white space out of the ExternalId in the trust policy (" + wanted + "), or send it with that."
	case wanted == "" && got != "":
		return "Send the ExternalId without the white space " + got + "."
	}
	return "Ask " + w.roleOwner(&c.Call) + " for the ExternalId and send that value."
}

func (w en) noMFA(c *Cause) string {
	if c.Condition.known() {
		if c.Simulated {
			return ", and " + w.short(c.Caller) + " would call without it"
		}
		return ", and " + w.short(c.Caller) + " called without it"
	}
	return ""
}

func (w en) mfaTell(c *Cause) string {
	s := w.sentence(w.withStatement(c, w.trust(c)) + " demands MFA" + aside(c.Condition.Key) + w.noMFA(c))
	switch {
	case c.Condition.known():
		return s
	case c.Certainty == "proved":
		return s + " " + w.neverMFA(c)
	case c.Simulated:
		return s + " Whether the call would be made with MFA is not given."
	case c.Console:
		return s + " The console's record does not say whether " + w.short(c.Caller) + " signed in with it."
	}
	return s + " AWS does not record whether a denied call sent an MFA code."
}

// neverMFA is why a session can have no MFA, though the record does not say so.
func (w en) neverMFA(c *Cause) string {
	if c.Workload {
		return "The credentials of a workload never carry MFA."
	}
	if isPermissionSet(c.Caller.Role) {
		return "Sessions of IAM Identity Center never have this key, however their people signed in."
	}
	return "The session was made without it."
}

func (w en) nextMFA(c *Cause) string {
	if c.Workload && c.Layer == "trust" {
		return "This role is for people who signed in with MFA; a workload cannot have MFA. Use another role, or ask " + w.roleOwner(&c.Call) + " for one."
	}
	if c.Workload {
		return "A workload cannot have MFA: ask " + w.callerOwner(c) + " whether " + w.holder(c) + " may be spared, or use another identity."
	}
	if c.Console && c.Caller.Kind == "user" {
		return "Sign in to the console with MFA and switch again."
	}
	if c.Layer == "trust" && isPermissionSet(c.Caller.Role) {
		return "Ask " + w.roleOwner(&c.Call) + " for a condition that sessions of IAM Identity Center can meet (aws:PrincipalArn, say), or assume the role as an IAM user who signed in with MFA."
	}
	if c.Layer == "trust" && c.Caller.Kind == "session" {
		return "Assume " + w.roleShort(&c.Call) + " directly as a user who signed in with MFA."
	}
	if c.Caller.Kind == "session" {
		return "Get a new session with MFA and try again, or assume " + w.roleShort(&c.Call) + " directly as a user who signed in with MFA."
	}
	return "Sign in with MFA and try again, or send an MFA code with the call (--serial-number and --token-code in the AWS CLI)."
}

// mfaAge is how long ago the sign-in with MFA was, where the session tells it.
func (w en) mfaAge(c *Cause) string {
	if c.Detail.Got == "" {
		return ""
	}
	if ago := lasted(c.Detail.Got); ago != "" {
		return "; the session was made " + ago + " before the call"
	}
	return ""
}

func (w en) tooOldTell(c *Cause) string {
	s := w.withStatement(c, w.trust(c)) + " demands a recent sign-in with MFA: " + w.must(c.Condition)
	if c.Explicit {
		s = w.withStatement(c, w.trust(c)) + " explicitly denies calls where " + enPresent.Replace(w.held(c.Condition))
	}
	s = w.sentence(s)
	if c.Detail.Got != "" {
		return s + " " + w.sentence("the session of "+w.short(c.Caller)+" was made "+w.cut(c.Detail.Got)+" seconds before the call")
	}
	return s + " " + w.sentence(w.got(c.Condition))
}
