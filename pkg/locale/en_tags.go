package locale

import "strings"

// tag is "tag team=blue", or "tag team" where the values are patterns, many or
// none.
func (w en) tag(c *Cause) string {
	_, name, ok := strings.Cut(c.Condition.Key, "/")
	switch {
	case !ok:
		return "a certain tag"
	case len(c.Condition.Wanted) == 0 || c.Condition.base() == "null":
		return "tag " + w.cut(name)
	case len(c.Condition.Wanted) == 1 && c.Condition.Wanted[0] == "*":
		return "tag " + w.cut(name)
	}
	if c.Condition.patterns() {
		return "tag " + w.cut(name) + " matching " + w.list(c.Condition.Wanted, "or")
	}
	return "tag " + w.cut(name) + "=" + w.list(c.Condition.Wanted, "or")
}

// patterns says that values of the policy have wildcards that count.
func (c Condition) patterns() bool {
	return strings.HasSuffix(c.base(), "like") && strings.ContainsAny(strings.Join(c.Wanted, ""), "*?")
}

// without says that a statement is for those who do not have the tag, or not
// with these values.
func (w en) without(c *Cause) bool {
	if c.Condition.base() == "null" {
		yes := len(c.Condition.Wanted) > 0 && strings.EqualFold(c.Condition.Wanted[0], "true")
		return yes != c.Explicit
	}
	return len(c.Condition.Wanted) > 0 && !w.wants(c)
}

// tagFault is what the policy wants of a tag of somebody, and what there is.
func (w en) tagFault(c *Cause, whose, who string) string {
	if c.Explicit {
		return w.denies(c)
	}
	if w.without(c) {
		return w.trust(c) + " allows the call only without " + w.tag(c) + " on " + whose + w.tagGot(c, who)
	}
	return w.trust(c) + " demands " + w.tag(c) + " on " + whose + w.tagGot(c, who)
}

func (w en) tagGot(c *Cause, who string) string {
	switch c.Condition.State {
	case "present":
		if _, name, ok := strings.Cut(c.Condition.Key, "/"); ok {
			return ", and " + who + " has " + w.cut(name) + "=" + w.list(c.Condition.Got, "and")
		}
		return ", and " + who + " has " + w.list(c.Condition.Got, "and")
	case "absent":
		return ", and " + who + " has no such tag"
	}
	return ""
}

// callerTagNext asks the owner of the caller for the tag.
func (w en) callerTagNext(c *Cause) string {
	if c.Caller.Kind == "service" {
		return "Ask " + w.roleOwner(&c.Call) + " whether whoever the service acts for is meant to be let in: the service sets that tag itself."
	}
	role := ", or " + w.roleOwner(&c.Call) + " to change the condition."
	if w.without(c) {
		tag := "that tag"
		if _, name, _ := strings.Cut(c.Condition.Key, "/"); name != "" {
			tag = "tag " + w.cut(name)
		}
		return "Ask " + w.callerOwner(c) + " to take " + tag + " from " + w.holder(c) + " if it is not meant" + role
	}
	return "Ask " + w.callerOwner(c) + " to set " + w.tag(c) + w.onWhom(c) + role
}

func (w en) roleTagNext(c *Cause) string {
	if w.without(c) {
		return "Ask " + w.roleOwner(&c.Call) + " to take that tag from the role or to change the condition."
	}
	return "Ask " + w.roleOwner(&c.Call) + " to set that tag on the role or to change the condition."
}

// keysOnly says that a condition limits which session tags may be passed.
func (c Condition) keysOnly() bool {
	return strings.EqualFold(c.Key, "aws:TagKeys") && strings.HasPrefix(strings.ToLower(c.Operator), "forallvalues:") && !c.negated()
}

func (w en) requestTagFault(c *Cause) string {
	switch {
	case c.Explicit:
		return w.denies(c)
	case c.Condition.keysOnly():
		return w.trust(c) + " allows no other session tags than " + w.list(c.Condition.Wanted, "and") + w.tagGot(c, "the call")
	case strings.EqualFold(c.Condition.Key, "sts:TransitiveTagKeys"):
		return w.trust(c) + " demands transitive session tags" + aside(w.list(c.Condition.Wanted, "or")) + w.tagGot(c, "the call")
	case !strings.Contains(c.Condition.Key, "/"):
		return w.trust(c) + " demands session tags in the call" + aside(w.key(c)) + w.tagGot(c, "the call")
	case w.without(c):
		return w.trust(c) + " allows the call only without session " + w.tag(c) + w.tagGot(c, "the call")
	}
	return w.trust(c) + " demands session " + w.tag(c) + " in the call" + w.tagGot(c, "the call")
}

func (w en) requestTagNext(c *Cause) string {
	switch {
	case c.Condition.keysOnly():
		return "Pass no other session tags than " + w.list(c.Condition.Wanted, "and") + "."
	case strings.EqualFold(c.Condition.Key, "sts:TransitiveTagKeys"):
		return "Pass the session tags that the condition asks for, and their keys as transitive (--transitive-tag-keys in the AWS CLI)."
	case strings.Contains(c.Condition.Key, "/") && w.without(c):
		return "Do not pass session " + w.tag(c) + "."
	case c.Caller.Kind == "service":
		return "Ask " + w.roleOwner(&c.Call) + " whether this call is meant to be let in: the service sets that tag itself."
	case c.Caller.Kind == "oidc" || c.Caller.Kind == "saml":
		return "Have the identity provider send the session tags that the condition asks for."
	case strings.Contains(c.Condition.Key, "/"):
		return "Pass session " + w.tag(c) + " (--tags in the AWS CLI)."
	}
	return "Pass the session tags that the condition asks for (--tags in the AWS CLI)."
}
