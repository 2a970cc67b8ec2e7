package ledger

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// broken is a store of which each method fails that is not set.
type broken struct {
	Store
	list    []Suppression
	listErr error
	read    int
	change  error
	reports []Kept
	events  int
}

var errDown = errors.New("the table is down")

func (b *broken) Suppressions(context.Context) ([]Suppression, error) {
	b.read++
	return b.list, b.listErr
}

func (b *broken) Change(_ context.Context, _ string, _ time.Time, change func(*Incident) (Incident, bool)) error {
	change(nil)
	return b.change
}

func (b *broken) Claim(context.Context, Attempt) (Claim, error) { return Claim{}, errDown }

func (b *broken) Finish(_ context.Context, events []Event, reports []Kept) error {
	b.reports, b.events = reports, len(events)
	return nil
}

func over(t *testing.T, s Store) *Ledger {
	t.Helper()
	l, err := New(s, DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestStaleSuppressions: the list is read once a minute, and where it cannot be
// read the last one holds.
func TestStaleSuppressions(t *testing.T) {
	b := &broken{list: []Suppression{{ID: "s", Owner: "alice", Reason: "a test", Incident: "i", Expires: noon.Add(time.Hour)}}}
	l := over(t, b)
	for _, step := range []struct {
		at   time.Duration
		err  error
		want Action
		read int
		fail bool
	}{
		{0, nil, Suppressed, 1, false},
		{59 * time.Second, errDown, Suppressed, 1, false},
		{60 * time.Second, errDown, Suppressed, 2, true},
		{61 * time.Second, nil, Suppressed, 3, false},
	} {
		b.listErr = step.err
		out, err := l.Record(t.Context(), []Finding{found("trust.a")}, noon.Add(step.at))
		if out[0].Action != step.want || b.read != step.read || errors.Is(err, errDown) != step.fail {
			t.Errorf("at %s: %s, read %d times, %v", step.at, out[0].Action, b.read, err)
		}
	}
	out, err := over(t, &broken{listErr: errDown}).Record(t.Context(), []Finding{found("trust.a")}, noon)
	if out[0].Action != Alert || !errors.Is(err, errDown) {
		t.Errorf("a list that was never read: %s, %v", out[0].Action, err)
	}
}

// TestBadSuppressions: what somebody wrote into the table by hand suppresses
// nothing where it is not good, and is named; the others hold.
func TestBadSuppressions(t *testing.T) {
	l := over(t, &broken{list: []Suppression{
		{ID: "everything", Owner: "alice", Reason: "noise", Expires: noon.Add(time.Hour)},
		{ID: "old", Expires: noon},
		{ID: "forever", Owner: "alice", Reason: "noise", Code: "trust.*", Expires: noon.Add(1000 * 24 * time.Hour)},
		{ID: "good", Owner: "bob", Reason: "a test", Incident: "i", Expires: noon.Add(time.Hour)},
	}})
	other := found("trust.a")
	other.Incident = "j"
	out, err := l.Record(t.Context(), []Finding{found("trust.a"), other}, noon)
	if out[0].Action != Suppressed || out[0].Incident.SuppressedBy != "good" || out[1].Action != Alert {
		t.Errorf("%s by %q, %s", out[0].Action, out[0].Incident.SuppressedBy, out[1].Action)
	}
	if err == nil || !strings.Contains(err.Error(), `"everything"`) || !strings.Contains(err.Error(), `"forever"`) || strings.Contains(err.Error(), `"old"`) {
		t.Errorf("%v", err)
	}
}

// TestErrors: what the store refuses is told of the one that it concerns.
func TestErrors(t *testing.T) {
	l := over(t, &broken{change: errDown})
	out, err := l.Record(t.Context(), []Finding{found("trust.a"), found("trust.b")}, noon)
	if err != nil || len(out) != 1 || !errors.Is(out[0].Err, errDown) {
		t.Errorf("%v, %v", out, err)
	}
	claims := l.Claim(t.Context(), []string{"a", "", "a"}, "t", noon)
	if !errors.Is(claims[0].Err, errDown) || claims[1].Err == nil || claims[2].State != Twin {
		t.Errorf("%v", claims)
	}
	if err := l.Suppress(t.Context(), Suppression{ID: "s"}, noon); err == nil || !strings.Contains(err.Error(), `suppression "s": it has no owner`) {
		t.Error(err)
	}
	if out, err := l.Record(t.Context(), nil, noon); len(out) != 0 || err != nil {
		t.Errorf("%v, %v", out, err)
	}
}

// TestThreads: where a channel goes on is written down, and nothing else; of an
// incident that is not kept nothing is.
func TestThreads(t *testing.T) {
	i, _ := DefaultRules.Decide(nil, []Finding{found("trust.a")}, nil, noon)
	i.Threads = map[string]string{"mail": "", "slack": "one"}
	got := i.threaded(map[string]string{"slack": "two"})
	want := i
	want.Threads = map[string]string{"mail": "", "slack": "two"}
	if diff := cmp.Diff(want, got); diff != "" || i.Threads["slack"] != "one" {
		t.Error(diff)
	}
	if err := over(t, &broken{}).Threads(t.Context(), "none", nil, noon); err != nil {
		t.Error(err)
	}
}

// TestGroup: incidents keep the order in which they came, their findings that of
// the calls, and what is told names its place in the batch.
func TestGroup(t *testing.T) {
	at := func(incident string, seconds int) Finding {
		return Finding{Incident: incident, At: noon.Add(time.Duration(seconds) * time.Second)}
	}
	batch := []Finding{at("b", 3), at("a", 1), at("b", 1), at("b", 2)}
	if diff := cmp.Diff([][]int{{2, 3, 0}, {1}}, group(batch)); diff != "" {
		t.Error(diff)
	}
	batch[2].Fingerprint, batch[3].Fingerprint, batch[0].Fingerprint = "x", "x", "x"
	out, _ := over(t, &broken{}).Record(t.Context(), batch, noon)
	if out[0].Finding != 2 || out[1].Finding != 1 {
		t.Errorf("%d, %d", out[0].Finding, out[1].Finding)
	}
}

func TestFindingOf(t *testing.T) {
	r := &report.Report{
		Schema: report.Schema, Incident: "i", Fingerprint: "f", Verdict: "denied", Event: report.Event{Time: "2026-10-14T12:00:00Z"},
		Caller: report.Caller{ARN: "arn:aws:sts::111122223333:assumed-role/Dev/bob", RoleARN: "arn:aws:iam::111122223333:role/Dev", Account: "111122223333"},
		Role:   report.Role{ARN: "arn:aws:iam::444455556666:role/x", Account: "444455556666"},
		Causes: []report.Cause{
			{Code: "trust.no_principal", Layer: "trust", Certainty: "likely"},
			{Code: "scp.explicit_deny", Layer: "scp", Certainty: "proved", Primary: true},
			{Code: "scp.explicit_deny", Layer: "scp", Certainty: "proved"},
			{Code: "session.no_allow", Layer: "session", Certainty: "possible"},
		},
		Gaps: []report.Gap{
			{Layer: "rcp", Permission: "organizations:ListPolicies"},
			{Layer: "trust", Affects: []string{"trust", "identity"}},
			{Layer: "boundary", Key: "aws:MultiFactorAuthAge"},
		},
		Trace: &report.Trace{},
	}
	want := Finding{
		Key: "e", Incident: "i", Fingerprint: "f", At: noon, Verdict: "denied", Code: "scp.explicit_deny", Certainty: "proved",
		Causes: []Said{{"scp.explicit_deny", "scp"}, {"trust.no_principal", "trust"}}, Unread: []string{"identity", "rcp", "trust"},
		Caller: "arn:aws:iam::111122223333:role/Dev", Account: "111122223333",
		Role: "arn:aws:iam::444455556666:role/x", RoleAccount: "444455556666", Report: r,
	}
	got := FindingOf("e", r)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	b := &broken{}
	if err := over(t, b).Finish(t.Context(), []Finding{got}, []int{0}, noon); err != nil {
		t.Fatal(err)
	}
	if len(b.reports) != 1 || !strings.Contains(string(b.reports[0].Report), `"trace":null`) || r.Trace == nil {
		t.Errorf("%s", b.reports)
	}
	if err := over(t, b).Finish(t.Context(), []Finding{{Key: "e"}}, []int{0}, noon); err == nil || b.events != 1 {
		t.Errorf("a report that is not there: %v, %d events are done", err, b.events)
	}
}
