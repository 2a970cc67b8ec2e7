package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/memory"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

func quoted(t *testing.T, s string) string {
	t.Helper()
	raw, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestOneFailureHidesNothing: a channel that fails, or breaks down, hides no
// other's success; its message is kept, sent later, and opens the thread then.
// Nothing is explained or told twice.
func TestOneFailureHidesNothing(t *testing.T) {
	for name, fail := range map[string]func() error{
		"down":        func() error { return &deliver.Failure{What: "down", Temporary: true} },
		"refuses":     func() error { return &deliver.Failure{What: "no"} },
		"breaks down": func() error { panic("xoxb-1111-secret") },
	} {
		s := newStand(t)
		s.slack.fail = fail
		if got := s.batch(t, time.Minute, sample(t, "01", "e1")); got != "" {
			t.Errorf("%s: %q come again", name, got)
		}
		if len(s.mail.got) != 1 || len(s.shelf.kept) != 1 || s.metric(t, "DeliverFailures") != 1 || s.metric(t, "Alerts") != 1 {
			t.Fatalf("%s: mail %q, %d kept", name, s.mail.kinds(), len(s.shelf.kept))
		}
		raw, err := s.shelf.kept[0].Encode()
		if err != nil {
			t.Fatal(err)
		}
		if got := s.batch(t, time.Minute, string(raw), sample(t, "01", "e1")); got != "m1" || len(s.mail.got) != 1 {
			t.Errorf("%s: %q come again", name, got)
		}
		s.slack.fail = nil
		if got := s.batch(t, time.Minute, string(raw)); got != "" || s.slack.kinds() != "alert 1" {
			t.Errorf("%s: %q come again; slack %q", name, got, s.slack.kinds())
		}
		s.ahead = 6 * time.Minute
		s.batch(t, time.Minute, sample(t, "01", "e2"))
		if s.slack.kinds() != "alert 1; update 2 thread:1" {
			t.Errorf("%s: slack %q", name, s.slack.kinds())
		}
		if strings.Contains(s.printed.String(), "xoxb") {
			t.Errorf("%s: a token is printed", name)
		}
	}
}

// TestNothingKept: where a message is neither sent nor kept, the events come
// again, and are told when that is over.
func TestNothingKept(t *testing.T) {
	s := newStand(t)
	s.slack.fail, s.shelf.err = func() error { return errDown }, errDown
	if got := s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "05", "e2")); got != "m1 m2" {
		t.Errorf("%q come again", got)
	}
	s.slack.fail, s.shelf.err, s.ahead = nil, nil, 6*time.Minute
	if got := s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "05", "e2")); got != "" || s.slack.kinds() != "alert 2; alert 2" {
		t.Errorf("%q come again; %s", got, s.slack.kinds())
	}
}

// TestTick: a storm that has ended is told to its end, where it was told.
func TestTick(t *testing.T) {
	s := newStand(t)
	var bodies []string
	for n := range 30 {
		bodies = append(bodies, sample(t, "01", fmt.Sprintf("e%d", n)))
	}
	s.batch(t, time.Minute, bodies[0])
	s.batch(t, time.Minute, bodies...)
	if s.slack.kinds() != "alert 1" {
		t.Errorf("%s", s.slack.kinds())
	}
	s.ahead = 6 * time.Minute
	for range 2 {
		if _, err := s.invoke(t, time.Minute, `{"assumewhy":"tick"}`); err != nil {
			t.Fatal(err)
		}
	}
	if s.slack.kinds() != "alert 1; update 30 thread:1" || s.mail.kinds() != s.slack.kinds() || s.metric(t, "Updates") != 1 {
		t.Errorf("slack %q, mail %q", s.slack.kinds(), s.mail.kinds())
	}
}

// TestPoorerUpdate: what was told stays told when the count is news and the
// estate cannot be read any more, or the latest call is suppressed.
func TestPoorerUpdate(t *testing.T) {
	s := newStand(t)
	s.batch(t, time.Minute, sample(t, "01", "e1"))
	told := s.slack.got[0].Report
	read := s.estates
	s.estates = estates{estate: estate.New(estate.Parts{})}
	s.ahead = 6 * time.Minute
	s.batch(t, time.Minute, sample(t, "01", "e2"))
	if _, err := s.invoke(t, time.Minute, `{"assumewhy":"tick"}`); err != nil {
		t.Fatal(err)
	}
	if s.slack.kinds() != "alert 1; update 2 thread:1" {
		t.Fatalf("%s", s.slack.kinds())
	}
	s.estates, s.ahead = read, 30*time.Minute
	s.batch(t, time.Minute, sample(t, "01", "e3"))
	if s.slack.kinds() != "alert 1; update 2 thread:1; update 3 thread:1" {
		t.Fatalf("%s", s.slack.kinds())
	}
	for i, m := range s.slack.got {
		if m.Report.Fingerprint != told.Fingerprint || m.Report.Headline != told.Headline {
			t.Errorf("message %d: %s", i, m.Report.Headline)
		}
	}
}

// faulty is a store that keeps no report.
type faulty struct{ *memory.Store }

func (f faulty) Finish(ctx context.Context, events []ledger.Event, _ []ledger.Kept) error {
	if err := f.Store.Finish(ctx, events, nil); err != nil {
		return err
	}
	return fmt.Errorf("incident i: %w: 500000 bytes are too many for an item", ledger.ErrReport)
}

// over makes the stand's ledger one over that store.
func (s *stand) over(t *testing.T, store ledger.Store) {
	t.Helper()
	l, err := ledger.New(store, ledger.DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	s.ledger = l
}

// TestReportNotKept: its event is done, the log says what that means, and a count
// waits for the next event.
func TestReportNotKept(t *testing.T) {
	s := newStand(t)
	s.over(t, faulty{memory.New()})
	s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "01", "e1"))
	s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "01", "e2"))
	if !s.logged("a report cannot be kept", "500000 bytes") || s.logged("counted again") {
		t.Errorf("%s", s.printed)
	}
	s.ahead = 6 * time.Minute
	if _, err := s.invoke(t, time.Minute, `{"assumewhy":"tick"}`); err != nil || !s.logged("an update is not taken", `"incident":"`+s.slack.got[0].Report.Incident) {
		t.Errorf("%v: %s", err, s.printed)
	}
	s.batch(t, time.Minute, sample(t, "01", "e3"))
	if s.slack.kinds() != "alert 1; update 3 thread:1" {
		t.Errorf("%s", s.slack.kinds())
	}
}

// TestBadSuppression: the log names it, and says nothing of one that cannot be
// read.
func TestBadSuppression(t *testing.T) {
	s, store := newStand(t), memory.New()
	s.over(t, store)
	if err := store.Suppress(t.Context(), ledger.Suppression{ID: "noise", Owner: "alice", Reason: "a test", Expires: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	s.batch(t, time.Minute, sample(t, "01", "e1"))
	if !s.logged("not every suppression holds", `noise`, "it would silence everything") || s.logged("read before") || s.slack.kinds() != "alert 1" {
		t.Errorf("%s", s.printed)
	}
}

// TestRoutes: routes decide who hears of what, updates among it; where they are
// broken, everybody hears of everything, and the log says why.
func TestRoutes(t *testing.T) {
	text, fail, reads := `{"schema":"assumewhy.routes/v1","routes":[{"name":"a","match":{"codes":["trust.*"]},"to":["slack"]}],"default":["mail"]}`, error(nil), 0
	s := newStand(t)
	s.routes = newRoutes(func(context.Context) (string, error) { reads++; return text, fail }, []string{"mail", "slack"})
	s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "04", "e2"))
	if s.slack.kinds() != "alert 1" || s.mail.kinds() != "alert 1" || reads != 1 {
		t.Errorf("slack %q, mail %q, %d reads", s.slack.kinds(), s.mail.kinds(), reads)
	}
	s.ahead, fail = 6*time.Minute, errDown
	s.batch(t, time.Minute, sample(t, "01", "e3"))
	if s.slack.kinds() != "alert 1; update 2 thread:1" || s.mail.kinds() != "alert 1" {
		t.Errorf("slack %q, mail %q", s.slack.kinds(), s.mail.kinds())
	}
	s.batch(t, time.Minute, sample(t, "16", "e4")) // those of before hold
	if len(s.mail.got) != 1 || len(s.slack.got) != 3 || s.metric(t, "RoutesFailures") != 1 {
		t.Errorf("slack %q, mail %q", s.slack.kinds(), s.mail.kinds())
	}
	s.ahead, fail, text = 12*time.Minute, nil, `{"schema":"assumewhy.routes/v1","routes":[],"default":["pager"]}`
	s.batch(t, time.Minute, sample(t, "26", "e5"))
	if len(s.mail.got) != 2 || len(s.slack.got) != 4 || !s.logged("routes are not good", `there is no channel \"pager\"`) {
		t.Errorf("slack %q, mail %q", s.slack.kinds(), s.mail.kinds())
	}
}

// TestRequester: who made the call is written to, once an incident, and only
// where the switch is on and the address is of the organization.
func TestRequester(t *testing.T) {
	event := func(id, name string) string {
		return strings.ReplaceAll(sample(t, "12", id), "alice@example.com", name)
	}
	if !strings.Contains(event("x", "alice@example.com"), "alice@example.com") {
		t.Fatal("the sample has another session name")
	}
	for _, test := range []struct {
		domains []string
		name    string
		token   string
		want    string
	}{
		{[]string{"example.com"}, "alice@example.com", "arn", "alert 1; requester 1  alice@example.com"},
		{nil, "alice@example.com", "arn", "alert 1"},
		{[]string{"example.org"}, "alice@example.com", "arn", "alert 1"},
		{[]string{"example.com"}, "alice", "arn", "alert 1"},
		{[]string{"example.com"}, "alice@example.com", "", "alert 1"}, // a webhook reaches nobody
	} {
		for _, hash := range []bool{false, true} {
			s := newStand(t)
			s.domains, s.token, s.hash = test.domains, test.token, hash
			s.batch(t, time.Minute, event("e1", test.name))
			s.batch(t, time.Minute, event("e2", test.name))
			if s.slack.kinds() != test.want {
				t.Errorf("%+v, hash %t: %q", test, hash, s.slack.kinds())
			}
			for i, m := range append(s.slack.got, s.mail.got...) {
				if own := strings.Contains(m.Report.Caller.ARN, test.name); own == (hash && m.Kind != deliver.Requester && strings.Contains(test.name, "@")) {
					t.Errorf("%+v, hash %t, message %d: caller %s", test, hash, i, m.Report.Caller.ARN)
				}
			}
		}
	}
}

// TestRequesterLater: a message that was kept is not sent when nobody is to be
// written to any more, and one that breaks down takes no alert with it.
func TestRequesterLater(t *testing.T) {
	s := newStand(t)
	s.domains = []string{"example.com"}
	s.slack.fail = func() error { return errDown }
	s.batch(t, time.Minute, sample(t, "12", "e1"))
	if len(s.shelf.kept) != 2 || s.shelf.kept[1].Message.Kind != deliver.Requester {
		t.Fatalf("%d kept", len(s.shelf.kept))
	}
	raw, err := s.shelf.kept[1].Encode()
	if err != nil {
		t.Fatal(err)
	}
	s.slack.fail, s.domains = nil, []string{"example.org"}
	if got := s.batch(t, time.Minute, string(raw)); got != "" || len(s.slack.got) != 0 {
		t.Errorf("%q come again; %s", got, s.slack.kinds())
	}
	s.domains = []string{"example.com"}
	if got := s.batch(t, time.Minute, string(raw)); got != "" || s.slack.kinds() != "requester 1  alice@example.com" {
		t.Errorf("%q come again; %s", got, s.slack.kinds())
	}
	s, calls := newStand(t), 0
	s.domains, s.hash = []string{"example.com"}, true
	s.explain = func(rec *trail.Record, e *estate.Estate, o audit.Options) *report.Report {
		if calls++; calls > 1 {
			panic("broken")
		}
		return audit.Explain(rec, e, o)
	}
	if got := s.batch(t, time.Minute, sample(t, "12", "e1")); got != "" || s.slack.kinds() != "alert 1" || !s.logged("not written to") {
		t.Errorf("%q come again; %s", got, s.slack.kinds())
	}
}
