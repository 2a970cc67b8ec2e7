package trail

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everything is a record in which every member that is read has a value.
const everything = `{"eventVersion":"1.11","eventID":"e-1","sharedEventID":"s-1","eventTime":"2026-09-01T12:00:00+02:00","eventSource":"sts.amazonaws.com","eventName":"AssumeRole",
"awsRegion":"eu-west-1","sourceIPAddress":"192.0.2.1","userAgent":"aws-cli","errorCode":"AccessDenied","errorMessage":"An unknown error occurred","recipientAccountId":"111122223333",
"vpcEndpointId":"vpce-1","vpcEndpointAccountId":"999999999999","sessionCredentialFromConsole":"true","addendum":{"reason":"UPDATED_DATA","originalEventID":"o-1"},
"tlsDetails":{"tlsVersion":"TLSv1.3","clientProvidedHostHeader":"sts.eu-west-1.amazonaws.com"},
"additionalEventData":{"SwitchTo":"arn:aws:iam::444455556666:role/deploy","RequestDetails":{"endpointType":"regional","awsServingRegion":"eu-west-1"}},
"responseElements":{"SwitchRole":"Failure"},"resources":[{"ARN":"arn:aws:iam::444455556666:role/deploy","accountId":"444455556666","type":"AWS::IAM::Role"}],
"userIdentity":{"type":"AssumedRole","principalId":"AROA1:s","arn":"arn:aws:sts::111122223333:assumed-role/r/s","accountId":"111122223333","accessKeyId":"ASIAEXAMPLE","userName":"u","invokedBy":"AWS Internal","identityProvider":"idp",
"onBehalfOf":{"userId":"user-1"},"inScopeOf":{"issuerType":"AWS::Lambda::Function","credentialsIssuedTo":"fn","sourceArn":"sa","sourceAccount":"sacct"},
"sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROA1","arn":"arn:aws:iam::111122223333:role/p/r","accountId":"111122223333","userName":"r"},"attributes":{"creationDate":"2026-09-01T09:00:00Z","mfaAuthenticated":"true"},
"sourceIdentity":"si","webIdFederationData":{"federatedProvider":"fp"},"ec2RoleDelivery":"2.0","assumedRoot":"false","signInSessionArn":"sis"}},
"requestParameters":{"roleArn":"arn:aws:iam::444455556666:role/deploy","roleSessionName":"cli","externalId":"x","sourceIdentity":"si2","serialNumber":"mfa","durationSeconds":900,"tags":[{"value":"v","key":"k"}],
"transitiveTagKeys":["k"],"incomingTransitiveTags":{"b":"2","a":"1"},"policy":"{}","policyArns":[],"providedContexts":[{}],"principalArn":"pa"}}`

func one(t testing.TB, input string) *Record {
	t.Helper()
	var got *Record
	for r, err := range Decode(strings.NewReader(input), "x") {
		if err != nil {
			t.Fatalf("%.200s: %v", input, err)
		}
		got = r
	}
	return got
}

func TestEverything(t *testing.T) {
	str := func(s string) *string { return &s }
	n := int64(900)
	at := func(h int) time.Time { return time.Date(2026, 9, 1, h, 0, 0, 0, time.UTC) }
	want := &Record{
		Position: Position{File: "x", Record: 1}, Class: Denied, ID: "e-1", OriginalID: "o-1", SharedID: "s-1", Version: "1.11", Time: at(10), Source: sourceSTS, Name: "AssumeRole",
		Region: "eu-west-1", SourceIP: "192.0.2.1", UserAgent: "aws-cli", ErrorCode: "AccessDenied", ErrorMessage: "An unknown error occurred", RecipientAccount: "111122223333",
		EndpointID: "vpce-1", EndpointAccount: "999999999999", HasTLS: true, Host: "sts.eu-west-1.amazonaws.com", EndpointType: "regional", ServingRegion: "eu-west-1",
		SwitchTo: deploy, SwitchRole: "Failure", FromConsole: true,
		Identity: Identity{
			Type: "AssumedRole", PrincipalID: "AROA1:s", ARN: "arn:aws:sts::111122223333:assumed-role/r/s", Account: "111122223333", AccessKeyID: "ASIAEXAMPLE", UserName: "u",
			InvokedBy: "AWS Internal", Provider: "idp", OnBehalfOf: "user-1",
			Scope: &Scope{IssuerType: "AWS::Lambda::Function", CredentialsIssuedTo: "fn", SourceARN: "sa", SourceAccount: "sacct"},
			Session: &Session{
				IssuerType: "Role", IssuerID: "AROA1", IssuerARN: "arn:aws:iam::111122223333:role/p/r", IssuerAccount: "111122223333", IssuerName: "r", Created: at(9), MFA: "true",
				SourceIdentity: "si", FederatedProvider: "fp", RoleDelivery: "2.0", AssumedRoot: "false", SignInSession: "sis",
			},
		},
		Params: &Params{
			RoleARN: deploy, SessionName: str("cli"), ExternalID: str("x"), SourceIdentity: str("si2"), SerialNumber: str("mfa"), Duration: &n, Tags: []Tag{{"k", "v"}},
			TransitiveKeys: []string{"k"}, IncomingTags: []Tag{{"a", "1"}, {"b", "2"}}, HasPolicy: true, ProvidedContext: true, PrincipalARN: "pa",
		},
		Resources: []Resource{{ARN: deploy, Account: "444455556666", Type: "AWS::IAM::Role"}},
		Hint:      Hint{Form: FormOpaque},
	}
	got := one(t, everything)
	if !json.Valid(got.RequestParameters) || !strings.Contains(string(got.RequestParameters), `"serialNumber":"mfa"`) {
		t.Errorf("request parameters %s", got.RequestParameters)
	}
	want.RequestParameters = got.RequestParameters
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-want +got:\n%s", d)
	}
}

// wrongTypes calls f with every member of v set to each wrong value in turn, the
// whole written out.
func wrongTypes(v any, whole func() string, f func(path, text string), path string) {
	object, ok := v.(map[string]any)
	if !ok {
		if list, ok := v.([]any); ok {
			for i, e := range list {
				wrongTypes(e, whole, f, fmt.Sprint(path, "/", i))
			}
		}
		return
	}
	for key, old := range object {
		for _, wrong := range []any{nil, true, 12.5, "text", []any{}, []any{nil, 1.0, "s", []any{}}, map[string]any{}, map[string]any{"a": 1.0, "key": "k"}} {
			object[key] = wrong
			f(path+"/"+key, whole())
		}
		object[key] = old
		wrongTypes(old, whole, f, path+"/"+key)
	}
}

func TestWrongTypes(t *testing.T) {
	var record map[string]any
	if err := json.Unmarshal([]byte(everything), &record); err != nil {
		t.Fatal(err)
	}
	whole := func() string {
		b, err := json.Marshal(record)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	n := 0
	wrongTypes(record, whole, func(path, text string) {
		n++
		for r, err := range Decode(strings.NewReader(text), "x") {
			must := path == "/eventSource" || path == "/eventName"
			if err != nil && !must {
				t.Errorf("%s: %v", path, err)
			}
			if err == nil && !must && r.Region != "eu-west-1" && path != "/awsRegion" {
				t.Errorf("%s: the rest was lost", path)
			}
		}
	}, "")
	if n < 400 {
		t.Errorf("only %d variants", n)
	}
}

func TestParams(t *testing.T) {
	with := func(text string) *Params { return params(value(text)) }
	for _, s := range []string{"null", `"x"`, "[]", `{"omitted":true,"originalSize":150000}`} {
		if p := with(s); p != nil {
			t.Errorf("%s gave %+v", s, p)
		}
	}
	n := int64(900)
	tests := map[string]Params{
		`{}`:                              {},
		`{"externalId":null,"tags":null}`: {},
		`{"externalId":7,"tags":"x","policy":{}}`:        {HasPolicy: true, Unread: []string{"externalId", "policy", "tags"}},
		`{"durationSeconds":"900"}`:                      {Duration: &n},
		`{"durationSeconds":9.5}`:                        {Unread: []string{"durationSeconds"}},
		`{"principalTags":{"b":"2","a":"1"}}`:            {Tags: []Tag{{"a", "1"}, {"b", "2"}}},
		`{"tags":[{"key":"k"},{"key":"a","value":""}]}`:  {Tags: []Tag{{"a", ""}}, Unread: []string{"tags"}},
		`{"policyArns":[{"arn":"x"}],"somethingNew":{}}`: {HasPolicy: true},
		`{"policy":""}`:                                  {},
		`{"roleArn":"\u00fc"}`:                           {RoleARN: "ü"},
		"{\"roleArn\":\"a\xffb\"}":                       {RoleARN: "a\uFFFDb"},
	}
	for input, want := range tests {
		if d := cmp.Diff(&want, with(input)); d != "" {
			t.Errorf("%s (-want +got):\n%s", input, d)
		}
	}
	if r := one(t, `{"eventSource":"iam.amazonaws.com","eventName":"CreateRole","requestParameters":{"roleName":"r"}}`); r.Params != nil || string(r.RequestParameters) != `{"roleName":"r"}` {
		t.Errorf("another call: %+v", r)
	}
}

func TestClass(t *testing.T) {
	tests := []struct {
		source, name, code, message, more string
		want                              Class
	}{
		{sourceSTS, "AssumeRole", "AccessDenied", full, "", Denied},
		{sourceSTS, "AssumeRoleWithWebIdentity", "AccessDeniedException", "", "", Denied},
		{sourceSTS, "AssumeRoleWithSAML", "Client.UnauthorizedOperation", "x", "", Denied},
		{sourceSTS, "AssumeRoot", "AccessDenied", "x", "", Denied},
		{sourceSTS, "AssumeRole", "AccessDenied", "Roles may not be assumed by root accounts.", "", Denied},
		{sourceSTS, "AssumeRole", "VpceAccessDenied", "The request was denied due to a VPC endpoint policy", `,"eventType":"AwsVpceEvents"`, Denied},
		{sourceEKS, "AssumeRoleForPodIdentity", "AccessDenied", "Unauthorized Exception! EKS does not have permissions to assume the associated role.", "", Denied},
		{sourceEKS, "AssumeRoleForPodIdentity", "ExpiredTokenException", "", "", Failed},
		{sourceSignIn, "SwitchRole", "", "", `,"responseElements":{"SwitchRole":"Failure"}`, Denied},
		{sourceSignIn, "SwitchRole", "", "", `,"responseElements":{"SwitchRole":"Success"}`, NotOurs},
		{sourceSignIn, "SwitchRole", "", "", `,"responseElements":null`, NotOurs},
		{sourceSignIn, "ConsoleLogin", "", "Failed authentication", `,"responseElements":{"SwitchRole":"Failure"}`, NotOurs},
		{sourceSTS, "AssumeRole", "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", "", Failed},
		{sourceSTS, "AssumeRole", "NotAuthorized", "You do not have permission to perform this action.", "", Denied},
		{sourceSTS, "AssumeRole", "UnauthorizedOperation", full, "", Denied},
		{sourceSTS, "AssumeRole", "AccessDeniedFault", full, "", Denied},
		{sourceSTS, "AssumeRole", "NotAuthorized", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", "", Failed},
		{sourceSTS, "AssumeRole", "NotSoAuthorized", full, "", Failed},
		{sourceSTS, "AssumeRole", "ValidationError", full, "", Failed},
		{sourceSTS, "AssumeRole", "RegionDisabledException", "", "", Failed},
		{sourceSTS, "AssumeRole", "ExpiredTokenException", "", "", Failed},
		{sourceSTS, "AssumeRoleWithWebIdentity", "IDPRejectedClaim", "", "", Failed},
		{sourceSTS, "AssumeRole", "ThrottlingException", "Rate exceeded", "", Failed},
		{sourceSTS, "AssumeRole", "", "", "", NotOurs},
		{sourceSTS, "AssumeRole", "", full, "", Denied},
		{sourceSTS, "AssumeRole", "", "Something new", "", Failed},
		{sourceSTS, "GetFederationToken", "AccessDenied", full, "", NotOurs},
		{sourceSTS, "GetSessionToken", "AccessDenied", "An unknown error occurred", "", NotOurs},
		{"iam.amazonaws.com", "AssumeRole", "AccessDenied", full, "", NotOurs},
		{"STS.amazonaws.com", "AssumeRole", "AccessDenied", full, "", NotOurs},
		{sourceSTS, "assumerole", "AccessDenied", full, "", NotOurs},
	}
	for _, tt := range tests {
		input := fmt.Sprintf(`{"eventSource":%q,"eventName":%q,"errorCode":%q,"errorMessage":%q%s}`, tt.source, tt.name, tt.code, tt.message, tt.more)
		if got := one(t, input).Class; got != tt.want {
			t.Errorf("%s: class %v, want %v", input, got, tt.want)
		}
	}
}

func TestInstant(t *testing.T) {
	for text, want := range map[string]string{
		`"2026-09-01T12:00:00+02:00"`: "2026-09-01T10:00:00Z",
		`"9999-12-31T23:59:59Z"`:      "9999-12-31T23:59:59Z",
		`"0001-01-01T00:00:01Z"`:      "0001-01-01T00:00:01Z",
		`"0001-01-01T00:00:00+01:00"`: "0001-01-01T00:00:00Z", // the year before: the zero time
		`"0000-06-01T00:00:00Z"`:      "0001-01-01T00:00:00Z",
		`"9999-12-31T23:59:59-01:00"`: "0001-01-01T00:00:00Z",
		`"yesterday"`:                 "0001-01-01T00:00:00Z",
		`7`:                           "0001-01-01T00:00:00Z",
	} {
		if got := value(text).instant().Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
