package locale

import "strings"

// What settles a gap where the policies were read from AWS itself: that it lets
// assumewhy read more, and what only the caller knows.

// Who reads, and what makes it so.
const (
	memberTemplate   = "deploy/member.yaml"
	organizationRole = "the organization role (deploy/organization.yaml)"
)

// readerThere says how an account becomes one that can be read.
func (w en) readerThere(of Account) string {
	if of.ID == "" {
		return "let assumewhy read the account: create the reader role there (" + memberTemplate + ")"
	}
	return "let assumewhy read " + w.account(of) + ": create the reader role there (" + memberTemplate + ")"
}

// allow says what would let it be read in AWS.
func (w en) allow(g *Gap) string {
	switch {
	case strings.HasPrefix(g.Permission, "organizations:"):
		return "Grant assumewhy " + g.Permission + ", or give it " + organizationRole + "; if it has that, try again."
	case g.Code == "organization" || g.Code == "scp" || g.Code == "rcp":
		return "Give assumewhy " + organizationRole + "."
	case g.Code == "account", g.Permission == "sts:AssumeRole", g.Permission == "":
		return w.sentence(w.readerThere(g.Of))
	case g.Of.ID == "":
		return "Grant assumewhy " + g.Permission + " (" + memberTemplate + "); if it has that, try again."
	}
	return "Grant assumewhy " + g.Permission + " in " + w.account(g.Of) + " (" + memberTemplate + "); if it has that, try again."
}

// askFor asks whoever made the call for the value of a condition key.
func (w en) askFor(g *Gap) string {
	key, lower := first(w.cut(g.Key), "the key"), strings.ToLower(g.Key)
	ask := "Ask " + w.whom(g) + " "
	switch {
	case lower == "sts:externalid" && g.Present:
		return ask + "whether the ExternalId that the call sent is the one that the role's owner gave."
	case lower == "sts:externalid":
		return ask + "whether the call sent an ExternalId, and the one that the role's owner gave."
	case lower == "aws:multifactorauthpresent":
		return ask + "whether the call was made with MFA."
	case lower == "aws:sourceip" || enAlways[lower] || g.Present:
		return ask + "what the call had for " + key + "."
	}
	return ask + "whether the call had " + key + ", and with which value."
}

// askPassed asks for what came along with the call and is not in its record.
func (w en) askPassed(g *Gap) string {
	ask := "Ask " + w.whom(g) + " whether the call passed "
	switch {
	case strings.EqualFold(g.Key, "sts:TagSession"):
		return ask + "session tags, and which."
	case strings.EqualFold(g.Key, "sts:SetSourceIdentity"):
		return ask + "a source identity, and which."
	}
	return "Ask " + w.whom(g) + " what the call passed."
}

// eitherWay says one thing where AWS was read, and another where files were.
func eitherWay(aws, files func(*Gap) string) func(*Gap) string {
	return func(g *Gap) string {
		if g.FromAWS {
			return aws(g)
		}
		return files(g)
	}
}
