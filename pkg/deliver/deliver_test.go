package deliver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// fake answers with its errors, one a try, then with success.
type fake struct {
	mu    sync.Mutex
	errs  []error
	tries int
	seen  []string
	hang  bool
	panic bool
}

func (f *fake) Send(_ context.Context, m *Message) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries++
	f.seen = append(f.seen, m.Report.Incident)
	switch {
	case f.panic:
		panic("https://hooks.example.com/secret")
	case f.hang:
		f.mu.Unlock()
		time.Sleep(300 * time.Millisecond) // whatever the context says
		f.mu.Lock()
	}
	if len(f.errs) > 0 {
		err := f.errs[0]
		f.errs = f.errs[1:]
		return "", err
	}
	return "thread", nil
}

func message(t testing.TB) Message {
	t.Helper()
	r := rendertest.Reports()["trust"]
	if r == nil {
		for _, one := range rendertest.Reports() {
			r = one
			break
		}
	}
	first := time.Date(2026, 10, 14, 9, 26, 53, 0, time.UTC)
	return Message{Kind: Alert, Report: r, Repeats: Repeats{Count: 1, First: first, Last: first}}
}

var quick = Patience{Tries: 3, Pause: time.Millisecond, Each: 50 * time.Millisecond}

// TestOneFailureHidesNoSuccess: whatever some channels do, the others are told.
func TestOneFailureHidesNoSuccess(t *testing.T) {
	channels := map[string]Channel{
		"good": &fake{}, "refuses": &fake{errs: []error{&Failure{What: "it refused", Code: "invalid_blocks"}}},
		"passes": &fake{errs: []error{&Failure{What: "a fault", Temporary: true}, &Failure{What: "a fault", Temporary: true}}},
		"down":   &fake{errs: []error{errors.New("https://x/secret"), errors.New("https://x/secret"), errors.New("https://x/secret"), nil}},
		"hangs":  &fake{hang: true}, "panics": &fake{panic: true},
	}
	var list []Delivery
	for _, name := range []string{"good", "refuses", "passes", "down", "hangs", "panics", "missing"} {
		list = append(list, Delivery{Channel: name, Message: message(t), Tries: 4})
	}
	var got []string
	took := map[string]time.Duration{}
	for _, o := range Send(t.Context(), list, channels, quick) {
		took[o.Channel] = o.Took
		line := fmt.Sprintf("%s thread=%q tries=%d", o.Channel, o.Thread, o.Tries)
		if o.Err != nil {
			line += " " + o.Err.Error()
			var f *Failure
			if !errors.As(o.Err, &f) || o.Reason != o.Err.Error() || o.Message.Report == nil {
				t.Errorf("what is kept of %s: %+v", o.Channel, o)
			}
		}
		got = append(got, line)
	}
	want := []string{
		`good thread="thread" tries=5`,
		`refuses thread="" tries=5 deliver to refuses: it refused (invalid_blocks)`,
		`passes thread="thread" tries=7`,
		`down thread="" tries=7 deliver to down: it could not be sent`,
		`hangs thread="" tries=7 deliver to hangs: no answer in time`,
		`panics thread="" tries=5 deliver to panics: the channel broke down`,
		`missing thread="" tries=4 deliver to missing: there is no channel of that name`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if took["hangs"] < 3*quick.Each || took["good"] >= took["hangs"] {
		t.Errorf("a channel's time is another's: %v", took)
	}
}

// TestOrder: a channel is told in the order of the deliveries.
func TestOrder(t *testing.T) {
	f := &fake{}
	var list []Delivery
	var want []string
	for n := range 20 {
		m := message(t)
		r := *m.Report
		r.Incident = fmt.Sprint(n)
		m.Report = &r
		list, want = append(list, Delivery{Channel: "c", Message: m}), append(want, r.Incident)
	}
	Send(t.Context(), list, map[string]Channel{"c": f}, quick)
	if diff := cmp.Diff(want, f.seen); diff != "" {
		t.Error(diff)
	}
}

// TestDeadline: no wait that the deadline does not allow is begun, and what a
// service asks to wait is waited.
func TestDeadline(t *testing.T) {
	for _, test := range []struct {
		after time.Duration
		tries int
		ok    bool
	}{{20 * time.Millisecond, 2, true}, {time.Hour, 1, false}} {
		f := &fake{errs: []error{&Failure{What: "it asks to wait", Temporary: true, After: test.after}}}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		start := time.Now()
		out := Send(ctx, []Delivery{{Channel: "c", Message: message(t)}}, map[string]Channel{"c": f}, quick)[0]
		cancel()
		if took := time.Since(start); out.Tries != test.tries || (out.Err == nil) != test.ok || took > time.Second || test.ok && took < test.after {
			t.Errorf("wait of %s: %d tries in %s, %v", test.after, out.Tries, took, out.Err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if out := Send(ctx, []Delivery{{Channel: "c", Message: message(t)}}, map[string]Channel{"c": &fake{hang: true}}, quick)[0]; out.Err == nil {
		t.Error("what is canceled is told to be sent")
	}
}

// TestKept: what failed is kept as it is, and read back.
func TestKept(t *testing.T) {
	for name, r := range rendertest.Reports() {
		r.Schema = report.Schema
		m := message(t)
		m.Report, m.Thread, m.To = r, "C1:1.2", "alice@example.com"
		d := Delivery{Channel: "slack", Message: m, Tries: 3, Reason: "deliver to slack: no answer in time"}
		raw, err := d.Encode()
		if err != nil {
			t.Fatal(err)
		}
		first, err := Decode(raw)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if raw, err = first.Encode(); err != nil {
			t.Fatal(err)
		}
		second, err := Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(first, second); diff != "" || first.Message.Report.Verdict != r.Verdict || bytes.Contains(raw, []byte("null,")) {
			t.Errorf("%s: %s", name, diff)
		}
	}
	forged := Delivery{Schema: Schema, Channel: "slack", Message: message(t)}
	forged.Message.Kind, forged.Message.Report.Schema = "dance", report.Schema
	raw, err := forged.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Decode(raw); err == nil || !strings.Contains(err.Error(), "none of this program's") {
		t.Errorf("a kind of message that is not known: %v", err)
	}
	for text, want := range map[string]string{
		`{"schema":"x"}`:                     `its schema is "x"`,
		`{`:                                  "unexpected end",
		`{"schema":"assumewhy.delivery/v1"}`: "no channel",
		`{"schema":"assumewhy.delivery/v1","channel":"slack"}`:                                     "no report",
		`{"schema":"assumewhy.delivery/v1","channel":"slack","message":{"report":{"schema":"x"}}}`: `its schema is "x"`,
	} {
		if _, err := Decode([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestCode(t *testing.T) {
	for word, want := range map[string]string{
		"invalid_blocks": "invalid_blocks", "AccessDeniedException": "AccessDeniedException", "aws.sns-1": "aws.sns-1",
		"<html>": "", "https://hooks.example.com/x": "", strings.Repeat("a", 61): "", "a b": "", "": "",
	} {
		if got := Code(word); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
