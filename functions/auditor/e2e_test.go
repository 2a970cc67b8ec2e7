package main_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/internal/lambdatest"
)

// asHub stands for the function's own role, whose credentials it begins with.
const asHub = ""

// endToEnd is what the cases share: the bootstrap, and what is known of it when
// they are over. Each group has a moto of its own, behind a proxy.
type endToEnd struct {
	*results
	proxy  *awsproxy.Server
	binary string
}

type results struct {
	mu     sync.Mutex
	called map[string]map[string]bool // actions that the function called, by the name of its role
	peak   int64                      // bytes, of the largest environment
}

type endToEndCase struct {
	name string
	run  func(*testing.T, *endToEnd)
}

// groups are the cases. Groups run at the same time, the cases of one in their
// order.
var groups = []struct {
	name  string
	cases []endToEndCase
}{
	{"storm", []endToEndCase{{"storm", testStorm}}},
	{"waiting", []endToEndCase{
		{"throttled", testThrottled},
		{"slow account", testSlowAccount},
		{"table hangs", testTableHangs},
		{"Slack down", testSlackDown},
		{"Slack asks to wait", testSlackWaits},
		{"topic down", testTopicDown},
		{"nothing can be kept", testNothingKept},
	}},
	{"cases", []endToEndCase{
		{"init", testInit},
		{"warm", testWarm},
		{"estates", testEstates},
		{"told", testTold},
		{"webhook", testWebhook},
		{"inputs", testInputs},
		{"poison", testPoison},
		{"own denial", testOwnDenial},
		{"killed", testKilled},
		{"twice at once", testTwiceAtOnce},
		{"news", testNews},
		{"suppressed", testSuppressed},
		{"tick", testTick},
		{"routes", testRoutes},
		{"requester", testRequester},
		{"hashes", testHashes},
		{"configuration", testConfiguration},
	}},
}

// TestEndToEnd runs the bootstrap as AWS Lambda does, before moto and a server
// that is Slack. It comes in events and goes out to a topic, a bus, Slack and the
// table.
func TestEndToEnd(t *testing.T) {
	t.Parallel()
	binary, err := lambdatest.Build(t.Context(), ".", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	all := &results{called: map[string]map[string]bool{asHub: {}, readerRole: {}, organizationRole: {}}}
	t.Run("run", func(t *testing.T) {
		for _, g := range groups {
			t.Run(g.name, func(t *testing.T) {
				t.Parallel()
				e := &endToEnd{results: all, proxy: awsproxy.Start(t), binary: binary}
				for _, c := range g.cases {
					t.Run(c.name, func(t *testing.T) { c.run(t, e) })
				}
			})
		}
	})
	t.Run("permissions", func(t *testing.T) { testPermissions(t, all) })
	t.Run("memory", func(t *testing.T) { testMemory(t, all) })
}

// note takes down what the function has called: all that bears not the name of
// the set-up.
func (r *results) note(s *stage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range s.Calls() {
		if strings.Contains(c.Agent, "app/"+awsworld.SetUp) || strings.HasPrefix(c.Action, ":") {
			continue
		}
		role := c.Role[strings.LastIndexByte(c.Role, '/')+1:]
		if r.called[role] == nil {
			s.t.Errorf("%s was called as %q", c.Action, c.Role)
			continue
		}
		r.called[role][c.Action] = true
	}
}

// peaks takes down how much memory the environments have held.
func (r *results) peaks(s *stage) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, one := range s.running {
		r.peak = max(r.peak, one.Peak())
	}
}

// testMemory: no environment has held more than 48 MB.
func testMemory(t *testing.T, r *results) {
	if r.peak == 0 && len(r.called[asHub]) == 0 {
		t.Skip("no case has run")
	}
	if !lambdatest.Measured() {
		t.Skip("this machine does not tell the memory of a process: Linux does")
	}
	t.Logf("the largest environment held %.1f MB", float64(r.peak)/(1<<20))
	if r.peak == 0 || r.peak > 48<<20 {
		t.Errorf("the largest environment held %d bytes, want 48 MB at most", r.peak)
	}
}

// same fails where two values differ.
func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
