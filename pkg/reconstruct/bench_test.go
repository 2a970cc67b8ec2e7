package reconstruct_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// BenchmarkRequest makes the whole question of a record: every condition key
// with its origin, from the event and the estate.
func BenchmarkRequest(b *testing.B) {
	e := whole(b)
	for _, caller := range []string{"user", "sso", "oidc"} {
		if _, ok := callers[caller]; !ok {
			b.Fatalf("no caller %q", caller)
		}
		rec := call(b, caller, nil)
		b.Run(caller, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				reconstruct.Request(reconstruct.SubjectOf(rec), e, nil)
			}
		})
	}
}
