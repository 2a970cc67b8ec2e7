// Package rendertest holds the reports by which the formats are tested: samples
// of what is said, for golden files, and reports with hostile text in every
// field. It is for tests alone.
//
// Pure; the same seed gives the same report.
package rendertest

import (
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/report"
)

const (
	dev  = "210000000029"
	prod = "320000000031"
)

func bobARN() string      { return "arn:aws:iam::" + dev + ":user/bob" }
func deployerARN() string { return "arn:aws:iam::" + prod + ":role/Deployer" }

func layer(name, needed, result string) report.Layer {
	return report.Layer{Action: "sts:AssumeRole", Layer: name, Needed: needed, Result: result}
}

func exempt(l report.Layer, why string) report.Layer {
	l.Exempt = why
	return l
}

func levels(name string, results ...string) []report.Layer {
	targets := []string{"r-examplerootid", "ou-exam-workload", dev}
	var all []report.Layer
	for i, result := range results {
		l := layer(name, "yes", result)
		l.Level, l.Target = i, targets[i]
		all = append(all, l)
	}
	return all
}

// untrusted is the picture: bob is not trusted, everything else allows.
func untrusted() *report.Report {
	trust := report.Policy{Kind: "trust", AttachedTo: deployerARN()}
	inline := layer("identity", "yes", "allows")
	inline.Policy = report.Policy{Kind: "identity", Managed: "inline", Name: "inline0", AttachedTo: bobARN()}
	inline.Statement = report.Statement{Index: 0, Line: 4}
	r := &report.Report{
		Lang: "en", Verdict: "denied",
		Event: report.Event{Time: "2026-10-14T09:26:53Z", Name: "AssumeRole", ErrorCode: "AccessDenied"},
		Accounts: map[string]report.Account{
			dev: {Name: "identity"}, prod: {Name: "prod"},
		},
		Caller:   report.Caller{ARN: bobARN(), Account: dev, Type: "IAMUser"},
		Role:     report.Role{ARN: deployerARN(), Account: prod, Exists: "yes", OwnerName: "team-platform"},
		Actions:  []report.Action{{Name: "sts:AssumeRole", Applies: "true"}},
		Headline: "The trust policy of role Deployer in prod (320000000031) does not trust user bob: it trusts user carol only.",
		Next:     "Ask team-platform, the owner of role Deployer in prod (320000000031), to trust bob, or sign in as carol.",
		Causes: []report.Cause{{
			Code: "trust.no_principal", Certainty: "proved", Primary: true, Layer: "trust",
			Account: prod, Owner: "role_account", Action: "sts:AssumeRole", Policy: trust,
			Statement: report.Statement{Sid: "OnlyCarol", Line: 3},
			Detail:    report.Detail{Kind: "other_principal", Wanted: "arn:aws:iam::210000000029:user/carol", Got: bobARN(), Diff: [][2]int{{31, 34}}},
			Quote: report.Quote{
				First: 5,
				Lines: []string{`      "Sid": "OnlyCarol",`, `      "Effect": "Allow",`, `      "Principal": { "AWS": "arn:aws:iam::210000000029:user/carol" },`},
				Mark:  []report.Mark{{Line: 7, From: 28, To: 66}},
			},
			Because: "No statement of the trust policy names user bob, the account or everyone. This denies the call.",
		}},
		AWSSays:  report.AWSSays{Message: "User: arn is not authorized", Agrees: "silent"},
		Estate:   report.Estate{ReadAt: "2026-10-14T06:00:00Z"},
		Incident: "7f3a91c2d4e5f607",
	}
	r.Layers = append(r.Layers, levels("rcp", "allows", "allows", "allows")...)
	r.Layers = append(r.Layers, levels("scp", "allows", "allows", "allows")...)
	r.Layers = append(r.Layers, layer("trust", "yes", "denies"), inline,
		layer("boundary", "exempt", "none"), layer("session", "exempt", "none"), layer("vpce", "exempt", "none"))
	return r
}

// sso is a permission set's session that an SCP of its account denies, with a
// condition that turns, and that a trust condition may deny as well.
func sso() *report.Report {
	r := untrusted()
	r.Caller = report.Caller{
		ARN:     "arn:aws:sts::" + dev + ":assumed-role/AWSReservedSSO_DeveloperAccess_0123456789abcdef/alice@example.com",
		Account: dev, Type: "AssumedRole", SessionName: "alice@example.com",
		RoleARN: "arn:aws:iam::" + dev + ":role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_DeveloperAccess_0123456789abcdef",
	}
	r.Headline = "SCP DenyOutsideEurope on OU ou-exam-workload denies the call: region us-east-1 is not in its list; 2 more causes below."
	r.Next = "Ask the owner of the organization's policies to spare AWS STS, or call the endpoint of eu-central-1."
	scp := report.Policy{Kind: "scp", Managed: "customer", Name: "DenyOutsideEurope", ARN: "arn:aws:organizations::100000000017:policy/o-exampleorgid/service_control_policy/p-denyeurope", AttachedTo: "ou-exam-workload"}
	trust := report.Policy{Kind: "trust", AttachedTo: deployerARN()}
	denied := r.Layers[4]
	denied.Result, denied.Explicit, denied.Policy, denied.Statement = "denies", true, scp, report.Statement{Sid: "Region", Line: 4}
	r.Layers[4] = denied
	r.Layers[6].Result, r.Layers[6].Statement = "unknown", report.Statement{Index: 1, Line: 12}
	session := layer("session", "yes", "unknown")
	r.Layers[9] = session
	r.Causes = []report.Cause{
		{
			Code: "scp.region_deny", Certainty: "proved", Primary: true, Layer: "scp", Account: "100000000017", Owner: "organization",
			Action: "sts:AssumeRole", Policy: scp, Statement: report.Statement{Sid: "Region", Line: 4},
			Quote: report.Quote{First: 4, Lines: []string{
				`    {`, `      "Sid": "Region",`, `      "Effect": "Deny",`, `      "NotAction": [`, `        "iam:*",`, `        "organizations:*",`, `        "support:*"`, `      ],`, `      "Resource": "*",`,
				`      "Condition": {`, `        "StringNotEquals": {`, `          "aws:RequestedRegion": ["eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "eu-south-2"]`, `        }`, `      }`, `    }`,
			}, Mark: []report.Mark{{Line: 15, From: 10, To: 31}}},
			Condition: report.Condition{Operator: "StringNotEquals", Key: "aws:RequestedRegion", GotState: "present", Got: []string{"us-east-1"}, Wanted: []string{"eu-central-1", "eu-west-1", "eu-west-2", "eu-west-3", "eu-north-1", "eu-south-1", "eu-south-2"}},
			Because:   "SCP DenyOutsideEurope denies calls outside its regions and does not spare AWS STS. The global endpoint counts as us-east-1. This denies the call.",
			Evidence: []report.Evidence{
				{Origin: "event:awsRegion", Fact: "aws:RequestedRegion us-east-1"},
				{Origin: "rule:effect", Fact: "explicit deny"},
				{Origin: "estate:level", Fact: "ou-exam-workload Workloads"},
			},
		},
		{
			Code: "trust.source_ip", Certainty: "possible", Layer: "trust", Account: prod, Owner: "role_account", Action: "sts:AssumeRole",
			Policy: trust, Statement: report.Statement{Index: 1, Line: 12},
			Quote:     report.Quote{First: 16, Lines: []string{`      "Condition": {`, `        "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }`, `      }`}, Mark: []report.Mark{{Line: 17, From: 23, To: 37}}},
			Condition: report.Condition{Operator: "IpAddress", Key: "aws:SourceIp", Wanted: []string{"203.0.113.0/24"}, GotState: "unknown"},
			Because:   "Statement 2 trusts calls from 203.0.113.0/24 only. This denies the call if it came from elsewhere.",
		},
		{
			Code: "session.no_allow", Certainty: "possible", Layer: "session", Account: dev, Owner: "caller", Action: "sts:AssumeRole",
			Because: "A session policy was passed when the caller's session was made, and CloudTrail does not show it. This denies the call if it does not allow sts:AssumeRole.",
		},
	}
	r.Gaps = []report.Gap{
		{Code: "key", Layer: "trust", Key: "aws:SourceIp", Affects: []string{"trust"}, What: "Whether aws:SourceIp had the value that the trust policy wants is not known: the call came through AWS Internal.", Settle: "Give it with --know aws:SourceIp=ADDRESS."},
		{Code: "session_policy", Layer: "session", Affects: []string{"session"}, What: "The session policy of alice@example.com is not known.", Settle: "Read the record of the call that made the session."},
		{Code: "key", Key: "aws:MultiFactorAuthAge", Affects: []string{}, What: "The age of the MFA sign-in is not known."},
	}
	r.AWSSays.Agrees = "yes"
	r.Known = []report.Known{{Key: "sts:ExternalId", State: "absent"}}
	return r
}

// externalID holds what the report has put in the place of secrets.
func externalID() *report.Report {
	r := untrusted()
	r.Headline = "Role Deployer in prod (320000000031) demands an external ID, and the console cannot send one."
	r.Next = "Use the AWS CLI with --external-id."
	c := &r.Causes[0]
	c.Code, c.Certainty, c.Owner, c.Account = "trust.external_id_console", "likely", "caller", dev
	c.Statement = report.Statement{Index: 0, Line: 3}
	c.Because = "The trust policy demands an external ID. This most likely denies the call: the console's switch cannot send one."
	c.Quote = report.Quote{
		First: 9, Lines: []string{`"StringEquals": { "sts:ExternalId": "(external id)" }`}, Mark: []report.Mark{{Line: 9, From: 18, To: 34}},
	}
	c.Detail = report.Detail{Kind: "console"}
	c.Condition = report.Condition{Operator: "StringEquals", Key: "sts:ExternalId", Wanted: []string{"(external id)"}, GotState: "absent"}
	c.Evidence = []report.Evidence{{Origin: "event:userAgent", Fact: "the console's switch"}, {Origin: "rule:default", Fact: "no ExternalId unless one is given"}}
	return r
}

// unread is what remains when the role's account could not be read.
func unread() *report.Report {
	r := untrusted()
	r.Verdict = "undetermined"
	r.Headline = "What denied user bob the way to role Deployer in prod (320000000031) could not be determined: the trust policy could not be read."
	r.Next = "Allow iam:GetRole in prod (320000000031)."
	for i := range r.Layers {
		switch r.Layers[i].Layer {
		case "rcp":
			r.Layers[i].Result = "unknown"
		case "trust":
			r.Layers[i].Result = "unknown"
		}
	}
	r.Role.Exists, r.Role.OwnerName = "unknown", ""
	r.Causes = []report.Cause{{
		Code: "evidence.unreadable", Certainty: "possible", Primary: true, Layer: "evidence", Account: prod, Owner: "role_account",
		Because: "The trust policy of role Deployer in prod (320000000031) could not be read; nothing that could be read denies.",
	}}
	r.Gaps = []report.Gap{
		{Code: "role", Layer: "trust", Account: prod, Permission: "iam:GetRole", Affects: []string{"trust"}, What: "The trust policy of role Deployer was not read.", Settle: "Allow iam:GetRole on it."},
		{Code: "organization", Layer: "rcp", Permission: "organizations:ListPolicies", Affects: []string{"rcp"}, What: "The RCPs above prod (320000000031) were not read.", Settle: "Allow organizations:ListPolicies."},
	}
	return r
}

// bare is a report of which next to nothing is known.
func bare() *report.Report {
	return &report.Report{
		Verdict: "undetermined", Headline: "AWS's message does not say which role.",
		Causes:  []report.Cause{{Code: "evidence.role_unknown", Certainty: "possible", Primary: true}},
		AWSSays: report.AWSSays{Message: "User is not authorized to perform: sts:AssumeRole", Agrees: "silent"},
	}
}

// throttled is no policy's doing.
func throttled() *report.Report {
	r := untrusted()
	r.Verdict, r.Layers = "not_a_policy_denial", nil
	r.Headline = "AWS STS throttled the call: no policy denied it."
	r.Next = "Try again later, and less often."
	r.Causes = []report.Cause{{Code: "platform.throttled", Certainty: "proved", Primary: true, Layer: "platform", Owner: "caller", Account: dev, Because: "AWS STS answered Throttling: Rate exceeded. This failed the call."}}
	r.AWSSays = report.AWSSays{Message: "Rate exceeded", Agrees: "silent"}
	return r
}

// simulated is a call that would work, in one account whose organization's
// policies do not bind it.
func simulated() *report.Report {
	r := untrusted()
	r.Event = report.Event{Name: "simulate", Time: "2026-11-21T12:00:00Z"}
	r.Verdict, r.Headline, r.Next, r.Causes, r.Incident = "allowed_now", "User bob can assume role Deployer in identity (210000000029): every layer allows it.", "", nil, ""
	r.AWSSays = report.AWSSays{Agrees: "silent"}
	r.Role.Account, r.Role.ARN = dev, "arn:aws:iam::"+dev+":role/Deployer"
	trust := layer("trust", "yes", "allows")
	trust.Statement = report.Statement{Sid: "Bob", Line: 4}
	r.Layers = []report.Layer{
		exempt(layer("scp", "exempt", "none"), "management_account"), layer("rcp", "exempt", "none"), trust,
		layer("identity", "no", "none"), layer("boundary", "yes", "allows"),
	}
	r.Layers[4].Policy = report.Policy{Kind: "boundary", Name: "developers"}
	return r
}

// companion is denied for the tags it passes, by the role's trust policy.
func companion() *report.Report {
	r := untrusted()
	r.Headline = "The trust policy of role Deployer in prod (320000000031) does not allow sts:TagSession."
	r.Next = "Ask team-platform to allow it."
	r.Actions = append(r.Actions, report.Action{Name: "sts:TagSession", Applies: "true"}, report.Action{Name: "sts:SetSourceIdentity", Applies: "unknown"})
	r.Layers[6].Result, r.Layers[6].Statement = "allows", report.Statement{Sid: "Bob", Line: 4}
	r.Causes[0].Code, r.Causes[0].Quote, r.Causes[0].Detail = "companion.tag_session", report.Quote{}, report.Detail{}
	r.Causes[0].Statement = report.Statement{}
	tags := layer("trust", "yes", "denies")
	tags.Action = "sts:TagSession"
	other := tags
	other.Action = "sts:SetSourceIdentity"
	r.Layers = append(r.Layers, tags, other)
	r.Trace = trace()
	return r
}

func trace() *report.Trace {
	return &report.Trace{
		Decision: "denied", Best: "denied", Worst: "denied",
		Actions: []report.TraceAction{{
			Action: "sts:AssumeRole", Decision: "denied",
			Layers: []report.TraceLayer{
				{Layer: "scp", Level: 1, Target: dev, Needed: "yes", Deny: "false", Allow: "true"},
				{
					Layer: "trust", Needed: "yes", Deny: "false", Allow: "false",
					Statements: []report.TraceStatement{{
						Policy: report.Policy{Kind: "trust"}, Statement: report.Statement{Sid: "OnlyCarol", Line: 3}, Effect: "Allow",
						Match: "false", Principal: "false", Action: "true", Resource: "true", Condition: "true",
						Conditions: []report.TraceCondition{{
							Condition: report.Condition{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Wanted: []string{"o-exampleorgid"}, Got: []string{"o-exampleorgid"}, GotState: "present"},
							Result:    "true",
						}},
					}},
				},
			},
		}},
	}
}

// many is a long name, a wide script and more causes than a screen holds.
func many() *report.Report {
	r := untrusted()
	r.Role.ARN = "arn:aws:iam::" + prod + ":role/team/platform/DeploymentOrchestratorForCustomerFacingWorkloads"
	r.Accounts[prod] = report.Account{Name: "生产环境"}
	r.Headline, r.Next = "Twelve statements deny the call.", ""
	first := r.Causes[0]
	r.Causes = nil
	for i := range 12 {
		c := first
		c.Primary = i == 0
		c.Code, c.Layer, c.Owner, c.Account = "identity.explicit_deny", "identity", "caller_account", dev
		c.Policy = report.Policy{Kind: "identity", Managed: "customer", Name: fmt.Sprintf("guard-%d", i), AttachedTo: "arn:aws:iam::" + dev + ":group/developers"}
		c.Statement = report.Statement{Index: i, Line: 3}
		c.Detail, c.Because = report.Detail{}, fmt.Sprintf("Statement %d of policy guard-%d denies sts:AssumeRole. This denies the call.", i+1, i)
		c.Quote = report.Quote{First: 3, Lines: []string{"\t\"Effect\": \"Deny\",", "\t\"Action\": \"sts:*\""}, Mark: []report.Mark{{Line: 3, From: 1, To: 17}, {Line: 4, From: 11, To: 18}}}
		r.Causes = append(r.Causes, c)
	}
	return r
}

// hostile has in its names what a terminal would obey.
func hostile() *report.Report {
	r := untrusted()
	evil := "bob\x1b[2J\nALLOWED  \u202egnp\u200b\u00a0\u2028x\xff"
	r.Caller = report.Caller{ARN: "arn:aws:sts::" + dev + ":assumed-role/ops/" + evil, Account: dev, Type: "AssumedRole", SessionName: evil}
	r.Headline, r.Next = "The trust policy does not trust session "+evil+".", ""
	r.Causes[0].Quote.Lines[0] = "      \"Sid\": \"\r\x1b]0;title\a\","
	r.Causes[0].Detail.Got += "\n\nCAUSE  none"
	return r
}

// Reports are samples of what a report can say, by the name of their golden
// files. Each call makes them anew.
func Reports() map[string]*report.Report {
	return map[string]*report.Report{
		"untrusted": untrusted(), "sso": sso(), "external_id": externalID(), "unread": unread(), "bare": bare(),
		"throttled": throttled(), "simulated": simulated(), "companion": companion(), "many": many(), "hostile": hostile(),
		"empty": {},
	}
}
