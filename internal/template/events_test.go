package template

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const auditorARN = "arn:aws:iam::111122223333:role/assumewhy-auditor"

// event is one event as EventBridge has it, and whether the rules must see it.
type event struct {
	name   string
	body   map[string]any
	denied bool // with Failures=denied
	failed bool // with Failures=all
}

// envelope wraps a bare CloudTrail record as EventBridge does.
func envelope(t *testing.T, name string, raw []byte) []map[string]any {
	t.Helper()
	var one any
	if err := json.Unmarshal(raw, &one); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	records := list(one)
	if records == nil {
		records = list(At(one, "Records"))
	}
	if records == nil {
		records = []any{one}
	}
	var out []map[string]any
	for _, r := range records {
		m := r.(map[string]any)
		if m["detail"] != nil {
			out = append(out, m)
			continue
		}
		service, _, _ := strings.Cut(word(m["eventSource"]), ".")
		kind := "AWS API Call via CloudTrail"
		if service == "signin" {
			kind = "AWS Console Sign In via CloudTrail"
		}
		out = append(out, map[string]any{
			"version": "0", "id": "x", "detail-type": kind, "source": "aws." + service, "account": m["recipientAccountId"],
			"time": m["eventTime"], "region": m["awsRegion"], "resources": []any{}, "detail": m,
		})
	}
	return out
}

// ours are the repository's sample events: each is a denied or failed switch.
func ours(t *testing.T) []event {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(Root(), "events", "[0-9]*.json"))
	if err != nil || len(names) < 60 {
		t.Fatalf("%d sample events, %v", len(names), err)
	}
	var out []event
	for _, name := range append(names, filepath.Join(Root(), "deploy", "test-event.json")) {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, event{filepath.Base(name), envelope(t, name, raw)[0], true, true})
	}
	return out
}

// theirs are other people's records, where they are at hand: what they are is in
// their names, save for a sequence, in which it is in the records.
func theirs(t *testing.T) []event {
	t.Helper()
	corpus := os.Getenv("ASSUMEWHY_CORPUS")
	if corpus == "" {
		Missing(t, "no ASSUMEWHY_CORPUS, the folder with samples/")
	}
	names, err := filepath.Glob(filepath.Join(corpus, "samples", "events", "*.json"))
	if err != nil || len(names) < 60 {
		t.Fatalf("%d samples, %v", len(names), err)
	}
	var out []event
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		base := filepath.Base(name)
		is := event{name: base}
		for _, p := range []string{"SYN-denied", "SYN-samldenied", "SYN-switchrole-failure", "SYN-webidentity-denied", "assumerole-denied"} {
			is.denied = is.denied || strings.HasPrefix(base, p)
		}
		is.failed = is.denied || strings.HasPrefix(base, "SYN-validationerror")
		records := envelope(t, name, raw)
		for _, r := range records {
			is.body = r
			if len(records) > 1 {
				is.denied = At(r, "detail", "eventName") == "AssumeRole" && At(r, "detail", "errorCode") == "AccessDenied"
				is.failed = is.denied
			}
			out = append(out, is)
		}
	}
	return out
}

// made are events that differ in one thing from a sample that must match.
func made(t *testing.T) []event {
	t.Helper()
	// at gives a copy of a sample with one member of its tree set, or removed.
	at := func(sample, path string, value any) map[string]any {
		raw, err := os.ReadFile(filepath.Join(Root(), "events", sample))
		if err != nil {
			t.Fatal(err)
		}
		e := envelope(t, sample, raw)[0]
		parts := strings.Split(path, ".")
		m := e
		for _, p := range parts[:len(parts)-1] {
			m = m[p].(map[string]any)
		}
		if m[parts[len(parts)-1]] = value; value == nil {
			delete(m, parts[len(parts)-1])
		}
		return e
	}
	const session, user = "33-assumes-itself.json", "38-mfa-demanded.json"
	const issuer = "detail.userIdentity.sessionContext.sessionIssuer.arn"
	return []event{
		{"a role session", at(session, issuer, "arn:aws:iam::123456789012:role/ci"), true, true},
		{"the auditor's own denial", at(session, issuer, auditorARN), false, false},
		{"a role of its name elsewhere", at(session, issuer, strings.Replace(auditorARN, "111122223333", "444455556666", 1)), true, true},
		{"a user without a session", at(user, "detail.userIdentity.sessionContext", nil), true, true},
		{"a user's session without an issuer", at(user, "detail.userIdentity.sessionContext", map[string]any{"sessionIssuer": map[string]any{}}), true, true},
		{"success", at(session, "detail.errorCode", nil), false, false},
		{"a limit", at(session, "detail.errorCode", "ThrottlingException"), false, true},
		{"an expired token", at(session, "detail.errorCode", "ExpiredTokenException"), false, true},
		{"the other spelling", at(session, "detail.errorCode", "AccessDeniedException"), true, true},
		{"AssumeRoleWithSAML", at(session, "detail.eventName", "AssumeRoleWithSAML"), true, true},
		{"AssumeRoleWithWebIdentity", at(session, "detail.eventName", "AssumeRoleWithWebIdentity"), true, true},
		{"AssumeRoot", at(session, "detail.eventName", "AssumeRoot"), true, true},
		{"GetFederationToken", at(session, "detail.eventName", "GetFederationToken"), false, false},
		{"DecodeAuthorizationMessage", at(session, "detail.eventName", "DecodeAuthorizationMessage"), false, false},
		{"of somebody who says to be AWS", at(session, "source", "example.sts"), false, false},
		{"another service", at(session, "detail.eventSource", "iam.amazonaws.com"), false, false},
		{"a service event", at(session, "detail-type", "AWS Service Event via CloudTrail"), false, false},
		{"console, failed", console("AWS Console Sign In via CloudTrail", "SwitchRole", "Failure"), true, true},
		{"console, failed, other spelling", console("AWS Console Signin via CloudTrail", "SwitchRole", "Failure"), true, true},
		{"console, succeeded", console("AWS Console Sign In via CloudTrail", "SwitchRole", "Success"), false, false},
		{"console, succeeded, other spelling", console("AWS Console Signin via CloudTrail", "SwitchRole", "Success"), false, false},
		{"console, signed in wrongly", console("AWS Console Sign In via CloudTrail", "ConsoleLogin", "Failure"), false, false},
	}
}

func console(kind, name, result string) map[string]any {
	return map[string]any{
		"version": "0", "id": "c", "detail-type": kind, "source": "aws.signin", "account": "123456789012", "region": "us-east-1",
		"time": "2026-10-14T10:00:00Z", "resources": []any{},
		"detail": map[string]any{
			"eventSource": "signin.amazonaws.com", "eventName": name, "eventType": "AwsConsoleSignIn", "awsRegion": "us-east-1",
			"eventID": kind + result, "eventTime": "2026-10-14T10:00:00Z", "recipientAccountId": "123456789012",
			"responseElements": map[string]any{name: result}, "userIdentity": map[string]any{"type": "IAMUser", "accountId": "123456789012"},
		},
	}
}

// pairs are the rules that see events first, and those behind a forwarding one.
func pairs(t *testing.T, failures string) map[string][2]map[string]any {
	t.Helper()
	hub := Make(t, Hub, append(Everything(), "Failures="+failures)...)
	member := Make(t, Member, append(OfMember(), "Failures="+failures)...)
	of := func(s *Stack, ids ...string) (out [2]map[string]any) {
		for i, id := range ids {
			p := object(s.Get(id, "EventPattern"))
			if p == nil {
				t.Fatalf("%s has no pattern", id)
			}
			out[i] = p
		}
		return out
	}
	return map[string][2]map[string]any{
		"hub": of(hub, "DeniedRule", "SwitchFailedRule"), "hub's bus": of(hub, "ForwardedDeniedRule", "ForwardedSwitchFailedRule"),
		"member": of(member, "DeniedRule", "SwitchFailedRule"),
	}
}

// TestPatterns: what the rules must see, and what they must not.
func TestPatterns(t *testing.T) {
	all := append(ours(t), made(t)...)
	if os.Getenv("ASSUMEWHY_CORPUS") != "" || os.Getenv("CI") == "true" {
		all = append(all, theirs(t)...)
	}
	for _, failures := range []string{"denied", "all"} {
		for where, rules := range pairs(t, failures) {
			seen := 0
			for _, e := range all {
				wanted := e.denied
				if failures == "all" {
					wanted = e.failed
				}
				n := 0
				for _, p := range rules {
					yes, err := matches(p, e.body)
					if err != nil {
						t.Fatalf("%s: %v", where, err)
					}
					if yes {
						n++
					}
				}
				if n > 1 || (n == 1) != wanted {
					t.Errorf("%s, %s: %s matches %d rules, wanted %v", where, failures, e.name, n, wanted)
				}
				seen += n
			}
			if seen < 65 {
				t.Errorf("%s, %s: %d events matched", where, failures, seen)
			}
		}
	}
}

// TestRulesState: read-only events reach a rule in the special state alone, on
// the sending and on the receiving side.
func TestRulesState(t *testing.T) {
	n := 0
	for _, s := range []*Stack{Make(t, Hub, Everything()...), Make(t, Member, OfMember()...)} {
		for _, id := range s.Of("AWS::Events::Rule") {
			if s.Get(id, "EventPattern") == nil {
				continue
			}
			n++
			want{"State", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"}.check(t, s, id)
		}
	}
	if n != 6 {
		t.Errorf("%d rules with a pattern, want 6", n)
	}
}

// TestMatcher: the matcher refuses what it does not know, and knows the traps.
func TestMatcher(t *testing.T) {
	tests := []struct {
		pattern, event string
		yes, fails     bool
	}{
		{`{"a":["x"]}`, `{"a":"x"}`, true, false},
		{`{"a":["x","y"]}`, `{"a":"z"}`, false, false},
		{`{"a":["x"]}`, `{"a":["z","x"]}`, true, false},
		{`{"a":{"b":["x"]}}`, `{"a":null}`, false, false},
		{`{"a":{"b":[{"exists":false}]}}`, `{"a":null}`, true, false},
		{`{"a":{"b":[{"exists":false}]}}`, `{"a":{"b":"x"}}`, false, false},
		{`{"a":[{"exists":true}]}`, `{"a":"x"}`, true, false},
		{`{"a":[{"anything-but":["x"]}]}`, `{}`, false, false},
		{`{"a":[{"anything-but":"x"}]}`, `{"a":"y"}`, true, false},
		{`{"a":[{"exists":false},{"anything-but":["x"]}]}`, `{"a":"x"}`, false, false},
		{`{"a":[{"prefix":"x"}]}`, `{"a":"xy"}`, true, false},
		{`{"a":[{"any-thing":"x"}]}`, `{"a":"x"}`, false, true},
		{`{"a":[{"exist":true}]}`, `{"a":"x"}`, false, true},
		{`{"a":[{"exists":"true"}]}`, `{"a":"x"}`, false, true},
		{`{"a":"x"}`, `{"a":"x"}`, false, true},
		{`{"a":[]}`, `{"a":"x"}`, false, true},
		{`{}`, `{"a":"x"}`, false, true},
	}
	for _, tt := range tests {
		var p map[string]any
		var e any
		for text, to := range map[string]any{tt.pattern: &p, tt.event: &e} {
			if err := json.NewDecoder(bytes.NewReader([]byte(text))).Decode(to); err != nil {
				t.Fatal(err)
			}
		}
		yes, err := matches(maps.Clone(p), e)
		if yes != tt.yes || (err != nil) != tt.fails {
			t.Errorf("%s of %s: %v, %v", tt.pattern, tt.event, yes, err)
		}
	}
}
