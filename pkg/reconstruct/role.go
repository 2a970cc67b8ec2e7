package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// Limits of IAM on role names and paths, in characters (IAM User Guide, "IAM and
// AWS STS quotas").
const (
	maxName = 64
	maxPath = 512
)

// roleOf is the target as the record names it: the parameters where they are
// logged, else AWS's message, the console's field, or the resources. What the
// message has as its resource is no role unless it was read as one: the caller
// may have written into it. raw is set when it is no role.
func roleOf(r *trail.Record) (role request.Role, raw string) {
	if r.Name == "AssumeRoot" {
		return rootOf(r)
	}
	named := []string{"", r.Hint.RoleARN, r.SwitchTo}
	if r.Params != nil {
		named[0] = r.Params.RoleARN
	}
	for _, res := range r.Resources {
		if res.Type == "AWS::IAM::Role" {
			named = append(named, res.ARN)
		}
	}
	if raw = first(named...); raw == "" && !r.Hint.Cut {
		if !r.Hint.Clean() {
			return role, "" // no ARN has white space in it: where the caller's text ends is not known
		}
		raw = r.Hint.Resource
		role = RoleOf(raw)
		role.IsRole, role.Path, role.Name, role.Linked = false, "", "", false
		return role, raw
	}
	if role = RoleOf(raw); role.IsRole {
		raw = ""
	}
	return role, raw
}

// RoleOf reads a role ARN; with IsRole false where it is none. Account and
// partition of another ARN are read all the same.
func RoleOf(s string) request.Role {
	a, ok := arn.Parse(s)
	if !ok {
		return request.Role{}
	}
	role := request.Role{ARN: s, Partition: a.Partition, Account: a.Account}
	rest, isRole := strings.CutPrefix(a.Resource, "role/")
	i := strings.LastIndexByte(rest, '/')
	path, name := "/"+rest[:i+1], rest[i+1:]
	if a.Service != "iam" || a.Region != "" || !isRole || !isAccount(a.Account) || !isPath(path) || !isName(name) {
		return role
	}
	role.IsRole, role.Path, role.Name = true, path, name
	role.Linked = linked(s)
	return role
}

func isAccount(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// isPath and isName hold text to what IAM allows, so that nothing a caller
// wrote behind a role's ARN is taken for a part of its name
// (IAM User Guide, "IAM and AWS STS quotas", name requirements).
func isPath(s string) bool {
	return len(s) <= maxPath && s != "//" && strings.IndexFunc(s, func(c rune) bool { return c < '!' || c > '~' }) < 0
}

func isName(s string) bool {
	return s != "" && len(s) <= maxName && strings.IndexFunc(s, notOfName) < 0
}

func notOfName(c rune) bool {
	return (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && !strings.ContainsRune("_+=,.@-", c)
}
