package report

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// TestFailing: the values are those of the first element that is as the whole
// statement is, and none of a statement that matches or excludes its values.
func TestFailing(t *testing.T) {
	items := func(list ...string) []policy.Item {
		var out []policy.Item
		for _, s := range list {
			out = append(out, policy.Item{Text: s})
		}
		return out
	}
	of := func(edit func(*policy.Statement), match, principal, action, resource evidence.Tri) *eval.StatementTrace {
		st := &policy.Statement{Actions: items("sts:TagSession"), Resources: items("arn:a", "arn:b")}
		st.Principals = []policy.Principal{{Type: "AWS", Item: policy.Item{Text: "arn:carol"}}}
		edit(st)
		return &eval.StatementTrace{Statement: st, Match: match, Principal: principal, Action: action, Resource: resource}
	}
	none := func(*policy.Statement) {}
	yes, no, unknown := evidence.True, evidence.False, evidence.Unknown
	for _, test := range []struct {
		name  string
		trace *eval.StatementTrace
		want  []string
	}{
		{"no statement", &eval.StatementTrace{}, nil},
		{"matches", of(none, yes, yes, yes, yes), nil},
		{"principal", of(none, no, no, no, no), []string{"arn:carol"}},
		{"action", of(none, no, yes, no, yes), []string{"sts:TagSession"}},
		{"resource", of(none, no, yes, unknown, no), []string{"arn:a", "arn:b"}},
		{"unknown", of(none, unknown, yes, yes, unknown), []string{"arn:a", "arn:b"}},
		{"condition alone", of(none, no, yes, yes, yes), nil},
		{"NotPrincipal", of(func(s *policy.Statement) { s.NotPrincipal = true }, no, no, yes, yes), nil},
		{"NotAction", of(func(s *policy.Statement) { s.NotAction = true }, no, yes, no, yes), nil},
		{"NotResource", of(func(s *policy.Statement) { s.NotResource = true }, no, yes, yes, no), nil},
		{"many", of(func(s *policy.Statement) { s.Actions = make([]policy.Item, 30) }, no, yes, no, yes), make([]string, maxTrusted)},
	} {
		if diff := cmp.Diff(test.want, failing(test.trace)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}
