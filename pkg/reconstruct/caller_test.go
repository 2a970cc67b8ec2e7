package reconstruct_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const (
	ours   = "111122223333" // the callers' account
	theirs = "444455556666" // the role's account

	roleARN  = "arn:aws:iam::" + theirs + ":role/team/Target"
	provider = "arn:aws:iam::" + theirs + ":oidc-provider/token.actions.githubusercontent.com"
	cluster  = "arn:aws:iam::" + theirs + ":oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABC"
)

func session(path, name, id, sess, mfa, context, beside string) string {
	return fmt.Sprintf(`{"type":"AssumedRole","principalId":"%[3]s:%[4]s","arn":"arn:aws:sts::%[7]s:assumed-role/%[2]s/%[4]s","accountId":"%[7]s",
		"sessionContext":{"sessionIssuer":{"type":"Role","principalId":%[3]q,"arn":"arn:aws:iam::%[7]s:role%[1]s%[2]s","accountId":"%[7]s","userName":%[2]q},
		"attributes":{"creationDate":"2026-09-01T09:55:00Z","mfaAuthenticated":%[5]q}%[6]s}%[8]s}`, path, name, id, sess, mfa, context, ours, beside)
}

func alice(mfa string) string {
	sc := ""
	if mfa != "" {
		sc = `,"sessionContext":{"sessionIssuer":{},"webIdFederationData":{},"attributes":{"creationDate":"2026-09-01T09:30:00Z","mfaAuthenticated":"` + mfa + `"}}`
	}
	return `{"type":"IAMUser","principalId":"AIDAALICE","arn":"arn:aws:iam::` + ours + `:user/people/alice","accountId":"` + ours + `","userName":"alice"` + sc + `}`
}

// callers are userIdentity of every kind of caller.
var callers = map[string]string{
	"user":           alice(""),
	"user session":   alice("false"),
	"user mfa":       alice("true"),
	"role":           session("/app/", "runner", "AROARUNNER", "job-7", "false", "", ""),
	"role mfa":       session("/app/", "runner", "AROARUNNER", "job-7", "true", "", ""),
	"role source":    session("/app/", "runner", "AROARUNNER", "job-7", "false", `,"sourceIdentity":"alice@example.com"`, ""),
	"ec2":            session("/", "web", "AROAWEB", "i-0123456789abcdef0", "true", `,"ec2RoleDelivery":"2.0"`, ""),
	"lambda":         session("/", "fn", "AROAFN", "fn", "true", "", `,"inScopeOf":{"issuerType":"AWS::Lambda::Function","credentialsIssuedTo":"arn:aws:lambda:eu-west-1:`+ours+`:function:fn"}`),
	"sso":            session("/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_Dev_0123456789abcdef", "AROASSO", "alice@example.com", "true", "", ""),
	"sso person":     session("/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_Dev_0123456789abcdef", "AROASSO", "alice@example.com", "false", "", `,"onBehalfOf":{"userId":"u-1","identityStoreArn":"x"}`),
	"oidc session":   session("/", "ci", "AROACI", "GitHubActions", "true", `,"webIdFederationData":{"federatedProvider":"`+provider+`","attributes":{}}`, ""),
	"assumed root":   session("/", "task", "AROATASK", "t", "false", `,"assumedRoot":"true"`, ""),
	"service-linked": session("/aws-service-role/example.amazonaws.com/", "AWSServiceRoleForExample", "AROASLR", "s", "false", "", ""),
	"no context":     `{"type":"AssumedRole","principalId":"AROARUNNER:job-7","arn":"arn:aws:sts::` + ours + `:assumed-role/runner/job-7","accountId":"` + ours + `"}`,
	"root":           `{"type":"Root","principalId":"` + ours + `","arn":"arn:aws:iam::` + ours + `:root","accountId":"` + ours + `"}`,
	"federated user": `{"type":"FederatedUser","principalId":"` + ours + `:bob","arn":"arn:aws:sts::` + ours + `:federated-user/bob","accountId":"` + ours + `","sessionContext":{"attributes":{"creationDate":"2026-09-01T09:30:00Z","mfaAuthenticated":"false"}}}`,
	"service":        `{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}`,
	"service scope":  `{"type":"AWSService","invokedBy":"lambda.amazonaws.com","inScopeOf":{"sourceArn":"arn:aws:lambda:eu-west-1:` + theirs + `:function:f","sourceAccount":"` + theirs + `"}}`,
	"oidc":           `{"type":"WebIdentityUser","principalId":"` + provider + `:sts.amazonaws.com:repo:o/r:ref:refs/heads/main","userName":"repo:o/r:ref:refs/heads/main","identityProvider":"` + provider + `"}`,
	"oidc eks":       `{"type":"WebIdentityUser","principalId":"` + cluster + `:sts.amazonaws.com:system:serviceaccount:ns:name","userName":"system:serviceaccount:ns:name","identityProvider":"` + cluster + `"}`,
	"saml":           `{"type":"SAMLUser","principalId":"hash:alice@example.com","userName":"alice@example.com","identityProvider":"hash"}`,
	"account":        `{"type":"AWSAccount","principalId":"AIDAALICE","accountId":"` + ours + `"}`,
	"nobody":         `{}`,
}

var apis = map[string]string{"oidc": "AssumeRoleWithWebIdentity", "oidc eks": "AssumeRoleWithWebIdentity", "saml": "AssumeRoleWithSAML"}

// call is the record of a denied call: the caller, and members that differ from
// those of a plain one; "" takes a member out.
func call(t testing.TB, caller string, edits map[string]string) *trail.Record {
	t.Helper()
	identity, ok := callers[caller]
	if !ok {
		t.Fatalf("no caller %q", caller)
	}
	f := map[string]string{
		"eventVersion": `"1.11"`, "eventID": `"11111111-2222-4333-8444-555555555555"`, "userIdentity": identity, "eventTime": `"2026-09-01T10:00:00Z"`,
		"eventSource": `"sts.amazonaws.com"`, "eventName": `"AssumeRole"`, "awsRegion": `"eu-west-1"`, "sourceIPAddress": `"203.0.113.10"`,
		"userAgent": `"aws-cli/2.32.0"`, "errorCode": `"AccessDenied"`, "requestParameters": "null", "recipientAccountId": `"` + ours + `"`,
		"errorMessage": `"User: x is not authorized to perform: sts:AssumeRole on resource: ` + roleARN + `"`,
		"tlsDetails":   `{"clientProvidedHostHeader":"sts.eu-west-1.amazonaws.com"}`,
	}
	if api := apis[caller]; api != "" {
		f["eventName"], f["errorMessage"] = `"`+api+`"`, `"An unknown error occurred"`
		f["requestParameters"] = `{"roleArn":"` + roleARN + `","roleSessionName":"s"}`
	}
	maps.Copy(f, edits)
	maps.DeleteFunc(f, func(_, v string) bool { return v == "" })
	raw := make(map[string]json.RawMessage, len(f))
	for k, v := range f {
		raw[k] = json.RawMessage(v)
	}
	data, err := json.Marshal(raw)
	if err != nil {
		t.Fatal(err)
	}
	for rec, err := range trail.Decode(bytes.NewReader(data), "case") {
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	t.Fatal("no record")
	return nil
}

// ask is the request of a call, or of a caller who has not called yet when the
// caller begins with "simulate ", or of a message alone with "text ".
func ask(t *testing.T, caller string, edits map[string]string, e *estate.Estate, known ...reconstruct.Known) *request.Request {
	t.Helper()
	if who, ok := strings.CutPrefix(caller, "simulate "); ok {
		s, found := reconstruct.Principal(who, e)
		if !found {
			t.Fatalf("%q is nobody", who)
		}
		s.Role = reconstruct.RoleOf(roleARN)
		return reconstruct.Simulated(s, e, known, time.Date(2026, 9, 1, 10, 0, 0, 0, time.UTC))
	}
	if text, ok := strings.CutPrefix(caller, "text "); ok {
		for rec, err := range trail.Decode(strings.NewReader(text), "case") {
			if err != nil {
				t.Fatal(err)
			}
			return reconstruct.Request(reconstruct.SubjectOf(rec), e, known)
		}
		t.Fatalf("%q is no message", text)
	}
	return reconstruct.Request(reconstruct.SubjectOf(call(t, caller, edits)), e, known)
}

// told is what a request says of a key, in a line.
func told(k *request.Key) string {
	s := k.State.String()
	if k.State == request.KeyPresent {
		s = strings.Join(k.Values, " | ")
	}
	if k.State != k.Usually && k.Usually != request.KeyUnknown && k.State != request.KeyPresent {
		s += ", usually " + k.Usually.String()
		if k.Usually == request.KeyPresent {
			s += " " + strings.Join(k.Values, " | ")
		}
	}
	if k.Bounds == nil {
		return s
	}
	if len(k.Bounds.Never) > 0 {
		s += ", never " + strings.Join(k.Bounds.Never, " | ")
	}
	if k.Bounds.AtMost != "" {
		s += ", at most " + k.Bounds.AtMost
	}
	if k.Bounds.NeverPrefix != "" {
		s += ", never " + k.Bounds.NeverPrefix + "*"
	}
	return s
}

// keys holds a request to what is wanted of some keys.
func keys(t *testing.T, r *request.Request, want map[string]string) {
	t.Helper()
	got := make(map[string]string, len(want))
	for name := range want {
		got[name] = told(r.Keys.Get(strings.ToLower(name)))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func know(key string, values ...string) reconstruct.Known {
	return reconstruct.Known{Key: key, Values: values}
}

// applies are the authorizations of a call, in a line.
func applies(r *request.Request) string {
	var all []string
	for _, a := range r.Actions {
		s := strings.TrimPrefix(a.Name, "sts:")
		if a.Applies != evidence.Unknown {
			s += " " + a.Applies.String()
		}
		if a.Named {
			s += " named"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}
