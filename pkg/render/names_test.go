package render

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestCaller(t *testing.T) {
	tests := []struct {
		name        string
		caller      report.Caller
		short, long string
	}{
		{"user", report.Caller{Type: "IAMUser", ARN: "arn:aws:iam::210000000029:user/ops/bob"}, "bob", "user bob"},
		{"session", report.Caller{
			Type: "AssumedRole", ARN: "arn:aws:sts::210000000029:assumed-role/ci/build-42", SessionName: "build-42",
			RoleARN: "arn:aws:iam::210000000029:role/path/ci",
		}, "ci/build-42", "role ci"},
		{"session without role's ARN", report.Caller{
			Type: "AssumedRole", ARN: "arn:aws:sts::210000000029:assumed-role/ci/build-42", SessionName: "build-42",
		}, "ci/build-42", "role ci"},
		{"session of nothing", report.Caller{Type: "AssumedRole"}, "unknown caller", "role unknown caller"},
		{"permission set", report.Caller{
			Type: "AssumedRole", SessionName: "alice", RoleARN: "arn:aws:iam::210000000029:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Read_Only_0123456789abcdef",
		}, "Read_Only/alice", "permission set Read_Only"},
		{"permission set without a name", report.Caller{Type: "AssumedRole", RoleARN: "arn:aws:iam::210000000029:role/AWSReservedSSO__0123"}, "AWSReservedSSO__0123", "role AWSReservedSSO__0123"},
		{"root", report.Caller{Type: "Root", ARN: "arn:aws:iam::210000000029:root"}, "root user", "root user"},
		{"federated", report.Caller{Type: "FederatedUser", ARN: "arn:aws:sts::210000000029:federated-user/carol"}, "carol", "federated user carol"},
		{"service", report.Caller{Type: "AWSService", ARN: "lambda.amazonaws.com"}, "lambda.amazonaws.com", "service lambda.amazonaws.com"},
		{"web identity", report.Caller{
			Type: "WebIdentityUser", ARN: "arn:aws:iam::333344445555:oidc-provider/example.com",
			PrincipalID: "arn:aws:iam::333344445555:oidc-provider/example.com:https://sts.example.com:repo:octo-org/app",
		}, "repo:octo-org/app", "web identity repo:octo-org/app"},
		{"SAML", report.Caller{
			Type: "SAMLUser", ARN: "arn:aws:iam::333344445555:saml-provider/idp",
			PrincipalID: "arn:aws:iam::333344445555:saml-provider/idp:aud:alice",
		}, "alice", "SAML user alice"},
		{"web identity by its principal", report.Caller{Type: "WebIdentityUser", PrincipalID: "repo:example/app"}, "repo:example/app", "web identity repo:example/app"},
		{"other account", report.Caller{Type: "AWSAccount", Account: "210000000029"}, "caller of another account", "caller of another account"},
		{"kind alone", report.Caller{Type: "IdentityCenterUser"}, "IdentityCenterUser", "IdentityCenterUser"},
		{"ARN alone", report.Caller{ARN: "arn:aws:iam::210000000029:user/bob"}, "bob", "user bob"},
		{"nothing", report.Caller{}, "unknown caller", "unknown caller"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			short, long := namer{&report.Report{Caller: tt.caller}, &english}.caller()
			if short != tt.short || long != tt.long {
				t.Errorf("caller = %q, %q, want %q, %q", short, long, tt.short, tt.long)
			}
		})
	}
}

func TestRole(t *testing.T) {
	tests := []struct {
		name string
		role report.Role
		want string
	}{
		{"named account", report.Role{ARN: "arn:aws:iam::320000000031:role/a/Deployer", Account: "320000000031"}, "role Deployer in prod (320000000031)"},
		{"other account", report.Role{ARN: "arn:aws-cn:iam::430000000037:role/Deployer", Account: "430000000037"}, "role Deployer in 430000000037"},
		{"no account", report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"}, "role Deployer"},
		{"a user", report.Role{ARN: "arn:aws:iam::320000000031:user/bob", Account: "320000000031"}, "arn:aws:iam::320000000031:user/bob in prod (320000000031)"},
		{"no ARN", report.Role{Account: "320000000031"}, "unknown role in prod (320000000031)"},
		{"nothing", report.Role{}, "unknown role"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			n := namer{&report.Report{Role: tt.role, Accounts: map[string]report.Account{"320000000031": {Name: "prod"}}}, &english}
			if got := n.roleIn(); got != tt.want {
				t.Errorf("roleIn = %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTarget(t *testing.T) {
	n := namer{&report.Report{
		Accounts: map[string]report.Account{"320000000031": {Name: "prod"}, "430000000037": {}},
		Causes:   []report.Cause{{Evidence: []report.Evidence{{Origin: levelOrigin, Fact: "ou-1 Work loads"}, {Origin: "event:x", Fact: "ou-2 Forged"}}}},
	}, &english}
	for in, want := range map[string]string{
		"320000000031": "prod (320000000031)", "430000000037": "430000000037", "ou-1": "Work loads (ou-1)", "ou-2": "ou-2",
		"arn:aws:iam::320000000031:group/a/devs": "group devs", "arn:aws:s3:::bucket": "bucket", "arn:aws:iam::1:user/": "arn:aws:iam::1:user/", "": "",
	} {
		if got := n.target(in); got != want {
			t.Errorf("target(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMoment(t *testing.T) {
	for in, want := range map[string]string{
		"2026-10-14T09:26:53Z": "2026-10-14 09:26:53Z", "2026-10-14T11:26:53.5+02:00": "2026-10-14 09:26:53Z", "": "", "today": "today",
	} {
		if got := moment(in); got != want {
			t.Errorf("moment(%q) = %q, want %q", in, got, want)
		}
	}
}
