package ledgertest

import (
	"fmt"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// unsaid: two environments that look at the same time say it once.
func unsaid(t *testing.T, one, two ledger.Store) {
	first, second := open(t, one), open(t, two)
	for n := range 3 {
		attend(t, first, fmt.Sprint("t-", n), []ledger.Finding{Finding(fmt.Sprint("e-", n), "i", "trust.no_principal", Noon)}, Noon)
	}
	for at, want := range []int{0, 1, 0} {
		now := Noon.Add(time.Duration(at) * 5 * time.Minute)
		n := 0
		for _, l := range []*ledger.Ledger{first, second} {
			out, err := l.Unsaid(t.Context(), now, 10)
			must(t, err)
			n += len(out)
		}
		same(t, want, n)
	}
}

// call is one more call of an incident, as wiring takes it.
func call(t *testing.T, l *ledger.Ledger, incident string, now time.Time) {
	t.Helper()
	key := fmt.Sprint(incident, now.UnixNano())
	attend(t, l, key, []ledger.Finding{Finding(key, incident, "trust.no_principal", now)}, now)
}

// unsaidBehindOthers: the limit is for what is due, not for what is looked at.
func unsaidBehindOthers(t *testing.T, one, two ledger.Store) {
	const others, limit = 12, 3
	l := open(t, one)
	call(t, l, "storm", Noon)
	call(t, l, "storm", Noon.Add(time.Second))
	for n := range others {
		call(t, l, fmt.Sprint("other-", n), Noon.Add(time.Minute))
	}
	out, err := open(t, two).Unsaid(t.Context(), Noon.Add(10*time.Minute), limit)
	must(t, err)
	same(t, 1, len(out))
	same(t, "storm", out[0].Incident.ID)

	for n := range others {
		call(t, l, fmt.Sprint("other-", n), Noon.Add(2*time.Minute))
	}
	for _, want := range []int{3, 3, 3, 3, 0} {
		out, err = open(t, two).Unsaid(t.Context(), Noon.Add(10*time.Minute), limit)
		must(t, err)
		same(t, want, len(out))
	}
}

// unsaidToTheEnd: the last calls of a storm are told though the updates have
// become as rare as they can, and these came right after one.
func unsaidToTheEnd(t *testing.T, one, two ledger.Store) {
	l, rules := open(t, one), ledger.DefaultRules
	now := Noon
	call(t, l, "i", now)
	for wait := rules.Every; wait < 2*rules.Quiet; wait *= 2 {
		now = now.Add(min(wait, rules.Quiet))
		call(t, l, "i", now.Add(-time.Minute))
		call(t, l, "i", now) // takes the update
	}
	call(t, l, "i", now.Add(time.Second))
	for at, want := range map[time.Duration]int{rules.Quiet - time.Second: 0, rules.Quiet + 4*time.Minute: 1} {
		out, err := open(t, two).Unsaid(t.Context(), now.Add(at), 10)
		must(t, err)
		same(t, want, len(out))
	}
}

// unsaidWithoutReport: an update that nobody could tell is not taken, and takes
// no other's place; the next call's report tells it.
func unsaidWithoutReport(t *testing.T, one, two ledger.Store) {
	l := open(t, one)
	call(t, l, "kept", Noon.Add(-time.Second))
	call(t, l, "kept", Noon)
	for n := range 2 {
		f := Finding(fmt.Sprint("e-", n), "bare", "trust.no_principal", Noon)
		o, err := l.Record(t.Context(), []ledger.Finding{f}, Noon.Add(time.Second))
		must(t, err)
		must(t, l.Told(t.Context(), &o[0].Incident, nil, Noon))
	}
	out, err := open(t, two).Unsaid(t.Context(), Noon.Add(6*time.Minute), 1)
	must(t, err)
	same(t, 2, len(out))
	same(t, "bare", out[0].Incident.ID)
	same(t, true, out[0].Err != nil)
	same(t, ledger.Update, out[1].Action)
	same(t, true, out[1].Report != nil)

	f := Finding("e-3", "bare", "trust.no_principal", Noon)
	told := attend(t, l, "t", []ledger.Finding{f}, Noon.Add(7*time.Minute))
	same(t, 1, len(told))
	r, err := l.Report(t.Context(), "bare", f.Fingerprint, Noon)
	must(t, err)
	same(t, true, r != nil)
}

// reportOutlives: what was told of an incident that does not end is there as long
// as the incident is.
func reportOutlives(t *testing.T, one, two ledger.Store) {
	rules := ledger.DefaultRules
	rules.KeepIncidents = 2 * rules.Quiet
	l, err := ledger.New(one, rules)
	must(t, err)
	other, err := ledger.New(two, rules)
	must(t, err)
	now := Noon
	call(t, l, "i", now)
	for now.Before(Noon.Add(rules.KeepIncidents + rules.Quiet)) {
		now = now.Add(rules.Quiet / 2)
		call(t, l, "i", now)
		_, err = other.Unsaid(t.Context(), now.Add(rules.Quiet/4), 10)
		must(t, err)
	}
	r, err := l.Report(t.Context(), "i", "i/trust.no_principal", now)
	must(t, err)
	same(t, true, r != nil)
}
