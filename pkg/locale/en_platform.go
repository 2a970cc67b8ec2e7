package locale

import "strings"

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
	"platform.mfa_code":         enRefusal(eng.mfaCodeFault, eng.mfaCodeNext),
	"platform.sts_region":       enRefusal(eng.stsRegionFault, eng.stsRegionNext),
	"platform.session_duration": enRefusal(eng.durationFault, eng.durationNext),
	"platform.credentials":      enRefusal(eng.credentialsFault, eng.credentialsNext),
	"platform.identity_token":   enRefusal(eng.tokenFault, eng.tokenNext),
	"platform.request_invalid":  enRefusal(eng.invalidFault, eng.invalidNext),
	"platform.throttled":        enRefusal(eng.throttledFault, enSay("Try again after a pause.")),
}

func enNoPolicy(c *Cause) string {
	if c.Certainty == "likely" {
		return "No policy that was read denies the call."
	}
	if c.Certainty == "possible" {
		return "No policy is known to have decided this."
	}
	return "No policy decided this."
}

func enRefused(*Cause) string { return "AWS refused it for that reason" }

// enRefusal is a failure that AWS's own message explains.
func enRefusal(of, next phrase) saying {
	fault := func(c *Cause) string {
		if c.Certainty == "likely" {
			return "most likely " + of(c)
		}
		return of(c)
	}
	return saying{fault: fault, perhaps: enRefused, next: next, closing: enNoPolicy, head: func(c *Cause) string { return eng.upper(fault(c)) }}
}

func (w en) tokenFault(c *Cause) string {
	switch c.Detail.Kind {
	case "provider_missing":
		if name := first(c.Detail.Got, providerName(c.Caller.Role)); name != "" {
			return "there is no identity provider " + w.cut(name) + " in " + w.rolesAccount(c)
		}
		return "there is no identity provider in " + w.rolesAccount(c) + " for the " + bringing(c) + " that was sent"
	case "audience":
		s := "the " + bringing(c) + "'s audience" + aside(w.cut(c.Detail.Got)) + " is not registered with the identity provider in " + w.rolesAccount(c)
		if c.Detail.Wanted != "" {
			s += ", which has " + w.list(strings.Split(c.Detail.Wanted, ", "), "and")
		}
		return s
	case "expired":
		return "the " + bringing(c) + " that was sent has expired"
	case "signature":
		return "AWS could not verify the signature of the " + bringing(c) + " that was sent"
	case "unreachable":
		return "AWS could not reach the identity provider that has to verify the " + bringing(c)
	case "rejected":
		return "the identity provider rejected the claim that was sent"
	}
	return "AWS did not accept the " + bringing(c) + " that was sent"
}

// rolesAccount is the role's account, also where it is not known.
func (w en) rolesAccount(c *Cause) string {
	if c.Role.Account.ID == "" {
		return "the role's account"
	}
	return w.account(c.Role.Account)
}

func (w en) tokenNext(c *Cause) string {
	switch c.Detail.Kind {
	case "provider_missing":
		return "Ask the owner of " + w.rolesAccount(c) + " to add the identity provider."
	case "audience":
		return "Ask the owner of " + w.rolesAccount(c) + " to register the audience, or request the " + bringing(c) + " with one that is registered."
	case "expired", "rejected":
		if c.Caller.Kind == "saml" {
			return "Sign in again through the identity provider."
		}
		return "Get a new token and try again."
	case "signature":
		return "Ask whoever runs the identity provider whether its keys or its metadata have changed: AWS must be able to read them, and has to have them as they are now."
	case "unreachable":
		return "Try again; if it stays, ask whoever runs the identity provider whether AWS can reach it from the internet."
	}
	return "Check where the " + bringing(c) + " comes from, get a new one and try again."
}

// evidenceSayings say what is missing, not what denies.
var enEvidenceSayings = map[string]saying{
	"evidence.unreadable": {
		fault: func(c *Cause) string { return eng.unread(c) + eng.unreadWhy(c) },
		tell: func(c *Cause) string {
			if c.NoEstate {
				return "Nothing is known of " + eng.unread(c) + ": no policies were given."
			}
			if c.obscure() {
				return eng.sentence(eng.withStatement(c, eng.policy(c)) + eng.unreadWhy(c) + eng.restDenies(c, "nothing else"))
			}
			return eng.sentence(eng.unread(c) + " could not be read" + eng.restDenies(c, "nothing"))
		},
		head: func(c *Cause) string {
			if c.NoEstate {
				return eng.noEstate(&c.Call)
			}
			return "Why " + eng.principal(c.Caller) + " " + eng.notAssume(c) + " is not known: " + eng.unread(c) + eng.unreadWhy(c)
		},
		next:    eng.unreadNext,
		closing: enNothing,
	},
	"evidence.role_unknown": {
		fault: func(c *Cause) string { return c.source() + " does not say which role was asked for" },
		tell: func(c *Cause) string {
			if c.Console {
				return "The console says the same whatever the reason, and does not name the role. Without it nobody's policies can be judged."
			}
			return eng.upper(c.source()) + " does not say which role was asked for" + eng.roleUnknownWhy(c) + ". Without it nobody's policies can be judged."
		},
		head: func(c *Cause) string {
			if c.Detail.Kind == "pod_identity" {
				return "EKS Pod Identity could not assume the role of a pod on " + eng.short(c.Caller) + ", and the event does not say which role"
			}
			if c.Console {
				return "The console could not switch roles, and its message does not say to which role"
			}
			return eng.upper(eng.principal(c.Caller)) + " was denied a role, and " + c.source() + " does not say which"
		},
		next: func(c *Cause) string {
			if c.Detail.Kind == "pod_identity" {
				return "Look up the role (aws eks list-pod-identity-associations --cluster-name NAME), and check that its trust policy lets pods.eks.amazonaws.com do sts:AssumeRole and sts:TagSession."
			}
			if c.Console {
				return enConsoleChecks
			}
			return eng.roleUnknownNext(&c.Call)
		},
		closing: enNothing,
	},
	"evidence.contradiction": {
		fault: enSay("everything that can be seen allows the call"),
		tell: func(c *Cause) string {
			s := "AWS denied the call, yet everything that can be seen allows it, and no change since is known."
			switch {
			case c.Caller.Kind == "saml":
				s += " " + enNotListed
			case c.ofRoot():
				s += " Whether the organization has privileged root actions enabled, and whether the call came from its management account or a delegated administrator, is not read."
			}
			return s
		},
		head: func(c *Cause) string {
			return "AWS denied " + eng.principal(c.Caller) + " access to " + eng.role(&c.Call) + ", yet everything that can be seen allows it"
		},
		next:    enSay("Try again; the report lists what cannot be seen."),
		closing: enSay("Either the policies were changed between the call and now, or something that cannot be seen denied it."),
	},
}

// restDenies is what the policies say that were read.
func (en) restDenies(c *Cause, nothing string) string {
	if c.Open {
		return "; of what was read, nothing denies the call for sure"
	}
	return "; " + nothing + " that was read denies the call"
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

// obscure says that the policy was read and is not understood.
func (c *Cause) obscure() bool { return c.Policy.Kind != "" && !c.NoEstate && !c.Of.Outside }

func (en) unreadWhy(c *Cause) string {
	switch {
	case !c.obscure():
		return " could not be read"
	case c.Statement.Number > 0:
		return " has a part that is not understood"
	}
	return " is not understood"
}

func (w en) unreadNext(c *Cause) string {
	if c.obscure() {
		of := *c
		of.Layer = c.Detail.Kind
		return "Ask " + w.layerOwner(&of) + " to check it against the grammar of IAM policies; the report quotes what is not understood."
	}
	switch c.Detail.Kind {
	case "scp", "rcp":
		of := c.Caller.Account
		if c.Detail.Kind == "rcp" {
			of = c.Role.Account
		}
		switch {
		case c.NoEstate:
			return w.noEstateNext(&c.Call)
		case of.Outside:
			return "Ask the owner of " + w.account(of) + ": it is outside the organization, so that only its owner can see which SCPs and RCPs apply to it."
		}
		if c.FromAWS {
			return "Ask " + w.orgOwner(c) + " for read access to them: assumewhy reads them with " + organizationRole + "."
		}
		return "Ask " + w.orgOwner(c) + " for read access to them, or add organization.json to the estate directory."
	}
	switch {
	case c.NoEstate:
		return w.noEstateNext(&c.Call)
	case c.Of.Outside && c.Detail.Kind == "trust":
		return "That account is outside the organization: only its owner can see why. Send them the role's ARN and the time."
	case c.Of.ID != "" && c.Detail.Kind == "trust" && c.FromAWS:
		return "Ask the owner of " + w.account(c.Of) + " to look at the role's trust policy, or " + w.readerThere(Account{}) + "."
	case c.Of.ID != "" && c.FromAWS:
		return "Ask the owner of " + w.account(c.Of) + " to look at " + w.unread(c) + ", or let assumewhy read what is missing."
	case c.Of.ID != "" && c.Detail.Kind == "trust":
		return "Ask the owner of " + w.account(c.Of) + " to look at the role's trust policy, or add " + w.accountFile(&Gap{Of: c.Of}) + " to the estate directory."
	case c.Of.ID != "":
		return "Ask the owner of " + w.account(c.Of) + " to look at " + strings.ReplaceAll(w.unread(c), " in "+w.account(c.Of), "") + ", or add what is missing to the estate directory."
	}
	return "The report lists what has to be read."
}

// enConsoleChecks is what most often stands behind the console's one message, the
// likeliest first (IAM User Guide, "Troubleshoot IAM roles").
const enConsoleChecks = "Check in this order: that account ID and role name are written exactly as they are; " +
	"that the role's trust policy names who is signed in, or their account; that their own policies allow sts:AssumeRole on it; " +
	"that it demands no ExternalId, which the console cannot send; and, if it demands MFA, that they signed in with MFA. " +
	"With the role's ARN, assumewhy simulate checks all of these."

func (w en) roleUnknownWhy(c *Cause) string {
	switch c.Detail.Kind {
	case "cut", "truncated":
		return ": AWS's message was cut before the role's name ends"
	case "no_resource", "without_resource", "message":
		if c.Pasted {
			return "" // there is nothing else that could
		}
		return ": AWS's message names no resource"
	case "no_arn":
		return ": what AWS's message has as the resource is no ARN, and the caller may have written a part of it"
	case "unread":
		return ": its errorMessage, which names it, could not be read"
	case "pod_identity":
		return ": the call was made by EKS Pod Identity"
	}
	return ""
}
