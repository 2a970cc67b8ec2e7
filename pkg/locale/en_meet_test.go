package locale

import "testing"

// TestMeet: what the caller itself can do about a guardrail, and nothing where it
// cannot.
func TestMeet(t *testing.T) {
	cond := func(operator, key, state string, wanted ...string) *Cause {
		c := causeOf("scp.explicit_deny", inPolicy("scp", "Guard", "ou-ab12-11111111"), explicit)
		c.Condition = Condition{Operator: operator, Key: key, State: state, Wanted: wanted}
		return c
	}
	tests := []struct {
		name  string
		cause *Cause
		want  string
	}{
		{"ExternalId", cond("Null", "sts:ExternalId", "unknown", "true"), "make the call with the ExternalId that it demands"},
		{"ExternalId that is refused", cond("StringEquals", "sts:ExternalId", "present", "(external id)"), ""},
		{"MFA", cond("BoolIfExists", "aws:MultiFactorAuthPresent", "unknown", "false"), "make the call with MFA (--serial-number and --token-code in the AWS CLI)"},
		{"region", cond("StringNotEquals", "aws:RequestedRegion", "present", "eu-west-1"), "use the regional endpoint of STS in eu-west-1"},
		{"regions by pattern", cond("StringNotLike", "aws:RequestedRegion", "present", "eu-*"), "use the regional endpoint of STS in a region that matches eu-*"},
		{"address", cond("NotIpAddress", "aws:SourceIp", "present", "192.0.2.0/24"), "call from 192.0.2.0/24"},
		{"no address", cond("NotIpAddress", "aws:SourceIp", "absent", "192.0.2.0/24"), "call from 192.0.2.0/24 without a VPC endpoint, behind which AWS passes no address"},
		{"address that is refused", cond("IpAddress", "aws:SourceIp", "present", "192.0.2.0/24"), ""},
		{"session name", cond("StringNotLike", "sts:RoleSessionName", "present", "dev-*"), "use a session name like dev-* (--role-session-name)"},
		{"a variable", cond("StringNotLike", "sts:RoleSessionName", "present", "${aws:username}"), ""},
		{"who calls", cond("ArnNotLike", "aws:PrincipalArn", "present", "arn:aws:iam::*:role/x"), ""},
		{"none", cond("", "", ""), ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := (en{}).meet(c.cause); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestMeetNobodysMFA: a workload and a permission set have no MFA to send.
func TestMeetNobodysMFA(t *testing.T) {
	c := causeOf("rcp.explicit_deny", explicit)
	c.Condition = Condition{Operator: "BoolIfExists", Key: "aws:MultiFactorAuthPresent", State: "unknown", Wanted: []string{"false"}}
	c.Workload = true
	if got := (en{}).meet(c); got != "" {
		t.Errorf("workload: %q", got)
	}
	c.Workload, c.Caller.Role = false, "AWSReservedSSO_Admin_0123456789abcdef"
	if got := (en{}).meet(c); got != "" {
		t.Errorf("permission set: %q", got)
	}
}

// TestSameException: one owner is asked once for several exceptions.
func TestSameException(t *testing.T) {
	list := []string{"the owner of x has to make an exception in SCP A"}
	if (en{}).sameException(list, "the owner of y has to make an exception in SCP B") {
		t.Error("another owner")
	}
	if !(en{}).sameException(list, "the owner of x has to make an exception in SCP B") {
		t.Error("the same owner")
	}
	if want := "the owner of x has to make an exception in SCP A and in SCP B"; list[0] != want {
		t.Errorf("%q, want %q", list[0], want)
	}
	if (en{}).sameException(list, "the call has to send the ExternalId") {
		t.Error("no exception")
	}
}
