package diagnose

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// TestTelling: of several conditions of a Deny the one is shown that says why;
// those that spare services or callers stand back.
func TestTelling(t *testing.T) {
	type c struct {
		operator, key string
		result        evidence.Tri
	}
	tests := []struct {
		name string
		list []c
		want int
	}{
		{"none", nil, -1},
		{"one", []c{{"StringNotEquals", "aws:PrincipalArn", evidence.True}}, 0},
		{"services spared", []c{{"BoolIfExists", "aws:PrincipalIsAWSService", evidence.True}, {"StringNotEqualsIfExists", "aws:PrincipalOrgID", evidence.True}}, 1},
		{"callers spared", []c{{"StringNotEquals", "aws:PrincipalOrgID", evidence.True}, {"ArnNotLike", "aws:PrincipalArn", evidence.True}}, 0},
		{"both spared", []c{{"Bool", "aws:ViaAWSService", evidence.True}, {"NotIpAddress", "aws:SourceIp", evidence.True}, {"StringNotEquals", "aws:PrincipalAccount", evidence.True}}, 1},
		{"unknown one", []c{{"StringNotLike", "aws:SourceVpce", evidence.True}, {"Null", "sts:ExternalId", evidence.Unknown}}, 1},
		{"two reasons", []c{{"StringNotLike", "aws:SourceVpce", evidence.True}, {"Null", "sts:ExternalId", evidence.True}}, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &eval.StatementTrace{Policy: policy.New(policy.Meta{}, []byte(`{}`)), Statement: &policy.Statement{}}
			for _, x := range test.list {
				s.Conditions = append(s.Conditions, eval.ConditionTrace{Condition: &policy.Condition{Operator: x.operator, Key: x.key}, Result: x.result})
			}
			v := view{plain: &eval.LayerTrace{Statements: []eval.StatementTrace{*s}}}
			got := -1
			if c := v.telling(s); c != nil {
				for i := range s.Conditions {
					if c == &s.Conditions[i] {
						got = i
					}
				}
			}
			if got != test.want {
				t.Errorf("condition %d, want %d", got, test.want)
			}
		})
	}
}
