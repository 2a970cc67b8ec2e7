// Package ledger keeps findings: which events were explained, which incidents
// they belong to, what was told of them, and what nobody wants to hear.
//
// Events arrive more than once, late, out of order and in storms. One event is
// explained once ([Ledger.Claim]), though it arrives in two environments at
// once: who claims it holds it for a lease, so that an attempt that died is
// taken over. One incident alerts once, then counts ([Rules.Decide]); it alerts
// again when what was found changes, or after a quiet time, and says from time
// to time how often it happened.
//
// What to do is decided by pure functions of what is kept and what is new; a
// [Store] (ledger/memory, ledger/dynamo) only keeps. The clock is an argument
// everywhere. A Ledger is safe for concurrent use, and so are several of them,
// in several processes, over one store.
//
// Limits: an attempt that dies between counting an incident and finishing its
// events leaves these to be counted again, so a count may be too high by the
// events of that batch; an alert that was decided and not told is told by the
// next attempt, so it may be told twice and is never lost; an update that was
// taken by an attempt that died is lost, and the next one has its count.
package ledger

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// parallel bounds the requests to the store that one call makes at a time.
const parallel = 8

// staleAfter is how long a list of suppressions is good for.
const staleAfter = time.Minute

// Store keeps what the ledger decides. Implementations are safe for concurrent
// use by many processes; what has expired is as if it were not there.
type Store interface {
	// Claim takes an event for an attempt: it is Mine when nobody has it, or
	// when the lease of who had it is over.
	Claim(ctx context.Context, a Attempt) (Claim, error)
	// Release gives back what an attempt claimed, so that the next need not wait
	// for the lease. It is no error when somebody else has it by now.
	Release(ctx context.Context, key, token string) error
	// Finish marks events as done and keeps reports, whoever claimed them. With
	// an ErrReport the events are done.
	Finish(ctx context.Context, events []Event, reports []Kept) error
	// Change replaces one incident by what change makes of it, as if nobody else
	// did at the same time: change may be called several times, and the last call
	// is the one that counts. old is nil when there is none. When change says
	// false, nothing is written.
	Change(ctx context.Context, id string, now time.Time, change func(old *Incident) (Incident, bool)) error
	// Report gives the JSON of a kept report, nil when there is none.
	Report(ctx context.Context, incident, fingerprint string, now time.Time) ([]byte, error)
	// Recent gives the incidents counted since then, the latest first, until an
	// error, which is the last. Its user may call the store meanwhile.
	Recent(ctx context.Context, since, now time.Time) iter.Seq2[Incident, error]
	// Suppress keeps a suppression; one of the same id is replaced.
	Suppress(ctx context.Context, s Suppression) error
	// Suppressions gives all that are kept, by id, expired ones among them.
	Suppressions(ctx context.Context) ([]Suppression, error)
}

// ErrReport is of a report that is not kept, though its event is done: the next
// call of its incident can tell a count, a schedule cannot.
var ErrReport = errors.New("the report is not kept")

// Ledger is the findings of one deployment.
type Ledger struct {
	store Store
	rules Rules

	mu     sync.Mutex
	list   []Suppression
	listed time.Time // zero before the first reading
}

// New makes a ledger over a store. It fails when the rules make no sense.
func New(store Store, rules Rules) (*Ledger, error) {
	if err := rules.Validate(); err != nil {
		return nil, fmt.Errorf("rules of the ledger: %w", err)
	}
	return &Ledger{store: store, rules: rules}, nil
}

// Claimed is what became of one key of a call of [Ledger.Claim].
type Claimed struct {
	Claim
	Err error
}

// Claim takes events, named by their keys, for the attempt that token names (one
// token an attempt, never used again). The answers are in the order of the keys.
// The same key twice is a [Twin] the second time: it shares the first one's fate.
func (l *Ledger) Claim(ctx context.Context, keys []string, token string, now time.Time) []Claimed {
	out := make([]Claimed, len(keys))
	first := map[string]bool{}
	var todo []int
	for i, k := range keys {
		switch {
		case k == "":
			out[i].Err = errors.New("claim an event: it has no id")
			continue
		case first[k]:
			out[i].State = Twin
			continue
		}
		first[k] = true
		todo = append(todo, i)
	}
	each(len(todo), func(n int) {
		i := todo[n]
		c, err := l.store.Claim(ctx, Attempt{
			Key: keys[i], Token: token, Now: now,
			Until: now.Add(l.rules.Lease), Expires: now.Add(l.rules.KeepEvents),
		})
		out[i] = Claimed{c, err}
	})
	return out
}

// Release gives back what could not be explained, so that it is tried again
// before the lease is over.
func (l *Ledger) Release(ctx context.Context, keys []string, token string) error {
	errs := make([]error, len(keys))
	each(len(keys), func(i int) { errs[i] = l.store.Release(ctx, keys[i], token) })
	return errors.Join(errs...)
}

// Record counts findings, each incident once, and says what to do about each
// incident, in the order in which they first appear. An outcome with an error
// was not recorded. The error beside the outcomes says that the suppressions
// could not be read, so that those of an earlier reading hold, or which of them
// are not good and suppress nothing: the outcomes hold.
func (l *Ledger) Record(ctx context.Context, batch []Finding, now time.Time) ([]Outcome, error) {
	list, listErr := l.suppressions(ctx, now)
	groups := group(batch)
	out := make([]Outcome, len(groups))
	each(len(groups), func(n int) {
		findings := make([]Finding, len(groups[n]))
		for i, at := range groups[n] {
			findings[i] = batch[at].dated(now)
		}
		o := Outcome{Findings: groups[n]}
		o.Err = l.store.Change(ctx, findings[0].Incident, now, func(old *Incident) (Incident, bool) {
			o.Incident, o.Decision = l.rules.Decide(old, findings, list, now)
			return o.Incident, true
		})
		o.Finding = groups[n][o.Finding]
		out[n] = o
	})
	return out, listErr
}

// group gives the findings' indices by incident, each incident's in the order
// of their time.
func group(batch []Finding) [][]int {
	at := map[string]int{}
	var groups [][]int
	for i := range batch {
		n, ok := at[batch[i].Incident]
		if !ok {
			n = len(groups)
			at[batch[i].Incident] = n
			groups = append(groups, nil)
		}
		groups[n] = append(groups[n], i)
	}
	for _, g := range groups {
		slices.SortStableFunc(g, func(a, b int) int { return batch[a].At.Compare(batch[b].At) })
	}
	return groups
}

// Told says that an alert went out, and where its threads are (by channel). An
// alert that is not said to be told is told again by the next attempt after the
// lease. What a channel refused is the business of deliver, which keeps it: the
// alert is told when every channel has it or has kept it. The incident is that of
// the outcome: an alert that another attempt has decided since is still owed.
func (l *Ledger) Told(ctx context.Context, incident *Incident, threads map[string]string, now time.Time) error {
	return l.store.Change(ctx, incident.ID, now, func(old *Incident) (Incident, bool) {
		if old == nil {
			return Incident{}, false
		}
		return old.told(incident.Owed, threads, now), true
	})
}

// Threads says where channels go on about an incident, and nothing else: of an
// update that had to open a thread anew, or of a message that was sent late.
func (l *Ledger) Threads(ctx context.Context, incident string, threads map[string]string, now time.Time) error {
	return l.store.Change(ctx, incident, now, func(old *Incident) (Incident, bool) {
		if old == nil {
			return Incident{}, false
		}
		return old.threaded(threads), true
	})
}

// Finish marks the events of findings as done and keeps the reports of those
// that were told (indices into the batch), for a later reader, and to tell with
// when only the count is news. A report that cannot be kept leaves no event
// undone: the error is an [ErrReport].
func (l *Ledger) Finish(ctx context.Context, batch []Finding, told []int, now time.Time) error {
	events := make([]Event, len(batch))
	for i := range batch {
		events[i] = batch[i].event(now, l.rules)
	}
	var reports []Kept
	var errs []error
	for _, i := range told {
		k, err := batch[i].kept(now, l.rules)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		reports = append(reports, k)
	}
	err := l.store.Finish(ctx, events, reports)
	if err != nil && !errors.Is(err, ErrReport) {
		return err
	}
	return errors.Join(append(errs, err)...)
}

// Report gives the latest report that was told of an incident with a
// fingerprint; nil when none is kept.
func (l *Ledger) Report(ctx context.Context, incident, fingerprint string, now time.Time) (*report.Report, error) {
	return read(l.store.Report(ctx, incident, fingerprint, now))
}

// Suppress keeps a suppression that is valid.
func (l *Ledger) Suppress(ctx context.Context, s Suppression, now time.Time) error {
	if err := s.Validate(now); err != nil {
		return fmt.Errorf("suppression %q: %w", s.ID, err)
	}
	if err := l.store.Suppress(ctx, s); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listed = time.Time{}
	return nil
}

// Suppressions gives all that are kept, expired ones among them.
func (l *Ledger) Suppressions(ctx context.Context) ([]Suppression, error) {
	return l.store.Suppressions(ctx)
}

// suppressions gives the list, read again when it is stale; with the error the
// last one that could be read.
func (l *Ledger) suppressions(ctx context.Context, now time.Time) ([]Suppression, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if age := now.Sub(l.listed); !l.listed.IsZero() && age >= 0 && age < staleAfter {
		return l.list, nil
	}
	list, err := l.store.Suppressions(ctx)
	if err != nil {
		return l.list, fmt.Errorf("read suppressions, so those read before hold: %w", err)
	}
	good, err := valid(list, now)
	l.list, l.listed = good, now
	return good, err
}
