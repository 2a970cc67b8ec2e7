package main

import (
	"context"
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// unsaid bounds the incidents that one tick looks at.
const unsaid = 200

// tick tells the updates that are due: a storm that has ended is told to its end.
func (r *run) tick(ctx context.Context) (any, error) {
	ctx, cancel := context.WithDeadline(ctx, r.plan.end)
	defer cancel()
	outcomes, err := r.ledger.Unsaid(ctx, r.now(), unsaid)
	if err != nil {
		return nil, fmt.Errorf("look for counts to tell: %s", reason(err))
	}
	var list []deliver.Delivery
	var of []int
	for n := range outcomes {
		for _, d := range r.update(ctx, &outcomes[n]) {
			list, of = append(list, d), append(of, n)
		}
	}
	r.settle(ctx, outcomes, r.send(ctx, list, of))
	return map[string]float64{"updates": r.metrics.sums["Updates"]}, nil
}

// update are the deliveries of an update, to those who were told of the incident.
func (r *run) update(ctx context.Context, o *ledger.Outcome) []deliver.Delivery {
	if o.Err != nil {
		r.log.Error("an update cannot be taken: the next tick does", "incident", id(o.Incident.ID), "error", reason(o.Err))
		return nil
	}
	kept, err := r.ledger.Report(ctx, o.Incident.ID, o.Incident.Fingerprint, r.now())
	if err != nil || kept == nil {
		r.log.Error("no report is kept of an incident: its update is not told", "incident", id(o.Incident.ID), "error", missing(err))
		return nil
	}
	return addressed(&deliver.Message{Kind: deliver.Update, Report: kept, Repeats: repeats(&o.Incident)}, r.heard(&o.Incident), &o.Incident)
}

func missing(err error) string {
	if err == nil {
		return "it has expired, or was never written"
	}
	return reason(err)
}
