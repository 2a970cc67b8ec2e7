package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
)

const (
	hookPath = "/services/T0AUDIT/B0AUDIT/hookSecretHookSecret"
	botToken = "xoxb-000000000000-botSecretBotSecret"
	channel  = "C0AUDIT1"
	personID = "U0ALICE1"
)

// slackServer is Slack: an incoming webhook, and the methods of its API that a
// bot calls.
type slackServer struct {
	*httptest.Server

	mu    sync.Mutex
	posts []post
	fail  func(method string) (status int, header, body string) // status 0: answer
}

// post is one request that Slack took.
type post struct {
	Method  string // "webhook", "chat.postMessage"
	Channel string
	Thread  string // of a reply
	Stamp   string // of the message that is changed
	Email   string // of a lookup
	Text    string
	Blocks  string
	Raw     string
}

func newSlack(t *testing.T) *slackServer {
	s := &slackServer{}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

// broken sets what answers in Slack's stead; nil ends it.
func (s *slackServer) broken(f func(method string) (int, string, string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = f
}

func (s *slackServer) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	method, isAPI := strings.CutPrefix(r.URL.Path, "/api/")
	if !isAPI {
		method = "webhook"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fail != nil {
		if status, after, text := s.fail(method); status != 0 {
			if after != "" {
				w.Header().Set("Retry-After", after)
			}
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
			return
		}
	}
	switch {
	case !isAPI && r.URL.Path == hookPath:
		s.hook(w, body)
	case isAPI && token(r, body) == botToken:
		s.api(w, method, r, body)
	default:
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, "invalid_token")
	}
}

func token(r *http.Request, body []byte) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return bearer
	}
	form, _ := url.ParseQuery(string(body))
	return form.Get("token")
}

func (s *slackServer) hook(w http.ResponseWriter, body []byte) {
	var in struct {
		Text   string
		Blocks json.RawMessage
	}
	if err := json.Unmarshal(body, &in); err != nil {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "invalid_payload")
		return
	}
	s.posts = append(s.posts, post{Method: "webhook", Text: in.Text, Blocks: string(in.Blocks), Raw: string(body)})
	_, _ = io.WriteString(w, "ok")
}

func (s *slackServer) api(w http.ResponseWriter, method string, r *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return
	}
	for k, v := range r.URL.Query() {
		form[k] = v
	}
	form.Del("token")
	one := post{
		Method: method, Channel: form.Get("channel"), Thread: form.Get("thread_ts"), Stamp: form.Get("ts"),
		Email: form.Get("email"), Text: form.Get("text"), Blocks: form.Get("blocks"), Raw: form.Encode(),
	}
	s.posts = append(s.posts, one)
	w.Header().Set("Content-Type", "application/json")
	switch method {
	case "chat.postMessage":
		in := one.Channel
		if in == personID {
			in = "D0ALICE1"
		}
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":"%d.000100"}`, in, 1700000000+len(s.posts))
	case "chat.update":
		fmt.Fprintf(w, `{"ok":true,"channel":%q,"ts":%q}`, one.Channel, one.Stamp)
	case "users.lookupByEmail":
		if one.Email != "alice@example.com" {
			_, _ = io.WriteString(w, `{"ok":false,"error":"users_not_found"}`)
			return
		}
		fmt.Fprintf(w, `{"ok":true,"user":{"id":%q}}`, personID)
	case "conversations.open":
		_, _ = io.WriteString(w, `{"ok":true,"channel":{"id":"D0ALICE1"}}`)
	default:
		_, _ = io.WriteString(w, `{"ok":false,"error":"unknown_method"}`)
	}
}

// all are the posts so far.
func (s *slackServer) all() []post {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]post{}, s.posts...)
}

// forget forgets them.
func (s *slackServer) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.posts = nil
}

// methods are the posts in a word each: the method, and where it went.
func (s *slackServer) methods() []string {
	out := []string{}
	for _, p := range s.all() {
		out = append(out, strings.TrimSpace(p.Method+" "+p.Channel+p.Email))
	}
	return out
}
