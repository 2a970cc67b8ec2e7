package report

import (
	"reflect"
	"strings"
	"testing"
)

// between is a denial between two accounts of ours.
func between() *Report {
	return &Report{
		Lang: "en", Verdict: "denied", Incident: "7f3a91c2d4e5f607",
		Event:    Event{Name: "AssumeRole", Time: "2026-10-14T09:26:53Z", Account: "111122223333"},
		Accounts: map[string]Account{"111122223333": {Name: "dev"}, "444455556666": {Name: "prod"}},
		Caller:   Caller{Type: "IAMUser", ARN: "arn:aws:iam::111122223333:user/bob", Account: "111122223333"},
		Role:     Role{ARN: "arn:aws:iam::444455556666:role/Deployer", Account: "444455556666", Exists: "yes", OwnerName: "team-platform"},
		Causes:   []Cause{{Code: "trust.no_principal", Primary: true, Certainty: "proved", Layer: "trust", Owner: "role_account", Account: "444455556666"}},
	}
}

// requesterText is all that the requester is told, empty where nothing.
func requesterText(r *Report) string {
	a, ok := r.ForRequester()
	if !ok {
		return ""
	}
	return strings.Join([]string{a.What, a.Why, a.Do, a.They}, " ")
}

func TestForRequester(t *testing.T) {
	const whole, nothing, foreign = "does not trust you (bob)", "", "ask the owner of that account"
	tests := []struct {
		name   string
		change func(*Report)
		want   string
	}{
		{"ours", func(*Report) {}, whole},
		{"an unknown language", func(r *Report) { r.Lang = "tlh" }, whole},
		{"a simulation", func(r *Report) { r.Event.Name = Simulate }, nothing},
		{"caller outside", func(r *Report) { r.Accounts["111122223333"] = Account{Outside: true} }, nothing},
		{"caller outside, and the event is from there", func(r *Report) {
			r.Accounts["111122223333"] = Account{Name: "dev", Outside: true}
		}, nothing},
		{"caller of an account that nobody knows", func(r *Report) {
			r.Event.Account, r.Accounts["111122223333"] = "444455556666", Account{}
		}, nothing},
		{"caller of the account that the event is from", func(r *Report) { r.Accounts["111122223333"] = Account{} }, whole},
		{"caller without an account", func(r *Report) { r.Caller.Account = "" }, nothing},
		{"a service", func(r *Report) { r.Caller.Type = "AWSService" }, nothing},
		{"a web identity", func(r *Report) { r.Caller.Type = "WebIdentityUser" }, nothing},
		{"somebody of another account", func(r *Report) { r.Caller.Type = "AWSAccount" }, nothing},
		{"a kind that is not known", func(r *Report) { r.Caller.Type = "Later" }, nothing},
		{"a SAML user whose assertion was refused", func(r *Report) {
			r.Caller.Type, r.Causes[0].Code = "SAMLUser", "platform.identity_token"
		}, nothing},
		{"a SAML user", func(r *Report) {
			r.Caller = Caller{Type: "SAMLUser", ARN: "arn:aws:iam::444455556666:saml-provider/idp", PrincipalID: "hash:bob"}
		}, whole},
		{"role outside", func(r *Report) { r.Accounts["444455556666"] = Account{Outside: true} }, foreign},
		{"role of an account that nobody knows", func(r *Report) {
			r.Accounts["444455556666"], r.Role.Exists = Account{}, "unknown"
		}, foreign},
		{"role that could be read", func(r *Report) { r.Accounts["444455556666"] = Account{} }, whole},
		{"no role", func(r *Report) { r.Role = Role{} }, "ask the owner of the role: they have to look."},
		{"no cause", func(r *Report) { r.Causes, r.Verdict = nil, "undetermined" }, "Why is not known yet"},
		{"allowed by now", func(r *Report) { r.Causes, r.Verdict = nil, "allowed_now" }, "Today's policies allow it."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := between()
			tt.change(r)
			got := requesterText(r)
			if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
				t.Errorf("told %q, want %q", got, tt.want)
			}
			if tt.want == foreign && (strings.Contains(got, "Deployer") || strings.Contains(got, "team-platform") || strings.Contains(got, "trust")) {
				t.Errorf("told of a role outside: %q", got)
			}
		})
	}
}

// TestForRequesterKeeps: whatever stands in the fields that hold policies, what
// they want and who is trusted, none of it is told, nor is a name of another
// report's sentence.
func TestForRequesterKeeps(t *testing.T) {
	const canary = "canary"
	for _, code := range []string{"trust.no_principal", "trust.external_id_mismatch", "scp.region_deny", "identity.no_allow", "role.not_found", "caller.wrong_identity", "evidence.unreadable", "later.code"} {
		r := between()
		layer, _, _ := strings.Cut(code, ".")
		r.Headline, r.Next = canary, canary
		c := Cause{Code: code, Primary: true, Certainty: "proved", Layer: layer, Owner: "role_account", Account: "444455556666"}
		c.Because, c.Evidence = canary, []Evidence{{"estate:trusts", "arn:aws:iam::111122223333:user/canary"}, {"estate:would", "arn:aws:iam::111122223333:user/canary"}, {"estate:level", "ou-1 canary"}}
		for _, v := range []any{&c.Detail, &c.Policy, &c.Statement, &c.Quote, &c.Condition} {
			fillText(reflect.ValueOf(v).Elem(), canary)
		}
		r.Causes = []Cause{c, c}
		r.Layers = []Layer{{Policy: c.Policy, Statement: c.Statement, Target: canary}}
		r.Gaps = []Gap{{Code: canary, Subject: canary, Key: canary, What: canary, Settle: canary}}
		r.Remedies = []Remedy{{Title: canary, OwnerName: canary, Risk: canary, Verified: true, Sufficient: true}}
		r.Changes, r.AWSSays.Message = []Change{{Actor: canary, What: canary}}, canary
		if got := requesterText(r); got == "" || strings.Contains(got, canary) {
			t.Errorf("%s: told %q", code, got)
		}
	}
}

// fillText puts a text into every string below v.
func fillText(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Struct:
		for i := range v.NumField() {
			fillText(v.Field(i), s)
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.String {
			v.Set(reflect.ValueOf([]string{s, s}))
		}
	default:
	}
}
