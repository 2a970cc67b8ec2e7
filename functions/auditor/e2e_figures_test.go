package main_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/internal/lambdatest"
)

// TestPackage: what the Makefile makes for AWS Lambda, and its archive.
func TestPackage(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "make", "-s", "build-AuditorFunction", "ARTIFACTS_DIR="+out)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "MAKE") || strings.HasPrefix(v, "MFLAGS=") })
	if text, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	binary, err := os.Stat(filepath.Join(out, "bootstrap"))
	if err != nil {
		t.Fatal(err)
	}
	// what an archive packs with, as a program of its own: the race detector makes
	// it ten times slower here
	packed, err := exec.CommandContext(t.Context(), "gzip", "-6", "-c", filepath.Join(out, "bootstrap")).Output()
	if err != nil {
		t.Fatalf("gzip: %v", err)
	}
	const mb = 1e6
	t.Logf("bootstrap for arm64 %.1f MB, packed %.1f MB", float64(binary.Size())/mb, float64(len(packed))/mb)
	if binary.Size() > 13*mb || len(packed) > 5*mb {
		t.Errorf("bootstrap %d bytes, packed %d bytes: want 13 MB and 5 MB at most", binary.Size(), len(packed))
	}
}

// middle is the value at a share of the sorted list.
func middle(list []time.Duration, share float64) time.Duration {
	slices.Sort(list)
	return list[min(len(list)-1, int(share*float64(len(list))))]
}

// testInit: how long the environment takes until it asks for its first event.
// The figure is 25 ms; what fails is many times that, for a busy machine.
func testInit(t *testing.T, e *endToEnd) {
	s := newStage(t, e)
	s.Forget()
	var list []time.Duration
	for range 15 {
		f := s.start()
		list = append(list, f.Took)
		f.Stop()
	}
	p50 := middle(list, 0.5)
	t.Logf("init: p50 %s, fastest %s, slowest %s", p50, list[0], list[len(list)-1])
	if p50 > 250*time.Millisecond {
		t.Errorf("init takes %s", p50)
	}
	if calls := s.Calls(); len(calls) > 0 {
		t.Errorf("init asks AWS: %s", calls[0].Action)
	}
}

// testWarm: an explanation whose estate is known costs no call to read it, and
// little of the processor. Events are of one incident, so that nothing is told.
// The figure is 2 ms; what fails is many times that.
func testWarm(t *testing.T, e *endToEnd) {
	s := newStage(t, e).crossed()
	s.env["LOG_LEVEL"] = "info"
	f := s.start()
	s.all(f, s.bobTo("e-warm-0", "Deployer"))
	s.Forget()
	single := s.warm(f, 100, 1)
	batches := s.warm(f, 20, 25)
	for _, c := range s.Calls() {
		if c.Service() != "dynamodb" {
			t.Errorf("a warm explanation calls %s", c.Action)
		}
	}
	own := []float64{}
	for line := range strings.Lines(f.Output()) {
		sums := map[string]float64{}
		if strings.Contains(line, `"Own"`) {
			s.Must(addMetrics(sums, []byte(line)))
			own = append(own, sums["Own"])
		}
	}
	if slices.Sort(own); len(own) == 0 {
		t.Fatal("the function does not measure itself")
	}
	t.Logf("an event with its estate known, invocation and DynamoDB among it: alone p50 %s, p99 %s of the processor; in a batch of 25 p50 %s, p99 %s; the function's own metric: fastest %.2f, p50 %.2f, p99 %.2f ms",
		middle(single, 0.5), middle(single, 0.99), middle(batches, 0.5), middle(batches, 0.99), own[0], own[len(own)/2], own[len(own)*99/100])
	if p50 := middle(batches, 0.5); lambdatest.Measured() && (p50 <= 0 || p50 > 20*time.Millisecond) {
		t.Errorf("an event costs %s of the processor", p50)
	}
}

// warm explains events of a known estate, size at a time, and gives the time of
// the processor of each.
func (s *stage) warm(f *lambdatest.Environment, times, size int) []time.Duration {
	var list []time.Duration
	for n := range times {
		var events [][]byte
		for i := range size {
			events = append(events, s.bobTo(fmt.Sprintf("e-warm-%d-%d-%d", size, n, i), "Deployer"))
		}
		a := f.Invoke(batch(events...))
		if failed, err := failures(a); err != nil || len(failed) > 0 {
			s.t.Fatalf("%v, %v", failed, err)
		}
		list = append(list, a.CPU/time.Duration(size))
	}
	return list
}

// testStorm: 5,000 events of 50 incidents, in batches of a hundred. That two
// environments come between each other's writes is tried by the ledger's suite
// and by testTwiceAtOnce.
func testStorm(t *testing.T, e *endToEnd) {
	const total, incidents, each = 5000, 50, 100
	s := newStage(t, e)
	s.env["LOG_LEVEL"] = "warn"
	s.User(home, "bob", allowAssume)
	for n := range incidents {
		s.Role(home, "/", "Role"+strconv.Itoa(n), trusting(awsworld.UserARN(home, "carol")), "")
	}
	s.function.Timeout = time.Minute
	events := make([][]byte, total)
	for n := range events {
		events[n] = denied(fmt.Sprintf("e-storm-%d", n), awsworld.UserARN(home, "bob"), awsworld.RoleARN(home, "Role"+strconv.Itoa(n%incidents)))
	}
	f := s.start()
	s.Forget()
	begun := time.Now()
	batches := 0
	for some := range slices.Chunk(events, each) {
		batches++
		if failed, err := failures(f.Invoke(batch(some...))); err != nil || len(failed) > 0 {
			t.Errorf("%v, %d to be done again", err, len(failed))
		}
	}
	took := time.Since(begun)
	e.note(s)
	count := s.Count("dynamodb")
	requests := 0
	for _, n := range count {
		requests += n
	}
	mail := len(s.mailed())
	t.Logf("%d events of %d incidents in %d batches: %s, %d by mail, %d posts, %d requests to DynamoDB (%.2f an event) %v",
		total, incidents, batches, took.Round(100*time.Millisecond), mail, len(s.slack.all()), requests, float64(requests)/total, count)
	if mail > 60 || mail < incidents || len(s.slack.all()) > 120 {
		t.Errorf("%d by mail, %d posts", mail, len(s.slack.all()))
	}
	if most := 2*total + incidents*batches; requests > most {
		t.Errorf("%d requests, want two an event and one an incident and batch, %d at most", requests, most)
	}
	if took > 5*time.Minute {
		t.Errorf("it took %s", took)
	}
	s.frozen = s.items()
	counted := 0
	for _, i := range s.incidents() {
		counted += i.Count
	}
	same(t, "counted", total, counted)
	same(t, "events", map[string]int{"done": total}, s.events())
	t.Logf("%.1f MB at most, %s of the processor", float64(f.Peak())/(1<<20), f.CPU().Round(time.Millisecond))
}
