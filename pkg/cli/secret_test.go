package cli

import (
	"strings"
	"testing"
)

func TestWithoutSecrets(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"reading event.json: no such file", "reading event.json: no such file"},
		{"reading 18-external-id.json: no such file", "reading 18-external-id.json: no such file"},
		{"did you mean sts:ExternalId?", "did you mean sts:ExternalId?"},
		{"sts:ExternalId=a b\nc", "sts:ExternalId"},
		{"STS:EXTERNALID = a", "STS:EXTERNALID"},
		{`{"external_id": "a"}`, `{"external_id"`},
		{"external-id=a", "external-id"},
		{"key AKIAIOSFODNN7EXAMPLE of", "key (access key) of"},
		{"xASIAIOSFODNN7EXAMPLEmore", "x(access key)more"},
		{"AKIAIOSFODNN7", "AKIAIOSFODNN7"},
		{"to https://hooks.slack.com/services/T0/B0/x now", "to (webhook) now"},
		{"https:/hooks.slack.com/services/T0/B0/x", "(webhook)"},
		{"HTTPS://hooks.slack.com/services/T0'B0/x", "(webhook)"},
		{"at https://discord.com/api/webhooks/1/x", "at (webhook)"},
	}
	for _, tt := range tests {
		got := withoutSecrets(tt.in)
		if got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
		if again := withoutSecrets(got); again != got {
			t.Errorf("%q: a second time gives %q", got, again)
		}
	}
}

func TestMisplaced(t *testing.T) {
	for arg, want := range map[string]bool{
		"sts:ExternalId=x": true, "sts:ExternaId=x": true, "sts:externalid": true, "ExternalId": true, "aws:RequestTag/a=b": true,
		"sts:ExternalId = x": true, "corp:Ticket=x": true, "a/externalId=x": true,
		"event.json": false, "-": false, "a=b.json": false, "year=2026/month=11/12:30.json": false, "C:\\logs\\event.json": false,
		"18-external-id.json": false, "logs/12:30=x.json": false,
	} {
		if got := misplaced(arg); got != want {
			t.Errorf("%q: %v, want %v", arg, got, want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 2999980: "2,999,980", 123456: "123,456"} {
		if got := thousands(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

// canary stands for a secret value.
const canary = "Q7canaryQ7"

// However a flag is misspelled, and whatever is wrong with its value: the value
// is not repeated, and a misuse is one line.
func FuzzSecretFlag(f *testing.F) {
	f.Add("explain", "--know", "sts:ExternalId", "", "", false)
	f.Add("simulate", "--context", "sts:ExternalId", "@", "", true)
	f.Add("explain", "--know", "sts:ExternaId", "?", "=", true)
	f.Add("explain", "-know", "", "", "", false)
	f.Add("simulate", "--", "", "", "\n", false)
	f.Add("--know=x", "--know", "a:b", "", "", true)
	f.Add("version", "-h", ":", "", "", false)
	f.Fuzz(func(t *testing.T, command, flag, key, before, after string, apart bool) {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		if !strings.HasPrefix(flag, "-") || takesOther(name) {
			t.Skip("no flag, or one of which the fuzz test below tells")
		}
		args := []string{command, flag + "=" + key + "=" + before + canary + after}
		if apart && (flag == "--know" || flag == "--context") {
			args = []string{command, flag, key + "=" + before + canary + after}
		}
		status, stdout, stderr := run(t, nil, args...)
		if strings.Contains(stdout+stderr, canary) {
			t.Errorf("%q: the value is in stdout %q or stderr %q", args, stdout, stderr)
		}
		if status < ok || status > undetermined {
			t.Errorf("%q: status %d", args, status)
		}
		if status == misused && (stdout != "" || !strings.HasPrefix(stderr, "assumewhy: ")) {
			t.Errorf("%q: stdout %q, stderr %q", args, stdout, stderr)
		}
	})
}

// takesOther tells that a flag is there and takes a value that is no secret.
func takesOther(name string) bool {
	for _, c := range (&program{}).root().Commands() {
		if c.Flags().Lookup(name) != nil && name != "know" && name != "context" {
			return true
		}
	}
	return false
}

// Wherever an ExternalId, an access key or a webhook stands on the command line
// (as an argument, as another flag's value, as a command): it is not repeated.
func FuzzSecretArgument(f *testing.F) {
	for _, s := range [][3]string{
		{"explain", "", ""},
		{"explain", "--estate", ""},
		{"explain", "--format", "a "},
		{"simulate", "--principal", ""},
		{"simulate", "--role", "\n"},
		{"simulate", "--time", ""},
		{"simulate", "--cases", ""},
		{"help", "", ""},
		{"--color", "", ""},
		{"simulate", "--color", "@"},
		{"", "", ""},
		{"explain", "--lang", "\""},
	} {
		for i := range uint8(4 * 7) {
			f.Add(i, s[0], s[1], s[2], "")
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, command, flag, before, after string) {
		secret := []struct{ text, hidden string }{
			{"sts:ExternalId=" + before + canary + after, canary},
			{before + " externalid=" + after + canary, canary},
			{before + "AKIAQ7CANARYQ7XAMPLE" + after, "Q7CANARYQ7"},
			{before + "https://hooks.slack.com/services/" + canary + after, canary},
		}[which%4]
		args := [][]string{
			{command, flag, secret.text},
			{command, secret.text},
			{secret.text},
			{command, flag + "=" + secret.text},
			{"explain", "-", secret.text},
			{"help", secret.text},
			{"simulate", "--role", secret.text, "--principal", secret.text},
		}[which/4%7]
		status, stdout, stderr := run(t, nil, args...)
		if strings.Contains(stdout+stderr, secret.hidden) {
			t.Errorf("%q: the secret is in stdout %q or stderr %q", args, stdout, stderr)
		}
		if status == misused && (stdout != "" || strings.Count(stderr, "\n") != 1) {
			t.Errorf("%q: stdout %q, stderr %q", args, stdout, stderr)
		}
	})
}
