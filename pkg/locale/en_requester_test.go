package locale

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// askedBob is bob, who is not trusted by a role of another account of ours.
func askedBob() *Asked {
	return &Asked{
		Caller: dev, Name: "bob", Role: "Deployer", In: Account{ID: "444455556666", Name: "prod"}, Owner: "team-platform", At: "09:26",
		Verdict: "denied", Code: "trust.no_principal", Layer: "trust", Certain: "proved", Acts: "role_account",
		Of: Account{ID: "444455556666", Name: "prod"}, Incident: "7f3a91c2",
	}
}

func TestAnswer(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Asked)
		want   Answer
	}{
		{"not trusted", func(*Asked) {}, Answer{
			What: "You could not switch to role Deployer in prod (444455556666) at 09:26 UTC.",
			Why:  "The role's trust policy does not trust you (bob).",
			Do:   "If you should have this access, forward this message to the owner of the role (team-platform).",
			They: "They need to add you to the role's trust policy. The incident number 7f3a91c2 finds the report, which says exactly what.",
		}},
		{"a change is ready", func(a *Asked) { a.Mended, a.Owner = true, "" }, Answer{
			What: "You could not switch to role Deployer in prod (444455556666) at 09:26 UTC.",
			Why:  "The role's trust policy does not trust you (bob).",
			Do:   "If you should have this access, forward this message to the owner of the role.",
			They: "They need to add you to the role's trust policy. The incident number 7f3a91c2 finds the report, in which the change is ready.",
		}},
		{"MFA, likely", func(a *Asked) { a.Code, a.Certain, a.Incident = "trust.mfa_missing", "likely", "" }, Answer{
			What: "You could not switch to role Deployer in prod (444455556666) at 09:26 UTC.",
			Why:  "The role wants a sign-in with MFA, and this one probably had none. This is the most likely reason.",
			Do:   "Sign in with MFA, then try again. If that does not help and you should have this access, forward this message to the owner of the role (team-platform).",
			They: "They need to change the role's trust policy.",
		}},
		{"the caller's own permissions, a foreign role", func(a *Asked) {
			a.Foreign, a.Code, a.Layer, a.Acts, a.Of, a.Owner = true, "identity.no_allow", "identity", "caller_account", dev, ""
		}, Answer{
			What: "You could not switch to the role that you asked for in account 444455556666 at 09:26 UTC.",
			Why:  "Your own permissions do not let you (bob) do this.",
			Do:   "If you should have this access, forward this message to whoever manages permissions in dev (210000000029).",
			They: "They need to change your permissions. The incident number 7f3a91c2 finds the report, which says exactly what.",
		}},
		{"a foreign role", func(a *Asked) { a.Foreign = true }, Answer{
			What: "You could not switch to the role that you asked for in account 444455556666 at 09:26 UTC.",
			Do:   "If you should have this access, ask the owner of that account: they have to look.",
		}},
		{"not known why", func(a *Asked) {
			a.Code, a.Layer, a.Certain, a.Verdict = "evidence.unreadable", "evidence", "possible", "undetermined"
		}, Answer{
			What: "You could not switch to role Deployer in prod (444455556666) at 09:26 UTC.",
			Why:  "Why is not known yet: not everything that decides could be read.",
			Do:   "If you should have this access, forward this message to your security team.",
			They: "The incident number 7f3a91c2 finds the report.",
		}},
		{"an explicit deny", func(a *Asked) { a.Code, a.Explicit, a.Owner, a.Incident = "trust.explicit_deny", true, "", "" }, Answer{
			What: "You could not switch to role Deployer in prod (444455556666) at 09:26 UTC.",
			Why:  "The role's trust policy forbids you (bob) to assume it.",
			Do:   "If you should have this access, forward this message to the owner of the role.",
			They: "They need to change the role's trust policy.",
		}},
		{"throttled", func(a *Asked) { a.Code, a.Layer, a.Acts, a.At = "platform.throttled", "platform", "caller", "" }, Answer{
			What: "You could not switch to role Deployer in prod (444455556666).",
			Why:  "Too many calls were made in a short time.",
			Do:   "Try again after a pause.",
			They: "The incident number 7f3a91c2 finds the report.",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := askedBob()
			tt.change(a)
			if diff := cmp.Diff(tt.want, english.Answer(a)); diff != "" {
				t.Errorf("answer (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnswerForeign: of a role that is not known to be of the organization no
// code, certainty or owner makes a word but that its owner has to look, unless
// the caller's own side is proved to deny.
func TestAnswerForeign(t *testing.T) {
	plain := askedBob()
	plain.Foreign = true
	want := english.Answer(plain)
	for _, code := range append(english.Codes(), "later.code", "") {
		layer, _, _ := strings.Cut(code, ".")
		if layer == "companion" {
			layer = "trust"
		}
		for _, certain := range []string{"proved", "likely", "possible", ""} {
			for _, acts := range []string{"caller", "caller_account", "role_account", "organization", "endpoint_owner", "identity_provider", ""} {
				a := askedBob()
				a.Foreign, a.Code, a.Layer, a.Certain, a.Acts = true, code, layer, certain, acts
				got := english.Answer(a)
				if callerOwn(layer) && certain == "proved" {
					text := strings.Join([]string{got.What, got.Why, got.Do, got.They}, " ")
					if strings.Contains(text, "Deployer") || strings.Contains(text, "team-platform") || strings.Contains(text, "role's") {
						t.Errorf("%s, %s: %s", code, acts, text)
					}
					continue
				}
				if got != want {
					t.Errorf("%s, %s, %s: %+v", code, certain, acts, got)
				}
			}
		}
	}
}

// TestAnswerCodes: the words by code are for codes that there are, and every
// code has an answer in whole sentences.
func TestAnswerCodes(t *testing.T) {
	codes := english.Codes()
	for code, m := range enMine {
		if !slices.Contains(codes, code) {
			t.Errorf("%s is no code", code)
		}
		if m == (mine{}) {
			t.Errorf("%s has no words", code)
		}
	}
	for code := range enPlain {
		if !slices.Contains(codes, code) {
			t.Errorf("%s is no code", code)
		}
	}
	for _, code := range codes {
		a := askedBob()
		a.Code = code
		a.Layer, _, _ = strings.Cut(code, ".")
		got := english.Answer(a)
		for _, s := range []string{got.What, got.Why, got.Do, got.They} {
			if s != "" && (!strings.HasSuffix(s, ".") || strings.Contains(s, "  ") || strings.Contains(s, "()")) {
				t.Errorf("%s: %q", code, s)
			}
		}
		if got.What == "" || got.Do == "" {
			t.Errorf("%s: %+v", code, got)
		}
	}
}

// TestAnswerGraded: what is only likely or possible is never said as what is
// known, whatever the code and layer, and a name changes nothing of that.
func TestAnswerGraded(t *testing.T) {
	doubtful := map[string][]string{"likely": {"probably", "Probably"}, "possible": {"may ", "perhaps", "Perhaps"}}
	for _, code := range english.Codes() {
		layer, _, _ := strings.Cut(code, ".")
		for _, layer := range []string{layer, "identity", "boundary", "session", "scp", "rcp", "vpce", "trust"} {
			for certain, words := range doubtful {
				a := askedBob()
				a.Code, a.Layer, a.Certain = code, layer, certain
				a.Name, a.In.Name = "[x|YOU", "[x|" // none of our own signs
				got := english.Answer(a)
				said := slices.ContainsFunc(words, func(s string) bool { return strings.Contains(got.Why, s) })
				if open := strings.HasPrefix(got.Why, "Why is not known yet") || code == "evidence.contradiction"; !said && !open {
					t.Errorf("%s, %s, %s: %q", code, layer, certain, got.Why)
				}
				a.Certain = "proved"
				if sure := english.Answer(a).Why; strings.Contains(sure, "robably") || strings.Contains(sure, "erhaps") {
					t.Errorf("%s, %s: %q", code, layer, sure)
				}
			}
		}
	}
}
