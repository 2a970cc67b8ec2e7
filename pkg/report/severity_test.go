package report

import "testing"

func TestSeverity(t *testing.T) {
	for _, test := range []struct {
		want string
		r    Report
	}{
		{"low", Report{Verdict: "not_a_policy_denial"}},
		{"low", Report{Verdict: "allowed_now"}},
		{"medium", Report{Verdict: "denied"}},
		{"medium", Report{Verdict: "undetermined", Layers: []Layer{{Explicit: true, Result: "unknown"}}}},
		{"high", Report{Verdict: "denied", Layers: []Layer{{Explicit: true, Result: "denies"}}}},
		{"high", Report{
			Verdict: "denied", Caller: Caller{Account: "111122223333"},
			Accounts: map[string]Account{"111122223333": {Outside: true}},
		}},
	} {
		if got := test.r.Severity(); got != test.want {
			t.Errorf("%+v: %s, want %s", test.r, got, test.want)
		}
	}
}
