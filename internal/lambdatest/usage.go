package lambdatest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Measured says whether this machine tells CPU and memory of a process: Linux
// does, in /proc (proc_pid_status(5), and schedstat of the kernel's scheduler).
func Measured() bool {
	_, err := os.Stat("/proc/self/schedstat")
	return err == nil
}

// CPU is how long the process has been on a processor, its time in the kernel
// among it; 0 where it cannot be told. Threads that have ended are not counted;
// Go ends few.
func (e *Environment) CPU() time.Duration {
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", e.PID()))
	if err != nil {
		return 0
	}
	var all time.Duration
	for _, name := range threads {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has ended
		}
		first, _, _ := strings.Cut(string(text), " ")
		if n, err := strconv.ParseInt(first, 10, 64); err == nil {
			all += time.Duration(n)
		}
	}
	return all
}

// Peak is the most memory that the process has held at a time, in bytes
// (VmHWM), of one that was killed or stopped until then; 0 where it cannot be
// told, as of one that ended by itself.
func (e *Environment) Peak() int64 {
	e.mu.Lock()
	killed := e.peak
	e.mu.Unlock()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", e.PID()))
	if err != nil {
		return killed
	}
	for line := range strings.Lines(string(text)) {
		rest, ok := strings.CutPrefix(line, "VmHWM:")
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
		if err == nil {
			return n << 10
		}
	}
	return killed
}
