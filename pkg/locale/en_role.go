package locale

import "strings"

// enSameMessage is why the message alone does not tell that a role is missing.
const enSameMessage = "AWS answers with the same message whether a role is missing or trusts somebody else."

// enRoleSayings are what is wrong with the role that was asked for.
var enRoleSayings = map[string]saying{
	"role.not_found": {
		fault: eng.notFoundFault,
		tell: func(c *Cause) string {
			if c.Meant != "" {
				return enSameMessage // the cause that names the role that was meant says the rest
			}
			return eng.sentence(eng.notFoundFault(c)) + eng.notFoundHow(c) + " " + enSameMessage
		},
		perhaps: enSay("the role did not exist when the call was made"),
		next:    eng.notFoundNext,
	},
	"role.deleted": {
		fault:   func(c *Cause) string { return eng.role(&c.Call) + " was deleted" + eng.how(c) },
		perhaps: enSay("it was deleted before the call"),
		next: func(c *Cause) string {
			return "Ask the owner of " + eng.account(c.Role.Account) + " which role takes its place."
		},
	},
	"role.other_account": {
		fault: func(c *Cause) string {
			return "there is no " + eng.role(&c.Call) + "; there is one of that name in " + eng.otherAccount(c)
		},
		tell: func(c *Cause) string {
			return eng.sentence("there is no "+eng.role(&c.Call)+"; there is one of that name in "+eng.otherAccount(c)) + " Their ARNs differ in the account's id."
		},
		perhaps: enSay("the role of the other account was meant"),
		next: func(c *Cause) string {
			if near := eng.nearest(c); near != "" {
				return eng.tryNearest(c, near)
			}
			return "Check the account id in the role's ARN."
		},
	},
	"role.not_a_role": {
		fault: func(c *Cause) string {
			return "the ARN given" + aside(eng.cut(c.Role.ARN)) + " is " + eng.notARole(c) + ", not a role"
		},
		tell:    enSay("Only the ARN of an IAM role can be assumed."),
		perhaps: enSay("the ARN was sent as AWS's message has it"),
		next:    eng.notARoleNext,
	},
}

// otherAccount is the account of the nearest ARN.
func (w en) otherAccount(c *Cause) string {
	id := accountOf(c.Detail.Nearest)
	if id == "" {
		return "another account"
	}
	return w.account(Account{ID: id, Name: c.Names[id]})
}

// accountOf is the account in an ARN, or nothing.
func accountOf(arn string) string {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) < 6 || len(parts[4]) != 12 || strings.Trim(parts[4], "0123456789") != "" {
		return ""
	}
	return parts[4]
}

// partitionOf is the partition in an ARN.
func partitionOf(arn string) string {
	p, _, _ := strings.Cut(strings.TrimPrefix(arn, "arn:"), ":")
	return eng.cut(p)
}

// notARoleNext gives the role's ARN, but for its path, where a session's ARN
// was sent.
func (w en) notARoleNext(c *Cause) string {
	account := accountOf(c.Role.ARN)
	partition := first(partitionOf(c.Role.ARN), "aws")
	if c.Detail.Kind == "instance_profile" && account != "" {
		return "Use the ARN of the role in that instance profile: aws iam get-instance-profile shows it."
	}
	_, session, ok := strings.Cut(c.Role.ARN, ":assumed-role/")
	name, _, _ := strings.Cut(session, "/")
	if !ok || account == "" || name == "" || isPermissionSet(name) {
		return "Use the role's own ARN, of the form arn:" + partition + ":iam::" + first(account, "ACCOUNT") + ":role/NAME."
	}
	return "Use the role's own ARN: arn:" + partition + ":iam::" + account + ":role/" + w.cut(name) + " (with its path, if it has one)."
}

func (w en) how(c *Cause) string {
	if c.Change == "" {
		return ""
	}
	return ": " + w.cut(c.Change)
}

func (w en) notFoundFault(c *Cause) string {
	if c.Detail.Kind == "partition" {
		return "the ARN names partition " + partitionOf(c.Role.ARN) + " of AWS, and " + w.role(&c.Call) + " is in partition " + partitionOf(c.Detail.Nearest)
	}
	s := "there is no " + w.role(&c.Call)
	if near := w.nearRole(c); near != "" && c.Detail.Kind == "path" {
		return s + " in that path; its ARN is " + near
	} else if near != "" {
		return s + "; the nearest is " + near
	}
	return s
}

// nearRole is the nearest role's name where the rest of its ARN is the same,
// else its ARN.
func (w en) nearRole(c *Cause) string {
	near := w.nearest(c)
	if base, ok := strings.CutSuffix(c.Role.ARN, c.Role.Name); ok && c.Role.Name != "" {
		if name, ok := strings.CutPrefix(near, base); ok && !strings.Contains(name, "/") {
			return name
		}
	}
	return near
}

// notFoundHow says in what the nearest name differs.
func (en) notFoundHow(c *Cause) string {
	switch c.Detail.Kind {
	case "spelling":
		return " The two differ by a few letters."
	case "case":
		return " The two differ in upper and lower case only, which counts in an ARN."
	case "path":
		return " It has another path, which is part of the ARN."
	case "sso_suffix":
		return " IAM Identity Center ends the name of a permission set's role in 16 characters that change when it is made anew."
	}
	return ""
}

// tryNearest sends nobody from one denial to the next: the same call was
// evaluated on the role that was probably meant.
func (w en) tryNearest(c *Cause, near string) string {
	if _, name, ok := strings.Cut(c.Detail.Nearest, "/AWSReservedSSO_"); ok {
		if c.Workload || c.Caller.Kind == "session" && !isPermissionSet(c.Caller.Role) {
			return "Ask the owner of " + w.account(c.Role.Account) + " for a role that trusts " + w.trustable(c) +
				": this one is of a permission set, which people enter through the AWS access portal and nobody in any other way."
		}
		return "Open permission set " + w.cut(permissionSet(name)) + " in the AWS access portal: its role can be entered in no other way."
	}
	switch c.IfNearest {
	case "allowed":
		return "Use " + near + ": that call is allowed."
	case "denied":
		return "Check the name. " + near + " would be denied as well: if that is the role that was meant, ask its owner for access."
	}
	return "Check the name, and use " + near + " if that is the role that was meant."
}

func (w en) notFoundNext(c *Cause) string {
	if near := w.nearRole(c); near != "" {
		return w.tryNearest(c, near)
	}
	return "Check the name and the account id, or ask the owner of " + w.account(c.Role.Account) + " which role to use."
}

func (en) notARole(c *Cause) string {
	switch c.Detail.Kind {
	case "user":
		return "a user"
	case "session", "assumed_role":
		return "a session"
	case "group":
		return "a group"
	case "policy":
		return "a policy"
	case "instance_profile":
		return "an instance profile"
	case "root":
		return "an account's root user"
	case "federated_user":
		return "a federated user"
	}
	return "something else"
}
