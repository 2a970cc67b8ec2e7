package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// emf is an object of the embedded metric format (Amazon CloudWatch User Guide,
// "Embedded metric format specification").
type emf struct {
	AWS struct {
		Timestamp         int64
		CloudWatchMetrics []struct {
			Namespace  string
			Dimensions [][]string
			Metrics    []struct{ Name, Unit string }
		}
	} `json:"_aws"`
}

// check holds a line to the specification.
func check(t *testing.T, line string) {
	t.Helper()
	var e emf
	var members map[string]any
	if json.Unmarshal([]byte(line), &e) != nil || json.Unmarshal([]byte(line), &members) != nil {
		t.Fatalf("no JSON: %s", line)
	}
	if at := time.UnixMilli(e.AWS.Timestamp); time.Since(at).Abs() > time.Hour || len(e.AWS.CloudWatchMetrics) != 1 {
		t.Errorf("of %s: %s", at, line)
	}
	for _, d := range e.AWS.CloudWatchMetrics {
		if d.Namespace != "assumewhy" || len(d.Dimensions) == 0 || len(d.Metrics) == 0 || len(d.Metrics) > 100 {
			t.Errorf("directive: %s", line)
		}
		for _, set := range d.Dimensions {
			if len(set) > 30 {
				t.Errorf("dimensions: %s", line)
			}
			for _, name := range set {
				if v, ok := members[name].(string); !ok || v == "" {
					t.Errorf("dimension %s has no value: %s", name, line)
				}
			}
		}
		for _, m := range d.Metrics {
			if !slices.Contains([]string{"Count", "Milliseconds"}, m.Unit) {
				t.Errorf("unit of %s: %s", m.Name, m.Unit)
			}
			if !isNumbers(members[m.Name]) {
				t.Errorf("value of %s: %v", m.Name, members[m.Name])
			}
		}
		if len(members) != len(d.Metrics)+len(slices.Concat(d.Dimensions...))+1 {
			t.Errorf("members that are no metrics: %s", line)
		}
	}
}

func isNumbers(v any) bool {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	return len(list) > 0 && len(list) <= 100 && !slices.ContainsFunc(list, func(one any) bool { _, ok := one.(float64); return !ok })
}

func TestMetrics(t *testing.T) {
	m := newMetrics()
	cause := []report.Cause{{Code: "trust.no_principal", Certainty: "proved", Primary: true}}
	m.explained(&report.Report{Verdict: "denied", Causes: cause, AWSSays: report.AWSSays{Agrees: "yes"}, Gaps: []report.Gap{{Permission: "iam:GetRole"}, {Key: "aws:x"}}})
	m.explained(&report.Report{Verdict: "denied", Causes: cause, AWSSays: report.AWSSays{Agrees: "no"}})
	m.explained(&report.Report{Verdict: "undetermined"})
	m.failed("slack")
	for n := range 150 {
		m.value("Latency", float64(n))
	}
	var out bytes.Buffer
	m.write(&out, time.Now())
	said := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(said) != 3 {
		t.Fatalf("%d lines", len(said))
	}
	for _, l := range said {
		check(t, l)
	}
	got := map[string]any{}
	for _, l := range slices.Backward(said) {
		if err := json.Unmarshal([]byte(l), &got); err != nil {
			t.Fatal(err)
		}
	}
	delete(got, "_aws")
	delete(got, "Latency")
	if diff := cmp.Diff(map[string]any{
		"Events": 0.0, "Explained": 3.0, "Undetermined": 1.0, "HintAgrees": 1.0, "HintDisagrees": 1.0, "CollectGaps": 1.0,
		"Suppressed": 0.0, "Alerts": 0.0, "Updates": 0.0, "Ignored": 0.0, "Poison": 0.0, "Failed": 0.0, "DeliverFailures": 1.0, "RoutesFailures": 0.0,
		"Causes": 2.0, "Code": "trust.no_principal", "Certainty": "proved", "Channel": "slack",
	}, got); diff != "" {
		t.Error(diff)
	}
}

// TestNothingLeaks: neither log nor metrics hold a secret of an event, of an
// error or of a setting, or anything that a terminal would obey.
func TestNothingLeaks(t *testing.T) {
	s := newStand(t)
	s.log = newLog(s.out, slog.LevelDebug)
	s.shelf.err = errors.New("send https://hooks.slack.com/services/T0/B0/" + canary)
	s.slack.fail = func() error { return errors.New(canary) }
	hostile := "e\x1b[31m\u202e\"}\nAKIAIOSFODNN7EXAMPLE" + strings.Repeat("x", 500)
	s.batch(t, time.Minute, sample(t, "01", hostile), "{\"broken\": \""+canary+"\x1b[0m", "plain "+canary,
		strings.Replace(sample(t, "46", ""), `"roleSessionName"`, `"externalId":"`+canary+`","roleSessionName"`, 1))
	s.shelf.err, s.ahead = nil, 6*time.Minute
	s.batch(t, time.Minute, sample(t, "01", hostile))
	s.explain = func(*trail.Record, *estate.Estate, audit.Options) *report.Report { panic(canary) }
	s.batch(t, time.Minute, sample(t, "05", ""))
	out := s.printed.String()
	for _, bad := range []string{canary, "AKIAIOSFODNN7EXAMPLE", "\x1b", "\u202e"} {
		if strings.Contains(out, bad) {
			t.Errorf("%q is printed:\n%s", bad, out)
		}
	}
	for _, l := range strings.Split(strings.TrimSpace(out), "\n") {
		if !json.Valid([]byte(l)) || len(l) > 2000 {
			t.Errorf("%d bytes: %.200s", len(l), l)
		}
	}
	if !regexp.MustCompile(`"msg":"explained".*"event_id":"[^"]+".*"message_id":"m1".*"incident":"[0-9a-f]{16}".*"code":"trust`).MatchString(out) {
		t.Error("the log does not say what was explained")
	}
}
