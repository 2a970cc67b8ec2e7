package main_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/internal/lambdatest"
	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// finding is assumewhy.finding/v1, with what SNS puts beside it.
type finding struct {
	Schema, Kind, Incident, Severity string
	Repeats                          struct{ Count, Suppressed int }
	Report                           report.Report

	subject    string
	attributes map[string]string
}

// code is that of the primary cause, with its certainty.
func (f *finding) code() string { return code(&f.Report) }

func code(r *report.Report) string {
	for _, c := range r.Causes {
		if c.Primary {
			return c.Code + " " + c.Certainty
		}
	}
	return r.Verdict
}

// gaps are what could not be read: the permission, and the account.
func (f *finding) gaps() []string {
	all := []string{}
	for _, g := range f.Report.Gaps {
		if g.Permission != "" && g.Code != "session_policy" && g.Code != "history" {
			all = append(all, g.Permission+" "+g.Account)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// mailed are the findings that came to who subscribes to the topic.
func (s *stage) mailed() []finding {
	s.t.Helper()
	var all []finding
	for _, m := range s.drain(s.mail) {
		var note struct {
			Subject, Message  string
			MessageAttributes map[string]struct{ Value string }
		}
		s.Must(json.Unmarshal([]byte(m.Body), &note))
		f := s.parse(note.Message)
		f.subject, f.attributes = note.Subject, map[string]string{}
		for k, v := range note.MessageAttributes {
			f.attributes[k] = v.Value
		}
		all = append(all, f)
	}
	return all
}

// bused are the findings that came over the bus.
func (s *stage) bused() []finding {
	s.t.Helper()
	var all []finding
	for _, m := range s.drain(s.bus) {
		var event struct {
			Source string
			Type   string `json:"detail-type"`
			Detail json.RawMessage
		}
		s.Must(json.Unmarshal([]byte(m.Body), &event))
		if event.Source != "assumewhy" || event.Type != "assumewhy finding" {
			s.t.Errorf("an event of %q, %q", event.Source, event.Type)
		}
		all = append(all, s.parse(string(event.Detail)))
	}
	return all
}

func (s *stage) parse(text string) finding {
	s.t.Helper()
	var f finding
	if err := json.Unmarshal([]byte(text), &f); err != nil || f.Schema != "assumewhy.finding/v1" || f.Report.Incident != f.Incident {
		s.t.Errorf("no finding (%v): %.300s", err, text)
	}
	return f
}

// incidents are those of the table, by what they were found to be.
func (s *stage) incidents() []ledger.Incident {
	s.t.Helper()
	var all []ledger.Incident
	for _, i := range s.items() {
		if i["sk"] == "incident" {
			var one ledger.Incident
			s.Must(json.Unmarshal([]byte(i["body"].(string)), &one))
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b ledger.Incident) int { return strings.Compare(a.Caller+a.Role, b.Caller+b.Role) })
	return all
}

// events are the events of the table by their state, "done" or "open".
func (s *stage) events() map[string]int {
	n := map[string]int{}
	for _, i := range s.items() {
		if i["sk"] == "event" {
			n[i["st"].(string)]++
		}
	}
	return n
}

func unpack(t *testing.T, raw []byte) string {
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Errorf("a report of the table: %v", err)
		return ""
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Errorf("a report of the table: %v", err)
	}
	return string(text)
}

// batch is an invocation by SQS with these bodies; their message ids are m-0,
// m-1 and so on.
func batch(bodies ...[]byte) []byte {
	type record map[string]any
	list := []record{}
	for n, b := range bodies {
		list = append(list, record{
			"messageId": "m-" + strconv.Itoa(n), "receiptHandle": "r", "body": string(b), "md5OfBody": "", "eventSource": "aws:sqs",
			"eventSourceARN": queueARN("events"), "awsRegion": region, "messageAttributes": map[string]any{},
			"attributes": map[string]string{
				"ApproximateReceiveCount": "1", "SentTimestamp": strconv.FormatInt(time.Now().UnixMilli(), 10),
				"ApproximateFirstReceiveTimestamp": strconv.FormatInt(time.Now().UnixMilli(), 10), "SenderId": "AIDAEXAMPLE",
			},
		})
	}
	raw, err := json.Marshal(map[string]any{"Records": list})
	if err != nil {
		panic(err)
	}
	return raw
}

// run gives the function a batch, and the message ids that it wants again.
func (s *stage) run(e *lambdatest.Environment, bodies ...[]byte) []string {
	s.t.Helper()
	failed, err := failures(e.Invoke(batch(bodies...)))
	if err != nil {
		s.t.Fatalf("%v\n%s", err, e.Output())
	}
	return failed
}

// all is run that must leave nothing to do again.
func (s *stage) all(e *lambdatest.Environment, bodies ...[]byte) {
	s.t.Helper()
	if failed := s.run(e, bodies...); len(failed) > 0 {
		s.t.Errorf("to be done again: %v\n%s", failed, e.Output())
	}
}

func failures(a lambdatest.Answer) ([]string, error) {
	if a.Fault != nil {
		return nil, a.Fault
	}
	var out struct {
		BatchItemFailures []struct{ ItemIdentifier string }
	}
	if err := json.Unmarshal(a.Payload, &out); err != nil {
		return nil, fmt.Errorf("%w: %s", err, a.Payload)
	}
	ids := []string{}
	for _, i := range out.BatchItemFailures {
		ids = append(ids, i.ItemIdentifier)
	}
	slices.Sort(ids)
	return ids, nil
}

// metrics are the sums of what an environment has measured: "Events", or with
// the values of the dimensions "Causes trust.no_principal".
func (s *stage) metrics(e *lambdatest.Environment) map[string]float64 {
	s.t.Helper()
	sums := map[string]float64{}
	for line := range strings.Lines(e.Output()) {
		if strings.Contains(line, `"_aws"`) {
			s.Must(addMetrics(sums, []byte(line)))
		}
	}
	return sums
}

// addMetrics adds one line of the embedded metric format (CloudWatch User Guide,
// "Specification: Embedded metric format").
func addMetrics(sums map[string]float64, line []byte) error {
	var head struct {
		AWS struct {
			Timestamp         int64
			CloudWatchMetrics []struct {
				Namespace  string
				Dimensions [][]string
				Metrics    []struct{ Name string }
			}
		} `json:"_aws"`
	}
	var all map[string]any
	if err := json.Unmarshal(line, &head); err != nil {
		return err
	}
	if err := json.Unmarshal(line, &all); err != nil {
		return err
	}
	for _, d := range head.AWS.CloudWatchMetrics {
		if d.Namespace != "assumewhy" || head.AWS.Timestamp == 0 || len(d.Dimensions) == 0 {
			return fmt.Errorf("metrics of namespace %q at %d with dimensions %v", d.Namespace, head.AWS.Timestamp, d.Dimensions)
		}
		for _, set := range d.Dimensions {
			for _, m := range d.Metrics {
				name := m.Name
				for _, dimension := range set {
					name += fmt.Sprintf(" %v", all[dimension])
				}
				switch v := all[m.Name].(type) {
				case float64:
					sums[name] += v
				case []any:
					for _, one := range v {
						sums[name] += one.(float64)
					}
				default:
					return fmt.Errorf("metric %s is %v", m.Name, v)
				}
			}
		}
	}
	return nil
}
