package locale

import "strings"

// enCompanionSayings are the further authorizations that a call may need.
var enCompanionSayings = map[string]saying{
	"companion.tag_session":         eng.companion("session tags", "make the call without tags"),
	"companion.set_source_identity": eng.companion("a source identity", "make the call without a source identity"),
	"companion.set_context":         eng.companion("a context of a trusted token issuer", "make the call without it"),
}

func (w en) companion(what, instead string) saying {
	return saying{
		fault: func(c *Cause) string { return w.needsToo(c, what) + ", and " + w.companionDeny(c) },
		tell: func(c *Cause) string {
			return w.sentence(w.needsToo(c, what)+" beside "+w.mainAction(c)) + " " + w.sentence(w.companionDeny(c)) + w.companionCondition(c)
		},
		head: func(c *Cause) string {
			s := w.needsToo(c, what) + ", and " + w.companionDeny(c)
			if c.Certainty == "possible" {
				return w.upper(s) + "; whether it does is not in the event"
			}
			return w.attempt(c, saying{fault: enSay(s)})
		},
		perhaps: func(c *Cause) string { return w.passes(c, what) },
		next: func(c *Cause) string {
			if c.Certainty == "possible" {
				return "Find out whether " + w.passes(c, what) + "; if so, " + w.lower1(w.companionNext(c, instead))
			}
			return w.companionNext(c, instead)
		},
	}
}

// needsToo is why the call needs the further authorization, or would.
func (w en) needsToo(c *Cause, what string) string {
	if c.Certainty == "possible" {
		return "if " + w.passes(c, what) + ", it needs " + w.companionAction(c)
	}
	return w.passes(c, what) + ", which needs " + w.companionAction(c)
}

// passes says what of the call needs the further authorization.
func (en) passes(c *Cause, what string) string {
	if c.Detail.Kind == "inherited" {
		return "the caller's session has " + what + " that goes on to the next"
	}
	return "this call passes " + what
}

// companionCondition is what the policy wants of what is passed.
func (w en) companionCondition(c *Cause) string {
	switch {
	case c.Condition.Key == "":
		return ""
	case c.Explicit:
		return " " + w.sentence("it denies where "+w.held(c.Condition)) + " " + w.sentence(w.got(c.Condition))
	case c.Condition.State == "present":
		return " " + w.sentence("its statement has a condition: "+w.must(c.Condition)) + " " + w.sentence(w.got(c.Condition))
	}
	return " " + w.sentence("its statement has a condition on "+w.key(c)+", which is not known to be sent with "+w.companionAction(c))
}

func (w en) companionNext(c *Cause, instead string) string {
	if c.Detail.Kind == "inherited" {
		instead = "start from a session without one"
	}
	if c.Detail.Kind == "layer_unknown" {
		s := "Check that the role's trust policy allows " + w.companionAction(c) + ", in a statement of its own, and that the caller's policies do, or " + instead + " if nothing has to be passed on."
		if c.NoEstate {
			return w.noEstateNext(&c.Call) + " The role's trust policy and the caller's policies have to allow " + w.companionAction(c) + " as well."
		}
		return s
	}
	own := w.companionOwn(c)
	switch {
	case c.Explicit && own != "":
		return "Pass " + own + ", or ask " + w.layerOwner(c) + " for an exception."
	case c.Explicit:
		return "Ask " + w.layerOwner(c) + " for an exception, or " + instead + "."
	case own != "":
		return "Pass " + own + ", or ask " + w.layerOwner(c) + " to allow what the call passed."
	}
	switch c.Caller.Kind {
	case "service":
		instead = "" // the service passes them by itself
	case "oidc", "saml":
		instead = "have the identity provider send none"
	}
	if instead == "" {
		return "Ask " + w.layerOwner(c) + " to allow " + w.companionAction(c) + " in a statement of its own."
	}
	return "Ask " + w.layerOwner(c) + " to allow " + w.companionAction(c) + " in a statement of its own, or " + instead + " if nothing has to be passed on."
}

// companionOwn is the value that would be let through, where the policy names
// those of what the caller passes.
func (w en) companionOwn(c *Cause) string {
	key := strings.ToLower(c.Condition.Key)
	if !w.wants(c) || c.Detail.Kind == "inherited" || c.Condition.State == "unknown" || strings.Contains(strings.Join(c.Condition.Wanted, ""), "${") {
		return ""
	}
	wanted := w.list(c.Condition.Wanted, "or")
	switch {
	case strings.HasPrefix(key, "aws:requesttag/"):
		return "the tag " + w.cut(c.Condition.Key[len("aws:requesttag/"):]) + " with " + wanted
	case key == "aws:tagkeys":
		return "no tags but " + wanted
	case key == "sts:sourceidentity":
		return "the source identity " + wanted
	}
	return ""
}

// lower1 takes the capital from an instruction that goes on after a clause.
func (en) lower1(s string) string { return strings.ToLower(s[:1]) + s[1:] }

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
	if c.Detail.Kind == "layer_unknown" {
		return "one of the policies that were not read does not allow it"
	}
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
	if g.FromAWS {
		return w.askPassed(g)
	}
	switch {
	case strings.EqualFold(g.Key, "sts:TagSession"):
		return "If you know the tags: " + w.flag(g) + " aws:RequestTag/KEY=VALUE, or " + w.flag(g) + " aws:TagKeys= if there were none."
	case strings.EqualFold(g.Key, "sts:SetSourceIdentity"):
		return "If you know it: " + w.flag(g) + " sts:SourceIdentity=VALUE, or " + w.flag(g) + " sts:SourceIdentity= if there was none."
	}
	return "Ask " + w.whom(g) + " what the call passed."
}
