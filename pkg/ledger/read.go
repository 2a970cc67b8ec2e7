package ledger

import (
	"context"
	"time"
)

// Incident gives what is kept of an incident by now; nil when nothing is.
func (l *Ledger) Incident(ctx context.Context, id string, now time.Time) (*Incident, error) {
	var out *Incident
	err := l.store.Change(ctx, id, now, func(old *Incident) (Incident, bool) {
		out = nil
		if old != nil {
			c := begin(old, nil)
			out = &c
		}
		return Incident{}, false
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}
