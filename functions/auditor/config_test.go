package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// canary is a secret that must stand nowhere.
const canary = "canary-secret-7719"

// settings are those of a whole deployment.
func settings() map[string]string {
	return map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKIA" + strings.ToUpper(canary), "AWS_SECRET_ACCESS_KEY": canary, "AWS_SESSION_TOKEN": canary,
		"HUB_ACCOUNT": "111122223333", "AUDITOR_ROLE_ARN": "arn:aws:iam::111122223333:role/auditor", "TABLE": "findings",
		"TOPIC_ARN": "arn:aws:sns:eu-west-1:111122223333:findings", "BUS_ARN": "arn:aws:events:eu-west-1:111122223333:event-bus/findings",
		"SLACK_TOKEN_SECRET": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-AbCdEf", "SLACK_CHANNEL": "C0123456789",
		"ROUTES_PARAMETER": "arn:aws:ssm:eu-west-1:111122223333:parameter/assumewhy/routes", "READER_ROLE": "assumewhy/reader",
		"ORGANIZATION_ROLE_ARN": "arn:aws:iam::444455556666:role/assumewhy-organization",
		"EXTERNAL_ID_SECRET":    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:external-AbCdEf:id",
		"DELIVERIES_QUEUE_URL":  "https://sqs.eu-west-1.amazonaws.com/111122223333/deliveries",
		"REQUESTER_DOMAINS":     "example.com, @Example.org", "HASH_NAMES": "true", "LOG_LEVEL": "WARN",
	}
}

func TestStart(t *testing.T) {
	env := settings()
	var out bytes.Buffer
	h, err := start(func(k string) string { return env[k] }, &out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	a := h.(*auditor)
	if diff := cmp.Diff([]string{"bus", "mail", "slack"}, names(a.channels)); diff != "" || a.routes == nil || a.queue == nil || !a.hash {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"example.com", "example.org"}, a.domains); diff != "" {
		t.Error(diff)
	}
	if text := fmt.Sprintf("%+v", a.config); strings.Contains(text, canary) {
		t.Errorf("the keys are kept: %s", text)
	}
	if out.Len() > 0 {
		t.Errorf("a good start says: %s", out.String())
	}
}

// TestSettings: each setting that is wrong is told in a line of its own.
func TestSettings(t *testing.T) {
	for _, test := range []struct {
		name, value string
		want        string
	}{
		{"TABLE", "", "TABLE is empty: give the name"},
		{"AWS_REGION", "", "AWS_REGION is empty"},
		{"AWS_SECRET_ACCESS_KEY", " ", "AWS_SECRET_ACCESS_KEY is empty"},
		{"HUB_ACCOUNT", "1111", `HUB_ACCOUNT: "1111" is no account id of 12 digits`},
		{"TOPIC_ARN", "findings", `TOPIC_ARN: this is no ARN of sns`},
		{"BUS_ARN", "arn:aws:sns:eu-west-1:111122223333:x", "is no ARN of events"},
		{"SLACK_TOKEN_SECRET", "xoxb-" + canary, "SLACK_TOKEN_SECRET: this is no ARN of secretsmanager or ssm"},
		{"SLACK_TOKEN_SECRET", "arn:aws:secretsmanager:eu-west-1:111122223333:slack", "SLACK_TOKEN_SECRET: this is no ARN of a secret"},
		{"ROUTES_PARAMETER", "arn:aws:ssm::111122223333:parameter/routes", "ROUTES_PARAMETER: this is no ARN of ssm: it begins with arn:aws:ssm:REGION:ACCOUNT"},
		{"SLACK_CHANNEL", "", "SLACK_CHANNEL is empty"},
		{"SLACK_CHANNEL", "#security", "SLACK_CHANNEL: "},
		{"READER_ROLE", "arn:aws:iam::1:role/x", "no role name"},
		{"ORGANIZATION_ROLE_ARN", "arn:aws:iam::444455556666:user/x", "is no role ARN"},
		{"REQUESTER_DOMAINS", "example.com,*", `REQUESTER_DOMAINS: "*" is no mail domain`},
		{"HASH_NAMES", "maybe", `HASH_NAMES: "maybe" is neither true nor false`},
		{"LOG_LEVEL", "loud", `LOG_LEVEL: "loud" is none of`},
		{"LOCALE", "tlh", "LOCALE: "},
		{"AWS_ENDPOINT_URL", "127.0.0.1", "AWS_ENDPOINT_URL: this is no address"},
		{"DELIVERIES_QUEUE_URL", "deliveries", "DELIVERIES_QUEUE_URL: this is no address"},
	} {
		env := settings()
		env[test.name] = test.value
		var out bytes.Buffer
		_, err := start(func(k string) string { return env[k] }, &out)
		said := strings.Split(strings.TrimSpace(out.String()), "\n")
		if err == nil || len(said) != 1 {
			t.Errorf("%s=%q: %v\n%s", test.name, test.value, err, out.String())
			continue
		}
		var line struct{ Level, Error string }
		if json.Unmarshal([]byte(said[0]), &line) != nil || line.Level != "ERROR" || !strings.Contains(line.Error, test.want) || strings.Contains(out.String(), canary) {
			t.Errorf("%s=%q: %s", test.name, test.value, said[0])
		}
	}
	var out bytes.Buffer
	_, err := start(func(string) string { return "" }, &out)
	if n := strings.Count(out.String(), "\n"); err == nil || n != 5 {
		t.Errorf("without any setting: %v, %d lines\n%s", err, n, out.String())
	}
}

// TestOff: what is not set is off.
func TestOff(t *testing.T) {
	env := settings()
	maps.DeleteFunc(env, func(k, _ string) bool { return !strings.HasPrefix(k, "AWS_") && k != "TABLE" && k != "HUB_ACCOUNT" })
	var out bytes.Buffer
	h, err := start(func(k string) string { return env[k] }, &out)
	if err != nil || !strings.Contains(out.String(), "nobody is told: set TOPIC_ARN") {
		t.Fatalf("%v: %s", err, out.String())
	}
	if a := h.(*auditor); len(a.channels) != 0 || a.routes != nil || a.queue != nil || len(a.domains) != 0 || a.lang != "en" {
		t.Errorf("%+v", a.config)
	}
}

// TestPlan: every part of an invocation has time, whatever the whole is.
func TestPlan(t *testing.T) {
	start := time.Unix(0, 0)
	for _, all := range []time.Duration{time.Second, 3 * time.Second, time.Minute, 15 * time.Minute} {
		p := planOf(start, start.Add(all))
		last := start
		for n, at := range []time.Time{p.claim, p.collect, p.explain, p.count, p.send, p.keep, p.end, start.Add(all)} {
			if !at.After(last) {
				t.Errorf("of %s, part %d has no time", all, n)
			}
			last = at
		}
	}
}
