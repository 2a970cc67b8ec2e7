package cli

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// limit is how long the explanation of one event may take as a whole process.
const limit = 50 * time.Millisecond

// scene is one event explained against one estate.
type scene struct{ name, event, estate string }

func scenes(t testing.TB) []scene {
	alone, across := sample(t, "02-trust-same-account.json"), sample(t, "01-trust-names-carol.json")
	return []scene{
		{"sample estate", across, filepath.Join(folder(t, "events"), "estate")},
		{"2000 roles in 20 accounts", across, largeEstate(t, 20, 2000)},
		{"2000 roles in one account", alone, largeEstate(t, 1, 2000)},
	}
}

// explainOnce runs the program as a process of its own and gives what it took.
func explainOnce(t testing.TB, s scene) time.Duration {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Args = []string{"assumewhy", "explain", s.event, "--estate", s.estate}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	err = cmd.Run()
	took := time.Since(began)
	if err != nil || !bytes.Contains(out.Bytes(), []byte("trust.no_principal")) {
		t.Fatalf("%s: %v\n%s", s.name, err, out.Bytes())
	}
	return took
}

// A person who waits does not notice. The fastest of several runs is held to
// the limit, so that a busy machine is no fault of ours.
func TestExplainTime(t *testing.T) {
	if raced() {
		t.Skip("the race detector takes several times as long")
	}
	for _, s := range scenes(t) {
		least := time.Hour
		for range 15 {
			if least = min(least, explainOnce(t, s)); least < limit/2 {
				break
			}
		}
		if least > limit {
			t.Errorf("%s: %v at best, want at most %v", s.name, least, limit)
		}
	}
}

// raced tells whether this is a build with the race detector.
func raced() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}

func BenchmarkExplainProcess(b *testing.B) {
	for _, s := range scenes(b) {
		b.Run(s.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				took = append(took, explainOnce(b, s))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median-ms")
		})
	}
}
