package main

import (
	"context"
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// unsaid bounds the updates that one tick takes.
const unsaid = 200

// tick tells the updates that are due: a storm that has ended is told to its end.
func (r *run) tick(ctx context.Context) (any, error) {
	ctx, cancel := context.WithDeadline(ctx, r.plan.end)
	defer cancel()
	looking, stop := context.WithDeadline(ctx, r.plan.count)
	outcomes, failed := r.ledger.Unsaid(looking, r.now(), unsaid)
	stop()
	var list []deliver.Delivery
	var of []int
	for n := range outcomes {
		for _, d := range r.update(&outcomes[n]) {
			list, of = append(list, d), append(of, n)
		}
	}
	r.settle(ctx, outcomes, r.send(ctx, list, of))
	if failed != nil { // what was taken before is told
		return nil, fmt.Errorf("look for counts to tell: %s", reason(failed))
	}
	return map[string]float64{"updates": r.metrics.sums["Updates"]}, nil
}

// update are the deliveries of an update, to those who were told of the incident.
func (r *run) update(o *ledger.Outcome) []deliver.Delivery {
	if o.Err != nil {
		r.log.Error("an update is not taken: the next event of the incident or the next tick does", "incident", id(o.Incident.ID), "error", reason(o.Err))
		return nil
	}
	return addressed(&deliver.Message{Kind: deliver.Update, Report: o.Report, Repeats: repeats(&o.Incident)}, r.heard(&o.Incident), &o.Incident)
}
