// Package awsproxy stands between a test's AWS clients and moto, an emulation of
// AWS over HTTP: it records which call was made in which account, refuses,
// throttles or delays calls, answers what moto does not know, and counts how
// many round trips in a row the calls took. It is for tests alone.
//
// Where moto_server is not on the PATH the test skips in one line, and in CI it
// fails.
package awsproxy

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/internal/mototest"
)

// Home is the account of the credentials that a test begins with.
const Home = "123456789012"

// Call is one request to AWS.
type Call struct {
	Action  string // as IAM policies name it: "iam:GetRole"
	Account string // whose credentials signed it
	Region  string // that it was signed for
	Round   int    // in lock step: which round trip in a row, from 1
	Form    url.Values
	Body    string
	Agent   string // User-Agent
}

// Answer is what the proxy does with a call in moto's stead.
type Answer struct {
	Status int
	Code   string        // of an error, in the form of the service
	Body   string        // in place of an error
	Delay  time.Duration // before the answer, moto's own where there is nothing else
}

// Server is the proxy.
type Server struct {
	URL string

	moto *mototest.Server
	mu   sync.Mutex
	// keys are accounts by the access keys that AssumeRole gave.
	keys    map[string]string
	calls   []Call
	seen    []Call // whatever is forgotten
	answer  func(Call) *Answer
	rewrite func(Call, []byte) []byte
	step    *step
}

// Start starts moto and the proxy for a test.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{moto: mototest.Start(t), keys: map[string]string{}}
	front := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(front.Close)
	s.URL = front.URL
	return s
}

// Answer sets what answers in moto's stead: nil lets a call through.
func (s *Server) Answer(f func(Call) *Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = f
}

// Rewrite sets what changes moto's answers.
func (s *Server) Rewrite(f func(Call, []byte) []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rewrite = f
}

// LockStep lets calls through in rounds from now on: those that wait together
// go together, and those that come behind them are the next round.
func (s *Server) LockStep(quiet time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.step = newStep(quiet)
}

// Open ends LockStep.
func (s *Server) Open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.step = nil
}

// Calls gives the calls since the last Forget, in order.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls)
}

// Actions gives "ACCOUNT ACTION" of the calls since the last Forget, sorted, each
// once.
func (s *Server) Actions() []string {
	var all []string
	for _, c := range s.Calls() {
		all = append(all, c.Account+" "+c.Action)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Seen gives the actions, sorted, that clients of an agent have called since the
// start, Forget and Reset or not.
func (s *Server) Seen(agent string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for _, c := range s.seen {
		if strings.Contains(c.Agent, agent) && !strings.HasPrefix(c.Action, ":") { // unsigned calls are nobody's
			all = append(all, c.Action)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Rounds is how many round trips in a row the calls took.
func (s *Server) Rounds() int {
	n := 0
	for _, c := range s.Calls() {
		n = max(n, c.Round)
	}
	return n
}

// Forget forgets the calls so far.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = nil
	if s.step != nil {
		s.step = newStep(s.step.quiet)
	}
}

var (
	signed     = regexp.MustCompile(`Credential=([^/]+)/[0-9]+/([^/]+)/([^/]+)/`)
	assumedKey = regexp.MustCompile(`<AccessKeyId>([^<]+)</AccessKeyId>`)
	roleOwner  = regexp.MustCompile(`^arn:[a-z-]+:iam::([0-9]{12}):role/`)
)

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c := s.read(r, body)
	s.mu.Lock()
	answer, rewrite, step := s.answer, s.rewrite, s.step
	s.mu.Unlock()
	if step != nil {
		c.Round = step.wait()
	}
	s.mu.Lock()
	s.calls = append(s.calls, c)
	s.seen = append(s.seen, Call{Action: c.Action, Agent: c.Agent})
	s.mu.Unlock()
	if answer != nil {
		if a := answer(c); a != nil {
			pause(r, a.Delay)
			if a.Status != 0 {
				a.write(w, c)
				return
			}
		}
	}
	s.forward(w, r, c, body, rewrite)
}

// pause waits, but not for a client that has gone.
func pause(r *http.Request, d time.Duration) {
	select {
	case <-time.After(d):
	case <-r.Context().Done():
	}
}

// read says which call a request is.
func (s *Server) read(r *http.Request, body []byte) Call {
	c := Call{Body: string(body), Agent: r.UserAgent()}
	key, service := "", ""
	if m := signed.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		key, c.Region, service = m[1], m[2], m[3]
	}
	if target := r.Header.Get("X-Amz-Target"); target != "" {
		_, c.Action, _ = strings.Cut(target, ".")
	} else if form, err := url.ParseQuery(string(body)); err == nil {
		c.Form, c.Action = form, form.Get("Action")
	}
	c.Action = service + ":" + c.Action
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.Account = s.keys[key]; c.Account == "" {
		c.Account = Home
	}
	return c
}

// forward asks moto.
func (s *Server) forward(w http.ResponseWriter, r *http.Request, c Call, body []byte, rewrite func(Call, []byte) []byte) {
	out, err := http.NewRequestWithContext(r.Context(), r.Method, s.moto.URL+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	out.Header = r.Header.Clone()
	out.Host = r.Host
	res, err := http.DefaultClient.Do(out)
	if err != nil {
		return // the client has gone
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return
	}
	if c.Action == "sts:AssumeRole" {
		s.learn(c, data)
	}
	if rewrite != nil {
		data = rewrite(c, data)
	}
	for k, v := range res.Header {
		if k != "Content-Length" {
			w.Header()[k] = v
		}
	}
	w.WriteHeader(res.StatusCode)
	_, _ = w.Write(data)
}

// learn notes to whom the keys of a session belong.
func (s *Server) learn(c Call, data []byte) {
	key, owner := assumedKey.FindSubmatch(data), roleOwner.FindStringSubmatch(c.Form.Get("RoleArn"))
	if key == nil || owner == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys[string(key[1])] = owner[1]
}

// Reset empties moto, and forgets what a test has set.
func (s *Server) Reset(t testing.TB) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.moto.URL+"/moto-api/reset", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys, s.calls, s.answer, s.rewrite, s.step = map[string]string{}, nil, nil, nil, nil
}
