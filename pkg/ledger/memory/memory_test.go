package memory

import (
	"fmt"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/ledgertest"
)

func TestStore(t *testing.T) {
	ledgertest.Run(t, func(*testing.T) (ledger.Store, ledger.Store) {
		s := New()
		return s, s
	})
}

// TestSweep: what has expired does not stay.
func TestSweep(t *testing.T) {
	s := New()
	for n := range 3 * sweepEvery {
		now := ledgertest.Noon.Add(time.Duration(n) * time.Second)
		_, err := s.Claim(t.Context(), ledger.Attempt{Key: fmt.Sprint(n), Token: "t", Now: now, Until: now, Expires: now.Add(time.Second)})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(s.events) > sweepEvery {
		t.Errorf("%d events are kept", len(s.events))
	}
}
