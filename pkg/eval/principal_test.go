package eval

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

const (
	yes   = evidence.True
	no    = evidence.False
	maybe = evidence.Unknown
)

var (
	user = request.Caller{
		Kind: request.User, Account: "111111111111", ARN: "arn:aws:iam::111111111111:user/dev/alice", UserName: "alice",
	}
	sessionOf = request.Caller{
		Kind: request.RoleSession, Account: "111111111111", ARN: "arn:aws:sts::111111111111:assumed-role/App/s1",
		RoleARN: "arn:aws:iam::111111111111:role/app/App", RoleName: "App", SessionName: "s1",
	}
	pathless = request.Caller{
		Kind: request.RoleSession, Account: "111111111111", ARN: "arn:aws:sts::111111111111:assumed-role/App/s1",
	}
	service = request.Caller{Kind: request.Service, ARN: "ec2.amazonaws.com"}
	oidc    = request.Caller{Kind: request.OIDC, Provider: "arn:aws:iam::111111111111:oidc-provider/gitlab.com"}
	google  = request.Caller{Kind: request.OIDC, ARN: "accounts.google.com"}
	saml    = request.Caller{Kind: request.SAML}
	unknown = request.Caller{}
)

func TestPrincipalMatch(t *testing.T) {
	tests := []struct {
		caller    *request.Caller
		typ, text string
		grant     Grant
		want      evidence.Tri
	}{
		{&user, "*", "*", GrantStar, yes},
		{&user, "AWS", "*", GrantStar, yes},
		{&user, "AWS", "111111111111", GrantAccount, yes},
		{&user, "AWS", "arn:aws:iam::111111111111:root", GrantAccount, yes},
		{&user, "AWS", "arn:aws-cn:iam::111111111111:root", GrantAccount, no},
		{&user, "AWS", "222222222222", GrantAccount, no},
		{&user, "AWS", "arn:aws:iam::111111111111:user/dev/alice", GrantUser, yes},
		{&user, "AWS", "arn:aws:iam::111111111111:user/dev/Alice", GrantUser, no},
		{&user, "AWS", "arn:aws:iam::111111111111:user/alice", GrantUser, no},
		{&user, "AWS", "arn:aws:iam::111111111111:user/*", GrantOther, no},
		{&user, "AWS", "AIDAEXAMPLEEXAMPLEEXA", GrantOther, no},
		{&user, "AWS", "arn:aws:iam::111111111111:group/dev", GrantOther, no},
		{&user, "CanonicalUser", "0a1b", GrantOther, no},
		{&user, "Service", "ec2.amazonaws.com", GrantOther, no},
		{&sessionOf, "AWS", "arn:aws:iam::111111111111:role/app/App", GrantRole, yes},
		{&sessionOf, "AWS", "arn:aws:iam::111111111111:role/App", GrantRole, no},
		{&sessionOf, "AWS", "arn:aws:sts::111111111111:assumed-role/App/s1", GrantSession, yes},
		{&sessionOf, "AWS", "arn:aws:sts::111111111111:assumed-role/App/s2", GrantSession, no},
		{&sessionOf, "AWS", "111111111111", GrantAccount, yes},
		{&pathless, "AWS", "arn:aws:iam::111111111111:role/any/App", GrantRole, maybe},
		{&pathless, "AWS", "arn:aws:iam::111111111111:role/any/Other", GrantRole, no},
		{&pathless, "AWS", "arn:aws:iam::222222222222:role/any/App", GrantRole, no},
		{&service, "Service", "ec2.amazonaws.com", GrantOther, yes},
		{&service, "Service", "ec2.amazonaws.com.cn", GrantOther, no},
		{&service, "Service", "*", GrantOther, no},
		{&service, "*", "*", GrantStar, yes},
		{&service, "AWS", "*", GrantStar, maybe}, // AWS's pages do not say
		{&service, "AWS", "111111111111", GrantAccount, no},
		{&oidc, "Federated", "arn:aws:iam::111111111111:oidc-provider/gitlab.com", GrantOther, yes},
		{&oidc, "Federated", "arn:aws:iam::111111111111:oidc-provider/github.com", GrantOther, no},
		{&oidc, "AWS", "*", GrantStar, no},
		{&oidc, "*", "*", GrantStar, yes},
		{&google, "Federated", "accounts.google.com", GrantOther, yes},
		{&saml, "Federated", "arn:aws:iam::111111111111:saml-provider/ADFS", GrantOther, maybe},
		{&saml, "Federated", "accounts.google.com", GrantOther, no},
		{&user, "Federated", "accounts.google.com", GrantOther, no},
		{&unknown, "*", "*", GrantStar, yes},
		{&unknown, "AWS", "111111111111", GrantAccount, maybe},
		{&unknown, "AWS", "arn:aws:iam::111111111111:user/bob", GrantUser, maybe},
		{&unknown, "Service", "ec2.amazonaws.com", GrantOther, maybe},
		{&unknown, "AWS", "AIDAEXAMPLEEXAMPLEEXA", GrantOther, no},
	}
	for _, tt := range tests {
		grant, got := PrincipalMatch(tt.caller, &policy.Principal{Type: tt.typ, Item: policy.Item{Text: tt.text}})
		if got != tt.want || grant != tt.grant {
			t.Errorf("%v %s, {%s: %s}: %v in class %d, want %v in %d", tt.caller.Kind, tt.caller.ARN, tt.typ, tt.text, got, grant, tt.want, tt.grant)
		}
	}
}

func TestNotPrincipal(t *testing.T) {
	const account, arnOf = `"111111111111"`, `"arn:aws:iam::111111111111:user/dev/alice"`
	role, sess := `"`+sessionOf.RoleARN+`"`, `"`+sessionOf.ARN+`"`
	tests := []struct {
		name, list string
		caller     request.Caller
		effect     string
		boundary   SetState
		want       evidence.Tri
	}{
		{"others listed", `"222222222222"`, user, "Deny", SetExempt, yes},
		{"the user without the account", arnOf, user, "Deny", SetExempt, yes},
		{"the account without the user", account, user, "Deny", SetExempt, yes},
		{"user and account", account + "," + arnOf, user, "Deny", SetExempt, no},
		{"spared, but with a boundary", account + "," + arnOf, user, "Deny", SetApplies, yes},
		{"spared, boundary unknown", account + "," + arnOf, user, "Deny", SetUnknown, maybe},
		{"not spared, boundary unknown", account, user, "Deny", SetUnknown, yes},
		{"session: role and account", account + "," + role, sessionOf, "Deny", SetExempt, yes},
		{"session: all three", account + "," + role + "," + sess, sessionOf, "Deny", SetExempt, no},
		{"everyone", `"*"`, user, "Deny", SetExempt, no},
		{"with Allow it is not understood", `"222222222222"`, user, "Allow", SetExempt, maybe},
	}
	for _, tt := range tests {
		d := policy.Parse([]byte(`{"Version":"2012-10-17","Statement":[{"Effect":"` + tt.effect + `","NotPrincipal":{"AWS":[` + tt.list + `]},"Action":"sts:*"}]}`))
		s := compileStatement(&d.Statements[0], true)
		r := alice("sts:AssumeRole")
		r.Caller = tt.caller
		e := newEvaluator(r, &Policies{Boundary: Set{State: tt.boundary}}, nil)
		e.begin("sts:AssumeRole")
		var grants [NumGrants]evidence.Tri
		if got := e.principal(&s, trust, &grants); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestPrincipalWhereItDoesNotBelong(t *testing.T) {
	with := policy.Parse([]byte(`{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:*","Resource":"*"}]}`))
	without := policy.Parse([]byte(`{"Statement":[{"Effect":"Allow","Action":"sts:*","Resource":"*"}]}`))
	e := forAction(alice(), "sts:AssumeRole")
	for _, l := range []layer{vpce, rcp, scp, trust, identity, boundary, session} {
		var o outcome
		s := compileStatement(&with.Statements[0], true)
		e.statement(&s, l, &o)
		bare := compileStatement(&without.Statements[0], true)
		var p outcome
		e.statement(&bare, l, &p)
		if l.hasPrincipal() != (o.principal == yes) || l.hasPrincipal() != (p.principal == maybe) {
			t.Errorf("%s: with Principal %v, without %v", l.name(), o.principal, p.principal)
		}
		if l == trust && o.resource != maybe || l != trust && o.resource != yes {
			t.Errorf("%s: resource %v", l.name(), o.resource)
		}
	}
}
