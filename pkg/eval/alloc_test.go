//go:build !race

package eval_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
)

// The race detector allocates by itself, so these limits hold without it.
func TestAllocations(t *testing.T) {
	p, rs := benchCase(t).Policies, benchRequests()
	i := 0
	next := func() int { i++; return i % variants }
	if n := testing.AllocsPerRun(200, func() { eval.Decide(rs[next()], p) }); n > 4 {
		t.Errorf("Decide allocates %v times, at most 4", n)
	}
	if n := testing.AllocsPerRun(200, func() { eval.Explain(rs[next()], p) }); n > 16 {
		t.Errorf("Explain allocates %v times, at most 16", n)
	}
}
