package report

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// nearly are keys that are meant to be sts:ExternalId.
var nearly = []string{
	"sts:ExternalId", "STS:EXTERNALID", " sts:ExternalId ", "sts: ExternalId", "aws:ExternalId", "ExternalId", "externalid",
	"sts:ExternaId", "sts:ExternalID", "sts:External_Id", "sts:External-Id", "sts:ExternallId", "sts:ExternalI", "sts:Ext3rnalId",
	"sts:Exter\u200bnalId", "\ufeffsts:ExternalId", "sts:\u202eExternalId", "sts\uff1aExternalId", "sts:\u0415xternalId",
	"aws:ExternaId", "sts:ExternalIds", "aws:RequestTag/ExternalId", "sts.ExternalId", "ts:ExternalI",
	"ｓｔｓ：ＥｘｔｅｒｎａｌＩｄ",
}

func TestNearlyExternalID(t *testing.T) {
	for _, k := range nearly {
		if !isExternalID(k) {
			t.Errorf("%q is not taken for sts:ExternalId", k)
		}
	}
	for _, k := range []string{
		"", "sts:RoleSessionName", "sts:SourceIdentity", "aws:PrincipalOrgID", "aws:PrincipalArn", "sts:TransitiveTagKeys",
		"aws:ResourceOrgID", "sts:AssumeRole", "aws:SourceIp", "saml:internalid", strings.Repeat("x", 10000),
	} {
		if isExternalID(k) {
			t.Errorf("%q is taken for sts:ExternalId", k)
		}
	}
	if !isExternalID(strings.Repeat(" ", 5000) + "sts:ExternalId") {
		t.Error("a long key hides its name")
	}
}

// TestSlips: what rules names out beforehand lets through every name that is
// near enough, whichever two letters are wrong.
func TestSlips(t *testing.T) {
	const name = "sts:ExternalId"
	slips := func(s string) (list []string) {
		for i := range s {
			list = append(list, s[:i]+s[i+1:], s[:i]+"q"+s[i+1:], s[:i]+"q"+s[i:])
		}
		return append(list, s)
	}
	for _, one := range slips(name) {
		for _, two := range slips(one) {
			near := diagnose.Distance(letters(two), externalIDWord, maxSlips) <= maxSlips
			if got := isExternalID(two); near && !got {
				t.Errorf("%q is not taken for sts:ExternalId", two)
			}
		}
	}
}

// A secret under a misspelled key is a secret: in the quote, in what is compared
// and in the trace.
func TestMisspelledKeysHideTheirValues(t *testing.T) {
	const secret, short = "sesame-2026", "x7"
	for _, key := range nearly {
		text := `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{` + quoted(key) + `:["` + secret + `","` + short + `"]}}}]}`
		in := everywhere(t, secret)
		in.Known = nil
		in.Request.Keys = request.NewKeys([]request.Key{{Name: key, State: request.KeyPresent, Values: []string{secret}}}, nil, request.Key{})
		p := trustOf(text)
		s := &p.Document().Statements[0]
		for i := range in.Diagnosis.Causes {
			c := &in.Diagnosis.Causes[i]
			c.Policy, c.Statement, c.Marks = p, s, []policy.Span{s.Conditions[0].Span}
			if c.Condition != nil {
				c.Condition.Key, c.Condition.Secret, c.Condition.Wanted, c.Condition.Got = key, false, []string{secret, short}, []string{short}
			}
		}
		layer := &in.Diagnosis.Trace.Actions[0].Layers[0]
		layer.Statements[0].Conditions = []eval.ConditionTrace{{Condition: &s.Conditions[0], Key: &request.Key{Name: key, Values: []string{short}}, State: request.KeyPresent}}
		r := Build(in)
		got := encoded(t, r)
		if strings.Contains(got, secret) || strings.Contains(got, `"`+short+`"`) || strings.Contains(got, `\"`+short+`\"`) {
			t.Errorf("%q: the value is shown:\n%s", key, got)
		}
	}
}

// JSON text within a string of a policy is hidden whole where it names an
// ExternalId; a Sid that does is not.
func TestJSONWithinStrings(t *testing.T) {
	const secret = "sesame-2026"
	for name, value := range map[string]string{
		"object":      `{\"StringEquals\":{\"sts:ExternalId\":\"` + secret + `\"}}`,
		"twice":       `{\"a\":\"{\\\"sts:ExternalId\\\":\\\"` + secret + `\\\"}\"}`,
		"escaped":     `\u007b\"sts:Extern\u0061lId\":\"` + secret + `\"}`,
		"list":        `[\"externalid\",\"` + secret + `\"]`,
		"url-encoded": `%7B%22sts:ExternalId%22:%22` + secret + `%22%7D`,
		"cut":         `\"sts:ExternalId\":\"` + secret,
	} {
		text := `{"Statement":[{"Sid":"NeedsExternalId","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalTag/x":"` + value + `"}}}]}`
		p := trustOf(text)
		s := &p.Document().Statements[0]
		q := quote(p, s, []policy.Span{s.Conditions[0].Span, s.ActionSpan})
		shown := strings.Join(q.Lines, "\n")
		if strings.Contains(shown, secret) || !strings.Contains(shown, hidden) {
			t.Errorf("%s: %s", name, shown)
		}
		if !strings.Contains(shown, "NeedsExternalId") {
			t.Errorf("%s: the Sid is hidden: %s", name, shown)
		}
		asKey := strings.Replace(text, `"aws:PrincipalTag/x":"`+value+`"`, `"`+value+`":"x"`, 1)
		if line, _ := apply(asKey, lineEdits(asKey)[1]); strings.Contains(line, secret) {
			t.Errorf("%s: as a key: %s", name, line)
		}
		in := input(t, "another-value")
		in.Verbose = true
		c := &in.Diagnosis.Causes[0]
		c.Policy, c.Statement, c.Marks = p, s, nil
		var wanted []string
		for _, v := range s.Conditions[0].Values {
			wanted = append(wanted, v.Text)
		}
		c.Condition = &diagnose.Condition{Operator: "StringEquals", Key: "aws:PrincipalTag/x", Wanted: wanted}
		if got := encoded(t, Build(in)); strings.Contains(got, secret) {
			t.Errorf("%s: in the report: %s", name, got)
		}
	}
}
