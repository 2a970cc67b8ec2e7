package ledger

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Action is what to do about an incident.
type Action string

// The actions.
const (
	Count      Action = "count"       // it is counted: tell nobody
	Alert      Action = "alert"       // it is new: tell it
	AlertAgain Action = "alert_again" // there is news of it: tell it in its thread
	Update     Action = "update"      // say how often it happened, where it was told, with what was told
	Suppressed Action = "suppressed"  // all of it is suppressed: tell nobody
)

// Why is the reason of an alert.
type Why string

// The reasons of an alert.
const (
	WhyNew         Why = "new"         // nothing was told of it yet
	WhyFingerprint Why = "fingerprint" // other causes than were told
	WhyQuiet       Why = "quiet"       // it is back after a quiet time
)

// Decision is what to do about one incident after one batch.
type Decision struct {
	Action     Action
	Why        Why  // of Alert and AlertAgain
	Resumed    bool // an earlier attempt owed this alert and did not tell it
	Finding    int  // the finding to tell, never a suppressed one; of an update one with the causes that were told
	Suppressed int  // how many of the batch are suppressed
}

// Outcome is a decision about one incident of a batch.
type Outcome struct {
	Decision
	Incident Incident       // as it is kept now
	Findings []int          // indices into the batch
	Report   *report.Report // of Unsaid: what was told, to tell the count with
	Err      error          // it was not recorded
}

// Rules are the times by which an incident alerts, counts and is forgotten.
type Rules struct {
	Quiet         time.Duration // without a call for so long, the next one alerts again
	Every         time.Duration // between an alert and its first update; then twice, four times, ... up to Quiet
	Return        time.Duration // causes that were told before alert again after so long
	Lease         time.Duration // for how long an attempt holds what it took
	KeepEvents    time.Duration
	KeepIncidents time.Duration // after the last call; reports after they, or a count with them, were told
}

// DefaultRules are those of a deployment that asks for nothing else. A lease
// must outlast the longest attempt.
var DefaultRules = Rules{
	Quiet: 24 * time.Hour, Every: 5 * time.Minute, Return: time.Hour, Lease: 5 * time.Minute,
	KeepEvents: 14 * 24 * time.Hour, KeepIncidents: 90 * 24 * time.Hour,
}

// Validate says which of the times makes no sense.
func (r Rules) Validate() error {
	for _, d := range []struct {
		name string
		is   time.Duration
	}{
		{"Quiet", r.Quiet},
		{"Every", r.Every},
		{"Return", r.Return},
		{"Lease", r.Lease},
		{"KeepEvents", r.KeepEvents},
		{"KeepIncidents", r.KeepIncidents},
	} {
		if d.is <= 0 {
			return fmt.Errorf("%s is %s: give a time above zero", d.name, d.is)
		}
	}
	if r.KeepIncidents < r.Quiet {
		return errors.New("KeepIncidents is shorter than Quiet: an incident would be forgotten while it is hot")
	}
	if r.KeepEvents < r.Lease {
		return errors.New("KeepEvents is shorter than Lease: an event would be forgotten while it is explained")
	}
	return nil
}

// Decide counts the findings of one incident, in the order given, and says what
// to do about them; old is what is kept of it, nil when nothing is. The batch
// must not be empty. One message covers the batch, whatever happened in it.
//
// An update that is due waits for a call with the causes that were told, or for
// [Ledger.Unsaid]: a poorer finding does not take the place of what was told.
func (r Rules) Decide(old *Incident, batch []Finding, list []Suppression, now time.Time) (Incident, Decision) {
	i := begin(old, &batch[0])
	d := Decision{Action: Count}
	quiet := i.Count > 0 && now.Sub(i.Seen) >= r.Quiet
	lost := i.forget(now)
	var open []int // not suppressed
	for n := range batch {
		f := &batch[n]
		i.count(f, now, r.KeepIncidents)
		if s := suppressedBy(list, f, now); s != nil {
			i.Suppressed++
			i.SuppressedBy = s.ID
			d.Suppressed++
			continue
		}
		open = append(open, n)
		why := r.news(&i, f, quiet, now)
		if why == "" {
			continue
		}
		quiet = false
		if d.Action == Count { // of several the first says why, the last what
			d.Action, d.Why = AlertAgain, why
			if i.Alerts == 0 || lost && i.Owed.Action == Alert {
				d.Action = Alert
			}
		}
		d.Finding = n
		i.say(f, now, r.Quiet)
	}
	r.settle(&i, &d, batch, open, now)
	return i, d
}

// settle makes the decision of what the batch was found to be.
func (r Rules) settle(i *Incident, d *Decision, batch []Finding, open []int, now time.Time) {
	same, ok := latest(batch, open, i.Fingerprint)
	switch {
	case d.Action != Count:
		i.Owed = &Owed{d.Action, d.Why, now.Add(r.Lease)}
		i.ToldCount = i.Open()
	case len(open) == 0:
		d.Action = Suppressed
	case i.lost(now):
		d.Action, d.Why, d.Resumed, d.Finding = i.Owed.Action, i.Owed.Why, true, open[len(open)-1]
		if ok {
			d.Finding = same
		}
		i.say(&batch[d.Finding], now, r.Quiet)
		i.Alerts-- // it is the one that was owed
		i.Owed = &Owed{d.Action, d.Why, now.Add(r.Lease)}
	case ok && r.due(i, now):
		d.Action, d.Finding = Update, same
		*i = i.updated(now)
	}
}

// latest is the last of those findings that has that fingerprint.
func latest(batch []Finding, open []int, fingerprint string) (int, bool) {
	for _, n := range slices.Backward(open) {
		if batch[n].Fingerprint == fingerprint {
			return n, true
		}
	}
	return 0, false
}

// news says why a finding is news; empty when it is none.
func (r Rules) news(i *Incident, f *Finding, quiet bool, now time.Time) Why {
	switch {
	case i.Alerts == 0:
		return WhyNew
	case quiet:
		return WhyQuiet
	case f.Fingerprint == i.Fingerprint, onlyLacks(i.Said, f):
		return ""
	}
	lately := 0
	for _, p := range i.Prints {
		if p.Fingerprint == f.Fingerprint && now.Sub(p.At) < r.Return {
			return "" // it goes to and fro
		}
		if now.Sub(p.At) < r.Quiet {
			lately++
		}
	}
	if lately >= maxPrints {
		return ""
	}
	return WhyFingerprint
}

// onlyLacks says whether a finding has nothing that was not said, and lacks only
// causes of layers that could not be known this time. A cause that says only
// that something is not known is nothing new.
func onlyLacks(said []Said, f *Finding) bool {
	has := func(list []Said, code string) bool {
		return slices.ContainsFunc(list, func(s Said) bool { return s.Code == code })
	}
	for _, c := range f.Causes {
		if c.Layer != evidenceLayer && !has(said, c.Code) {
			return false
		}
	}
	for _, s := range said {
		if !has(f.Causes, s.Code) && !slices.Contains(f.Unread, s.Layer) {
			return false
		}
	}
	return true
}

// due says whether calls were counted that were not told for long enough: Every
// after an alert, then twice as long each time, so that a storm of a day costs
// a handful of updates.
func (r Rules) due(i *Incident, now time.Time) bool {
	if i.Alerts == 0 || i.Owed != nil || i.Open() <= i.ToldCount {
		return false
	}
	wait := r.Every
	for range i.Updates {
		if wait >= r.Quiet {
			break
		}
		wait *= 2
	}
	return now.Sub(i.ToldAt) >= min(wait, r.Quiet)
}
