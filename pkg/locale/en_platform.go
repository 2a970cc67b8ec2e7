package locale

// enPlatformSayings are reasons that lie with AWS itself or in time.
var enPlatformSayings = map[string]saying{
	"platform.propagation": {
		fault: func(c *Cause) string {
			return "a change shortly before the call had not reached all of AWS yet" + eng.how(c)
		},
		closing: enSay("The policies of that moment allow the call; changes of IAM take seconds to minutes to arrive."),
		next:    enSay("Try again."),
		perhaps: func(*Cause) string { return "the change had not arrived yet" },
	},
	"platform.changed_since": {
		fault:   func(c *Cause) string { return "what denied the call has been changed since" + eng.how(c) },
		head:    func(c *Cause) string { return "What denied the call has been changed since" + eng.how(c) },
		closing: enSay("Today's policies allow the call."),
		next:    enSay("Try again."),
	},
	"platform.mfa_code": enRefusal(
		enSay("AWS did not accept the MFA code or the serial number of the MFA device"),
		enSay("Wait for the next code, check the serial number (--serial-number) and try again.")),
	"platform.sts_region": enRefusal(
		func(c *Cause) string {
			return "STS is not active in region" + eng.regionName(c) + " for " + eng.account(c.Caller.Account)
		},
		func(c *Cause) string {
			return "Use another endpoint of STS, or ask the owner of " + eng.account(c.Caller.Account) + " to activate that region."
		}),
	"platform.session_duration": enRefusal(eng.durationFault, eng.durationNext),
	"platform.credentials": enRefusal(
		func(c *Cause) string {
			return "the credentials of " + eng.principal(c.Caller) + " have expired or are not valid"
		},
		enSay("Sign in again, or check which credentials the program uses (aws sts get-caller-identity).")),
	"platform.identity_token": enRefusal(eng.tokenFault, eng.tokenNext),
	"platform.request_invalid": enRefusal(
		enSay("AWS did not accept the request as it was written"),
		enSay("Read AWS's message, correct the request and try again.")),
	"platform.throttled": enRefusal(
		enSay("AWS slowed the caller down: too many calls in a short time"),
		enSay("Try again after a pause.")),
}

func enNoPolicy(*Cause) string { return "No policy decided this." }

func enRefused(*Cause) string { return "AWS refused it for that reason" }

// enRefusal is a failure that AWS's own message explains.
func enRefusal(fault, next phrase) saying {
	return saying{fault: fault, perhaps: enRefused, next: next, closing: enNoPolicy, head: func(c *Cause) string { return eng.upper(fault(c)) }}
}

func (w en) regionName(c *Cause) string {
	if c.Region == "" {
		return " of the call"
	}
	return " " + w.cut(c.Region)
}

func (w en) durationFault(c *Cause) string {
	if c.Detail.Kind == "chaining" || c.Detail.Kind == "chained" {
		return "the call asks for a longer session than the one hour that a session made from another role's session may last"
	}
	s := "the call asks for a longer session than " + w.role(&c.Call) + " allows"
	if c.Detail.Wanted != "" {
		s += " (" + w.cut(c.Detail.Wanted) + " seconds)"
	}
	return s
}

func (w en) durationNext(c *Cause) string {
	if c.Detail.Kind == "chaining" || c.Detail.Kind == "chained" {
		return "Ask for 3600 seconds or less (--duration-seconds in the AWS CLI)."
	}
	return "Ask for a shorter session (--duration-seconds in the AWS CLI), or ask " + w.roleOwner(&c.Call) + " for a longer maximum."
}

func (w en) tokenFault(c *Cause) string {
	switch c.Detail.Kind {
	case "provider_missing":
		return w.account(c.Role.Account) + " has no identity provider for the token that was sent"
	case "audience":
		return "the token's audience is not registered with the identity provider in " + w.account(c.Role.Account)
	case "expired":
		return "the token that was sent has expired"
	case "signature":
		return "AWS could not verify the signature of the token that was sent"
	}
	return "AWS did not accept the token that was sent"
}

func (w en) tokenNext(c *Cause) string {
	switch c.Detail.Kind {
	case "provider_missing":
		return "Ask the owner of " + w.account(c.Role.Account) + " to add the identity provider."
	case "audience":
		return "Ask the owner of " + w.account(c.Role.Account) + " to register the audience, or request the token with one that is registered."
	case "expired":
		return "Get a new token and try again."
	}
	return "Check where the token comes from, get a new one and try again."
}

// evidenceSayings say what is missing, not what denies.
var enEvidenceSayings = map[string]saying{
	"evidence.unreadable": {
		fault: func(c *Cause) string { return eng.unread(c) + " could not be read" },
		tell: func(c *Cause) string {
			if c.NoEstate {
				return "Without --estate nothing is known of " + eng.unread(c) + "."
			}
			return eng.sentence(eng.unread(c) + " could not be read; nothing that was read denies the call")
		},
		head: func(c *Cause) string {
			if c.NoEstate {
				return eng.noEstate(&c.Call)
			}
			return "Why " + eng.principal(c.Caller) + " " + eng.notAssume(c) + " is not known: " + eng.unread(c) + " could not be read"
		},
		next:    eng.unreadNext,
		closing: enNothing,
	},
	"evidence.role_unknown": {
		fault: enSay("the event does not say which role was asked for"),
		tell: func(c *Cause) string {
			return "The event does not say which role was asked for" + eng.roleUnknownWhy(c) + ". Without it nobody's policies can be judged."
		},
		head: func(c *Cause) string {
			return eng.upper(eng.principal(c.Caller)) + " was denied a role, and the event does not say which"
		},
		next: func(c *Cause) string {
			return "Ask " + eng.short(c.Caller) + " for the role's ARN, and check it with assumewhy simulate."
		},
		closing: enNothing,
	},
	"evidence.contradiction": {
		fault: enSay("everything that can be seen allows the call"),
		tell:  enSay("AWS denied the call, yet everything that can be seen allows it, and no change since is known."),
		head: func(c *Cause) string {
			return "AWS denied " + eng.principal(c.Caller) + " access to " + eng.role(&c.Call) + ", yet everything that can be seen allows it"
		},
		next:    enSay("Try again; what cannot be seen is listed below."),
		closing: enSay("Either the policies were changed between the call and now, or something that cannot be seen denied it."),
	},
}

func enNothing(*Cause) string { return "" }

func (w en) notAssume(c *Cause) string {
	if c.Simulated {
		return "could or could not assume " + w.role(&c.Call)
	}
	return "could not assume " + w.role(&c.Call)
}

// unread names what was not read, by the layer that it decides in.
func (w en) unread(c *Cause) string {
	switch c.Detail.Kind {
	case "trust":
		return w.trust(c)
	case "identity":
		return "the policies of " + w.holder(c) + " in " + w.account(c.Of)
	case "boundary":
		return "the permissions boundary of " + w.holder(c)
	case "session":
		return "the session policy of " + w.principal(c.Caller)
	case "scp":
		return "a service control policy (SCP) that applies to " + w.account(c.Caller.Account)
	case "rcp":
		return "a resource control policy (RCP) that applies to " + w.account(c.Role.Account)
	case "vpce":
		return "the policy of VPC endpoint " + first(w.cut(c.Detail.Nearest), "of the caller")
	}
	return "a policy that decides"
}

func (w en) unreadNext(c *Cause) string {
	switch c.Detail.Kind {
	case "scp", "rcp":
		if c.NoEstate {
			return enNoEstateNext
		}
		return "Ask " + w.orgOwner(c) + " for read access to them, or add organization.json to the estate directory."
	}
	switch {
	case c.NoEstate:
		return enNoEstateNext
	case c.Of.Outside && c.Detail.Kind == "trust":
		return "That account is outside the organization: only its owner can see why. Send them the role's ARN and the time."
	case c.Of.ID != "" && c.Detail.Kind == "trust":
		return "Ask the owner of " + w.account(c.Of) + " to look at the role's trust policy, or let assumewhy read the account."
	case c.Of.ID != "":
		return "Let assumewhy read " + w.account(c.Of) + ", or ask its owner to look at " + w.unread(c) + "."
	}
	return "What has to be read is listed below."
}

func (w en) roleUnknownWhy(c *Cause) string {
	switch c.Detail.Kind {
	case "cut", "truncated":
		return ": AWS's message was cut before the role's name ends"
	case "no_resource", "without_resource", "message":
		return ": AWS's message names no resource"
	case "pod_identity":
		return ": the call was made by EKS Pod Identity"
	}
	return ""
}
