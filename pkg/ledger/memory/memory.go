// Package memory keeps findings in the process: for tests, for a command that
// runs once, and for an installation that may forget when it is restarted.
//
// A Store is safe for concurrent use. Nothing that it gave out or took in is
// shared with it. What has expired is passed over, and dropped when more is
// written.
package memory

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// sweepEvery is after how many writes what has expired is dropped.
const sweepEvery = 1000

// Store is a ledger.Store in memory. Make it with New.
type Store struct {
	mu           sync.Mutex
	events       map[string]event
	incidents    map[string]expiring // JSON: the store shares nothing with callers
	reports      map[[2]string]expiring
	suppressions map[string]ledger.Suppression
	writes       int
}

type event struct {
	done    bool
	token   string
	until   time.Time
	expires time.Time
}

type expiring struct {
	raw     []byte
	expires time.Time
}

var _ ledger.Store = (*Store)(nil)

// New makes an empty store.
func New() *Store {
	return &Store{
		events: map[string]event{}, incidents: map[string]expiring{},
		reports: map[[2]string]expiring{}, suppressions: map[string]ledger.Suppression{},
	}
}

// Claim takes an event for an attempt.
func (s *Store) Claim(_ context.Context, a ledger.Attempt) (ledger.Claim, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sweep(a.Now)
	e, ok := s.events[a.Key]
	switch {
	case !ok || !e.expires.After(a.Now):
		ok = false
	case e.done:
		return ledger.Claim{State: ledger.Done}, nil
	case e.until.After(a.Now) && e.token != a.Token:
		return ledger.Claim{State: ledger.Busy, Until: e.until}, nil
	}
	resumed := ok && e.token != a.Token
	s.events[a.Key] = event{token: a.Token, until: a.Until, expires: a.Expires}
	return ledger.Claim{State: ledger.Mine, Resumed: resumed}, nil
}

// Release gives back what an attempt claimed.
func (s *Store) Release(_ context.Context, key, token string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e, ok := s.events[key]; ok && !e.done && e.token == token {
		delete(s.events, key)
	}
	return nil
}

// Finish marks events as done and keeps reports.
func (s *Store) Finish(_ context.Context, events []ledger.Event, reports []ledger.Kept) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range events {
		s.sweep(events[i].Done)
		s.events[events[i].Key] = event{done: true, expires: events[i].Expires}
	}
	for _, r := range reports {
		s.reports[[2]string{r.Incident, r.Fingerprint}] = expiring{slices.Clone(r.Report), r.Expires}
	}
	return nil
}

// Change replaces one incident.
func (s *Store) Change(_ context.Context, id string, now time.Time, change func(*ledger.Incident) (ledger.Incident, bool)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var old *ledger.Incident
	if kept, ok := s.incidents[id]; ok && kept.expires.After(now) {
		old = new(ledger.Incident)
		if err := json.Unmarshal(kept.raw, old); err != nil {
			return fmt.Errorf("read incident %s: %w", id, err)
		}
	}
	next, write := change(old)
	if !write {
		return nil
	}
	raw, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("keep incident %s: %w", id, err)
	}
	s.incidents[id] = expiring{raw, next.Expires}
	return nil
}

// Report gives the JSON of a kept report.
func (s *Store) Report(_ context.Context, incident, fingerprint string, now time.Time) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept, ok := s.reports[[2]string{incident, fingerprint}]
	if !ok || !kept.expires.After(now) {
		return nil, nil
	}
	return slices.Clone(kept.raw), nil
}

// Recent gives the incidents counted since then, the latest first.
func (s *Store) Recent(_ context.Context, since, now time.Time) iter.Seq2[ledger.Incident, error] {
	return func(yield func(ledger.Incident, error) bool) {
		list, err := s.recent(since, now)
		for _, i := range list {
			if !yield(i, nil) {
				return
			}
		}
		if err != nil {
			yield(ledger.Incident{}, err)
		}
	}
}

func (s *Store) recent(since, now time.Time) ([]ledger.Incident, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []ledger.Incident
	for id, kept := range s.incidents {
		var i ledger.Incident
		if err := json.Unmarshal(kept.raw, &i); err != nil {
			return nil, fmt.Errorf("read incident %s: %w", id, err)
		}
		if kept.expires.After(now) && !i.Seen.Before(since) {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(a, b ledger.Incident) int {
		return cmp.Or(b.Seen.Compare(a.Seen), cmp.Compare(b.ID, a.ID))
	})
	return list, nil
}

// Suppress keeps a suppression.
func (s *Store) Suppress(_ context.Context, one ledger.Suppression) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.suppressions[one.ID] = one
	return nil
}

// Suppressions gives all, by id.
func (s *Store) Suppressions(context.Context) ([]ledger.Suppression, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []ledger.Suppression{}
	for _, id := range slices.Sorted(maps.Keys(s.suppressions)) {
		list = append(list, s.suppressions[id])
	}
	return list, nil
}

// sweep drops what has expired, now and then.
func (s *Store) sweep(now time.Time) {
	if s.writes++; s.writes%sweepEvery != 0 {
		return
	}
	gone := func(e expiring) bool { return !e.expires.After(now) }
	maps.DeleteFunc(s.events, func(_ string, e event) bool { return !e.expires.After(now) })
	maps.DeleteFunc(s.incidents, func(_ string, e expiring) bool { return gone(e) })
	maps.DeleteFunc(s.reports, func(_ [2]string, e expiring) bool { return gone(e) })
}
