package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// resourceDetail says how the nearest resource of a statement differs from the
// role, and how near it is: "case", "path", "name", "account", or "pattern"
// where it fits none of these.
func (v view) resourceDetail(s *eval.StatementTrace) (Detail, int) {
	role := v.q.Request.Role
	best, score := Detail{Kind: "pattern", Got: role.ARN}, -1
	if s.Statement.NotResource {
		if len(s.Statement.Resources) > 0 {
			best.Nearest, best.Wanted = s.Statement.Resources[0].Text, s.Statement.Resources[0].Text
		}
		return best, score
	}
	for _, it := range s.Statement.Resources {
		kind, n := likeResource(it, role.ARN)
		if n > score {
			best, score = Detail{Kind: kind, Nearest: it.Text, Wanted: it.Text, Got: role.ARN}, n
		}
	}
	return best, score
}

// likeResource names the one difference between a resource and the role, and
// how near it is.
func likeResource(it policy.Item, role string) (string, int) {
	w, ok := arn.Parse(it.Text)
	g, _ := arn.Parse(role)
	if !ok || !matches(w.Service, g.Service) || !matches(w.Region, g.Region) || !matches(w.Partition, g.Partition) {
		return "pattern", 0
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
		kind := principalARNKind(it.Text, got, v.q.Request.Caller.ARN)
		if d.Nearest == "" || kind != "" && d.Kind == "" {
			d.Kind, d.Nearest, d.Wanted = kind, it.Text, it.Text
		}
	}
	return d
}

func principalARNKind(wanted, got, session string) string {
	wp, wn := arn.RoleName(wanted)
	_, gn := arn.RoleName(got)
	sameAccount := matches(accountOf(wanted), accountOf(got))
	switch {
	case matches(wanted, session) && wanted != got:
		return "session_arn"
	case wn != "" && ssoName(wn) != "" && ssoName(wn) == ssoName(gn):
		return "sso_suffix"
	case matches(strings.ToLower(wanted), strings.ToLower(got)):
		return "case"
	case wn == "" || strings.HasPrefix(wn, "*") || !strings.Contains(wp, ":") || !matches(wn, gn):
		return ""
	case sameAccount:
		return "path"
	}
	return "account"
}

// subjectDetail names the part of a token's subject that differs from the
// nearest of those wanted.
func subjectDetail(t *eval.ConditionTrace) Detail {
	got := single(t.Key.Values)
	d, score := Detail{Got: got}, -1
	for _, it := range t.Condition.Values {
		kind := subjectKind(it.Text, got)
		if n := slices.Index(subjectKinds, kind); n > score {
			d, score = Detail{Kind: kind, Nearest: it.Text, Wanted: it.Text, Got: got}, n
		}
	}
	return d
}

// subjectKinds are the kinds of difference, the nearest last.
var subjectKinds = []string{
	"", "namespace", "repo", "service_account", "pull_request", "environment", "branch", "immutable_id", "case",
}

// subjectKind compares two subjects of GitHub ("repo:OWNER/NAME:ref:...") or
// of a Kubernetes service account ("system:serviceaccount:NAMESPACE:NAME")
// part by part.
func subjectKind(wanted, got string) string {
	if matches(strings.ToLower(wanted), strings.ToLower(got)) {
		return "case"
	}
	w, g := strings.Split(wanted, ":"), strings.Split(got, ":")
	switch {
	case w[0] == "repo" && g[0] == "repo" && len(w) > 2 && len(g) > 2:
		return githubKind(w, g)
	case strings.HasPrefix(wanted, "system:serviceaccount:") && len(w) > 3 && len(g) > 3:
		if !matches(w[2], g[2]) {
			return "namespace"
		}
		return "service_account"
	}
	return ""
}

func githubKind(w, g []string) string {
	switch {
	case strings.Contains(g[1], "@") && !strings.Contains(w[1], "@"):
		return "immutable_id"
	case !matches(w[1], g[1]):
		return "repo"
	case g[2] == "pull_request":
		return "pull_request"
	case w[2] == "environment" || g[2] == "environment":
		return "environment"
	}
	return "branch"
}
