package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"time"

	"github.com/aws/aws-lambda-go/lambdacontext"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// reader gives what is known of a subject's accounts.
type reader interface {
	Prepare(context.Context) // fetches ahead what any Estate needs
	Estate(context.Context, reconstruct.Subject) *estate.Estate
}

// keeper keeps what could not be sent, to be sent after a while.
type keeper interface {
	Keep(ctx context.Context, d *deliver.Delivery, after time.Duration) error
}

// auditor explains events and tells what it found.
type auditor struct {
	config
	now func() time.Time
	log *slog.Logger
	out io.Writer            // of the metrics
	cpu func() time.Duration // of this process, so far

	estates  reader
	explain  func(*trail.Record, *estate.Estate, audit.Options) *report.Report
	ledger   *ledger.Ledger
	channels map[string]deliver.Channel
	patience deliver.Patience
	queue    keeper  // nil where there is none
	routes   *routes // nil where every channel hears of everything
}

// unlimited is the time of an invocation whose deadline is not known.
const unlimited = time.Minute

// Invoke answers one invocation.
func (a *auditor) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	r := a.newRun(ctx)
	in := read(payload)
	var answer any
	var err error
	switch {
	case in.word == "tick":
		answer, err = r.tick(ctx)
	case in.word == "test":
		r.log.Info("test: the function is there, and its settings can be read")
		answer = map[string]any{"test": "ok", "version": version, "channels": names(a.channels)}
	case in.word != "":
		return nil, fmt.Errorf("an event of this program's that is not known: %.40q; known are tick and test", id(in.word))
	default:
		answer, err = r.batch(ctx, in)
	}
	if in.word != "tick" || r.metrics.any() { // a series that says nothing for an hour costs nothing
		r.metrics.write(a.out, a.now())
	}
	if err != nil {
		return nil, err
	}
	return json.Marshal(answer)
}

// run is one invocation.
type run struct {
	*auditor
	log     *slog.Logger
	plan    plan
	metrics *metrics
	cpu0    time.Duration
	attempt string // its name, for the ledger
}

func (a *auditor) newRun(ctx context.Context) *run {
	log := a.log
	if c, ok := lambdacontext.FromContext(ctx); ok {
		log = log.With("request_id", id(c.AwsRequestID))
	}
	end, ok := ctx.Deadline()
	start := a.now()
	if !ok {
		end = start.Add(unlimited)
	}
	return &run{auditor: a, log: log, plan: planOf(start, end), metrics: newMetrics(), cpu0: a.cpu()}
}

// plan divides the time of an invocation: until when to claim, to read AWS, to
// explain, to count, to send, to keep what was not sent, and to write down what
// was done. What hangs in one of them leaves the others their time.
type plan struct{ claim, collect, explain, count, send, keep, end time.Time }

// planOf leaves, of sixty seconds, 18 or more for reading, 12 for the channels,
// and three at the end for what the runtime needs.
func planOf(start, end time.Time) plan {
	all := end.Sub(start)
	part := func(percent time.Duration) time.Time { return start.Add(all * percent / 100) }
	return plan{part(20), part(50), part(55), part(65), part(85), part(90), part(95)}
}

// summary is the answer to a bare event.
type summary struct {
	Explained int      `json:"explained"`
	Repeated  int      `json:"explained_before"`
	Ignored   int      `json:"ignored"`
	Delivered int      `json:"delivered"`
	Notes     []string `json:"notes"`
}

// note adds what there is to say of something that was ignored, each thing once,
// and not more than somebody would read.
func (s *summary) note(text string) {
	const most = 10
	if len(s.Notes) < most && !slices.Contains(s.Notes, text) {
		s.Notes = append(s.Notes, text)
	}
}

// batch explains the events of an invocation and sends its deliveries.
func (r *run) batch(ctx context.Context, in input) (any, error) {
	ctx, cancel := context.WithDeadline(ctx, r.plan.end)
	defer cancel()
	s := summary{Notes: []string{}}
	items := r.decode(in, &s)
	if len(items) > 0 {
		go r.estates.Prepare(ctx) // while the ledger answers: else it would be the first of five round trips
	}
	r.claim(ctx, items, &s)
	r.explainAll(ctx, items)
	r.record(ctx, items)
	r.resend(ctx, in, &s)
	for _, it := range items {
		if it.done {
			s.Explained++
		}
		if it.state == stateFailed {
			it.message.failed = true
		}
	}
	if s.Explained > 0 {
		r.metrics.value("Own", milliseconds(r.cpu()-r.cpu0)/float64(s.Explained))
	}
	if in.batch {
		return failed(in.messages), nil
	}
	if in.messages[0].failed {
		return nil, errors.New("the event could not be explained or told: see the log; it may be sent again")
	}
	return s, nil
}
