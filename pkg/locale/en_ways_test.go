package locale

import (
	"strings"
	"testing"
)

// nextOf is the second sentence of a headline of one cause.
func nextOf(c *Cause, perhaps ...*Cause) string {
	_, n := english.Headline(&Headline{Call: c.Call, Verdict: "denied", Primary: c, Perhaps: perhaps})
	return n
}

// TestWays: nobody is sent from one denial to the next.
func TestWays(t *testing.T) {
	service, provider := Principal{Kind: "service", Name: "ec2.amazonaws.com"}, Principal{Kind: "provider", Name: "idp.example.com", Account: prod}
	names := cond("StringNotLike", "sts:RoleSessionName", "present_unknown", []string{"dev-*"}, nil)
	suffix := cond("StringLike", "sts:RoleSessionName", "present_unknown", []string{"*-deploy"}, nil)
	arns := func(operator, wanted string) func(*Cause) {
		return cond(operator, "aws:PrincipalArn", "present", []string{wanted}, []string{"arn:aws:iam::210000000029:user/bob"})
	}
	at := func(level string) func(*Cause) { return inPolicy("scp", "Services", level) }
	own := func(c *Cause) { c.Role.Account = dev }
	tests := []struct {
		name string
		got  string
		want string
		not  string
	}{
		{"no person is trusted", nextOf(causeOf("trust.no_principal", trusting(service, provider))), "made for services and identity providers.", ""},
		{"a person is", nextOf(causeOf("trust.no_principal", trusting(service, carol))), "Ask the owner of Deployer in prod to trust bob.", "another role"},
		{"one value for two conditions", nextOf(causeOf("scp.explicit_deny", at("ou-1"), possible, explicit, names), causeOf("trust.session_name", possible, suffix)), "The same value has to meet the role's trust policy, too: sts:RoleSessionName must match *-deploy.", ""},
		{"another key", nextOf(causeOf("trust.session_name", possible, suffix), causeOf("trust.source_ip", possible, cond("IpAddress", "aws:SourceIp", "unknown", []string{"192.0.2.0/24"}, nil))), "", "The same value"},
		{"a Deny that ends", nextOf(causeOf("trust.explicit_deny", explicit, func(c *Cause) { c.Until = "2026-10-20T00:00:00Z" })), "Try again after 2026-10-20 00:00:00Z, or ask", "another identity"},
		{"a key that no call has", nextOf(causeOf("trust.condition", cond("NumericLessThanEquals", "sts:DurationSeconds", "absent", []string{"3600"}, nil))), "no call meets it", "another identity"},
		{"a star that is none", nextOf(causeOf("trust.principal_arn", arns("StringEquals", "arn:aws:iam::210000000029:user/*"))), "StringLike in the place of StringEquals", "put bob"},
		{"a star that would not help", nextOf(causeOf("trust.principal_arn", arns("StringEquals", "arn:aws:iam::210000000029:role/*"))), "put bob", "StringLike"},
		{"a trust policy that was not read", nextOf(causeOf("identity.no_allow", inPolicy("identity", "", ""), possible, own)), "Read the trust policy of role Deployer first", ""},
		{"one in another account", nextOf(causeOf("identity.no_allow", inPolicy("identity", "", ""), possible)), "Ask the owner of dev", "Read the trust policy"},
		{"a tag of the caller", nextOf(causeOf("identity.resource_mismatch", inPolicy("identity", "Teams", ""), detail("name", "arn:aws:iam::320000000031:role/${aws:PrincipalTag/team}-x", "arn:aws:iam::320000000031:role/blue-x", deployer.ARN))), "Use arn:aws:iam::320000000031:role/blue-x, or ask the owner of dev (210000000029) whether the caller may have another aws:PrincipalTag/team", "to add"},
		{"an endpoint for others", nextOf(causeOf("vpce.no_allow", inPolicy("vpce", "vpce-1", "vpce-1"), detail("other_principal", "", "", ""))), "to let bob through it", "on role"},
		{"an endpoint, by a token", nextOf(causeOf("vpce.no_allow", inPolicy("vpce", "vpce-1", "vpce-1"), detail("other_principal", "", "", ""), by(Principal{Kind: "oidc", Name: "s"}))), `(Principal "*")`, ""},
		{"a policy that only AWS names", nextOf(causeOf("identity.explicit_deny", inPolicy("identity", "", ""), explicit, likely("message"), detail("", "arn:aws:iam::210000000029:policy/Freeze", "", ""))), "an exception in policy Freeze", "that statement"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(tt.got, tt.want) || tt.not != "" && strings.Contains(tt.got, tt.not) {
				t.Errorf("got %q, want it to have %q and not %q", tt.got, tt.want, tt.not)
			}
		})
	}
}

// TestLevelsTogether: each level needs an SCP of its own that allows.
func TestLevelsTogether(t *testing.T) {
	level := func(id string) *Cause { return causeOf("scp.no_allow", inPolicy("scp", "Services", id)) }
	first := level("ou-1")
	_, got := english.Headline(&Headline{Call: first.Call, Verdict: "denied", Primary: first, Others: []*Cause{level("ou-2")}})
	if want := "in an SCP of OU ou-1 and in one of OU ou-2."; !strings.HasSuffix(got, want) {
		t.Errorf("got %q, want it to end with %q", got, want)
	}
}

// TestAfterwards: what would deny the call once the first is mended.
func TestAfterwards(t *testing.T) {
	tests := []struct {
		g    Gap
		want string
	}{
		{Gap{Layer: "trust", Subject: "trust.no_principal"}, "The role's trust policy would deny the call as well (trust.no_principal)."},
		{Gap{Layer: "trust", Subject: "trust.oidc_audience", Key: "idp.example.com:aud"}, "The role's trust policy would deny the call as well (trust.oidc_audience, the condition on idp.example.com:aud)."},
		{Gap{Layer: "scp", Subject: "companion.tag_session"}, "A service control policy (SCP) would deny sts:TagSession as well."},
	}
	for _, tt := range tests {
		tt.g.Code = "afterwards"
		if got, _ := english.Gap(&tt.g); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}
