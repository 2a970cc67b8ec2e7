// Package deliver tells a finding to channels: which ones is a matter of
// [Routes], how each is reached of its adapter (deliver/sns, deliver/slack,
// deliver/bus).
//
// One channel that fails, hangs or panics hides nothing of another's success:
// [Send] answers for each. What may pass is tried again within the deadline;
// what is left is a [Delivery] with the report in it, which is all that is
// needed to send it again.
//
// No error of this package or its adapters repeats an address, a token or a
// body: a [Failure] is made of closed words, and wraps nothing that came from
// the network.
package deliver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Schema is the value of a delivery's "schema" member.
const Schema = "assumewhy.delivery/v1"

// Kind is what a message is about.
type Kind string

// The kinds of messages.
const (
	Alert     Kind = "alert"     // an incident is new
	Again     Kind = "again"     // there is news of it, or it is back
	Update    Kind = "update"    // it happened so often by now
	Requester Kind = "requester" // to who made the call, in words that they may read
)

// Message is one thing to tell.
type Message struct {
	Kind    Kind           `json:"kind"`
	Report  *report.Report `json:"report"`
	Repeats Repeats        `json:"repeats"`
	// Thread is where the channel keeps its conversation about the incident, in
	// its own words, as an earlier Send gave it; empty where there is none.
	Thread string `json:"thread"`
	// To is the requester's address, with Requester: an e-mail address, or a
	// channel's own id of a person.
	To string `json:"to,omitempty"`
	// Cut names what the report had to go without to be kept.
	Cut []string `json:"cut,omitempty"`
}

// Repeats is how often the incident happened.
type Repeats struct {
	Count      int       `json:"count"` // calls, the first among them
	First      time.Time `json:"first"`
	Last       time.Time `json:"last"`
	Suppressed int       `json:"suppressed"`
}

// Channel is one way to reach people or programs.
type Channel interface {
	// Send tells the message and gives the thread to go on in, empty where the
	// channel knows none. Its errors are Failures.
	Send(ctx context.Context, m *Message) (thread string, err error)
}

// Delivery is one message for one channel: what is to be sent, and what is kept
// when it could not be.
type Delivery struct {
	Schema  string  `json:"schema"`
	Channel string  `json:"channel"`
	Message Message `json:"message"`
	Tries   int     `json:"tries"`  // so far
	Reason  string  `json:"reason"` // of the last failure
}

// maxKept is how large a delivery may be that is kept: a message of Amazon SQS
// takes 256 KB.
const maxKept = 256<<10 - 4<<10

// Encode writes a delivery as JSON, to be kept on a queue. What the report has to
// go without to fit is named in the message.
func (d *Delivery) Encode() ([]byte, error) {
	if d.Message.Report == nil {
		return nil, errors.New("encode delivery: it has no report")
	}
	d.Schema = Schema
	kept, slim := *d, *d.Message.Report
	kept.Message.Report = &slim
	raw, cut, err := within(maxKept, &slim, func(cut []string) ([]byte, error) {
		kept.Message.Cut = append(slices.Clone(d.Message.Cut), cut...)
		return json.Marshal(kept)
	})
	if err != nil {
		return nil, fmt.Errorf("encode delivery: %w", err)
	}
	d.Message.Cut = append(d.Message.Cut, cut...)
	return raw, nil
}

// maxThread is longer than any channel's name for a thread.
const maxThread = 128

// Decode reads a delivery that was kept.
func Decode(raw []byte) (*Delivery, error) {
	var d Delivery
	if err := json.Unmarshal(raw, &d); err != nil {
		return nil, fmt.Errorf("decode delivery: %w", err)
	}
	if d.Schema != Schema {
		return nil, fmt.Errorf("decode delivery: its schema is %q, this program reads %q", d.Schema, Schema)
	}
	if d.Channel == "" || d.Message.Report == nil {
		return nil, errors.New("decode delivery: it names no channel or has no report")
	}
	var text strings.Builder
	if err := report.Encode(&text, d.Message.Report, false); err != nil {
		return nil, fmt.Errorf("decode delivery: %w", err)
	}
	r, err := report.Decode(strings.NewReader(text.String())) // no list of it is null
	if err != nil {
		return nil, fmt.Errorf("decode delivery: %w", err)
	}
	if !slices.Contains([]Kind{Alert, Again, Update, Requester}, d.Message.Kind) || d.Tries < 0 || d.Message.Repeats.Count < 0 || len(d.Message.Thread) > maxThread {
		return nil, errors.New("decode delivery: its kind, tries, count or thread is none of this program's")
	}
	d.Message.Report = r
	return &d, nil
}

// Outcome is what became of one delivery. With an error, Delivery is what to
// keep.
type Outcome struct {
	Delivery
	Thread string        // to go on in, with success
	Took   time.Duration // from the call of Send until it was through, those before it in its channel included
	Err    error
}

// Patience is how long and how often a channel is tried.
type Patience struct {
	Tries int           // at most, 1 or more
	Pause time.Duration // before the second try, then twice as long each time
	Each  time.Duration // for one try
}

// DefaultPatience is for a function that has a minute.
var DefaultPatience = Patience{Tries: 3, Pause: 500 * time.Millisecond, Each: 10 * time.Second}

// Send sends deliveries, those of one channel in their order, different channels
// at the same time. The outcomes are in the order of the deliveries; the call
// returns soon after ctx is done, whatever a channel does.
func Send(ctx context.Context, list []Delivery, channels map[string]Channel, p Patience) []Outcome {
	out := make([]Outcome, len(list))
	byChannel := map[string][]int{}
	for i := range list {
		out[i].Delivery = list[i]
		byChannel[list[i].Channel] = append(byChannel[list[i].Channel], i)
	}
	begun := time.Now()
	var all sync.WaitGroup
	for name, mine := range byChannel {
		all.Go(func() {
			var asked error // to wait, by the channel
			var until time.Time
			for _, i := range mine {
				if left := time.Until(until); left > 0 && !wait(ctx, left) {
					out[i].Err = asked
				} else {
					out[i].Thread, out[i].Tries, out[i].Err = try(ctx, channels[name], list[i], p)
					asked, until = out[i].Err, time.Now().Add(After(out[i].Err))
				}
				out[i].Took = time.Since(begun)
				if out[i].Err != nil {
					out[i].Reason = out[i].Err.Error()
				}
			}
		})
	}
	all.Wait()
	return out
}

// try sends one delivery until it is through, cannot be, or time is up. It gives
// the tries with those before.
func try(ctx context.Context, c Channel, d Delivery, p Patience) (thread string, tries int, err error) {
	if c == nil {
		return "", d.Tries, &Failure{Channel: d.Channel, What: "there is no channel of that name"}
	}
	pause := p.Pause
	for n := range max(p.Tries, 1) {
		if n > 0 && !wait(ctx, max(pause, After(err))) {
			return "", d.Tries + n, err
		}
		if n > 0 {
			pause *= 2
		}
		thread, err = once(ctx, c, d, p.Each)
		if err == nil {
			return thread, d.Tries + n + 1, nil
		}
		if f := failure(d.Channel, err); !f.Temporary {
			return "", d.Tries + n + 1, err
		}
	}
	return "", d.Tries + max(p.Tries, 1), err
}

// once is one try. A channel that does not return in time is left behind.
func once(ctx context.Context, c Channel, d Delivery, each time.Duration) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, each)
	defer cancel()
	type answer struct {
		thread string
		err    error
	}
	done := make(chan answer, 1)
	m := d.Message // the channel's own copy, which it may still hold afterwards
	go func() {
		defer func() {
			if recover() != nil {
				done <- answer{"", &Failure{Channel: d.Channel, What: "the channel broke down"}}
			}
		}()
		thread, err := c.Send(ctx, &m)
		done <- answer{thread, err}
	}()
	select {
	case a := <-done:
		if a.err != nil {
			return "", failure(d.Channel, a.err)
		}
		return a.thread, nil
	case <-ctx.Done():
		return "", &Failure{Channel: d.Channel, What: "no answer in time", Temporary: true}
	}
}

// wait says whether there was time to wait.
func wait(ctx context.Context, d time.Duration) bool {
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= d {
		return false
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
