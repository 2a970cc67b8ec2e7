package main

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestBatch: of a batch only what cannot be read comes again; the same event is
// explained once, whether it stands in the batch twice or comes later.
func TestBatch(t *testing.T) {
	s := newStand(t)
	success := `{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","eventID":"ok"}`
	got := s.batch(t, time.Minute, sample(t, "01", "e1"), `{"broken`, sample(t, "01", "e1"), success, sample(t, "05", "e2"), "")
	if got != "m2 m6" {
		t.Errorf("%q come again", got)
	}
	if s.mail.kinds() != "alert 1; alert 1" && s.mail.kinds() != "alert 1 ; alert 1 " || s.slack.kinds() != s.mail.kinds() {
		t.Errorf("mail %q, slack %q", s.mail.kinds(), s.slack.kinds())
	}
	for name, want := range map[string]float64{"Events": 3, "Explained": 2, "Poison": 2, "Ignored": 1, "Alerts": 2, "Failed": 0} {
		if n := s.metric(t, name); n != want {
			t.Errorf("%s: %v, want %v", name, n, want)
		}
	}
	if !s.logged("m2", "cannot be read", `"tries":"1"`) {
		t.Error("the poison is not told")
	}
	if got := s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "01", "e3")); got != "" {
		t.Errorf("%q come again", got)
	}
	if len(s.mail.got) != 2 {
		t.Errorf("told again: %s", s.mail.kinds())
	}
}

// TestBusy: what another attempt has comes again, and its twin with it.
func TestBusy(t *testing.T) {
	s := newStand(t)
	s.ledger.Claim(t.Context(), []string{"e1"}, "another", s.now())
	if got := s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "05", "e2"), sample(t, "01", "e1")); got != "m1 m3" {
		t.Errorf("%q come again", got)
	}
	s.ahead = 6 * time.Minute // the other has died
	if got := s.batch(t, time.Minute, sample(t, "01", "e1")); got != "" || len(s.mail.got) != 2 {
		t.Errorf("%q come again; %s", got, s.mail.kinds())
	}
}

// TestBreaksDown: an item whose explanation breaks down comes again, and takes
// nobody with it; its claim is given back.
func TestBreaksDown(t *testing.T) {
	s := newStand(t)
	broken := true
	s.explain = func(rec *trail.Record, e *estate.Estate, o audit.Options) *report.Report {
		if rec.ID == "e1" && broken {
			panic("AKIAIOSFODNN7EXAMPLE")
		}
		return audit.Explain(rec, e, o)
	}
	if got := s.batch(t, time.Minute, sample(t, "01", "e1"), sample(t, "05", "e2")); got != "m1" || s.metric(t, "Failed") != 1 {
		t.Errorf("%q come again", got)
	}
	broken = false
	if got := s.batch(t, time.Minute, sample(t, "01", "e1")); got != "" || len(s.mail.got) != 2 {
		t.Errorf("%q come again; %s", got, s.mail.kinds())
	}
}

// TestSlow: what AWS does not answer in time is a gap, and the answer goes out;
// what hangs for good comes again, and the others do not wait for it.
func TestSlow(t *testing.T) {
	s := newStand(t)
	known := s.estates.(estates)
	known.wait = func(ctx context.Context, who reconstruct.Subject) {
		switch who.Record.ID {
		case "slow":
			<-ctx.Done()
		case "hangs":
			select {}
		}
	}
	s.estates = known
	begun := time.Now()
	got := s.batch(t, 3*time.Second, sample(t, "01", "slow"), sample(t, "05", "hangs"), sample(t, "16", "quick"))
	if took := time.Since(begun); got != "m2" || took > 3*time.Second {
		t.Errorf("%q come again after %s", got, took)
	}
	if len(s.mail.got) != 2 {
		t.Fatalf("%s", s.mail.kinds())
	}
	for _, m := range s.mail.got {
		if read := m.Report.Role.Exists == "yes"; read != (m.Report.Event.ID == "quick") {
			t.Errorf("event %s: read is %t", m.Report.Event.ID, read)
		}
	}
}

// TestOwn: the function's own denied calls are dropped, with or without the
// issuer in the record; those of a role of the same name elsewhere are not.
func TestOwn(t *testing.T) {
	s := newStand(t)
	call := func(account, issuer string) string {
		session := ""
		if issuer != "" {
			session = `,"sessionContext":{"sessionIssuer":{"type":"Role","arn":"` + issuer + `","userName":"auditor","accountId":"` + account + `"}}`
		}
		return `{"eventVersion":"1.08","eventTime":"2026-10-14T12:00:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"eu-west-1",
			"errorCode":"AccessDenied","eventID":"` + account + issuer + `","recipientAccountId":"` + account + `",
			"userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:x","accountId":"` + account + `","arn":"arn:aws:sts::` + account + `:assumed-role/auditor/x"` + session + `},
			"errorMessage":"User: arn:aws:sts::` + account + `:assumed-role/auditor/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/reader"}`
	}
	if got := s.batch(t, time.Minute, call("999988887777", self), call("999988887777", "")); got != "" || s.metric(t, "Ignored") != 2 || len(s.mail.got) != 0 {
		t.Errorf("%q; %s", got, s.mail.kinds())
	}
	s.batch(t, time.Minute, call("111122223333", ""), call("111122223333", "arn:aws:iam::111122223333:role/assumewhy/auditor"))
	if len(s.mail.got) == 0 {
		t.Error("a role of the same name elsewhere is dropped")
	}
}

// TestInputs: what comes in is told by its content.
func TestInputs(t *testing.T) {
	for name, test := range map[string]struct{ payload, want string }{
		"EventBridge": {sample(t, "01", "e1"), `"explained":1`},
		"SNS":         {`{"Records":[{"EventSource":"aws:sns","Sns":{"Message":` + quoted(t, sample(t, "01", "e1")) + `}}]}`, `"explained":1`},
		"not ours":    {`{"source":"aws.ec2","detail":{"eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventID":"x"}}`, `"ignored":1`},
		"Lambda test": {`{"key1":"value1","key2":"value2"}`, `"ignored":1`},
		"tick":        {`{"assumewhy":"tick"}`, `{"updates":0}`},
		"test":        {`{"assumewhy":"test"}`, `"channels":["mail","slack"]`},
		"other word":  {`{"assumewhy":"dance"}`, `known are tick and test`},
		"no records":  {`{"Records":[]}`, `"ignored":1`},
	} {
		s := newStand(t)
		got, err := s.invoke(t, time.Minute, test.payload)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, test.want) {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestBareFails: a bare event that cannot be told fails the invocation, so that
// whoever invoked tries again.
func TestBareFails(t *testing.T) {
	s := newStand(t)
	s.queue = nil
	s.mail.fail = func() error { return &deliver.Failure{What: "down"} }
	if _, err := s.invoke(t, time.Minute, sample(t, "01", "e1")); err == nil {
		t.Error("it succeeds")
	}
	s.mail.fail, s.ahead = nil, 6*time.Minute
	if _, err := s.invoke(t, time.Minute, sample(t, "01", "e1")); err != nil || len(s.mail.got) != 1 {
		t.Errorf("%v; %s", err, s.mail.kinds())
	}
}

var errDown = errors.New("down")
