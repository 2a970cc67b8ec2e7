package main

import (
	"context"
	"fmt"
	"time"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/report"
)

const (
	// parallel bounds the items that are explained at a time.
	parallel = 16
	// most and least are how long the reading for one item may take: less where
	// there are many, since whoever comes last would else read nothing.
	most  = 20 * time.Second
	least = 3 * time.Second
)

// explained is what came of one item.
type explained struct {
	it      *item
	report  *report.Report
	estate  *estate.Estate
	finding ledger.Finding
	read    time.Duration // spent reading AWS
	err     error
}

// explainAll explains what was claimed. What AWS does not answer in time is a gap
// of the report; an item that is not explained in time, or at all, is given back.
func (r *run) explainAll(ctx context.Context, items []*item) {
	var mine []*item
	for _, it := range items {
		if it.state == stateMine {
			mine = append(mine, it)
		}
	}
	todo, done := make(chan *item, len(mine)), make(chan explained, len(mine))
	for _, it := range mine {
		todo <- it
	}
	close(todo)
	ctx, cancel := context.WithDeadline(ctx, r.plan.explain)
	defer cancel()
	each := r.each(len(mine))
	for range min(parallel, len(mine)) {
		go func() {
			for it := range todo {
				done <- r.one(ctx, it, each)
			}
		}()
	}
	open := map[*item]bool{}
	for _, it := range mine {
		open[it] = true
	}
	for range mine {
		select {
		case e := <-done:
			delete(open, e.it)
			r.note(e)
		case <-ctx.Done():
			r.last(done, open)
			r.late(mine, open)
			return
		}
	}
}

// last takes what is there when time is up.
func (r *run) last(done <-chan explained, open map[*item]bool) {
	for {
		select {
		case e := <-done:
			delete(open, e.it)
			r.note(e)
		default:
			return
		}
	}
}

// each is how long the reading for one of n items may take.
func (r *run) each(n int) time.Duration {
	rounds := max(1, (n+parallel-1)/parallel)
	return min(most, max(least, r.plan.collect.Sub(r.now())/time.Duration(rounds)))
}

// one explains one item. It touches nothing that others see: who waits for it
// may have gone on.
func (r *run) one(ctx context.Context, it *item, each time.Duration) (e explained) {
	e.it = it
	defer func() {
		if p := recover(); p != nil {
			e.err = fmt.Errorf("explaining broke down: %T", p)
		}
	}()
	if ctx.Err() != nil {
		e.err = ctx.Err()
		return e
	}
	begun := r.now()
	reading, cancel := context.WithDeadline(ctx, r.plan.collect)
	defer cancel()
	reading, stop := context.WithTimeout(reading, each)
	defer stop()
	e.estate = r.estates.Estate(reading, it.subject)
	e.read = r.now().Sub(begun)
	e.report = r.explain(it.rec, e.estate, r.options(r.hash))
	e.finding = ledger.FindingOf(it.key, e.report)
	return e
}

func (a *auditor) options(hash bool) audit.Options {
	return audit.Options{Lang: a.lang, Version: version, HashNames: hash}
}

// note takes over what came of an item.
func (r *run) note(e explained) {
	if e.err != nil {
		r.metrics.add("Failed", 1)
		r.log.Error("an event cannot be explained: it comes again", e.it.ids("error", reason(e.err))...)
		return
	}
	e.it.report, e.it.estate, e.it.finding = e.report, e.estate, e.finding
	r.metrics.value("EstateMillis", milliseconds(e.read))
}

// late are the items that no time was left for.
func (r *run) late(mine []*item, open map[*item]bool) {
	for _, it := range mine {
		if open[it] {
			r.metrics.add("Failed", 1)
			r.log.Error("no time was left to explain an event: it comes again", it.ids()...)
		}
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
