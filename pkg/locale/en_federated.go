package locale

import "strings"

// enFederatedSayings are calls with a token of an OIDC provider or an assertion
// of a SAML provider.
var enFederatedSayings = map[string]saying{
	"trust.oidc_subject":  eng.demand(eng.subjectFault, eng.subjectNext, eng.subjectMore),
	"trust.oidc_audience": eng.demand(enToken("audience (aud) of the token"), enAskRoleOwner("which audience the token must have, and set it where the token is requested"), nil),
	"trust.oidc_provider": {
		fault:   enToken("identity provider"),
		perhaps: enSay("no other statement names the token's provider"),
		next:    enAskRoleOwner("to trust the provider that issued the token"),
	},
	"trust.oidc_claim": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " has a condition on " + eng.key(c) + ", a claim that AWS never offers to conditions"
		},
		enAskRoleOwner("to use the subject (sub) or audience (aud) in its place"), nil),
	"trust.saml_provider": {
		fault:   enToken("SAML provider"),
		perhaps: enSay("no other statement names the assertion's provider"),
		next:    enAskRoleOwner("to trust the provider that issued the assertion"),
	},
	"trust.saml_attribute": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " has a condition on " + eng.key(c) + " that the SAML assertion does not meet"
		},
		enAskRoleOwner("which attributes the assertion must carry"), nil),
}

// enToken is a token or an assertion of which something is another.
func enToken(what string) phrase {
	return func(c *Cause) string {
		s := eng.trust(c) + " expects another " + what
		if got := eng.gotDetail(c); got != "" {
			return s + " than " + got
		}
		return s
	}
}

func (w en) gotDetail(c *Cause) string {
	if c.Detail.Got != "" {
		return w.cut(c.Detail.Got)
	}
	if c.Condition.State == "present" && len(c.Condition.Got) > 0 {
		return w.list(c.Condition.Got, "and")
	}
	return ""
}

var enSubjectParts = map[string]string{
	"owner":           "The repository's owner differs.",
	"repo":            "The repository differs.",
	"repository":      "The repository differs.",
	"branch":          "The branch differs.",
	"tag":             "The tag differs.",
	"ref":             "The branch or tag differs.",
	"environment":     "The environment differs.",
	"pull_request":    "The token was issued for a pull request.",
	"namespace":       "The namespace differs.",
	"service_account": "The service account differs.",
	"service account": "The service account differs.",
	"case":            "The two differ in upper and lower case only.",
	"immutable_id":    "The token names owner and repository with their ids, the policy by their names alone.",
}

// branches are the branches that policy and token name, where both name one
// and differ in nothing else.
func (w en) branches(c *Cause) (wanted, got string, ok bool) {
	const ref = ":ref:refs/heads/"
	repo, wanted, ok1 := strings.Cut(c.Detail.Wanted, ref)
	other, got, ok2 := strings.Cut(c.Detail.Got, ref)
	if c.Detail.Kind != "branch" || !ok1 || !ok2 || repo != other || strings.ContainsAny(wanted, "*?") || wanted == "" || got == "" {
		return "", "", false
	}
	return w.cut(wanted), w.cut(got), true
}

func (w en) subjectFault(c *Cause) string {
	if wanted, got, ok := w.branches(c); ok {
		return w.trust(c) + " accepts branch " + wanted + " only; the workflow ran on branch " + got
	}
	return enToken("subject (sub) of the token")(c)
}

func (w en) subjectMore(c *Cause) string { return enSubjectParts[c.Detail.Kind] }

func (w en) subjectNext(c *Cause) string {
	if wanted, got, ok := w.branches(c); ok {
		return "Run it from branch " + wanted + ", or ask " + w.roleOwner(&c.Call) + " to add branch " + got + "."
	}
	switch c.Detail.Kind {
	case "immutable_id":
		return "Ask " + w.roleOwner(&c.Call) + " to put the token's exact subject, ids included, into the condition."
	case "branch", "tag", "ref", "environment", "pull_request":
		return "Run it from the branch, tag or environment that the policy names, or ask " + w.roleOwner(&c.Call) + " to add this one."
	}
	return "Ask " + w.roleOwner(&c.Call) + " to put the token's exact subject into the condition."
}

// enCompanionSayings are the further authorizations that a call may need.
var enCompanionSayings = map[string]saying{
	"companion.tag_session": eng.companion("this call passes session tags", "make the call without tags"),
	"companion.set_source_identity": eng.companion("this call passes a source identity",
		"make the call without a source identity"),
	"companion.set_context": eng.companion("this call passes a context of a trusted token issuer",
		"make the call without it"),
}

func (w en) companion(because, instead string) saying {
	return saying{
		fault: func(c *Cause) string {
			return because + ", which needs " + w.companionAction(c) + ", and " + w.companionDeny(c)
		},
		tell: func(c *Cause) string {
			s := w.sentence(because + ", which needs " + w.companionAction(c) + " beside " + w.mainAction(c))
			s += " " + w.sentence(w.companionDeny(c))
			if c.Condition.Key != "" && !c.Explicit {
				s += " " + w.sentence("its statement has a condition on "+w.key(c)+", which is not known to be sent with "+w.companionAction(c))
			}
			return s
		},
		perhaps: func(c *Cause) string { return "the call needs " + w.companionAction(c) },
		next: func(c *Cause) string {
			return "Ask " + w.layerOwner(c) + " to allow " + w.companionAction(c) + " in a statement of its own, or " + instead + " if nothing has to be passed on."
		},
	}
}

// companionAction is the action of the code; a cause names it itself where it
// knows.
func (w en) companionAction(c *Cause) string {
	switch c.Code {
	case "companion.tag_session":
		return "sts:TagSession"
	case "companion.set_source_identity":
		return "sts:SetSourceIdentity"
	}
	return "sts:SetContext"
}

func (w en) mainAction(c *Cause) string {
	if c.API == "" {
		return "sts:AssumeRole"
	}
	return "sts:" + strings.TrimPrefix(c.API, "sts:")
}

func (w en) companionDeny(c *Cause) string {
	if c.Explicit {
		return w.policy(c) + " explicitly denies it"
	}
	switch c.Layer {
	case "identity":
		return "no policy of " + w.holder(c) + " allows it"
	case "scp":
		return "no SCP at that level allows it"
	}
	return w.policy(c) + " does not allow it"
}

// layerOwner is who decides over the layer of the cause.
func (w en) layerOwner(c *Cause) string {
	switch c.Layer {
	case "identity", "boundary", "session":
		return w.callerOwner(c)
	case "scp", "rcp":
		return w.orgOwner(c)
	case "vpce":
		return w.endpointOwner(c)
	}
	return w.roleOwner(&c.Call)
}
