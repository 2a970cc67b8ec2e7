package trail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func text(s string) *string { return &s }

// TestCommandAbove: what the command above an error tells of the call. An
// ExternalId and a code of MFA leave nothing behind but that they were sent.
func TestCommandAbove(t *testing.T) {
	const role = "arn:aws:iam::123456789012:role/team/Deployer"
	const bare = "\n\nAn error occurred (AccessDenied) when calling the AssumeRole operation: Access denied\n"
	denied := "\n\nAn error occurred (AccessDenied) when calling the AssumeRole operation: " + start + " on resource: " + role + "\n"
	const command = "$ aws sts assume-role --role-arn " + role + " --role-session-name bob-1"
	named := &Params{RoleARN: role, SessionName: text("bob-1"), Partial: true}
	for _, c := range []struct {
		name, text string
		want       *Params
	}{
		{"role that AWS does not name", command + bare, named},
		{"role that AWS names, too", command + denied, &Params{SessionName: text("bob-1"), Partial: true}},
		{"another role than AWS's", strings.Replace(command, "Deployer", "Reader", 1) + denied, nil},
		{"profile, and another order", "$ aws --profile dev sts assume-role --role-session-name bob-1 --role-arn=" + role + " --output json" + bare, named},
		{"several lines", "$ aws sts assume-role \\\n    --role-arn " + role + " \\\n>   --role-session-name bob-1" + bare, named},
		{"quotes", `$ creds=$(aws sts assume-role --role-arn "` + role + `" --role-session-name 'bob-1' | jq .)` + bare, named},
		{"the last word may go on", command + "\n23" + bare, &Params{RoleARN: role, Partial: true}},
		{"ExternalId", command + " --external-id hidden" + bare, &Params{RoleARN: role, SessionName: text("bob-1"), Unread: []string{"externalId"}, Partial: true}},
		{"MFA", command + " --serial-number arn:aws:iam::123456789012:mfa/bob --token-code 123456" + bare, &Params{RoleARN: role, SessionName: text("bob-1"), Unread: []string{"serialNumber"}, Partial: true}},
		{"tags and source identity", command + " --source-identity bob --tags Key=team,Value=blue Key=env,Value=a=b --transitive-tag-keys team" + bare, &Params{
			RoleARN: role, SessionName: text("bob-1"), SourceIdentity: text("bob"), TransitiveKeys: []string{"team"}, Partial: true,
			Tags: []Tag{{Key: "team", Value: "blue"}, {Key: "env", Value: "a=b"}},
		}},
		{"tags as JSON", command + ` --tags '[{"Key":"team","Value":"blue"}]'` + bare, &Params{RoleARN: role, SessionName: text("bob-1"), Unread: []string{"tags"}, Partial: true}},
		{"policies, duration", command + " --policy-arns arn=x --duration-seconds 900" + bare, &Params{RoleARN: role, SessionName: text("bob-1"), HasPolicy: true, Duration: number(900), Partial: true}},
		{"variables of the shell", "$ aws sts assume-role --role-arn $ROLE --role-session-name $USER --source-identity ${USER}" + bare, &Params{Unread: []string{"sourceIdentity"}, Partial: true}},
		{"no command", "I ran sts assume-role --role-arn " + role + bare, nil},
		{"another command", "$ aws sts assume-role-with-saml --role-arn " + role + bare, nil},
		{"of another error", command + denied + "\n$ x" + bare, &Params{SessionName: text("bob-1"), Partial: true}},
		{"Terraform", "│ Error: Cannot assume IAM Role\n│ \n│ IAM Role (" + role + ") cannot be assumed.\n│ \n" + bare, &Params{RoleARN: role, Partial: true}},
		{"Terraform, wrapped", "│ IAM Role\n│ IAM Role (" + role[:30] + "\n│ " + role[30:] + ") cannot\n│ be assumed.\n│ \n" + bare, &Params{RoleARN: role, Partial: true}},
		{"Terraform, no role", "IAM Role (" + role + ") cannot be imported" + bare, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for r, err := range Decode(strings.NewReader(c.text), "x") {
				if err != nil {
					t.Fatal(err)
				}
				if d := cmp.Diff(c.want, r.Params); d != "" {
					t.Errorf("%s\n(-want +got):\n%s", c.text, d)
				}
				break
			}
		})
	}
}

func number(n int64) *int64 { return &n }

// TestLambdaPayload: a function's answer has AWS's message in errorMessage.
func TestLambdaPayload(t *testing.T) {
	cli := "An error occurred (AccessDenied) when calling the AssumeRole operation: " + full
	for text, want := range map[string]string{
		`{"errorMessage":"` + cli + `","errorType":"ClientError","requestId":"x","stackTrace":["  File \"/var/task/a.py\", line 3"]}`: deploy,
		`[{"errorMessage":"` + strings.Replace(cli, "operation: ", `operation:\n`, 1) + `"}]`:                                         deploy,
		`{"errorMessage":"Task timed out after 3.00 seconds"}`:                                                                        "",
		`{"eventName":"AssumeRole","errorMessage":"` + cli + `"}`:                                                                     "",
		`{"errorMessage":7}`: "",
	} {
		for r, err := range Decode(strings.NewReader(text), "x") {
			if want == "" && err == nil {
				t.Errorf("%s is %+v", text, r)
			}
			if want != "" && (err != nil || r.Hint.RoleARN != want || !r.MessageOnly || r.Position.Record != 1) {
				t.Errorf("%s: %+v, %v", text, r, err)
			}
		}
	}
}
