package slack

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/deliver"
)

func TestWebhook(t *testing.T) {
	s := newServer(t)
	s.on("hidden", says("ok"))
	h := &hidden{values: []string{s.URL + "/hidden"}}
	if thread, err := NewWebhook(h, render, s.Client()).Send(t.Context(), message(deliver.Alert, "", 1)); err != nil || thread != "" {
		t.Error(thread, err)
	}
	var got struct {
		Text   string
		Blocks json.RawMessage
	}
	if err := json.Unmarshal([]byte(s.bodies[0]), &got); err != nil || got.Text != "Denied: bob" {
		t.Fatalf("%v: %s", err, s.bodies[0])
	}
	var want, is any
	if err := errors.Join(json.Unmarshal([]byte(blocks), &want), json.Unmarshal(got.Blocks, &is)); err != nil || cmp.Diff(want, is) != "" {
		t.Errorf("%v: %s", err, got.Blocks)
	}
}

func TestWebhookFails(t *testing.T) {
	for _, test := range failures {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t)
			s.on("hidden", test.answer)
			ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
			defer cancel()
			_, err := NewWebhook(&hidden{values: []string{s.URL + "/hidden"}}, render, s.Client()).Send(ctx, message(deliver.Alert, "", 1))
			failed(t, err, test.want, test.temporary, test.after)
		})
	}
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
		asked  int
	}{
		"bad blocks":  {fails(400, "invalid_blocks"), "Slack refused the message (invalid_blocks)", 1},
		"no such":     {fails(404, "no_service"), "Slack refused the message (no_service)", 2},
		"gone":        {fails(410, "channel_is_archived\n"), "Slack refused the message (channel_is_archived)", 1},
		"HTML":        {fails(403, "<html>"+token), "Slack refused the message (403)", 1},
		"login page":  {says("<html>sign in</html>"), "the address does not answer as Slack does: it must be that of an incoming webhook", 1},
		"silence":     {says(""), "the address does not answer as Slack does: it must be that of an incoming webhook", 1},
		"redirection": {fails(302, "", "Location", "/elsewhere"), "Slack refused the message (302)", 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t)
			s.on("hidden", test.answer)
			_, err := NewWebhook(&hidden{values: []string{s.URL + "/hidden"}}, render, s.Client()).Send(t.Context(), message(deliver.Alert, "", 1))
			failed(t, err, test.want, false, 0)
			if len(s.asked) != test.asked {
				t.Errorf("asked %v", s.asked)
			}
		})
	}
}

func TestWebhookAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://hooks.slack.com/services/x": true, "http://127.0.0.1:8080/x": true, "http://hooks.slack.com/x": false,
		"": false, "hooks.slack.com/x": false, "file:///etc/passwd": false, "https://a:b@hooks.slack.com/x": false, "http://[::1]/x": true, "\x00": false,
	} {
		if got := good(address); got != want {
			t.Errorf("%q: %v", address, got)
		}
		if !want {
			_, err := NewWebhook(&hidden{values: []string{address}}, render, http.DefaultClient).Send(t.Context(), message(deliver.Alert, "", 1))
			failed(t, err, "the secret holds no webhook address: it must be an https address", false, 0)
		}
	}
}
