package locale

import "testing"

// TestSubjectParts: the headline names the part that differs, of every value
// that the policy accepts for this repository.
func TestSubjectParts(t *testing.T) {
	for _, c := range []struct {
		name, kind, got string
		wanted          []string
		want, has       string // empty where the part cannot be told
	}{
		{"branch", "branch", "repo:o/r:ref:refs/heads/x", []string{"repo:o/r:ref:refs/heads/main"}, "branch main", "branch x"},
		{"tag", "tag", "repo:o/r:ref:refs/tags/v1", []string{"repo:o/r:ref:refs/heads/*"}, "a branch", "tag v1"},
		{"environment with colon", "environment", "repo:o/r:environment:eu:1", []string{"repo:o/r:environment:us"}, "environment us", "environment eu:1"},
		{"other repository left out", "branch", "repo:o/r:ref:refs/heads/x", []string{"repo:o/s:*", "repo:o/r:ref:refs/heads/main"}, "branch main", "branch x"},
		{"pattern for all", "branch", "repo:o/r:ref:refs/heads/x", []string{"repo:o/*:y"}, "", ""},
		{"repository", "repo", "repo:o/s:pull_request", []string{"repo:o/r:*", "repo:o/q:*"}, "repository o/r or repository o/q", "repository o/s"},
		{"project", "repo", "project_path:g/q:ref_type:branch:ref:main", []string{"project_path:g/p:*"}, "project g/p", "project g/q"},
		{"GitLab tag", "tag", "project_path:g/p:ref_type:tag:ref:v1", []string{"project_path:g/p:ref_type:branch:ref:main"}, "branch main", "tag v1"},
		{"any type of ref", "tag", "project_path:g/p:ref_type:tag:ref:v1", []string{"project_path:g/p:ref_type:*:ref:main"}, "", ""},
		{"namespace", "namespace", "system:serviceaccount:a:x", []string{"system:serviceaccount:b:x"}, "namespace b", "namespace a"},
		{"phase", "run_phase", "organization:o:project:p:workspace:w:run_phase:plan", []string{"organization:o:project:p:workspace:w:run_phase:apply"}, "phase apply", "phase plan"},
		{"no form of its own", "branch", "x", []string{"y"}, "", ""},
	} {
		cause := &Cause{Detail: Detail{Kind: c.kind, Got: c.got}, Condition: Condition{Wanted: c.wanted}}
		want, has, ok := eng.subjects(cause)
		if want != c.want || has != c.has || ok != (c.want != "") {
			t.Errorf("%s: %q and %q, %t", c.name, want, has, ok)
		}
	}
}
