package report

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestKnownAnswers holds digests that were made by hand:
// printf 'v1\nAssumeRole\n...' | sha256sum | cut -c1-16
func TestKnownAnswers(t *testing.T) {
	r := Build(input(t, "sesame-2026"))
	if r.Incident != "185d81c98d9c11ea" || r.Fingerprint != "5937cb96c699c68e" {
		t.Errorf("incident %s, fingerprint %s", r.Incident, r.Fingerprint)
	}
	oidc := input(t, "sesame-2026")
	oidc.Subject.Record.Name = "AssumeRoleWithWebIdentity"
	oidc.Request.Caller = request.Caller{
		Kind: request.OIDC, Provider: "arn:aws:iam::320000000031:oidc-provider/token.actions.githubusercontent.com",
		ARN:      "arn:aws:iam::320000000031:oidc-provider/token.actions.githubusercontent.com",
		UserName: "repo:example/app:ref:refs/heads/main",
	}
	if got := Build(oidc).Incident; got != "d1820738505e5e4b" {
		t.Errorf("of a token: %s", got)
	}
}

// TestOneIncident: what changes from one attempt to the next makes no new one.
func TestOneIncident(t *testing.T) {
	want := Build(input(t, "sesame-2026")).Incident
	console := input(t, "other")
	console.Subject.Record.Name = "SwitchRole"
	console.Subject.Record.ID, console.Subject.Record.SourceIP = "another", "198.51.100.9"
	if got := Build(console).Incident; got != want {
		t.Errorf("the console's record of it: %s, want %s", got, want)
	}
	for name, change := range map[string]func(*Input){
		"another caller": func(in *Input) { in.Request.Caller.ARN = "arn:aws:iam::210000000029:user/dave" },
		"another role":   func(in *Input) { in.Request.Role.ARN = "arn:aws:iam::320000000031:role/Reader" },
		"another API":    func(in *Input) { in.Subject.Record.Name = "AssumeRoleWithSAML" },
	} {
		in := input(t, "sesame-2026")
		change(&in)
		if got := Build(in).Incident; got == want {
			t.Errorf("%s is the same incident", name)
		}
	}
}

func TestSessionsOfOneRoleAreOneCaller(t *testing.T) {
	of := func(role, arn string) string {
		in := input(t, "sesame-2026")
		in.Request.Caller = request.Caller{Kind: request.RoleSession, RoleARN: role, ARN: arn}
		return Build(in).Incident
	}
	a := of("arn:aws:iam::210000000029:role/Jump", "arn:aws:sts::210000000029:assumed-role/Jump/alice")
	if b := of("", "arn:aws:sts::210000000029:assumed-role/Jump/bob"); a != b {
		t.Errorf("two sessions of a role without a path: %s, %s", a, b)
	}
	if b := of("arn:aws:iam::210000000029:role/ops/Jump", "arn:aws:sts::210000000029:assumed-role/Jump/alice"); a == b {
		t.Error("a role of another path is the same caller")
	}
}

func TestRepository(t *testing.T) {
	for sub, want := range map[string]string{
		"repo:example/app:ref:refs/heads/main":      "repo:example/app",
		"repo:example@1/app@2:pull_request":         "repo:example@1/app@2",
		"repo:example/app":                          "repo:example/app",
		"system:serviceaccount:shop:checkout":       "system:serviceaccount:shop:checkout",
		"project_path:group/app:ref_type:branch:re": "project_path:group/app:ref_type:branch:re",
		"": "",
	} {
		if got := repository(sub); got != want {
			t.Errorf("%q: %q, want %q", sub, got, want)
		}
	}
}

func TestSubjectOf(t *testing.T) {
	const p = "arn:aws:iam::320000000031:oidc-provider/example.com"
	for id, want := range map[string]string{
		p + ":sts.amazonaws.com:repo:example/app:ref:x": "repo:example/app:ref:x",
		p + ":https://github.com/example:repo:a/b":      "repo:a/b",
		p + ":sub":       "sub",
		"something else": "something else",
	} {
		if got := subjectOf(id, p); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}

// TestFingerprint: only what is proved or likely counts, each code once, in no
// order.
func TestFingerprint(t *testing.T) {
	build := func(causes ...diagnose.Cause) string {
		in := input(t, "sesame-2026")
		in.Diagnosis.Causes = causes
		return Build(in).Fingerprint
	}
	a := diagnose.Cause{Code: diagnose.TrustNoPrincipal, Certainty: evidence.Proved}
	b := diagnose.Cause{Code: diagnose.SCPNoAllow, Certainty: evidence.Likely}
	maybe := diagnose.Cause{Code: diagnose.TrustSourceIP, Certainty: evidence.Possible}
	want := build(a, b)
	for name, got := range map[string]string{"order": build(b, a), "twice": build(a, b, b), "possible": build(a, maybe, b)} {
		if got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	if build(a) == want || build() == build(a) {
		t.Error("other causes give the same fingerprint")
	}
}
