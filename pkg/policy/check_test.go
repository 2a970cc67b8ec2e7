package policy

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	const (
		allow = `"Effect":"Allow","Action":"sts:AssumeRole"`
		deny  = `"Effect":"Deny","Action":"sts:AssumeRole"`
		all   = `,"Resource":"*"`
		who   = `,"Principal":{"AWS":"111111111111"}`
	)
	for _, tt := range []struct {
		kind Kind
		stmt string
		want []string
	}{
		{KindTrust, allow + who, nil},
		{KindTrust, allow + `,"Principal":"*"`, nil},
		{KindTrust, allow + `,"Principal":{"AWS":"*"}`, nil},
		{KindTrust, allow, []string{"required_element Principal Principal"}},
		{KindTrust, allow + who + all, []string{"prohibited_element Resource Resource"}},
		{KindTrust, allow + who + `,"NotResource":"*"`, []string{"prohibited_element NotResource NotResource"}},
		{KindTrust, deny + `,"NotPrincipal":{"AWS":"111111111111"}`, []string{"not_principal NotPrincipal NotPrincipal"}},
		{
			KindTrust, allow + `,"Principal":{"AWS":["arn:aws:iam::111111111111:role/*","arn:aws:iam::111111111111:user/a?"],"Service":"*"}`,
			[]string{
				"wildcard_principal Principal arn:aws:iam::111111111111:role/*",
				"wildcard_principal Principal arn:aws:iam::111111111111:user/a?",
				"wildcard_principal Principal *",
			},
		},
		{KindTrust, `"Effect":"Allow","Action":["*","sts:*"]` + who, nil},

		{KindIdentity, allow + all, nil},
		{KindIdentity, allow + `,"NotResource":"*"`, nil},
		{KindIdentity, allow, []string{"required_element Resource Resource"}},
		{KindIdentity, allow + all + who, []string{"prohibited_element Principal Principal"}},
		{KindBoundary, allow + all + `,"NotPrincipal":"*"`, []string{"prohibited_element NotPrincipal NotPrincipal"}},
		{KindSCP, deny + all + who, []string{"prohibited_element Principal Principal"}},
		{KindSession, allow + all, nil},
		{KindSession, allow + `,"Resource":["arn:aws:iam::1:role/a","arn:aws:sqs"]`, []string{"short_arn Resource arn:aws:sqs"}},
		{KindIdentity, allow + `,"Resource":"arn:aws:sqs"`, nil},

		{KindVPCE, allow + all + who, nil},
		{KindVPCE, allow + all, []string{"required_element Principal Principal"}},
		{KindVPCE, deny + all + `,"NotPrincipal":{"AWS":"1"}`, nil},
		{KindVPCE, allow + all + `,"NotPrincipal":{"AWS":"1"}`, []string{"not_principal NotPrincipal NotPrincipal"}},

		{KindRCP, deny + all + `,"Principal":"*"`, nil},
		{KindRCP, `"Effect":"Allow","Action":"*","Resource":"*","Principal":"*"`, nil}, // RCPFullAWSAccess
		{KindRCP, allow + all + `,"Principal":"*"`, []string{"allow_in_rcp Effect Allow"}},
		{KindRCP, deny + all + who, []string{"star_principal Principal 111111111111"}},
		{KindRCP, deny + all + `,"NotPrincipal":"*"`, []string{"not_principal NotPrincipal NotPrincipal"}},
		{KindRCP, `"Effect":"Deny","NotAction":"sts:*","Resource":"*","Principal":"*"`, []string{"prohibited_element NotAction NotAction"}},
		{KindRCP, `"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"`, []string{"action_prefix Action *"}},
		{KindRCP, deny + `,"Principal":"*"`, []string{"required_element Resource Resource"}},
	} {
		d := Parse([]byte(`{"Version":"2012-10-17","Statement":[{` + tt.stmt + `}]}`))
		if len(d.Findings) > 0 {
			t.Errorf("%s %s: parse finds %v", tt.kind, tt.stmt, words(d.Findings))
		}
		got := d.Check(tt.kind)
		if diff := cmp.Diff(tt.want, words(got)); diff != "" {
			t.Errorf("%s %s:\n%s", tt.kind, tt.stmt, diff)
		}
		for _, f := range got {
			if f.Statement != 0 || d.At(f.Span) == "" {
				t.Errorf("%s %s: %+v has no place", tt.kind, tt.stmt, f)
			}
		}
	}
}

func TestCheckDocument(t *testing.T) {
	const stmt = `{"Sid":"A","Effect":"Deny","Action":"a:b","Resource":"${x}","Principal":"*",` +
		`"Condition":{"StringEquals":{"sts:ExternalId":["a","${b}"]}}}`
	for _, tt := range []struct {
		name string
		kind Kind
		doc  string
		want []string
	}{
		{"variables", KindVPCE, `{"Version":"2012-10-17","Statement":` + stmt + `}`, nil},
		{"no variables, values not told", KindVPCE, `{"Version":"2008-10-17","Statement":` + stmt + `}`, []string{
			"literal_variable Resource ${x}", "literal_variable Condition sts:ExternalId",
		}},
		{"no Version", KindRCP, `{"Statement":[]}`, []string{"version_required Version"}},
		{"old Version", KindRCP, `{"Version":"2008-10-17","Statement":[]}`, []string{"version_required Version 2008-10-17"}},
		{"no Version needed", KindSCP, `{"Statement":[]}`, nil},
		{
			"Sid twice, no Sid twice", KindVPCE,
			`{"Version":"2012-10-17","Statement":[` + stmt + `,` + stmt +
				`,{"Effect":"Deny","Action":"a:b","Resource":"*","Principal":"*"}` +
				`,{"Effect":"Deny","Action":"a:b","Resource":"*","Principal":"*"}]}`,
			[]string{"duplicate_sid Sid A"},
		},
		{"broken", KindTrust, `{"Statement":7}`, nil},
		{"no JSON", KindRCP, `hello`, nil},
	} {
		if diff := cmp.Diff(tt.want, words(Parse([]byte(tt.doc)).Check(tt.kind))); diff != "" {
			t.Errorf("%s:\n%s", tt.name, diff)
		}
	}
}

// A statement that is not even an object is checked without harm.
func TestCheckOddStatements(t *testing.T) {
	d := Parse([]byte(`{"Statement":[7,null,{},[]]}`))
	for _, k := range []Kind{KindIdentity, KindBoundary, KindSession, KindTrust, KindSCP, KindRCP, KindVPCE, "other"} {
		for _, f := range d.Check(k) {
			if f.Code == "" || f.Span.Line == 0 {
				t.Errorf("%s: %+v", k, f)
			}
		}
	}
}
