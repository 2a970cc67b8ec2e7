package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// state is how far an item came.
type state uint8

const (
	stateOpen   state = iota
	stateMine         // claimed by this attempt
	stateBefore       // explained before, by another attempt
	stateFailed       // its message is to come again
)

// item is one denied role switch of a message.
type item struct {
	message *message
	rec     *trail.Record
	subject reconstruct.Subject
	key     string
	state   state
	done    bool  // counted and told, or kept to be told
	twin    *item // the earlier item of the same key, whose fate it shares

	report  *report.Report // nil before it is explained
	estate  *estate.Estate
	finding ledger.Finding
}

// fail makes an item one that comes again.
func (it *item) fail() { it.state = stateFailed }

// decode reads all messages, drops what is none of ours, and fails what cannot be
// read: a queue keeps it for a while, and its dead-letter queue after that.
func (r *run) decode(in input, s *summary) []*item {
	var items []*item
	for _, m := range in.messages {
		if isDelivery(m.body) {
			continue
		}
		found, err := itemsOf(m)
		if err != nil {
			r.poison(in, m, err, s)
		}
		for _, it := range found {
			switch {
			case it.rec.Class == trail.NotOurs:
				r.ignore(m, it.rec, "it is no failed role switch", s)
			case r.own(it):
				r.ignore(m, it.rec, "it is a call of this function", s)
			default:
				items = append(items, it)
			}
		}
	}
	r.metrics.add("Events", float64(len(items)))
	return items
}

// mostFaults is how many faults of one message are looked at: one with more is
// no log of CloudTrail's.
const mostFaults = 100

// itemsOf are the records of a message, and what is first of it that cannot be
// read, whatever it does to the program.
func itemsOf(m *message) (items []*item, fault error) {
	faults := 0
	defer func() {
		if p := recover(); p != nil {
			fault = fmt.Errorf("reading it broke down: %T", p)
		}
	}()
	for rec, err := range trail.Decode(bytes.NewReader(m.body), "event") {
		if err != nil {
			fault = cmp.Or(fault, err)
			if faults++; faults == mostFaults {
				return items, fmt.Errorf("%w, and %d more like it: the rest is not read", fault, faults-1)
			}
			continue
		}
		items = append(items, &item{message: m, rec: rec, subject: reconstruct.SubjectOf(rec), key: keyOf(rec, m.body)})
	}
	switch {
	case faults > 1:
		fault = fmt.Errorf("%w, and %d more", fault, faults-1)
	case len(items)+faults == 0:
		fault = errEmpty
	}
	return items, fault
}

var errEmpty = errors.New("there is nothing in it")

// poison is a message that cannot be read. A bare one is told and done with: to
// send it again would help nobody.
func (r *run) poison(in input, m *message, err error, s *summary) {
	r.metrics.add("Poison", 1)
	if !in.batch {
		s.Ignored++
		s.note("this is no event of CloudTrail: " + reason(err))
		r.log.Warn("this is no event of CloudTrail: nothing is explained", "error", reason(err))
		return
	}
	m.failed = true
	r.log.Error("a message cannot be read: the queue keeps it", "message_id", id(m.id), "tries", id(m.tries), "error", reason(err))
}

func (r *run) ignore(m *message, rec *trail.Record, why string, s *summary) {
	r.metrics.add("Ignored", 1)
	s.Ignored++
	s.note(why)
	r.log.Debug("ignored", "message_id", id(m.id), "event_id", id(rec.ID), "why", why)
}

// own says whether the function itself made the call: explaining that would make
// further calls that are denied.
func (r *run) own(it *item) bool {
	if r.self == "" {
		return false
	}
	if s := it.rec.Identity.Session; s != nil && s.IssuerARN != "" {
		return s.IssuerARN == r.self
	}
	me := reconstruct.RoleOf(r.self)
	c := it.subject.Caller
	return c.RoleName != "" && c.RoleName == me.Name && c.Account == me.Account
}

// keyOf is what an event is known by: its id, of an event that updates another
// the other's. What has none is known by what it is.
func keyOf(rec *trail.Record, body []byte) string {
	switch {
	case rec.OriginalID != "":
		return rec.OriginalID
	case rec.ID != "":
		return rec.ID
	}
	sum := sha256.Sum256(body)
	return "sha256:" + hex.EncodeToString(sum[:]) + ":" + rec.Position.String()
}

// claim takes the items that nobody else has.
func (r *run) claim(ctx context.Context, items []*item, s *summary) {
	if len(items) == 0 {
		return
	}
	keys := make([]string, len(items))
	first := map[string]*item{}
	for i, it := range items {
		keys[i] = it.key
		if first[it.key] == nil {
			first[it.key] = it
		}
	}
	r.attempt = rand.Text()
	ctx, cancel := context.WithDeadline(ctx, r.plan.claim)
	defer cancel()
	for i, c := range r.ledger.Claim(ctx, keys, r.attempt, r.now()) {
		it := items[i]
		switch {
		case c.Err != nil:
			it.fail()
			r.metrics.add("Failed", 1)
			r.log.Error("an event cannot be claimed: it comes again", it.ids("error", reason(c.Err))...)
		case c.State == ledger.Mine:
			it.state = stateMine
		case c.State == ledger.Twin:
			it.twin = first[it.key]
		case c.State == ledger.Done:
			it.state = stateBefore
			s.Repeated++
			r.log.Info("explained before", it.ids()...)
		default:
			it.fail()
			r.log.Info("another attempt has it: it comes again", it.ids("until", c.Until)...)
		}
	}
}

// release gives back what could not be done.
func (r *run) release(ctx context.Context, items []*item) {
	var keys []string
	for _, it := range items {
		it.fail()
		keys = append(keys, it.key)
	}
	if len(keys) == 0 {
		return
	}
	if err := r.ledger.Release(ctx, keys, r.attempt); err != nil {
		r.log.Error("claims cannot be given back: they end by themselves", "events", len(keys), "error", reason(err))
	}
}

// ids are what the log says of an item, with more behind it.
func (it *item) ids(more ...any) []any {
	out := []any{"event_id", id(it.rec.ID)}
	if it.message.id != "" {
		out = append(out, "message_id", id(it.message.id))
	}
	if it.report != nil {
		out = append(out, "incident", it.report.Incident)
	}
	return append(out, more...)
}

// names are the channels, sorted.
func names(channels map[string]deliver.Channel) []string {
	return slices.Sorted(maps.Keys(channels))
}
