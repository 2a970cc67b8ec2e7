package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Principal reads the ARN of a user, a role, a role session or an account's
// root, a service's name or an identity provider, as the caller of a call that
// nobody has made yet. A role stands for a session of it. False when it is
// none of these.
func Principal(who string, e *estate.Estate) (Subject, bool) {
	c := request.Caller{ARN: who}
	readARN(&c)
	role := RoleOf(who)
	switch {
	case role.IsRole:
		c = request.Caller{
			Kind: request.RoleSession, Account: role.Account, RoleARN: who, RoleName: role.Name,
			SessionName: "session", Linked: role.Linked,
			ARN: "arn:" + role.Partition + ":sts::" + role.Account + ":assumed-role/" + role.Name + "/session",
		}
	case c.Kind != request.CallerUnknown:
	case strings.Contains(who, ":oidc-provider/"):
		return Subject{Caller: request.Caller{Kind: request.OIDC, ARN: who, Provider: who}}, true
	case strings.Contains(who, ":saml-provider/"):
		return Subject{Caller: request.Caller{Kind: request.SAML, ARN: who, Provider: who}}, true
	case strings.HasPrefix(who, "arn:"):
		return Subject{}, false
	case request.BuiltInProvider(who):
		return Subject{Caller: request.Caller{Kind: request.OIDC, ARN: who, Provider: who}}, true
	case strings.HasSuffix(who, ".amazonaws.com") || strings.HasSuffix(who, ".amazonaws.com.cn"):
		return Subject{Caller: request.Caller{Kind: request.Service, ARN: who}}, true
	default:
		return Subject{}, false
	}
	c.Chained = c.Kind == request.RoleSession
	identify(&c, e)
	return Subject{Caller: c}, true
}

// identify takes unique id and path from the estate.
func identify(c *request.Caller, e *estate.Estate) {
	acc, ok := e.Account(c.Account).Get()
	if !ok {
		return
	}
	switch c.Kind {
	case request.User:
		if u, ok := acc.User(c.UserName).Get(); ok && u.ARN == c.ARN {
			c.UniqueID, c.PrincipalID = u.ID, u.ID
		}
	case request.RoleSession:
		if r, ok := acc.Role(c.RoleName).Get(); ok {
			if c.RoleARN == "" {
				c.RoleARN = r.ARN
			}
			c.UniqueID, c.PrincipalID = r.ID, r.ID+":"+c.SessionName
		}
	default: // nobody of the estate
	}
}

// Exists says that a caller is a user or a role session whose user or role is
// known, by that name and in that path.
func Exists(c *request.Caller, e *estate.Estate) bool {
	acc, ok := e.Account(c.Account).Get()
	if !ok {
		return false
	}
	switch c.Kind {
	case request.User:
		u, ok := acc.User(c.UserName).Get()
		return ok && u.ARN == c.ARN
	case request.RoleSession:
		r, ok := acc.Role(c.RoleName).Get()
		return ok && (c.RoleARN == "" || r.ARN == c.RoleARN)
	default:
		return false
	}
}

// Missing says that a caller is a user or a role session whose user or role is
// known not to exist, by that name or in that path.
func Missing(c *request.Caller, e *estate.Estate) bool {
	acc, ok := e.Account(c.Account).Get()
	if !ok {
		return false
	}
	switch c.Kind {
	case request.User:
		f := acc.User(c.UserName)
		u, ok := f.Get()
		return f.State() == evidence.Absent || ok && u.ARN != c.ARN
	case request.RoleSession:
		f := acc.Role(c.RoleName)
		r, ok := f.Get()
		return f.State() == evidence.Absent || ok && c.RoleARN != "" && r.ARN != c.RoleARN
	default:
		return false
	}
}
