package eval_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

const allowAll = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`

// layerOf is a set of one level.
func layerOf(kind policy.Kind, documents ...string) eval.Set {
	level := eval.Level{}
	for _, d := range documents {
		level.Policies = append(level.Policies, policy.New(policy.Meta{Kind: kind, Name: string(kind)}, []byte(d)))
	}
	return eval.Set{State: eval.SetApplies, Levels: []eval.Level{level}}
}

// quiet are policies of a call without organization, endpoint, boundary or
// session policy.
func quiet(trust, identity string) *eval.Policies {
	exempt := func(why eval.Exempt) eval.Set { return eval.Set{State: eval.SetExempt, Why: why} }
	return &eval.Policies{
		VPCE: exempt(eval.NoEndpoint), RCP: exempt(eval.NoOrganization), SCP: exempt(eval.NoOrganization),
		Boundary: exempt(eval.NoBoundary), Session: exempt(eval.NoSessionPolicy),
		Trust: layerOf(policy.KindTrust, trust), Identity: layerOf(policy.KindIdentity, identity),
	}
}

// call is alice of one account on a role of another.
func call(roleAccount string, actions ...string) *request.Request {
	r := &request.Request{
		Caller: request.Caller{
			Kind: request.User, Account: "111111111111", ARN: "arn:aws:iam::111111111111:user/alice", UserName: "alice",
		},
		Role: request.Role{
			ARN: "arn:aws:iam::" + roleAccount + ":role/Target", Partition: "aws", Account: roleAccount,
			Path: "/", Name: "Target", IsRole: true,
		},
		Keys: request.NewKeys([]request.Key{
			{Name: "sts:ExternalId", State: request.KeyUnknown, Usually: request.KeyAbsent},
			{Name: "aws:username", State: request.KeyPresent, Values: []string{"alice"}},
		}, nil, request.Key{State: request.KeyAbsent}),
	}
	for _, a := range actions {
		r.Actions = append(r.Actions, request.Action{Name: a, Applies: evidence.True})
	}
	return r
}

func TestTraceHoldsEveryLayerInOrder(t *testing.T) {
	p := quiet(`{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}]}`, allowAll)
	p.SCP = layerOf(policy.KindSCP, allowAll)
	p.SCP.Levels = append(p.SCP.Levels, eval.Level{Target: "ou-1"})
	tr := eval.Explain(call("222222222222", "sts:AssumeRole"), p)
	type row struct {
		Layer                evidence.Layer
		Index                int
		Needed               eval.Needed
		Why                  eval.Exempt
		Deny, Allow, Missing evidence.Tri
	}
	var got []row
	for _, l := range tr.Actions[0].Layers {
		got = append(got, row{l.Layer, l.Index, l.Needed, l.Why, l.Deny, l.Allow, l.Missing})
	}
	const yes, no = evidence.True, evidence.False
	want := []row{
		{evidence.VPCE, 0, eval.NeededExempt, eval.NoEndpoint, no, yes, no},
		{evidence.RCP, 0, eval.NeededExempt, eval.NoOrganization, no, yes, no},
		{evidence.SCP, 0, eval.NeededYes, "", no, yes, no},
		{evidence.SCP, 1, eval.NeededYes, "", no, no, yes}, // no policy at all: denies
		{evidence.Trust, 0, eval.NeededYes, "", no, yes, no},
		{evidence.Identity, 0, eval.NeededYes, "", no, yes, no},
		{evidence.Boundary, 0, eval.NeededExempt, eval.NoBoundary, no, yes, no},
		{evidence.Session, 0, eval.NeededExempt, eval.NoSessionPolicy, no, yes, no},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if tr.Decision != eval.ImplicitlyDenied || tr.Actions[0].Layer != evidence.SCP {
		t.Errorf("%v at %s", tr.Decision, tr.Actions[0].Layer)
	}
}

// Which statements are kept, and how deep they were looked at.
func TestTraceKeepsWhatCameNear(t *testing.T) {
	p := quiet(`{"Version":"2012-10-17","Statement":[
		{"Sid":"OtherAction","Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:TagSession"},
		{"Sid":"OtherPrincipal","Effect":"Allow","Principal":{"AWS":"333333333333"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
		{"Sid":"ConditionFails","Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:username":"bob","sts:ExternalId":"x"}}},
		{"Sid":"IdleDeny","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:username":"bob"}}},
		{"Sid":"MayDeny","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"x"}}}]}`,
		`{"Version":"2012-10-17","Statement":[
		{"Sid":"OtherService","Effect":"Allow","Action":"s3:*","Resource":"*"},
		{"Sid":"OtherRole","Effect":"Allow","Action":"sts:*","Resource":"arn:aws:iam::*:role/Other"},
		{"Sid":"OtherServiceDeny","Effect":"Deny","Action":"s3:*","Resource":"*"}]}`)
	tr := eval.Explain(call("222222222222", "sts:AssumeRole"), p)
	type row struct {
		Sid                                           string
		Match, Principal, Action, Resource, Condition evidence.Tri
		Conditions                                    int
	}
	got := map[evidence.Layer][]row{}
	for _, l := range tr.Actions[0].Layers {
		for _, s := range l.Statements {
			got[l.Layer] = append(got[l.Layer], row{s.Statement.Sid, s.Match, s.Principal, s.Action, s.Resource, s.Condition, len(s.Conditions)})
		}
	}
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	want := map[evidence.Layer][]row{
		evidence.Trust: {
			{"OtherAction", no, yes, no, yes, maybe, 0},
			{"OtherPrincipal", no, no, yes, yes, maybe, 0},
			{"ConditionFails", no, yes, yes, yes, no, 2},
			{"MayDeny", maybe, yes, yes, yes, maybe, 1},
		},
		evidence.Identity: {{"OtherRole", no, yes, yes, no, maybe, 0}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	c := tr.Actions[0].Layers[3].Statements[2].Conditions
	if c[0].Key.Name != "aws:username" || c[0].Result != no || c[1].State != request.KeyUnknown || c[1].Result != maybe {
		t.Errorf("conditions: %+v", c)
	}
}

func TestNeededFollowsTheGrant(t *testing.T) {
	tests := []struct {
		name, principal             string
		identity, boundary, session eval.Needed
	}{
		{"user", `{"AWS":"arn:aws:iam::111111111111:user/alice"}`, eval.NeededNo, eval.NeededDepends, eval.NeededNo},
		{"star", `"*"`, eval.NeededNo, eval.NeededNo, eval.NeededNo},
		{"account", `{"AWS":"111111111111"}`, eval.NeededYes, eval.NeededYes, eval.NeededYes},
		{"nobody", `{"AWS":"333333333333"}`, eval.NeededDepends, eval.NeededDepends, eval.NeededDepends},
	}
	for _, tt := range tests {
		p := quiet(`{"Statement":[{"Effect":"Allow","Principal":`+tt.principal+`,"Action":"sts:*"}]}`, allowAll)
		p.Boundary, p.Session = layerOf(policy.KindBoundary, allowAll), layerOf(policy.KindSession, allowAll)
		l := eval.Explain(call("111111111111", "sts:AssumeRole"), p).Actions[0].Layers
		if l[4].Needed != tt.identity || l[5].Needed != tt.boundary || l[6].Needed != tt.session {
			t.Errorf("%s: %v %v %v", tt.name, l[4].Needed, l[5].Needed, l[6].Needed)
		}
	}
}

func TestHardRules(t *testing.T) {
	p := quiet(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:*"}]}`, allowAll)
	for kind, want := range map[request.CallerKind]eval.HardRule{
		request.Root: eval.RootCaller, request.FederatedUser: eval.FederationToken, request.User: "",
	} {
		r := call("111111111111", "sts:AssumeRole")
		r.Caller.Kind = kind
		tr := eval.Explain(r, p)
		if tr.HardRule != want || (want != "") != (tr.Decision == eval.ImplicitlyDenied) || eval.Decide(r, p) != tr.Decision {
			t.Errorf("kind %d: %v, %q", kind, tr.Decision, tr.HardRule)
		}
		if want != "" && (tr.Actions[0].Layer != evidence.Caller || tr.Best != eval.ImplicitlyDenied) {
			t.Errorf("kind %d: layer %q, best %v", kind, tr.Actions[0].Layer, tr.Best)
		}
		r = call("111111111111", "sts:GetCallerIdentity")
		r.Caller.Kind = kind
		if tr := eval.Explain(r, &eval.Policies{}); tr.Decision != eval.Allowed || eval.Decide(r, &eval.Policies{}) != eval.Allowed {
			t.Errorf("kind %d: GetCallerIdentity is %v", kind, tr.Decision)
		}
	}
}

func TestNothingKnown(t *testing.T) {
	r := call("222222222222", "sts:AssumeRole")
	tr := eval.Explain(r, &eval.Policies{})
	if tr.Decision != eval.Undetermined || tr.Best != eval.Allowed || tr.Worst != eval.ExplicitlyDenied || tr.Actions[0].Layer != evidence.VPCE {
		t.Errorf("%v %v %v at %q", tr.Decision, tr.Best, tr.Worst, tr.Actions[0].Layer)
	}
	if got := eval.Decide(&request.Request{}, &eval.Policies{}); got != eval.Undetermined {
		t.Errorf("a call without any action is %v", got)
	}
	r.Actions[0].Applies = evidence.Unknown
	if got := eval.Decide(r, &eval.Policies{}); got != eval.Undetermined {
		t.Errorf("nothing that applies for sure: %v", got)
	}
}

func TestWithDefaults(t *testing.T) {
	gap := evidence.Gap{Code: "session_policy", Layer: evidence.Session}
	other := evidence.Gap{Code: "policy", Layer: evidence.Session}
	tests := []struct {
		name string
		set  eval.Set
		want eval.SetState
	}{
		{"only the session policy", eval.Set{Gaps: []evidence.Gap{gap}}, eval.SetExempt},
		{"something else too", eval.Set{Gaps: []evidence.Gap{gap, other}}, eval.SetUnknown},
		{"no reason given", eval.Set{}, eval.SetUnknown},
		{"a policy is known", layerOf(policy.KindSession, allowAll), eval.SetApplies},
	}
	for _, tt := range tests {
		p := &eval.Policies{Session: tt.set}
		if got := p.WithDefaults().Session.State; got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
		if p.Session.State != tt.set.State {
			t.Errorf("%s: the original changed", tt.name)
		}
	}
}

func ExampleExplain() {
	p := quiet(`{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111111111111"},"Action":"sts:AssumeRole"}]}`, allowAll)
	trace := eval.Explain(call("222222222222", "sts:AssumeRole"), p)
	fmt.Println(trace.Decision)
	for _, l := range trace.Actions[0].Layers {
		if l.Needed == eval.NeededYes {
			fmt.Println(l.Layer, "allows:", l.Allow)
		}
	}
	// Output:
	// Allowed
	// trust allows: true
	// identity allows: true
}
