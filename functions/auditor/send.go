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
	keep, stop := context.WithDeadline(ctx, r.plan.keep)
	defer stop()
	letters := make([]letter, len(list))
	begun := r.now()
	for i, o := range deliver.Send(until, list, r.channels, r.patience) {
		letters[i] = letter{Outcome: o, outcome: of[i]}
		r.sent(&letters[i], begun)
		if o.Err == nil {
			continue
		}
		err := errNoQueue
		if r.queue != nil {
			err = r.queue.Keep(keep, &letters[i].Delivery)
		}
		if letters[i].lost = err != nil; err != nil {
			r.log.Error("a message could not be kept: its events come again", "channel", o.Channel, "incident", o.Message.Report.Incident, "error", reason(err))
		}
	}
	return letters
}

// sent counts and logs what became of a delivery, of those that were sent since
// begun. A channel that is slow does not make another look so.
func (r *run) sent(l *letter, begun time.Time) {
	m := &l.Message
	about := []any{"channel", l.Channel, "kind", string(m.Kind), "incident", m.Report.Incident, "event_id", id(m.Report.Event.ID), "tries", l.Tries}
	if l.Err != nil {
		r.metrics.failed(l.Channel)
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
// of which a message is neither sent nor kept: then nothing was told, and the
// next attempt tells it.
func (r *run) settle(ctx context.Context, outcomes []ledger.Outcome, letters []letter) []bool {
	ok := make([]bool, len(outcomes))
	var all sync.WaitGroup
	slots := make(chan struct{}, parallel)
	for n := range outcomes {
		o := &outcomes[n]
		mine := slices.DeleteFunc(slices.Clone(letters), func(l letter) bool { return l.outcome != n })
		lost := slices.ContainsFunc(mine, func(l letter) bool { return l.lost })
		if ok[n] = o.Err == nil && !lost; !ok[n] {
			continue
		}
		switch {
		case len(mine) == 0: // nobody wants to hear of it
		case isNews(o.Action):
			r.metrics.add("Alerts", 1)
		default:
			r.metrics.add("Updates", 1)
		}
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			r.told(ctx, o, threads(o, mine))
		})
	}
	all.Wait()
	return ok
}

// threads are the conversations that deliveries have opened. A channel that is
// told of an incident for the first time is among them, with or without one: it
// hears of the updates.
func threads(o *ledger.Outcome, letters []letter) map[string]string {
	out := map[string]string{}
	for i := range letters {
		l := &letters[i]
		had, known := o.Incident.Threads[l.Channel]
		if l.Message.Kind != deliver.Requester && (!known || l.Thread != "" && l.Thread != had) {
			out[l.Channel] = l.Thread
		}
	}
	return out
}

func (r *run) told(ctx context.Context, o *ledger.Outcome, threads map[string]string) {
	var err error
	switch {
	case isNews(o.Action):
		err = r.ledger.Told(ctx, o.Incident.ID, threads, r.now())
	case len(threads) > 0:
		err = r.ledger.Threads(ctx, o.Incident.ID, threads, r.now())
	}
	if err != nil {
		r.log.Error("that an incident was told cannot be written down: it may be told again", "incident", id(o.Incident.ID), "error", reason(err))
	}
}

// resend sends deliveries that were kept. One that fails again fails its message:
// the queue gives it again, and keeps it for people in the end.
func (r *run) resend(ctx context.Context, in input, s *summary) {
	until, cancel := context.WithDeadline(ctx, r.plan.send)
	defer cancel()
	var list []deliver.Delivery
	var of []*message
	for _, m := range in.messages {
		if !isDelivery(m.body) {
			continue
		}
		d, err := deliver.Decode(m.body)
		if err != nil {
			r.poison(in, m, err, s)
			continue
		}
		if d.Message.Kind == deliver.Requester && !r.mayWrite(d.Message.To) {
			r.log.Info("a message to who made a call is dropped: they are not written to any more", "message_id", id(m.id), "incident", id(d.Message.Report.Incident))
			continue
		}
		list, of = append(list, *d), append(of, m)
	}
	begun := r.now()
	for i, o := range deliver.Send(until, list, r.channels, r.patience) {
		r.sent(&letter{Outcome: o}, begun)
		if o.Err != nil {
			of[i].failed = true
			continue
		}
		s.Delivered++
		if o.Thread == "" || o.Thread == o.Message.Thread || o.Message.Kind == deliver.Requester {
			continue
		}
		if err := r.ledger.Threads(ctx, o.Message.Report.Incident, map[string]string{o.Channel: o.Thread}, r.now()); err != nil {
			r.log.Error("a thread cannot be written down: the next message opens another", "channel", o.Channel, "incident", o.Message.Report.Incident, "error", reason(err))
		}
	}
}
