package locale

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestOtherResources: what a policy allows instead of the role is said by what
// it is, and the next step is about the policy that was meant.
func TestOtherResources(t *testing.T) {
	p := inPolicy("identity", "P", "arn:aws:iam::210000000029:user/bob")
	for name, test := range map[string]struct {
		c          *Cause
		what, next string
	}{
		"taken out": {
			causeOf("identity.resource_mismatch", p, detail("pattern", "arn:aws:iam::*:role/Dep*", "", deployer.ARN)),
			"Policy P of user bob allows sts:AssumeRole on every role but those that it takes out, and role Deployer in prod (320000000031) is one of them.",
			"Use another role, or ask the owner of dev (210000000029) whether this one may be allowed.",
		},
		"sessions of the role": {
			causeOf("identity.resource_mismatch", p, detail("pattern", "arn:aws:sts::320000000031:assumed-role/Deployer/*", "arn:aws:sts::320000000031:assumed-role/Deployer/*", deployer.ARN)),
			"Policy P of user bob allows sts:AssumeRole on arn:aws:sts::320000000031:assumed-role/Deployer/*, not on role Deployer in prod (320000000031).",
			"Ask the owner of dev (210000000029) to write arn:aws:iam::320000000031:role/Deployer instead.",
		},
		"a user": {
			causeOf("identity.resource_mismatch", p, detail("pattern", "arn:aws:iam::320000000031:user/Deployer", "arn:aws:iam::320000000031:user/Deployer", deployer.ARN)),
			"Policy P of user bob allows sts:AssumeRole on arn:aws:iam::320000000031:user/Deployer, not on role Deployer in prod (320000000031).",
			"Ask the owner of dev (210000000029) to write arn:aws:iam::320000000031:role/Deployer instead.",
		},
		"a pattern": {
			causeOf("identity.resource_mismatch", p, detail("pattern", "arn:aws:iam::320000000031:role/ci-*", "arn:aws:iam::320000000031:role/ci-*", deployer.ARN)),
			"Policy P of user bob allows sts:AssumeRole on other roles, such as ci-*, not on role Deployer in prod (320000000031).",
			"Ask the owner of dev (210000000029) to add arn:aws:iam::320000000031:role/Deployer to policy P.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			what, next := english.Headline(&Headline{Call: test.c.Call, Primary: test.c})
			if diff := cmp.Diff([]string{test.what, test.next}, []string{what, next}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestDigits: account ids that differ in a digit or two are told as a slip,
// others are not.
func TestDigits(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"444455556666", "444455556566", "x in the 10th digit, 6 in the policy's and 5 in the call's"},
		{"444455556666", "444455565666", "x in the 8th and the 9th digit, 56 in the policy's and 65 in the call's"},
		{"144455556666", "244455556667", "x in the 1st and the 12th digit"},
		{"444455556666", "444455559999", ""},
		{"444455556666", "444455556666", ""},
		{"444455556666", "44445555666", ""},
		{"", "", ""},
	} {
		if got := digits("x", c.a, c.b, "the call's"); got != c.want {
			t.Errorf("digits(%q, %q) = %q, want %q", c.a, c.b, got, c.want)
		}
	}
}

// TestNewIdentity: who was deleted and made again is told to get what it can
// get: people sign in, workloads get credentials, a set that is gone is assigned.
func TestNewIdentity(t *testing.T) {
	runner := Principal{Kind: "session", Name: "job-1", Role: "Runner", Account: dev}
	for name, test := range map[string]struct {
		who  Principal
		kind string
		want string
	}{
		"user":                 {bob, "recreated", "Use an access key of today's user bob."},
		"role":                 {runner, "recreated", "Get new credentials of today's role Runner."},
		"role, gone":           {runner, "deleted", "Use another identity: the role is gone from dev (210000000029), and its session can do nothing more."},
		"permission set":       {alice, "recreated", "Sign in again to get a session of today's permission set PowerUser."},
		"permission set, gone": {alice, "deleted", "Sign in with another permission set, or ask the owner of IAM Identity Center to assign permission set PowerUser to dev (210000000029) again."},
	} {
		if got := next(causeOf("caller.recreated", by(test.who), detail(test.kind, "", "", ""))); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// TestToldApart: a trusted principal is never told in the words of the caller
// whom the policy does not trust.
func TestToldApart(t *testing.T) {
	for name, test := range map[string]struct {
		c    *Cause
		want string
	}{
		"another path": {
			causeOf("trust.no_principal", trusting(bob), detail("other_principal", "arn:aws:iam::210000000029:user/bob", "arn:aws:iam::210000000029:user/bob", "arn:aws:iam::210000000029:user/x/bob")),
			"arn:aws:iam::210000000029:user/bob",
		},
		"another partition": {
			causeOf("trust.no_principal", trusting(Principal{Kind: "account", Account: dev}), detail("other_principal", "arn:aws-cn:iam::210000000029:root", "", "arn:aws:iam::210000000029:user/bob")),
			"arn:aws-cn:iam::210000000029:root",
		},
		"gone":         {causeOf("trust.no_principal", trusting(Principal{Name: "AIDAJQABLZS4A3QDU576Q"})), "a principal that was deleted (AIDAJQABLZS4A3QDU576Q)"},
		"another user": {causeOf("trust.no_principal", trusting(carol)), "user carol"},
	} {
		if got := eng.toldApart(test.c, test.c.Trusted[0]); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
