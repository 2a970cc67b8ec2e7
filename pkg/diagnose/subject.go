package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
)

// subjectDetail names the part of a token's subject that differs from the
// nearest of those wanted. Where a value is refused because it is the one named
// there is no difference to tell.
func subjectDetail(t *eval.ConditionTrace, deny bool) Detail {
	got := single(t.Key.Values)
	if !lacksValue(t, deny) {
		return Detail{Got: got}
	}
	op, _ := eval.ParseOperator(t.Condition.Operator)
	d, score := Detail{Got: got}, -1
	for _, it := range t.Condition.Values {
		kind := subjectKind(it.Text, got)
		if op.Family != eval.FamilyStringLike && strings.ContainsAny(it.Text, "*?") && matches(it.Text, got) {
			kind = "wildcard"
		}
		if n := slices.Index(subjectKinds, kind); n > score {
			d, score = Detail{Kind: kind, Nearest: it.Text, Wanted: it.Text, Got: got}, n
		}
	}
	return d
}

// subjectKinds are the kinds of difference, the nearest last.
var subjectKinds = []string{
	"", "organization", "project", "namespace", "repo", "workspace", "service_account", "run_phase",
	"pull_request", "environment", "tag", "branch", "immutable_id", "case", "wildcard",
}

// subjectKind compares two subjects part by part: those of GitHub
// ("repo:OWNER/NAME:ref:..."), of a Kubernetes service account
// ("system:serviceaccount:NAMESPACE:NAME"), of GitLab ("project_path:GROUP/NAME:
// ref_type:TYPE:ref:NAME") and of HCP Terraform ("organization:...:project:...").
func subjectKind(wanted, got string) string {
	if matches(strings.ToLower(wanted), strings.ToLower(got)) {
		return "case"
	}
	w, g := strings.Split(wanted, ":"), strings.Split(got, ":")
	if len(w) < 2 || len(g) < 3 || w[0] != g[0] {
		return ""
	}
	switch {
	case w[0] == "repo":
		return githubKind(w, g)
	case strings.HasPrefix(wanted, "system:serviceaccount:") && len(w) > 3 && len(g) > 3:
		if !matches(w[2], g[2]) {
			return "namespace"
		}
		return "service_account"
	case w[0] == "project_path":
		return gitlabKind(w, g)
	case w[0] == "organization":
		return byLabel(w, g)
	}
	return ""
}

func githubKind(w, g []string) string {
	switch {
	case !matches(w[1], g[1]):
		wn, wid := withoutIDs(w[1])
		gn, gid := withoutIDs(g[1])
		if wid != gid && matches(strings.ToLower(wn), strings.ToLower(gn)) {
			return "immutable_id"
		}
		return "repo"
	case len(w) < 3:
		return ""
	case (g[2] == "pull_request") != (w[2] == "pull_request"):
		return "pull_request"
	case w[2] == "environment" || g[2] == "environment":
		return "environment"
	case w[2] != "ref" || g[2] != "ref" || len(w) < 4 || len(g) < 4 || matches(w[3], g[3]):
		return ""
	case isTag(w[3]) || isTag(g[3]):
		return "tag"
	}
	return "branch"
}

func isTag(ref string) bool { return strings.HasPrefix(ref, "refs/tags/") }

// withoutIDs is owner and repository by their names alone, and whether they had
// ids (GitHub Docs, "OpenID Connect reference", immutable subjects).
func withoutIDs(repo string) (names string, ids bool) {
	owner, name, _ := strings.Cut(repo, "/")
	owner, _, first := strings.Cut(owner, "@")
	name, _, second := strings.Cut(name, "@")
	return owner + "/" + name, first || second
}

func gitlabKind(w, g []string) string {
	if !matches(w[1], g[1]) {
		return "repo"
	}
	wt, gt := labelOf(w, "ref_type"), labelOf(g, "ref_type")
	switch {
	case wt == "" || gt == "":
		return ""
	case !matches(wt, gt), gt == "tag":
		return "tag"
	}
	return "branch"
}

// byLabel names the first label whose value differs.
func byLabel(w, g []string) string {
	for _, label := range []string{"organization", "project", "workspace", "run_phase"} {
		if a, b := labelOf(w, label), labelOf(g, label); a != "" && b != "" && !matches(a, b) {
			return label
		}
	}
	return ""
}

// labelOf is what follows a label in "label:value:label:value".
func labelOf(parts []string, label string) string {
	for i := 0; i+1 < len(parts); i += 2 {
		if parts[i] == label {
			return parts[i+1]
		}
	}
	return ""
}
