package report

import (
	"slices"
	"strings"
	"testing"
)

// TestExternalIDAskedFor: "true" under Null asks whether an ExternalId is there
// and is none; whatever else stands there is hidden.
func TestExternalIDAskedFor(t *testing.T) {
	for _, tt := range []struct {
		text string
		want []string
	}{
		{`{"Null":{"sts:ExternalId":"true"}}`, nil},
		{`{"null":{"STS:ExternalID":"False"}}`, nil},
		{`{"Null":{"aws:PrincipalTag/a":"true","sts:ExternalId":true}}`, nil},
		{`{"StringEquals":{"sts:ExternalId":"true"}}`, []string{"true"}},
		{`{"Null":{"sts:ExternalId":"sesame"}}`, []string{"sesame"}},
		{`{"Null":{"sts:ExternalId":["true","sesame"]}}`, []string{"true", "sesame"}},
		{`{"Null":{"sts:ExternalId":"true"},"StringLike":{"sts:ExternalId":"false"}}`, []string{"false"}},
		{`{"Bool":{"a:b":"true"},"StringEquals":{"sts:ExternalId":"sesame"}}`, []string{"sesame"}},
	} {
		var got []string
		for _, p := range externalIDs(tt.text) {
			got = append(got, tt.text[p.from:p.to])
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.text, got, tt.want)
		}
	}
	if got := wanted("Null", []string{"true", "sesame"}, true); !slices.Equal(got, []string{"true", hidden}) {
		t.Errorf("wanted of Null: %q", got)
	}
	if got := wanted("StringEquals", []string{"true"}, true); !slices.Equal(got, []string{hidden}) {
		t.Errorf("wanted of StringEquals: %q", got)
	}
}

// TestHiddenButForItsEnds: of a secret nobody learns more than whether white space
// stands around it.
func TestHiddenButForItsEnds(t *testing.T) {
	for value, want := range map[string]string{
		"": "", "sesame": hidden, "sesame \t\n": hidden + " ", "  sesame": " " + hidden, "\u00a0sesame ": " " + hidden + " ",
	} {
		if got := hide(value); got != want {
			t.Errorf("%q: %q, want %q", value, got, want)
		}
	}
	if left, right := Differences(hide("sesame "), hide("open")); len(left)+len(right) > 0 {
		t.Errorf("hidden values are compared: %v %v", left, right)
	}
}

// TestWordsBesideKeys: what is written as the value of a secret in a message, a
// user agent or a name is hidden as a key is; the words alone are not.
func TestWordsBesideKeys(t *testing.T) {
	for _, s := range []string{
		"app externalId=canary", "--external-id canary", "--external-id=canary x", "ExternalId=canary&x", "aws_secret_access_key=canary/KEY+",
		"secretAccessKey: canaryKEY", "aws_session_token=canary", `external_id="canary"`,
	} {
		if got := WithoutKeys(s); strings.Contains(got, "canary") {
			t.Errorf("%s: %s", s, got)
		}
	}
	for _, s := range []string{"demands an ExternalId", "sts:ExternalId", "RequireExternalId", "the secret access key", "external ids: none"} {
		if got := WithoutKeys(s); got != s {
			t.Errorf("%s: %s", s, got)
		}
	}
	if list := textSecrets(`{"Condition":{"StringEquals":"sts:ExternalId=canary","StringLike":"sts:ExternalId canary2"}}`, 0); len(list) != 2 {
		t.Error(list)
	}
}
