package eval_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/eval/cases"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

const variants = 64

// benchCase is the representative call: cross account, 25 statements, 12 keys.
func benchCase(tb testing.TB) *cases.Case {
	tb.Helper()
	raw, err := os.ReadFile("testdata/bench-case.json")
	if err != nil {
		tb.Fatal(err)
	}
	c, err := cases.Parse(raw)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// benchKeys are the keys of variant i, which differ in most of their values.
func benchKeys(i int, roleARN, session string) []request.Key {
	external := "ext-7f3a"
	if i%8 == 7 {
		external = fmt.Sprintf("ext-%d", i) // every eighth is denied
	}
	one := func(name, value string) request.Key {
		return request.Key{Name: name, State: request.KeyPresent, Values: []string{value}}
	}
	return []request.Key{
		one("aws:PrincipalArn", roleARN),
		one("aws:PrincipalAccount", "222222222222"),
		one("aws:PrincipalOrgID", "o-abcdef1234"),
		one("aws:PrincipalType", "AssumedRole"),
		one("aws:PrincipalTag/team", fmt.Sprintf("app-%d", i)),
		one("aws:SourceIp", fmt.Sprintf("203.0.113.%d", i)),
		one("aws:SecureTransport", "true"),
		one("aws:CurrentTime", fmt.Sprintf("2026-11-21T12:%02d:00Z", i%60)),
		one("aws:RequestedRegion", []string{"eu-west-1", "eu-central-1", "us-east-1"}[i%3]),
		one("aws:userid", "AROAEXAMPLE:"+session),
		one("sts:ExternalId", external),
		one("sts:RoleSessionName", fmt.Sprintf("deploy-%d", i)),
	}
}

func benchRequest(i int, keys []request.Key, roleARN, session string) *request.Request {
	name := fmt.Sprintf("target-%d", i)
	return &request.Request{
		Caller: request.Caller{
			Kind: request.RoleSession, Account: "222222222222", RoleARN: roleARN,
			ARN:      "arn:aws:sts::222222222222:assumed-role/app-runner/" + session,
			RoleName: "app-runner", SessionName: session,
		},
		Role: request.Role{
			ARN: "arn:aws:iam::111111111111:role/deploy/" + name, Partition: "aws",
			Account: "111111111111", Path: "/deploy/", Name: name, IsRole: true,
		},
		Actions: []request.Action{{Name: "sts:AssumeRole", Applies: evidence.True}},
		Keys:    request.NewKeys(keys, nil, request.Key{State: request.KeyAbsent}),
	}
}

// benchRequests are variants of the call that differ in role, caller and keys.
func benchRequests() []*request.Request {
	out := make([]*request.Request, variants)
	for i := range out {
		roleARN, session := fmt.Sprintf("arn:aws:iam::222222222222:role/app-runner-%d", i), fmt.Sprintf("ci-%d", i)
		out[i] = benchRequest(i, benchKeys(i, roleARN, session), roleARN, session)
	}
	return out
}

func TestBenchRequests(t *testing.T) {
	p := benchCase(t).Policies
	for i, r := range benchRequests() {
		want := eval.Allowed
		if i%8 == 7 {
			want = eval.ImplicitlyDenied
		}
		if got := eval.Decide(r, p); got != want {
			t.Errorf("variant %d is %v, want %v", i, got, want)
		}
	}
}

func BenchmarkDecide(b *testing.B) {
	p, rs := benchCase(b).Policies, benchRequests()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		eval.Decide(rs[i%variants], p)
	}
}

func BenchmarkExplain(b *testing.B) {
	p, rs := benchCase(b).Policies, benchRequests()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		eval.Explain(rs[i%variants], p)
	}
}

func BenchmarkRequest(b *testing.B) {
	keys := make([][]request.Key, variants)
	for i := range keys {
		keys[i] = benchKeys(i, "arn:aws:iam::222222222222:role/app-runner", "ci")
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		benchRequest(i%variants, keys[i%variants], "arn:aws:iam::222222222222:role/app-runner", "ci")
	}
}
