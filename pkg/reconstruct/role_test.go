package reconstruct_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

func TestRoleOf(t *testing.T) {
	role := func(arn, partition, path, name string) request.Role {
		return request.Role{ARN: arn, Partition: partition, Account: ours, Path: path, Name: name, IsRole: true}
	}
	iam := "arn:aws:iam::" + ours + ":"
	linked := role(iam+"role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS", "aws", "/aws-service-role/ecs.amazonaws.com/", "AWSServiceRoleForECS")
	linked.Linked = true
	none := func(arn string) request.Role { return request.Role{ARN: arn, Partition: "aws", Account: ours} }
	tests := []request.Role{
		role(iam+"role/r", "aws", "/", "r"),
		role(iam+"role/a/b/r", "aws", "/a/b/", "r"),
		role(iam+"role/a!~/r+=,.@-_", "aws", "/a!~/", "r+=,.@-_"),
		role("arn:aws-cn:iam::"+ours+":role/r", "aws-cn", "/", "r"),
		role("arn:aws-us-gov:iam::"+ours+":role/r", "aws-us-gov", "/", "r"),
		role(iam+"role/"+strings.Repeat("n", 64), "aws", "/", strings.Repeat("n", 64)),
		role(iam+"role/my/aws-service-role/r", "aws", "/my/aws-service-role/", "r"),
		linked,
		none(iam + "user/alice"),
		none(iam + "root"),
		none(iam + "role/"),
		none(iam + "role/a/"),
		none(iam + "role//r"),
		none(iam + "roles/r"),
		none(iam + "role/r with an explicit deny in a service control policy"),
		none(iam + "role/r\n"),
		none(iam + "role/a b/r"),
		none(iam + "role/r\u200b"),
		none(iam + "role/" + strings.Repeat("n", 65)),
		none(iam + "role/" + strings.Repeat("p", 512) + "/r"),
		{ARN: "arn:aws:iam:eu-west-1:" + ours + ":role/r", Partition: "aws", Account: ours},
		{ARN: "arn:aws:sts::" + ours + ":assumed-role/r/s", Partition: "aws", Account: ours},
		{ARN: "arn:aws:iam::12345:role/r", Partition: "aws", Account: "12345"},
		{ARN: "arn:aws:iam::11112222333x:role/r", Partition: "aws", Account: "11112222333x"},
	}
	for _, want := range tests {
		if diff := cmp.Diff(want, reconstruct.RoleOf(want.ARN)); diff != "" {
			t.Errorf("%q: -want +got\n%s", want.ARN, diff)
		}
	}
	for _, s := range []string{"", "r", "arn", "arn:aws:iam::1:", "*"} {
		if got := reconstruct.RoleOf(s); got.IsRole || got.Name != "" {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

// TestTarget: which role a record means, and what of its message is no role.
func TestTarget(t *testing.T) {
	denied := func(resource string) map[string]string {
		return map[string]string{"errorMessage": `"User: x is not authorized to perform: sts:AssumeRole on resource: ` + resource + `"`}
	}
	other := "arn:aws:iam::" + theirs + ":role/Other"
	root := "arn:aws:iam::" + theirs + ":root"
	forged := roleARN + " with an explicit deny"
	tests := []struct {
		name  string
		edits map[string]string
		role  string
		raw   string
	}{
		{"message", nil, roleARN, ""},
		{"parameters before message", map[string]string{"requestParameters": `{"roleArn":"` + other + `"}`}, other, ""},
		{"parameters, no role", map[string]string{"requestParameters": `{"roleArn":"Target"}`}, "", "Target"},
		{"sign-in", signIn, roleARN, ""},
		{"resources", map[string]string{"errorMessage": `"An unknown error occurred"`, "resources": `[{"type":"AWS::IAM::SAMLProvider","ARN":"x"},{"type":"AWS::IAM::Role","ARN":"` + other + `"}]`}, other, ""},
		{"user", denied("arn:aws:iam::" + theirs + ":user/alice"), "", "arn:aws:iam::" + theirs + ":user/alice"},
		{"name", denied("Target"), "", "Target"},
		{"words behind it", denied(forged + "ed by nobody"), "", ""},
		{"white space in it", denied("arn:aws:iam::" + theirs + ":role/Tar get"), "", ""},
		{"root user, of AssumeRoot", map[string]string{"eventName": `"AssumeRoot"`, "errorMessage": `"User: x is not authorized to perform: sts:AssumeRoot on resource: arn:aws:iam::` + theirs + `:root"`}, "", root},
		{"account, of AssumeRoot", map[string]string{"eventName": `"AssumeRoot"`, "errorMessage": `"An unknown error occurred"`, "requestParameters": `{"targetPrincipal":"` + theirs + `"}`}, "", root},
		{"root user by ARN, of AssumeRoot", map[string]string{"eventName": `"AssumeRoot"`, "errorMessage": `"An unknown error occurred"`, "requestParameters": `{"targetPrincipal":"` + root + `"}`}, "", root},
		{"nothing", map[string]string{"errorMessage": `"Not authorized to perform sts:AssumeRole"`}, "", ""},
		{"cut", denied("arn:aws:iam::" + theirs + ":role/" + strings.Repeat("p", 1024)), "", ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			s := reconstruct.SubjectOf(call(t, "user", c.edits))
			got := ""
			if s.Role.IsRole {
				got = s.Role.ARN
			}
			if got != c.role || s.RoleRaw != c.raw {
				t.Errorf("role %q, raw %q; want %q, %q", got, s.RoleRaw, c.role, c.raw)
			}
		})
	}
}
