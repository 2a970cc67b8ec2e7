package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/memory"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// estates gives one estate, as wait lets it.
type estates struct {
	estate *estate.Estate
	wait   func(context.Context, reconstruct.Subject)
}

func (estates) Prepare(context.Context) {}

func (e estates) Estate(ctx context.Context, s reconstruct.Subject) *estate.Estate {
	if e.wait != nil {
		e.wait(ctx, s)
	}
	if ctx.Err() != nil {
		return estate.New(estate.Parts{})
	}
	return e.estate
}

// channel takes what it is sent, or fails.
type channel struct {
	mu   sync.Mutex
	got  []deliver.Message
	fail func() error
}

func (c *channel) Send(_ context.Context, m *deliver.Message) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fail != nil {
		if err := c.fail(); err != nil {
			return "", err
		}
	}
	c.got = append(c.got, *m)
	if m.Thread != "" {
		return m.Thread, nil
	}
	return fmt.Sprintf("thread:%d", len(c.got)), nil
}

// kinds are what it got, in short.
func (c *channel) kinds() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []string
	for i := range c.got {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %d %s %s", c.got[i].Kind, c.got[i].Repeats.Count, c.got[i].Thread, c.got[i].To)))
	}
	return strings.Join(out, "; ")
}

// shelf keeps deliveries, or fails.
type shelf struct {
	mu   sync.Mutex
	kept []deliver.Delivery
	wait []time.Duration // of what is kept
	err  error
	on   func(context.Context) error // of each call, before it
}

func (s *shelf) Keep(ctx context.Context, d *deliver.Delivery, after time.Duration) error {
	if s.on != nil {
		if err := s.on(ctx); err != nil {
			return err
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.kept, s.wait = append(s.kept, *d), append(s.wait, after)
		slices.SortStableFunc(s.kept, func(a, b deliver.Delivery) int { return cmp.Compare(order(a), order(b)) }) // they come in any
	}
	return s.err
}

func order(d deliver.Delivery) string { return string(d.Message.Kind) + d.Message.Report.Event.ID }

// raw is a delivery as it was kept.
func (s *shelf) raw(t *testing.T, n int) string {
	t.Helper()
	if n >= len(s.kept) {
		t.Fatalf("%d are kept", len(s.kept))
	}
	raw, err := s.kept[n].Encode()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// stand is an auditor with everything around it.
type stand struct {
	*auditor
	mail, slack *channel
	shelf       *shelf
	printed     *bytes.Buffer
	ahead       time.Duration // of the clock
}

const self = "arn:aws:iam::999988887777:role/assumewhy/auditor"

func newStand(t *testing.T) *stand {
	t.Helper()
	src, err := files.Open("../../events/estate")
	if err != nil {
		t.Fatal(err)
	}
	s := &stand{mail: &channel{}, slack: &channel{}, shelf: &shelf{}, printed: &bytes.Buffer{}}
	now := func() time.Time { return time.Now().Add(s.ahead) }
	led, err := ledger.New(memory.New(), ledger.DefaultRules)
	if err != nil {
		t.Fatal(err)
	}
	out := &lines{to: s.printed}
	s.auditor = &auditor{
		config: config{self: self, lang: "en", token: "arn"}, now: now, log: newLog(out, -4), out: out, cpu: cpuTime,
		estates: estates{estate: src.Estate()}, explain: audit.Explain, ledger: led, queue: s.shelf,
		channels: map[string]deliver.Channel{channelMail: s.mail, channelSlack: s.slack},
		patience: deliver.Patience{Tries: 1, Each: time.Second},
	}
	return s
}

// sample is a sample event whose id is given; empty keeps its own.
func sample(t *testing.T, name, id string) string {
	t.Helper()
	found, err := filepath.Glob("../../events/" + name + "-*.json")
	if err != nil || len(found) != 1 {
		t.Fatalf("%s: %v, %v", name, found, err)
	}
	raw, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	if id == "" {
		return string(raw)
	}
	var e map[string]any
	if err := json.Unmarshal(raw, &e); err != nil {
		t.Fatal(err)
	}
	e["detail"].(map[string]any)["eventID"] = id
	raw, err = json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// queued is a batch of bodies, with ids m1, m2, ...
func queued(t *testing.T, bodies ...string) string {
	t.Helper()
	var records []map[string]any
	for i, b := range bodies {
		records = append(records, map[string]any{
			"messageId": fmt.Sprintf("m%d", i+1), "eventSource": "aws:sqs", "body": b,
			"attributes": map[string]string{"ApproximateReceiveCount": "1"},
		})
	}
	raw, err := json.Marshal(map[string]any{"Records": records})
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// invoke gives the answer, within a time.
func (s *stand) invoke(t *testing.T, limit time.Duration, payload string) (string, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	defer cancel()
	raw, err := s.Invoke(ctx, []byte(payload))
	return string(raw), err
}

// batch gives the messages that come again, "m1 m3".
func (s *stand) batch(t *testing.T, limit time.Duration, bodies ...string) string {
	t.Helper()
	raw, err := s.invoke(t, limit, queued(t, bodies...))
	if err != nil {
		t.Fatal(err)
	}
	var f failures
	if err := json.Unmarshal([]byte(raw), &f); err != nil || f.Items == nil {
		t.Fatalf("%v: %s", err, raw)
	}
	var out []string
	for _, i := range f.Items {
		out = append(out, i.ID)
	}
	return strings.Join(out, " ")
}

// metric is the sum of what was written of a metric without dimensions.
func (s *stand) metric(t *testing.T, name string) float64 {
	t.Helper()
	sum := 0.0
	for _, l := range strings.Split(strings.TrimSpace(s.printed.String()), "\n") {
		var m map[string]any
		if err := json.Unmarshal([]byte(l), &m); err != nil {
			t.Fatalf("%v: %s", err, l)
		}
		if m["_aws"] == nil || m["Code"] != nil || m["Channel"] != nil {
			continue
		}
		if n, ok := m[name].(float64); ok {
			sum += n
		}
	}
	return sum
}

// logged says whether a line of the log has all the words.
func (s *stand) logged(words ...string) bool {
	return slices.ContainsFunc(strings.Split(s.printed.String(), "\n"), func(l string) bool {
		return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(l, w) })
	})
}
