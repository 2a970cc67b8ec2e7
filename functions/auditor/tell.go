package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// record counts what was explained, tells what is to be told, and writes down
// what was done: told before finished, so that what dies in between is told again
// and not lost.
func (r *run) record(ctx context.Context, items []*item) {
	var mine, back []*item
	for _, it := range items {
		switch {
		case it.state == stateMine && it.report != nil:
			mine = append(mine, it)
		case it.state == stateMine:
			back = append(back, it)
		}
	}
	findings := make([]ledger.Finding, len(mine))
	for i, it := range mine {
		findings[i] = it.finding
	}
	var told []int
	if len(mine) > 0 {
		counting, cancel := context.WithDeadline(ctx, r.plan.count)
		outcomes, err := r.ledger.Record(counting, findings, r.now())
		cancel()
		if err != nil {
			r.log.Error("not every suppression holds", "error", reason(err))
		}
		told, back = r.tell(ctx, mine, outcomes, back)
	}
	r.release(ctx, back)
	r.finish(ctx, mine, findings, told)
	for _, it := range items {
		if it.twin != nil && it.twin.state == stateFailed {
			it.fail()
		}
	}
}

// finish writes down the items that are done. What cannot be written down is done
// all the same: to let it come again would count and tell it twice.
func (r *run) finish(ctx context.Context, mine []*item, findings []ledger.Finding, told []int) {
	var done []ledger.Finding
	var reports []int
	for i, it := range mine {
		if it.state == stateFailed {
			continue
		}
		if slices.Contains(told, i) {
			reports = append(reports, len(done))
		}
		done = append(done, findings[i])
		it.done = true
		r.metrics.explained(it.report)
		r.log.Info("explained", it.ids("verdict", it.report.Verdict, "code", findings[i].Code, "certainty", findings[i].Certainty)...)
	}
	if len(done) == 0 {
		return
	}
	switch err := r.ledger.Finish(ctx, done, reports, r.now()); {
	case errors.Is(err, ledger.ErrReport):
		r.log.Error("a report cannot be kept: a count that is due waits for the incident's next event", "error", reason(err))
	case err != nil:
		r.log.Error("what was done cannot be written down: an event that comes again is counted again", "events", len(done), "error", reason(err))
	}
}

// letter is a delivery of an outcome.
type letter struct {
	deliver.Outcome
	outcome int  // its index
	lost    bool // neither sent nor kept
}

// tell sends what the outcomes ask for. It gives the items whose reports were
// told, and adds to back those of incidents that were not recorded, or of which a
// message is neither sent nor kept.
func (r *run) tell(ctx context.Context, mine []*item, outcomes []ledger.Outcome, back []*item) (told []int, all []*item) {
	var list []deliver.Delivery
	var of []int
	for n := range outcomes {
		o := &outcomes[n]
		if o.Err != nil {
			r.log.Error("an incident cannot be recorded: its events come again", mine[o.Findings[0]].ids("error", reason(o.Err))...)
			continue
		}
		r.metrics.add("Suppressed", float64(o.Suppressed))
		for _, d := range r.letters(ctx, o, mine[o.Finding]) {
			list, of = append(list, d), append(of, n)
		}
	}
	for n, ok := range r.settle(ctx, outcomes, r.send(ctx, list, of)) {
		if ok && (isNews(outcomes[n].Action) || outcomes[n].Action == ledger.Update) {
			told = append(told, outcomes[n].Finding)
		}
		for _, i := range outcomes[n].Findings {
			if !ok {
				back = append(back, mine[i])
			}
		}
	}
	return told, back
}

func isNews(a ledger.Action) bool { return a == ledger.Alert || a == ledger.AlertAgain }

// letters are the deliveries that an outcome asks for.
func (r *run) letters(ctx context.Context, o *ledger.Outcome, it *item) []deliver.Delivery {
	m := deliver.Message{Report: it.report, Repeats: repeats(&o.Incident)}
	to := []string{}
	switch o.Action {
	case ledger.Alert:
		m.Kind, to = deliver.Alert, r.route(ctx, it)
	case ledger.AlertAgain:
		m.Kind, to = deliver.Again, r.route(ctx, it)
	case ledger.Update:
		m.Kind, to = deliver.Update, r.heard(&o.Incident)
	}
	list := addressed(&m, to, &o.Incident)
	if isNews(o.Action) {
		list = append(list, r.requester(it, m)...)
	}
	return owed(o, list)
}

// addressed are the deliveries of a message, each in its channel's thread.
func addressed(m *deliver.Message, to []string, i *ledger.Incident) []deliver.Delivery {
	var list []deliver.Delivery
	for _, name := range to {
		one := *m
		one.Thread = i.Threads[name]
		list = append(list, deliver.Delivery{Schema: deliver.Schema, Channel: name, Message: one})
	}
	return list
}

func repeats(i *ledger.Incident) deliver.Repeats {
	return deliver.Repeats{Count: i.Count, First: i.First, Last: i.Last, Suppressed: i.Suppressed}
}

// heard are the channels that were told of an incident.
func (r *run) heard(i *ledger.Incident) []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(i.Threads)), func(name string) bool { return r.channels[name] == nil })
}

// route gives the channels that hear of a finding.
func (r *run) route(ctx context.Context, it *item) []string {
	if r.routes == nil {
		return names(r.channels)
	}
	to, err := r.routes.get(ctx, r.now())
	if err != nil {
		r.metrics.add("RoutesFailures", 1)
		r.log.Error("the routes are not good", "error", reason(err))
	}
	if to == nil {
		return names(r.channels)
	}
	return to.To(r.facts(it))
}

// guard goes on without what broke down.
func (r *run) guard(it *item, without string) {
	if p := recover(); p != nil {
		r.log.Error("something broke down: "+without, it.ids("panic", fmt.Sprintf("%T", p))...)
	}
}

// facts are what routes look at.
func (r *run) facts(it *item) (f deliver.Facts) {
	f = deliver.Facts{Report: it.report, Tags: map[string]string{}}
	defer r.guard(it, "it is routed without OUs and tags")
	if org, ok := it.estate.Organization().Get(); ok {
		for _, id := range deliver.Accounts(it.report) {
			path, _ := org.Path(id)
			for _, part := range strings.Split(path, "/") {
				if strings.HasPrefix(part, "ou-") || strings.HasPrefix(part, "r-") {
					f.OUs = append(f.OUs, part)
				}
			}
		}
	}
	if a, ok := it.estate.Account(it.subject.Role.Account).Get(); ok {
		if role, ok := a.Role(it.subject.Role.Name).Get(); ok {
			f.Tags = byKey(role.Tags)
		}
	}
	return f
}
