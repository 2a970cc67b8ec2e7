package locale

import "strings"

// enFederatedSayings are calls with a token of an OIDC provider or an assertion
// of a SAML provider.
var enFederatedSayings = map[string]saying{
	"trust.oidc_subject":  eng.demand(eng.subjectFault, eng.subjectNext, eng.subjectMore),
	"trust.oidc_audience": eng.demand(eng.audienceFault, eng.audienceNext, eng.audienceMore),
	"trust.oidc_provider": {
		fault:   eng.providerFault,
		tell:    eng.providerTell,
		perhaps: enSay("no other statement names the token's provider"),
		next:    eng.providerNext,
	},
	"trust.oidc_claim": usually(eng.demand(eng.claimFault, eng.claimNext, nil),
		enSay("AWS is not known to offer that claim to conditions")),
	"trust.saml_provider": {
		fault:   eng.providerFault,
		tell:    eng.providerTell,
		perhaps: enSay("no other statement names the assertion's provider"),
		next:    eng.providerNext,
	},
	"trust.saml_attribute": usually(eng.demand(eng.attributeFault, eng.attributeNext, eng.attributeMore),
		enSay("an assertion usually has another value")),
}

// claimUsual is why a call with a token most likely does not meet a condition on
// a claim that the record does not show: its subject implies the claim.
func (w en) claimUsual(c *Cause) string {
	if c.Caller.Kind == "oidc" && strings.Contains(c.Condition.Key, ".") {
		return "the token's subject shows no such value"
	}
	return w.nothingSpecial(c)
}

// usually is a saying with why a caller that does nothing special is denied.
func usually(s saying, why phrase) saying {
	s.usual = why
	return s
}

// providers are the names of the provider that the policy names and of the one
// that the caller comes by; whole ARNs where the names are the same.
func (w en) providers(c *Cause) (wanted, got string) {
	wanted, got = providerName(c.Detail.Wanted), providerName(c.Detail.Got)
	if wanted == got {
		wanted, got = c.Detail.Wanted, c.Detail.Got
	}
	return w.cut(wanted), w.cut(got)
}

func providerName(arn string) string {
	if _, name, ok := strings.Cut(arn, "-provider/"); ok {
		return name
	}
	return arn
}

// bringing is what the caller comes with.
func bringing(c *Cause) string {
	if c.Caller.Kind == "saml" {
		return "assertion"
	}
	return "token"
}

func (w en) providerFault(c *Cause) string {
	wanted, got := w.providers(c)
	switch {
	case c.Detail.Kind == "condition_key":
		return w.trust(c) + " has a condition on a key of " + wanted + ", and the token comes from " + got
	case wanted == "":
		return w.trust(c) + " expects another identity provider"
	case got == "":
		return w.trust(c) + " trusts identity provider " + wanted + " only, and the " + bringing(c) + " comes from another"
	}
	return w.trust(c) + " trusts identity provider " + wanted + " only; the " + bringing(c) + " comes from " + got
}

func (w en) providerTell(c *Cause) string {
	s := "No statement of the role's trust policy names the " + bringing(c) + "'s provider."
	switch c.Detail.Kind {
	case "condition_key":
		s = w.sentence(w.withStatement(c, w.trust(c)) + " has a condition on " + w.key(c) + ", a key that tokens of another provider never have")
	case "case":
		s += " The two names differ in upper and lower case only."
	case "account":
		s += " An identity provider has to be of the role's own account."
	}
	if wanted, got := w.providers(c); strings.HasPrefix(wanted, "oidc.eks.") && strings.HasPrefix(got, "oidc.eks.") {
		s += " The two are different EKS clusters."
	}
	return s
}

func (w en) providerNext(c *Cause) string {
	_, got := w.providers(c)
	switch {
	case c.Detail.Kind == "condition_key":
		return "Ask " + w.roleOwner(&c.Call) + " to write the condition keys with " + got + "."
	case c.Detail.Kind == "case", c.Detail.Kind == "account":
		return "Ask " + w.roleOwner(&c.Call) + " to name " + got + " instead."
	case got == "":
		return "Ask " + w.roleOwner(&c.Call) + " to trust the provider that issued the " + bringing(c) + "."
	}
	return "Use a role for that provider, or ask " + w.roleOwner(&c.Call) + " to trust " + got + ", with conditions of its own."
}

func (w en) claimFault(c *Cause) string {
	switch {
	case c.Detail.Kind == "scheme":
		return w.trust(c) + " has a condition on " + w.key(c) + ", and no key of AWS begins with https://"
	case c.Certainty == "proved":
		return w.trust(c) + " has a condition on " + w.key(c) + ", a claim that AWS never offers to conditions"
	}
	return w.trust(c) + " has a condition on " + w.key(c) + ", a claim that AWS is not known to offer to conditions"
}

func (w en) claimNext(c *Cause) string {
	if _, key, ok := strings.Cut(c.Condition.Key, "://"); ok {
		return "Ask " + w.roleOwner(&c.Call) + " to write that key without the scheme: " + w.cut(key) + "."
	}
	return "Ask " + w.roleOwner(&c.Call) + " to use the subject (sub) or audience (aud) in its place."
}

// cognito is the provider whose audience is the identity pool.
const cognito = "cognito-identity.amazonaws.com:"

func (w en) audienceFault(c *Cause) string {
	what := "audience"
	if strings.HasPrefix(c.Condition.Key, cognito) {
		what = "identity pool"
	}
	if w.unwanted(c) {
		return w.trust(c) + w.conditionFault(c)
	}
	s := w.trust(c) + " limits the " + what + " of the token"
	if len(c.Condition.Wanted) > 0 && !strings.EqualFold(c.Condition.Operator, "Null") {
		s = w.trust(c) + " accepts " + what + " " + w.list(c.Condition.Wanted, "or") + " only"
	}
	if c.Condition.State == "present" && len(c.Condition.Got) > 0 {
		return s + "; the token was made for " + w.list(c.Condition.Got, "and")
	}
	return s
}

func (w en) audienceNext(c *Cause) string {
	ask := "sk " + w.roleOwner(&c.Call) + " "
	switch {
	case w.unwanted(c):
		return w.conditionNext(c, w.roleOwner(&c.Call))
	case c.Explicit || len(c.Condition.Wanted) == 0:
		return "A" + ask + "which audience the token must have, and set it where the token is requested."
	case strings.HasPrefix(c.Condition.Key, cognito):
		return "Use that identity pool, or a" + ask + "which pool is meant."
	case w.azp(c):
		return "A" + ask + "to write accounts.google.com:oaud in the place of accounts.google.com:aud in that condition."
	}
	return "Request the token with audience " + w.list(c.Condition.Wanted, "or") + ", or a" + ask + "to accept this one."
}

// azp says that a token of Google has in the place of its audience who asked for
// it.
func (w en) azp(c *Cause) bool {
	return c.Condition.Key == "accounts.google.com:aud" && len(c.Condition.Got) == 1 && c.Condition.Got[0] == c.Caller.Name
}

func (w en) audienceMore(c *Cause) string {
	if w.azp(c) {
		return "AWS takes azp for the audience where a token of Google has it; what the token calls aud is accounts.google.com:oaud."
	}
	return ""
}

func (w en) attributeFault(c *Cause) string {
	switch {
	case c.Detail.Kind == "no_key":
		return w.trust(c) + " has a condition on " + w.key(c) + ", an attribute that AWS never offers to conditions"
	case w.unwanted(c):
		return w.trust(c) + w.conditionFault(c)
	case len(c.Condition.Wanted) == 0 || strings.EqualFold(c.Condition.Operator, "Null"):
		return w.trust(c) + " has a condition on " + w.key(c) + " that the SAML assertion does not meet"
	case c.Condition.State == "present" && len(c.Condition.Got) > 0:
		return w.trust(c) + " demands " + w.key(c) + " " + w.list(c.Condition.Wanted, "or") + ", and the SAML assertion had " + w.list(c.Condition.Got, "and")
	}
	return w.trust(c) + " demands " + w.key(c) + " " + w.list(c.Condition.Wanted, "or") + " of the SAML assertion"
}

func (w en) attributeMore(c *Cause) string {
	if c.Detail.Kind == "case" {
		return "The two differ in upper and lower case only."
	}
	if c.Certainty != "proved" && !c.Explicit {
		return enNotListed
	}
	return ""
}

// enNotListed is another reason for the very same error (IAM User Guide,
// "Troubleshoot SAML federation").
const enNotListed = "AWS gives the same error where the assertion's Role attribute does not list this role with this provider."

func (w en) attributeNext(c *Cause) string {
	switch {
	case c.Detail.Kind == "no_key":
		return "Ask " + w.roleOwner(&c.Call) + " to use an attribute that AWS offers, such as SAML:eduPersonAffiliation, or session tags."
	case c.Condition.State == "present":
		return "Ask " + w.roleOwner(&c.Call) + " whether this caller is meant to be let in."
	}
	return "Look up in the identity provider what it sends as " + w.key(c) + ", and correct it there, or ask " + w.roleOwner(&c.Call) + " to change the condition."
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
