package ledger

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Said is one cause that is proved or likely, with its layer (words of the
// report).
type Said struct {
	Code  string `json:"code"`
	Layer string `json:"layer"`
}

// Finding is what was found out about one event.
type Finding struct {
	// Key names the event: its id, or the id of the event that it updates.
	Key         string
	Incident    string
	Fingerprint string
	At          time.Time // of the call
	Verdict     string
	Code        string // of the primary cause, empty where there is none
	Certainty   string
	Causes      []Said   // proved or likely, by code, each once
	Unread      []string // layers of which something could not be known, sorted
	Caller      string   // ARN, of a session its role's
	Account     string   // the caller's
	Role        string
	RoleAccount string
	Report      *report.Report
}

// evidenceLayer is the layer of causes that say only what is not known.
const evidenceLayer = "evidence"

// mostAhead is how much the clock of who wrote an event may be ahead of ours.
const mostAhead = time.Hour

// dated is a finding whose time can be counted with: an event that does not say
// when it was, or that says a time to come, is one of now.
func (f Finding) dated(now time.Time) Finding {
	if f.At.IsZero() || f.At.After(now.Add(mostAhead)) {
		f.At = now
	}
	return f
}

// FindingOf takes out of a report what the ledger needs. The key is the event's
// id as it is counted: for a record that updates another, the other's.
func FindingOf(key string, r *report.Report) Finding {
	f := Finding{
		Key: key, Incident: r.Incident, Fingerprint: r.Fingerprint, Verdict: r.Verdict,
		Caller: cmp.Or(r.Caller.RoleARN, r.Caller.ARN), Account: r.Caller.Account,
		Role: r.Role.ARN, RoleAccount: r.Role.Account, Report: r,
	}
	if at, err := time.Parse(time.RFC3339, r.Event.Time); err == nil {
		f.At = at.UTC()
	}
	for i := range r.Causes {
		c := &r.Causes[i]
		if c.Primary {
			f.Code, f.Certainty = c.Code, c.Certainty
		}
		if c.Certainty == "proved" || c.Certainty == "likely" {
			f.Causes = append(f.Causes, Said{c.Code, c.Layer})
		}
	}
	slices.SortFunc(f.Causes, func(a, b Said) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Layer, b.Layer)) })
	f.Causes = slices.CompactFunc(f.Causes, func(a, b Said) bool { return a.Code == b.Code })
	for i := range r.Gaps {
		g := &r.Gaps[i]
		f.Unread = append(f.Unread, g.Affects...)
		if g.Permission != "" && g.Layer != "" {
			f.Unread = append(f.Unread, g.Layer)
		}
	}
	slices.Sort(f.Unread)
	f.Unread = slices.Compact(f.Unread)
	return f
}

// Attempt is one try to explain one event.
type Attempt struct {
	Key     string
	Token   string // of this attempt alone
	Now     time.Time
	Until   time.Time // the lease: until then nobody else takes it
	Expires time.Time // when the event may be forgotten
}

// State is what became of a claim.
type State int

// The states of a claim.
const (
	Mine State = iota + 1 // explain it
	Done                  // it was explained before: nothing to do
	Busy                  // somebody else is at it: try again after Until
	Twin                  // the same key stands earlier in the same call
)

// String is the state in a word.
func (s State) String() string {
	switch s {
	case Mine:
		return "mine"
	case Done:
		return "done"
	case Busy:
		return "busy"
	case Twin:
		return "twin"
	}
	return "unknown"
}

// Claim is the answer to an attempt.
type Claim struct {
	State   State
	Until   time.Time // with Busy: the end of the other's lease
	Resumed bool      // with Mine: an earlier attempt died
}

// Event is an event that was explained, as it is kept.
type Event struct {
	Key         string    `json:"key"`
	Incident    string    `json:"incident"`
	Fingerprint string    `json:"fingerprint"`
	At          time.Time `json:"at"`
	Verdict     string    `json:"verdict"`
	Code        string    `json:"code"`
	Certainty   string    `json:"certainty"`
	Done        time.Time `json:"done"`
	Expires     time.Time `json:"expires"`
}

// Kept is a report as it is kept: JSON of assumewhy.report/v1.
type Kept struct {
	Incident    string
	Fingerprint string
	Report      []byte
	Expires     time.Time
}

func (f *Finding) event(now time.Time, r Rules) Event {
	return Event{
		Key: f.Key, Incident: f.Incident, Fingerprint: f.Fingerprint, At: f.At,
		Verdict: f.Verdict, Code: f.Code, Certainty: f.Certainty,
		Done: now, Expires: now.Add(r.KeepEvents),
	}
}

func (f *Finding) kept(now time.Time, r Rules) (Kept, error) {
	k := Kept{Incident: f.Incident, Fingerprint: f.Fingerprint, Expires: now.Add(r.KeepIncidents)}
	if f.Report == nil {
		return k, fmt.Errorf("event %s: %w: there is none", f.Key, ErrReport)
	}
	slim := *f.Report
	slim.Trace = nil // large, and made again by explaining again
	var b bytes.Buffer
	if err := report.Encode(&b, &slim, false); err != nil {
		return k, fmt.Errorf("event %s: %w: %w", f.Key, ErrReport, err)
	}
	k.Report = b.Bytes()
	return k, nil
}

func read(raw []byte, err error) (*report.Report, error) {
	if err != nil || raw == nil {
		return nil, err
	}
	r, err := report.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fmt.Errorf("read a kept report: %w", err)
	}
	return r, nil
}
