package reconstruct_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// TestContradicted: a record whose fields say other than AWS's message in it
// does not say which of them is true; what a field leaves open contradicts
// nothing.
func TestContradicted(t *testing.T) {
	const other = "arn:aws:sts::333344445555:assumed-role/job/s-1"
	message := func(caller, role string) string {
		return `"User: ` + caller + ` is not authorized to perform: sts:AssumeRole on resource: ` + role + `"`
	}
	user := `{"type":"IAMUser","arn":"` + asUser + `","accountId":"` + ours + `","userName":"alice"}`
	tests := []struct {
		name, identity, message, params string
		caller, role                    bool
	}{
		{"alike", user, message(asUser, roleARN), `{"roleArn":"` + roleARN + `"}`, false, false},
		{"another kind", `{"type":"IAMUser"}`, message(other, roleARN), "null", true, false},
		{"a web identity", `{"type":"WebIdentityUser"}`, message(other, roleARN), "null", true, false},
		{"a service", `{"type":"AWSService","invokedBy":"lambda.amazonaws.com"}`, message("lambda.amazonaws.com", roleARN), "null", false, false},
		{"no service", `{"type":"AWSService","invokedBy":"lambda.amazonaws.com"}`, message(other, roleARN), "null", true, false},
		{"another of the kind", user, message(asUser+"x", roleARN), "null", true, false},
		{"another account", `{"type":"AWSAccount","accountId":"` + ours + `"}`, message(other, roleARN), "null", true, false},
		{"the account alone", `{"type":"AWSAccount","accountId":"333344445555"}`, message(other, roleARN), "null", false, false},
		{"nothing but the message", `null`, message(other, roleARN), "null", false, false},
		{"no caller in the message", user, `"Access denied"`, "null", false, false},
		{"no ARN in the message", user, message("alice", roleARN), "null", false, false},
		{"two roles", user, message(asUser, roleARN), `{"roleArn":"` + roleARN + `x"}`, false, true},
		{"a role in no words", user, message(asUser, "*"), `{"roleArn":"` + roleARN + `"}`, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := call(t, "user", map[string]string{"userIdentity": tt.identity, "errorMessage": tt.message, "requestParameters": tt.params})
			s := reconstruct.SubjectOf(rec)
			if got := s.Contradicted(reconstruct.FieldIdentity); got != tt.caller {
				t.Errorf("caller: %v", got)
			}
			if got := s.Contradicted(reconstruct.FieldRole); got != tt.role {
				t.Errorf("role: %v", got)
			}
			if tt.caller {
				keys(t, reconstruct.Request(s, nothing(), nil), map[string]string{"aws:userid": "unknown", "aws:SourceIdentity": "unknown"})
			}
		})
	}
	if (reconstruct.Subject{}).Contradicted(reconstruct.FieldRole) {
		t.Error("a call that nobody has made contradicts itself")
	}
}
