package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// namer puts the report's identifiers into people's words.
type namer struct {
	r *report.Report
	w *words
}

// account is "prod (320000000031)", or the id alone where it has no name.
func (n namer) account(id string) string {
	if a, ok := n.r.Accounts[id]; ok && a.Name != "" && id != "" {
		return a.Name + " (" + id + ")"
	}
	return id
}

// caller gives the caller's short name and its name with what it is.
func (n namer) caller() (short, long string) {
	c := &n.r.Caller
	kind, name := c.Type, tail(c.ARN)
	if word, ok := n.w.callers[kind]; ok {
		return word, word
	}
	switch kind {
	case "AssumedRole":
		return n.sessionCaller()
	case "WebIdentityUser", "SAMLUser":
		name = subject(c)
	}
	if name == "" {
		name = c.PrincipalID
	}
	switch {
	case name == "" && (kind == "" || kind == "Unknown"): // as CloudTrail writes it of a token that it did not read
		return n.w.callerUnknown, n.w.callerUnknown
	case name == "":
		if format, ok := n.w.users[kind]; ok {
			kind = strings.TrimSpace(fmt.Sprintf(format, ""))
		}
		return kind, kind
	}
	if format, ok := n.w.users[kind]; ok {
		return name, fmt.Sprintf(format, name)
	}
	return name, thing(n.w, c.ARN, name)
}

// subject is who an identity provider says that the caller is: for SAML what
// follows the hash of the provider in the principal id, else the end of the
// principal id "<provider>:<audience>:<subject>", where an audience may be a URL.
func subject(c *report.Caller) string {
	rest, ok := strings.CutPrefix(c.PrincipalID, c.ARN+":")
	if !ok || c.ARN == "" {
		if _, name, ok := strings.Cut(c.PrincipalID, ":"); ok && name != "" && c.Type == "SAMLUser" {
			return name
		}
		return c.PrincipalID
	}
	from := 0
	if i := strings.Index(rest, "://"); i >= 0 && i == strings.IndexByte(rest, ':') {
		from = i + 3
	}
	switch {
	case strings.HasPrefix(c.ARN, "cognito-identity."):
		from = strings.IndexByte(rest, ':') + 1 // the audience is REGION:ID
	case strings.HasPrefix(rest, "ari:"):
		from = strings.IndexByte(rest, '/') + 1 // ari:cloud:PRODUCT::KIND/ID
	}
	if i := strings.IndexByte(rest[from:], ':'); i >= 0 {
		return rest[from+i+1:]
	}
	return rest
}

// provider is an identity provider's own name, empty for any other ARN.
func provider(arn string) string {
	for _, kind := range []string{":oidc-provider/", ":saml-provider/"} {
		if _, name, ok := strings.Cut(arn, kind); ok {
			return name
		}
	}
	return ""
}

// sessionCaller names a role's session by its role: "Developer/alice". What
// Identity Center has made is called by its permission set, as people know it.
func (n namer) sessionCaller() (short, long string) {
	c := &n.r.Caller
	name, kind := n.callerRole(), c.Type
	if name == "" {
		name = n.w.callerUnknown
	}
	if set, ok := permissionSet(name); ok {
		name, kind = set, "PermissionSet"
	}
	long = fmt.Sprintf(n.w.users[kind], name)
	if c.SessionName == "" {
		return name, long
	}
	return name + "/" + c.SessionName, long
}

// callerRole is the name of the role that the caller is a session of, or empty.
func (n namer) callerRole() string {
	if name := tail(n.r.Caller.RoleARN); name != "" {
		return name
	}
	return assumedRole(n.r.Caller.ARN)
}

// permissionSet reads the name that Identity Center gives to its roles,
// AWSReservedSSO_NAME_16 hex digits.
func permissionSet(role string) (string, bool) {
	rest, ok := strings.CutPrefix(role, "AWSReservedSSO_")
	i := strings.LastIndexByte(rest, '_')
	if !ok || i <= 0 {
		return "", false
	}
	return rest[:i], true
}

// assumedRole gives the role's name of a session's ARN.
func assumedRole(arn string) string {
	_, rest, ok := strings.Cut(arn, ":assumed-role/")
	if !ok {
		return ""
	}
	role, _, _ := strings.Cut(rest, "/")
	return role
}

// role is "role Deployer", or the whole ARN of what is no role.
func (n namer) role() string {
	arn := n.r.Role.ARN
	if arn == "" {
		return n.w.roleUnknown
	}
	if name := tail(arn); name != "" && strings.Contains(arn, ":role/") {
		return fmt.Sprintf(n.w.role, name)
	}
	return arn
}

// roleIn is "role Deployer in prod (320000000031)".
func (n namer) roleIn() string {
	if n.r.Role.Account == "" {
		return n.role()
	}
	return fmt.Sprintf(n.w.roleIn, n.role(), n.account(n.r.Role.Account))
}

// levelOrigin marks the evidence that gives a level of an SCP or RCP its name:
// "ou-exam-workload Workloads".
const levelOrigin = "estate:level"

// target names what a policy hangs on: an ARN, an account's id, or a name.
func (n namer) target(s string) string {
	if _, ok := n.r.Accounts[s]; ok {
		return n.account(s)
	}
	if name := n.levelName(s); name != "" && s != "" {
		return fmt.Sprintf(n.w.levelName, name, s)
	}
	if strings.HasPrefix(s, "r-") {
		return fmt.Sprintf(n.w.levelName, n.w.orgRoot, s)
	}
	if name := tail(s); strings.HasPrefix(s, "arn:") && name != "" {
		return thing(n.w, s, name)
	}
	return s
}

// levelName is the name of an SCP's or RCP's level, where a layer or a cause
// tells it.
func (n namer) levelName(id string) string {
	for i := range n.r.Layers {
		if l := &n.r.Layers[i]; l.Target == id && l.Name != "" {
			return l.Name
		}
	}
	for i := range n.r.Causes {
		for _, e := range n.r.Causes[i].Evidence {
			of, name, ok := strings.Cut(e.Fact, " ")
			if e.Origin == levelOrigin && ok && of == id {
				return name
			}
		}
	}
	return ""
}

// thing puts an ARN's kind of resource before a name.
func thing(w *words, arn, name string) string {
	if i := strings.LastIndexByte(arn, ':'); i >= 0 {
		kind, _, _ := strings.Cut(arn[i+1:], "/")
		if format, ok := w.things[kind]; ok {
			return fmt.Sprintf(format, name)
		}
	}
	return name
}

// tail is what stands behind the last slash of an ARN, or behind its last
// colon where it has no slash.
func tail(arn string) string {
	return arn[strings.LastIndexAny(arn, "/:")+1:]
}

// moment gives a time of the report without the T, or as it is when it is none.
func moment(s string) string {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return s
	}
	return t.UTC().Format("2006-01-02 15:04:05Z")
}
