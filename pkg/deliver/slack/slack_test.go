package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

const token = "xoxb-hidden-token-of-the-bot"

// hidden is a secret that changes when it is forgotten.
type hidden struct {
	values []string
	asked  int
}

func (h *hidden) Value(context.Context) (string, error) { h.asked++; return h.values[0], nil }

func (h *hidden) Forget() {
	if len(h.values) > 1 {
		h.values = h.values[1:]
	}
}

// server is Slack: it records what it is asked and answers from a list, by
// method, the last answer again and again.
type server struct {
	*httptest.Server
	mu      sync.Mutex
	asked   []string // method and the fields that matter
	forms   []url.Values
	bodies  []string
	answers map[string][]func(http.ResponseWriter)
}

func newServer(t *testing.T) *server {
	s := &server{answers: map[string][]func(http.ResponseWriter){}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	method := strings.TrimPrefix(r.URL.Path, "/")
	line := method
	for _, f := range []string{"channel", "ts", "thread_ts", "reply_broadcast", "text", "email"} {
		if v := form.Get(f); v != "" {
			line += " " + f + "=" + v
		}
	}
	s.mu.Lock()
	s.asked, s.forms, s.bodies = append(s.asked, line), append(s.forms, form), append(s.bodies, string(body))
	answer := func(w http.ResponseWriter) { fmt.Fprint(w, `{"ok":true,"channel":"C1","ts":"100.1"}`) }
	if list := s.answers[method]; len(list) > 0 {
		answer = list[0]
		if len(list) > 1 {
			s.answers[method] = list[1:]
		}
	}
	s.mu.Unlock()
	answer(w)
}

func (s *server) on(method string, answers ...func(http.ResponseWriter)) { s.answers[method] = answers }

func says(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { fmt.Fprint(w, body) }
}

func fails(code int, body string, headers ...string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(code)
		fmt.Fprint(w, body)
	}
}

const blocks = `[{"type":"header","text":{"type":"plain_text","text":"Denied role switch: bob → Deployer (prod)","emoji":false}},` +
	`{"type":"section","fields":[{"type":"mrkdwn","text":"*Caller*\nbob"}]},` +
	`{"type":"rich_text","elements":[{"type":"rich_text_preformatted","border":0,"elements":[{"type":"text","text":"<!channel> & \"x\""}]}]},` +
	`{"type":"context","elements":[{"type":"mrkdwn","text":"incident 7f3a91c2"}]}]`

func render(m *deliver.Message) (Payload, error) {
	p := Payload{Text: "Denied: bob", Blocks: json.RawMessage(blocks)}
	if m.Kind == deliver.Update {
		p.Reply = &Payload{Text: "Again 14 times."}
	}
	return p, nil
}

func message(kind deliver.Kind, thread string, count int) *deliver.Message {
	at := time.Date(2026, 10, 14, 9, 26, 12, 0, time.UTC)
	return &deliver.Message{
		Kind: kind, Thread: thread, To: "alice@example.com", Report: &report.Report{Schema: report.Schema},
		Repeats: deliver.Repeats{Count: count, First: at, Last: at.Add(20 * time.Minute)},
	}
}

func newBot(t *testing.T, s *server, h *hidden) *Bot {
	t.Helper()
	b, err := NewBot(BotOptions{
		Token: h, Channel: "C1", Render: render, Client: s.Client(), API: s.URL + "/",
		Now: func() time.Time { return time.Date(2026, 10, 14, 12, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBot(t *testing.T) {
	gone := says(`{"ok":false,"error":"message_not_found"}`)
	for _, test := range []struct {
		name    string
		message *deliver.Message
		prepare func(*server)
		thread  string
		asked   []string
	}{
		{"opens a thread", message(deliver.Alert, "", 1), nil, "C1:100.1", []string{"chat.postMessage channel=C1 text=Denied: bob"}},
		{"news in the thread", message(deliver.Again, "C1:55.5", 9), nil, "C1:55.5", []string{
			"chat.postMessage channel=C1 thread_ts=55.5 reply_broadcast=true text=Denied: bob",
		}},
		{"an update", message(deliver.Update, "C1:55.5", 15), nil, "C1:55.5", []string{
			"chat.update channel=C1 ts=55.5 text=Denied: bob",
			"chat.postMessage channel=C1 thread_ts=55.5 text=Again 14 times.",
		}},
		{"an update without a thread", message(deliver.Update, "", 15), nil, "C1:100.1", []string{"chat.postMessage channel=C1 text=Denied: bob"}},
		{"a thread that is gone", message(deliver.Update, "C1:55.5", 15), func(s *server) { s.on("chat.update", gone) }, "C1:100.1", []string{
			"chat.update channel=C1 ts=55.5 text=Denied: bob", "chat.postMessage channel=C1 text=Denied: bob",
		}},
		{"a thread of nobody's", message(deliver.Again, "forged", 15), nil, "C1:100.1", []string{"chat.postMessage channel=C1 text=Denied: bob"}},
		{"the requester", message(deliver.Requester, "C1:55.5", 1), func(s *server) {
			s.on("users.lookupByEmail", says(`{"ok":true,"user":{"id":"U7"}}`))
			s.on("chat.postMessage", says(`{"ok":true,"channel":"D7","ts":"7.7"}`))
		}, "D7:7.7", []string{"users.lookupByEmail email=alice@example.com", "chat.postMessage channel=U7 text=Denied: bob"}},
		{"a requester whom nobody knows", message(deliver.Requester, "", 1), func(s *server) {
			s.on("users.lookupByEmail", says(`{"ok":false,"error":"users_not_found"}`))
		}, "", []string{"users.lookupByEmail email=alice@example.com"}},
		{"a requester who has left", message(deliver.Requester, "", 1), func(s *server) {
			s.on("users.lookupByEmail", says(`{"ok":true,"user":{"id":"U7","deleted":true}}`))
		}, "", []string{"users.lookupByEmail email=alice@example.com"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t)
			if test.prepare != nil {
				test.prepare(s)
			}
			thread, err := newBot(t, s, &hidden{values: []string{token}}).Send(t.Context(), test.message)
			if err != nil || thread != test.thread {
				t.Errorf("thread %q, %v; want %q", thread, err, test.thread)
			}
			if diff := cmp.Diff(test.asked, s.asked); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestBlocks: Slack gets the blocks that were rendered, and nothing is unfurled.
func TestBlocks(t *testing.T) {
	s := newServer(t)
	if _, err := newBot(t, s, &hidden{values: []string{token}}).Send(t.Context(), message(deliver.Alert, "", 1)); err != nil {
		t.Fatal(err)
	}
	var want, got any
	if err := errors.Join(json.Unmarshal([]byte(blocks), &want), json.Unmarshal([]byte(s.forms[0].Get("blocks")), &got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for _, off := range []string{"unfurl_links=false", "unfurl_media=false", "mrkdwn=false", "parse=none"} {
		if !strings.Contains(s.bodies[0], off) {
			t.Errorf("no %s in %s", off, s.bodies[0])
		}
	}
}

// TestLookupOnce: a person is looked up once an hour, also one who is not there.
func TestLookupOnce(t *testing.T) {
	for _, answer := range []string{`{"ok":true,"user":{"id":"U7"}}`, `{"ok":false,"error":"users_not_found"}`} {
		s := newServer(t)
		s.on("users.lookupByEmail", says(answer))
		b := newBot(t, s, &hidden{values: []string{token}})
		for range 5 {
			if _, err := b.Send(t.Context(), message(deliver.Requester, "", 1)); err != nil {
				t.Fatal(err)
			}
		}
		if n := strings.Count(strings.Join(s.asked, "\n"), "lookup"); n != 1 {
			t.Errorf("%s: %d lookups", answer, n)
		}
	}
}

// failures are answers of Slack, by what they mean for either channel.
var failures = []struct {
	name      string
	answer    func(http.ResponseWriter)
	want      string
	temporary bool
	after     time.Duration
}{
	{"500", fails(500, "<html>oops "+token), "Slack has a fault (500)", true, 0},
	{"503", fails(503, ""), "Slack has a fault (503)", true, 0},
	{"429", fails(429, "", "Retry-After", "7"), "Slack asks to wait (429), try again in 7s", true, 7 * time.Second},
	{"429 without a time", fails(429, ""), "Slack asks to wait (429), try again in 1s", true, time.Second},
	{"hangs", func(http.ResponseWriter) { time.Sleep(300 * time.Millisecond) }, "no answer in time", true, 0},
	{"ends", func(http.ResponseWriter) { panic(http.ErrAbortHandler) }, "Slack cannot be reached", true, 0},
}

// failed holds an error to what a failure must be: in our words, without a
// secret.
func failed(t *testing.T, err error, want string, temporary bool, after time.Duration) {
	t.Helper()
	var f *deliver.Failure
	if !errors.As(err, &f) {
		t.Fatalf("%v is no Failure", err)
	}
	f.Channel = "slack"
	if got := strings.TrimPrefix(f.Error(), "deliver to slack: "); got != want || f.Temporary != temporary || f.After != after {
		t.Errorf("%q, temporary %v, after %s; want %q, %v, %s", got, f.Temporary, f.After, want, temporary, after)
	}
	for _, leak := range []string{token, "127.0.0.1", "://", "hidden"} {
		if strings.Contains(fmt.Sprintf("%+v %s", f, f), leak) {
			t.Errorf("it tells %q: %+v", leak, f)
		}
	}
}

func TestBotFails(t *testing.T) {
	list := failures
	for word, temporary := range map[string]bool{"channel_not_found": false, "invalid_blocks": false, "internal_error": true, "ratelimited": true} {
		list = append(list, struct {
			name      string
			answer    func(http.ResponseWriter)
			want      string
			temporary bool
			after     time.Duration
		}{word, says(`{"ok":false,"error":"` + word + `"}`), "Slack refused the message (" + word + ")", temporary, 0})
	}
	list = append(list, struct {
		name      string
		answer    func(http.ResponseWriter)
		want      string
		temporary bool
		after     time.Duration
	}{"bad JSON", says(`{"ok":`), "Slack cannot be reached", true, 0})
	for _, test := range list {
		t.Run(test.name, func(t *testing.T) {
			s := newServer(t)
			s.on("chat.postMessage", test.answer)
			ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
			defer cancel()
			_, err := newBot(t, s, &hidden{values: []string{token}}).Send(ctx, message(deliver.Alert, "", 1))
			failed(t, err, test.want, test.temporary, test.after)
		})
	}
}

// TestReplacedToken: a token that was replaced is read anew, once.
func TestReplacedToken(t *testing.T) {
	s := newServer(t)
	s.on("chat.postMessage", says(`{"ok":false,"error":"token_revoked"}`), says(`{"ok":true,"channel":"C1","ts":"1.1"}`))
	h := &hidden{values: []string{"xoxb-old", token}}
	if thread, err := newBot(t, s, h).Send(t.Context(), message(deliver.Alert, "", 1)); err != nil || thread != "C1:1.1" {
		t.Error(thread, err)
	}
	s.on("chat.postMessage", says(`{"ok":false,"error":"invalid_auth"}`))
	s.asked = nil
	_, err := newBot(t, s, h).Send(t.Context(), message(deliver.Alert, "", 1))
	failed(t, err, "Slack refused the message (invalid_auth)", false, 0)
	if len(s.asked) != 2 {
		t.Errorf("asked %d times", len(s.asked))
	}
}

func TestBotOptions(t *testing.T) {
	good := BotOptions{Token: &hidden{}, Channel: "C1", Render: render, Client: http.DefaultClient, Now: time.Now}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	for _, channel := range []string{"", "#general", "C1 C2"} {
		o := good
		o.Channel = channel
		if _, err := NewBot(o); err == nil {
			t.Errorf("%q is a channel", channel)
		}
	}
	if _, err := NewBot(BotOptions{Channel: "C1"}); err == nil {
		t.Error("a bot of nothing")
	}
}

// TestRendered: what render/slack makes arrives whole, by either way.
func TestRendered(t *testing.T) {
	for name, r := range rendertest.Reports() {
		m := message(deliver.Update, "C1:55.5", 15)
		m.Report = r
		p, err := Rendered(nil)(m)
		if err != nil || p.Reply == nil || p.Text == "" {
			t.Fatalf("%s: %+v, %v", name, p, err)
		}
		s := newServer(t)
		b := newBot(t, s, &hidden{values: []string{token}})
		b.Render = Rendered(nil)
		if _, err := b.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		s.on("hidden", says("ok"))
		if _, err := NewWebhook(&hidden{values: []string{s.URL + "/hidden"}}, b.Render, s.Client()).Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		var hook struct{ Blocks json.RawMessage }
		if err := json.Unmarshal([]byte(s.bodies[2]), &hook); err != nil {
			t.Fatal(err)
		}
		for _, pair := range [][2]string{
			{string(p.Blocks), s.forms[0].Get("blocks")}, {string(p.Reply.Blocks), s.forms[1].Get("blocks")}, {string(p.Reply.Blocks), string(hook.Blocks)},
		} {
			var want, got any
			if err := errors.Join(json.Unmarshal([]byte(pair[0]), &want), json.Unmarshal([]byte(pair[1]), &got)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %.2000s", name, diff)
			}
		}
	}
	m := message(deliver.Requester, "", 1)
	m.Report = &report.Report{Event: report.Event{Name: "simulate"}}
	s := newServer(t)
	b := newBot(t, s, &hidden{values: []string{token}})
	b.Render = Rendered(nil)
	if thread, err := b.Send(t.Context(), m); thread != "" || err != nil || len(s.asked) != 0 {
		t.Errorf("nobody is to be told: %q, %v, %v", thread, err, s.asked)
	}
}

// TestGuarded: a bot's token goes nowhere but to the address of its API, an
// answer without end is not kept, and a thread is one of Slack's.
func TestGuarded(t *testing.T) {
	asked := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked++ }))
	defer elsewhere.Close()
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		fails  bool
	}{
		"redirection":      {fails(http.StatusPermanentRedirect, "", "Location", elsewhere.URL), true},
		"without end":      {says(`{"ok":true,"x":"` + strings.Repeat("x", 4<<20)), true},
		"no time stamp":    {says(`{"ok":true,"channel":"C1"}`), false},
		"a long one":       {says(`{"ok":true,"channel":"C1","ts":"` + strings.Repeat("1", 300) + `"}`), false},
		"another's colons": {says(`{"ok":true,"channel":"C1:1","ts":"1.1"}`), false},
	} {
		s := newServer(t)
		s.on("chat.postMessage", test.answer)
		thread, err := newBot(t, s, &hidden{values: []string{token}}).Send(t.Context(), message(deliver.Alert, "", 1))
		if (err != nil) != test.fails || thread != "" {
			t.Errorf("%s: %.80q, %v", name, thread, err)
		}
	}
	if asked > 0 {
		t.Errorf("the other address was asked %d times", asked)
	}
}
