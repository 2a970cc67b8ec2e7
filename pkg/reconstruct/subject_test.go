package reconstruct_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

func TestCaller(t *testing.T) {
	runner := request.Caller{
		Kind: request.RoleSession, ARN: asSession, Account: ours, RoleARN: "arn:aws:iam::" + ours + ":role/app/runner", RoleName: "runner",
		SessionName: "job-7", PrincipalID: "AROARUNNER:job-7", UniqueID: "AROARUNNER", Chained: true,
	}
	pathless := runner
	pathless.RoleARN = ""
	fromText := pathless
	fromText.PrincipalID, fromText.UniqueID, fromText.Temporary = "", "", true
	user := request.Caller{Kind: request.User, ARN: asUser, Account: ours, UserName: "alice", PrincipalID: "AIDAALICE", UniqueID: "AIDAALICE"}
	fixed := func(kind request.CallerKind, arn, id string) request.Caller {
		return request.Caller{Kind: kind, ARN: arn, Account: ours, PrincipalID: id}
	}
	tests := []struct {
		name, caller string
		edits        map[string]string
		want         request.Caller
	}{
		{"user", "user", nil, user},
		{"role", "role", nil, runner},
		{"role without its session", "no context", nil, pathless},
		{"root", "root", nil, fixed(request.Root, "arn:aws:iam::"+ours+":root", ours)},
		{"federated user", "federated user", nil, fixed(request.FederatedUser, "arn:aws:sts::"+ours+":federated-user/bob", ours+":bob")},
		{"service", "service", nil, request.Caller{Kind: request.Service, ARN: "ec2.amazonaws.com"}},
		{"token", "oidc eks", nil, request.Caller{
			Kind: request.OIDC, ARN: cluster, Provider: cluster, UserName: "system:serviceaccount:ns:name", PrincipalID: cluster + ":sts.amazonaws.com:system:serviceaccount:ns:name",
		}},
		{"token, nobody named", "oidc", map[string]string{"userIdentity": "{}"}, request.Caller{Kind: request.OIDC}},
		{"assertion, nobody named", "saml", map[string]string{"userIdentity": "null"}, request.Caller{Kind: request.SAML}},
		{
			"assertion, parameters", "saml",
			map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `","principalArn":"arn:aws:iam::` + theirs + `:saml-provider/x"}`},
			request.Caller{Kind: request.SAML, ARN: "arn:aws:iam::" + theirs + ":saml-provider/x", Provider: "arn:aws:iam::" + theirs + ":saml-provider/x", UserName: "alice@example.com", PrincipalID: "hash:alice@example.com"},
		},
		{
			"assertion, resources", "saml",
			map[string]string{"resources": `[{"type":"AWS::IAM::SAMLProvider","ARN":"arn:aws:iam::` + theirs + `:saml-provider/x"}]`},
			request.Caller{Kind: request.SAML, ARN: "arn:aws:iam::" + theirs + ":saml-provider/x", Provider: "arn:aws:iam::" + theirs + ":saml-provider/x", UserName: "alice@example.com", PrincipalID: "hash:alice@example.com"},
		},
		{"account's copy", "account", map[string]string{"errorMessage": ""}, fixed(request.CallerUnknown, "", "AIDAALICE")},
		{"only the message says who", "nobody", map[string]string{"errorMessage": `"User: ` + asUser + message + `"`, "userIdentity": "null"}, request.Caller{Kind: request.User, ARN: asUser, Account: ours, UserName: "alice"}},
		{"account of the record", "user", map[string]string{"userIdentity": `{"type":"IAMUser","userName":"alice"}`, "errorMessage": ""}, request.Caller{Kind: request.User, Account: ours, UserName: "alice"}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, reconstruct.SubjectOf(call(t, c.caller, c.edits)).Caller); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
	if diff := cmp.Diff(fromText, ask(t, "text User: "+asSession+message, nil, nothing()).Caller); diff != "" {
		t.Errorf("message: -want +got\n%s", diff)
	}
}

// TestChained: a session of a service, a token or a permission set was not made
// by AssumeRole; of another it is not known.
func TestChained(t *testing.T) {
	for caller, want := range map[string]bool{
		"role": true, "role mfa": true, "no context": true, "ec2": false, "lambda": false, "sso": false, "sso person": false, "oidc session": false, "user": false,
	} {
		if got := reconstruct.SubjectOf(call(t, caller, nil)).Caller.Chained; got != want {
			t.Errorf("%s: %t", caller, got)
		}
	}
}

// TestLinked: the path of the role says so, its name only where there is no path.
func TestLinked(t *testing.T) {
	const arn = "arn:aws:sts::" + ours + ":assumed-role/AWSServiceRoleForExample/s"
	named := session("/", "AWSServiceRoleForExample", "AROA", "s", "false", "", "")
	for name, c := range map[string]struct {
		caller string
		edits  map[string]string
		want   bool
	}{
		"path":              {"service-linked", nil, true},
		"name, other path":  {"role", map[string]string{"userIdentity": named}, false},
		"name alone":        {"text User: " + arn + message, nil, true},
		"neither":           {"role", nil, false},
		"simulated by path": {"simulate arn:aws:iam::" + ours + ":role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX", nil, true},
	} {
		if got := ask(t, c.caller, c.edits, nothing()).Caller.Linked; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// TestConsole: AWS's own name in any of three places, or the console's record.
func TestConsole(t *testing.T) {
	for name, c := range map[string]struct {
		edits map[string]string
		want  bool
	}{
		"plain":      {nil, false},
		"address":    {map[string]string{"sourceIPAddress": `"AWS Internal"`}, true},
		"agent":      {map[string]string{"userAgent": `"AWS Internal"`}, true},
		"invoked by": {map[string]string{"userIdentity": `{"type":"IAMUser","invokedBy":"AWS Internal"}`}, true},
		"service":    {map[string]string{"userIdentity": `{"type":"IAMUser","invokedBy":"athena.amazonaws.com"}`}, false},
		"sign-in":    {signIn, true},
	} {
		if got := ask(t, "user", c.edits, nothing()).Console; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestPrincipal(t *testing.T) {
	simulated := request.Caller{
		Kind: request.RoleSession, ARN: "arn:aws:sts::" + ours + ":assumed-role/runner/session", Account: ours, RoleARN: "arn:aws:iam::" + ours + ":role/app/runner",
		RoleName: "runner", SessionName: "session", UniqueID: "AROARUNNER", PrincipalID: "AROARUNNER:session", Chained: true,
	}
	named := simulated
	named.ARN, named.SessionName, named.PrincipalID = asSession, "job-7", "AROARUNNER:job-7"
	stranger := request.Caller{Kind: request.User, ARN: "arn:aws:iam::" + ours + ":user/alice", Account: ours, UserName: "alice"}
	for who, want := range map[string]request.Caller{
		asUser:       {Kind: request.User, ARN: asUser, Account: ours, UserName: "alice", UniqueID: "AIDAALICE", PrincipalID: "AIDAALICE"},
		stranger.ARN: stranger, // the user has a path
		"arn:aws:iam::" + ours + ":role/app/runner": simulated,
		asSession:                        named,
		"arn:aws:iam::" + ours + ":root": {Kind: request.Root, ARN: "arn:aws:iam::" + ours + ":root", Account: ours},
		"arn:aws:sts::" + ours + ":federated-user/bob": {Kind: request.FederatedUser, ARN: "arn:aws:sts::" + ours + ":federated-user/bob", Account: ours},
		provider: {Kind: request.OIDC, ARN: provider, Provider: provider},
		"arn:aws:iam::" + theirs + ":saml-provider/x": {Kind: request.SAML, ARN: "arn:aws:iam::" + theirs + ":saml-provider/x", Provider: "arn:aws:iam::" + theirs + ":saml-provider/x"},
		"cognito-identity.amazonaws.com":              {Kind: request.OIDC, ARN: "cognito-identity.amazonaws.com", Provider: "cognito-identity.amazonaws.com"},
		"ec2.amazonaws.com":                           {Kind: request.Service, ARN: "ec2.amazonaws.com"},
		"ec2.amazonaws.com.cn":                        {Kind: request.Service, ARN: "ec2.amazonaws.com.cn"},
	} {
		s, ok := reconstruct.Principal(who, whole(t))
		if diff := cmp.Diff(want, s.Caller); !ok || diff != "" {
			t.Errorf("%s: %t -want +got\n%s", who, ok, diff)
		}
	}
	for _, who := range []string{"", "*", "alice", ours, "arn:aws:s3:::bucket", "arn:aws:iam::" + ours + ":group/g", "arn:aws:iam::" + ours + ":role/", "arn:aws:iam::" + ours + ":policy/p"} {
		if s, ok := reconstruct.Principal(who, whole(t)); ok {
			t.Errorf("%q is somebody: %+v", who, s.Caller)
		}
	}
}
