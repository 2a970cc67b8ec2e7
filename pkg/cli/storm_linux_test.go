package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// The storm of the benchmarks, and what one core may need for it. The time is
// that of the processor, more than twice what an idle machine needs: a busy one
// counts some of others' time as ours.
const (
	stormEvents   = 10000
	stormAccounts = 20
	stormRoles    = 2000
	stormCPU      = 8 * time.Second
	stormMemory   = 200 << 20
)

// usage is what a process took. Memory is the most that it held, in bytes.
type usage struct {
	wall, cpu time.Duration
	memory    int64
}

// explainFile runs the program as a process of its own on one core, with its
// answers in a file, and gives what it took and what it said at last.
func explainFile(t testing.TB, file, estate, format string) (usage, string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(filepath.Join(t.TempDir(), "answers"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = out.Close() }() // nobody reads it
	var stderr bytes.Buffer
	cmd := exec.Command(self)
	cmd.Args = []string{"assumewhy", "explain", file, "--estate", estate, "--format", format}
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	cmd.Stdout, cmd.Stderr = out, &stderr
	began := time.Now()
	_ = cmd.Run() // broken events make it fail; the caller looks at what it said
	u := usage{wall: time.Since(began)}
	r := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	u.cpu, u.memory = cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime(), r.Maxrss<<10
	return u, stderr.String()
}

// TestExplainTimeStorm: ten thousand events are explained in seconds, and what
// has been explained is forgotten. The formats run side by side.
func TestExplainTimeStorm(t *testing.T) {
	if raced() {
		t.Skip("the race detector takes several times as long")
	}
	estate := largeEstate(t, stormAccounts, stormRoles)
	file, broken := storm(t, stormEvents, stormAccounts, stormRoles)
	want := fmt.Sprintf("%d events: %d explained, %d not readable\n", stormEvents, stormEvents-broken, broken)
	for _, format := range []string{"text", "json"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			u, said := explainFile(t, file, estate, format)
			if !strings.HasSuffix(said, want) {
				t.Fatalf("said %q, want %q at the end", said, want)
			}
			t.Logf("%v of the processor and %d MiB", u.cpu, u.memory>>20)
			if u.cpu > stormCPU || u.memory > stormMemory {
				t.Errorf("%v of the processor and %d MiB, want at most %v and %d MiB", u.cpu, u.memory>>20, stormCPU, stormMemory>>20)
			}
		})
	}
}

func BenchmarkExplainStorm(b *testing.B) {
	estate := largeEstate(b, stormAccounts, stormRoles)
	file, _ := storm(b, stormEvents, stormAccounts, stormRoles)
	for _, format := range []string{"text", "json"} {
		b.Run(format, func(b *testing.B) {
			var last usage
			for b.Loop() {
				last, _ = explainFile(b, file, estate, format)
			}
			last.report(b)
		})
	}
}

func (u usage) report(b *testing.B) {
	b.ReportMetric(u.wall.Seconds(), "wall-s")
	b.ReportMetric(u.cpu.Seconds(), "cpu-s")
	b.ReportMetric(float64(u.memory>>20), "peak-MiB")
}

// The most that one event may take with an account file of 10 MB: half a
// second, and the file three times over beside what the program itself needs and spares.
const (
	fileCPU    = 500 * time.Millisecond
	fileMemory = 3*10<<20 + 40<<20 + spareHeap
)

// oneAccount writes an estate of one account whose file has about size bytes.
func oneAccount(t testing.TB, size int64) string {
	t.Helper()
	const perRole = 2840 // bytes that a role takes, about
	dir := largeEstate(t, 1, int(size/perRole))
	info, err := os.Stat(filepath.Join(dir, "accounts", accountIDs(1)[0], "authorization-details.json"))
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Size(); got < size*9/10 || got > size*11/10 {
		t.Fatalf("the file has %d bytes, want about %d", got, size)
	}
	return dir
}

// TestExplainTimeLargeFile: one event is explained against an account file of
// 10 MB as if it were nothing.
func TestExplainTimeLargeFile(t *testing.T) {
	if raced() {
		t.Skip("the race detector takes several times as long")
	}
	dir := oneAccount(t, 10_000_000)
	u, said := explainFile(t, sample(t, "02-trust-same-account.json"), dir, "text")
	if said != "" {
		t.Fatal(said)
	}
	if u.cpu > fileCPU || u.memory > fileMemory {
		t.Errorf("%v of the processor and %d MiB, want at most %v and %d MiB", u.cpu, u.memory>>20, fileCPU, fileMemory>>20)
	}
}

func BenchmarkExplainLargeFile(b *testing.B) {
	for _, size := range []int64{10_000_000, 200_000_000} {
		b.Run(fmt.Sprintf("%dMB", size/1_000_000), func(b *testing.B) {
			dir := oneAccount(b, size)
			var last usage
			for b.Loop() {
				var said string
				if last, said = explainFile(b, sample(b, "02-trust-same-account.json"), dir, "text"); said != "" {
					b.Fatal(said)
				}
			}
			last.report(b)
		})
	}
}
