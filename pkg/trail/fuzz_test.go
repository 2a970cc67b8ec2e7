package trail

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func FuzzDecode(f *testing.F) {
	for _, w := range wrappings {
		f.Add([]byte(w.wrap(bare("1"))))
		f.Add([]byte(w.wrap(w.wrap(bare("1"))) + "\n" + bare("2")))
	}
	for _, s := range []string{
		everything, "[" + bare("1") + "," + bare("2")[:50] + "," + bare("3") + "]", full, "\x1f\x8b\x08", "{\n{\n[\n{]}", `{"Records":[{"a":"b`, "\xef\xbb\xbf[]", "[ERROR] x\n{}", strings.Repeat("[", 70),
		`{"eventSource":"a","eventName":"b","eventSource":1}`, `,,]{"a":1}`,
	} {
		f.Add([]byte(s))
	}
	f.Add(gzipped(bare("1")))
	f.Fuzz(func(t *testing.T, input []byte) {
		// A result takes at least two bytes of its document, and only gzip and
		// packed data make a document longer than the input.
		most := len(input) + 2
		if strings.Contains(string(input), "\x1f\x8b") || strings.Contains(string(input), "data") {
			most = 1 << 20
		}
		n, whole := 0, 0
		for r, err := range Decode(strings.NewReader(string(input)), "f") {
			n++
			if n > most {
				t.Fatalf("%d results of %d bytes", n, len(input))
			}
			var re *RecordError
			if err != nil && (!errors.As(err, &re) || r != nil || re.Reason == "" || strings.ContainsAny(err.Error(), "\n\x1b")) {
				t.Fatalf("error %q, record %v", err, r)
			}
			var p Position
			if re != nil {
				p = re.Position
			} else {
				p = r.Position
			}
			if p.Record == 0 {
				whole++
			} else if p.Record != n {
				t.Fatalf("result %d has position %v", n, p)
			}
			if p.File != "f" || p.Offset < 0 || most == len(input)+2 && p.Offset > int64(len(input)) {
				t.Fatalf("position %+v of %d bytes", p, len(input))
			}
			if r != nil {
				checkRecord(t, r)
			}
		}
		if whole > 1 || whole == 1 && n > 1 {
			t.Fatalf("%d results, %d about the whole input", n, whole)
		}
	})
}

// checkRecord wants what a record promises, and that it reads back from what it
// says.
func checkRecord(t *testing.T, r *Record) {
	t.Helper()
	if !r.MessageOnly && (r.Source == "" || r.Name == "") {
		t.Fatalf("record without source or name: %+v", r)
	}
	if r.RequestParameters != nil && !json.Valid(r.RequestParameters) {
		t.Fatalf("request parameters %q", r.RequestParameters)
	}
	if r.Hint != ParseMessage(r.ErrorMessage) {
		t.Fatalf("hint %+v of %q", r.Hint, r.ErrorMessage)
	}
	if r.Class != NotOurs && !r.MessageOnly && !roleSwitch(r.Source, r.Name) && r.Source != sourceSignIn && r.Source != sourceEKS {
		t.Fatalf("class %v of %s %s", r.Class, r.Source, r.Name)
	}
	if r.MessageOnly || r.Unread != nil { // written below is what was read
		return
	}
	again := one(t, written(t, r))
	again.Position = r.Position
	if d := cmp.Diff(r, again); d != "" {
		t.Fatalf("written and read again (-want +got):\n%s", d)
	}
}

// written is a record in CloudTrail's form.
func written(t *testing.T, r *Record) string {
	t.Helper()
	id, object := r.Identity, map[string]any{
		"eventID": r.ID, "addendum": map[string]any{"originalEventID": r.OriginalID}, "sharedEventID": r.SharedID, "eventVersion": r.Version,
		"eventSource": r.Source, "eventName": r.Name, "awsRegion": r.Region, "sourceIPAddress": r.SourceIP, "userAgent": r.UserAgent,
		"errorCode": r.ErrorCode, "errorMessage": r.ErrorMessage, "recipientAccountId": r.RecipientAccount, "vpcEndpointId": r.EndpointID,
		"vpcEndpointAccountId": r.EndpointAccount, "sessionCredentialFromConsole": r.FromConsole, "responseElements": map[string]any{"SwitchRole": r.SwitchRole},
		"additionalEventData": map[string]any{"SwitchTo": r.SwitchTo, "RequestDetails": map[string]any{"endpointType": r.EndpointType, "awsServingRegion": r.ServingRegion}},
	}
	if !r.Time.IsZero() {
		object["eventTime"] = r.Time
	}
	if r.HasTLS {
		object["tlsDetails"] = map[string]any{"clientProvidedHostHeader": r.Host}
	}
	if r.RequestParameters != nil {
		object["requestParameters"] = r.RequestParameters
	}
	var resources []any
	for _, x := range r.Resources {
		resources = append(resources, map[string]any{"ARN": x.ARN, "accountId": x.Account, "type": x.Type})
	}
	object["resources"] = resources
	user := map[string]any{
		"type": id.Type, "principalId": id.PrincipalID, "arn": id.ARN, "accountId": id.Account, "accessKeyId": id.AccessKeyID, "userName": id.UserName,
		"invokedBy": id.InvokedBy, "identityProvider": id.Provider, "onBehalfOf": map[string]any{"userId": id.OnBehalfOf},
	}
	if s := id.Scope; s != nil {
		user["inScopeOf"] = map[string]any{"issuerType": s.IssuerType, "credentialsIssuedTo": s.CredentialsIssuedTo, "sourceArn": s.SourceARN, "sourceAccount": s.SourceAccount}
	}
	if s := id.Session; s != nil {
		attributes := map[string]any{"mfaAuthenticated": s.MFA}
		if !s.Created.IsZero() {
			attributes["creationDate"] = s.Created
		}
		user["sessionContext"] = map[string]any{
			"sessionIssuer":  map[string]any{"type": s.IssuerType, "principalId": s.IssuerID, "arn": s.IssuerARN, "accountId": s.IssuerAccount, "userName": s.IssuerName},
			"attributes":     attributes,
			"sourceIdentity": s.SourceIdentity, "webIdFederationData": map[string]any{"federatedProvider": s.FederatedProvider},
			"ec2RoleDelivery": s.RoleDelivery, "assumedRoot": s.AssumedRoot, "signInSessionArn": s.SignInSession,
		}
	}
	object["userIdentity"] = user
	b, err := json.Marshal(object)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func BenchmarkDecode(b *testing.B) {
	input := wrappings[0].wrap(everything)
	b.SetBytes(int64(len(input)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range Decode(strings.NewReader(input), "x") {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkParseMessage(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ParseMessage(full + " with an explicit deny in a service control policy: " + scpARN + goTo)
	}
}

// FuzzPasted: whatever is pasted, caller, role and message stand in the text, up
// to how it is broken into lines, and nothing that stands on other lines comes
// with them.
func FuzzPasted(f *testing.F) {
	for _, s := range []string{
		full, hardWrapped(full, 60), softWrapped(full, "│ ", 50),
		"$ aws sts assume-role --external-id hidden-value\n" + full + "\nAWS_SECRET_ACCESS_KEY=hidden-value", "Not authorized to perform sts:AssumeRoleWithWebIdentity",
	} {
		f.Add(s)
	}
	squeeze := func(s string) string {
		return strings.Map(func(c rune) rune {
			if strings.ContainsRune(" \"'>|│┃╷╵╭╰╮╯─━┌└", c) {
				return -1
			}
			return c
		}, unadorned(s))
	}
	f.Fuzz(func(t *testing.T, text string) {
		var all strings.Builder
		for line := range strings.SplitSeq(text, "\n") {
			all.WriteString(squeeze(line))
		}
		for r, err := range Decode(strings.NewReader("x\n"+text), "f") {
			if err != nil || !r.MessageOnly {
				continue
			}
			for _, s := range []string{r.Identity.ARN, r.Hint.RoleARN, r.ErrorMessage, r.RequestID} {
				if !strings.Contains(all.String(), squeeze(s)) {
					t.Fatalf("%q is not in %q", s, text)
				}
			}
			checkRecord(t, r)
		}
	})
}
