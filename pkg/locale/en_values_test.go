package locale

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func primary(c *Cause) { c.Primary = true }

func simulated(c *Cause) { c.Simulated = true }

func session(name string) Principal {
	return Principal{Kind: "session", Name: name, Role: "Runner", Account: dev}
}

// TestValuesAreSaid: where the policy's values and the call's are known, the
// headline has both, and what to do has them too.
func TestValuesAreSaid(t *testing.T) {
	office := []string{"192.0.2.0/24"}
	const policy = "The trust policy of role Deployer in prod (320000000031)"
	const ask = "sk the owner of Deployer in prod "
	names := func(c *Cause) { c.Names = map[string]string{"430000000037": "tooling", "210000000029": "dev"} }
	for name, test := range map[string]struct {
		c          *Cause
		what, next string
	}{
		"accounts": {
			causeOf("trust.condition", names, cond("StringEquals", "aws:PrincipalAccount", "present", []string{"430000000037", "540000000041"}, []string{"210000000029"})),
			policy + " trusts callers from tooling (430000000037) and 540000000041 only; this call came from dev (210000000029).",
			"A" + ask + "to add dev (210000000029).",
		},
		"kind of caller": {
			causeOf("trust.condition", cond("StringEquals", "aws:PrincipalType", "present", []string{"User"}, []string{"AssumedRole"})),
			policy + " has a condition that the call does not meet: aws:PrincipalType must be User, and the caller has AssumedRole.",
			"A" + ask + "to change the condition on aws:PrincipalType, or use another identity.",
		},
		"behind an endpoint": {
			causeOf("trust.source_ip", detail("endpoint", "", "", ""), cond("IpAddress", "aws:SourceIp", "absent", office, nil)),
			policy + " allows the call from 192.0.2.0/24 only; the call came through a VPC endpoint, where AWS passes no address.",
			"A" + ask + "to allow that endpoint (aws:SourceVpce).",
		},
		"not from there": {
			causeOf("trust.source_ip", cond("NotIpAddress", "aws:SourceIp", "present", office, []string{"192.0.2.7"})),
			policy + " limits the addresses it can be called from, and the call came from 192.0.2.7.",
			"Call from an allowed network, or a" + ask + "to allow this address.",
		},
		"would come from": {
			causeOf("trust.source_ip", simulated, cond("IpAddress", "aws:SourceIp", "present", office, []string{"203.0.113.7"})),
			policy + " allows the call from 192.0.2.0/24 only; the call would come from 203.0.113.7.",
			"Call from 192.0.2.0/24, or a" + ask + "to allow 203.0.113.7.",
		},
		"identity": {
			causeOf("identity.condition", inPolicy("identity", "Office", ""), cond("IpAddress", "aws:SourceIp", "present", office, []string{"203.0.113.7"})),
			"Policy Office of user bob allows sts:AssumeRole from 192.0.2.0/24 only; the call came from 203.0.113.7.",
			"Call from 192.0.2.0/24, or ask the owner of dev (210000000029) to allow 203.0.113.7.",
		},
		"session name": {
			causeOf("trust.session_name", cond("StringEquals", "sts:RoleSessionName", "present", []string{"bob"}, []string{"x"})),
			policy + " demands role session name bob, and the call used x.", "Use --role-session-name bob.",
		},
		"pattern of session names": {
			causeOf("trust.session_name", cond("StringLike", "sts:RoleSessionName", "present", []string{"b*"}, []string{"x"})),
			policy + " demands a role session name that matches b*, and the call used x.",
			"Use a session name that matches b* (--role-session-name in the AWS CLI).",
		},
		"permission set made anew": {
			causeOf("trust.principal_arn", by(alice), detail("sso_suffix", "", "", "")),
			policy + " limits callers by aws:PrincipalArn, and alice@example.com (permission set PowerUser) is not among them.",
			"A" + ask + "to match AWSReservedSSO_PowerUser_* in the condition on aws:PrincipalArn.",
		},
		"branch": {
			causeOf("trust.oidc_subject", detail("branch", "", "repo:o/r:ref:refs/heads/main", "repo:o/r:ref:refs/heads/fix")),
			policy + " accepts branch main only; the workflow ran on branch fix.", "Run it from branch main, or a" + ask + "to add branch fix.",
		},
		"unit": {
			causeOf("trust.organization", cond("ForAnyValue:StringLike", "aws:PrincipalOrgPaths", "present", []string{"o-a/r-ab12/ou-ab12-11111111/*"}, []string{"o-a/r-ab12/ou-ab12-22222222/"}),
				func(c *Cause) {
					c.Condition.Units = map[string]string{"ou-ab12-11111111": "Work", "ou-ab12-22222222": "Play"}
				}),
			policy + " trusts accounts under OU Work (ou-ab12-11111111) only, and dev (210000000029) is in OU Play (ou-ab12-22222222).",
			"A" + ask + "whether callers of dev (210000000029) are meant to be trusted.",
		},
		"tag": {
			causeOf("trust.principal_tag", cond("StringEquals", "aws:PrincipalTag/team", "present", []string{"data"}, []string{"web"})),
			policy + " demands tag team=data on the caller, and bob has team=web.",
			"Ask the owner of dev (210000000029) to set tag team=data on user bob, or the owner of Deployer in prod to change the condition.",
		},
		"another role altogether": {
			causeOf("identity.resource_mismatch", inPolicy("identity", "P", ""), detail("name", "arn:aws:iam::320000000031:role/Reader", "", "")),
			"Policy P of user bob allows sts:AssumeRole on other roles, such as Reader, not on role Deployer in prod (320000000031).",
			"Ask the owner of dev (210000000029) to add arn:aws:iam::320000000031:role/Deployer to policy P.",
		},
		"permission set": {
			causeOf("identity.no_allow", by(alice), inPolicy("identity", "", "")),
			"Permission set PowerUser does not allow sts:AssumeRole on role Deployer in prod (320000000031).",
			"Ask the owner of permission set PowerUser in IAM Identity Center to allow sts:AssumeRole on Deployer in prod.",
		},
		"session as target": {
			causeOf("role.not_a_role", detail("assumed_role", "", "", ""), func(c *Cause) {
				c.Role = Target{ARN: "arn:aws:sts::320000000031:assumed-role/Deployer/x", Account: prod}
			}),
			"The ARN given (arn:aws:sts::320000000031:assumed-role/Deployer/x) is a session, not a role.",
			"Use the role's own ARN: arn:aws:iam::320000000031:role/Deployer (with its path, if it has one).",
		},
		"near role that is allowed": {
			causeOf("role.not_found", detail("spelling", "arn:aws:iam::320000000031:role/Deployers", "", ""), func(c *Cause) { c.IfNearest = "allowed" }),
			"There is no role Deployer in prod (320000000031); the nearest is Deployers.", "Use Deployers: that call is allowed.",
		},
		"near role that is denied": {
			causeOf("role.not_found", detail("spelling", "arn:aws:iam::320000000031:role/Deployers", "", ""), func(c *Cause) { c.IfNearest = "denied" }),
			"There is no role Deployer in prod (320000000031); the nearest is Deployers.",
			"Check the name. Deployers would be denied as well: if that is the role that was meant, ask its owner for access.",
		},
		"other account": {
			causeOf("role.other_account", names, detail("account", "arn:aws:iam::430000000037:role/Deployer", "", "")),
			"There is no role Deployer in prod (320000000031); there is one of that name in tooling (430000000037).",
			"Check the name, and use arn:aws:iam::430000000037:role/Deployer if that is the role that was meant.",
		},
		"user made again": {
			causeOf("caller.recreated"),
			"User bob was deleted and made again, and the call was made with the old one's credentials.",
			"Use an access key of today's user bob.",
		},
		"outside": {
			causeOf("evidence.unreadable", possible, detail("trust", "", "", ""), func(c *Cause) { c.Of.Outside = true }),
			"Why user bob could not assume role Deployer in prod (320000000031) is not known: the trust policy of role Deployer in prod (320000000031) could not be read.",
			"That account is outside the organization: only its owner can see why. Send them the role's ARN and the time.",
		},
		"no estate": {
			causeOf("evidence.unreadable", possible, detail("trust", "", "", ""), func(c *Cause) { c.NoEstate = true }),
			"No policies were given, so why this was denied cannot be said.",
			"Forward this to the owner of role Deployer in prod (320000000031) and to whoever manages the permissions of user bob in dev (210000000029): their policies decide, and with them (--estate DIR) this says which.",
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

// TestBecauseSaysWhatIsNew: of a proved primary cause the headline has said the
// reason, and what follows does not say it again.
func TestBecauseSaysWhatIsNew(t *testing.T) {
	for _, code := range english.Codes() {
		for name, condition := range conditions {
			c := causeOf(code, condition, primary)
			what, _ := english.Headline(&Headline{Call: c.Call, Primary: c})
			if because := english.Because(c); strings.Contains(because, what) {
				t.Errorf("%s %s: %q says the headline again", code, name, because)
			}
		}
	}
	c := causeOf("identity.explicit_deny", explicit, primary, inPolicy("identity", "P", ""), sid("NoProd"))
	if got, want := english.Because(c), "Statement NoProd covers this call, and no Allow outweighs an explicit deny. This denies the call."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestSimulatedInThePresent: a call that nobody has made was not denied, sent
// nothing and came from nowhere.
func TestSimulatedInThePresent(t *testing.T) {
	for _, code := range english.Codes() {
		if strings.HasPrefix(code, "platform.") || strings.HasPrefix(code, "evidence.") || strings.HasPrefix(code, "caller.") {
			continue // they are told of calls that were made
		}
		for _, name := range []string{"absent", "present", "unknown", "any"} {
			c := causeOf(code, simulated, likely("default"), conditions[name])
			what, _ := english.Headline(&Headline{Call: c.Call, Primary: c})
			for _, bad := range []string{"call sent", "called without", "call had", "the call came", "call used", "was most likely denied", "AWS does not record"} {
				if s := what + " " + english.Because(c); strings.Contains(s, bad) {
					t.Errorf("%s %s: %q in %q", code, name, bad, s)
				}
			}
		}
	}
}

// TestNamesAreShort: the end of an ARN is told where the rest is the same or
// says nothing.
func TestNamesAreShort(t *testing.T) {
	const set = "arn:aws:iam::210000000029:role/aws-reserved/sso.amazonaws.com/"
	c := causeOf("trust.principal_arn", by(alice), sid("Devs"), detail("sso_suffix", "", set+"AWSReservedSSO_PowerUser_a", set+"AWSReservedSSO_PowerUser_b"),
		cond("ArnLike", "aws:PrincipalArn", "present", []string{set + "AWSReservedSSO_PowerUser_a"}, []string{set + "AWSReservedSSO_PowerUser_b"}))
	want := "The role's trust policy, statement Devs, names role AWSReservedSSO_PowerUser_a, and the caller's role is AWSReservedSSO_PowerUser_b. "
	if got := english.Because(c); !strings.HasPrefix(got, want) {
		t.Errorf("got %q, want it to begin with %q", got, want)
	}
	c = causeOf("trust.federated_only", detail("", "arn:aws:iam::320000000031:oidc-provider/token.actions.githubusercontent.com", "", ""))
	what, _ := english.Headline(&Headline{Call: c.Call, Primary: c})
	if !strings.Contains(what, "an identity provider only (token.actions.githubusercontent.com), not user bob") {
		t.Errorf("%q", what)
	}
}

func TestSettleOfKeys(t *testing.T) {
	made := Call{}
	notMade := Call{Simulated: true}
	for _, test := range []struct {
		g    Gap
		want string
	}{
		{Gap{Call: made, Key: "sts:ExternalId"}, "If you know it, say so: --know 'sts:ExternalId=@FILE', or --know 'sts:ExternalId=' if there was none."},
		{Gap{Call: notMade, Key: "sts:ExternalId"}, "Give it: --context 'sts:ExternalId=@FILE', or --context 'sts:ExternalId=' if there is none."},
		{Gap{Call: made, Key: "sts:SourceIdentity"}, "If you know it, say so: --know 'sts:SourceIdentity=VALUE', or --know 'sts:SourceIdentity=' if there was none."},
		{Gap{Call: made, Key: "sts:SourceIdentity", Present: true}, "If you know it, say so: --know 'sts:SourceIdentity=VALUE'."},
		{Gap{Call: made, Key: "aws:SourceIp"}, "If you know it, say so: --know 'aws:SourceIp=VALUE'."},
		{Gap{Call: notMade, Key: "aws:SourceIp"}, "Give it: --context 'aws:SourceIp=VALUE', or --context 'aws:SourceIp=' if there is none."},
		{Gap{Call: made, Key: "aws:MultiFactorAuthPresent", Chained: true}, "AWS's pages do not agree on whether the MFA of the session's maker counts: only a trial shows it."},
		{Gap{Call: made, Key: "aws:MultiFactorAuthAge", Aged: true}, "It is taken to be as old as the session: a denied call's record does not show whether an MFA code was sent with it."},
		{Gap{Call: made, Key: "sts:RoleSessionName"}, "If you know it, say so: --know 'sts:RoleSessionName=VALUE'."},
		{Gap{Call: made, Key: "aws:MultiFactorAuthPresent"}, "If it was made with MFA: --know aws:MultiFactorAuthPresent=true."},
		{Gap{Call: notMade, Key: "AWS:MultiFactorAuthPresent"}, "If it is made with MFA: --context AWS:MultiFactorAuthPresent=true."},
	} {
		test.g.Code = "key"
		if _, got := english.Gap(&test.g); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}

func TestWhoCanBeAsked(t *testing.T) {
	g := Gap{Call: Call{Caller: session("i-0123456789abcdef0"), Workload: true}, Code: "companion", Key: "sts:SetContext"}
	if _, got := english.Gap(&g); got != "Ask the owner of role Runner what the call passed." {
		t.Error(got)
	}
	g.Workload = false
	g.Caller = session("erin")
	if _, got := english.Gap(&g); got != "Ask erin what the call passed." {
		t.Error(got)
	}
}
