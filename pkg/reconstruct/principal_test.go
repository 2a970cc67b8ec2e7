package reconstruct_test

import "testing"

const (
	asUser    = "arn:aws:iam::" + ours + ":user/people/alice"
	asSession = "arn:aws:sts::" + ours + ":assumed-role/runner/job-7"
	message   = " is not authorized to perform: sts:AssumeRole on resource: " + roleARN
)

// TestPrincipalKeys holds the properties of the principal to the IAM User
// Guide's "AWS global condition context keys".
func TestPrincipalKeys(t *testing.T) {
	names := []string{
		"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalIsAWSService", "aws:PrincipalServiceName",
		"aws:PrincipalServiceNamesList", "aws:PrincipalType", "aws:userid", "aws:username", "aws:PrincipalTag/team",
	}
	user := []string{asUser, ours, "false", "absent", "absent", "User", "AIDAALICE", "alice", "blue"}
	role := func(path, name, id string) []string {
		return []string{"arn:aws:iam::" + ours + ":role" + path + name, ours, "false", "absent", "absent", "AssumedRole", id, "absent", "unknown"}
	}
	runner := role("/app/", "runner", "AROARUNNER:job-7")
	runner[8] = "present_unknown, usually present green"
	sso := role("/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_Dev_0123456789abcdef", "AROASSO:alice@example.com")
	federated := []string{"absent", "absent", "absent", "absent", "absent", "unknown", "unknown", "absent", "unknown"}
	all := func(s string) []string { return []string{s, s, s, s, s, s, s, s, s} }
	text := func(list []string, id string) []string {
		out := append([]string(nil), list...)
		out[6] = id
		return out
	}
	tests := map[string][]string{
		"user": user, "user session": user, "user mfa": user,
		"role": runner, "role mfa": runner, "no context": runner,
		"ec2":                               role("/", "web", "AROAWEB:i-0123456789abcdef0"),
		"lambda":                            role("/", "fn", "AROAFN:fn"),
		"sso":                               sso,
		"oidc session":                      role("/", "ci", "AROACI:GitHubActions"),
		"root":                              {"arn:aws:iam::" + ours + ":root", ours, "false", "absent", "absent", "Account", ours, "absent", "unknown"},
		"service":                           {"absent", "absent", "true", "ec2.amazonaws.com", "present_unknown", "unknown", "unknown", "absent", "absent"},
		"oidc":                              federated,
		"saml":                              federated,
		"account":                           {"unknown", ours, "false", "absent", "absent", "unknown", "unknown", "unknown", "unknown"},
		"nobody":                            all("unknown"),
		"text User: " + asUser + message:    text(user, "present_unknown"),
		"text User: " + asSession + message: text(runner, "present_unknown"),
		"text Not authorized to perform sts:AssumeRole":                user[:0],
		"text Not authorized to perform sts:AssumeRoleWithWebIdentity": federated,
		"simulate " + asUser:                                   user,
		"simulate " + asSession:                                runner,
		"simulate arn:aws:iam::" + ours + ":role/app/runner":   text(runner, "AROARUNNER:session"),
		"simulate " + provider:                                 federated,
		"simulate arn:aws:iam::" + theirs + ":saml-provider/x": federated,
		"simulate ec2.amazonaws.com":                           {"absent", "absent", "true", "ec2.amazonaws.com", "present_unknown", "unknown", "unknown", "absent", "absent"},
	}
	for caller, values := range tests {
		t.Run(caller, func(t *testing.T) {
			if len(values) == 0 {
				values = all("unknown")
			}
			want := map[string]string{}
			for i, name := range names {
				want[name] = values[i]
			}
			keys(t, ask(t, caller, nil, whole(t)), want)
		})
	}
}

// TestPrincipalWithoutEstate: what only the estate says is unknown, what the
// record says is not.
func TestPrincipalWithoutEstate(t *testing.T) {
	for caller, want := range map[string]map[string]string{
		"user":                              {"aws:PrincipalTag/team": "unknown", "aws:PrincipalArn": asUser},
		"role":                              {"aws:PrincipalTag/team": "unknown", "aws:PrincipalArn": "arn:aws:iam::" + ours + ":role/app/runner"},
		"no context":                        {"aws:PrincipalArn": "present_unknown", "aws:userid": "AROARUNNER:job-7"},
		"text User: " + asSession + message: {"aws:PrincipalArn": "present_unknown", "aws:userid": "present_unknown"},
	} {
		t.Run(caller, func(t *testing.T) { keys(t, ask(t, caller, nil, nothing()), want) })
	}
}

// TestPrincipalTags: a user's tags are known, absent ones too; a session tag of
// the same key may stand over a role's.
func TestPrincipalTags(t *testing.T) {
	for caller, want := range map[string]map[string]string{
		"user":    {"aws:PrincipalTag/TEAM": "blue", "aws:PrincipalTag/other": "absent"},
		"role":    {"aws:PrincipalTag/Team": "present_unknown, usually present green", "aws:PrincipalTag/other": "unknown, usually absent"},
		"service": {"aws:PrincipalTag/team": "absent"},
	} {
		t.Run(caller, func(t *testing.T) { keys(t, ask(t, caller, nil, whole(t)), want) })
	}
	bob := map[string]string{"userIdentity": `{"type":"IAMUser","accountId":"` + ours + `","userName":"bob"}`}
	keys(t, ask(t, "user", bob, whole(t)), map[string]string{"aws:PrincipalTag/team": "unknown"})
}

// TestNoARN: a record without the caller's ARN does not say that there is none.
func TestNoARN(t *testing.T) {
	identity := map[string]string{"userIdentity": `{"type":"IAMUser","principalId":"AIDAALICE","userName":"alice"}`, "errorMessage": `"An unknown error occurred"`}
	keys(t, ask(t, "user", identity, nothing()), map[string]string{
		"aws:PrincipalArn": "present_unknown", "aws:PrincipalAccount": ours, "aws:username": "alice",
	})
}
