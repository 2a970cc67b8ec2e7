package ledgertest

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

func claim(t *testing.T, one, two ledger.Store) {
	c, err := one.Claim(t.Context(), attempt("e-1", "a", Noon))
	must(t, err)
	same(t, ledger.Claim{State: ledger.Mine}, c)
	c, err = two.Claim(t.Context(), attempt("e-1", "b", Noon.Add(time.Second)))
	must(t, err)
	same(t, ledger.Claim{State: ledger.Busy, Until: Noon.Add(time.Minute)}, c)
	same(t, "mine", state(t, two, attempt("e-2", "b", Noon)))

	// An answer that was lost and asked for again is the same answer.
	same(t, "mine", state(t, one, attempt("e-1", "a", Noon)))

	long := strings.Repeat("x", 5000)
	same(t, "mine", state(t, one, attempt(long+"1", "a", Noon)))
	same(t, "mine", state(t, one, attempt(long+"2", "a", Noon)))
	same(t, "busy", state(t, two, attempt(long+"1", "b", Noon)))
}

// lease: an attempt that died is taken over, once, when its lease is over.
func lease(t *testing.T, one, two ledger.Store) {
	same(t, "mine", state(t, one, attempt("e-1", "a", Noon)))
	same(t, "busy", state(t, two, attempt("e-1", "b", Noon.Add(59*time.Second))))
	c, err := two.Claim(t.Context(), attempt("e-1", "c", Noon.Add(61*time.Second)))
	must(t, err)
	same(t, ledger.Claim{State: ledger.Mine, Resumed: true}, c)
	same(t, "busy", state(t, one, attempt("e-1", "d", Noon.Add(62*time.Second))))
}

func release(t *testing.T, one, two ledger.Store) {
	same(t, "mine", state(t, one, attempt("e-1", "a", Noon)))
	must(t, two.Release(t.Context(), "e-1", "b")) // not b's: nothing happens
	same(t, "busy", state(t, two, attempt("e-1", "b", Noon)))
	must(t, one.Release(t.Context(), "e-1", "a"))
	same(t, "mine", state(t, two, attempt("e-1", "b", Noon)))
	must(t, one.Release(t.Context(), "never-claimed", "a"))
}

func finish(t *testing.T, one, two ledger.Store) {
	var events []ledger.Event
	for n := range 60 { // more than one request takes
		key := fmt.Sprintf("e-%d", n)
		same(t, "mine", state(t, one, attempt(key, "a", Noon)))
		events = append(events, ledger.Event{Key: key, Incident: "i", Done: Noon, Expires: Noon.Add(time.Hour)})
	}
	events = append(events, events[0]) // twice, as two records of one event
	must(t, one.Finish(t.Context(), events, nil))
	for n := range 60 {
		same(t, "done", state(t, two, attempt(fmt.Sprintf("e-%d", n), "b", Noon.Add(10*time.Minute))))
	}
	must(t, two.Release(t.Context(), "e-0", "a"))
	same(t, "done", state(t, one, attempt("e-0", "c", Noon)))
	same(t, "mine", state(t, two, attempt("e-0", "b", Noon.Add(time.Hour)))) // forgotten
	must(t, one.Finish(t.Context(), nil, nil))
}

// claimsAtOnce: of many that ask at once for the same events, one gets each.
func claimsAtOnce(t *testing.T, one, two ledger.Store) {
	const events, askers = 20, 6
	var mu sync.Mutex
	mine := map[string]int{}
	var all sync.WaitGroup
	for n := range askers {
		s, token := one, fmt.Sprint("token-", n)
		if n%2 == 1 {
			s = two
		}
		all.Go(func() {
			for e := range events {
				key := fmt.Sprint("e-", e)
				c, err := s.Claim(t.Context(), attempt(key, token, Noon))
				if err != nil {
					t.Error(err)
					return
				}
				if c.State == ledger.Mine {
					mu.Lock()
					mine[key]++
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	for e := range events {
		if n := mine[fmt.Sprint("e-", e)]; n != 1 {
			t.Errorf("event %d was taken %d times", e, n)
		}
	}
}

func keptReport(t *testing.T, one, two ledger.Store) {
	raw := []byte(`{"schema":"assumewhy.report/v1","headline":"` + strings.Repeat("why ", 20000) + `"}`)
	must(t, one.Finish(t.Context(), nil, []ledger.Kept{
		{Incident: "i", Fingerprint: "f", Report: []byte(`{}`), Expires: Noon.Add(time.Hour)},
		{Incident: "i", Fingerprint: "f", Report: raw, Expires: Noon.Add(time.Hour)},
	}))
	got, err := two.Report(t.Context(), "i", "f", Noon)
	must(t, err)
	same(t, string(raw), string(got))
	for _, none := range [][2]string{{"i", "g"}, {"j", "f"}} {
		got, err = two.Report(t.Context(), none[0], none[1], Noon)
		must(t, err)
		same(t, 0, len(got))
	}
	got, err = two.Report(t.Context(), "i", "f", Noon.Add(time.Hour))
	must(t, err)
	same(t, 0, len(got))
}

func suppressions(t *testing.T, one, two ledger.Store) {
	list, err := two.Suppressions(t.Context())
	must(t, err)
	same(t, []ledger.Suppression{}, list)
	b := ledger.Suppression{ID: "b", Owner: "alice", Reason: "tests", Expires: Noon.Add(time.Hour), Made: Noon, Code: "trust.*"}
	a := ledger.Suppression{ID: "a", Owner: "bob", Reason: "old", Expires: Noon.Add(-time.Hour), Made: Noon, Role: "arn:aws:iam::444455556666:role/x"}
	must(t, one.Suppress(t.Context(), b))
	must(t, one.Suppress(t.Context(), a))
	b.Owner = "carol"
	must(t, two.Suppress(t.Context(), b))
	list, err = one.Suppressions(t.Context())
	must(t, err)
	same(t, []ledger.Suppression{a, b}, list)
}
