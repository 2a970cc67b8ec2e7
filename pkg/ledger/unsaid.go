package ledger

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Recent gives at most limit incidents that were counted since then, the latest
// first.
func (l *Ledger) Recent(ctx context.Context, since, now time.Time, limit int) ([]Incident, error) {
	list := []Incident{}
	if limit <= 0 {
		return list, nil
	}
	for i, err := range l.store.Recent(ctx, since, now) {
		if err != nil {
			return nil, err
		}
		if list = append(list, i); len(list) == limit {
			break
		}
	}
	return list, nil
}

// Unsaid finds incidents whose count was not told for long enough, and takes
// their update, of at most limit: it is said once though two environments ask at
// the same time. It is for a schedule, so that a storm that has ended is told to
// its end.
//
// An outcome has the report that was told, or an error: its update was not taken.
// The error beside the outcomes says what could not be looked at; the outcomes
// hold.
func (l *Ledger) Unsaid(ctx context.Context, now time.Time, limit int) ([]Outcome, error) {
	var out []Outcome
	taken := 0
	// The last call of a storm may have come right after an update, and the next
	// is due a quiet time later: twice that leaves time to find it.
	for i, err := range l.store.Recent(ctx, now.Add(-2*l.rules.Quiet), now) {
		if err != nil {
			return out, err
		}
		if !l.rules.due(&i, now) {
			continue
		}
		o := l.say(ctx, i, now)
		if o.Err != nil || o.Action == Update {
			out = append(out, o)
		}
		if o.Action == Update {
			if taken++; taken >= limit {
				break
			}
		}
	}
	return out, nil
}

// errNoReport is why an update is not taken: there is nothing to tell it with.
var errNoReport = errors.New("no report of it is kept: it was too large, or could not be written")

// say takes the update of an incident that was due when it was read, and keeps
// its report as long as the incident from now on.
func (l *Ledger) say(ctx context.Context, was Incident, now time.Time) Outcome {
	o := Outcome{Incident: was, Decision: Decision{Action: Count, Finding: -1}} // no finding of a batch
	raw, err := l.store.Report(ctx, was.ID, was.Fingerprint, now)
	if o.Report, o.Err = read(raw, err); o.Err == nil && o.Report == nil {
		o.Err = errNoReport
	}
	if o.Err != nil {
		return o
	}
	kept := Kept{Incident: was.ID, Fingerprint: was.Fingerprint, Report: raw, Expires: now.Add(l.rules.KeepIncidents)}
	if err := l.store.Finish(ctx, nil, []Kept{kept}); err != nil {
		o.Err = fmt.Errorf("keep its report: %w", err)
		return o
	}
	o.Err = l.store.Change(ctx, was.ID, now, func(old *Incident) (Incident, bool) {
		o.Action = Count
		if old == nil || old.Fingerprint != was.Fingerprint || !l.rules.due(old, now) {
			return Incident{}, false
		}
		o.Incident, o.Action = old.updated(now), Update
		return o.Incident, true
	})
	if o.Err != nil {
		o.Action = Count
	}
	return o
}
