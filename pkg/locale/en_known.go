package locale

import "strings"

// enAlways are keys that every call has: none can be said to be absent (AWS
// global condition context keys, and the keys of AWS STS).
var enAlways = map[string]bool{
	"sts:rolesessionname": true, "aws:requestedregion": true, "aws:currenttime": true, "aws:epochtime": true,
	"aws:securetransport": true, "aws:principalarn": true, "aws:principalaccount": true, "aws:principaltype": true,
	"aws:userid": true, "aws:resourceaccount": true,
}

// flag is how the operator gives a value: of a call that was made he knows it,
// of one that was not he chooses it.
func (en) flag(g *Gap) string {
	if g.Simulated {
		return "--context"
	}
	return "--know"
}

// keySettle says how to give the value of a condition key.
func (w en) keySettle(g *Gap) string {
	key := first(w.cut(g.Key), "KEY")
	lower := strings.ToLower(g.Key)
	start := "If you know it, say so: "
	if g.Simulated {
		start = "Give it: "
	}
	give := w.flag(g) + " '" + key + "="
	switch {
	case lower == "aws:multifactorauthpresent" && g.Simulated:
		return "If it is made with MFA: " + w.flag(g) + " " + key + "=true."
	case lower == "aws:multifactorauthpresent":
		return "If it was made with MFA: " + w.flag(g) + " " + key + "=true."
	case enAlways[lower]:
		return start + give + "VALUE'."
	case g.Simulated:
		return start + give + "VALUE', or " + give + "' if there is none."
	}
	return start + give + "VALUE', or " + give + "' if there was none."
}

// whom is who can be asked about a call: of a program, those who run it.
func (w en) whom(g *Gap) string {
	if g.Workload && g.Caller.Role != "" {
		return "the owner of role " + w.cut(g.Caller.Role)
	}
	return w.short(g.Caller)
}

// orgPolicies are the kinds that a gap of the organization speaks of.
func (en) orgPolicies(g *Gap) string {
	switch g.Layer {
	case "scp":
		return "SCPs"
	case "rcp":
		return "RCPs"
	}
	return "SCPs and RCPs"
}

// outside is a gap in an account that no reader of this organization can read.
func (w en) outside(g *Gap) (what, settle string) {
	what = "its policies"
	switch g.Code {
	case "scp":
		what = "the SCPs that apply to it"
	case "rcp":
		what = "the RCPs that apply to it"
	}
	return w.sentence(w.account(g.Of) + " is outside the organization, so " + what + " cannot be read here"), "Only its owner can look."
}

// notGiven is a gap of a run that was given no policies at all, in short.
func (w en) notGiven(g *Gap) string {
	switch g.Code {
	case "account", "role", "caller", "policy", "groups", "providers", "endpoint":
		return w.sentence("no policies of " + w.whose(g, "the account") + " were given")
	case "organization", "scp", "rcp":
		return "No organization was given: which " + w.orgPolicies(g) + " apply is not known."
	}
	return ""
}
