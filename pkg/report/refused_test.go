package report

import (
	"strings"
	"testing"
)

// TestWithoutRefused: AWS repeats the value that it refuses; a secret one is
// taken out, whatever it holds, also when the message was cut.
func TestWithoutRefused(t *testing.T) {
	const head = "1 validation error detected: Value '"
	const tail = " failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w]*"
	tests := []struct{ name, message, want string }{
		{"ExternalId", head + "blue heron' at 'externalId'" + tail, head + "(external id)' at 'externalId'" + tail},
		{"spelling", head + "blue heron' at 'ExternalID'" + tail, head + "(external id)' at 'ExternalID'" + tail},
		{"with quotes", head + "blue' at 'roleArn' heron' at 'externalId'" + tail, head + "(external id)' at 'externalId'" + tail},
		{
			"second", "2 validation errors detected: Value 'a b' at 'roleSessionName'" + tail + "; Value 'blue heron' at 'externalId'" + tail,
			"2 validation errors detected: Value '(external id)' at 'externalId'" + tail,
		},
		{"code", head + "12345' at 'tokenCode'" + tail, head + "(code)' at 'tokenCode'" + tail},
		{"cut", head + strings.Repeat("heron ", 170), head + "(not shown)"},
		{"session name", head + "nightly build' at 'roleSessionName'" + tail, head + "nightly build' at 'roleSessionName'" + tail},
		{"other", "Rate exceeded", "Rate exceeded"},
		{"none", "", ""},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			if got := withoutRefused(c.message); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// FuzzWithoutRefused: a secret between AWS's words is never left.
func FuzzWithoutRefused(f *testing.F) {
	f.Add("blue heron")
	f.Add("x' at 'externalId' y")
	f.Add("Value 'x")
	f.Fuzz(func(t *testing.T, secret string) {
		const shown = "value ' at 'externalid' failed (external id) (not shown)"
		if len(secret) < 8 || strings.Contains(shown, strings.ToLower(secret)) {
			return // it stands in what is shown of every message
		}
		got := withoutRefused("1 validation error detected: Value '" + secret + "' at 'externalId' failed")
		if strings.Contains(got, secret) {
			t.Errorf("%q", got)
		}
	})
}
