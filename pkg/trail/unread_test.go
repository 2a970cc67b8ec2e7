package trail

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// switched is the record of a role switch with the members given.
func switched(members string) string {
	return `{"eventSource":"sts.amazonaws.com","eventName":"AssumeRole",` + members + `}`
}

const failedWith = `"errorCode":"AccessDenied",`

// What is there in a type that is not its own, or twice and different, is named
// and not read; what is null or stands there twice alike is no doubt.
func TestUnread(t *testing.T) {
	tests := []struct {
		name, members string
		unread        []string
	}{
		{"all well", failedWith + `"awsRegion":"eu-west-1"`, nil},
		{"null", failedWith + `"awsRegion":null,"userIdentity":null,"resources":null`, nil},
		{"a number for a string", failedWith + `"awsRegion":7`, []string{"awsRegion"}},
		{"a string for an object", failedWith + `"userIdentity":"alice"`, []string{"userIdentity"}},
		{"deep within", failedWith + `"userIdentity":{"type":"IAMUser","sessionContext":{"attributes":{"mfaAuthenticated":true}}}`, []string{"userIdentity.sessionContext.attributes.mfaAuthenticated"}},
		{"an object for a list", failedWith + `"resources":{}`, []string{"resources"}},
		{"twice, alike", failedWith + `"awsRegion":"a","awsRegion":"a"`, nil},
		{"twice, differently", failedWith + `"awsRegion":"a","awsRegion":"b"`, []string{"awsRegion"}},
		{"three times", failedWith + `"awsRegion":"a","awsRegion":"b","awsRegion":"c"`, []string{"awsRegion"}},
		{"twice, once null", failedWith + `"awsRegion":"a","awsRegion":null`, []string{"awsRegion"}},
		{"twice, once null before", failedWith + `"awsRegion":null,"awsRegion":"a"`, []string{"awsRegion"}},
		{"twice, in escapes", failedWith + `"awsRegion":"a","aws\u0052egion":"b"`, []string{"awsRegion"}},
		{"twice, deep within", failedWith + `"userIdentity":{"arn":"a","arn":"b"}`, []string{"userIdentity.arn"}},
		{"several", failedWith + `"userAgent":[],"tlsDetails":{"clientProvidedHostHeader":{}}`, []string{"userAgent", "tlsDetails.clientProvidedHostHeader"}},
		{"what nobody reads", failedWith + `"readOnly":"yes","edgeDeviceDetails":7`, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := one(t, switched(tt.members))
			if d := cmp.Diff(tt.unread, r.Unread); d != "" {
				t.Errorf("unread (-want +got):\n%s", d)
			}
			want := tt.unread
			if !strings.Contains(tt.name, "twice") && !strings.Contains(tt.name, "times") {
				want = nil
			}
			if d := cmp.Diff(want, r.Repeated); d != "" {
				t.Errorf("repeated (-want +got):\n%s", d)
			}
			if tt.unread != nil && (r.Region != "" || r.Class != Denied) {
				t.Errorf("region %q, class %d", r.Region, r.Class)
			}
		})
	}
}

func TestDoubts(t *testing.T) {
	r := one(t, switched(failedWith+`"userIdentity":{"sessionContext":{"attributes":7}}`))
	for path, want := range map[string]bool{
		"userIdentity.sessionContext.attributes":                  true,
		"userIdentity.sessionContext.attributes.mfaAuthenticated": true,
		"userIdentity.sessionContext":                             true,
		"userIdentity":                                            true,
		"userIdentity.sessionContext.sourceIdentity":              false,
		"userIdentity.session":                                    false,
		"userIdentityX":                                           false,
		"awsRegion":                                               false,
	} {
		if got := r.Doubts(path); got != want {
			t.Errorf("%s: %v, want %v", path, got, want)
		}
	}
}

// Parameters that stand there twice were passed, and what they hold is unknown;
// those that do not name the role are not all.
func TestUnreadParameters(t *testing.T) {
	tests := map[string]*Params{
		`{"roleArn":"a","roleArn":"\u00fc"}`:                {Unread: []string{"roleArn"}, Partial: true},
		`{"roleArn":"a","roleArn":"a"}`:                     {RoleARN: "a"},
		`{"roleArn":"r","externalId":"a","externalId":"b"}`: {RoleARN: "r", Unread: []string{"externalId"}},
		`{"roleArn":"r","tags":7,"externalId":{}}`:          {RoleARN: "r", Unread: []string{"externalId", "tags"}},
		`{"roleArn":7}`:         {Unread: []string{"roleArn"}, Partial: true},
		`{}`:                    nil,
		`{"externalId":"a"}`:    nil,
		`"x"`:                   nil,
		`{"a":{"roleArn":"r"}}`: nil,
	}
	for text, want := range tests {
		r := one(t, switched(failedWith+`"requestParameters":`+text))
		if d := cmp.Diff(want, r.Params); d != "" {
			t.Errorf("%s (-want +got):\n%s", text, d)
		}
		if string(r.RequestParameters) != text {
			t.Errorf("%s: given out as %s", text, r.RequestParameters)
		}
	}
}

// Where it cannot be told which call it was, or whether it failed, the record is
// named instead of being passed over.
func TestUnclearRecords(t *testing.T) {
	tests := map[string]string{
		switched(`"errorCode":7`):                                                                      "its errorCode is not of the type",
		switched(`"errorCode":"AccessDenied","errorCode":"Other"`):                                     "its errorCode is not of the type",
		switched(`"errorMessage":{"a":1}`):                                                             "its errorMessage is not of the type",
		switched(`"eventName":"GetCallerIdentity"`):                                                    "two different values of eventName",
		switched(`"eventSource":"s3.amazonaws.com"`):                                                   "two different values of eventSource",
		`{"eventSource":"signin.amazonaws.com","eventName":"SwitchRole","responseElements":"Failure"}`: "its responseElements is not of the type",
	}
	for text, want := range tests {
		ids, failures := decodeAll(t, text)
		if len(ids) != 0 || len(failures) != 1 || !strings.Contains(failures[0], want) {
			t.Errorf("%s: records %v, errors %q", text, ids, failures)
		}
	}
	for _, text := range []string{
		switched(`"responseElements":7`), switched(`"errorCode":null`), switched(`"awsRegion":7`),
		`{"eventSource":"s3.amazonaws.com","eventName":"GetObject","errorCode":7}`,
	} {
		if r := one(t, text); r.Class != NotOurs {
			t.Errorf("%s: class %d", text, r.Class)
		}
	}
}

// TestMostMembers: there is room for what is read of each object.
func TestMostMembers(t *testing.T) {
	var check func(name string, list []member)
	check = func(name string, list []member) {
		if len(list) > mostMembers {
			t.Errorf("%s has %d members that are read, and room for %d", name, len(list), mostMembers)
		}
		for _, m := range list {
			check(m.name, m.inner)
		}
	}
	check("the record", recordMembers)
}
