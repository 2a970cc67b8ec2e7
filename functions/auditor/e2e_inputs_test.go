package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/internal/lambdatest"
)

// testTold: what one event comes to, everywhere; the same event again to
// nothing.
func testTold(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withBus().crossed()
	f := s.start()
	event := s.bobTo("e-told", "Contract")
	s.all(f, event)
	mail := s.mailed()
	if len(mail) != 1 {
		t.Fatalf("%d by mail\n%s", len(mail), f.Output())
	}
	m := mail[0]
	if m.Kind != "alert" || !strings.Contains(m.subject, "Contract") || strings.ContainsAny(m.subject, "\r\n") || len(m.subject) >= 100 {
		t.Errorf("kind %s, subject %q", m.Kind, m.subject)
	}
	want := map[string]string{
		"kind": "alert", "code": strings.Fields(m.code())[0], "certainty": strings.Fields(m.code())[1], "severity": m.Severity,
		"verdict": m.Report.Verdict, "account": s.Prod, "accounts": fmt.Sprintf("[%q,%q]", s.Dev, s.Prod),
	}
	if want["accounts"] != m.attributes["accounts"] {
		want["accounts"] = fmt.Sprintf("[%q,%q]", s.Prod, s.Dev)
	}
	same(t, "attributes", want, m.attributes)
	if posts := s.slack.all(); len(posts) != 1 || !json.Valid([]byte(posts[0].Blocks)) || !strings.Contains(posts[0].Text, "bob") {
		t.Errorf("Slack: %+v", posts)
	}
	before := len(s.Calls())
	s.all(f, event, event)
	s.all(f, s.bobTo("e-told-updated", "Contract", func(r map[string]any) { // CloudTrail's update of the same record
		r["addendum"] = map[string]any{"reason": "UPDATED_DATA", "updatedFields": "sessionContext", "originalEventID": "e-told"}
	}))
	s.all(s.start(), event)
	for _, c := range s.Calls()[before:] {
		if c.Service() != "dynamodb" && c.Service() != "secretsmanager" { // a new environment fetches ahead
			t.Errorf("needless call %s for an event that is done", c.Action)
		}
	}
	same(t, "told again", 0, len(s.mailed())+len(s.bused())-1+len(s.slack.all())-1)
	if got := s.incidents()[0].Count; got != 1 {
		t.Errorf("counted %d times", got)
	}
	sums := s.metrics(f)
	for name, want := range map[string]float64{"Events": 4, "Explained": 1, "Alerts": 1, "Poison": 0, "DeliverFailures": 0} {
		if sums[name] != want {
			t.Errorf("metric %s is %v, want %v: %v", name, sums[name], want, sums)
		}
	}
	if sums["Latency"] < 1000 || sums["Latency"] > 600_000 || sums["Own"] <= 0 {
		t.Errorf("latency %v ms, own %v ms", sums["Latency"], sums["Own"])
	}
	s.logged(f)
}

// logged: every line that the function writes is a JSON object, and those of an
// invocation bear its request id.
func (s *stage) logged(f *lambdatest.Environment) {
	s.t.Helper()
	for line := range strings.Lines(f.Output()) {
		var one map[string]any
		if err := json.Unmarshal([]byte(line), &one); err != nil {
			s.t.Errorf("a line of the log is no JSON: %q", line)
			continue
		}
		if _, metrics := one["_aws"]; !metrics && (one["level"] == nil || one["msg"] == nil || one["request_id"] == nil) {
			s.t.Errorf("a line of the log lacks something: %s", line)
		}
	}
}

// testWebhook: an incoming webhook, whose address is a parameter.
func testWebhook(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withWebhook().crossed()
	f := s.start()
	s.all(f, s.bobTo("e-hook", "Deployer"))
	same(t, "Slack", []string{"webhook"}, s.slack.methods())
	if p := s.slack.all()[0]; !strings.Contains(p.Text, "bob") || !strings.Contains(p.Blocks, "Deployer") {
		t.Errorf("%+v", p)
	}
	same(t, "by mail", 1, len(s.mailed()))
}

// testInputs: what is no batch is told by its content.
func testInputs(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	f := s.start()
	a := f.Invoke(s.bobTo("e-bare", "Deployer"))
	var got struct{ Explained, Ignored int }
	if err := json.Unmarshal(a.Payload, &got); err != nil || a.Fault != nil || got.Explained != 1 {
		t.Errorf("a bare event: %s, %v, %+v", a.Payload, err, a.Fault)
	}
	same(t, "by mail", 1, len(s.mailed()))
	for name, payload := range map[string]string{
		"the console's test event":   `{"key1":"value1","key2":"value2","key3":"value3"}`,
		"an empty object":            `{}`,
		"an event of something else": `{"version":"0","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","account":"123456789012","detail":{"state":"running"}}`,
		"an empty batch":             `{"Records":[]}`,
		"test":                       `{"assumewhy":"test"}`,
	} {
		if a := f.Invoke([]byte(payload)); a.Fault != nil || !json.Valid(a.Payload) {
			t.Errorf("%s: %s, %v", name, a.Payload, a.Fault)
		}
	}
	same(t, "told of them", 0, len(s.mailed()))
	s.logged(f)
}

// testPoison: one record that cannot be read takes nobody with it.
func testPoison(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	f := s.start()
	good := s.bobTo("e-good", "Deployer")
	hostile := s.bobTo("e-hostile", "Open", func(r map[string]any) {
		r["userAgent"] = "<!channel> \x1b[31m\u202e *bold* <https://example.com|here>"
		r["sourceIPAddress"] = "192.0.2.7\r\nSubject: forged"
	})
	failed := s.run(f,
		good,
		[]byte(`{"detail":`),                   // m-1: cut
		[]byte("\x00\xff\xfe not JSON at all"), // m-2
		[]byte(`{"eventVersion":"1.11","eventSource":"iam.amazonaws.com","eventName":"CreateRole","eventID":"e-other","eventTime":"2026-11-22T08:00:00Z","errorCode":"AccessDenied"}`), // nobody's business
		bytes.Repeat([]byte("["), 100_000),                                               // m-4: deep
		denied("", awsworld.UserARN(s.Dev, "bob"), awsworld.RoleARN(s.Prod, "Deployer")), // m-5: no id
		hostile,
		[]byte(strings.Replace(string(good), `"eventName":"AssumeRole"`, `"eventName":"ListBuckets"`, 1)), // nor this
	)
	for _, id := range []string{"m-0", "m-3", "m-6", "m-7"} {
		if strings.Contains(strings.Join(failed, " "), id) {
			t.Errorf("%s is to be done again", id)
		}
	}
	for _, id := range []string{"m-1", "m-2", "m-4"} {
		if !strings.Contains(strings.Join(failed, " "), id) {
			t.Errorf("%s is lost", id)
		}
	}
	mail := s.mailed()
	if len(mail) < 2 {
		t.Errorf("%d by mail, want both that are good\n%s", len(mail), f.Output())
	}
	for _, p := range s.slack.all() {
		if strings.Contains(p.Blocks+p.Text, "<!channel>") || strings.Contains(p.Blocks, "<https://example.com") || strings.ContainsAny(p.Text+p.Blocks, "\x1b\u202e\r") {
			t.Errorf("Slack gets it raw: %s", p.Blocks)
		}
	}
	sums := s.metrics(f)
	if sums["Poison"] < 3 || sums["Ignored"] < 1 {
		t.Errorf("metrics %v", sums)
	}
	s.logged(f)
	if strings.Contains(f.Output(), "not JSON at all") {
		t.Error("the log holds the text of a record")
	}
}

// testOwnDenial: the auditor's own denied calls set nothing off.
func testOwnDenial(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	f := s.start()
	s.Forget()
	s.all(f,
		denied("e-own-1", awsworld.SessionARN(home, "assumewhy-auditor", "assumewhy"), awsworld.RoleARN(s.Prod, readerRole)),
		denied("e-own-2", awsworld.SessionARN(home, "assumewhy-auditor", "other"), awsworld.RoleARN(s.Prod, "Deployer"), func(r map[string]any) {
			delete(r["userIdentity"].(map[string]any), "sessionContext")
		}))
	for _, c := range s.Calls() {
		if c.Service() != "dynamodb" {
			t.Errorf("needless call %s", c.Action)
		}
	}
	same(t, "told", 0, len(s.mailed())+len(s.slack.all())+len(s.incidents()))
	if sums := s.metrics(f); sums["Ignored"] != 2 {
		t.Errorf("metrics %v", sums)
	}
	// somebody else's role of the same name is nobody's own
	s.all(f, denied("e-own-3", awsworld.SessionARN(s.Dev, "assumewhy-auditor", "assumewhy"), awsworld.RoleARN(s.Prod, "Deployer")))
	same(t, "told of another's", 1, len(s.mailed()))
}

// testConfiguration: what is wrong with the settings is said at init, in one
// line each, and the function does not start.
func testConfiguration(t *testing.T, e *endToEnd) {
	s := newStage(t, e)
	for name, value := range map[string]string{
		"TABLE": "", "HUB_ACCOUNT": "12345", "AUDITOR_ROLE_ARN": "assumewhy-auditor", "TOPIC_ARN": "findings", "SLACK_CHANNEL": "",
		"SLACK_TOKEN_SECRET": botToken, "LOG_LEVEL": "loud", "LOCALE": "tlh", "HASH_NAMES": "perhaps", "READER_ROLE": "a b",
		"ROUTES_PARAMETER": "routes.json", "DELIVERIES_QUEUE_URL": "queue", "REQUESTER_DOMAINS": "everybody", "EXTERNAL_ID_SECRET": externalID,
	} {
		f := s.function
		f.Env = map[string]string{}
		for k, v := range s.env {
			f.Env[k] = v
		}
		f.Env[name] = value
		one, err := lambdatest.Begin(t, f)
		if err == nil {
			t.Errorf("%s=%q: it starts", name, value)
			continue
		}
		word := name
		if name == "READER_ROLE" {
			word = "reader role"
		}
		if out := one.Output(); strings.Count(out, "\n") != 1 || !strings.Contains(out, word) {
			t.Errorf("%s=%q: %q", name, value, out)
		}
		if out := one.Output(); strings.Contains(out, botToken) || strings.Contains(out, externalID) {
			t.Errorf("%s: a secret that stands where its ARN belongs is told: %q", name, out)
		}
		one.Stop()
	}
}
