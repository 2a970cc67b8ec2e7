package locale

import (
	"slices"
	"strings"
)

// enRequestSayings are conditions on what the caller names itself.
var enRequestSayings = map[string]saying{
	"trust.session_name":    eng.demand(eng.sessionNameFault, eng.sessionNameNext, nil),
	"trust.source_identity": eng.demand(eng.sourceIdentityFault, eng.sourceIdentityNext, eng.sourceIdentityMore),
}

// plain is the one value that the condition wants, where it is no pattern.
func (w en) plain(c *Cause) string {
	if len(c.Condition.Wanted) != 1 || c.Condition.Wanted[0] == "" || strings.ContainsAny(c.Condition.Wanted[0], "*?$ ") {
		return ""
	}
	if op := strings.ToLower(c.Condition.Operator); !strings.Contains(op, "stringequals") && !strings.Contains(op, "stringlike") {
		return ""
	}
	return w.cut(c.Condition.Wanted[0])
}

// userNames says that the session name is compared with ${aws:username}, which
// the caller has not.
func (c *Cause) userNames() bool { return c.Detail.Kind == "variable" }

func (w en) sessionNameFault(c *Cause) string {
	if c.Explicit {
		return w.denies(c)
	}
	s := w.trust(c) + " demands a certain role session name"
	switch name := w.plain(c); {
	case c.userNames():
		return w.trust(c) + " demands the caller's user name (${aws:username}) as role session name, and a role session has none"
	case name != "":
		s = w.trust(c) + " demands role session name " + name
	case w.wants(c):
		s = w.trust(c) + " demands a role session name that matches " + w.list(c.Condition.Wanted, "or")
	}
	switch {
	case c.Condition.State == "present" && c.Simulated:
		return s + ", and the call would use " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "present":
		return s + ", and the call used " + w.list(c.Condition.Got, "and")
	}
	return s
}

func (w en) sessionNameNext(c *Cause) string {
	switch name := w.plain(c); {
	case c.Explicit || !w.wants(c):
		return "Use another session name (--role-session-name in the AWS CLI)."
	case c.userNames():
		return "Assume the role directly as an IAM user, or ask " + w.roleOwner(&c.Call) + " for a condition that a role session can meet."
	case c.Console:
		return "Assume the role with the AWS CLI and --role-session-name: the console names the session itself."
	case name != "":
		return "Use --role-session-name " + name + "."
	}
	return "Use a session name that matches " + w.list(c.Condition.Wanted, "or") + " (--role-session-name in the AWS CLI)."
}

// inherited says that the caller's session has a source identity, which it hands
// on and cannot change.
func (c *Cause) inherited() bool {
	return c.Caller.Kind == "session" && c.Condition.State == "present" && c.Detail.Kind != "console"
}

// ofSession says that the condition is on the source identity that the caller's
// own session has.
func (c *Cause) ofSession() bool { return strings.EqualFold(c.Condition.Key, "aws:SourceIdentity") }

func (w en) sourceIdentityFault(c *Cause) string {
	if c.Explicit && c.Detail.Kind != "console" {
		return w.denies(c)
	}
	s := w.trust(c) + " demands a source identity"
	if w.wants(c) && (len(c.Condition.Wanted) != 1 || c.Condition.Wanted[0] != "*") {
		s = w.trust(c) + " demands source identity " + w.list(c.Condition.Wanted, "or")
	}
	if c.ofSession() {
		s += " of the calling session"
	}
	switch {
	case c.Detail.Kind == "console":
		return s + ", and switching roles in the console cannot send one"
	case c.Condition.State == "absent" && c.ofSession():
		return s + ", and " + w.short(c.Caller) + " has none"
	case c.Condition.State == "absent":
		return s + ", and the call has none"
	case c.Condition.State == "present":
		return s + ", and the call has " + w.list(c.Condition.Got, "and")
	}
	return s
}

func (w en) sourceIdentityMore(c *Cause) string {
	switch {
	case c.Detail.Kind == "console":
		return "Switching roles in the console cannot send a source identity."
	case c.inherited():
		return "A session hands its source identity on and cannot change it."
	}
	return ""
}

func (w en) sourceIdentityNext(c *Cause) string {
	which := "the source identity that the policy demands"
	if w.wants(c) && !strings.ContainsAny(strings.Join(c.Condition.Wanted, ""), "*?$") {
		which = "source identity " + w.list(c.Condition.Wanted, "or")
		if slices.Contains(c.Condition.Wanted, c.Caller.Name) && !c.inherited() { // everybody has their own
			which = "source identity " + w.cut(c.Caller.Name)
		}
	}
	switch {
	case c.Detail.Kind == "console":
		return "Assume the role with the AWS CLI and --source-identity, or ask " + w.roleOwner(&c.Call) + " for a role that the console can switch to."
	case c.inherited() && w.wants(c):
		return "Start from a session that was made with " + which + ", or ask " + w.roleOwner(&c.Call) + " to allow " + w.list(c.Condition.Got, "and") + "."
	case c.inherited():
		return "Start from another session, or ask " + w.roleOwner(&c.Call) + " to change the condition."
	case c.ofSession():
		return "Make the calling session with " + which + " (--source-identity in the AWS CLI), then try again."
	}
	return "Set " + which + " (--source-identity in the AWS CLI)."
}
