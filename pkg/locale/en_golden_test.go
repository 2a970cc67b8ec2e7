package locale

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestGolden holds sentences as people read them: headline and because.
func TestGolden(t *testing.T) {
	chained := Principal{Kind: "session", Name: "alice", Role: "Jump", Account: dev}
	external := cond("StringEquals", "sts:ExternalId", "unknown", []string{"(external id)"}, nil)
	for _, test := range []struct {
		cause             *Cause
		more              int
		headline, because string
	}{
		{
			cause:    causeOf("trust.no_principal", trusting(carol), sid("OnlyCarol")),
			headline: "The trust policy of role Deployer in prod (320000000031) does not trust user bob; it trusts user carol only. Ask the owner of Deployer in prod to trust bob.",
			because:  "No statement of the role's trust policy names user bob, its account or everyone; it trusts user carol only. This denies the call.",
		},
		{
			cause:    causeOf("trust.no_principal", by(alice), trusting(Principal{Kind: "account", Account: prod}, Principal{Kind: "role", Name: "Release", Account: prod}), func(c *Cause) { c.Role.Owner = "team-platform" }),
			more:     2,
			headline: "The trust policy of role Deployer in prod (320000000031) does not trust alice@example.com (permission set PowerUser); it trusts prod (320000000031) and role Release of prod (320000000031) only. Three things are needed: team-platform has to trust permission set PowerUser; the owner of permission set PowerUser in IAM Identity Center has to allow sts:AssumeRole on arn:aws:iam::320000000031:role/Deployer; and the call most likely has to be made with MFA.",
			because:  "No statement of the role's trust policy names alice@example.com (permission set PowerUser), its account or everyone; it trusts prod (320000000031) and role Release of prod (320000000031) only. This denies the call.",
		},
		{
			cause:    causeOf("trust.external_id_missing", external, likely("default"), sid("Partner")),
			headline: "User bob was most likely denied because the trust policy of role Deployer in prod (320000000031) demands an ExternalId. Ask the owner of Deployer in prod for the ExternalId and send it with the call (--external-id in the AWS CLI).",
			because:  "The role's trust policy, statement Partner, demands an ExternalId. AWS does not record whether a denied call sent one, and a wrong value looks the same. This most likely denies the call: a call that does nothing special sends none.",
		},
		{
			cause:    causeOf("trust.source_ip", cond("IpAddress", "aws:SourceIp", "present", []string{"192.0.2.0/24"}, []string{"203.0.113.7"})),
			headline: "The trust policy of role Deployer in prod (320000000031) allows the call from 192.0.2.0/24 only; the call came from 203.0.113.7. Call from 192.0.2.0/24, or ask the owner of Deployer in prod to allow 203.0.113.7.",
			because:  "The role's trust policy, statement 1, allows the call under a condition: aws:SourceIp must be in 192.0.2.0/24. The call had 203.0.113.7. This denies the call.",
		},
		{
			cause:    causeOf("trust.source_ip", possible, cond("IpAddress", "aws:SourceIp", "unknown", []string{"192.0.2.0/24"}, nil)),
			headline: "User bob may have been denied because the trust policy of role Deployer in prod (320000000031) allows the call from 192.0.2.0/24 only, and where this one came from is not known. Call from 192.0.2.0/24, or ask the owner of Deployer in prod to allow where it came from.",
			because:  "The role's trust policy, statement 1, allows the call under a condition: aws:SourceIp must be in 192.0.2.0/24. What the call had is not known. This denies the call if aws:SourceIp was not in 192.0.2.0/24.",
		},
		{
			cause:    causeOf("scp.explicit_deny", possible, explicit, inPolicy("scp", "Guard", "ou-ab12-11111111"), cond("StringNotLike", "sts:RoleSessionName", "present_unknown", []string{"dev-*"}, nil)),
			headline: "User bob may have been denied: SCP Guard, attached to OU ou-ab12-11111111, explicitly denies sts:AssumeRole on role Deployer in prod (320000000031) if sts:RoleSessionName did not match dev-*. Use a session name like dev-* (--role-session-name), or ask the owner of the organization's policies in management (100000000001) for an exception: nobody in dev (210000000029) can change it.",
			because:  "SCP Guard, attached to OU ou-ab12-11111111, statement 1, explicitly denies sts:AssumeRole where sts:RoleSessionName did not match dev-*. The call had a value that is not known. This denies the call if sts:RoleSessionName did not match dev-*.",
		},
		{
			cause:    causeOf("rcp.explicit_deny", possible, explicit, inPolicy("rcp", "Guard", "ou-ab12-11111111"), cond("StringNotEquals", "sts:ExternalId", "unknown", []string{"(external id)"}, nil)),
			headline: "User bob may have been denied: RCP Guard, attached to OU ou-ab12-11111111, explicitly denies sts:AssumeRole without the ExternalId that it demands. Make the call with the ExternalId that it demands, or ask the owner of the organization's policies in management (100000000001) for an exception: nobody in prod (320000000031) can change it.",
			because:  "RCP Guard, attached to OU ou-ab12-11111111, statement 1, explicitly denies sts:AssumeRole without the ExternalId that it demands. Whether one was sent is not in the event. This denies the call if no ExternalId, or another one, was sent.",
		},
		{
			cause:    causeOf("trust.mfa_lost_in_chain", by(chained), likely("conflict"), cond("Bool", "aws:MultiFactorAuthPresent", "absent", []string{"true"}, nil)),
			headline: "Session alice of role Jump was most likely denied because the trust policy of role Deployer in prod (320000000031) demands MFA, which a role session may not carry on. Assume role Deployer directly as the user who signed in with MFA.",
			because:  "The role's trust policy, statement 1, demands MFA. The record says that session alice of role Jump was made with MFA, and AWS's pages do not agree on whether a call from a role session carries it on. This most likely denies the call: AWS's pages disagree on whether it does, and nothing else would deny it.",
		},
		{
			cause:    causeOf("trust.expired", cond("DateLessThan", "aws:CurrentTime", "present", []string{"2026-06-30T00:00:00Z"}, []string{"2026-10-14T09:26:53Z"})),
			headline: "The trust policy of role Deployer in prod (320000000031) allowed the call until 2026-06-30 00:00:00Z only. Ask the owner of Deployer in prod to extend the date if the access is still meant.",
			because:  "The role's trust policy, statement 1, allows the call under a condition: aws:CurrentTime must be before 2026-06-30 00:00:00Z. The call had 2026-10-14 09:26:53Z. This denies the call.",
		},
		{
			cause: causeOf("identity.resource_mismatch", inPolicy("identity", "inline0", "arn:aws:iam::210000000029:user/bob"),
				detail("account", "arn:aws:iam::320000000013:role/Deployer", "arn:aws:iam::320000000013:role/Deployer", deployer.ARN)),
			headline: "Policy inline0 of user bob allows sts:AssumeRole on arn:aws:iam::320000000013:role/Deployer, not on role Deployer in prod (320000000031). Check the account id: if prod (320000000031) was meant, ask the owner of dev (210000000029) to correct it in policy inline0.",
			because:  "Policy inline0 of user bob, statement 1, allows sts:AssumeRole on arn:aws:iam::320000000013:role/Deployer, and the call asks for arn:aws:iam::320000000031:role/Deployer. The account ids differ in the 11th and the 12th digit, 13 in the policy's and 31 in the role's. This denies the call.",
		},
		{
			cause:    causeOf("identity.no_allow", inPolicy("identity", "", "")),
			headline: "No policy of user bob, or of a group that bob is in, allows sts:AssumeRole. Ask the owner of dev (210000000029) to allow bob sts:AssumeRole on role Deployer in prod (320000000031).",
			because:  "No statement of the caller's policies allows sts:AssumeRole on arn:aws:iam::320000000031:role/Deployer. This denies the call.",
		},
		{
			cause:    causeOf("identity.explicit_deny", inPolicy("identity", "NoProd", "arn:aws:iam::210000000029:group/devs"), explicit, sid("DenyProd")),
			headline: "Policy NoProd of group devs explicitly denies sts:AssumeRole on role Deployer in prod (320000000031). Ask the owner of dev (210000000029) for an exception in statement DenyProd, or use another identity.",
			because:  "Policy NoProd of group devs, statement DenyProd, explicitly denies sts:AssumeRole. This denies the call.",
		},
		{
			cause: causeOf("scp.region_deny", inPolicy("scp", "Regions", "ou-ab12-11111111"), explicit, detail("global_endpoint", "", "", ""),
				func(c *Cause) { c.Policy.LevelName = "Workloads" },
				cond("StringNotEquals", "aws:RequestedRegion", "present", []string{"eu-west-1", "eu-central-1"}, []string{"us-east-1"})),
			headline: "SCP Regions, attached to OU Workloads (ou-ab12-11111111), denies calls by region and does not exempt STS; the call went to the global endpoint of STS, which counts as us-east-1. Use the regional endpoint of STS in eu-west-1 or eu-central-1, or ask the owner of the organization's policies in management (100000000001) to exempt STS in that statement.",
			because:  "SCP Regions, attached to OU Workloads (ou-ab12-11111111), statement 1, denies calls where aws:RequestedRegion was not eu-west-1 or eu-central-1, and does not exempt STS; the call went to the global endpoint of STS, which counts as us-east-1. This denies the call.",
		},
		{
			cause:    causeOf("boundary.no_allow", inPolicy("boundary", "Limits", bobs.Role.ARN), detail("name", "arn:aws:iam::320000000031:role/Reader", "", "")),
			headline: "Permissions boundary Limits of user bob does not allow sts:AssumeRole on role Deployer in prod (320000000031). Ask the owner of dev (210000000029) whether the permissions boundary may allow sts:AssumeRole on Deployer in prod.",
			because:  "Permissions boundary Limits of user bob does not allow sts:AssumeRole on role Deployer. The nearest that it allows is arn:aws:iam::320000000031:role/Reader. This denies the call.",
		},
		{
			cause:    causeOf("trust.no_principal", trusting(carol), func(c *Cause) { c.Would = carol }),
			headline: "The trust policy of role Deployer in prod (320000000031) does not trust user bob; it trusts user carol only. Sign in as user carol, or ask the owner of Deployer in prod to trust bob.",
			because:  "No statement of the role's trust policy names user bob, its account or everyone; it trusts user carol only. This denies the call.",
		},
		{
			cause:    causeOf("role.not_found", detail("spelling", "arn:aws:iam::320000000031:role/Deployers", "", "")),
			headline: "There is no role Deployer in prod (320000000031); the nearest is Deployers. Check the name, and use Deployers if that is the role that was meant.",
			because:  "There is no role Deployer; the nearest is Deployers. The two differ by a few letters. AWS answers with the same message whether a role is missing or trusts somebody else. This denies the call.",
		},
		{
			cause:    causeOf("caller.root", by(Principal{Kind: "root", Account: dev})),
			headline: "The root user of dev (210000000029) cannot assume a role: AWS allows that to no root user. Sign in as an IAM user or through a role, and assume role Deployer from there.",
			because:  "AWS STS answers a root user's AssumeRole with an error whatever the policies say. This denies the call.",
		},
		{
			cause:    causeOf("companion.tag_session", likely("default"), func(c *Cause) { c.Action = "sts:TagSession" }),
			headline: "User bob was most likely denied because this call passes session tags, which needs sts:TagSession, and the trust policy of role Deployer in prod (320000000031) does not allow it. Ask the owner of Deployer in prod to allow sts:TagSession in a statement of its own, or make the call without tags if nothing has to be passed on.",
			because:  "This call passes session tags, which needs sts:TagSession beside sts:AssumeRole. The role's trust policy does not allow it. This most likely denies the call: a call in which nothing special is sent does not meet it.",
		},
		{
			cause:    causeOf("evidence.unreadable", possible, detail("trust", "Deployer", "", ""), func(c *Cause) { c.Policy, c.Statement = Policy{}, Statement{} }),
			headline: "Why user bob could not assume role Deployer in prod (320000000031) is not known: the trust policy of role Deployer in prod (320000000031) could not be read. Ask the owner of prod (320000000031) to look at the role's trust policy, or add accounts/320000000031/authorization-details.json to the estate directory.",
			because:  "The role's trust policy could not be read; nothing that was read denies the call.",
		},
		{
			cause:    causeOf("evidence.unreadable", possible, detail("trust", "Deployer", "", "")),
			headline: "Why user bob could not assume role Deployer in prod (320000000031) is not known: the trust policy of role Deployer in prod (320000000031) has a part that is not understood. Ask the owner of Deployer in prod to check it against the grammar of IAM policies; the report quotes what is not understood.",
			because:  "The role's trust policy, statement 1, has a part that is not understood; nothing else that was read denies the call.",
		},
	} {
		t.Run(test.cause.Code, func(t *testing.T) {
			what, next := english.Headline(&Headline{Call: test.cause.Call, Verdict: "denied", Primary: test.cause, Others: others(test.cause.Call, test.more)})
			if diff := cmp.Diff(test.headline, what+" "+next); diff != "" {
				t.Errorf("headline (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.because, english.Because(test.cause)); diff != "" {
				t.Errorf("because (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHeadlineWithoutCause(t *testing.T) {
	simulated := bobs
	simulated.Simulated = true
	for _, test := range []struct {
		h    Headline
		want string
	}{
		{Headline{Call: simulated, Verdict: "allowed_now"}, "User bob can assume role Deployer in prod (320000000031): every layer allows it."},
		{Headline{Call: bobs, Verdict: "allowed_now"}, "Today's policies allow user bob to assume role Deployer in prod (320000000031). Try again."},
		{
			Headline{Call: simulated, Verdict: "undetermined", Gap: &Gap{Call: simulated, Code: "key", Key: "aws:SourceIp"}},
			"Whether user bob can assume role Deployer in prod (320000000031) could not be determined: what the call would have for aws:SourceIp is not given. Give it: --context 'aws:SourceIp=VALUE', or --context 'aws:SourceIp=' if there is none.",
		},
		{Headline{Call: bobs, Verdict: "undetermined"}, "What denied user bob access to role Deployer in prod (320000000031) could not be determined. The report lists what is not known."},
	} {
		what, next := english.Headline(&test.h)
		if diff := cmp.Diff(test.want, strings.TrimSpace(what+" "+next)); diff != "" {
			t.Error(diff)
		}
	}
}
