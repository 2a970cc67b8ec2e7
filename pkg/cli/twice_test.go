package cli

import (
	"strconv"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// consoleReport is a report of one of the console's two records.
func consoleReport(name, ip, incident, at, headline string) *report.Report {
	return &report.Report{Event: report.Event{Name: name, SourceIP: ip, Time: at}, Incident: incident, Headline: headline}
}

// TestTwice: what both records of a failed switch in the console say is told
// once, whichever comes first, and no attempt is taken for another.
func TestTwice(t *testing.T) {
	const internal = "AWS Internal"
	call := func(at, headline string) *report.Report {
		return consoleReport("AssumeRole", internal, "a1", at, headline)
	}
	own := func(at, headline string) *report.Report {
		return consoleReport("SwitchRole", "203.0.113.9", "a1", at, headline)
	}
	const first, second, later = "2026-10-14T09:41:07Z", "2026-10-14T09:41:08Z", "2026-10-14T09:43:00Z"
	for name, test := range map[string]struct {
		list []*report.Report
		want []bool
	}{
		"pair":             {[]*report.Report{call(first, "x"), own(second, "x")}, []bool{false, true}},
		"console first":    {[]*report.Report{own(first, "x"), call(second, "x")}, []bool{false, true}},
		"says more":        {[]*report.Report{call(first, "x"), own(second, "x from here")}, []bool{false, false}},
		"two attempts":     {[]*report.Report{call(first, "x"), own(first, "x"), call(second, "x"), own(second, "x")}, []bool{false, true, false, true}},
		"same kind":        {[]*report.Report{call(first, "x"), call(second, "x")}, []bool{false, false}},
		"too late":         {[]*report.Report{call(first, "x"), own(later, "x")}, []bool{false, false}},
		"no time":          {[]*report.Report{call("", "x"), own("", "x")}, []bool{false, false}},
		"another incident": {[]*report.Report{call(first, "x"), consoleReport("SwitchRole", "", "b2", second, "x")}, []bool{false, false}},
		"not the console":  {[]*report.Report{consoleReport("AssumeRole", "203.0.113.9", "a1", first, "x"), own(second, "x")}, []bool{false, false}},
	} {
		t.Run(name, func(t *testing.T) {
			var known twice
			for i, r := range test.list {
				if got := known.told(r); got != test.want[i] {
					t.Errorf("record %d: got %v", i, got)
				}
			}
		})
	}
}

// TestTwiceForgets: what waits for its other half is bounded.
func TestTwiceForgets(t *testing.T) {
	var known twice
	for i := range 3 * mostPending {
		known.told(consoleReport("SwitchRole", "", strconv.Itoa(i+1), "2026-10-14T09:41:07Z", "x"))
	}
	if len(known.pending) != mostPending {
		t.Errorf("%d wait", len(known.pending))
	}
}
