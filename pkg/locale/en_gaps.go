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

// enNoEstateNext is what to do where no policies were given at all.
const enNoEstateNext = "Run it again with --estate DIR."

func (en) noEstate(c *Call) string {
	if c.Simulated {
		return "No policies were given, so whether this would work cannot be said"
	}
	return "No policies were given, so why this was denied cannot be said"
}

func (w en) gap(g *Gap) (what, settle string) {
	if g.NoEstate {
		if what := w.notGiven(g); what != "" {
			return what, enNoEstateNext
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

// whose is the account that a gap is about, or its subject.
func (w en) whose(g *Gap, otherwise string) string {
	if g.Of.ID != "" && (g.Subject == "" || g.Subject == g.Of.ID) {
		return w.account(g.Of)
	}
	return w.subject(g, otherwise)
}

// grant says what would let it be read.
func (w en) grant(g *Gap, file string) string {
	if g.Permission != "" && g.Of.ID != "" && !strings.HasPrefix(g.Permission, "organizations:") {
		return "Allow the reader " + g.Permission + " in " + w.account(g.Of) + ", or add " + file + " to the estate directory."
	}
	if g.Permission != "" {
		return "Allow the reader " + g.Permission + ", or add " + file + " to the estate directory."
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
		return "The caller, " + eng.subject(g, eng.principal(g.Caller)) + ", was not read, nor its policies."
	}, enGrantDetails},
	"policy": {func(g *Gap) string {
		return "Policy " + eng.subject(g, "of the caller or the role") + " is attached, but its document was not read."
	}, enGrantDetails},
	"groups": {func(g *Gap) string {
		return "Which groups " + eng.subject(g, eng.principal(g.Caller)) + " is in, or what their policies say, was not read."
	}, enGrantDetails},
	"truncated": {func(g *Gap) string {
		return "What was read" + eng.owned(g) + " ends early (IsTruncated): what is not in it may still exist."
	}, func(g *Gap) string {
		return "Run aws iam get-account-authorization-details again without --max-items, and replace " + eng.accountFile(g) + "."
	}},
	"document": {
		func(g *Gap) string {
			return "Policy " + eng.subject(g, "of this layer") + " is not JSON that can be read."
		},
		enTell("Correct its file in the estate directory, or collect it again."),
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
		return "The service control policies (SCPs) that apply to " + eng.whose(g, "the caller's account") + " were not read in full."
	}, enGrantOrganization},
	"rcp": {func(g *Gap) string {
		return "The resource control policies (RCPs) that apply to " + eng.whose(g, "the role's account") + " were not read in full."
	}, enGrantOrganization},
	"endpoint": {func(g *Gap) string {
		return "The call came through VPC endpoint " + eng.subject(g, "of the caller") + ", and its policy was not read."
	}, func(g *Gap) string { return eng.grant(g, "accounts/"+first(g.Of.ID, "ID")+"/vpc-endpoints.json") }},
	"providers": {func(g *Gap) string {
		return "The identity providers" + eng.owned(g) + " were not read."
	}, func(g *Gap) string { return eng.grant(g, "accounts/"+first(g.Of.ID, "ID")+"/identity-providers.json") }},
	"history": {enTell("Whether these policies have been changed since the call is not known."), enTell("CloudTrail has the changes: look for events of iam.amazonaws.com and organizations.amazonaws.com in us-east-1 since the call.")},
}

func enGrantDetails(g *Gap) string { return eng.grant(g, eng.accountFile(g)) }

func enGrantOrganization(g *Gap) string { return eng.grant(g, "organization.json") }

// enCallGaps are facts of the call that its record does not show.
var enCallGaps = map[string]missing{
	"session_policy": {
		func(g *Gap) string {
			if g.Simulated {
				return "A session policy may deny it too; whether there is one is not given."
			}
			if g.Alone {
				return "A session policy may have denied it; the event does not show whether there is one."
			}
			return "A session policy may deny it too; the event does not show whether there is one."
		},
		enTell("The CloudTrail record of the call that made the session has it."),
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
	"companion": {eng.companionGap, eng.companionSettle},
	"region": {
		enTell("The region of the record and the endpoint that was called do not agree."),
		func(g *Gap) string {
			return "If you know the region of the endpoint: " + eng.flag(g) + " aws:RequestedRegion=REGION."
		},
	},
	"message": {
		func(g *Gap) string {
			return "AWS's message names " + eng.policyType(g) + ", but the policies that were read give another reason."
		},
		enTell("Read the policies as they were at the time of the call, and those that were not read."),
	},
	"time": {
		enTell("The time of the call is not in the event."),
		func(g *Gap) string {
			return "If you know it: " + eng.flag(g) + " aws:CurrentTime=TIME, in the form 2026-01-31T12:00:00Z."
		},
	},
	"other": {
		func(g *Gap) string {
			return eng.upper(eng.subject(g, first(eng.cut(g.Key), "something that may matter"))) + " is not known."
		},
		func(g *Gap) string {
			if g.Permission != "" {
				return "Allow the reader " + g.Permission + "."
			}
			return "Add it to the estate directory, or say it with " + eng.flag(g) + "."
		},
	},
}

func (w en) policyType(g *Gap) string {
	if g.Subject == "" {
		return "another policy type"
	}
	return "the policy type '" + w.cut(g.Subject) + "'"
}

// roleGap is a role that was not read, or that the event does not name.
func (w en) roleGap(g *Gap) string {
	if g.Subject == "" && g.Role.ARN == "" {
		return "The event does not say which role was asked for."
	}
	return w.sentence(first(w.cut(g.Subject), w.role(&g.Call)) + " was not read, nor its trust policy")
}

func (w en) roleSettle(g *Gap) string {
	if g.Subject == "" && g.Role.ARN == "" {
		return "Ask " + w.whom(g) + " for the role's ARN, and check it with assumewhy simulate."
	}
	return w.grant(g, w.accountFile(g))
}

// companionGap is about a parameter that would need a further authorization.
func (w en) companionGap(g *Gap) string {
	what := "something was passed with the call that needs " + w.cut(first(g.Key, "a further permission"))
	switch {
	case strings.EqualFold(g.Key, "sts:TagSession"):
		what = "session tags were passed with the call"
	case strings.EqualFold(g.Key, "sts:SetSourceIdentity"):
		what = "a source identity was passed with the call"
	case strings.EqualFold(g.Key, "sts:SetContext"):
		what = "a context was passed with the call"
	}
	if g.Simulated {
		return "Whether " + strings.Replace(what, "was", "is", 1) + " is not given" + w.needs(g) + "."
	}
	return "Whether " + what + " is not in the event" + w.needs(g) + "."
}

func (w en) needs(g *Gap) string {
	if g.Key == "" {
		return ""
	}
	return "; if so, it needs " + w.cut(g.Key) + " as well"
}

func (w en) companionSettle(g *Gap) string {
	switch {
	case strings.EqualFold(g.Key, "sts:TagSession"):
		return "If you know the tags: " + w.flag(g) + " aws:RequestTag/KEY=VALUE, or " + w.flag(g) + " aws:TagKeys= if there were none."
	case strings.EqualFold(g.Key, "sts:SetSourceIdentity"):
		return "If you know it: " + w.flag(g) + " sts:SourceIdentity=VALUE, or " + w.flag(g) + " sts:SourceIdentity= if there was none."
	}
	return "Ask " + w.whom(g) + " what the call passed."
}
