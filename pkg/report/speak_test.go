package report

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestWorkload: a session that a service made is told from a person's.
func TestWorkload(t *testing.T) {
	for _, test := range []struct {
		kind, name, agent string
		want              bool
	}{
		{"AssumedRole", "i-0c4f1a2b3d5e6f708", "", true},
		{"AssumedRole", "AWSCodeBuild-6f1b0d52-8c3e-4a77-9d10-2b5c7e9fa431", "", true},
		{"AssumedRole", "SageMaker", "", true},
		{"AssumedRole", "GitHubActions", "", true},
		{"AssumedRole", "order-worker", "Boto3/1.40 exec-env/AWS_Lambda_python3.13", true},
		{"AssumedRole", "erin", "aws-cli/2.31.0", false},
		{"AssumedRole", "i-am-erin", "", false},
		{"AssumedRole", "i-0c4f1a2b3d5e6f708@example.com", "", false},
		{"IAMUser", "", "Boto3/1.40 exec-env/AWS_Lambda_python3.13", false},
	} {
		r := Report{Caller: Caller{Type: test.kind, SessionName: test.name}, Event: Event{UserAgent: test.agent}}
		if got := r.workload(); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

// TestConsole: both records of a role switch in the console are told from a call.
func TestConsole(t *testing.T) {
	for _, test := range []struct {
		event Event
		want  bool
	}{
		{Event{Name: "SwitchRole", SourceIP: "203.0.113.7"}, true},
		{Event{Name: "AssumeRole", SourceIP: "AWS Internal"}, true},
		{Event{Name: "AssumeRole", UserAgent: "AWS Internal"}, true},
		{Event{Name: "AssumeRole", SourceIP: "203.0.113.7", UserAgent: "aws-cli/2.32.9"}, false},
		{Event{}, false},
	} {
		if r := (Report{Event: test.event}); r.console() != test.want {
			t.Errorf("%+v: %v", test.event, !test.want)
		}
	}
}

// TestNextNamesEveryOwner: the causes beside the primary one reach Next, and
// those that merely explain another do not.
func TestNextNamesEveryOwner(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Diagnosis.Causes = append(in.Diagnosis.Causes, diagnose.Cause{Code: diagnose.RoleOtherAccount})
	r := Build(in)
	want := "Two things are needed: the owner of role Deployer has to trust bob, and the call most likely has to send the ExternalId, which the owner of role Deployer knows."
	if r.Next != want {
		t.Errorf("got %q, want %q", r.Next, want)
	}
	if strings.Contains(r.Headline, "below") {
		t.Errorf("%q counts what Next says", r.Headline)
	}
}

// TestMessageDisagrees: AWS's own reason is told where the policies do not bear
// it out, and only there.
func TestMessageDisagrees(t *testing.T) {
	for _, agreement := range []diagnose.Agreement{diagnose.Disagrees, diagnose.Agrees, diagnose.Silent} {
		in := input(t, "sesame-2026")
		in.Diagnosis.Agreement = agreement
		in.Subject.Record.Hint.PolicyType = "permissions boundary"
		got := strings.Contains(Build(in).Headline, "AWS named another reason (no permissions boundary allows it)")
		if want := agreement == diagnose.Disagrees; got != want {
			t.Errorf("%s: told %v", agreement, got)
		}
	}
}

// TestNoEstate: without any policies the report says so, and what to do.
func TestNoEstate(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Estate = &estate.Estate{}
	in.Diagnosis.Causes, in.Diagnosis.Verdict = nil, diagnose.Undetermined
	r := Build(in)
	if !r.Estate.Empty || !strings.HasPrefix(r.Next, "Forward this to the owner of role ") {
		t.Errorf("%+v: %q", r.Estate, r.Next)
	}
	in.Estate = organization(orgText)
	if r := Build(in); r.Estate.Empty || strings.Contains(r.Next, "--estate") {
		t.Errorf("%+v: %q", r.Estate, r.Next)
	}
}

// orgText is an organization with one account in one unit.
const orgText = `{"Id":"o-a1b2c3d4e5","MasterAccountId":"100000000001",
"Roots":[{"Id":"r-ab12","PolicyTypes":[]}],
"Nodes":[{"Id":"ou-ab12-11111111","Name":"Workloads","ParentId":"r-ab12"},
{"Id":"100000000001","Name":"management","ParentId":"r-ab12"},
{"Id":"210000000029","Name":"dev","ParentId":"ou-ab12-11111111"}],
"Policies":[],"Attachments":[]}`

func organization(text string) *estate.Estate {
	return estate.New(estate.Parts{Organization: estate.File{Name: "organization.json", Found: true, Data: []byte(text)}})
}

// TestOrganizationNames: units and accounts get their names, and an account of
// nobody we know is outside.
func TestOrganizationNames(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Estate = organization(orgText)
	c := &in.Diagnosis.Causes[0]
	c.Code, c.Trusted = diagnose.TrustOrganization, nil
	c.Condition = &diagnose.Condition{
		Operator: "ForAnyValue:StringLike", Key: "aws:PrincipalOrgPaths", State: request.KeyPresent,
		Wanted: []string{"o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*"}, Got: []string{"o-a1b2c3d4e5/r-ab12/"},
	}
	r := Build(in)
	if !strings.Contains(r.Headline, "trusts accounts under OU Workloads (ou-ab12-11111111) only") {
		t.Errorf("%q", r.Headline)
	}
	if r.Accounts["210000000029"].Outside || !r.Accounts["320000000031"].Outside {
		t.Errorf("%+v", r.Accounts)
	}
	in.Estate = organization(strings.Replace(orgText, `"Nodes"`, `"Knoten"`, 1))
	if r := Build(in); r.Accounts["320000000031"].Outside {
		t.Error("of an organization that was not read in full nobody is outside")
	}
}
