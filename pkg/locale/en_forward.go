package locale

import "strings"

// What a reader can do who has no policies: hand the question on to those who
// have them, with what they need.

// noEstateNext is what to do where no policies were given at all: whoever was
// denied seldom can read them.
func (w en) noEstateNext(c *Call) string {
	if c.Simulated {
		return "Give the policies of " + w.bothAccounts(c) + ": --estate DIR."
	}
	role, caller := w.roleOwner(c), w.manager(c)
	role = strings.TrimSuffix(role, ",")
	s := "Forward this to " + role
	if caller != "" {
		s += " and to whoever manages " + caller
	}
	return s + ": their policies decide, and with them (--estate DIR) this says which."
}

// manager says of whom the policies on the caller's side are.
func (w en) manager(c *Call) string {
	p := c.Caller
	switch {
	case p.Kind == "service" || p.Kind == "oidc" || p.Kind == "saml":
		return ""
	case isPermissionSet(p.Role):
		return "permission set " + w.cut(permissionSet(p.Role)) + " in IAM Identity Center"
	case p.Account.ID == "":
		return ""
	case p.Kind == "session" && p.Role != "":
		return "role " + w.cut(p.Role) + " in " + w.account(p.Account)
	case p.Kind == "user":
		return "the permissions of " + w.principal(p) + " in " + w.account(p.Account)
	}
	return "the permissions in " + w.account(p.Account)
}

// bothAccounts are those whose policies decide, as far as they are known.
func (w en) bothAccounts(c *Call) string {
	mine, theirs := c.Caller.Account, c.Role.Account
	switch {
	case mine.ID == "" && theirs.ID == "":
		return "the accounts of caller and role"
	case mine.ID == "" || mine.ID == theirs.ID:
		return w.account(theirs)
	case theirs.ID == "":
		return w.account(mine)
	}
	return w.account(mine) + " and " + w.account(theirs)
}

// notGiven is a gap of a run that was given no policies at all, in short, and
// which file would have them.
func (w en) notGiven(g *Gap) (what, settle string) {
	switch g.Code {
	case "account", "role", "caller", "policy", "groups", "providers", "endpoint":
		what = w.sentence("no policies of " + w.whose(g, "the account") + " were given")
		if g.Of.ID == "" {
			return what, "They belong into --estate DIR."
		}
		return what, "They are what aws iam get-account-authorization-details writes there: " + w.accountFile(g) + " in --estate DIR."
	case "organization", "scp", "rcp":
		return "No organization was given: which " + w.orgPolicies(g) + " apply is not known.", "They are organization.json in --estate DIR; the management account can read them."
	}
	return "", ""
}

// simulateIt is the command that answers once the role's ARN is known, with the
// caller as far as the event tells it.
func (w en) simulateIt(c *Call) string {
	s := "assumewhy simulate --estate DIR --principal "
	if c.FromAWS {
		s = "assumewhy collect --out DIR, and then " + s
	}
	switch {
	case c.CallerARN != "":
		s += w.cut(c.CallerARN)
	case c.API == "AssumeRoleWithWebIdentity":
		s += "PROVIDER_ARN"
	case c.API == "AssumeRoleWithSAML":
		s += "SAML_PROVIDER_ARN"
	default:
		s += "CALLER_ARN"
	}
	s += " --role ROLE_ARN"
	if c.API == "AssumeRoleWithWebIdentity" && c.CallerARN == "" {
		s += " --context ISSUER:sub=SUBJECT --context ISSUER:aud=AUDIENCE"
	}
	return s
}

// whereFrom says where the placeholders of simulateIt are to be found.
func (w en) whereFrom(c *Call) string {
	switch {
	case c.CallerARN != "":
		return ""
	case c.API == "AssumeRoleWithWebIdentity":
		return " PROVIDER_ARN is arn:aws:iam::ACCOUNT:oidc-provider/ISSUER in the role's account, ISSUER the token's iss without https:// (of GitHub Actions token.actions.githubusercontent.com), SUBJECT and AUDIENCE its sub and aud."
	case c.API == "AssumeRoleWithSAML":
		return " SAML_PROVIDER_ARN is that of the identity provider in the role's account."
	}
	return " CALLER_ARN is what aws sts get-caller-identity says."
}

// roleUnknownNext is how to come by an answer where the role is not named. Who
// pastes AWS's message is, or speaks for, the caller; who has a record is not.
func (w en) roleUnknownNext(c *Call) string {
	if c.Pasted {
		return "Look up the role's ARN where the call is made (the command, the profile, the workflow), and check it: " + w.simulateIt(c) + "." + w.whereFrom(c)
	}
	return "Ask " + w.whom(&Gap{Call: *c}) + " for the role's ARN, and check it: " + w.simulateIt(c) + "."
}

// source is where what is known of the call comes from.
func (c *Call) source() string {
	if c.Pasted {
		return "AWS's message"
	}
	return "the event"
}
