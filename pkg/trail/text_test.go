package trail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFromText(t *testing.T) {
	tests := []struct {
		name, text string
		source     string
		call, code string
		class      Class
		role       string
	}{
		{"message", full, sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"in quotes", `"` + full + `"`, sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"CLI", "\nAn error occurred (AccessDenied) when calling the AssumeRole operation: " + full + "\n", sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"boto3", "botocore.exceptions.ClientError: An error occurred (AccessDenied) when calling the AssumeRole operation (reached max retries: 4): " + full, sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"Go 2", "operation error STS: AssumeRole, https response error StatusCode: 403, RequestID: 1, api error AccessDenied: " + full, sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"Go 1", "AccessDenied: " + full + "\n\tstatus code: 403, request id: 1", sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"Java", full + " (Service: Sts, Status Code: 403, Request ID: 1)", sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"tags", "User: " + alice + " is not authorized to perform: sts:TagSession on resource: " + deploy, sourceSTS, "AssumeRole", "AccessDenied", Denied, deploy},
		{"web identity", "An error occurred (AccessDenied) when calling the AssumeRoleWithWebIdentity operation: Not authorized to perform sts:AssumeRoleWithWebIdentity", sourceSTS, "AssumeRoleWithWebIdentity", "AccessDenied", Denied, ""},
		{"SAML", "Not authorized to perform sts:AssumeRoleWithSAML", sourceSTS, "AssumeRoleWithSAML", "AccessDenied", Denied, ""},
		{"2017", "Not authorized to perform sts:AssumeRole", sourceSTS, "AssumeRole", "AccessDenied", Denied, ""},
		{"console", "Invalid information in one or more fields. Check your information or contact your administrator.", sourceSignIn, "SwitchRole", "", Denied, ""},
		{"MFA", "An error occurred (AccessDenied) when calling the AssumeRole operation: MultiFactorAuthentication failed with invalid MFA one time pass code. ", sourceSTS, "AssumeRole", "AccessDenied", Failed, ""},
		{"duration", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", sourceSTS, "AssumeRole", "", Failed, ""},
		{"expired", "An error occurred (ExpiredToken) when calling the AssumeRole operation: The security token included in the request is expired", sourceSTS, "AssumeRole", "ExpiredToken", Failed, ""},
		{"unknown text of a known call", "An error occurred (Weird) when calling the AssumeRole operation: Something new", sourceSTS, "AssumeRole", "Weird", Failed, ""},
		{"another service", "User: " + alice + " is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::example", "s3.amazonaws.com", "GetObject", "AccessDenied", NotOurs, ""},
		{"another call", "An error occurred (ExpiredToken) when calling the ListBuckets operation: The provided token has expired.", "", "ListBuckets", "ExpiredToken", NotOurs, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r, ok := fromText(unadorned(tt.text), "pasted")
			if !ok {
				t.Fatal("not recognized")
			}
			if r.Source != tt.source || r.Name != tt.call || r.ErrorCode != tt.code || r.Class != tt.class || r.Hint.RoleARN != tt.role || !r.MessageOnly || r.Position.File != "pasted" {
				t.Errorf("got %+v", r)
			}
			if strings.Contains(tt.text, "User: ") && (r.Identity.ARN != alice || r.Identity.Type != "IAMUser" || r.Identity.Account != "111122223333" || r.Identity.UserName != "alice") {
				t.Errorf("caller %+v", r.Identity)
			}
			ids, failures := decodeAll(t, tt.text)
			if len(ids) != 1 || failures != nil {
				t.Errorf("Decode gave %d records and %q", len(ids), failures)
			}
		})
	}
	for _, s := range []string{"", "hello", "Access Denied", "An error occurred", "User: alice", "{}", "error: " + strings.Repeat("x", 100)} {
		if r, ok := fromText(unadorned(s), ""); ok {
			t.Errorf("%q gave %+v", s, r)
		}
	}
}

func TestDecodeText(t *testing.T) {
	cli := "An error occurred (AccessDenied) when calling the AssumeRole operation: "
	tests := []struct {
		name, input string
		roles       []string
	}{
		{"two lines", cli + full + "\n" + cli + start + " on resource: arn:aws:iam::444455556666:role/two\n", []string{deploy, "arn:aws:iam::444455556666:role/two"}},
		{"noise around", "$ aws sts assume-role\n\n" + cli + full + "\nmake: *** [all] Error 254\n", []string{deploy}},
		{"wrapped at the resource", cli + start + " on resource:\n  " + deploy + "\n", []string{deploy}},
		{"wrapped early", cli + "User:\n" + strings.TrimPrefix(full, "User: "), []string{deploy}},
		{"wrapped in the ARN", cli + start + " on resource: arn:aws:iam::444455556666:\nrole/deploy", []string{deploy}},
		{"no resource", start + "\n" + full, []string{"", deploy}},
		{"log line", "[ERROR] ClientError: " + cli + full, []string{deploy}},
		{"then JSON", cli + full + "\n" + bare("1"), []string{deploy, deploy}},
		{"after JSON", bare("1") + "\n" + full + "\n", []string{deploy, deploy}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var roles []string
			for r, err := range Decode(strings.NewReader(tt.input), "pasted") {
				if err != nil {
					t.Fatal(err)
				}
				roles = append(roles, r.Hint.RoleARN)
			}
			if d := cmp.Diff(tt.roles, roles); d != "" {
				t.Errorf("roles (-want +got):\n%s", d)
			}
		})
	}
}

func TestNamed(t *testing.T) {
	tests := map[string]Identity{
		"anonymous":                                       {},
		"arn:aws:iam::111122223333:root":                  {Type: "Root", Account: "111122223333"},
		"arn:aws:iam::111122223333:user/div/alice":        {Type: "IAMUser", Account: "111122223333", UserName: "alice"},
		"arn:aws:sts::111122223333:assumed-role/ci/b42":   {Type: "AssumedRole", Account: "111122223333"},
		"arn:aws:sts::111122223333:federated-user/carol":  {Type: "FederatedUser", Account: "111122223333"},
		"arn:aws:iam::111122223333:something/else/entire": {Account: "111122223333"},
	}
	for arn, want := range tests {
		want.ARN = arn
		if d := cmp.Diff(want, named(arn)); d != "" {
			t.Errorf("%s (-want +got):\n%s", arn, d)
		}
	}
}
