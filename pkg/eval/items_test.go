package eval

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Values that a key certainly does not have narrow what it may be.
func TestNever(t *testing.T) {
	for _, tt := range []struct {
		op, value string
		state     request.KeyState
		want      evidence.Tri
	}{
		{"StringEquals", "o-ours", request.KeyUnknown, no},
		{"StringEquals", "o-ours", request.KeyPresentAny, no},
		{"StringEquals", "o-theirs", request.KeyUnknown, maybe},
		{"StringNotEquals", "o-ours", request.KeyUnknown, yes}, // absent or another
		{"StringEqualsIfExists", "o-ours", request.KeyUnknown, maybe},
		{"StringLike", "o-*", request.KeyUnknown, maybe},
		{"StringLike", "no-*", request.KeyUnknown, no},
		{"StringEqualsIgnoreCase", "o-ours", request.KeyUnknown, maybe}, // O-OURS is not ruled out
		{"StringEquals", "${aws:username}", request.KeyUnknown, maybe},
	} {
		r := &request.Request{Keys: request.NewKeys([]request.Key{
			{Name: "k", State: tt.state, Bounds: &request.Bounds{Never: []string{"o-ours"}, NeverPrefix: "no-"}},
			{Name: "aws:username", State: request.KeyPresent, Values: []string{"x"}},
		}, nil, request.Key{State: request.KeyAbsent})}
		c := compileCondition(&policy.Condition{Operator: tt.op, Key: "k", Values: []policy.Item{{Text: tt.value}}}, true)
		if got := forAction(r, "sts:AssumeRole").condition(&c, r.Keys.Get("k"), tt.state); got != tt.want {
			t.Errorf("%s %q, key %v: %v, want %v", tt.op, tt.value, tt.state, got, tt.want)
		}
	}
	r := &request.Request{Keys: request.NewKeys([]request.Key{
		{Name: "mfa", Bounds: &request.Bounds{Never: []string{"true"}}},
	}, nil, request.Key{State: request.KeyAbsent})}
	for value, want := range map[string]evidence.Tri{"true": no, "false": maybe} {
		c := compileCondition(&policy.Condition{Operator: "Bool", Key: "mfa", Values: []policy.Item{{Text: value}}}, true)
		if got := forAction(r, "sts:AssumeRole").condition(&c, r.Keys.Get("mfa"), request.KeyUnknown); got != want {
			t.Errorf("Bool %s: %v, want %v", value, got, want)
		}
	}
}

// A number that is not known, but not greater than a bound, settles what every
// number from nought to it agrees on.
func TestAtMost(t *testing.T) {
	for _, tt := range []struct {
		op, value string
		want      evidence.Tri
	}{
		{"NumericLessThan", "3600", yes},
		{"NumericLessThan", "600", maybe},
		{"NumericLessThan", "0", no},
		{"NumericLessThanEquals", "600", yes},
		{"NumericLessThanEquals", "599", maybe},
		{"NumericGreaterThan", "600", no},
		{"NumericGreaterThan", "599.5", maybe},
		{"NumericGreaterThan", "-1", yes},
		{"NumericGreaterThanEquals", "601", no},
		{"NumericEquals", "601", no},
		{"NumericEquals", "600", maybe},
		{"NumericEquals", "-1", no},
		{"NumericNotEquals", "601", yes},
		{"NumericNotEquals", "300", maybe},
		{"NumericLessThan", "soon", maybe},
		{"NumericLessThanIfExists", "3600", yes},
		{"DateLessThan", "3600", maybe},
		{"StringEquals", "601", maybe},
	} {
		k := request.Key{Name: "k", State: request.KeyPresentAny, Bounds: &request.Bounds{AtMost: "600"}}
		r := &request.Request{Keys: request.NewKeys([]request.Key{k}, nil, request.Key{State: request.KeyAbsent})}
		c := compileCondition(&policy.Condition{Operator: tt.op, Key: "k", Values: []policy.Item{{Text: tt.value}}}, true)
		if got := forAction(r, "sts:AssumeRole").condition(&c, r.Keys.Get("k"), k.State); got != tt.want {
			t.Errorf("%s %s: %v, want %v", tt.op, tt.value, got, tt.want)
		}
	}
}

func TestActionMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, action string
		want            bool
	}{
		{"sts:AssumeRole", "sts:AssumeRole", true},
		{"STS:assumerole", "sts:AssumeRole", true},
		{"sts:AssumeRole", "sts:AssumeRoleWithSAML", false},
		{"sts:AssumeRole*", "sts:AssumeRoleWithSAML", true},
		{"*", "s3:GetObject", true},
		{"sts:?ssumeRole", "sts:AssumeRole", true},
		{"AssumeRole", "sts:AssumeRole", false},
	} {
		if ActionMatch(tt.pattern, tt.action) != tt.want {
			t.Errorf("%q on %q", tt.pattern, tt.action)
		}
		s := &policy.Statement{Actions: []policy.Item{{Text: tt.pattern}}}
		a := compileActions(s)
		e := forAction(alice(), tt.action)
		if e.action(&a) != evidence.Of(tt.want) {
			t.Errorf("compiled: %q on %q", tt.pattern, tt.action)
		}
		s.NotAction = true
		a = compileActions(s)
		if e.action(&a) != evidence.Of(!tt.want) {
			t.Errorf("NotAction %q on %q", tt.pattern, tt.action)
		}
	}
	var none actionSet
	none.none = true
	if forAction(alice(), "sts:AssumeRole").action(&none) != maybe {
		t.Error("a statement without Action is unknown")
	}
}

// The table of request keys in companion authorizations, row by row.
func TestCompanionKeys(t *testing.T) {
	const pass, unk, gone = request.KeyPresent, request.KeyUnknown, request.KeyAbsent
	tests := []struct {
		key                      string
		kind                     request.CallerKind
		tag, sourceID, setContex request.KeyState
	}{
		{"sts:ExternalId", request.User, unk, unk, unk},
		{"sts:RoleSessionName", request.User, unk, gone, unk},
		{"aws:RequestTag/team", request.User, pass, gone, unk},
		{"aws:TagKeys", request.User, pass, gone, unk},
		{"sts:TransitiveTagKeys", request.User, pass, gone, unk},
		{"sts:SourceIdentity", request.User, unk, pass, unk},
		{"sts:RequestContext/x", request.User, unk, unk, pass},
		{"saml:aud", request.SAML, pass, unk, unk},
		{"saml:sub", request.SAML, unk, unk, unk},
		{"gitlab.com:sub", request.OIDC, unk, unk, unk},
		{"saml:sub", request.RoleSession, pass, pass, pass}, // of the session that calls
		{"aws:username", request.User, pass, pass, pass},
		{"aws:PrincipalTag/team", request.User, pass, pass, pass},
		{"aws:ResourceTag/team", request.User, pass, pass, pass},
		{"aws:SourceIdentity", request.User, pass, pass, pass},
	}
	for _, tt := range tests {
		r := alice()
		r.Caller.Kind = tt.kind
		r.Keys = request.NewKeys([]request.Key{{Name: tt.key, State: pass, Values: []string{"x"}}}, nil, request.Key{State: gone})
		for action, want := range map[string]request.KeyState{
			"sts:AssumeRole": pass, "sts:AssumeRoleWithSAML": pass, "s3:GetObject": pass,
			"sts:TagSession": tt.tag, "sts:SetSourceIdentity": tt.sourceID, "sts:SetContext": tt.setContex,
		} {
			if _, got := KeyOf(r, action, tt.key); got != want {
				t.Errorf("%s in %s: %v, want %v", tt.key, action, got, want)
			}
			if _, got := KeyOf(r, action, "sts:RequestContextProviders"); got != gone {
				t.Errorf("what was not passed is absent from %s: %v", action, got)
			}
		}
	}
}

func TestNotes(t *testing.T) {
	r := alice("sts:AssumeRole")
	r.Caller.Kind = request.RoleSession
	r.Keys = request.NewKeys([]request.Key{
		{Name: "aws:TagKeys", State: request.KeyPresent, Values: []string{"a"}, Multi: true},
		{Name: "aws:MultiFactorAuthPresent"},
		{Name: "aws:SourceVpcArn", State: request.KeyPresent, Values: []string{"x"}},
	}, nil, request.Key{State: request.KeyAbsent})
	for _, tt := range []struct{ op, key, value, want string }{
		{"StringMatches", "aws:username", "x", NoteUnknownOperator},
		{"StringEquals", "aws:TagKeys", "x", NoteNoSetOperator},
		{"Null", "aws:TagKeys", "true", ""},
		{"ForAnyValue:StringEqualsIfExists", "aws:username", "x", NoteAnyIfExists},
		{"StringEquals", "aws:SourceVpcArn", "x", NoteSourceVpcArn},
		{"Bool", "aws:MultiFactorAuthPresent", "true", NoteMFAOfSession},
		{"Bool", "aws:SecureTransport", "${aws:username}", NoteVariableInBool},
		{"IpAddress", "aws:SourceIp", "2001:db8::1", NoteIPv6},
		{"IpAddress", "aws:SourceIp", "2001:db8::/32", ""},
		{"StringNotEquals", "aws:SourceIp", "${aws:username}", NoteNoValue},
		{"ArnNotLike", "aws:SourceArn", "arn:aws:iam::${aws:username}:x", NoteNoValue},
		{"StringEquals", "aws:SourceIp", "x", ""},
	} {
		c := compileCondition(&policy.Condition{Operator: tt.op, Key: tt.key, Values: []policy.Item{{Text: tt.value}}}, true)
		e := forAction(r, "sts:AssumeRole")
		k, state := KeyOf(r, "sts:AssumeRole", tt.key)
		if got := e.note(&c, k, state); got != tt.want {
			t.Errorf("%s %s %q: note %q, want %q", tt.op, tt.key, tt.value, got, tt.want)
		}
	}
}
