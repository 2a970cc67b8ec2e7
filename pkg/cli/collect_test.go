package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
)

// TestCollectInterrupted: one line says so, none speaks of an estate.json that
// there is not, and the earlier estate is as it was.
func TestCollectInterrupted(t *testing.T) {
	s, _ := live(t)
	dir := filepath.Join(t.TempDir(), "estate")
	if status, _, stderr := run(t, nil, "collect", "--out", dir); status != ok {
		t.Fatal(stderr)
	}
	manifest := filepath.Join(dir, "estate.json")
	before, err := os.ReadFile(manifest)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	s.Answer(awsproxy.On("iam:GetAccountAuthorizationDetails", "", func(awsproxy.Call) *awsproxy.Answer {
		cancel()
		return &awsproxy.Answer{Delay: time.Minute}
	}))
	var stderr bytes.Buffer
	p := &program{Surroundings: Surroundings{Stderr: &stderr, Now: time.Now}}
	for _, out := range []string{dir, filepath.Join(t.TempDir(), "new")} {
		err := p.collect(ctx, out, nil, &readerFlags{})
		if err == nil || err.Error() != "interrupted: nothing was written to "+out+": run it again" {
			t.Errorf("%v", err)
		}
	}
	if strings.Contains(stderr.String(), "estate.json") {
		t.Error(stderr.String())
	}
	if after, err := os.ReadFile(manifest); err != nil || !bytes.Equal(before, after) {
		t.Errorf("%v: %s", err, after)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

// TestCollectUnwritable: that nothing can be written is told before AWS is asked.
func TestCollectUnwritable(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(file, "estate")
	status, _, stderr := run(t, nil, "collect", "--out", out)
	if want := "assumewhy: writing estate " + out + ": not a directory: name a directory that you can write to\n"; status != failed || stderr != want {
		t.Errorf("status %d %s", status, stderr)
	}
}
