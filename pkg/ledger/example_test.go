package ledger_test

import (
	"context"
	"fmt"
	"time"

	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/ledger/ledgertest"
	"github.com/assumewhy/assumewhy/pkg/ledger/memory"
)

// One batch of events: claimed, explained, counted, told, finished.
func Example() {
	ctx, now := context.Background(), time.Date(2026, 10, 14, 12, 0, 0, 0, time.UTC)
	l, err := ledger.New(memory.New(), ledger.DefaultRules)
	if err != nil {
		fmt.Println(err)
		return
	}
	var batch []ledger.Finding
	keys := []string{"event-1", "event-2", "event-1"}
	for i, c := range l.Claim(ctx, keys, "request-id-of-this-invocation", now) {
		fmt.Println(keys[i], c.State)
		if c.State == ledger.Mine { // here it is explained; ledger.FindingOf takes the report
			batch = append(batch, ledgertest.Finding(keys[i], "7f3a91c2d4e5f607", "trust.no_principal", now))
		}
	}
	outcomes, err := l.Record(ctx, batch, now)
	if err != nil {
		fmt.Println(err)
	}
	var told []int
	for _, o := range outcomes {
		fmt.Println(o.Action, o.Why, o.Incident.Count)
		if o.Action == ledger.Alert || o.Action == ledger.AlertAgain { // here it is delivered
			threads := map[string]string{"slack": "C1:100.1"}
			if err := l.Told(ctx, &o.Incident, threads, now); err != nil {
				fmt.Println(err)
			}
			told = append(told, o.Finding)
		}
	}
	if err := l.Finish(ctx, batch, told, now); err != nil {
		fmt.Println(err)
	}
	again := l.Claim(ctx, keys[:1], "another-invocation", now)
	fmt.Println(keys[0], again[0].State)
	// Output:
	// event-1 mine
	// event-2 mine
	// event-1 twin
	// alert new 2
	// event-1 done
}
