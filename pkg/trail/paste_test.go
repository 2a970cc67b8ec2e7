package trail

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// found is what is read of one pasted error.
type found struct {
	Call, Code, Caller, Role string
	Class                    Class
	Request                  string
}

func pastedIn(t *testing.T, text string) []found {
	t.Helper()
	var list []found
	for r, err := range Decode(strings.NewReader(text), "pasted") {
		if err != nil {
			t.Fatal(err)
		}
		if r.Position.File != "pasted" || !r.MessageOnly {
			t.Errorf("record %+v", r)
		}
		list = append(list, found{r.Name, r.ErrorCode, r.Identity.ARN, r.Hint.RoleARN, r.Class, r.RequestID})
	}
	return list
}

// hardWrapped is text as a terminal of so many columns breaks it.
func hardWrapped(s string, columns int) string {
	var b strings.Builder
	for len(s) > columns {
		b.WriteString(strings.TrimRight(s[:columns], " ") + "\n")
		s = s[columns:]
	}
	return b.String() + s
}

// softWrapped is text broken at blanks, each line with something in front.
func softWrapped(s, front string, columns int) string {
	var b strings.Builder
	width := 0
	for i, w := range strings.Fields(s) {
		if i == 0 || width+len(w) >= columns {
			b.WriteString("\n" + front)
			width = 0
		} else {
			b.WriteByte(' ')
		}
		b.WriteString(w)
		width += len(w) + 1
	}
	return b.String()
}

// TestPasted are the texts that people have when a role switch fails.
func TestPasted(t *testing.T) {
	const id = "5d7e0f3a-1c2b-4d5e-8f90-a1b2c3d4e5f6"
	cli := "An error occurred (AccessDenied) when calling the AssumeRole operation: " + full
	denied := found{"AssumeRole", "AccessDenied", alice, deploy, Denied, ""}
	withID := denied
	withID.Request = id
	web := found{Call: "AssumeRoleWithWebIdentity", Code: "AccessDenied", Class: Denied}
	terraform := "operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: " + id + ", api error AccessDenied: " + full
	tests := []struct {
		name, text string
		want       found
	}{
		{"CLI 1", cli, denied},
		{"CLI 2.3x", "\naws: [ERROR]: " + cli + "\n", denied},
		{"prompt and exit", "alice@host:~$ aws sts assume-role --role-arn " + deploy + " --role-session-name x\n\n" + cli + "\nalice@host:~$ echo $?\n254\n", denied},
		{"quoted", "> " + cli + "\n", denied},
		{"quoted and wrapped", softWrapped(cli, "> > ", 60), denied},
		{"code fence", "```\n" + cli + "\n```\n", denied},
		{"inline code", "I get `" + cli + "` since today", denied},
		{"in a sentence", "Hi, I get \"" + full + "\", can you help?", denied},
		{"smart quotes", "“" + cli + "”", denied},
		{"no-break spaces", strings.ReplaceAll(cli, " ", "\u00a0"), denied},
		{"zero width", strings.ReplaceAll(cli, "/", "/\u200b"), denied},
		{"CRLF", "some text\r\n" + cli + "\r\n\r\n", denied},
		{"colors", "\x1b[31m" + strings.ReplaceAll(cli, "AssumeRole", "\x1b[1mAssumeRole\x1b[0m") + "\x1b[0m\x1b]0;title\x07", denied},
		{"terminal, 80 columns", hardWrapped(cli, 80), denied},
		{"terminal, 60 columns", "$ x\n" + hardWrapped(cli, 60) + "\n$ ", denied},
		{"terminal, 61 columns", hardWrapped(cli, 61), denied},
		{"chat, 40 columns", softWrapped(cli, "", 40), denied},
		{"log", "2026-10-14T09:26:53Z [ERROR] ClientError: " + cli, denied},
		{"log field", `level=error msg="` + cli + `" attempt=3`, denied},
		{
			"boto3", "Traceback (most recent call last):\n  File \"/srv/job.py\", line 12, in <module>\n    sts.assume_role(RoleArn=role, RoleSessionName=\"x\")\n" +
				"  File \"/usr/lib/python3/dist-packages/botocore/client.py\", line 553, in _api_call\n    return self._make_api_call(operation_name, kwargs)\nbotocore.exceptions.ClientError: " + cli + "\n", denied,
		},
		{"boto3, retries", "botocore.exceptions.ClientError: " + strings.Replace(cli, "operation:", "operation (reached max retries: 4):", 1), denied},
		{"Go 2", terraform, withID},
		{"Go 2, inner", "operation error S3: ListBuckets, get identity: get credentials: failed to refresh cached credentials, " + terraform, withID},
		{"Go 1", "AccessDenied: " + full + "\n\tstatus code: 403, request id: " + id, withID},
		{"Java 1", "com.amazonaws.services.securitytoken.model.AWSSecurityTokenServiceException: " + full + " (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: " + id + "; Proxy: null)", withID},
		{"Java 2", "software.amazon.awssdk.services.sts.model.StsException: " + full + " (Service: Sts, Status Code: 403, Request ID: " + id + ")\n\tat software.amazon.awssdk.core.Foo.bar(Foo.java:1)", withID},
		{"JavaScript 3", "/srv/node_modules/@smithy/smithy-client/dist-cjs/index.js:388\n  throw error\n\nAccessDenied: " + full + "\n    at throwDefaultError (/srv/index.js:388:20) {\n", denied},
		{
			"Terraform", "╷\n│ Error: Cannot assume IAM Role\n│ \n│   with provider[\"registry.terraform.io/hashicorp/aws\"],\n│   on main.tf line 1, in provider \"aws\":\n│    1: provider \"aws\" {\n│ \n" +
				"│ IAM Role (" + deploy + ") cannot be assumed.\n│ \n│ There are a number of possible causes of this - the most common are:\n│   * The role ARN is not valid\n│ \n" +
				softWrapped("Error: "+terraform, "│ ", 76) + "\n╵\n", withID,
		},
		{
			"Terraform, token", "│ Error: " + "operation error STS: AssumeRoleWithWebIdentity, https response error StatusCode: 400, RequestID: " + id + ", api error InvalidIdentityToken: No OpenIDConnect provider\n│ found in your account for https://token.actions.githubusercontent.com",
			found{Call: "AssumeRoleWithWebIdentity", Code: "InvalidIdentityToken", Class: Failed, Request: id},
		},
		{"GitHub, OIDC", "Run aws-actions/configure-aws-credentials@v5\nAssuming role with OIDC\nError: Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity\n", web},
		{"GitHub, keys", "Error: Could not assume role with user credentials: " + full, denied},
		{"GitHub, no provider", "Error: Could not assume role with OIDC: No OpenIDConnect provider found in your account for https://token.actions.githubusercontent.com", found{Call: "AssumeRoleWithWebIdentity", Class: Failed}},
		{"EKS", "WebIdentityErr: failed to retrieve credentials\ncaused by: AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity\n\tstatus code: 403, request id: " + id, func() found { w := web; w.Request = id; return w }()},
		{"expired", "An error occurred (ExpiredToken) when calling the AssumeRole operation: The security token included in the request is expired", found{Call: "AssumeRole", Code: "ExpiredToken", Class: Failed}},
		{"invalid key", "aws: [ERROR]: An error occurred (InvalidClientTokenId) when calling the AssumeRole operation: The security token included in the request is invalid.", found{Call: "AssumeRole", Code: "InvalidClientTokenId", Class: Failed}},
		{"duration", "An error occurred (ValidationError) when calling the AssumeRole operation: The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", found{Call: "AssumeRole", Code: "ValidationError", Class: Failed}},
		{"MFA", "Enter MFA code for arn:aws:iam::111122223333:mfa/alice: \n\nAn error occurred (AccessDenied) when calling the AssumeRole operation: MultiFactorAuthentication failed with invalid MFA one time pass code. ", found{Call: "AssumeRole", Code: "AccessDenied", Class: Failed}},
		{"region", "An error occurred (RegionDisabledException) when calling the AssumeRole operation: STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.", found{Call: "AssumeRole", Code: "RegionDisabledException", Class: Failed}},
		{"throttled", "An error occurred (Throttling) when calling the AssumeRole operation (reached max retries: 2): Rate exceeded", found{Call: "AssumeRole", Code: "Throttling", Class: Failed}},
		{"root", "An error occurred (AccessDenied) when calling the AssumeRole operation: Roles may not be assumed by root accounts.", found{Call: "AssumeRole", Code: "AccessDenied", Class: Denied}},
		{"no words", "An error occurred (AccessDenied) when calling the AssumeRole operation: Access denied", found{Call: "AssumeRole", Code: "AccessDenied", Class: Denied}},
		{"console", "Invalid information in one or more fields. Check your information or contact your administrator.", found{Call: "SwitchRole", Class: Denied}},
		{"console, in a sentence", "The console says: \"Invalid information in one or more fields. Check your information or contact your administrator.\"", found{Call: "SwitchRole", Class: Denied}},
		{"console, Chinese", "“一个或多个字段中的信息无效。请检查您的信息或联系您的管理员”。", found{Call: "SwitchRole", Class: Denied}},
		{"console, Spanish", "«La información en uno o más campos no es válida. Compruebe la información o póngase en contacto con su administrador».", found{Call: "SwitchRole", Class: Denied}},
		{"console, Japanese", "1 つ以上のフィールドに無効な情報があります。情報を確認するか、管理者にお問い合わせください。", found{Call: "SwitchRole", Class: Denied}},
		{"another call", "An error occurred (AccessDenied) when calling the GetObject operation: Access Denied", found{Call: "GetObject", Code: "AccessDenied"}},
		{"another service", "operation error S3: ListBuckets, https response error StatusCode: 403, RequestID: " + id + ", api error ExpiredToken: The provided token has expired.", found{Call: "ListBuckets", Code: "ExpiredToken", Request: id}},
		{"another service, Java", "User: " + alice + " is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:eu-west-1:111122223333:q (Service: AmazonSQS; Status Code: 403; Error Code: AccessDenied; Request ID: " + id + ")", found{Call: "", Code: "AccessDenied", Caller: alice, Request: id}},
		{"EC2", "An error occurred (UnauthorizedOperation) when calling the RunInstances operation: You are not authorized to perform this operation. Encoded authorization failure message: abcdef", found{Call: "RunInstances", Code: "UnauthorizedOperation"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff([]found{tt.want}, pastedIn(t, tt.text)); d != "" {
				t.Errorf("%s\n(-want +got):\n%s", tt.text, d)
			}
		})
	}
}

// TestPastedTime: text in which an error seems to begin everywhere is read in
// time that grows with its length alone. The limit is ten times what it takes.
func TestPastedTime(t *testing.T) {
	const size, limit = 128 << 10, 3 * time.Second
	for _, line := range []string{
		"User: arn:aws:iam::111122223333:user/alice is not authorized to perform:", "An error occurred (", "User: ", "operation error STS: AssumeRole, api",
		strings.Repeat("User: x ", 2000), "x", "A", strings.Repeat("x", 79), full + strings.Repeat(" because no ", 1000),
		"An error occurred (AccessDenied) when calling the AssumeRole operation: ", "request id: ", "IAM Role (",
		"aws sts assume-role \\", strings.Repeat("aws sts assume-role ", 400), strings.Repeat("\x1b[", 8000),
	} {
		n, began := 0, time.Now()
		for _, err := range Decode(strings.NewReader(strings.Repeat(line+"\n", size/(len(line)+1))), "x") {
			var at *RecordError
			if n++; err != nil && !errors.As(err, &at) {
				t.Errorf("no error of a record: %v", err)
			}
		}
		if n > 1+size/(len(line)+1) {
			t.Errorf("%d results", n)
		}
		if took := time.Since(began); took > limit {
			t.Errorf("%.40q: %v", line, took)
		}
	}
}

func TestPastedSeveral(t *testing.T) {
	cli := "An error occurred (AccessDenied) when calling the AssumeRole operation: "
	other := "arn:aws:iam::444455556666:role/two"
	text := "$ aws sts assume-role --external-id hidden-value\n\n" + cli + full + "\n$ retry\n\n" + cli + full + "\n" +
		"export AWS_SESSION_TOKEN=hidden-value\n" + cli + start + " on resource: " + other + "\nmake: *** [all] Error 254\n"
	var roles []string
	for r, err := range Decode(strings.NewReader(text), "x") {
		if err != nil {
			t.Fatal(err)
		}
		roles = append(roles, r.Hint.RoleARN)
		if strings.Contains(r.ErrorMessage, "hidden") {
			t.Errorf("message %q", r.ErrorMessage)
		}
	}
	if d := cmp.Diff([]string{deploy, other}, roles); d != "" {
		t.Errorf("roles (-want +got):\n%s", d)
	}
	for text, want := range map[string]string{
		"hello\nworld\n": "the message, such as",
		"You are not authorized to perform this operation. Encoded authorization failure message: abc": "decode-authorization-message",
	} {
		ids, failures := decodeAll(t, text)
		if len(ids) != 0 || len(failures) != 1 || !strings.Contains(failures[0], want) {
			t.Errorf("%q gave %q and %q", text, ids, failures)
		}
	}
}
