package locale

import "strings"

// unrelated says whether what the policy allows is another role altogether, so
// that it is no near miss of this one.
func (w en) unrelated(c *Cause) bool {
	return c.Detail.Kind == "name" || c.Detail.Kind == "pattern" && !noRole(c)
}

// noRole says that what the policy names is no role at all.
func noRole(c *Cause) bool {
	near := c.Detail.Nearest
	return strings.HasPrefix(near, "arn:") && !strings.Contains(near, ":role/") && (ofSessions(c) || !strings.ContainsAny(near, "*?"))
}

// ofSessions says that a policy names sessions of a role where the role counts.
func ofSessions(c *Cause) bool {
	return c.Detail.Kind == "pattern" && strings.Contains(c.Detail.Nearest, ":assumed-role/"+c.Role.Name+"/")
}

// excluded says that the statement allows every role but some, by NotResource,
// and this is one of those: nothing is wanted that the role could be.
func excluded(c *Cause) bool {
	return c.Detail.Kind == "pattern" && c.Detail.Wanted == "" && c.Detail.Nearest != ""
}

// others is "other roles, such as LedgerReader,": what the policy allows instead.
func (w en) others(c *Cause) string {
	near := w.nearest(c)
	if near == "" {
		return "other roles"
	}
	if _, name, ok := strings.Cut(near, ":role/"); ok && accountOf(near) == c.Role.Account.ID {
		near = name
	}
	return "other roles, such as " + near + ","
}

func (w en) othersNot(c *Cause) string { return strings.TrimSuffix(w.others(c), ",") + ", not on " }

func (w en) mismatchFault(c *Cause) string {
	if excluded(c) {
		return w.policy(c) + " allows " + c.Action + " on every role but those that it takes out, and " + w.role(&c.Call) + " is one of them"
	}
	near := first(w.nearest(c), "other roles")
	if w.unrelated(c) {
		return w.policy(c) + " allows " + c.Action + " on " + w.othersNot(c) + w.role(&c.Call)
	}
	return w.policy(c) + " allows " + c.Action + " on " + near + ", not on " + w.role(&c.Call)
}

func (w en) nearest(c *Cause) string {
	if strings.Contains(c.Detail.Nearest, "${") && c.Detail.Wanted != "" {
		return w.cut(c.Detail.Wanted) // with the caller's own values
	}
	if c.Detail.Nearest != "" {
		return w.cut(c.Detail.Nearest)
	}
	return w.cut(c.Detail.Wanted)
}

func (w en) mismatchTell(c *Cause) string {
	if excluded(c) {
		return w.sentence(w.withStatement(c, w.policy(c)) + " allows " + c.Action + " on every role but those in its NotResource, which has " + first(w.nearest(c), w.theARN(c)))
	}
	if w.unrelated(c) {
		return w.sentence(w.withStatement(c, w.policy(c))+" allows "+c.Action+" on "+w.othersNot(c)+w.theARN(c)) + w.aboutVariables(c)
	}
	near := first(w.nearest(c), "other roles")
	s := w.sentence(w.withStatement(c, w.policy(c)) + " allows " + c.Action + " on " + near + ", and the call asks for " + w.cut(c.Role.ARN))
	switch c.Detail.Kind {
	case "account":
		s += " " + first(digits("The account ids differ", accountOf(near), c.Role.Account.ID, "the role's"), "The account ids differ") + "."
	case "path":
		s += " The paths in front of the role's name differ."
	case "case":
		s += " The two differ in upper and lower case only."
	case "pattern":
		if !ofSessions(c) {
			return s + " What the policy names is not a role."
		}
		s += " What the policy names are sessions of the role, and a session's ARN is not the role's."
	case "partition":
		s += " The partitions differ."
	}
	return s
}

// aboutVariables tells what ${...} means in what the policy allows.
func (en) aboutVariables(c *Cause) string {
	if !strings.Contains(c.Detail.Nearest, "${") {
		return ""
	}
	if !strings.Contains(c.Detail.Wanted, "${") && c.Detail.Wanted != "" {
		return " What stands as ${...} has the caller's own value there."
	}
	return " What stands as ${...} takes the caller's own value where the policy's Version is 2012-10-17; in any other it is plain text."
}

func (w en) mismatchNext(c *Cause) string {
	switch {
	case excluded(c):
		return "Use another role, or ask " + w.callerOwner(c) + " whether this one may be allowed."
	case c.Detail.Kind == "pattern" && noRole(c):
		return "Ask " + w.callerOwner(c) + " to write " + w.theARN(c) + " instead."
	}
	switch c.Detail.Kind {
	case "account", "path", "case":
		if tag := w.ownValue(c); tag != "" && c.Detail.Kind == "path" {
			return w.byTag(c, tag)
		}
		if c.Detail.Kind == "account" && len(differing(accountOf(c.Detail.Nearest), c.Role.Account.ID)) > 0 {
			return "Check the account id: if " + w.account(c.Role.Account) + " was meant, ask " + w.callerOwner(c) + " to correct it" + w.inPolicy(c) + "."
		}
		return "Check that this is the role that was meant; if it is, ask " + w.callerOwner(c) + " to allow " + c.Action + " on it."
	case "name", "pattern":
		if tag := w.ownValue(c); tag != "" {
			return w.byTag(c, tag)
		}
		return "Ask " + w.callerOwner(c) + " to add " + w.theARN(c) + w.toPolicy(c) + "."
	}
	return w.askToAllow(c)
}

// byTag is a policy that goes by a tag of the caller: an ARN of its own in it
// would not be what its author means.
func (w en) byTag(c *Cause, tag string) string {
	return "Use " + w.nearest(c) + ", or ask " + w.callerOwner(c) + " whether the caller may have another " + tag + ": policy " +
		w.cut(c.Policy.Name) + " goes by it."
}

// inPolicy says in which policy something is wrong.
func (w en) inPolicy(c *Cause) string {
	if c.Policy.Name == "" {
		return ""
	}
	return " in policy " + w.cut(c.Policy.Name)
}

// toPolicy says to which policy something is to be added.
func (w en) toPolicy(c *Cause) string {
	if c.Policy.Name == "" {
		return ""
	}
	return " to policy " + w.cut(c.Policy.Name)
}
