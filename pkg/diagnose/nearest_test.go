package diagnose

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// TestLike: of the wanted values, which comes nearer to the call's.
func TestLike(t *testing.T) {
	const push = "repo:example/app:ref:refs/heads/dev"
	for _, c := range []struct{ got, nearer, farther string }{
		{push, "repo:example/app:ref:refs/heads/main", "repo:example/web:ref:refs/heads/dev"},
		{push, "repo:example/app:pull_request", "repo:example/web:ref:refs/heads/main"},
		{push, "repo:example/ap:ref:refs/heads/dev", "repo:example/web:ref:refs/heads/dev"},
		{push, "repo:Example/app:ref:refs/heads/dev", "repo:example/app:ref:refs/heads/main"},
		{push, "repo:example/app:*", "repo:example/app:ref:refs/heads/deu"},
		{push, "repo:example/*:ref:refs/heads/main", "repo:example/web:ref:refs/heads/dev"},
		{"repo:example@12/app@34:ref:refs/heads/main", "repo:example/app:ref:refs/heads/main", "repo:others/web:ref:refs/heads/main"},
		{"arn:aws:iam::111122223333:role/team/ci", "arn:aws:iam::111122223333:role/team/cd", "arn:aws:iam::444455556666:role/team/ci"},
		{"blue", "blau", "green"},
		{push, push[:20], strings.Repeat("x", maxCompared+1)},
	} {
		a, b := like(c.nearer, c.got), like(c.farther, c.got)
		if !a.nearer(b) || b.nearer(a) {
			t.Errorf("%s: %s %+v, %s %+v", c.got, c.nearer, a, c.farther, b)
		}
	}
	if a := like("x", "y"); a.nearer(a) {
		t.Error("a value is nearer than itself")
	}
}

// TestCompanionLayers: what a companion lacks in several layers comes by layer,
// whatever the policies are called and whichever level has them.
func TestCompanionLayers(t *testing.T) {
	cause := func(l evidence.Layer, level int, name string) Cause {
		return Cause{
			Code: CompanionTagSession, Certainty: evidence.Proved, Layer: l, Level: level,
			Action: "sts:TagSession", Policy: policy.New(policy.Meta{Name: name}, nil),
		}
	}
	list := []Cause{
		cause(evidence.Trust, 0, "a"), cause(evidence.VPCE, 0, "b"), cause(evidence.SCP, 2, "c"), cause(evidence.SCP, 0, "d"),
		cause(evidence.Session, 0, "e"), cause(evidence.Boundary, 0, "f"), cause(evidence.Identity, 0, "g"),
	}
	rank(list)
	var order strings.Builder
	for i := range list {
		order.WriteString(list[i].Policy.Name)
	}
	if got, want := order.String(), "gfedcba"; got != want || !list[0].Primary {
		t.Errorf("order %s, want %s", got, want)
	}
}
