package ledgertest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// attend is what wiring does with one batch; it gives what was told.
func attend(t *testing.T, l *ledger.Ledger, token string, batch []ledger.Finding, now time.Time) []ledger.Outcome {
	t.Helper()
	keys := make([]string, len(batch))
	for i := range batch {
		keys[i] = batch[i].Key
	}
	var todo []ledger.Finding
	for i, c := range l.Claim(t.Context(), keys, token, now) {
		must(t, c.Err)
		if c.State == ledger.Mine {
			todo = append(todo, batch[i])
		}
	}
	out, err := l.Record(t.Context(), todo, now)
	must(t, err)
	var told []ledger.Outcome
	var reports []int
	for _, o := range out {
		must(t, o.Err)
		switch o.Action {
		case ledger.Alert, ledger.AlertAgain:
			reports = append(reports, o.Finding)
			must(t, l.Told(t.Context(), &o.Incident, map[string]string{"slack:C1": "t-" + o.Incident.ID}, now))
			told = append(told, o)
		case ledger.Update:
			reports = append(reports, o.Finding)
			told = append(told, o)
		}
	}
	must(t, l.Finish(t.Context(), todo, reports, now))
	return told
}

// storm: many calls of few incidents, each delivered twice, to two environments,
// cost one alert an incident, and one update that says how many.
func storm(t *testing.T, one, two ledger.Store) {
	const events, incidents, size = 200, 5, 10
	first, second := open(t, one), open(t, two)
	alerts := 0
	for start := 0; start < events; start += size {
		var batch []ledger.Finding
		for e := start; e < start+size; e++ {
			batch = append(batch, Finding(fmt.Sprint("e-", e), fmt.Sprint("i-", e%incidents), "trust.no_principal", Noon))
		}
		for n, l := range []*ledger.Ledger{first, second} {
			alerts += len(attend(t, l, fmt.Sprint(n, start), batch, Noon.Add(time.Duration(start)*time.Millisecond)))
		}
	}
	same(t, incidents, alerts)

	updates := 0
	for _, l := range []*ledger.Ledger{first, second} {
		out, err := l.Unsaid(t.Context(), Noon.Add(6*time.Minute), 100)
		must(t, err)
		for _, o := range out {
			must(t, o.Err)
			same(t, ledger.Update, o.Action)
			same(t, events/incidents, o.Incident.Open())
			same(t, map[string]string{"slack:C1": "t-" + o.Incident.ID}, o.Incident.Threads)
			updates++
		}
	}
	same(t, incidents, updates)
}

// stormAtOnce: the same calls reach two environments at the same time, each in
// batches of its own size. Each is counted once, and each incident alerts once,
// whoever gets there first.
func stormAtOnce(t *testing.T, one, two ledger.Store) {
	const events, incidents = 120, 4
	var mu sync.Mutex
	explained, alerts := map[string]int{}, map[string]int{}
	var all sync.WaitGroup
	for n, l := range []*ledger.Ledger{open(t, one), open(t, two)} {
		all.Go(func() {
			size := 6 + 2*n
			for start := 0; start < events; start += size {
				var keys []string
				for e := start; e < min(start+size, events); e++ {
					keys = append(keys, fmt.Sprint("e-", e))
				}
				mine, outcomes, err := take(t, l, keys, fmt.Sprint(n, "-", start), incidents)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				for _, f := range mine {
					explained[f.Key]++
				}
				for _, o := range outcomes {
					if o.Action != ledger.Count {
						alerts[o.Incident.ID+" "+string(o.Action)]++
					}
				}
				mu.Unlock()
			}
		})
	}
	all.Wait()
	same(t, events, len(explained))
	for key, n := range explained {
		if n != 1 {
			t.Errorf("%s was explained %d times", key, n)
		}
	}
	for n := range incidents {
		id := fmt.Sprint("i-", n)
		same(t, 1, alerts[id+" alert"])
		same(t, events/incidents, put(t, one, incident(id, 0, Noon), Noon).Count)
	}
	same(t, incidents, len(alerts))
}

// take does with a batch what wiring does, and gives what it counted.
func take(t *testing.T, l *ledger.Ledger, keys []string, token string, incidents int) ([]ledger.Finding, []ledger.Outcome, error) {
	var mine []ledger.Finding
	for i, c := range l.Claim(t.Context(), keys, token, Noon) {
		var n int
		if _, err := fmt.Sscanf(keys[i], "e-%d", &n); err != nil || c.Err != nil {
			return nil, nil, errors.Join(err, c.Err)
		}
		if c.State == ledger.Mine {
			mine = append(mine, Finding(keys[i], fmt.Sprint("i-", n%incidents), "trust.no_principal", Noon))
		}
	}
	outcomes, err := l.Record(t.Context(), mine, Noon)
	for _, o := range outcomes {
		err = errors.Join(err, o.Err)
		if o.Action == ledger.Alert {
			err = errors.Join(err, l.Told(t.Context(), &o.Incident, nil, Noon))
		}
	}
	return mine, outcomes, errors.Join(err, l.Finish(t.Context(), mine, nil, Noon))
}

// crash: an alert that was decided and not told is told by the attempt that
// takes over, and once.
func crash(t *testing.T, one, two ledger.Store) {
	dead, heir := open(t, one), open(t, two)
	f := Finding("e-1", "i", "trust.no_principal", Noon)
	same(t, ledger.Mine, dead.Claim(t.Context(), []string{"e-1"}, "a", Noon)[0].State)
	out, err := dead.Record(t.Context(), []ledger.Finding{f}, Noon)
	must(t, err)
	same(t, ledger.Alert, out[0].Action)
	// here it dies

	same(t, 0, len(attend(t, heir, "b", []ledger.Finding{f}, Noon.Add(time.Minute))))                                                 // still leased
	same(t, 0, len(attend(t, heir, "c", []ledger.Finding{Finding("e-2", "i", "trust.no_principal", Noon)}, Noon.Add(2*time.Minute)))) // owed by the dead
	later := Noon.Add(ledger.DefaultRules.Lease)
	told := attend(t, heir, "d", []ledger.Finding{f}, later)
	same(t, 1, len(told))
	same(t, ledger.Alert, told[0].Action)
	same(t, true, told[0].Resumed)
	same(t, 0, len(attend(t, heir, "e", []ledger.Finding{Finding("e-3", "i", "trust.no_principal", Noon)}, later.Add(time.Minute))))
	r, err := heir.Report(t.Context(), "i", f.Fingerprint, later)
	must(t, err)
	same(t, "e-1", r.Event.ID)
}

func suppressed(t *testing.T, one, two ledger.Store) {
	first, second := open(t, one), open(t, two)
	s := ledger.Suppression{ID: "s", Owner: "alice", Reason: "a test that is denied on purpose", Expires: Noon.Add(time.Hour), Code: "trust.*"}
	must(t, first.Suppress(t.Context(), s, Noon))
	out, err := second.Record(t.Context(), []ledger.Finding{Finding("e-1", "i", "trust.no_principal", Noon)}, Noon)
	must(t, err)
	same(t, ledger.Suppressed, out[0].Action)
	same(t, 1, out[0].Incident.Suppressed)
	same(t, "s", out[0].Incident.SuppressedBy)
	out, err = first.Record(t.Context(), []ledger.Finding{Finding("e-2", "i", "trust.no_principal", Noon)}, Noon.Add(2*time.Hour))
	must(t, err)
	same(t, ledger.Alert, out[0].Action) // it has expired, and nothing was told yet
	same(t, 2, out[0].Incident.Count)
	same(t, 1, out[0].Incident.Open())
}
