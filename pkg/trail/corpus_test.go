package trail

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// corpus is the folder with samples/, or the test is skipped.
func corpus(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("ASSUMEWHY_CORPUS")
	if dir == "" {
		t.Skip("ASSUMEWHY_CORPUS is not set")
	}
	return filepath.Join(dir, "samples")
}

// sampleCaller and sampleRole are those of most of the composed samples.
const (
	sampleCaller = "arn:aws:sts::111122223333:assumed-role/ci-runner/build-42"
	sampleSCP    = "arn:aws:organizations::999999999999:policy/o-exampleorgid/service_control_policy/p-examplepolicyid111"
	sampleRCP    = "arn:aws:organizations::999999999999:policy/o-exampleorgid/resource_control_policy/p-examplepolicyid222"
)

// said is the hint of sampleCaller at the role deploy, changed.
func said(change func(*Hint)) Hint {
	h := Hint{Form: FormDenied, Principal: sampleCaller, Action: "sts:AssumeRole", Resource: deploy, RoleARN: deploy}
	if change != nil {
		change(&h)
	}
	return h
}

func saidBy(caller string) Hint { return said(func(h *Hint) { h.Principal = caller }) }

func saidOf(role string) Hint { return said(func(h *Hint) { h.Resource, h.RoleARN = role, role }) }

func saidType(kind string) Hint { return said(func(h *Hint) { h.PolicyType = kind }) }

func saidDeny(kind, arn string) Hint {
	return said(func(h *Hint) { h.Explicit, h.PolicyType, h.PolicyARN = true, kind, arn })
}

func saidReal(caller, role string) Hint {
	return Hint{Form: FormDenied, Principal: caller, Action: "sts:AssumeRole", Resource: role, RoleARN: role}
}

// sampleHints are the hints of the records that are denied or failed, by file.
var sampleHints = map[string]Hint{
	"SYN-denied-assumedrole-nonexistent-role": saidOf("arn:aws:iam::444455556666:role/does-not-exist"),
	"SYN-denied-assumedrole":                  said(nil),
	"SYN-denied-authorization-id": said(func(h *Hint) {
		h.Explicit, h.PolicyType, h.PolicyARN, h.AuthID = true, "service control policy", sampleSCP, "0123456789abcdef"
	}),
	"SYN-denied-china":                         saidReal("arn:aws-cn:sts::111122223333:assumed-role/ci-runner/build-42", "arn:aws-cn:iam::444455556666:role/deploy"),
	"SYN-denied-console-switchrole-assumerole": saidBy(alice),
	"SYN-denied-ec2-instance-role":             saidBy("arn:aws:sts::111122223333:assumed-role/web/i-0123456789abcdef0"),
	"SYN-denied-explicit-boundary":             saidDeny("permissions boundary", ""),
	"SYN-denied-explicit-identity-arn":         saidDeny("identity-based policy", "arn:aws:iam::111122223333:policy/DenyAssume"),
	"SYN-denied-explicit-identity":             saidDeny("identity-based policy", ""),
	"SYN-denied-explicit-rcp-arn":              saidDeny("resource control policy", sampleRCP),
	"SYN-denied-explicit-resource":             saidDeny("resource-based policy", ""),
	"SYN-denied-explicit-scp-arn":              saidDeny("service control policy", sampleSCP),
	"SYN-denied-explicit-scp":                  saidDeny("service control policy", ""),
	"SYN-denied-explicit-session":              saidDeny("session policy", ""),
	"SYN-denied-explicit-trust":                saidDeny("role trust policy", ""),
	"SYN-denied-explicit-vpce":                 saidDeny("VPC endpoint policy", ""),
	"SYN-denied-globalendpoint":                said(nil),
	"SYN-denied-govcloud":                      saidReal("arn:aws-us-gov:sts::111122223333:assumed-role/ci-runner/build-42", "arn:aws-us-gov:iam::444455556666:role/deploy"),
	"SYN-denied-iamuser-mfa-session":           saidBy(alice),
	"SYN-denied-iamuser-xaccount":              saidBy(alice),
	"SYN-denied-identitycenter":                saidBy("arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_PowerUser_0123456789abcdef/alice@example.com"),
	"SYN-denied-implicit-boundary":             saidType("permissions boundary"),
	"SYN-denied-implicit-identity":             saidType("identity-based policy"),
	"SYN-denied-implicit-resource":             saidType("resource-based policy"),
	"SYN-denied-implicit-scp":                  saidType("service control policy"),
	"SYN-denied-implicit-session":              saidType("session policy"),
	"SYN-denied-implicit-trust":                saidType("role trust policy"),
	"SYN-denied-implicit-vpce":                 saidType("VPC endpoint policy"),
	"SYN-denied-lambda-inscopeof":              saidBy("arn:aws:sts::111122223333:assumed-role/fn-role/my-function"),
	"SYN-denied-resource-is-user":              said(func(h *Hint) { h.Resource, h.RoleARN = "arn:aws:iam::444455556666:user/bob", "" }),
	"SYN-denied-role-path":                     saidOf("arn:aws:iam::444455556666:role/team/a/deploy"),
	"SYN-denied-root-clear":                    {Form: FormRoot},
	"SYN-denied-root":                          {Form: FormOpaque},
	"SYN-denied-setsourceidentity":             said(func(h *Hint) { h.Action = "sts:SetSourceIdentity" }),
	"SYN-denied-tagsession":                    said(func(h *Hint) { h.Action = "sts:TagSession" }),
	"SYN-denied-truncated-1k":                  {},
	"SYN-denied-trust-explicit-noresource-docform": said(func(h *Hint) {
		noResource(h)
		h.Explicit, h.PolicyType = true, "role trust policy"
	}),
	"SYN-denied-trust-implicit-noresource-docform": said(func(h *Hint) {
		noResource(h)
		h.PolicyType = "role trust policy"
	}),
	"SYN-denied-unknown-error-badmfa":              {Form: FormOpaque},
	"SYN-samldenied":                               {Form: FormOpaque},
	"SYN-switchrole-failure":                       {Form: FormConsole},
	"SYN-validationerror-chaining-duration":        {Form: FormDuration},
	"SYN-webidentity-denied-github":                {Form: FormOpaque},
	"assumerole-denied-iamuser-invictus":           saidReal("arn:aws:iam::123837392027:user/bert-jan", "arn:aws:iam::123837392027:role/stratus-red-team-ec2lui-role-wuzemnoeqa"),
	"assumerole-denied-iamuser-stratus":            saidReal("arn:aws:iam::321848314756:user/christophe", "arn:aws:iam::321848314756:role/stratus-red-team-get-usr-data-role"),
	"assumerole-denied-iamuser-stratus2":           saidReal("arn:aws:iam::457448411975:user/christophe", "arn:aws:iam::457448411975:role/stratus-red-team-ec2-get-password-data-role"),
	"assumerole-denied-iamuser-traildiscover":      saidReal("arn:aws:iam::111111111111:user/TrailDiscover", "arn:aws:iam::111111111111:role/TrailDiscover"),
	"sequence-createrole-denied3-success-invictus": saidReal("arn:aws:iam::123837392027:user/bert-jan", "arn:aws:iam::123837392027:role/stratus-red-team-leave-org-role"),
}

// classOf is the class that a sample's records have: the name says it, but for
// the sequence, where the error code does.
func classOf(name string, r *Record) Class {
	switch {
	case name == "SYN-validationerror-chaining-duration":
		return Failed
	case strings.HasPrefix(name, "sequence-"):
		if r.ErrorCode == "AccessDenied" {
			return Denied
		}
		return NotOurs
	}
	if _, ok := sampleHints[name]; ok {
		return Denied
	}
	return NotOurs
}

func TestSamples(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpus(t), "events", "*.json"))
	if err != nil || len(files) < 60 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	classes := map[Class]int{}
	for _, path := range files {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		for r, err := range Decode(f, name) {
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			classes[r.Class]++
			if want := classOf(name, r); r.Class != want {
				t.Errorf("%v: class %v, want %v", r.Position, r.Class, want)
			}
			if name == "SYN-denied-truncated-1k" {
				if len(r.Hint.Resource) < 900 || !r.Hint.Cut || r.Hint.RoleARN != "" {
					t.Errorf("%v: hint %+v", r.Position, r.Hint)
				}
			} else if want := sampleHints[name]; r.Class != NotOurs && r.Hint != want {
				t.Errorf("%v: hint (-want +got):\n%s", r.Position, cmp.Diff(want, r.Hint))
			}
			if r.Time.IsZero() && !strings.HasSuffix(name, "-panther") || r.Identity.Type == "" || r.ID == "" {
				t.Errorf("%v: time %v, identity %q, id %q", r.Position, r.Time, r.Identity.Type, r.ID)
			}
		}
		_ = f.Close()
	}
	if want := (map[Class]int{Denied: 49, Failed: 1, NotOurs: 29}); !cmp.Equal(want, classes) {
		t.Errorf("classes %v, want %v", classes, want)
	}
}

func TestMessages(t *testing.T) {
	f, err := os.Open(filepath.Join(corpus(t), "messages.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	denied, suffixed := 0, 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var m struct{ ErrorMessage, EventName, EventSource string }
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			t.Fatal(err)
		}
		h := ParseMessage(m.ErrorMessage)
		if !strings.Contains(m.ErrorMessage, " is not authorized to perform: ") {
			if h.Form == FormDenied {
				t.Errorf("%q is no denial", m.ErrorMessage)
			}
			continue
		}
		denied++
		if h.Form != FormDenied || !strings.HasPrefix(h.Principal, "arn:aws") || !strings.Contains(h.Action, ":") {
			t.Errorf("%q gave %+v", m.ErrorMessage, h)
		}
		if strings.Contains(m.ErrorMessage, " on resource: ") != (h.Resource != "") || strings.Contains(h.Resource, " because no ") {
			t.Errorf("%q: resource %q", m.ErrorMessage, h.Resource)
		}
		reasoned := h.PolicyType != "" || h.Explicit
		if reasoned {
			suffixed++
		}
		if reasoned != (strings.Contains(m.ErrorMessage, " because no ") || strings.Contains(m.ErrorMessage, " with an explicit deny")) {
			t.Errorf("%q: policy type %q, explicit %v", m.ErrorMessage, h.PolicyType, h.Explicit)
		}
	}
	if denied != 236 || suffixed != 225 {
		t.Errorf("%d denials, %d with a reason; want 236 and 225", denied, suffixed)
	}
}
