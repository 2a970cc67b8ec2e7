package trail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestPastedRoleEnds: in pasted text a role ends where no name of a role can go
// on, whatever the text was taken from.
func TestPastedRoleEnds(t *testing.T) {
	const reason = " because no identity-based policy allows the sts:AssumeRole action"
	for _, tail := range []string{
		"", ".", ",", ". Please help.", ", can you help?", "; thanks", "!", "?", `"`, `\u0022`, "&quot;", "&#34;", "</b>", `\n`, `\nTraceback (most recent call last):`,
		"</Message></Error></ErrorResponse>", " (RequestId: 5d7e0f3a)", "(RequestId: x)", ")", "]", "}", "`", "|", "…", "?ExternalId=canary&x", "...", ". Retrying", "%0A", "*",
		reason, reason + ".", `"` + reason, ". " + full, `\n` + full, " (Service: Sts, Status Code: 403)", "\\", "->", "'", "”",
	} {
		list := pastedIn(t, "I get: "+full+tail)
		if len(list) != 1 || list[0].Role != deploy {
			if tail != "->" || list[0].Role != deploy+"-" { // a hyphen is of a name
				t.Errorf("%q: %+v", tail, list)
			}
		}
	}
	for _, name := range []string{"Deploy.", "Deploy,"} { // names that IAM allows, where AWS's own words follow
		text := full[:len(full)-len("Deploy")] + name + reason
		if list := pastedIn(t, text); len(list) != 1 || list[0].Role != deploy[:len(deploy)-len("Deploy")]+name {
			t.Errorf("%s: %+v", text, list)
		}
	}
}

// TestCloudTrailRoleEnds: a record's own message has nothing behind the role, so
// that what stands there is a part of what was asked for.
func TestCloudTrailRoleEnds(t *testing.T) {
	for tail, want := range map[string]string{"": deploy, ".": deploy + ".", "</b>": "", `"`: "", ";": "", "!": ""} {
		if h := ParseMessage(full + tail); h.RoleARN != want || h.Resource != deploy+tail {
			t.Errorf("%q: %q, %q", tail, h.RoleARN, h.Resource)
		}
	}
}

// TestSentences: each of several denials on one line is one.
func TestSentences(t *testing.T) {
	const other = "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: sts:AssumeRole on resource: " + deploy
	const boto = "An error occurred (AccessDenied) when calling the AssumeRole operation: "
	const id = "5d7e0f3a-1c2b-4d5e-8f90-a1b2c3d4e5f6"
	for _, text := range []string{
		full + ". " + other, full + " and " + other + ".", boto + full + "; " + boto + other, full + `\n` + boto + other, full + "\n" + other,
		full + ". " + other + ". " + full,
	} {
		callers := []string{}
		for _, f := range pastedIn(t, text) {
			callers = append(callers, f.Caller)
		}
		if d := cmp.Diff([]string{alice, "arn:aws:iam::111122223333:user/bob"}, callers); d != "" {
			t.Errorf("%s\n%s", text, d)
		}
	}
	java := full + " (Service: Sts, Status Code: 403, Request ID: " + id + ") " + other
	if list := pastedIn(t, java); len(list) != 2 || list[0].Request != id || list[1].Request != "" {
		t.Errorf("%+v", list)
	}
}
