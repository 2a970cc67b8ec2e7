package trail

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMasked(t *testing.T) {
	for s, want := range map[string]bool{
		"HIDDEN_DUE_TO_SECURITY_REASONS": true, "***": true, "********": true, "[REDACTED]": true, "(redacted)": true, "<hidden>": true,
		"REDACTED": true, "***REDACTED***": true, "<redacted:externalId>": true, "[secret]": true, "{masked}": true, "XXXXXXXX": true, "xxxx": true,
		"•••••": true, "ab***yz": true, "[]": true, "...": true, "…": true, "__REDACTED__": true, "<sensitive>": true,
		"": false, "x": false, "xx": false, "xxx": false, "secret": false, "hidden": false, "masked": false, "redacted-7": false, "k-1": false, "--": false, ".": false,
		"a*b": false, "123456789012": false, "arn:aws:iam::111122223333:mfa/alice": false,
	} {
		if got := masked(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// TestMaskedParameters: what is masked was passed, and what it held is unknown.
func TestMaskedParameters(t *testing.T) {
	const role = `"roleArn":"arn:aws:iam::444455556666:role/deploy"`
	for members, unread := range map[string][]string{
		role + `,"externalId":"HIDDEN_DUE_TO_SECURITY_REASONS"`:                          {"externalId"},
		role + `,"roleSessionName":"***","sourceIdentity":"[REDACTED]"`:                  {"roleSessionName", "sourceIdentity"},
		role + `,"serialNumber":"<hidden>","durationSeconds":"***"`:                      {"durationSeconds", "serialNumber"},
		role + `,"tags":[{"key":"team","value":"***"}],"transitiveTagKeys":["***"]`:      {"tags", "transitiveTagKeys"},
		role + `,"principalTags":{"team":"***"},"incomingTransitiveTags":{"***":"blue"}`: {"incomingTransitiveTags", "principalTags"},
		`"roleArn":"[REDACTED]"`: {"roleArn"},
		role + `,"externalId":"secret","tags":[{"key":"team","value":"blue"}]`: nil,
	} {
		p := one(t, switched(failedWith+`"requestParameters":{`+members+`}`)).Params
		if p == nil {
			t.Fatalf("%s: none", members)
		}
		if d := cmp.Diff(unread, p.Unread); d != "" {
			t.Errorf("%s\n%s", members, d)
		}
		if unread != nil && (p.ExternalID != nil || p.SourceIdentity != nil || p.SerialNumber != nil || len(p.Tags)+len(p.IncomingTags)+len(p.TransitiveKeys) > 0) {
			t.Errorf("%s: %+v", members, p)
		}
	}
}

// TestOtherCase: a member whose name is in another letter case was passed all
// the same, and is not read.
func TestOtherCase(t *testing.T) {
	const role = `"roleArn":"arn:aws:iam::444455556666:role/deploy"`
	r := one(t, switched(failedWith+`"requestParameters":{`+role+`,"ExternalId":"x","TAGS":null}`))
	if d := cmp.Diff([]string{"externalId"}, r.Params.Unread); d != "" || r.Params.ExternalID != nil || r.Params.Partial {
		t.Errorf("%+v\n%s", r.Params, d)
	}
	r = one(t, switched(failedWith+`"UserAgent":"x","userIdentity":{"type":"IAMUser","Arn":"y"},"RequestParameters":{}`))
	if d := cmp.Diff([]string{"userAgent", "userIdentity.arn", "requestParameters"}, r.Unread); d != "" || r.UserAgent != "" {
		t.Error(d)
	}
}
