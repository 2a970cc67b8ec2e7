package main

import (
	"cmp"
	"context"
	"slices"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// kept is a delivery that was kept, with the message that it came in.
type kept struct {
	deliver.Delivery
	in *message
}

// about is the conversation that a delivery belongs to.
func (k *kept) about() [2]string { return [2]string{k.Channel, k.Message.Report.Incident} }

// resend sends deliveries that were kept. One that fails again fails its message:
// the queue gives it again, and keeps it for people in the end. Those of one
// conversation are sent one after the other, since the first may open its thread.
func (r *run) resend(ctx context.Context, in input, s *summary) {
	until, cancel := context.WithDeadline(ctx, r.plan.send)
	defer cancel()
	todo := r.kept(in, s)
	slices.SortStableFunc(todo, func(a, b kept) int { return cmp.Compare(a.Message.Repeats.Count, b.Message.Repeats.Count) })
	for len(todo) > 0 {
		var now, later []kept
		begun := map[[2]string]bool{}
		for _, k := range todo {
			if begun[k.about()] {
				later = append(later, k)
				continue
			}
			begun[k.about()] = true
			if r.current(until, &k) {
				now = append(now, k)
			}
		}
		r.sendKept(ctx, until, now, s)
		todo = later
	}
}

// kept reads the deliveries of an invocation.
func (r *run) kept(in input, s *summary) []kept {
	var list []kept
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
		list = append(list, kept{*d, m})
	}
	return list
}

// current holds a delivery to what became of its incident since it was kept: it
// goes into the thread that its channel has by now, and an update of a count is
// dropped when a later one was told. It says whether to send it.
func (r *run) current(ctx context.Context, k *kept) bool {
	m := &k.Message
	if m.Kind == deliver.Requester {
		return true
	}
	i, err := r.ledger.Incident(ctx, m.Report.Incident, r.now())
	switch {
	case err != nil:
		r.log.Error("the incident of a message that was kept cannot be read: the message comes again", "channel", id(k.Channel), "incident", id(m.Report.Incident), "error", reason(err))
		k.in.failed = true
		return false
	case i == nil: // forgotten: there is no later news
		return true
	case m.Kind == deliver.Update && outdated(m, i):
		r.log.Info("an update that was kept is dropped: a later count was told", "channel", id(k.Channel), "incident", id(m.Report.Incident), "count", m.Repeats.Count)
		return false
	}
	if t := i.Threads[k.Channel]; t != "" {
		m.Thread = t
	}
	return true
}

// outdated says whether a larger count was told than that of an update.
func outdated(m *deliver.Message, i *ledger.Incident) bool {
	return m.Repeats.Count-m.Repeats.Suppressed < i.ToldCount
}

// sendKept sends deliveries until then, and writes down the threads they open.
func (r *run) sendKept(ctx, until context.Context, list []kept, s *summary) {
	deliveries := make([]deliver.Delivery, len(list))
	for n := range list {
		deliveries[n] = list[n].Delivery
	}
	begun := r.now()
	for n, o := range deliver.Send(until, deliveries, r.channels, r.patience) {
		r.sent(&letter{Outcome: o}, begun)
		if o.Err != nil {
			list[n].in.failed = true
			continue
		}
		s.Delivered++
		if o.Thread == "" || o.Thread == o.Message.Thread || o.Message.Kind == deliver.Requester {
			continue
		}
		if err := r.ledger.Threads(ctx, o.Message.Report.Incident, map[string]string{o.Channel: o.Thread}, r.now()); err != nil {
			r.log.Error("a thread cannot be written down: the next message opens another", "channel", id(o.Channel), "incident", id(o.Message.Report.Incident), "error", reason(err))
		}
	}
}
