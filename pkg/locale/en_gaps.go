package locale

import (
	"maps"
	"strings"
)

// missing is what English says of one kind of gap: what is not known, and what
// would settle it.
type missing struct{ what, settle func(*Gap) string }

// enTell always says the same.
func enTell(s string) func(*Gap) string { return func(*Gap) string { return s } }

var enGaps = func() map[string]missing {
	all := maps.Clone(enReadGaps)
	maps.Copy(all, enCallGaps)
	return all
}()

func (en) noEstate(c *Call) string {
	if c.Simulated {
		return "No policies were given, so whether this would work cannot be said"
	}
	return "No policies were given, so why this was denied cannot be said"
}

func (w en) gap(g *Gap) (what, settle string) {
	if g.NoEstate {
		if what, settle = w.notGiven(g); what != "" {
			return what, settle
		}
	}
	if g.Of.Outside && g.Layer != "" {
		return w.outside(g)
	}
	m, ok := enGaps[g.Code]
	if !ok {
		m = enGaps["other"]
	}
	return m.what(g), m.settle(g)
}

// owned is " of prod (3200...)", or nothing.
func (w en) owned(g *Gap) string {
	if g.Of.ID == "" {
		return ""
	}
	return " of " + w.account(g.Of)
}

// subject is what the gap is about, cut short, or other words for it.
func (w en) subject(g *Gap, otherwise string) string {
	if g.Subject == "" {
		return otherwise
	}
	return w.cut(g.Subject)
}

// bound is the account that an SCP or RCP applies to.
func (w en) bound(g *Gap) string {
	of := g.Caller.Account
	if g.Layer == "rcp" {
		of = g.Role.Account
	}
	if of.ID == "" {
		return ""
	}
	return w.account(of)
}

// whose is the account that a gap is about, or its subject.
func (w en) whose(g *Gap, otherwise string) string {
	if g.Of.ID != "" && (g.Subject == "" || g.Subject == g.Of.ID) {
		return w.account(g.Of)
	}
	return w.subject(g, otherwise)
}

// grant says what would let it be read.
func (w en) grant(g *Gap, file string) string {
	if g.FromAWS {
		return w.allow(g)
	}
	if g.Permission != "" && g.Of.ID != "" && !strings.HasPrefix(g.Permission, "organizations:") {
		return "Add " + file + " to the estate directory, read with " + g.Permission + " in " + w.account(g.Of) + "."
	}
	if g.Permission != "" {
		return "Add " + file + " to the estate directory, read with " + g.Permission + "."
	}
	return "Add " + file + " to the estate directory."
}

func (w en) accountFile(g *Gap) string {
	id := g.Of.ID
	if id == "" {
		id = "ID"
	}
	return "accounts/" + id + "/authorization-details.json"
}

// enReadGaps are parts of the estate that were not read.
var enReadGaps = map[string]missing{
	"account": {func(g *Gap) string {
		return "The policies" + eng.owned(g) + " were not read: users, groups, roles and their policies there are not known."
	}, enGrantDetails},
	"role": {eng.roleGap, eng.roleSettle},
	"caller": {func(g *Gap) string {
		return "The caller, " + eng.subject(g, eng.principal(g.Caller)) + ", and what policies it has were not read."
	}, enGrantDetails},
	"former": {
		func(g *Gap) string {
			name := g.Caller.Name
			if g.Caller.Kind == "session" && g.Caller.Role != "" {
				name = g.Caller.Role
			}
			return "The policies that were read are those of today's " + first(eng.cut(name), "identity") + ": what the earlier one was allowed is not known."
		},
		enTell("IAM keeps nothing of an identity that was deleted."),
	},
	"policy": {func(g *Gap) string {
		return "Policy " + eng.subject(g, "of the caller or the role") + " is attached, but its document was not read."
	}, eng.fetchAgain},
	"user": {func(g *Gap) string {
		if g.Layer == "" || g.Subject == "" || g.Subject == g.Caller.Name {
			return eng.sentence(eng.principal(g.Caller) + " was not read, nor were that user's policies")
		}
		return "User " + eng.cut(g.Subject) + " was not read, nor were that user's policies."
	}, enGrantDetails},
	"group": {func(g *Gap) string {
		return "Group " + eng.subject(g, "of the caller") + " was not read, nor its policies."
	}, enGrantDetails},
	"truncated": {func(g *Gap) string {
		return "What was read" + eng.owned(g) + " ends early (IsTruncated): what is not in it may still exist."
	}, func(g *Gap) string {
		if g.FromAWS {
			return eng.allow(g)
		}
		return "Run aws iam get-account-authorization-details again without --max-items, and replace " + eng.accountFile(g) + "."
	}},
	"document": {
		func(g *Gap) string {
			return "Policy " + eng.subject(g, "of this layer") + " is not JSON that can be read."
		},
		eitherWay(enTell("Look at it in AWS: its owner can write it anew."), enTell("Correct its file in the estate directory, or collect it again.")),
	},
	"statement": {
		func(g *Gap) string {
			return "A part of policy " + eng.subject(g, "of this layer") + " is not understood" + aside(eng.cut(g.Key)) + ", so that its statement counts neither as an Allow nor as a Deny."
		},
		enTell("Check that part against the IAM policy grammar."),
	},
	"organization": {func(g *Gap) string {
		return "The organization was not read: which " + eng.orgPolicies(g) + " apply is not known."
	}, enGrantOrganization},
	"scp": {func(g *Gap) string {
		if strings.HasPrefix(g.Subject, "p-") {
			return "SCP " + eng.cut(g.Subject) + ", which applies to " + first(eng.bound(g), "the caller's account") + ", was not read."
		}
		if eng.alone(g) {
			return eng.stray(g, "SCPs")
		}
		return "The service control policies (SCPs) that apply to " + eng.whose(g, "the caller's account") + " were not read in full."
	}, enGrantOrganization},
	"rcp": {func(g *Gap) string {
		if strings.HasPrefix(g.Subject, "p-") {
			return "RCP " + eng.cut(g.Subject) + ", which applies to " + first(eng.bound(g), "the role's account") + ", was not read."
		}
		if eng.alone(g) {
			return eng.stray(g, "RCPs")
		}
		return "The resource control policies (RCPs) that apply to " + eng.whose(g, "the role's account") + " were not read in full."
	}, enGrantOrganization},
	"endpoint": {func(g *Gap) string {
		return "The call came through VPC endpoint " + eng.subject(g, "of the caller") + ", and its policy was not read."
	}, func(g *Gap) string { return eng.grant(g, "accounts/"+first(g.Of.ID, "ID")+"/vpc-endpoints.json") }},
	"provider": {func(g *Gap) string {
		return "The identity providers" + eng.owned(g) + " were not read."
	}, func(g *Gap) string { return eng.grant(g, "accounts/"+first(g.Of.ID, "ID")+"/identity-providers.json") }},
	"history": {enTell("Whether these policies have been changed since the call is not known."), enTell("CloudTrail has the changes: look for events of iam.amazonaws.com and organizations.amazonaws.com in us-east-1 since the call.")},
}

// fetchAgain is for a file that is there and lacks something.
func (w en) fetchAgain(g *Gap) string {
	if g.FromAWS {
		return w.allow(g)
	}
	s := "Fetch " + w.accountFile(g) + " again: aws iam get-account-authorization-details"
	if g.Of.ID != "" {
		s += " in " + w.account(g.Of)
	}
	return s + " (needs iam:GetAccountAuthorizationDetails)."
}

func enGrantDetails(g *Gap) string { return eng.grant(g, eng.accountFile(g)) }

func enGrantOrganization(g *Gap) string {
	if eng.alone(g) && g.FromAWS {
		return "Give assumewhy " + organizationRole + " of the organization that it is in, if any; or its owner can look."
	}
	if eng.alone(g) {
		return "Only its owner can look."
	}
	return eng.grant(g, "organization.json")
}

// alone says that a gap is about an account which is not of what was read, where
// what was read is of no organization.
func (en) alone(g *Gap) bool {
	return (g.Code == "scp" || g.Code == "rcp") && g.Permission == "" && g.Subject == g.Of.ID && g.Of.ID != ""
}

func (w en) stray(g *Gap, kind string) string {
	return "Whether " + w.account(g.Of) + " is in an organization, and which of its " + kind + " apply, cannot be read here."
}

// enCallGaps are facts of the call that its record does not show.
var enCallGaps = map[string]missing{
	"afterwards": {eng.afterwards, enTell("Check it with assumewhy simulate once that is mended.")},
	"unseen": {
		func(g *Gap) string {
			return "What " + eng.unseenPolicy(g) + " says is not known: it was not read."
		},
		eng.unseenSettle,
	},
	"session_policy": {
		func(g *Gap) string {
			if g.Named {
				return "What the session policy says is not in the event; AWS's message names it."
			}
			if g.Simulated {
				return "Whether the session has a session policy is not given."
			}
			if g.Alone {
				return "A session policy may have denied it; the event does not show whether there is one."
			}
			return "Whether the session has a session policy is not in the event."
		},
		enTell("Whoever makes the session knows it (--policy, --policy-arns), and so does the CloudTrail record of the call that made it (requestParameters)."),
	},
	"key": {
		func(g *Gap) string {
			if g.Simulated {
				return "What the call would have for " + first(eng.cut(g.Key), "a condition key") + " is not given."
			}
			return "What the call had for " + first(eng.cut(g.Key), "a condition key") + " is not known."
		},
		eng.keySettle,
	},
	"quarantine": {
		func(g *Gap) string {
			return "AWS attached " + eng.subject(g, "a quarantine policy") + " to " + eng.principal(g.Caller) + ": an access key may be known to others. That policy does not deny this call; the key has to be replaced all the same."
		},
		enTell("Replace the access key."),
	},
	"field": {
		func(g *Gap) string {
			return "The record's " + eng.subject(g, "field") + " is not as CloudTrail writes it, and was not read."
		},
		enTell("Hand over the record as CloudTrail wrote it."),
	},
	"repeated": {eng.repeated, enTell("Hand over the record as CloudTrail wrote it, with each field once.")},
	"contradiction": {
		func(g *Gap) string {
			if g.Subject == "userIdentity" {
				return "The record's userIdentity and AWS's message in it name different callers: which one called is not known."
			}
			return "The record's " + eng.subject(g, "parameters") + " and AWS's message in it name different roles: which one was asked for is not known."
		},
		enTell("Hand over the record as CloudTrail wrote it."),
	},
	"companion": {eng.companionGap, eng.companionSettle},
	"region": {
		enTell("The region of the record and the endpoint that was called do not agree."),
		func(g *Gap) string {
			if g.FromAWS {
				return "Ask " + eng.whom(g) + " which region's endpoint of STS was called."
			}
			return "If you know the region of the endpoint: " + eng.flag(g) + " aws:RequestedRegion=REGION."
		},
	},
	"message": {
		func(g *Gap) string {
			return "Which " + first(eng.cut(g.Subject), "policy") + " AWS means is not known."
		},
		enTell("Read the policies as they were at the time of the call, and those that were not read."),
	},
	"event": {
		enTell("Only AWS's message is known: not when the call was made, from where, nor what was sent with it."),
		eng.eventSettle,
	},
	"time": {
		enTell("The time of the call is not in the event."),
		func(g *Gap) string {
			if g.FromAWS {
				return "The record as CloudTrail wrote it has the time (eventTime)."
			}
			return "If you know it: " + eng.flag(g) + " aws:CurrentTime=TIME, in the form 2026-01-31T12:00:00Z."
		},
	},
	"other": {
		func(g *Gap) string {
			return eng.upper(eng.subject(g, first(eng.cut(g.Key), "something that may matter"))) + " is not known."
		},
		func(g *Gap) string {
			if g.FromAWS && g.Permission == "" {
				return "Ask " + eng.whom(g) + "."
			}
			if g.FromAWS {
				return eng.allow(g)
			}
			if g.Permission != "" {
				return "Add it to the estate directory, read with " + g.Permission + "."
			}
			return "Add it to the estate directory, or say it with " + eng.flag(g) + "."
		},
	},
}

// roleGap is a role that was not read, or that the event does not name.
func (w en) roleGap(g *Gap) string {
	if g.Subject == "" && g.Role.ARN == "" {
		return w.sentence(g.source() + " does not say which role was asked for")
	}
	if g.Layer == "identity" || g.Layer == "boundary" {
		return "Role " + w.subject(g, "of the caller") + " was not read, nor its policies."
	}
	if g.Subject != "" && !strings.HasPrefix(g.Subject, "arn:") {
		return "Role " + w.cut(g.Subject) + " was not read, nor its trust policy."
	}
	return w.sentence(first(w.cut(g.Subject), w.role(&g.Call)) + " was not read, nor its trust policy")
}

func (w en) roleSettle(g *Gap) string {
	if g.API == "AssumeRoleForPodIdentity" && g.Role.ARN == "" {
		return "The association of the pod's service account with its cluster names the role."
	}
	if g.Subject == "" && g.Role.ARN == "" {
		if g.Alone {
			return "The first lines say how to find out."
		}
		return w.roleUnknownNext(&g.Call) // the first lines are about another cause
	}
	return w.grant(g, w.accountFile(g))
}

// eventSettle is how to find the record of a call of which only AWS's message is
// known. CloudTrail finds a denied call by the name of its caller or of the call
// (CloudTrail User Guide, "Looking up events with the AWS CLI"); a federated one
// is in the account of the role.
func (w en) eventSettle(g *Gap) string {
	attribute := "AttributeKey=EventName,AttributeValue=" + first(shellWord(g.API), "AssumeRole")
	where := g.Caller.Account
	switch g.Caller.Kind {
	case "user", "session":
		if name := shellWord(g.Caller.Name); name != "" {
			attribute = "AttributeKey=Username,AttributeValue=" + name
		}
	case "oidc", "saml":
		where = g.Role.Account
	}
	of := "the caller's account"
	if where.ID != "" {
		of = w.account(where)
	} else if g.Caller.Kind == "oidc" || g.Caller.Kind == "saml" {
		of = "the role's account"
	}
	id := ""
	if g.Subject != "" {
		id = " (request " + w.cut(g.Subject) + ")"
	}
	return "Bring its CloudTrail record" + id + ": aws cloudtrail lookup-events --region REGION --lookup-attributes " + attribute +
		" (in " + of + "; REGION is the one that was called, us-east-1 for the global endpoint)."
}

// shellWord is s when a shell takes it for one word and nothing else.
func shellWord(s string) string {
	if strings.HasPrefix(s, "-") || strings.Trim(s, "_+=,.@-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return ""
	}
	return s
}
