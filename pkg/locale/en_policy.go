package locale

import (
	"strconv"
	"strings"
)

// trust is "the trust policy of role Deployer in prod (3200...)",
// and "the role's trust policy" where the headline has named the role.
func (w en) trust(c *Cause) string {
	if c.brief && c.Role.Name != "" {
		return "the role's trust policy"
	}
	return "the trust policy of " + w.role(&c.Call)
}

// statement is " in statement OnlyCarol", " in statement 1", or nothing.
func (w en) statement(c *Cause) string {
	switch {
	case c.Statement.Sid != "":
		return "statement " + w.cut(c.Statement.Sid)
	case c.Statement.Number > 0:
		return "statement " + strconv.Itoa(c.Statement.Number)
	}
	return ""
}

// thatStatement is the statement at fault, by its name where it has one.
func (w en) thatStatement(c *Cause) string { return first(w.statement(c), "that statement") }

// withStatement is a policy and, where one is known, its statement: "the trust
// policy of role R, statement 1,".
func (w en) withStatement(c *Cause, policy string) string {
	if s := w.statement(c); s != "" {
		return strings.TrimSuffix(policy, ",") + ", " + s + ","
	}
	return policy
}

// policy names the policy at fault, whatever its kind.
func (w en) policy(c *Cause) string {
	name := w.cut(first(c.Policy.Name, namedByMessage(c)))
	kind := c.Policy.Kind
	if kind == "" {
		kind = c.Layer
	}
	switch kind {
	case "trust":
		return w.trust(c)
	case "identity":
		return w.identityPolicy(c, name)
	case "boundary":
		switch {
		case name == "":
			return "the permissions boundary of " + w.holder(c)
		case namedByMessage(c) != "":
			return "permissions boundary " + name
		}
		return "permissions boundary " + name + " of " + w.holder(c)
	case "session":
		return "the session policy of " + w.short(c.Caller)
	case "scp", "rcp":
		return w.orgPolicy(c, strings.ToUpper(kind), name)
	case "vpce":
		return "the policy of " + w.theEndpoint(c)
	}
	if name != "" {
		return "policy " + name
	}
	return "a policy"
}

// theEndpoint is "VPC endpoint vpce-...", or "the VPC endpoint".
func (w en) theEndpoint(c *Cause) string {
	if id := w.endpoint(c); id != "" {
		return "VPC endpoint " + id
	}
	return "the VPC endpoint"
}

// namedByMessage is the end of the policy's ARN where AWS's message gives one
// and the policy itself was not read.
func namedByMessage(c *Cause) string {
	if c.Grade != "message" || c.Policy.Name != "" {
		return ""
	}
	return c.Detail.Nearest[strings.LastIndexByte(c.Detail.Nearest, '/')+1:]
}

// holder is the identity that the caller's policies belong to: for a session
// its role.
func (w en) holder(c *Cause) string {
	p := c.Caller
	if p.Kind == "session" && p.Role != "" {
		return w.principal(Principal{Kind: "role", Name: p.Role})
	}
	return w.principal(p)
}

func (w en) identityPolicy(c *Cause, name string) string {
	if name == "" {
		return "a policy of " + w.holder(c)
	}
	if namedByMessage(c) != "" {
		return "policy " + name // the message does not say whose it is: the user's, or a group's
	}
	if i := strings.LastIndex(c.Policy.AttachedTo, ":group/"); i >= 0 {
		group := c.Policy.AttachedTo[i+len(":group/"):]
		return "policy " + name + " of group " + w.cut(group[strings.LastIndexByte(group, '/')+1:])
	}
	return "policy " + name + " of " + w.holder(c)
}

func (w en) orgPolicy(c *Cause, kind, name string) string {
	at := w.level(c)
	if name == "" {
		name = "an " + kind
	} else {
		name = kind + " " + name
	}
	if at == "" {
		return name
	}
	return name + ", attached to " + at + ","
}

// level is where an SCP or RCP is attached.
func (w en) level(c *Cause) string {
	at := c.Policy.AttachedTo
	switch {
	case at == "":
		return ""
	case strings.HasPrefix(at, "r-"):
		return "the organization's root"
	case strings.HasPrefix(at, "ou-") && c.Policy.LevelName != "":
		return "OU " + w.cut(c.Policy.LevelName) + " (" + at + ")"
	case strings.HasPrefix(at, "ou-"):
		return "OU " + at
	case at == c.Caller.Account.ID:
		return w.account(c.Caller.Account)
	case at == c.Role.Account.ID:
		return w.account(c.Role.Account)
	}
	return w.cut(at)
}

func (w en) endpoint(c *Cause) string {
	if c.Policy.AttachedTo != "" {
		return w.cut(c.Policy.AttachedTo)
	}
	return w.cut(c.Policy.Name)
}
