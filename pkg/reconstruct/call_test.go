package reconstruct_test

import (
	"strings"
	"testing"
)

func TestTime(t *testing.T) {
	keys(t, ask(t, "user", nil, nothing()), map[string]string{"aws:CurrentTime": "2026-09-01T10:00:00Z", "aws:EpochTime": "1788256800"})
	keys(t, ask(t, "simulate "+asUser, nil, nothing()), map[string]string{"aws:CurrentTime": "2026-09-01T10:00:00Z", "aws:EpochTime": "1788256800"})
	keys(t, ask(t, "user", map[string]string{"eventTime": ""}, nothing()), map[string]string{"aws:CurrentTime": "present_unknown", "aws:EpochTime": "present_unknown"})
	keys(t, ask(t, "text User: "+asUser+message, nil, nothing()), map[string]string{"aws:CurrentTime": "present_unknown"})
}

func TestUserAgent(t *testing.T) {
	for agent, want := range map[string]string{
		"aws-cli/2.32.0": "aws-cli/2.32.0", "": "unknown", "AWS Internal": "unknown", strings.Repeat("x", 1024): "unknown",
	} {
		keys(t, ask(t, "user", map[string]string{"userAgent": `"` + agent + `"`}, nothing()), map[string]string{
			"aws:UserAgent": want, "aws:referer": "unknown, usually absent",
		})
	}
	for _, caller := range []string{"simulate " + asUser, "text User: " + asUser + message} {
		keys(t, ask(t, caller, nil, nothing()), map[string]string{"aws:UserAgent": "unknown"})
	}
	keys(t, ask(t, "user", signIn, nothing()), map[string]string{"aws:UserAgent": "unknown"})
}

// TestViaKeys: whether a service made the call with the caller's credentials.
func TestViaKeys(t *testing.T) {
	by := func(s string) map[string]string {
		return map[string]string{"userIdentity": strings.Replace(callers["role"], "{", `{"invokedBy":"`+s+`",`, 1)}
	}
	const usually = "unknown, usually absent"
	tests := []struct {
		name, caller string
		edits        map[string]string
		via, called  string
	}{
		{"user", "user", nil, "false", "absent"},
		{"by a service", "role", by("athena.amazonaws.com"), "true", "present_unknown"},
		{"by the console", "role", by("AWS Internal"), "present_unknown, usually present false", "unknown"},
		{"a service itself", "service", nil, "false", "absent"},
		{"token", "oidc", nil, "false", "absent"},
		{"sign-in", "user", signIn, "present_unknown, usually present false", usually},
		{"message", "text User: " + asUser + message, nil, "present_unknown, usually present false", usually},
		{"nobody", "nobody", nil, "present_unknown, usually present false", usually},
		{"simulated", "simulate " + asUser, nil, "false", "absent"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			keys(t, ask(t, c.caller, c.edits, nothing()), map[string]string{
				"aws:ViaAWSService": c.via, "aws:CalledVia": c.called, "aws:CalledViaFirst": c.called, "aws:CalledViaLast": c.called,
			})
		})
	}
}

// TestMCP: absent unless user agent or invokedBy show an MCP server.
func TestMCP(t *testing.T) {
	for agent, want := range map[string]string{"aws-cli/2.32.0": "absent", "aws-MCP-server/1.0": "unknown, usually absent"} {
		keys(t, ask(t, "user", map[string]string{"userAgent": `"` + agent + `"`}, nothing()), map[string]string{
			"aws:CalledViaAWSMCP": want, "aws:ViaAWSMCPService": want, "aws:IsMcpServiceAction": want,
		})
	}
}

// TestSourceKeys: services alone send them, when they do.
func TestSourceKeys(t *testing.T) {
	const fn = "arn:aws:lambda:eu-west-1:" + theirs + ":function:f"
	for caller, want := range map[string][3]string{
		"user": {"absent", "absent", "absent"}, "role": {"absent", "absent", "absent"}, "oidc": {"absent", "absent", "absent"},
		"lambda": {"absent", "absent", "absent"}, "service": {"unknown", "unknown", "unknown"}, "service scope": {theirs, fn, "unknown"},
		"nobody": {"unknown", "unknown", "unknown"}, "simulate ec2.amazonaws.com": {"unknown", "unknown", "unknown"},
		"simulate " + asUser: {"absent", "absent", "absent"},
	} {
		t.Run(caller, func(t *testing.T) {
			keys(t, ask(t, caller, nil, nothing()), map[string]string{
				"aws:SourceAccount": want[0], "aws:SourceArn": want[1], "aws:SourceOrgID": want[2], "aws:SourceOrgPaths": want[2],
			})
		})
	}
}
