//go:build unix

package files

import (
	"syscall"
	"testing"
)

// A pipe that nobody writes into is not waited for.
func TestPipe(t *testing.T) {
	fileProblem(t, func(p string) error { return syscall.Mkfifo(p, 0o600) }, "is no regular file")
}
