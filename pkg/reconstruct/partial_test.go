package reconstruct_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestPastedCommand: what a pasted command tells is there; what it does not
// tell is no more known than without it.
func TestPastedCommand(t *testing.T) {
	const command = "$ aws sts assume-role --role-arn " + roleARN + " --role-session-name s-1 "
	const denied = "\n\nAn error occurred (AccessDenied) when calling the AssumeRole operation: Access denied\n"
	for flags, want := range map[string]map[string]string{
		"":                               {"sts:RoleSessionName": "s-1", "sts:ExternalId": "unknown, usually absent", "aws:TagKeys": "unknown, usually absent", "sts:SourceIdentity": "unknown, usually absent"},
		"--external-id k-1":              {"sts:ExternalId": "present_unknown"},
		"--tags Key=team,Value=blue":     {"aws:RequestTag/team": "blue", "aws:TagKeys": "team", "sts:ExternalId": "unknown, usually absent"},
		"--source-identity bob":          {"sts:SourceIdentity": "bob"},
		"--serial-number s --token-code": {"sts:RoleSessionName": "s-1"},
	} {
		for rec, err := range trail.Decode(strings.NewReader(command+flags+denied), "x") {
			if err != nil {
				t.Fatal(err)
			}
			r := reconstruct.Request(reconstruct.SubjectOf(rec), whole(t), nil)
			if r.Role.ARN != roleARN {
				t.Errorf("%s: role %q", flags, r.Role.ARN)
			}
			keys(t, r, want)
			for _, a := range r.Actions[1:] {
				passed := strings.Contains(flags, "--tags") && a.Name == "sts:TagSession" || strings.Contains(flags, "--source") && a.Name == "sts:SetSourceIdentity"
				if got := a.Applies; got != evidence.Unknown && !passed || passed && got != evidence.True {
					t.Errorf("%q: %s applies %v", flags, a.Name, got)
				}
			}
		}
	}
}
