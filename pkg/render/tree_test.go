package render

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// kinds gives the tree's blocks by name.
func kinds(r *report.Report) []string {
	var names []string
	for _, b := range Tree(r) {
		names = append(names, fmt.Sprintf("%T", b)[len("render."):])
	}
	return names
}

func TestTree(t *testing.T) {
	layers := []report.Layer{{Layer: "trust", Needed: "yes", Result: "denies"}}
	role := report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"}
	tests := []struct {
		name string
		r    report.Report
		want []string
	}{
		{"empty", report.Report{}, []string{"Head"}},
		{"denied", report.Report{
			Verdict: "denied", Headline: "x", Role: role, Layers: layers, Causes: make([]report.Cause, 3), Incident: "7f", Trace: &report.Trace{},
		}, []string{"Head", "Lead", "Chain", "Cause", "Cause", "Cause", "Unknowns", "Trace", "Foot"}},
		{"remedies", report.Report{Role: role, Layers: layers, Remedies: make([]report.Remedy, 2)}, []string{"Head", "Chain", "Remedy", "Remedy"}},
		{"undetermined without gaps promises nothing", report.Report{Verdict: "undetermined"}, []string{"Head"}},
		{"gaps", report.Report{Verdict: "undetermined", Gaps: make([]report.Gap, 1)}, []string{"Head", "Unknowns"}},
		{"no layers: AWS's own words", report.Report{AWSSays: report.AWSSays{Message: "m", Agrees: "silent"}}, []string{"Head", "Said"}},
		{"nobody calls nothing", report.Report{Layers: layers, AWSSays: report.AWSSays{Message: "m"}}, []string{"Head", "Said"}},
		{"AWS agrees", report.Report{Role: role, Layers: layers, AWSSays: report.AWSSays{Message: "m", Agrees: "yes"}}, []string{"Head", "Chain", "Foot"}},
		{"AWS disagrees", report.Report{Role: role, Layers: layers, AWSSays: report.AWSSays{Message: "m", Agrees: "no"}}, []string{"Head", "Chain", "Said", "Foot"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, kinds(&tt.r)); diff != "" {
				t.Errorf("blocks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestHead(t *testing.T) {
	tests := []struct {
		verdict, event, word string
		tone                 Tone
	}{
		{"denied", "AssumeRole", "DENIED", Bad},
		{"undetermined", "AssumeRole", "DENIED, CAUSE NOT KNOWN", Doubt},
		{"undetermined", "simulate", "UNDETERMINED", Doubt},
		{"allowed_now", "AssumeRole", "ALLOWED NOW", Good},
		{"allowed_now", "simulate", "ALLOWED", Good},
		{"not_a_policy_denial", "AssumeRole", "FAILED", Bad},
		{"", "", "UNDETERMINED", Doubt},
		{"CAUSE", "", "UNDETERMINED", Doubt},
	}
	for _, tt := range tests {
		h := Tree(&report.Report{Verdict: tt.verdict, Event: report.Event{Name: tt.event}})[0].(Head)
		if h.Word != tt.word || h.Tone != tt.tone {
			t.Errorf("%s of %s: %q, %v, want %q, %v", tt.verdict, tt.event, h.Word, h.Tone, tt.word, tt.tone)
		}
	}
}

// TestUnknowns: what touches a layer could change the answer, unless it is
// proved; whatever else is not known could not.
func TestUnknowns(t *testing.T) {
	r := &report.Report{Gaps: []report.Gap{
		{What: "h", Code: "history"},
		{What: "a"},
		{What: "b", Settle: "s", Affects: []string{"trust"}},
		{What: "b", Settle: "s", Affects: []string{"trust"}},
		{Code: "key", Key: "aws:SourceIp"},
	}}
	rest := Gaps{Title: "Without effect on this answer:", Tone: Faint, List: []Gap{{What: "a"}, {What: "key aws:SourceIp"}}}
	for certainty, want := range map[string]Unknowns{
		"likely": {
			Word: "UNKNOWN", Sum: "1 thing that could change this answer",
			Groups: []Gaps{{Tone: Doubt, List: []Gap{{"b", "s"}}}, rest},
		},
		"proved": {
			Word: "UNKNOWN", Sum: "nothing that could change this answer", Settled: true,
			Groups: []Gaps{{Title: "What may deny it as well:", List: []Gap{{"b", "s"}}}, rest},
		},
	} {
		r.Causes = []report.Cause{{Certainty: "possible"}, {Certainty: certainty}}
		if diff := cmp.Diff(want, namer{r, &english}.unknowns()); diff != "" {
			t.Errorf("unknowns beside a cause that is %s (-want +got):\n%s", certainty, diff)
		}
	}
}

// TestUnknownsOfMissingEvidence: nothing is said to be without effect where
// nothing that was read denies.
func TestUnknownsOfMissingEvidence(t *testing.T) {
	r := &report.Report{
		Gaps:   []report.Gap{{What: "a"}, {What: "b", Code: "history"}},
		Causes: []report.Cause{{Layer: "evidence", Certainty: "possible", Primary: true}},
	}
	want := Unknowns{
		Word: "UNKNOWN", Sum: "2 things that could change this answer",
		Groups: []Gaps{{Tone: Doubt, List: []Gap{{What: "a"}, {What: "b"}}}},
	}
	if diff := cmp.Diff(want, namer{r, &english}.unknowns()); diff != "" {
		t.Errorf("unknowns (-want +got):\n%s", diff)
	}
}

func TestOwner(t *testing.T) {
	r := &report.Report{
		Accounts: map[string]report.Account{"320000000031": {Name: "prod"}}, Role: report.Role{OwnerName: "team-platform"},
		Caller: report.Caller{Account: "210000000029", RoleARN: "arn:aws:iam::210000000029:role/aws-reserved/AWSReservedSSO_Read_0123456789abcdef"},
	}
	tests := []struct {
		cause report.Cause
		want  string
	}{
		{report.Cause{Owner: "role_account", Account: "320000000031"}, "owner: prod (320000000031), team-platform"},
		{report.Cause{Owner: "caller_account", Account: "210000000029"}, "owner: 210000000029"},
		{report.Cause{Owner: "organization", Account: "100000000017"}, "owner: 100000000017, organization policies"},
		{report.Cause{Owner: "organization", Account: "210000000029"}, "owner: the organization"},
		{report.Cause{Owner: "organization"}, "owner: the organization"},
		{report.Cause{Owner: "caller", Account: "210000000029"}, "owner: the caller"},
		{report.Cause{Owner: "identity_provider", Account: "210000000029"}, "owner: IAM Identity Center, permission set Read"},
		{report.Cause{Code: "evidence.contradiction", Owner: "role_account", Account: "320000000031"}, ""},
		{report.Cause{Owner: "role_account"}, "owner: the role's account, team-platform"},
		{report.Cause{}, ""},
	}
	for _, tt := range tests {
		if got := (namer{r, &english}).owner(&tt.cause); got != tt.want {
			t.Errorf("owner of %+v = %q, want %q", tt.cause, got, tt.want)
		}
	}
}

// TestFoot: the age of the policies, and that nobody knows their changes since.
func TestFoot(t *testing.T) {
	gap := []report.Gap{{Code: "history"}}
	blind := []report.Cause{{Layer: "evidence", Primary: true}}
	read := report.Estate{ReadAt: "2026-10-14T12:06:41Z"}
	at := func(event, name string) report.Event { return report.Event{Time: event, Name: name} }
	const policies = "policies as of 2026-10-14 12:06:41Z"
	tests := []struct {
		name string
		r    report.Report
		want []string
	}{
		{"nothing", report.Report{}, nil},
		{"after", report.Report{Event: at("2026-10-14T09:03:33Z", ""), Estate: read, Gaps: gap}, []string{policies + ", 3 h 3 min after the call; changes in between are not known"}},
		{"long after", report.Report{Event: at("2026-10-02T11:06:41Z", ""), Estate: read}, []string{policies + ", 12 d 1 h after the call"}},
		{"days after", report.Report{Event: at("2026-10-02T12:05:41Z", ""), Estate: read}, []string{policies + ", 12 d after the call"}},
		{"just after", report.Report{Event: at("2026-10-14T12:06:40Z", ""), Estate: read}, []string{policies + ", 1 s after the call"}},
		{"before", report.Report{Event: at("2026-10-14T12:10:00Z", ""), Estate: read}, []string{policies + ", 3 min before the call"}},
		{"no time of the call", report.Report{Estate: read, Gaps: gap}, []string{policies}},
		{"never read", report.Report{Event: at("2026-10-14T09:03:33Z", ""), Gaps: gap}, []string{"changes of the policies since the call are not known"}},
		{"said above", report.Report{Event: at("2026-10-14T12:05:41Z", ""), Estate: read, Gaps: gap, Causes: blind}, []string{policies + ", 1 min after the call"}},
		{"simulated", report.Report{Incident: "7f", Event: at("2026-10-14T09:03:33Z", "simulate"), Estate: read, Gaps: gap}, []string{policies}},
		{"silent", report.Report{Incident: "7f", AWSSays: report.AWSSays{Message: "m", Agrees: "silent"}}, []string{"incident 7f"}},
		{"agrees", report.Report{AWSSays: report.AWSSays{Message: "m", Agrees: "yes"}}, []string{"AWS's message agrees"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, namer{&tt.r, &english}.foot().Items); diff != "" {
				t.Errorf("foot (-want +got):\n%s", diff)
			}
		})
	}
}

// TestBecause: what the headline has said already is not said again.
func TestBecause(t *testing.T) {
	r := &report.Report{Headline: "The policy denies. Ask carol.", Causes: []report.Cause{
		{Code: "a", Because: "The policy denies."}, {Code: "b", Because: "Another denies."},
	}}
	var got []string
	for _, b := range Tree(r) {
		if c, ok := b.(Cause); ok {
			got = append(got, c.Code+" "+c.Because)
		}
	}
	if diff := cmp.Diff([]string{"a ", "b Another denies."}, got); diff != "" {
		t.Errorf("causes (-want +got):\n%s", diff)
	}
}
