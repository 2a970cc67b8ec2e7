package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// resourceDetail says how the nearest resource of a statement differs from the
// role, and how near it is: "case", "path", "name", "account", or "pattern"
// where it fits none of these.
func (v view) resourceDetail(s *eval.StatementTrace) (Detail, int) {
	role := v.q.Request.Role
	best, score := Detail{Kind: "pattern", Got: role.ARN}, -1
	if s.Statement.NotResource {
		return v.excluded(s), score
	}
	action, variables := v.q.Request.Actions[v.action].Name, s.Policy.Document().Variables()
	for _, it := range s.Statement.Resources {
		wanted := it.Text
		if text, state := eval.Substitute(v.q.Request, action, it.Text, variables); state == request.KeyPresent {
			wanted = text // with the caller's own values for its variables
		}
		kind, n := likeResource(wanted, role.ARN)
		if n > score {
			best, score = Detail{Kind: kind, Nearest: it.Text, Wanted: wanted, Got: role.ARN}, n
		}
	}
	return best, score
}

// excluded is a role that NotResource takes out of a statement: the nearest is
// the pattern that takes it out, and nothing that is wanted.
func (v view) excluded(s *eval.StatementTrace) Detail {
	d := Detail{Kind: "pattern", Got: v.q.Request.Role.ARN}
	action, variables := v.q.Request.Actions[v.action].Name, s.Policy.Document().Variables()
	for _, it := range s.Statement.Resources {
		if eval.ResourceMatch(v.q.Request, action, it.Text, variables, v.usual.Layer) != evidence.False {
			d.Nearest = it.Text
			break
		}
	}
	return d
}

// likeResource names the one difference between a resource and the role, and
// how near it is.
func likeResource(wanted, role string) (string, int) {
	w, ok := arn.Parse(wanted)
	g, _ := arn.Parse(role)
	if ok && sessionOf(w, g) {
		return "pattern", 6
	}
	if !ok || !matches(w.Service, g.Service) || !matches(w.Region, g.Region) || !matches(w.Partition, g.Partition) {
		return "pattern", 0
	}
	if kind, _, _ := strings.Cut(w.Resource, "/"); !strings.ContainsAny(kind, "*?") && kind != "role" {
		return "pattern", 2 // no role at all
	}
	account := matches(w.Account, g.Account)
	resource := matches(w.Resource, g.Resource)
	switch {
	case account && matches(strings.ToLower(w.Resource), strings.ToLower(g.Resource)):
		return "case", 7
	case !account && resource && strings.ContainsAny(w.Resource, "*?"):
		return "account", 1 + nearDigits(w.Account, g.Account)
	case !account && resource:
		return "account", 4 + nearDigits(w.Account, g.Account)
	case !account:
		return "pattern", 0
	case samePathless(w.Resource, g.Resource):
		return "path", 6
	case strings.ContainsAny(w.Resource, "*?"):
		return patternKind(w.Resource, g.Resource), 3
	}
	return "name", 2 + samePrefix(w.Resource, g.Resource)
}

// sessionOf says that an ARN is one of sessions of a role: it stands for no
// role.
func sessionOf(session, role arn.ARN) bool {
	rest, is := strings.CutPrefix(session.Resource, "assumed-role/")
	name, _, _ := strings.Cut(rest, "/")
	_, own := arn.RoleName(strings.TrimPrefix(role.Resource, "role/"))
	return is && session.Service == "sts" && name != "" && matches(session.Account, role.Account) && matches(name, own)
}

// nearDigits prefers an account that differs in a digit or two.
func nearDigits(a, b string) int {
	if Distance(a, b, 2) <= 2 {
		return 1
	}
	return 0
}

// samePathless compares the names alone.
func samePathless(w, g string) bool {
	_, a := arn.RoleName(w)
	_, b := arn.RoleName(g)
	return a != "" && matches(a, b) && !strings.HasPrefix(a, "*")
}

// patternKind: a pattern whose fixed path the role does not have.
func patternKind(w, g string) string {
	fixed, _, _ := strings.Cut(w, "*")
	path, _ := arn.RoleName(g)
	if dir, _ := arn.RoleName(fixed); strings.HasSuffix(w, "/*") && dir != path {
		return "path"
	}
	return "pattern"
}

func samePrefix(a, b string) int {
	pa, _ := arn.RoleName(a)
	pb, _ := arn.RoleName(b)
	if pa == pb {
		return 1
	}
	return 0
}

func matches(pattern, s string) bool { return arn.CompileGlob(pattern).Match(s) }

// principalARNDetail says how a condition on aws:PrincipalArn missed: a
// session ARN where the role's counts, a permission set's old suffix, a path,
// or the case.
func (v view) principalARNDetail(t *eval.ConditionTrace) Detail {
	got := single(t.Key.Values)
	d := Detail{Got: got}
	for _, it := range t.Condition.Values {
		if it.Text == got || wildcards(t.Condition.Operator) && matches(it.Text, got) {
			return Detail{Got: got} // a Deny that means this caller
		}
		kind := principalARNKind(t.Condition.Operator, it.Text, got, v.q.Request.Caller.ARN)
		if d.Nearest == "" || kind != "" && d.Kind == "" {
			d.Kind, d.Nearest, d.Wanted = kind, it.Text, it.Text
		}
	}
	return d
}

func principalARNKind(operator, wanted, got, session string) string {
	wp, wn := arn.RoleName(wanted)
	_, gn := arn.RoleName(got)
	sameAccount := matches(accountOf(wanted), accountOf(got))
	switch {
	case strings.Contains(session, ":assumed-role/") && matches(wanted, session) && !matches(wanted, got):
		return "session_arn"
	case wn != "" && ssoName(wn) != "" && ssoName(wn) == ssoName(gn):
		return "sso_suffix"
	case onlyCase(operator, wanted, got):
		return "case"
	case matches(wanted, got):
		return "" // but for the operator, which has no wildcards
	case wn == "" || strings.HasPrefix(wn, "*") || !strings.Contains(wp, ":") || !matches(wn, gn):
		return ""
	case sameAccount:
		return "path"
	}
	return "account"
}
