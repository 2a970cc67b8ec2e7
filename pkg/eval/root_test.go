package eval_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestRoot: AssumeRoot is about an account's root user, which has no trust
// policy. The caller's own layers decide, in another account as in the same.
func TestRoot(t *testing.T) {
	const allow, silent = `{"Statement":{"Effect":"Allow","Action":"sts:AssumeRoot","Resource":"*"}}`, `{"Statement":[]}`
	set := func(kind policy.Kind, text string) eval.Set {
		return eval.Set{State: eval.SetApplies, Levels: []eval.Level{{Policies: []*policy.Policy{policy.New(policy.Meta{Kind: kind, Name: string(kind)}, []byte(text))}}}}
	}
	for _, target := range []string{"111111111111", "222222222222"} {
		for _, c := range []struct {
			name, identity, scp string
			want                eval.Decision
		}{
			{"allowed", allow, allow, eval.Allowed},
			{"identity silent", silent, allow, eval.ImplicitlyDenied},
			{"SCP silent", allow, silent, eval.ImplicitlyDenied},
		} {
			t.Run(target+" "+c.name, func(t *testing.T) {
				none := eval.Set{State: eval.SetExempt, Why: eval.NotRoleAction}
				p := &eval.Policies{
					VPCE: none, RCP: none, Trust: none, Boundary: none, Session: none,
					Identity: set(policy.KindIdentity, c.identity), SCP: set(policy.KindSCP, c.scp),
				}
				r := &request.Request{
					Caller:  request.Caller{Kind: request.User, ARN: "arn:aws:iam::111111111111:user/bob", Account: "111111111111"},
					Role:    request.Role{ARN: "arn:aws:iam::" + target + ":root", Account: target},
					Actions: []request.Action{{Name: "sts:AssumeRoot", Applies: evidence.True}},
				}
				trace := eval.Explain(r, p)
				if trace.Decision != c.want || eval.Decide(r, p) != c.want {
					t.Errorf("explained %v, decided %v, want %v", trace.Decision, eval.Decide(r, p), c.want)
				}
				for _, l := range trace.Actions[0].Layers {
					if l.Layer == evidence.Identity && l.Needed != eval.NeededYes {
						t.Errorf("identity needed %v", l.Needed)
					}
				}
			})
		}
	}
}
