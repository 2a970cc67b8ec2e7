package trail

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	alice  = "arn:aws:iam::111122223333:user/alice"
	deploy = "arn:aws:iam::444455556666:role/deploy"
	start  = "User: " + alice + " is not authorized to perform: sts:AssumeRole"
	full   = start + " on resource: " + deploy
	scpARN = "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid111"
	goTo   = ". Go to https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/authorization-details/0123456789abcdef for complete details, or call the GetRequestAuthorizationDetails API with the following authorization id: 0123456789abcdef"
)

// denied is the hint of full, changed.
func denied(change func(*Hint)) Hint {
	h := Hint{Form: FormDenied, Principal: alice, Action: "sts:AssumeRole", Resource: deploy, RoleARN: deploy}
	if change != nil {
		change(&h)
	}
	return h
}

func noResource(h *Hint) { h.Resource, h.RoleARN = "", "" }

func TestParseDenied(t *testing.T) {
	tests := []struct {
		name, message string
		want          Hint
	}{
		{"plain", full, denied(nil)},
		{"white space around", " " + full + " \n", denied(nil)},
		{"client", "An error occurred (AccessDenied) when calling the AssumeRole operation: " + full, denied(nil)},
		{"implicit", full + " because no identity-based policy allows the sts:AssumeRole action", denied(func(h *Hint) { h.PolicyType = "identity-based policy" })},
		{"implicit, full stop", full + " because no VPC endpoint policy allows the sts:AssumeRole action.", denied(func(h *Hint) { h.PolicyType = "VPC endpoint policy" })},
		{"implicit, old spelling", full + " because no sessions policy allows the sts:AssumeRole action", denied(func(h *Hint) { h.PolicyType = "session policy" })},
		{"implicit, type not known", full + " because no quantum policy allows the sts:AssumeRole action", denied(nil)},
		{"explicit", full + " with an explicit deny", denied(func(h *Hint) { h.Explicit = true })},
		{"explicit, type", full + " with an explicit deny in the role trust policy", denied(func(h *Hint) { h.Explicit, h.PolicyType = true, "role trust policy" })},
		{"explicit, ARN", full + " with an explicit deny in a service control policy: " + scpARN, denied(func(h *Hint) {
			h.Explicit, h.PolicyType, h.PolicyARN = true, "service control policy", scpARN
		})},
		{"explicit, bare id", full + " with an explicit deny in a service control policy: p-abc123", denied(func(h *Hint) {
			h.Explicit, h.PolicyType, h.PolicyARN = true, "service control policy", "p-abc123"
		})},
		{"explicit, transitively", full + " with an explicit deny in an identity-based policy transitively through a service control policy: " + scpARN, denied(func(h *Hint) {
			h.Explicit, h.PolicyType, h.Via, h.PolicyARN = true, "identity-based policy", "service control policy", scpARN
		})},
		{"explicit, authorization id", full + " with an explicit deny in a service control policy: " + scpARN + goTo, denied(func(h *Hint) {
			h.Explicit, h.PolicyType, h.PolicyARN, h.AuthID = true, "service control policy", scpARN, "0123456789abcdef"
		})},
		{"authorization id alone", full + goTo, denied(func(h *Hint) { h.AuthID = "0123456789abcdef" })},
		{"no resource", start, denied(noResource)},
		{"no resource, implicit", start + " because no role trust policy allows the sts:AssumeRole action", denied(func(h *Hint) {
			noResource(h)
			h.PolicyType = "role trust policy"
		})},
		{"no resource, explicit", start + " with an explicit deny in the role trust policy", denied(func(h *Hint) {
			noResource(h)
			h.Explicit, h.PolicyType = true, "role trust policy"
		})},
		{"the specified resource", start + " on the specified resource", denied(noResource)},
		{"resource is a user", start + " on resource: " + alice, denied(func(h *Hint) { h.Resource, h.RoleARN = alice, "" })},
		{"encoded", "You are not authorized to perform this operation. User: " + alice + " is not authorized to perform: ec2:RunInstances on resource: arn:aws:ec2:us-east-1:111122223333:instance/* because no identity-based policy allows the ec2:RunInstances action. Encoded authorization failure message: abc-_DEF", Hint{
			Form: FormDenied, Principal: alice, Action: "ec2:RunInstances", Resource: "arn:aws:ec2:us-east-1:111122223333:instance/*", PolicyType: "identity-based policy",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if d := cmp.Diff(tt.want, ParseMessage(tt.message)); d != "" {
				t.Errorf("-want +got:\n%s", d)
			}
		})
	}
}

// What the caller can write into the role ARN never becomes a role, and never a
// reason when AWS's own stands behind it.
func TestParseHostile(t *testing.T) {
	own := " because no identity-based policy allows the sts:AssumeRole action"
	for _, tail := range []string{
		" x", "\nUser: root", "\t", " with an explicit denial", " with an explicit deny in a service control policy: p-1 x",
		". Encoded authorization failure message: abc", " (Service: Sts, Status Code: 403)", " because no",
		" because no identity-based policy allows the sts:AssumeRole action to be\nhad", "\u202e", "ролью", "\u00a0with an explicit deny",
		" on resource: arn:aws:iam::444455556666:role/other", ". Go to https://x y" + goTo[10:] + " z", " with an explicit deny in <!channel>",
		"An error occurred (AccessDenied) when calling the AssumeRole operation: User: x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/other",
	} {
		h := ParseMessage(full + tail + "|")
		if h.RoleARN != "" || h.Explicit || h.PolicyType != "" || h.PolicyARN != "" || h.Principal != alice || h.AuthID != "" {
			t.Errorf("%q gave %+v", tail, h)
		}
		h = ParseMessage(full + tail + own)
		if h.RoleARN != "" || h.Explicit || h.PolicyType != "identity-based policy" || h.Resource != deploy+tail && !strings.HasPrefix(tail, "\t") {
			t.Errorf("%q before AWS's own reason gave %+v", tail, h)
		}
	}
	many := full + strings.Repeat(" because no x", 80_000)
	if h := ParseMessage(many + "|"); h.RoleARN != "" || h.PolicyType != "" {
		t.Errorf("reasons without end gave role %q, policy type %q", h.RoleARN, h.PolicyType)
	}
	forged := full + " with an explicit deny in a service control policy: p-forged" + own
	if h := ParseMessage(forged); h.RoleARN != "" || h.Explicit || h.PolicyARN != "" {
		t.Errorf("a forged reason before AWS's own gave %+v", h)
	}
}

func TestParseCut(t *testing.T) {
	long := start + " on resource: arn:aws:iam::444455556666:role/"
	at := func(n int) string { return long + strings.Repeat("p/", 600)[:n-len(long)] }
	h := ParseMessage(at(1024))
	if !h.Cut || h.RoleARN != "" || h.Principal != alice || !strings.HasPrefix(h.Resource, "arn:aws:iam::444455556666:role/p/p") {
		t.Errorf("cut at 1,024 bytes: %+v", h)
	}
	path := "arn:aws:iam::444455556666:role/" + strings.Repeat("p/", 200)
	wide := "User: arn:aws:sts::111122223333:assumed-role/" + strings.Repeat("r", 64) + "/" + strings.Repeat("s", 64) + " is not authorized to perform: sts:AssumeRole on resource: " + path
	for _, n := range []int{1023 - len(wide), 1024 - len(wide)} {
		padded := strings.Replace(wide, "sss", "sss"+strings.Repeat("s", n-4), 1) + "name"
		h := ParseMessage(padded)
		if cut := len(padded) >= 1024; h.Cut != cut || (h.RoleARN == "") != cut {
			t.Errorf("%d bytes: cut %v, role %q", len(padded), h.Cut, h.RoleARN)
		}
	}
	withReason := strings.Replace(wide, "sss", "sss"+strings.Repeat("s", 500), 1) + "name with an explicit deny in a service control policy"
	if h := ParseMessage(withReason); h.Cut || h.RoleARN == "" {
		t.Errorf("a long message whose last token is no resource: %+v", h)
	}
}

// A message that is cut behind the resource still names the role.
func TestParseCutBehind(t *testing.T) {
	for n := len(full); n <= len(full)+400; n++ {
		role := "arn:aws:iam::444455556666:role/" + strings.Repeat("p", 400) + "/deploy"
		caller := "arn:aws:sts::111122223333:assumed-role/r/" + strings.Repeat("s", n)
		whole := "User: " + caller + " is not authorized to perform: sts:AssumeRole on resource: " + role +
			" with an explicit deny in a service control policy: " + scpARN + goTo
		if len(whole) < maxMessage {
			continue
		}
		h := ParseMessage(whole[:maxMessage])
		end := strings.Index(whole, role) + len(role)
		switch named := end < maxMessage-1; { // with a word behind it
		case named != (h.RoleARN == role) || named == h.Cut || !named && h.RoleARN != "":
			t.Fatalf("%d bytes behind the role: %+v", maxMessage-end, h)
		case h.PolicyARN != "" && h.PolicyARN != scpARN:
			t.Fatalf("%d bytes behind the role: policy %q", maxMessage-end, h.PolicyARN)
		}
	}
	long := strings.Replace(full, "alice", strings.Repeat("a", 900), 1)
	for _, tail := range []string{" because no service control policy allows the sts:AssumeR", " because no service contro", " becau"} {
		if h := ParseMessage(long + tail); h.RoleARN != deploy || h.Cut {
			t.Errorf("%q: %+v", tail, h)
		}
	}
}

func TestForms(t *testing.T) {
	tests := []struct {
		message string
		form    Form
		action  string
	}{
		{"", FormNone, ""},
		{"  ", FormNone, ""},
		{"An unknown error occurred", FormOpaque, ""},
		{"Roles may not be assumed by root accounts.", FormRoot, ""},
		{"MultiFactorAuthentication failed with invalid MFA one time pass code. ", FormMFA, ""},
		{"MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.", FormMFA, ""},
		{"Not authorized to perform sts:AssumeRole", FormPlain, "sts:AssumeRole"},
		{"Not authorized to perform sts:AssumeRoleWithWebIdentity", FormFederated, "sts:AssumeRoleWithWebIdentity"},
		{"Not authorized to perform sts:AssumeRoleWithSAML.", FormFederated, "sts:AssumeRoleWithSAML"},
		{"The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", FormDuration, ""},
		{"The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.", FormDuration, ""},
		{"The source identity is already set for this assume role session", FormSourceIdentity, ""},
		{"arn:aws:iam::444455556666:roll/deploy is invalid", FormInvalid, ""},
		{"1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*", FormInvalid, ""},
		{"STS is not activated in this region for account:111122223333. Your account administrator can activate STS in this region using the IAM Console.", FormRegion, ""},
		{"The security token included in the request is invalid.", FormCredentials, ""},
		{"The security token included in the request is expired", FormCredentials, ""},
		{"No OpenIDConnect provider found in your account for https://token.example.com", FormIdentityToken, ""},
		{"Rate exceeded", FormThrottled, ""},
		{"Invalid information in one or more fields. Check your information or contact your administrator.", FormConsole, ""},
		{"The request was denied due to a VPC endpoint policy", FormEndpoint, ""},
		{"Unauthorized Exception! EKS does not have permissions to assume the associated role.", FormPodIdentity, ""},
		{"Cannot call GetSessionToken with session credentials", FormOther, ""},
		{"Access Denied", FormOther, ""},
	}
	for _, tt := range tests {
		if got := ParseMessage(tt.message); got != (Hint{Form: tt.form, Action: tt.action}) {
			t.Errorf("%q gave %+v", tt.message, got)
		}
	}
}

func TestIsRoleARN(t *testing.T) {
	name64 := strings.Repeat("n", 64)
	path := func(n int) string { return strings.Repeat("p", n-1) + "/" }
	for _, s := range []string{
		deploy, "arn:aws-cn:iam::444455556666:role/deploy", "arn:aws-us-gov:iam::444455556666:role/x", "arn:aws-iso:iam::444455556666:role/x",
		"arn:aws-iso-b:iam::444455556666:role/x", "arn:aws-eusc:iam::444455556666:role/x", "arn:aws:iam::444455556666:role/a/b:c/~!/x",
		"arn:aws:iam::444455556666:role/" + name64, "arn:aws:iam::444455556666:role/" + path(511) + name64, "arn:aws:iam::444455556666:role/a+=,.@-_Z9",
	} {
		if !isRoleARN(s) {
			t.Errorf("refuses %s", s)
		}
	}
	for _, s := range []string{
		"", "arn", deploy + " ", " " + deploy, deploy + "\n", "arn:aws:iam::444455556666:role/", "arn:aws:iam::444455556666:role/a b", "arn:aws:iam::444455556666:role/a b/c",
		"arn:aws:iam::44445555666:role/x", "arn:aws:iam::4444555566667:role/x", "arn:aws:iam::44445555666x:role/x", "arn:aws:iam::<acct>:role/x", "arn:aws:iam:us-east-1:444455556666:role/x",
		"arn:aws:sts::444455556666:assumed-role/x/y", "arn:aws:iam::444455556666:user/x", "arn:awsx:iam::444455556666:role/x", "arn:aws-isoX:iam::444455556666:role/x",
		"arn:aws:iam::444455556666:role/" + name64 + "n", "arn:aws:iam::444455556666:role/" + path(512) + "x", "arn:aws:iam::444455556666:role/ü", "arn:aws:iam::444455556666:role/ü/x",
		"arn:aws:iam::444455556666:role//x", "arn:aws:iam::444455556666:role/a:b", "arn:aws:iam::444455556666:role/*",
	} {
		if isRoleARN(s) {
			t.Errorf("takes %q", s)
		}
	}
}

// format writes a hint of FormDenied as AWS does.
func format(h Hint) string {
	s := "User: " + h.Principal + " is not authorized to perform: " + h.Action
	if h.Resource != "" {
		s += " on resource: " + h.Resource
	}
	article := map[string]string{"identity-based policy": "an ", "role trust policy": "the "}[h.PolicyType]
	if article == "" {
		article = "a "
	}
	switch {
	case h.Explicit && h.PolicyType == "" && h.Via+h.PolicyARN != "":
		s += " with an explicit deny in a thing"
	case h.Explicit && h.PolicyType == "":
		s += " with an explicit deny"
	case h.Explicit:
		s += " with an explicit deny in " + article + h.PolicyType
	case h.PolicyType != "":
		s += fmt.Sprintf(" because no %s allows the %s action", h.PolicyType, h.Action)
	}
	if h.Via != "" {
		s += " transitively through a " + h.Via
	}
	if h.PolicyARN != "" {
		s += ": " + h.PolicyARN
	}
	if h.AuthID != "" {
		s += strings.ReplaceAll(goTo, "0123456789abcdef", h.AuthID)
	}
	return s
}

func FuzzParseMessage(f *testing.F) {
	for _, s := range []string{
		full, start, full + goTo, full + " with an explicit deny in an identity-based policy transitively through a service control policy: " + scpARN + goTo,
		full + " because no role trust policy allows the sts:AssumeRole action", "Not authorized to perform sts:AssumeRole", strings.Repeat(full, 20),
		"An error occurred (AccessDenied) when calling the AssumeRole operation: " + full, full + " with an explicit deny because no session policy allows the x:y action",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h := ParseMessage(s)
		for _, part := range []string{h.Principal, h.Action, h.Resource, h.RoleARN, h.PolicyARN, h.AuthID} {
			if !strings.Contains(s, part) {
				t.Fatalf("%q is not in the message", part)
			}
		}
		if h.RoleARN != "" && (h.Cut || h.RoleARN != h.Resource || !isRoleARN(h.RoleARN) || strings.ContainsAny(h.RoleARN, " \t\r\n\u00a0")) {
			t.Fatalf("role %q from resource %q, cut %v", h.RoleARN, h.Resource, h.Cut)
		}
		if h.Form != FormDenied || h.RoleARN == "" || len(s) >= maxMessage {
			return
		}
		if again := ParseMessage(format(h)); again != h && len(format(h)) < maxMessage {
			t.Fatalf("%+v\nwritten as %q\nreads as %+v", h, format(h), again)
		}
	})
}
