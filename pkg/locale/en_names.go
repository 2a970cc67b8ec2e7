package locale

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// en is a namespace: what is named here does not collide with the words of
// another language.
type en struct{}

// maxShown is how many values a sentence lists, maxText how many characters of
// one it shows: the report has them all.
const (
	maxShown = 3
	maxText  = 120
)

func (en) cut(s string) string {
	if utf8.RuneCountInString(s) <= maxText {
		return s
	}
	return string([]rune(s)[:maxText-1]) + "…"
}

// list joins values: "a", "a or b", "a, b or 4 others".
func (w en) list(values []string, last string) string {
	var shown []string
	for _, v := range values {
		if v == "" {
			v = `""`
		}
		shown = append(shown, w.cut(v))
	}
	if n := len(shown) - maxShown; n > 0 {
		rest := strconv.Itoa(n+1) + " others"
		shown = append(shown[:maxShown-1:maxShown-1], rest)
	}
	switch len(shown) {
	case 0:
		return "nothing"
	case 1:
		return shown[0]
	}
	n := len(shown) - 1
	return strings.Join(shown[:n], ", ") + " " + last + " " + shown[n]
}

// upper makes the first letter of a sentence a capital, but for the names of
// actions and keys and for mail addresses.
func (en) upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s, " ")
	if n == 0 || strings.Contains(word, "@") || strings.HasPrefix(s, "sts:") || strings.HasPrefix(s, "aws:") {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// account is "prod (320000000031)" or "account 320000000031".
func (w en) account(a Account) string {
	switch {
	case a.ID == "":
		return "an account that is not known"
	case a.Name == "":
		return "account " + a.ID
	}
	return w.cut(a.Name) + " (" + a.ID + ")"
}

// principal is the first mention: "user bob", "session s of role R".
func (w en) principal(p Principal) string {
	name := w.cut(p.Name)
	switch p.Kind {
	case "user":
		return "user " + name
	case "role":
		if isPermissionSet(name) {
			return "permission set " + permissionSet(name)
		}
		return "role " + name
	case "session":
		switch {
		case p.Role == "":
			return "session " + name
		case isPermissionSet(p.Role) && name != "":
			return name + " (permission set " + w.cut(permissionSet(p.Role)) + ")"
		case name == "":
			return "a session of role " + w.cut(p.Role)
		}
		return "session " + name + " of role " + w.cut(p.Role)
	case "root":
		return "the root user of " + w.account(p.Account)
	case "account":
		return w.account(p.Account)
	case "federated":
		return "federated user " + name
	case "service":
		return "service " + name
	case "oidc", "saml":
		if name == "" {
			if p.Role == "" {
				return "the caller"
			}
			return "the caller of " + w.cut(p.Role)
		}
		return "identity " + name
	case "provider":
		return "identity provider " + name
	case "everyone":
		return "every principal"
	}
	if name == "" {
		return "the caller"
	}
	return name
}

// short is the second mention: the name alone where there is one.
func (w en) short(p Principal) string {
	switch p.Kind {
	case "user", "session", "federated", "service":
		if p.Name != "" {
			return w.cut(p.Name)
		}
	}
	return w.principal(p)
}

// elsewhere is a principal seen from an account: its own account is told when
// it is another one.
func (w en) elsewhere(p Principal, home Account) string {
	s := w.principal(p)
	switch p.Kind {
	case "user", "role", "session", "provider":
		if p.Account.ID != "" && p.Account.ID != home.ID {
			return s + " of " + w.account(p.Account)
		}
	}
	return s
}

// role is the first mention of the target: "role Deployer in prod (3200...)".
func (w en) role(c *Call) string {
	switch {
	case c.ofRoot() && (c.brief || c.Role.Account.ID == ""):
		return w.roleShort(c)
	case c.ofRoot():
		return "the root user of " + w.account(c.Role.Account)
	case c.brief && c.Role.Name != "":
		return w.roleShort(c)
	case c.Role.Name != "" && c.Role.Account.ID != "":
		return "role " + w.cut(c.Role.Name) + " in " + w.account(c.Role.Account)
	case c.Role.Name != "":
		return "role " + w.cut(c.Role.Name)
	case c.Role.ARN != "":
		return w.cut(c.Role.ARN)
	}
	return "the role"
}

// ofRoot says that the call is AssumeRoot, whose target is an account's root user.
func (c *Call) ofRoot() bool { return c.API == "AssumeRoot" }

func (w en) roleShort(c *Call) string {
	switch {
	case c.ofRoot():
		return "the root user"
	case c.Role.Name == "":
		return "the role"
	case isPermissionSet(c.Role.Name):
		return "permission set " + w.cut(permissionSet(c.Role.Name))
	}
	return "role " + w.cut(c.Role.Name)
}

// roleOwner is who decides over the role.
func (w en) roleOwner(c *Call) string {
	switch {
	case c.Role.Owner != "":
		return w.cut(c.Role.Owner) + ", the owner of " + w.role(c) + ","
	case c.ofRoot() && c.Role.Account.ID != "":
		return "the owner of " + w.account(c.Role.Account)
	case c.Role.Name == "" && c.Role.Account.ID != "":
		return "the owner of the role in " + w.account(c.Role.Account)
	}
	return "the owner of " + w.role(c)
}

// callerOwner is who decides over the caller's permissions.
func (w en) callerOwner(c *Cause) string {
	p := c.Caller
	if isPermissionSet(p.Role) {
		return "the owner of permission set " + permissionSet(p.Role) + " in IAM Identity Center"
	}
	a := c.Caller.Account
	if a.ID == "" {
		a = c.Of
	}
	switch {
	case p.Kind == "session" && p.Role != "":
		return "the owner of role " + w.cut(p.Role) + " in " + w.account(a)
	}
	return "the owner of " + w.account(a)
}

// isPermissionSet says whether IAM Identity Center made the role.
func isPermissionSet(role string) bool { return strings.HasPrefix(role, "AWSReservedSSO_") }

// permissionSet is the name inside AWSReservedSSO_NAME_0123456789abcdef.
func permissionSet(role string) string {
	s := strings.TrimPrefix(role, "AWSReservedSSO_")
	if i := strings.LastIndexByte(s, '_'); i > 0 {
		return s[:i]
	}
	return s
}

// orgOwner is who decides over SCPs and RCPs.
func (w en) orgOwner(c *Cause) string {
	kept := strings.HasPrefix(c.Code, "scp.") || strings.HasPrefix(c.Code, "rcp.") // where they are kept, whoever calls whom
	if c.Of.ID != "" && (kept || c.Of.ID != c.Caller.Account.ID && c.Of.ID != c.Role.Account.ID) {
		return "the owner of the organization's policies in " + w.account(c.Of)
	}
	return "the owner of the organization's policies"
}

// aside puts something in brackets.
func aside(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

// first is the first of two that is there.
func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
