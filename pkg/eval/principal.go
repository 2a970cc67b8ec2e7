package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// principalKind is the form of one value of Principal
// (IAM JSON policy elements: Principal).
type principalKind uint8

const (
	nobody      principalKind = iota // never matches a caller of STS
	everyone                         // "*"
	everyoneAWS                      // {"AWS": "*"}
	wholeAccount
	oneUser
	oneRole
	oneSession
	oneFederatedUser
	oneService
	oneProvider
)

type principal struct {
	kind      principalKind
	text      string
	partition string // of an ARN
	account   string
	name      string // of a role or user, without its path
}

// compilePrincipal reads one value. Unique ids (AIDA..., AROA...) stand for
// principals that were deleted, and a "*" within an ARN is no wildcard: neither
// matches anyone. Variables are not known here.
func compilePrincipal(p *policy.Principal) principal {
	out := principal{text: p.Text}
	switch p.Type {
	case "*":
		out.kind = everyone
	case "Service":
		out.kind = oneService
	case "Federated":
		out.kind = oneProvider
	case "AWS":
		out.readAWS()
	}
	return out
}

func (p *principal) readAWS() {
	if p.text == "*" {
		p.kind = everyoneAWS
		return
	}
	if isAccount(p.text) {
		p.kind, p.account = wholeAccount, p.text
		return
	}
	a, ok := arn.Parse(p.text)
	if !ok || strings.ContainsAny(p.text, "*?") || !isAccount(a.Account) || a.Region != "" {
		return
	}
	p.partition, p.account = a.Partition, a.Account
	kind, _, _ := strings.Cut(a.Resource, "/")
	_, p.name = arn.RoleName(a.Resource)
	switch a.Service + ":" + kind {
	case "iam:root":
		p.kind = wholeAccount
	case "iam:user":
		p.kind = oneUser
	case "iam:role":
		p.kind = oneRole
	case "sts:assumed-role":
		p.kind = oneSession
	case "sts:federated-user":
		p.kind = oneFederatedUser
	}
}

func isAccount(s string) bool {
	if len(s) != 12 {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// names says whether one value of Principal names the caller, and in which
// class of grant.
func (p *principal) names(c *request.Caller) (Grant, evidence.Tri) {
	switch p.kind {
	case everyone:
		return GrantStar, evidence.True
	case everyoneAWS:
		return GrantStar, signed(c.Kind)
	case wholeAccount:
		return GrantAccount, p.hasAccountOf(c)
	case oneUser:
		return GrantUser, p.isARN(c, request.User, c.ARN, c.UserName)
	case oneRole:
		return GrantRole, p.isARN(c, request.RoleSession, c.RoleARN, roleName(c))
	case oneSession:
		return GrantSession, p.isARN(c, request.RoleSession, c.ARN, c.SessionName)
	case oneFederatedUser:
		return GrantSession, p.isARN(c, request.FederatedUser, c.ARN, "")
	case oneService:
		return GrantOther, isText(c, p.text, c.ARN, request.Service)
	case oneProvider:
		return GrantOther, p.isProvider(c)
	default:
		return GrantOther, evidence.False
	}
}

// signed says whether {"AWS": "*"} matches: callers with credentials of AWS,
// not those that bring a token of an identity provider. Of services AWS's pages
// do not say it.
func signed(k request.CallerKind) evidence.Tri {
	switch k {
	case request.OIDC, request.SAML:
		return evidence.False
	case request.Service, request.CallerUnknown:
		return evidence.Unknown
	default:
		return evidence.True
	}
}

// hasAccountOf says whether the caller is of the account. Root, users and
// sessions are; services and federated callers are of none.
func (p *principal) hasAccountOf(c *request.Caller) evidence.Tri {
	switch c.Kind {
	case request.Service, request.OIDC, request.SAML:
		return evidence.False
	default: // of an account
	}
	if c.Account == "" {
		return evidence.Unknown
	}
	if c.Account != p.account || p.otherPartition(c) {
		return evidence.False
	}
	if c.Kind == request.CallerUnknown {
		return evidence.Unknown
	}
	return evidence.True
}

func (p *principal) otherPartition(c *request.Caller) bool {
	rest, ok := strings.CutPrefix(c.ARN, "arn:")
	return p.partition != "" && ok && (len(rest) <= len(p.partition) || rest[len(p.partition)] != ':' || rest[:len(p.partition)] != p.partition)
}

// isARN compares an ARN of the policy with one of the caller, exactly. Where
// the caller's is not known, account and name may still rule it out.
func (p *principal) isARN(c *request.Caller, kind request.CallerKind, got, name string) evidence.Tri {
	if c.Kind != kind && c.Kind != request.CallerUnknown {
		return evidence.False
	}
	if got != "" && c.Kind == kind {
		return evidence.Of(got == p.text)
	}
	if c.Account != "" && c.Account != p.account || name != "" && name != p.name || p.otherPartition(c) {
		return evidence.False
	}
	return evidence.Unknown
}

func isText(c *request.Caller, text, got string, kind request.CallerKind) evidence.Tri {
	if c.Kind != kind && c.Kind != request.CallerUnknown {
		return evidence.False
	}
	if got == "" || c.Kind == request.CallerUnknown {
		return evidence.Unknown
	}
	return evidence.Of(text == got)
}

// isProvider compares a provider: its ARN, or the host of a built-in one.
func (p *principal) isProvider(c *request.Caller) evidence.Tri {
	saml := strings.Contains(p.text, ":saml-provider/")
	switch c.Kind {
	case request.OIDC, request.SAML:
		if saml != (c.Kind == request.SAML) {
			return evidence.False
		}
		got := c.Provider
		if got == "" {
			got = c.ARN
		}
		return isText(c, p.text, got, c.Kind)
	case request.CallerUnknown:
		return evidence.Unknown
	default:
		return evidence.False
	}
}

// roleName is the name of the role behind a session, from its session ARN
// where it is not given: arn:P:sts::A:assumed-role/NAME/SESSION.
func roleName(c *request.Caller) string {
	if c.RoleName != "" {
		return c.RoleName
	}
	if _, rest, ok := strings.Cut(c.ARN, ":assumed-role/"); ok {
		name, _, _ := strings.Cut(rest, "/")
		return name
	}
	return ""
}

// PrincipalMatch says whether one value of a Principal element names the
// caller, and in which class of grant.
func PrincipalMatch(c *request.Caller, p *policy.Principal) (Grant, evidence.Tri) {
	compiled := compilePrincipal(p)
	return compiled.names(c)
}
