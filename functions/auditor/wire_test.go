package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// TestRegions: what an ARN names is asked for in the region that the ARN says.
func TestRegions(t *testing.T) {
	scope := regexp.MustCompile(`/\d{8}/([^/]+)/([^/]+)/`)
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, strings.Join(scope.FindStringSubmatch(r.Header.Get("Authorization"))[1:], " "))
		_, _ = w.Write([]byte(`{"SecretString":"x","Parameter":{"Value":"x"}}`))
	}))
	defer server.Close()
	c := config{region: "eu-west-1", endpoint: server.URL, keys: keys{"x", "x", ""}}
	w := wiring{config: c, now: time.Now, aws: aws.Config{Credentials: credentials.NewStaticCredentialsProvider("x", "x", ""), HTTPClient: http.DefaultClient}}
	for _, test := range []struct{ at, want string }{
		{"arn:aws:secretsmanager:us-east-1:111122223333:secret:slack-AbCdEf", "us-east-1 secretsmanager"},
		{"arn:aws:ssm:eu-central-1:111122223333:parameter/token", "eu-central-1 ssm"},
		{"arn:aws:ssm:eu-west-1:111122223333:parameter/token", "eu-west-1 ssm"},
	} {
		asked = nil
		s, err := w.secret("SECRET", test.at)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Value(t.Context()); err != nil || len(asked) != 1 || asked[0] != test.want {
			t.Errorf("%s: %v, asked %q", test.at, err, asked)
		}
	}
	if at := w.signedFor("arn:aws-cn:sns:cn-north-1:111122223333:t"); at.Domain != "amazonaws.com.cn" {
		t.Errorf("domain %s", at.Domain)
	}
}

// TestKeepWaits: a channel that asks to wait is given the time, as far as the
// queue can; else the queue's own wait holds.
func TestKeepWaits(t *testing.T) {
	var got map[string]any
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = nil
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		_, _ = w.Write([]byte(`{}`))
	}))
	defer server.Close()
	c := config{region: "eu-west-1", endpoint: server.URL}
	w := wiring{config: c, now: time.Now, aws: aws.Config{Credentials: credentials.NewStaticCredentialsProvider("x", "x", ""), HTTPClient: http.DefaultClient}}
	q := &queue{w.signed(), server.URL + "/111122223333/deliveries"}
	for after, want := range map[time.Duration]any{
		0: nil, time.Second: nil, 90*time.Second + 1: 91.0, time.Hour: 900.0,
	} {
		d := deliver.Delivery{Channel: "slack", Message: deliver.Message{Report: &report.Report{}}}
		if err := q.Keep(t.Context(), &d, after); err != nil || got["DelaySeconds"] != want {
			t.Errorf("%s: %v, %v", after, got["DelaySeconds"], err)
		}
	}
}
