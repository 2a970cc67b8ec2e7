package main_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/internal/template"
)

// others are actions of the function's role that no call of its own needs:
// Lambda's poller and runtime, and services on the caller's behalf.
var others = []string{
	"kms:Decrypt", "kms:GenerateDataKey", "logs:CreateLogStream", "logs:PutLogEvents",
	"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage",
}

// testPermissions: what the function has called in the cases before is what the
// templates allow the role that it called as, none missing and none unused.
func testPermissions(t *testing.T, r *results) {
	if len(r.called[asHub]) == 0 {
		t.Skip("no case has run")
	}
	for _, test := range []struct {
		role  string
		has   []string
		calls map[string]bool
	}{
		{"auditor", template.Actions(t, "auditor", "OrganizationRoleArn="), r.called[asHub]},
		{"reader", template.Actions(t, "reader"), r.called[readerRole]},
		{"organization", template.Actions(t, "organization"), r.called[organizationRole]},
	} {
		called := slices.Sorted(maps.Keys(test.calls))
		t.Logf("%s: %s", test.role, strings.Join(called, " "))
		for _, action := range called {
			if !slices.Contains(test.has, action) {
				t.Errorf("%s may not call %s", test.role, action)
			}
		}
		for _, action := range test.has {
			// in its own account the function reads as the reader role does elsewhere
			used := test.calls[action] || test.role == "auditor" && r.called[readerRole][action]
			if !used && !slices.Contains(others, action) {
				t.Errorf("%s may call %s, and never does", test.role, action)
			}
		}
	}
}
