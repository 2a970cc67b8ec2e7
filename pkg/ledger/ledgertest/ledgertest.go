// Package ledgertest is what every store of the ledger must do: one suite, run
// against each of them. It is for tests alone.
package ledgertest

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/ledger"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// Noon is the moment at which the tests begin.
var Noon = time.Date(2026, 10, 14, 12, 0, 0, 0, time.UTC)

// Run runs the suite. open gives two views of one store that is empty: two
// environments of one deployment.
func Run(t *testing.T, open func(t *testing.T) (one, two ledger.Store)) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, ledger.Store, ledger.Store)
	}{
		{"claim", claim},
		{"lease", lease},
		{"release", release},
		{"finish", finish},
		{"claims at once", claimsAtOnce},
		{"change", change},
		{"changes at once", changesAtOnce},
		{"change of nothing", changeOfNothing},
		{"forgotten", forgotten},
		{"report", keptReport},
		{"recent", recent},
		{"suppressions", suppressions},
		{"alerts at once", alertsAtOnce},
		{"storm", storm},
		{"storm at once", stormAtOnce},
		{"crash", crash},
		{"unsaid", unsaid},
		{"unsaid behind others", unsaidBehindOthers},
		{"unsaid to the end", unsaidToTheEnd},
		{"unsaid without a report", unsaidWithoutReport},
		{"a report outlives its incident", reportOutlives},
		{"suppressed", suppressed},
	} {
		t.Run(strings.ReplaceAll(test.name, " ", "_"), func(t *testing.T) {
			one, two := open(t)
			test.run(t, one, two)
		})
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func attempt(key, token string, now time.Time) ledger.Attempt {
	return ledger.Attempt{Key: key, Token: token, Now: now, Until: now.Add(time.Minute), Expires: now.Add(time.Hour)}
}

// state claims and gives the answer's state.
func state(t *testing.T, s ledger.Store, a ledger.Attempt) string {
	t.Helper()
	c, err := s.Claim(t.Context(), a)
	must(t, err)
	return c.State.String()
}

// Finding is one call of an incident that was denied for a reason.
func Finding(key, incident, code string, at time.Time) ledger.Finding {
	r := &report.Report{
		Schema: report.Schema, Incident: incident, Fingerprint: incident + "/" + code, Verdict: "denied",
		Event:  report.Event{ID: key, Time: at.UTC().Format(time.RFC3339)},
		Caller: report.Caller{ARN: "arn:aws:iam::111122223333:user/bob", Account: "111122223333"},
		Role:   report.Role{ARN: "arn:aws:iam::444455556666:role/Deployer", Account: "444455556666"},
		Causes: []report.Cause{{Code: code, Layer: strings.SplitN(code, ".", 2)[0], Certainty: "proved", Primary: true}},
	}
	return ledger.FindingOf(key, r)
}
