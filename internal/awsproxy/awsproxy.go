// Package awsproxy stands between a test's AWS clients and moto, an emulation of
// AWS over HTTP. It is for tests alone, and the only way to moto.
//
// It records which call was made in which account and region; refuses,
// throttles, delays, cuts or loses calls as the test wants (Answer); changes
// moto's answers (Rewrite); answers CloudTrail's LookupEvents, which moto does
// not know (Trail); and counts how many round trips in a row the calls took
// (LockStep).
//
// moto checks a condition of DynamoDB and writes in two steps, which two
// requests at once can come between; the proxy lets one request to an item
// through at a time, so that a condition holds as it does at the service.
package awsproxy

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	Action  string // service as signed for and operation: "iam:GetRole", "dynamodb:PutItem", "s3:GET /bucket"
	Account string // whose credentials signed it
	Role    string // ARN of the role whose session signed it; empty for the credentials that a test begins with
	Region  string // that it was signed for
	Round   int    // in lock step: which round trip in a row, from 1
	Form    url.Values
	Body    string
	Agent   string // User-Agent
	At      time.Time

	json bool // it is of a service that speaks JSON
}

// Service is the part of the action before the colon.
func (c *Call) Service() string {
	name, _, _ := strings.Cut(c.Action, ":")
	return name
}

// Server is the proxy. URL is the endpoint for clients.
type Server struct {
	URL string

	moto   string
	client *http.Client
	dynamo locks

	mu sync.Mutex
	// keys are ARNs of roles by the access keys that AssumeRole gave.
	keys    map[string]string
	calls   []Call
	seen    map[[2]string]bool // action and agent, whatever is forgotten
	answers []func(Call) *Answer
	rewrite func(Call, []byte) []byte
	trail   []lookedUp
	step    *step
}

// Start starts moto and the proxy for a test.
func Start(t testing.TB) *Server {
	t.Helper()
	transport := &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 256, DisableCompression: true}
	s := &Server{
		moto: mototest.Start(t), client: &http.Client{Transport: transport},
		keys: map[string]string{}, seen: map[[2]string]bool{},
	}
	front := httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(func() {
		front.CloseClientConnections() // a call that is delayed waits for no one
		front.Close()
		transport.CloseIdleConnections()
	})
	s.URL = front.URL
	return s
}

// Answer sets what answers in moto's stead, in place of what was set before: the
// first that gives an answer does; nil lets a call through.
func (s *Server) Answer(f ...func(Call) *Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers = slices.DeleteFunc(slices.Clone(f), func(f func(Call) *Answer) bool { return f == nil })
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

// Count counts the calls since the last Forget by action, those of the services
// named, or of all where none is.
func (s *Server) Count(services ...string) map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := map[string]int{}
	for i := range s.calls {
		if len(services) == 0 || slices.Contains(services, s.calls[i].Service()) {
			n[s.calls[i].Action]++
		}
	}
	return n
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
	all := map[string]bool{}
	for k := range s.seen {
		if strings.Contains(k[1], agent) && !strings.HasPrefix(k[0], ":") { // unsigned calls are nobody's
			all[k[0]] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
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

// Reset empties moto, and forgets what a test has set.
func (s *Server) Reset(t testing.TB) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.moto+"/moto-api/reset", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	res, err := s.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.keys, s.calls, s.answers, s.rewrite, s.trail, s.step = map[string]string{}, nil, nil, nil, nil, nil
}
