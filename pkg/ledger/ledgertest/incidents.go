package ledgertest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

func incident(id string, count int, seen time.Time) ledger.Incident {
	return ledger.Incident{
		ID: id, Count: count, First: Noon, Last: seen, Seen: seen, Expires: seen.Add(time.Hour),
		Said: []ledger.Said{{Code: "trust.no_principal", Layer: "trust"}}, Prints: []ledger.Print{{Fingerprint: "f", At: Noon}},
		Threads: map[string]string{"slack:C1": "1.2"}, Owed: &ledger.Owed{Action: ledger.Alert, Until: Noon},
	}
}

// put replaces an incident and says what was there.
func put(t *testing.T, s ledger.Store, i ledger.Incident, now time.Time) *ledger.Incident {
	t.Helper()
	var was *ledger.Incident
	must(t, s.Change(t.Context(), i.ID, now, func(old *ledger.Incident) (ledger.Incident, bool) {
		was = old
		return i, true
	}))
	return was
}

func change(t *testing.T, one, two ledger.Store) {
	first, second, third := incident("i", 1, Noon), incident("i", 2, Noon), incident("i", 3, Noon)
	same(t, (*ledger.Incident)(nil), put(t, one, first, Noon))
	same(t, &first, put(t, one, second, Noon))
	same(t, &second, put(t, two, third, Noon)) // which has not seen it
	same(t, &third, put(t, one, first, Noon))  // which has seen another
	same(t, (*ledger.Incident)(nil), put(t, one, incident("j", 1, Noon), Noon))

	// What was handed out is not shared.
	must(t, one.Change(t.Context(), "i", Noon, func(old *ledger.Incident) (ledger.Incident, bool) {
		old.Threads["forged"], old.Said[0].Code = "x", "y"
		return ledger.Incident{}, false
	}))
	same(t, &first, put(t, two, first, Noon))
}

// changesAtOnce: no change is lost, however many come at once.
func changesAtOnce(t *testing.T, one, two ledger.Store) {
	const each = 25
	var all sync.WaitGroup
	for _, s := range []ledger.Store{one, two} {
		all.Go(func() {
			for range each {
				err := s.Change(t.Context(), "i", Noon, func(old *ledger.Incident) (ledger.Incident, bool) {
					if old == nil {
						return incident("i", 1, Noon), true
					}
					next := *old
					next.Count++
					return next, true
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	same(t, 2*each, put(t, one, incident("i", 0, Noon), Noon).Count)
}

func changeOfNothing(t *testing.T, one, two ledger.Store) {
	calls := 0
	skip := func(*ledger.Incident) (ledger.Incident, bool) { calls++; return ledger.Incident{}, false }
	must(t, one.Change(t.Context(), "i", Noon, skip))
	same(t, true, calls > 0)
	same(t, (*ledger.Incident)(nil), put(t, two, incident("i", 1, Noon), Noon))

	// The other one's incident is found, though nothing was known of it here.
	found := false
	must(t, one.Change(t.Context(), "i", Noon, func(old *ledger.Incident) (ledger.Incident, bool) {
		if old == nil {
			return ledger.Incident{}, false
		}
		found = true
		return *old, true
	}))
	same(t, true, found)
}

// forgotten: what has expired is as if it were not there, and is replaced.
func forgotten(t *testing.T, one, two ledger.Store) {
	put(t, one, incident("i", 1, Noon), Noon)
	later := Noon.Add(time.Hour)
	same(t, (*ledger.Incident)(nil), put(t, two, incident("i", 7, later), later))
	same(t, 7, put(t, one, incident("i", 8, later), later).Count)
}

func recent(t *testing.T, one, two ledger.Store) {
	for n := range 5 { // one every nine hours, the last two on one day
		i := incident(fmt.Sprint("i-", n), n, Noon.Add(time.Duration(n)*9*time.Hour))
		i.Expires = Noon.Add(1000 * time.Hour)
		put(t, one, i, i.Seen)
	}
	gone := incident("gone", 1, Noon.Add(35*time.Hour))
	gone.Expires = Noon.Add(35*time.Hour + time.Minute)
	put(t, one, gone, Noon)
	now := Noon.Add(37 * time.Hour)
	for _, test := range []struct {
		since time.Duration
		limit int
		want  []string
	}{
		{0, 10, []string{"i-4", "i-3", "i-2", "i-1", "i-0"}},
		{9 * time.Hour, 10, []string{"i-4", "i-3", "i-2", "i-1"}},
		{9*time.Hour + time.Millisecond, 10, []string{"i-4", "i-3", "i-2"}},
		{0, 3, []string{"i-4", "i-3", "i-2"}},
		{0, 0, []string{}},
		{37 * time.Hour, 10, []string{}},
	} {
		list, err := open(t, two).Recent(t.Context(), Noon.Add(test.since), now, test.limit)
		must(t, err)
		got := []string{}
		for i := range list {
			got = append(got, list[i].ID)
		}
		same(t, test.want, got)
	}
	// The store can be written to meanwhile.
	for i, err := range one.Recent(t.Context(), Noon, now) {
		must(t, err)
		i.Count = 7
		put(t, one, i, now)
	}
	same(t, 7, put(t, two, incident("i-0", 1, now), now).Count)
}

// alertsAtOnce: two environments that find the same at the same time alert once.
func alertsAtOnce(t *testing.T, one, two ledger.Store) {
	const each = 10
	var mu sync.Mutex
	actions := map[ledger.Action]int{}
	var all sync.WaitGroup
	for n, s := range []ledger.Store{one, two} {
		l := open(t, s)
		all.Go(func() {
			for e := range each {
				out, err := l.Record(t.Context(), []ledger.Finding{Finding(fmt.Sprint(n, e), "i", "trust.no_principal", Noon)}, Noon)
				if err = errors.Join(err, out[0].Err); err != nil {
					t.Error(err)
				}
				mu.Lock()
				actions[out[0].Action]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	same(t, map[ledger.Action]int{ledger.Alert: 1, ledger.Count: 2*each - 1}, actions)
	same(t, 2*each, put(t, one, incident("i", 0, Noon), Noon).Count)
}

func open(t *testing.T, s ledger.Store) *ledger.Ledger {
	t.Helper()
	l, err := ledger.New(s, ledger.DefaultRules)
	must(t, err)
	return l
}
