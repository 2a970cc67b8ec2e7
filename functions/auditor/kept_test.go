package main

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// TestKeptOvertaken: an update that was kept does not take back the count that
// was told since.
func TestKeptOvertaken(t *testing.T) {
	s := newStand(t)
	s.batch(t, time.Minute, sample(t, "01", "e1"))
	s.ahead, s.slack.fail = 6*time.Minute, func() error { return errDown }
	s.batch(t, time.Minute, sample(t, "01", "e2"))
	s.slack.fail = nil
	two := s.shelf.raw(t, 0)
	if got := s.batch(t, time.Minute, two); got != "" || s.slack.kinds() != "alert 1; update 2 thread:1" {
		t.Fatalf("nothing was told since: %q come again; slack %q", got, s.slack.kinds())
	}
	s.ahead = time.Hour
	var bodies []string
	for n := range 50 {
		bodies = append(bodies, sample(t, "01", fmt.Sprintf("more%d", n)))
	}
	s.batch(t, time.Minute, bodies...)
	if got := s.batch(t, time.Minute, two); got != "" || s.slack.kinds() != "alert 1; update 2 thread:1; update 52 thread:1" || !s.logged("is dropped", "a later count") {
		t.Errorf("%q come again; slack %q", got, s.slack.kinds())
	}
}

// TestKeptOneThread: an incident has one thread in a channel, whatever comes
// first, and whatever comes together.
func TestKeptOneThread(t *testing.T) {
	s := newStand(t)
	s.slack.fail = func() error { return errDown }
	s.batch(t, time.Minute, sample(t, "01", "e1"))
	s.slack.fail, s.ahead = nil, 6*time.Minute
	s.batch(t, time.Minute, sample(t, "01", "e2"))
	if got := s.batch(t, time.Minute, s.shelf.raw(t, 0)); got != "" || s.slack.kinds() != "update 2; alert 1 thread:1" {
		t.Errorf("%q come again; slack %q", got, s.slack.kinds())
	}
	s = newStand(t)
	s.slack.fail = func() error { return errDown }
	s.batch(t, time.Minute, sample(t, "01", "e1"))
	s.ahead = 6 * time.Minute
	s.batch(t, time.Minute, sample(t, "01", "e2"))
	s.slack.fail = nil
	if got := s.batch(t, time.Minute, s.shelf.raw(t, 1), s.shelf.raw(t, 0)); got != "" || s.slack.kinds() != "alert 1; update 2 thread:1" {
		t.Errorf("%q come again; slack %q", got, s.slack.kinds())
	}
}

// TestKeptTogether: what no channel took is kept at the same time, not one after
// the other, and the queue is told how long the channel asks to wait.
func TestKeptTogether(t *testing.T) {
	s := newStand(t)
	s.slack.fail = func() error { return &deliver.Failure{What: "wait", Temporary: true, After: 5 * time.Minute} }
	var in, most atomic.Int64
	full := make(chan struct{})
	s.shelf.on = func(ctx context.Context) error {
		n := in.Add(1)
		defer in.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		if n == parallel {
			close(full)
		}
		select {
		case <-full:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r := s.newRun(ctx)
	var list []deliver.Delivery
	for range parallel {
		list = append(list, deliver.Delivery{Channel: channelSlack, Message: deliver.Message{Kind: deliver.Alert, Report: &report.Report{}}})
	}
	letters := r.send(ctx, list, make([]int, len(list)))
	for n := range letters {
		if letters[n].lost {
			t.Errorf("%d is lost", n)
		}
	}
	if len(s.shelf.kept) != len(list) || most.Load() != parallel || s.shelf.wait[0] != 5*time.Minute {
		t.Errorf("%d kept, %d at a time, wait %v", len(s.shelf.kept), most.Load(), s.shelf.wait)
	}
}

// TestLostToldOnce: where a message of a new incident is neither sent nor kept,
// who has theirs is not told again.
func TestLostToldOnce(t *testing.T) {
	s := newStand(t)
	s.domains = []string{"example.com"}
	down := errors.New("down")
	s.mail.fail, s.shelf.err = func() error { return down }, down
	if got := s.batch(t, time.Minute, sample(t, "12", "e1")); got != "m1" || s.slack.kinds() != "alert 1; requester 1  alice@example.com" {
		t.Fatalf("%q come again; slack %q", got, s.slack.kinds())
	}
	s.mail.fail, s.shelf.err, s.ahead = nil, nil, 6*time.Minute
	if got := s.batch(t, time.Minute, sample(t, "12", "e1")); got != "" || len(s.slack.got) != 2 || s.mail.kinds() != "alert 2" {
		t.Errorf("%q come again; slack %q, mail %q", got, s.slack.kinds(), s.mail.kinds())
	}
	s.ahead = 12 * time.Minute
	s.batch(t, time.Minute, sample(t, "12", "e2"))
	if s.mail.kinds() != "alert 2; update 3" && s.mail.kinds() != "alert 2; update 3 thread:1" || len(s.slack.got) != 3 || s.slack.got[2].Thread != "thread:1" {
		t.Errorf("slack %q, mail %q", s.slack.kinds(), s.mail.kinds())
	}
}
