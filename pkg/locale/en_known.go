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
	case lower == "aws:multifactorauthpresent" && g.Chained:
		return "AWS's pages do not agree on whether the MFA of the session's maker counts: only a trial shows it."
	case strings.HasPrefix(lower, "aws:multifactorauthage") && g.Aged:
		return "It is taken to be as old as the session: a denied call's record does not show whether an MFA code was sent with it."
	case g.FromAWS:
		return w.askFor(g)
	case lower == "sts:externalid" && g.Present: // a command line stays in the shell's history
		return start + give + "@FILE'."
	case lower == "sts:externalid":
		return start + give + "@FILE', or " + give + w.ifNone(g)
	case lower == "aws:multifactorauthpresent" && g.Simulated:
		return "If it is made with MFA: " + w.flag(g) + " " + key + "=true."
	case lower == "aws:multifactorauthpresent":
		return "If it was made with MFA: " + w.flag(g) + " " + key + "=true."
	case enAlways[lower], g.Present, lower == "aws:sourceip" && !g.Simulated: // an endpoint, behind which there is none, is in the record
		return start + give + "VALUE'."
	}
	return start + give + "VALUE', or " + give + w.ifNone(g)
}

// ifNone ends the flag that says that a key is not there.
func (en) ifNone(g *Gap) string {
	if g.Simulated {
		return "' if there is none."
	}
	return "' if there was none."
}

// afterwards is a policy that would deny the call, too, once what AWS refused
// first is mended.
func (w en) afterwards(g *Gap) string {
	what := "the call"
	if strings.HasPrefix(g.Subject, "companion.") {
		what = w.companionAction(&Cause{Code: g.Subject})
	}
	why := w.cut(g.Subject)
	if what != "the call" {
		why = "" // the action says it
	}
	if g.Key != "" {
		why = strings.TrimPrefix(why+", ", ", ") + "the condition on " + w.cut(g.Key)
	}
	return w.sentence(w.layer(g.Layer) + " would deny " + what + " as well" + aside(why))
}

// unseenPolicy is the policy that AWS's message names, by its kind and the end of
// its ARN: the message shows the whole of it.
func (w en) unseenPolicy(g *Gap) string {
	name := g.Subject[strings.LastIndexByte(g.Subject, '/')+1:]
	if name == "" {
		return "the policy that AWS's message names"
	}
	kind := "policy"
	switch g.Layer {
	case "scp", "rcp":
		kind = strings.ToUpper(g.Layer)
	case "boundary":
		kind = "permissions boundary"
	}
	return kind + " " + w.cut(name)
}

// unseenSettle says where a policy is that AWS's message names.
func (w en) unseenSettle(g *Gap) string {
	const gone = " It may have been deleted or detached since the call."
	switch org := g.Layer == "scp" || g.Layer == "rcp"; {
	case g.FromAWS && org:
		return "Read it with organizations:DescribePolicy." + gone
	case g.FromAWS:
		return "Read it (aws iam get-policy-version)." + gone
	case org:
		return "Read it with organizations:DescribePolicy, or add it to organization.json in the estate directory." + gone
	}
	return "Read it (aws iam get-policy-version), or fetch " + w.accountFile(g) + " again." + gone
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

// repeated is a field that stands in the record several times.
func (w en) repeated(g *Gap) string {
	return "The record has " + w.subject(g, "a field") + " more than once, with different values: which of them holds is not known, and none was taken."
}
