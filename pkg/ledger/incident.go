package ledger

import (
	"maps"
	"slices"
	"time"
)

// Incident is one attempt that is made again and again: one API, one caller,
// one role.
type Incident struct {
	ID          string    `json:"id"`
	Fingerprint string    `json:"fingerprint"` // of what was told last, or first found
	Said        []Said    `json:"said"`        // its causes
	Verdict     string    `json:"verdict"`
	Code        string    `json:"code"`
	Certainty   string    `json:"certainty"`
	Caller      string    `json:"caller"`
	Account     string    `json:"account"`
	Role        string    `json:"role"`
	RoleAccount string    `json:"role_account"`
	First       time.Time `json:"first"` // time of the earliest call
	Last        time.Time `json:"last"`  // time of the latest call
	Seen        time.Time `json:"seen"`  // when it was last counted, by our clock
	Count       int       `json:"count"` // calls, suppressed ones among them

	Suppressed   int    `json:"suppressed"` // calls of which nothing was told
	SuppressedBy string `json:"suppressed_by"`

	Alerts    int       `json:"alerts"`     // messages of news: the first and those again
	ToldAt    time.Time `json:"told_at"`    // the last message or update
	ToldCount int       `json:"told_count"` // calls that it covered, without suppressed ones
	Updates   int       `json:"updates"`    // updates of the count since the last alert
	Owed      *Owed     `json:"owed,omitempty"`
	Prints    []Print   `json:"prints"` // what was told lately, the latest last

	// Threads are where each channel keeps its conversation about the incident,
	// in the channel's own words.
	Threads map[string]string `json:"threads"`
	Expires time.Time         `json:"expires"`
}

// Owed is an alert that was decided and is not yet known to be told.
type Owed struct {
	Action Action    `json:"action"`
	Why    Why       `json:"why"`
	Until  time.Time `json:"until"` // the lease of who tells it
}

// Print is a fingerprint that was told.
type Print struct {
	Fingerprint string    `json:"fingerprint"`
	At          time.Time `json:"at"`
}

// maxPrints bounds the fingerprints that an incident alerts for in one quiet
// time: a caller who can vary what denies could else make any number of alerts.
const maxPrints = 8

// Open is how many calls were not suppressed.
func (i *Incident) Open() int { return i.Count - i.Suppressed }

// lost says whether an alert is owed that nobody is about to tell any more.
func (i *Incident) lost(now time.Time) bool { return i.Owed != nil && !now.Before(i.Owed.Until) }

// forget takes what an alert that is lost was about from what was told, so that
// it is news when it comes again and another was told in its place.
func (i *Incident) forget(now time.Time) (lost bool) {
	if lost = i.lost(now); lost {
		i.Prints = slices.DeleteFunc(i.Prints, func(p Print) bool { return p.Fingerprint == i.Fingerprint })
	}
	return lost
}

// begin is the incident before the first of its findings is counted, or a copy
// of what is kept.
func begin(old *Incident, f *Finding) Incident {
	if old != nil {
		c := *old
		c.Said, c.Prints, c.Threads = slices.Clone(old.Said), slices.Clone(old.Prints), maps.Clone(old.Threads)
		return c
	}
	i := Incident{
		ID: f.Incident, Caller: f.Caller, Account: f.Account, Role: f.Role, RoleAccount: f.RoleAccount,
		First: f.At, Last: f.At, Prints: []Print{}, Threads: map[string]string{},
	}
	i.found(f)
	return i
}

// found takes over what was found.
func (i *Incident) found(f *Finding) {
	i.Fingerprint, i.Said = f.Fingerprint, append([]Said{}, f.Causes...)
	i.Verdict, i.Code, i.Certainty = f.Verdict, f.Code, f.Certainty
}

// count takes in one more call, which may be older than others.
func (i *Incident) count(f *Finding, now time.Time, keep time.Duration) {
	i.Count++
	if f.At.Before(i.First) {
		i.First = f.At
	}
	if f.At.After(i.Last) {
		i.Last = f.At
	}
	if now.After(i.Seen) {
		i.Seen, i.Expires = now, now.Add(keep)
	}
}

// say notes that f is news and will be told.
func (i *Incident) say(f *Finding, now time.Time, quiet time.Duration) {
	i.found(f)
	i.Alerts++
	i.Updates, i.ToldAt, i.ToldCount = 0, now, i.Open()
	i.Prints = slices.DeleteFunc(i.Prints, func(p Print) bool {
		return p.Fingerprint == f.Fingerprint || now.Sub(p.At) >= quiet
	})
	i.Prints = append(i.Prints, Print{f.Fingerprint, now})
}

// updated is the incident when its count was told.
func (i *Incident) updated(now time.Time) Incident {
	c := *i
	c.Updates, c.ToldAt, c.ToldCount = i.Updates+1, now, i.Open()
	return c
}

// told is the incident when nothing is owed any more.
func (i *Incident) told(owed *Owed, threads map[string]string, now time.Time) Incident {
	c := i.threaded(threads)
	if owed.same(c.Owed) {
		c.Owed = nil
	}
	if now.After(c.ToldAt) {
		c.ToldAt = now
	}
	return c
}

// same says whether both are one decision: each has its own lease.
func (o *Owed) same(p *Owed) bool {
	return o != nil && p != nil && o.Action == p.Action && o.Why == p.Why && o.Until.Equal(p.Until)
}

// threaded is the incident with these threads among its own.
func (i *Incident) threaded(threads map[string]string) Incident {
	c := *i
	c.Threads = maps.Clone(i.Threads)
	if c.Threads == nil {
		c.Threads = map[string]string{}
	}
	maps.Copy(c.Threads, threads)
	return c
}
