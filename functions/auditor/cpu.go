package main

import (
	"syscall"
	"time"
)

// cpuTime is the time of the processor that this process has used, its own and
// the kernel's on its behalf; zero where it cannot be told.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
