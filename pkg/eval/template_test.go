package eval

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// alice is a request with a few keys in every state.
func alice(actions ...string) *request.Request {
	r := &request.Request{
		Caller: request.Caller{
			Kind: request.User, Account: "111111111111",
			ARN: "arn:aws:iam::111111111111:user/dev/alice", UserName: "alice",
		},
		Role: request.Role{
			ARN: "arn:aws:iam::222222222222:role/team/Target", Partition: "aws", Account: "222222222222",
			Path: "/team/", Name: "Target", IsRole: true,
		},
		Keys: request.NewKeys([]request.Key{
			{Name: "aws:username", State: request.KeyPresent, Values: []string{"alice"}},
			{Name: "aws:PrincipalTag/star", State: request.KeyPresent, Values: []string{"*"}},
			{Name: "aws:TagKeys", State: request.KeyPresent, Values: []string{"a"}, Multi: true},
			{Name: "sts:RoleSessionName", State: request.KeyPresentAny},
			{Name: "sts:ExternalId", State: request.KeyUnknown},
			{Name: "aws:SourceVpc", State: request.KeyPresent},
		}, nil, request.Key{State: request.KeyAbsent}),
	}
	for _, a := range actions {
		r.Actions = append(r.Actions, request.Action{Name: a, Applies: evidence.True})
	}
	return r
}

func TestSubstitute(t *testing.T) {
	const present, absent, unknown = request.KeyPresent, request.KeyAbsent, request.KeyUnknown
	tests := []struct {
		text, want string
		state      request.KeyState
	}{
		{"plain", "plain", present},
		{"", "", present},
		{"x-${aws:username}-y", "x-alice-y", present},
		{"${AWS:UserName}", "alice", present},
		{"${*}${?}${$}{}", "*?${}", present},
		{"${aws:PrincipalTag/star}", "*", present},
		{"${aws:PrincipalTag/team}", "${aws:PrincipalTag/team}", absent},
		{"${aws:PrincipalTag/team, 'all teams'}", "all teams", present},
		{"${aws:PrincipalTag/team, 'a}b'}", "a}b", present},
		{"${aws:username, 'nobody'}", "alice", present},
		{"${aws:SourceVpc, 'none'}", "none", present},
		{"a${sts:ExternalId}b", "a*b", unknown},
		{"${sts:RoleSessionName}", "*", unknown},
		{"${sts:ExternalId, 'x'}", "*", unknown},
		{"${aws:TagKeys}", "*", unknown}, // only single-valued keys are variables
		{"${aws:username", "*", unknown},
		{"${}", "*", unknown},
		{"${aws:username, nobody}", "*", unknown},
		{"${aws:PrincipalTag/${aws:username}}", "*", unknown},
		{"x-${aws:${aws:username}}-${aws:username}", "*", unknown},
		{"$aws:username", "$aws:username", present},
	}
	r := alice("sts:AssumeRole")
	for _, tt := range tests {
		got, state := Substitute(r, "sts:AssumeRole", tt.text, true)
		if got != tt.want || state != tt.state {
			t.Errorf("Substitute(%q) = %q, %v, want %q, %v", tt.text, got, state, tt.want, tt.state)
		}
		if got, state := Substitute(r, "sts:AssumeRole", tt.text, false); got != tt.text || state != present {
			t.Errorf("without variables %q became %q, %v", tt.text, got, state)
		}
	}
}

func TestTemplateMatches(t *testing.T) {
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	tests := []struct {
		text, got string
		want      evidence.Tri
	}{
		{"a${*}b", "a*b", yes},
		{"a${*}b", "axb", no},
		{"a*${aws:username}", "ax-alice", yes},
		{"${aws:PrincipalTag/star}", "anything", no}, // a value is no wildcard
		{"${aws:PrincipalTag/star}", "*", yes},
		{"${aws:PrincipalTag/team}", "", no},
		{"ext-${sts:ExternalId}", "ext-1", maybe},
		{"ext-${sts:ExternalId}", "other", no},
		{"${sts:ExternalId}${aws:PrincipalTag/team}", "x", no},
		{"*", "", yes},
	}
	e := forAction(alice(), "sts:AssumeRole")
	for _, tt := range tests {
		c := newTemplate(tt.text, true, true)
		if got := e.matches(&c, tt.got); got != tt.want {
			t.Errorf("%q on %q: %v, want %v", tt.text, tt.got, got, tt.want)
		}
	}
}

func TestResourceMatch(t *testing.T) {
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	tests := []struct {
		text  string
		layer evidence.Layer
		want  evidence.Tri
		some  evidence.Tri // when the role is not known
	}{
		{"*", evidence.Identity, yes, yes},
		{"arn:aws:iam::222222222222:role/team/Target", evidence.Identity, yes, maybe},
		{"arn:aws:iam::222222222222:role/Target", evidence.Identity, no, maybe},
		{"arn:aws:iam::222222222222:role/*", evidence.Identity, yes, maybe}, // of another account, perhaps
		{"arn:*:iam::*:role/*", evidence.Identity, yes, yes},
		{"arn:aws:iam::*:role/team/?arget", evidence.SCP, yes, maybe},
		{"arn:aws:iam::*:user/*", evidence.SCP, no, no},
		{"arn:aws:s3:::bucket", evidence.Identity, no, no},
		{"arn:aws:iam", evidence.Identity, yes, maybe},
		{"arn:aws:iam", evidence.Session, maybe, maybe},
		{"arn:aws:sqs", evidence.Identity, no, maybe},
		{"arn:aws:iam::*", evidence.Identity, yes, maybe},
		{"arn:aws:*:role/team/Target", evidence.Identity, maybe, maybe},
		{"*Target", evidence.Identity, maybe, maybe},
		{"*Other", evidence.Identity, no, maybe},
		{"arn:aws:iam::222222222222:role/${aws:PrincipalTag/team}/Target", evidence.Identity, no, maybe},
		{"arn:aws:iam::222222222222:role/${sts:ExternalId}/Target", evidence.Identity, maybe, maybe},
		{"arn:aws:iam::${aws:username}:role/team/Target", evidence.Identity, maybe, maybe}, // before the fifth colon
		{"", evidence.Identity, no, maybe},
	}
	r, nobody := alice("sts:AssumeRole"), alice("sts:AssumeRole")
	nobody.Role = request.Role{}
	for _, tt := range tests {
		if got := ResourceMatch(r, "sts:AssumeRole", tt.text, true, tt.layer); got != tt.want {
			t.Errorf("%q in %s: %v, want %v", tt.text, tt.layer, got, tt.want)
		}
		if got := ResourceMatch(nobody, "sts:AssumeRole", tt.text, true, tt.layer); got != tt.some {
			t.Errorf("%q in %s, role unknown: %v, want %v", tt.text, tt.layer, got, tt.some)
		}
	}
	if ResourceMatch(r, "sts:AssumeRole", "*", true, evidence.Platform) != maybe {
		t.Error("a layer without policies")
	}
}

// TestAlignedPattern: a pattern that is written out as far as the fifth colon
// is matched as a whole, and says what its segments say.
func TestAlignedPattern(t *testing.T) {
	r := &request.Request{Keys: request.NewKeys([]request.Key{
		{Name: "aws:username", State: request.KeyPresent, Values: []string{"alice"}},
		{Name: "aws:PrincipalTag/team", State: request.KeyAbsent},
	}, nil, request.Key{})}
	e := newEvaluator(r, &Policies{}, nil)
	names := []string{"", "role/a", "role/*", "role/?", "role/${aws:username}", "role/${aws:username}-*", "role/${aws:PrincipalTag/team}", "role/${aws:userid}", "role/${*}", "*", "a:*:b"}
	texts := []string{
		"", "role/a", "arn:aws:iam::111111111111:role/alice", "arn:aws:iam::111111111111:role/alice-1", "arn:aws:iam::111111111111:role/*",
		"arn:aws:iam::111111111111:a:x:b", "arn:aws:iam::222222222222:role/a", "arn:aws:iam::111111111111", "arn:aws:iam::111111111111:", "x:arn:aws:iam::111111111111:role/a",
	}
	for _, name := range names {
		p := newARNPattern("arn:aws:iam::111111111111:"+name, true)
		if !p.aligned {
			t.Fatalf("%q is not aligned", name)
		}
		for _, text := range texts {
			segments, ok := arn.Split(text)
			if got, want := e.matchesARN(p, text), e.matchesSegments(p, &segments, ok, text); got != want {
				t.Errorf("%q on %q: %v as a whole, %v by segments", name, text, got, want)
			}
		}
	}
}
