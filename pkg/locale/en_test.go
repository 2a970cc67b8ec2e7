package locale

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// tooMuch are the traces of a sentence that was put together badly, or that
// does not speak as this program does.
var tooMuch = []string{"%!", "  ", " ,", ",,", "()", "..", "!", "administrator", ": ."}

func checkSentence(t *testing.T, what, s string) {
	t.Helper()
	if s == "" {
		t.Errorf("%s: nothing is said", what)
		return
	}
	for _, bad := range tooMuch {
		if strings.Contains(s, bad) {
			t.Errorf("%s: %q in %q", what, bad, s)
		}
	}
	if strings.TrimSpace(s) != s || !strings.HasSuffix(s, ".") {
		t.Errorf("%s: does not end as a sentence: %q", what, s)
	}
	if word, _, _ := strings.Cut(s, " "); strings.Contains(word, "@") {
		return
	}
	if first := s[:1]; strings.ToUpper(first) != first && !strings.HasPrefix(s, "sts:") && !strings.HasPrefix(s, "aws:") {
		t.Errorf("%s: does not begin with a capital: %q", what, s)
	}
}

func checkHeadline(t *testing.T, about string, h *Headline) {
	t.Helper()
	what, next := english.Headline(h)
	checkSentence(t, about+" headline", what)
	checkSentence(t, about+" next", next)
}

// conditions are the shapes in which a condition may reach a sentence.
var conditions = map[string]func(*Cause){
	"none":      func(*Cause) {},
	"absent":    cond("StringEquals", "aws:PrincipalTag/team", "absent", []string{"blue"}, nil),
	"present":   cond("ForAnyValue:StringLikeIfExists", "aws:SourceVpc", "present", []string{"a*", "b", "c", "d"}, []string{"x", "y"}),
	"unknown":   cond("Null", "sts:ExternalId", "unknown", []string{"true"}, nil),
	"any":       cond("NumericLessThan", "aws:MultiFactorAuthAge", "present_unknown", []string{"3600"}, nil),
	"odd":       cond("StringSortOf", "aws:CurrentTime", "present", nil, []string{""}),
	"forAll":    cond("ForAllValues:StringNotEquals", "aws:TagKeys", "present", []string{"a", "b"}, nil),
	"null":      cond("Null", "aws:TokenIssueTime", "absent", []string{"false"}, nil),
	"otherCase": cond("ipaddress", "AWS:sourceip", "absent", []string{"192.0.2.0/24"}, nil),
}

func TestEverySentenceOfEveryCode(t *testing.T) {
	callers := []Principal{
		bob, alice,
		{},
		{Kind: "root", Account: dev},
		{Kind: "service", Name: "lambda.amazonaws.com"},
		{Kind: "oidc", Name: "repo:example/app:ref:refs/heads/main", Role: "arn:aws:iam::320000000031:oidc-provider/token.actions.githubusercontent.com"},
		{Kind: "federated", Name: "dave", Account: dev},
		{Kind: "session", Role: "Runner"},
	}
	grades := []func(*Cause){func(*Cause) {}, likely("elimination"), likely("default"), likely("message"), likely("conflict"), likely("record"), likely(""), possible}
	n := 0
	for _, code := range english.Codes() {
		for name, condition := range conditions {
			for _, grade := range grades {
				for _, deny := range []bool{false, true} {
					n++
					c := causeOf(code, condition, grade, by(callers[n%len(callers)]))
					c.Explicit = deny
					c.Primary, c.Simulated = n%2 == 0, n%5 == 0
					c.Workload, c.NoEstate = n%7 == 0, n%11 == 0
					if n%3 == 0 {
						c.Role, c.Of = Target{}, Account{}
					}
					what := code + " " + name + " " + c.Certainty
					checkSentence(t, what, english.Because(c))
					checkHeadline(t, what, &Headline{Call: c.Call, Verdict: "denied", Primary: c, Others: others(c.Call, n%3)})
				}
			}
		}
	}
}

func TestEveryKindOfDetail(t *testing.T) {
	kinds := []string{
		"account", "path", "name", "case", "pattern", "partition", "spelling", "sso_suffix", "other_principal",
		"console", "white_space", "missing", "other_value", "endpoint", "variable", "global_endpoint", "session_arn",
		"repo", "branch", "environment", "pull_request", "namespace", "service_account", "immutable_id",
		"provider_missing", "audience", "expired", "signature", "chaining", "user", "assumed_role", "group", "policy",
		"instance_profile", "root", "federated_user", "other", "permission_set", "pod_role", "recreated", "deleted",
		"trust", "identity", "boundary", "session", "scp", "rcp", "vpce", "cut", "no_resource", "pod_identity",
		"tag", "organization", "project", "workspace", "run_phase", "wildcard", "scheme", "condition_key", "no_key",
		"unreachable", "rejected", "code", "serial", "invalid", "clock", "role_arn", "session_name", "external_id",
		"duration", "packed_size", "session_policy", "source_identity", "inherited", "layer_unknown",
	}
	for _, code := range english.Codes() {
		for _, kind := range kinds {
			c := causeOf(code, detail(kind, "arn:aws:iam::320000000031:role/Deploy", "arn:aws:iam::320000000031:role/Deploy", deployer.ARN))
			checkSentence(t, code+" "+kind, english.Because(c))
			checkHeadline(t, code+" "+kind, &Headline{Call: c.Call, Primary: c})
		}
	}
}

func TestEveryPolicyHasItsName(t *testing.T) {
	for layer, want := range map[string]string{
		"identity": "Policy P of user bob", "boundary": "Permissions boundary P of user bob",
		"session": "The session policy of bob", "scp": "SCP P, attached to OU ou-ab12-11111111,",
		"rcp": "RCP P, attached to OU ou-ab12-11111111,", "vpce": "The policy of VPC endpoint ou-ab12-11111111",
		"trust": "The role's trust policy",
	} {
		got := english.Because(causeOf(layer+".explicit_deny", inPolicy(layer, "P", "ou-ab12-11111111")))
		if !strings.HasPrefix(got, want) {
			t.Errorf("%s: got %q, want it to begin with %q", layer, got, want)
		}
	}
}

func TestEveryGap(t *testing.T) {
	gaps := []Gap{
		{Call: bobs},
		{Call: bobs, Alone: true, Layer: "scp"},
		{Call: Call{Caller: Principal{Kind: "session", Role: "Runner", Name: "i-0123456789abcdef0"}, Workload: true}},
		{Call: Call{Caller: alice, Role: deployer, Simulated: true}, Key: "sts:TagSession"},
		{Call: Call{Caller: alice, Role: deployer, NoEstate: true}, Of: prod, Layer: "rcp"},
		{Call: bobs, Of: Account{ID: "990000000099", Outside: true}, Layer: "rcp"},
		{},
		{Call: bobs, Of: prod, Subject: "arn:aws:iam::320000000031:role/Deployer", Key: "sts:TagSession", Permission: "iam:GetRole"},
		{Call: bobs, Key: "aws:SourceIp", Permission: "iam:GetRole"},
		{Call: Call{Caller: alice, Role: deployer}, Key: "sts:SetSourceIdentity", Subject: "Deployer"},
		{Call: Call{Caller: alice, Role: deployer}, Key: "sts:SetContext"},
	}
	for _, code := range append(english.GapCodes(), "a code of a later version") {
		for _, g := range gaps {
			g.Code = code
			what, settle := english.Gap(&g)
			checkSentence(t, code, what)
			checkSentence(t, code+" settle", settle)
			checkHeadline(t, code, &Headline{Call: g.Call, Verdict: "undetermined", Gap: &g})
		}
	}
}

// TestPossibleSaysIf: a cause that is only possible never sounds sure, and one
// that is likely says so.
func TestCertaintyInWords(t *testing.T) {
	for _, code := range english.Codes() {
		if s := enSayings[code]; s.closing != nil {
			continue
		}
		for certainty, want := range map[string]string{
			"proved": "This denies the call.", "likely": "This most likely denies the call", "possible": "This denies the call if ",
		} {
			c := causeOf(code, conditions["present"])
			c.Certainty = certainty
			if got := english.Because(c); !strings.Contains(got, want) {
				t.Errorf("%s %s: %q does not say %q", code, certainty, got, want)
			}
		}
	}
}

func TestUnknownCodeIsTold(t *testing.T) {
	got := english.Because(causeOf("trust.of_tomorrow"))
	want := "The role's trust policy denies the call (trust.of_tomorrow). This denies the call."
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
