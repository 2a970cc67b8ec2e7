package render

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// denied is a small report of each kind of field.
func denied() *report.Report {
	return &report.Report{
		Verdict: "denied", Headline: "It does not trust bob.", Next: "Ask carol.", Incident: "7f3a91c2d4e5f607",
		Event:    report.Event{Time: "2026-10-14T09:26:53Z", SourceIP: "198.51.100.7", Region: "eu-central-1", Name: "AssumeRole"},
		Accounts: map[string]report.Account{"320000000031": {Name: "prod"}},
		Caller:   report.Caller{Type: "AssumedRole", ARN: "arn:aws:sts::210000000029:assumed-role/ci/build-42", SessionName: "build-42", Account: "210000000029"},
		Role:     report.Role{ARN: "arn:aws:iam::320000000031:role/team/Deployer", Account: "320000000031", OwnerName: "team-platform"},
		Causes: []report.Cause{
			{Code: "caller.chained_session", Certainty: "likely"},
			{Code: "trust.no_principal", Certainty: "proved", Primary: true, Layer: "trust", Owner: "role_account", Account: "320000000031"},
		},
	}
}

func TestBrief(t *testing.T) {
	b := BriefOf(denied())
	want := []Field{
		{"Caller", "role ci, session build-42 in 210000000029"},
		{"Role", "Deployer in prod (320000000031)"},
		{"Cause", "trust.no_principal, proved"},
		{"Owner", "prod (320000000031), team-platform"},
		{"When", "2026-10-14 09:26:53Z"},
		{"From", "198.51.100.7, eu-central-1"},
		{"Severity", "medium"},
	}
	if diff := cmp.Diff(want, b.Fields); diff != "" {
		t.Errorf("fields (-want +got):\n%s", diff)
	}
	if b.Title != "Denied role switch: ci/build-42 → Deployer (prod)" || b.Who != "ci/build-42 → Deployer (prod)" || b.Incident != "incident 7f3a91c2d4e5f607" {
		t.Errorf("%q, %q, %q", b.Title, b.Who, b.Incident)
	}
	if b.Cause == nil || b.Cause.Code != "trust.no_principal" || len(b.Others) != 1 || b.Proof != "" || b.Next != "Ask carol." {
		t.Errorf("%+v", b)
	}
}

// TestBriefNext: a remedy that is proved is what to do, and is said to be.
func TestBriefNext(t *testing.T) {
	r := denied()
	r.Remedies = []report.Remedy{{Title: "Add bob.", Verified: true, Sufficient: true}}
	if b := BriefOf(r); b.Next != "Add bob." || b.Proof != "proved: the call is then allowed" {
		t.Errorf("%q (%q)", b.Next, b.Proof)
	}
}

func TestBriefUnknowns(t *testing.T) {
	r := denied()
	r.Gaps = []report.Gap{{Code: "role", What: "It was not read.", Affects: []string{"trust"}}}
	if b := BriefOf(r); b.Unknowns != nil {
		t.Errorf("a cause is proved, and %+v", b.Unknowns)
	}
	r.Causes, r.Verdict = nil, "undetermined"
	if b := BriefOf(r); b.Unknowns == nil || b.Unknowns.Sum != "1 thing that could change this answer" || b.Cause != nil {
		t.Errorf("nothing is proved, and %+v", b)
	}
}

func TestTitle(t *testing.T) {
	tests := []struct{ verdict, event, cause, want string }{
		{"denied", "AssumeRole", "", "Denied role switch: %s"},
		{"allowed_now", "AssumeRole", "", "Denied role switch, allowed by now: %s"},
		{"allowed_now", "AssumeRole", "platform.changed_since", "Denied role switch, allowed by now: %s"},
		{"allowed_now", "AssumeRole", "evidence.contradiction", "Denied role switch, no reason found: %s"},
		{"not_a_policy_denial", "AssumeRole", "", "Failed role switch: %s"},
		{"", "AssumeRole", "", "Denied role switch, cause not known: %s"},
		{"later", "AssumeRole", "", "Denied role switch, cause not known: %s"},
		{"allowed_now", "simulate", "", "Role switch would work: %s"},
		{"denied", "simulate", "", "Role switch would be denied: %s"},
	}
	for _, tt := range tests {
		r := &report.Report{Verdict: tt.verdict, Event: report.Event{Name: tt.event}}
		if tt.cause != "" {
			layer, _, _ := strings.Cut(tt.cause, ".")
			r.Causes = []report.Cause{{Code: tt.cause, Layer: layer, Primary: true}}
		}
		if got := (namer{r, &english}).title(); got != tt.want {
			t.Errorf("%s of %s: %q, want %q", tt.verdict, tt.event, got, tt.want)
		}
	}
}

func TestRepeated(t *testing.T) {
	last := time.Date(2026, 10, 14, 11, 46, 12, 0, time.FixedZone("", 2*60*60))
	tests := []struct {
		r    Repeats
		want string
	}{
		{Repeats{}, ""},
		{Repeats{Times: -1, Last: last}, ""},
		{Repeats{Times: 1, Over: time.Minute, Last: last}, "again once, last 09:46:12 UTC"},
		{Repeats{14, 20 * time.Minute, last}, "again 14 times in 20 minutes, last 09:46:12 UTC"},
		{Repeats{2, time.Minute, last}, "again 2 times in 1 minute, last 09:46:12 UTC"},
		{Repeats{3, 90 * time.Minute, last}, "again 3 times in 90 minutes, last 09:46:12 UTC"},
		{Repeats{3, 0, last}, "again 3 times in 0 seconds, last 09:46:12 UTC"},
		{Repeats{4998, 2*time.Hour + time.Second, last}, "again 4,998 times in 2 hours, last 09:46:12 UTC"},
		{Repeats{1000000, 50 * time.Hour, last}, "again 1,000,000 times in 2 days, last 2026-10-14 09:46:12 UTC"},
		{Repeats{2, -time.Hour, last}, "again 2 times in 0 seconds, last 09:46:12 UTC"},
	}
	for _, tt := range tests {
		if got := Repeated("en", tt.r); got != tt.want {
			t.Errorf("Repeated(%+v) = %q, want %q", tt.r, got, tt.want)
		}
	}
}

func TestAtMost(t *testing.T) {
	q := Quote{First: 1, Mark: []Span{{Line: 9, From: 0, To: 1}}}
	for range 20 {
		q.Lines = append(q.Lines, `"x"`)
	}
	for most := range 22 {
		lines, marked := 0, false
		for _, l := range q.AtMost(most) {
			if !l.Skipped {
				lines++
			}
			marked = marked || len(l.Marks) > 0
		}
		if lines > most || most > 0 && !marked || most >= 20 && lines != 20 {
			t.Errorf("%d lines of %d, marked %v", lines, most, marked)
		}
	}
}
