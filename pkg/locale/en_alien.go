package locale

import "strings"

// awsPrefixes are the prefixes of the condition keys that a call to STS can have
// (service authorization reference, AWS STS; IAM User Guide, "AWS global
// condition context keys"). Keys of token issuers have a host name before the
// colon.
var awsPrefixes = []string{"aws", "sts", "iam", "saml"}

// alien says that a condition is on a key that no call to STS has: its prefix is
// neither one of AWS's nor the host of a token issuer.
func (w en) alien(c *Cause) bool {
	prefix, _, ok := strings.Cut(c.Condition.Key, ":")
	if !ok || strings.Contains(prefix, ".") || c.Condition.State == "present" {
		return false
	}
	for _, p := range awsPrefixes {
		if strings.EqualFold(prefix, p) {
			return false
		}
	}
	return true
}

// ofToken says that a condition is on a claim of the caller's token.
func (en) ofToken(c *Cause) bool {
	prefix, _, _ := strings.Cut(c.Condition.Key, ":")
	return c.Caller.Kind == "oidc" && strings.Contains(prefix, ".") && !c.Explicit
}

// unmeetable says that a condition wants a claim not to be there that every
// token has.
func (en) unmeetable(c *Cause) bool {
	claim := c.Condition.Key[strings.LastIndexByte(c.Condition.Key, ':')+1:]
	return c.Condition.base() == "null" && c.Condition.State == "present" && (claim == "sub" || claim == "aud")
}

// claim is the name of the claim that a condition is on.
func (w en) claim(c *Cause) string {
	return w.cut(c.Condition.Key[strings.LastIndexByte(c.Condition.Key, ':')+1:])
}

// claimWanted goes on after a claim: what it has to be.
func (w en) claimWanted(c *Cause) string {
	not, op := "", c.Condition.base()
	if strings.Contains(op, "not") {
		not = " not"
	}
	switch {
	case !w.wants(c) && !strings.Contains(op, "not"), len(c.Condition.Wanted) == 0:
		return " meets that condition"
	case strings.HasSuffix(op, "like"):
		if not != "" {
			return " does not match " + w.list(c.Condition.Wanted, "or")
		}
		return " matches " + w.list(c.Condition.Wanted, "or")
	}
	return " is" + not + " " + w.list(c.Condition.Wanted, "or")
}
