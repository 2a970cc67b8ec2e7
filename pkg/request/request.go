// Package request is the question that is put to the engine: who calls, which
// actions on which role, when, and every condition key with what is known of
// it.
//
// A Request is immutable once built, deterministic, and safe for concurrent
// use. It holds ExternalIds in clear where the operator gave them: it is never
// printed as it is.
package request

import (
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// CallerKind is the kind of principal that calls.
type CallerKind uint8

// The kinds of caller (IAM User Guide, "AWS JSON policy elements: Principal").
const (
	CallerUnknown CallerKind = iota
	User                     // IAM user, long-term key or GetSessionToken
	RoleSession              // assumed-role session
	Root                     // root user of an account
	FederatedUser            // GetFederationToken session
	Service                  // AWS service principal
	OIDC                     // AssumeRoleWithWebIdentity
	SAML                     // AssumeRoleWithSAML
)

// Caller is who makes the call.
type Caller struct {
	Kind        CallerKind
	ARN         string // user ARN, session ARN, account root ARN; service name; provider ARN or host
	Account     string // 12 digits; empty for services and federated callers
	RoleARN     string // RoleSession: the role with its path; empty if not known
	RoleName    string // RoleSession: the role's name
	SessionName string // RoleSession
	UserName    string // User
	PrincipalID string // AIDA..., AROA...:session
	UniqueID    string // AIDA... or AROA... alone
	Provider    string // OIDC, SAML: provider ARN or built-in host
	Linked      bool   // a session of a service-linked role
	Temporary   bool   // temporary credentials: a session, which can outlive its user or role
	Chained     bool   // its session was itself made by AssumeRole, or may have been
}

// Role is the target. ARN is empty when the event does not say which role.
type Role struct {
	ARN       string
	Partition string
	Account   string
	Path      string // "/" or "/a/b/"
	Name      string
	IsRole    bool // ARN is of the form arn:P:iam::A:role/...
	Linked    bool // path /aws-service-role/
}

// Action is one authorization of the call.
type Action struct {
	Name    string       // "sts:AssumeRole", as AWS spells it
	Applies evidence.Tri // does the call need this authorization?
	Named   bool         // AWS's message names it: the authorization that failed
	Origin  evidence.Origin
}

// KeyState says what is known of a condition key.
type KeyState uint8

// The states; the zero value is the one that decides nothing.
const (
	KeyUnknown    KeyState = iota // whether it is there is not known
	KeyPresent                    // there, with Values
	KeyPresentAny                 // there, value not known
	KeyAbsent                     // not in the request context
)

// String is the word of the report: "unknown", "present", "present_unknown", "absent".
func (s KeyState) String() string {
	return [...]string{"unknown", "present", "present_unknown", "absent"}[s]
}

// Key is one condition key of the request context.
type Key struct {
	Name   string // canonical spelling of the service authorization reference
	ID     KeyID  // the number of that name, where it is known; NewKeys finds it otherwise
	State  KeyState
	Values []string
	Multi  bool // the key is multivalued
	// Usually is what it is when callers do nothing special: KeyAbsent, or
	// KeyPresent with Values, or KeyUnknown when no default is known. With State
	// KeyUnknown or KeyPresentAny and Usually KeyPresent, Values are the usual
	// ones, not known ones.
	Usually KeyState
	// Bounds is what its value certainly is not though its state is KeyUnknown or
	// KeyPresentAny; nil when nothing is ruled out, as of nearly every key.
	Bounds *Bounds
	Origin evidence.Origin
}

// Bounds rules out values of a key whose value is not known.
type Bounds struct {
	// Never are values that the key does not have: MFA "true" of a role session,
	// our organization's id for an account outside it. NeverPrefix likewise rules
	// out every value that begins with it.
	Never       []string
	NeverPrefix string
	// AtMost is the greatest number that the key can be; it is then not negative.
	// Empty when no bound is known.
	AtMost string
}

// Request is the question.
type Request struct {
	Caller  Caller
	Role    Role
	Actions []Action // sts:AssumeRole (or its kin) first, then companions
	Time    time.Time
	Keys    Keys
	Console bool // the console's role switch: cannot send ExternalId, tags, source identity or an MFA code
	Network Network

	// Simulated says that nobody has made this call: what is not given is not
	// there, and the session has no session policy.
	Simulated bool
}

// OfRoot says that the call is AssumeRoot: its target is an account's root user,
// which has no trust policy (AWS STS API Reference, "AssumeRoot").
func (r *Request) OfRoot() bool {
	return len(r.Actions) > 0 && strings.EqualFold(r.Actions[0].Name, "sts:AssumeRoot")
}

// Network says whether the call came through a VPC endpoint.
type Network struct {
	EndpointID      string // vpce-..., empty when the call did not come through one
	EndpointAccount string
	Unread          bool // there is something about it in the record that could not be read
}

// SameAccount says whether caller and role are in one account.
func (r *Request) SameAccount() bool {
	return r.Caller.Account != "" && r.Caller.Account == r.Role.Account
}

// Named is the action that AWS's message names, or the first.
func (r *Request) Named() *Action {
	for i := range r.Actions {
		if r.Actions[i].Named {
			return &r.Actions[i]
		}
	}
	return &r.Actions[0]
}
