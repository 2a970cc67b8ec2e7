package locale

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
			return eng.trust(c) + " demands an ExternalId, and a different value was sent"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands an ExternalId, and a different value was sent") + eng.idDiffers(c)
		},
		perhaps: enSay("the value that was sent is another one"),
		next: func(c *Cause) string {
			return "Ask " + eng.roleOwner(&c.Call) + " for the ExternalId and send that value."
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
		fault: func(c *Cause) string { return eng.trust(c) + " demands an MFA sign-in that is more recent" },
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands a recent MFA sign-in: "+eng.must(c.Condition)+" (seconds)") +
				" " + eng.sentence(eng.got(c.Condition))
		},
		perhaps: func(c *Cause) string { return eng.failed(c.Condition) },
		next:    enSay("Sign in with MFA again and try once more."),
	},
	"trust.mfa_lost_in_chain": {
		fault: func(c *Cause) string {
			return eng.trust(c) + " demands MFA, which is not carried on from one role session to the next"
		},
		tell: func(c *Cause) string {
			return eng.sentence(eng.withStatement(c, eng.trust(c))+" demands MFA") +
				" The record says that " + eng.principal(c.Caller) + " was made with MFA, but AWS's pages say that a call from a role session does not carry it on."
		},
		perhaps: enSay("MFA is not carried on from that session"),
		next: func(c *Cause) string {
			return "Assume " + eng.roleShort(&c.Call) + " directly as the user who signed in with MFA, or send an MFA code of that user with the call."
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

func (en) idDiffers(c *Cause) string {
	switch c.Detail.Kind {
	case "case":
		return " The two differ in upper and lower case only."
	case "white_space", "whitespace", "space":
		return " The two differ in white space only."
	}
	return ""
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
	if c.Condition.known() || c.Certainty == "proved" {
		return s
	}
	if c.Simulated {
		return s + " Whether the call would be made with MFA is not given."
	}
	return s + " AWS does not record whether a denied call sent an MFA code."
}

func (w en) nextMFA(c *Cause) string {
	if c.Workload && c.Layer == "trust" {
		return "This role is for people who signed in with MFA; a workload cannot have MFA. Use another role, or ask " + w.roleOwner(&c.Call) + " for one."
	}
	if c.Caller.Kind == "session" {
		return "Get a new session with MFA and try again, or assume " + w.roleShort(&c.Call) + " directly as a user who signed in with MFA."
	}
	return "Sign in with MFA and try again, or send an MFA code with the call (--serial-number and --token-code in the AWS CLI)."
}
