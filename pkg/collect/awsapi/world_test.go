package awsapi_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const (
	home   = awsworld.Home
	reader = "assumewhy-reader"
	region = awsworld.Region
	agent  = "assumewhy-test" // of the reader's calls; the set-up has none
)

// world is an organization in moto as the reader sees it.
type world struct {
	*awsworld.World
	t testing.TB

	mu  sync.Mutex
	now time.Time
}

func newWorld(t testing.TB, s *awsproxy.Server) *world {
	t.Helper()
	return &world{World: awsworld.New(t, s), t: t, now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
}

// clock is the reader's; it stands still unless the test moves it.
func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// organize makes the organization.
func (w *world) organize() *world {
	w.Organize()
	return w
}

// reader makes a reader as the auditor has it; change may be nil.
func (w *world) reader(change func(*awsapi.Config)) *awsapi.Reader {
	w.t.Helper()
	ambient := w.Config.Copy()
	ambient.AppID = agent
	c := awsapi.Config{AWS: ambient, Account: home, ReaderRole: reader, ExternalID: "hush-hush", Now: w.clock, Timeout: 30 * time.Second, Parallel: 64}
	if change != nil {
		change(&c)
	}
	r, err := awsapi.New(c)
	w.Must(err)
	return r
}

// cold is how many round trips in a row a question costs that was never asked:
// the least of some tries, since a busy machine makes two rounds of one, and
// nothing makes one of two.
func (w *world) cold(t *testing.T, rec *trail.Record, most int) {
	t.Helper()
	n, calls := 0, [][]string(nil)
	for range 4 {
		w.Forget()
		w.LockStep(200 * time.Millisecond)
		w.explain(w.reader(nil), rec)
		if n, calls = w.Rounds(), rounds(w.Calls()); n <= most {
			break
		}
	}
	w.Open()
	if n > most || n == 0 {
		t.Errorf("%d round trips in a row, want %d at most: %v", n, most, calls)
	}
}

// denied is the record of a denied AssumeRole.
func denied(caller, role string) *trail.Record {
	at := time.Date(2026, 11, 22, 7, 59, 0, 0, time.UTC)
	return event(string(awsworld.Delivered(awsworld.Denied("e-1", at, caller, role))))
}

func event(text string) *trail.Record {
	for rec, err := range trail.Decode(strings.NewReader(text), "event") {
		if err != nil {
			panic(err)
		}
		return rec
	}
	panic("no record")
}

// explain reads AWS and explains.
func (w *world) explain(r *awsapi.Reader, rec *trail.Record) *report.Report {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	e := r.Estate(ctx, reconstruct.SubjectOf(rec))
	rep := audit.Explain(rec, e, audit.Options{Lang: "en"})
	for _, f := range e.Findings() {
		w.t.Errorf("finding %s", f)
	}
	return rep
}
