package reconstruct_test

import (
	"testing"
)

const (
	mfaKey = "aws:MultiFactorAuthPresent"
	ageKey = "aws:MultiFactorAuthAge"
)

// TestMFA holds the two keys of multi-factor authentication: a user may send a
// code that a denied record does not show, a role session cannot, and of a
// session that was made with MFA AWS's pages contradict each other.
func TestMFA(t *testing.T) {
	const never = "unknown, usually present false, never true"
	serial := map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `","serialNumber":"arn:aws:iam::` + ours + `:mfa/alice"}`}
	shown := map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `"}`}
	console := map[string]string{"sourceIPAddress": `"AWS Internal"`}
	tests := []struct {
		name, caller string
		edits        map[string]string
		mfa, age     string
	}{
		{"long-term key", "user", nil, "unknown, usually absent, never false", "unknown, usually absent"},
		{"session without", "user session", nil, "unknown, usually present false", "unknown, usually absent"},
		{"session with", "user mfa", nil, "true", "present_unknown, usually present 1800, at most 1860"},
		{"long-term key, parameters shown", "user", shown, "absent", "absent"},
		{"session without, parameters shown", "user session", shown, "false", "absent"},
		{"code sent", "user", serial, "unknown, usually present true", "unknown"},
		{"serial of another type", "user", map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `","serialNumber":7}`}, "unknown, usually present true", "unknown"},
		{"code sent with a session", "user session", serial, "unknown, usually present true", "unknown"},
		{"console", "user session", console, "false", "absent"},
		{"console, MFA at sign-in", "user mfa", console, "true", "present_unknown, usually present 1800, at most 1860"},
		{"the console's own record", "user", signIn, "present_unknown", "unknown"},
		{"the console's own record of a session", "user session", signIn, "false", "absent"},
		{"user session that says nothing", "user", map[string]string{"userIdentity": `{"type":"IAMUser","arn":"` + asUser + `","sessionContext":{}}`}, "present_unknown", "unknown"},
		{"role", "role", nil, never, "absent"},
		{"role made with MFA", "role mfa", nil, "unknown", "unknown"},
		{"role without sessionContext", "no context", nil, "unknown", "unknown"},
		{"instance", "ec2", nil, never, "absent"},
		{"function", "lambda", nil, never, "absent"},
		{"permission set", "sso", nil, never, "absent"},
		{"made from a token", "oidc session", nil, never, "absent"},
		{"root", "root", nil, "unknown, usually absent, never false", "unknown, usually absent"},
		{"service", "service", nil, "absent", "absent"},
		{"oidc", "oidc", nil, "absent", "absent"},
		{"saml", "saml", nil, "absent", "absent"},
		{"another account's copy", "account", nil, "unknown", "unknown"},
		{"nobody", "nobody", nil, "unknown", "unknown"},
		{"message of a user", "text User: " + asUser + message, nil, "unknown, usually absent", "unknown, usually absent"},
		{"message of a role", "text User: " + asSession + message, nil, "unknown", "unknown"},
		{"simulated user", "simulate " + asUser, nil, "absent", "absent"},
		{"simulated role", "simulate " + asSession, nil, "unknown, usually absent, never true", "absent"},
		{"simulated token", "simulate " + provider, nil, "absent", "absent"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			keys(t, ask(t, c.caller, c.edits, nothing()), map[string]string{mfaKey: c.mfa, ageKey: c.age})
		})
	}
}

// TestSessionKeys: what sessionContext says, what it leaves out, and what is
// unknown where there is none.
func TestSessionKeys(t *testing.T) {
	const open = "unknown, usually absent"
	texts := []string{"aws:SourceIdentity", "aws:FederatedProvider", "aws:AssumedRoot", "aws:SignInSessionArn", "ec2:RoleDelivery", "ec2:SourceInstanceArn", "aws:Ec2InstanceSourceVpc", "aws:Ec2InstanceSourcePrivateIPv4", "identitystore:UserId"}
	tests := map[string]struct {
		issued string
		all    string // of texts
		but    map[string]string
	}{
		"user":           {"absent", "absent", nil},
		"user mfa":       {"2026-09-01T09:30:00Z", "absent", nil},
		"role":           {"2026-09-01T09:55:00Z", "absent", nil},
		"role source":    {"2026-09-01T09:55:00Z", "absent", map[string]string{"aws:SourceIdentity": "alice@example.com"}},
		"assumed root":   {"2026-09-01T09:55:00Z", "absent", map[string]string{"aws:AssumedRoot": "true"}},
		"oidc session":   {"2026-09-01T09:55:00Z", "absent", map[string]string{"aws:FederatedProvider": provider}},
		"sso":            {"2026-09-01T09:55:00Z", "absent", map[string]string{"identitystore:UserId": open}},
		"sso person":     {"2026-09-01T09:55:00Z", "absent", map[string]string{"identitystore:UserId": "u-1"}},
		"no context":     {"present_unknown", open, nil},
		"nobody":         {"unknown", open, nil},
		"account":        {"unknown", open, nil},
		"root":           {"absent", "absent", nil},
		"federated user": {"2026-09-01T09:30:00Z", "absent", nil},
		"service":        {"absent", "absent", nil},
		"oidc":           {"absent", "absent", map[string]string{"aws:FederatedProvider": provider}},
		"saml":           {"absent", "absent", nil},
		"ec2": {"2026-09-01T09:55:00Z", "absent", map[string]string{
			"ec2:RoleDelivery": "2", "ec2:SourceInstanceArn": "present_unknown",
			"aws:Ec2InstanceSourceVpc": "present_unknown", "aws:Ec2InstanceSourcePrivateIPv4": "present_unknown",
		}},
		"text User: " + asUser + message:    {"unknown", open, nil},
		"text User: " + asSession + message: {"present_unknown", open, nil},
		"simulate " + asUser:                {"unknown", "absent", nil},
		"simulate " + asSession:             {"present_unknown", open, nil},
	}
	for caller, c := range tests {
		t.Run(caller, func(t *testing.T) {
			want := map[string]string{"aws:TokenIssueTime": c.issued}
			for _, k := range texts {
				want[k] = c.all
			}
			for k, v := range c.but {
				want[k] = v
			}
			keys(t, ask(t, caller, nil, nothing()), want)
		})
	}
}

// TestServiceSessions: keys of credentials that a service issued.
func TestServiceSessions(t *testing.T) {
	names := []string{
		"lambda:SourceFunctionArn", "ssm:SourceInstanceArn", "glue:RoleAssumedBy", "glue:CredentialIssuingService",
		"codebuild:BuildArn", "codebuild:ProjectArn", "aws:ChatbotSourceArn",
	}
	for caller, state := range map[string]string{
		"user": "absent", "root": "absent", "service": "absent", "oidc": "absent", "federated user": "absent",
		"role": "unknown", "sso": "unknown", "account": "unknown", "nobody": "unknown", "lambda": "unknown",
	} {
		t.Run(caller, func(t *testing.T) {
			want := map[string]string{}
			for _, n := range names {
				want[n] = state
			}
			if caller == "lambda" {
				want[names[0]] = "arn:aws:lambda:eu-west-1:" + ours + ":function:fn"
			}
			keys(t, ask(t, caller, nil, nothing()), want)
		})
	}
	task := map[string]string{"userIdentity": session("/", "task", "AROA", "t", "false", "", `,"inScopeOf":{"credentialsIssuedTo":"arn:aws:ecs:eu-west-1:`+ours+`:task/t"}`)}
	keys(t, ask(t, "role", task, nothing()), map[string]string{"lambda:SourceFunctionArn": "unknown"})
}
