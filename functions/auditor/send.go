package main

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// errNoQueue is why a delivery is not kept where there is no queue.
var errNoQueue = errors.New("there is no queue for it: set DELIVERIES_QUEUE_URL")

// send sends deliveries, of the outcomes that of names, and keeps on the queue
// what no channel took.
func (r *run) send(ctx context.Context, list []deliver.Delivery, of []int) []letter {
	if len(list) == 0 {
		return nil
	}
	until, cancel := context.WithDeadline(ctx, r.plan.send)
	defer cancel()
	letters := make([]letter, len(list))
	begun := r.now()
	for i, o := range deliver.Send(until, list, r.channels, r.patience) {
		letters[i] = letter{Outcome: o, outcome: of[i]}
		r.sent(&letters[i], begun)
	}
	r.keep(ctx, letters)
	return letters
}

// keep keeps the letters that no channel took.
func (r *run) keep(ctx context.Context, letters []letter) {
	ctx, cancel := context.WithDeadline(ctx, r.plan.keep)
	defer cancel()
	errs := make([]error, len(letters))
	var all sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for i := range letters {
		l := &letters[i]
		switch {
		case l.Err == nil:
		case r.queue == nil:
			errs[i] = errNoQueue
		default:
			all.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				errs[i] = r.queue.Keep(ctx, &l.Delivery, deliver.After(l.Err))
			})
		}
	}
	all.Wait()
	for i, err := range errs {
		l := &letters[i]
		if l.lost = err != nil; l.lost {
			r.log.Error("a message could not be kept: its events come again", "channel", id(l.Channel), "incident", id(l.Message.Report.Incident), "error", reason(err))
		}
	}
}

// known is the name of a channel as a metric may have it: each name is a series
// that costs.
func (r *run) known(channel string) string {
	if r.channels[channel] == nil {
		return "other"
	}
	return channel
}

// sent counts and logs what became of a delivery, of those that were sent since
// begun. A channel that is slow does not make another look so.
func (r *run) sent(l *letter, begun time.Time) {
	m := &l.Message
	about := []any{"channel", id(l.Channel), "kind", id(string(m.Kind)), "incident", id(m.Report.Incident), "event_id", id(m.Report.Event.ID), "tries", l.Tries}
	if l.Err != nil {
		r.metrics.failed(r.known(l.Channel))
		r.log.Error("a channel did not take a message", append(about, "error", reason(l.Err))...)
		return
	}
	r.log.Info("told", append(about, "took_ms", l.Took.Milliseconds())...)
	at, err := time.Parse(time.RFC3339, m.Report.Event.Time)
	if err == nil && (m.Kind == deliver.Alert || m.Kind == deliver.Again) {
		r.metrics.value("Latency", milliseconds(max(0, begun.Add(l.Took).Sub(at))))
	}
}

// settle writes down where the incidents were told. It is false for an incident
// of which a message is neither sent nor kept: the next attempt tells it, and of
// a new incident only those who do not have it yet.
func (r *run) settle(ctx context.Context, outcomes []ledger.Outcome, letters []letter) []bool {
	ok := make([]bool, len(outcomes))
	var all sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for n := range outcomes {
		o := &outcomes[n]
		mine := slices.DeleteFunc(slices.Clone(letters), func(l letter) bool { return l.outcome != n })
		lost := slices.ContainsFunc(mine, func(l letter) bool { return l.lost })
		ok[n] = o.Err == nil && !lost
		if o.Err != nil {
			continue
		}
		switch {
		case lost:
		case len(mine) == 0: // nobody wants to hear of it
		case isNews(o.Action):
			r.metrics.add("Alerts", 1)
		default:
			r.metrics.add("Updates", 1)
		}
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			r.told(ctx, o, threads(o, mine, lost), lost)
		})
	}
	all.Wait()
	return ok
}

// toRequester stands among the threads of an incident whose alert is owed, where
// who made the call was written to already. No channel has the name.
const toRequester = "requester"

// threads are the conversations that deliveries have opened. A channel that is
// told of an incident for the first time is among them, with or without one: it
// hears of the updates. Where another delivery is lost, so is toRequester.
func threads(o *ledger.Outcome, letters []letter, lost bool) map[string]string {
	out := map[string]string{}
	for i := range letters {
		l := &letters[i]
		had, known := o.Incident.Threads[l.Channel]
		switch {
		case l.lost:
		case l.Message.Kind == deliver.Requester:
			if lost {
				out[toRequester] = ""
			}
		case !known || l.Thread != "" && l.Thread != had:
			out[l.Channel] = l.Thread
		}
	}
	return out
}

// owed are the deliveries of an outcome that nobody has yet: where an earlier
// attempt at the first alert of an incident lost one, the others have it.
func owed(o *ledger.Outcome, list []deliver.Delivery) []deliver.Delivery {
	if !o.Resumed || o.Action != ledger.Alert {
		return list
	}
	return slices.DeleteFunc(list, func(d deliver.Delivery) bool {
		to := d.Channel
		if d.Message.Kind == deliver.Requester {
			to = toRequester
		}
		_, has := o.Incident.Threads[to]
		return has
	})
}

func (r *run) told(ctx context.Context, o *ledger.Outcome, threads map[string]string, lost bool) {
	var err error
	switch {
	case isNews(o.Action) && !lost:
		err = r.ledger.Told(ctx, &o.Incident, threads, r.now())
	case len(threads) > 0:
		err = r.ledger.Threads(ctx, o.Incident.ID, threads, r.now())
	}
	if err != nil {
		r.log.Error("that an incident was told cannot be written down: it may be told again", "incident", id(o.Incident.ID), "error", reason(err))
	}
}
