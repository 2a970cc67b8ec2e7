package locale

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// next is what the headline of a cause and of those beside it asks for.
func next(c *Cause, beside ...*Cause) string {
	_, s := english.Headline(&Headline{Call: c.Call, Verdict: "denied", Primary: c, Others: beside})
	return s
}

func TestSeveralNeeds(t *testing.T) {
	owned := func(c *Cause) { c.Role.Owner = "team-platform" }
	trust := causeOf("trust.no_principal", trusting(carol), owned)
	silent := causeOf("identity.no_allow", inPolicy("identity", "", ""), owned)
	mfa := causeOf("trust.mfa_missing", owned, likely("default"))
	external := causeOf("trust.external_id_missing", owned, likely("default"))
	scp := causeOf("scp.explicit_deny", inPolicy("scp", "Guard", "ou-ab12-11111111"), explicit)
	boundary := causeOf("boundary.explicit_deny", inPolicy("boundary", "Limits", bobs.Role.ARN), explicit)
	named := causeOf("role.not_found", detail("path", "arn:aws:iam::320000000031:role/x/Deployer", "", ""))
	wrongARN := causeOf("identity.resource_mismatch", inPolicy("identity", "P", ""), detail("path", "arn:aws:iam::320000000031:role/x/*", "", ""))
	would := causeOf("trust.no_principal", owned, func(c *Cause) { c.Would = carol })
	workload := causeOf("trust.mfa_missing", owned, func(c *Cause) {
		c.Workload, c.Caller = true, Principal{Kind: "session", Name: "i-0123456789abcdef0", Role: "app", Account: dev}
	})
	for name, test := range map[string]struct {
		c      *Cause
		beside []*Cause
		want   string
	}{
		"two owners":      {trust, []*Cause{silent}, "Two things are needed: team-platform has to trust bob, and the owner of dev (210000000029) has to allow bob sts:AssumeRole on arn:aws:iam::320000000031:role/Deployer."},
		"one is likely":   {trust, []*Cause{mfa}, "Two things are needed: team-platform has to trust bob, and the call most likely has to be made with MFA."},
		"both likely":     {external, []*Cause{mfa}, "Two things are most likely needed: the call has to send the ExternalId, which team-platform knows, and it has to be made with MFA."},
		"the same twice":  {mfa, []*Cause{mfa}, "Sign in with MFA and try again, or send an MFA code with the call (--serial-number and --token-code in the AWS CLI)."},
		"four":            {scp, []*Cause{boundary, trust, silent}, "Several things are needed: the owner of the organization's policies in management (100000000001) has to make an exception in SCP Guard; the owner of dev (210000000029) has to make an exception in permissions boundary Limits; and 2 more, below."},
		"the wrong ARN":   {named, []*Cause{wrongARN}, "Check the name, and use arn:aws:iam::320000000031:role/x/Deployer if that is the role that was meant."},
		"ARN and policy":  {named, []*Cause{silent}, "Two things are needed: the role's ARN has to be arn:aws:iam::320000000031:role/x/Deployer if that role was meant, and the owner of dev (210000000029) has to allow bob sts:AssumeRole on it."},
		"other identity":  {would, []*Cause{silent}, "Sign in as user carol and try again. Otherwise two things are needed: team-platform has to trust bob, and the owner of dev (210000000029) has to allow bob sts:AssumeRole on arn:aws:iam::320000000031:role/Deployer."},
		"a workload":      {workload, []*Cause{silent}, "This role is for people who signed in with MFA; a workload cannot have MFA. Use another role, or ask team-platform, the owner of Deployer in prod, for one."},
		"nothing besides": {trust, nil, "Ask team-platform, the owner of Deployer in prod, to trust bob."},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, next(test.c, test.beside...)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestNeedsOfValues: beside another cause, a condition is told with its values.
func TestNeedsOfValues(t *testing.T) {
	first := causeOf("scp.explicit_deny", inPolicy("scp", "Guard", ""), explicit)
	for want, c := range map[string]*Cause{
		"the owner of role Deployer has to add dev (210000000029).":      causeOf("trust.condition", cond("StringEquals", "aws:PrincipalAccount", "present", []string{"430000000037"}, []string{dev.ID})),
		"the owner of role Deployer has to change the condition on a:B.": causeOf("trust.condition", cond("StringEquals", "a:B", "present", []string{"x"}, []string{"y"})),
		"the call has to come from 192.0.2.0/24.":                        causeOf("trust.source_ip", cond("IpAddress", "aws:SourceIp", "present", []string{"192.0.2.0/24"}, []string{"203.0.113.7"})),
		"the call has to use --role-session-name bob.":                   causeOf("trust.session_name", cond("StringEquals", "sts:RoleSessionName", "present", []string{"bob"}, []string{"x"})),
		"the owner of dev (210000000029) has to set tag team=data on user bob.": causeOf("trust.principal_tag",
			cond("StringEquals", "aws:PrincipalTag/team", "present", []string{"data"}, []string{"web"})),
		"the call has to wait until 2026-11-01 00:00:00Z.":   causeOf("trust.not_yet_valid", cond("DateGreaterThan", "aws:CurrentTime", "present", []string{"2026-11-01T00:00:00Z"}, nil)),
		"the owner of role Deployer has to extend the date.": causeOf("trust.expired"),
		"the call has to use the regional endpoint of STS in eu-west-1.": causeOf("scp.region_deny", explicit,
			cond("StringNotEquals", "aws:RequestedRegion", "present", []string{"eu-west-1"}, []string{"us-east-1"})),
	} {
		if got := next(first, c); !strings.HasSuffix(got, " in SCP Guard, and "+want) {
			t.Errorf("got %q, want it to end with %q", got, want)
		}
	}
}

// TestEveryNeedIsAClause: each code can stand beside another one.
func TestEveryNeedIsAClause(t *testing.T) {
	for _, code := range english.Codes() {
		for name, condition := range conditions {
			for _, role := range []Target{deployer, {}} {
				c := causeOf(code, condition, func(c *Cause) { c.Role = role })
				checkSentence(t, code+" "+name, next(causeOf("trust.no_principal"), c))
			}
		}
	}
}

// TestNothingIsCountedTwice: what Next says is not counted in the headline.
func TestNothingIsCountedTwice(t *testing.T) {
	for _, certainty := range []string{"proved", "possible"} {
		c := causeOf("trust.no_principal")
		c.Certainty = certainty
		what, _ := english.Headline(&Headline{Call: bobs, Primary: c, Others: others(bobs, 1)})
		if got, want := strings.Contains(what, "1 more cause below"), certainty == "possible"; got != want {
			t.Errorf("%s: %q", certainty, what)
		}
	}
}

// TestGuardsAreNotLifted: what beside another cause is a guard or lies with the
// call itself is never told as a policy to be loosened.
func TestGuardsAreNotLifted(t *testing.T) {
	first := causeOf("trust.no_principal")
	for code, want := range map[string]string{
		"identity.quarantined":   "and the owner of dev (210000000029) has to replace the access key.",
		"session.explicit_deny":  "and the session has to be made anew with a session policy that allows it.",
		"trust.mfa_too_old":      "and the call has to come from who has just signed in with MFA.",
		"role.account_suspended": "has to be an active account again.",
		"identity.mfa_required":  "and the call has to be made with MFA.",
	} {
		c := causeOf(code, explicit, inPolicy("identity", "P", ""), cond("Bool", "aws:MultiFactorAuthPresent", "present", []string{"true"}, []string{"false"}))
		if got := next(first, c); !strings.HasSuffix(got, want) {
			t.Errorf("%s: got %q, want it to end with %q", code, got, want)
		}
	}
	root := causeOf("caller.root", by(Principal{Kind: "root", Account: dev}))
	if got := next(root, first); !strings.HasPrefix(got, "Sign in as an IAM user") {
		t.Errorf("%q", got)
	}
}

// TestSignInAs: nobody is told to be somebody else unless it is known that it
// would help.
func TestSignInAs(t *testing.T) {
	if got := next(causeOf("trust.no_principal", trusting(carol))); strings.Contains(got, "carol") {
		t.Error(got)
	}
	if got := next(causeOf("trust.no_principal", trusting(carol), func(c *Cause) { c.Would = carol })); !strings.HasPrefix(got, "Sign in as user carol, or ask ") {
		t.Error(got)
	}
}

func TestMessageThatDisagrees(t *testing.T) {
	h := &Headline{Call: bobs, Primary: causeOf("trust.no_principal"), Message: Message{PolicyType: "identity-based policy", Disagrees: true}}
	for explicit, want := range map[bool]string{
		false: " AWS named another reason (no identity-based policy allows it); the policies that were read do not show that.",
		true:  " AWS named another reason (an explicit deny in an identity-based policy); the policies that were read do not show that.",
	} {
		h.Message.Explicit = explicit
		if what, _ := english.Headline(h); !strings.HasSuffix(what, want) {
			t.Error(what)
		}
	}
	h.Message.Disagrees = false
	if what, _ := english.Headline(h); strings.Contains(what, "AWS named") {
		t.Error(what)
	}
}
