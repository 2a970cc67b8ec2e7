package report

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// everywhere is an input that holds an ExternalId in every place it may come
// from, and in places where it has no business.
func everywhere(t testing.TB, secret string) Input {
	t.Helper()
	in := input(t, secret)
	in.Verbose = true
	rec := in.Subject.Record
	rec.UserAgent = "agent " + secret
	rec.ErrorMessage += " " + secret
	rec.Params = nil
	in.Known = []reconstruct.Known{{Key: "STS:externalid", Values: []string{secret}}}
	c := &in.Diagnosis.Causes[0]
	c.Detail.Wanted, c.Detail.Nearest = "w "+secret, "n "+secret
	c.Evidence = append(c.Evidence, diagnose.Fact{Origin: evidence.Origin{Kind: evidence.FromEvent, Ref: "requestParameters.externalId"}, Text: "sts:ExternalId " + secret})
	c.Condition = &diagnose.Condition{Operator: "StringLike", Key: "aws:PrincipalTag/x", Wanted: []string{"x" + secret}, Got: []string{secret}}
	in.Diagnosis.Gaps[0].Subject = "policy " + secret
	return in
}

func TestExternalIDsAreHidden(t *testing.T) {
	const secret = "sesame-2026"
	for name, text := range map[string]string{
		"scalar":     `{"Statement":[{"Sid":"S","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + secret + `"}}}]}`,
		"list":       `{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ForAnyValue:StringLike":{"STS:EXTERNALID":["a","` + secret + `","` + secret + `*"]}}}}`,
		"escaped":    `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:E\u0078ternalId":"s\u0065same-2026"}}}]}`,
		"nested":     `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":{"a":["` + secret + `"]}}}}]}`,
		"twice":      `{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"` + secret + `","sts:ExternalId":"` + secret + `"}}}]}`,
		"elsewhere":  `{"Statement":[{"Sid":"For` + secret + `","Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalTag/id":"` + secret + `","sts:ExternalId":"` + secret + `"}}}]}`,
		"many lines": "{\n \"Statement\": [\n  {\n   \"Effect\": \"Allow\",\n   \"Principal\": \"*\",\n   \"Action\": \"sts:AssumeRole\",\n   \"Condition\": {\"StringEquals\": {\"sts:ExternalId\":\n    [\"" + secret + "\",\n     \"" + secret + "-2\"]}}\n  }\n ]\n}",
	} {
		in := everywhere(t, secret)
		p := trustOf(text)
		for i := range in.Diagnosis.Causes {
			c := &in.Diagnosis.Causes[i]
			c.Policy, c.Statement = p, nil
			if doc := p.Document(); len(doc.Statements) > 0 {
				c.Statement = &doc.Statements[0]
				c.Marks = []policy.Span{c.Statement.ActionSpan}
			}
			if c.Statement == nil {
				t.Errorf("%s: no statement was read", name)
			}
		}
		got := encoded(t, Build(in))
		for _, s := range []string{secret, `s\u0065same`} {
			if i := strings.Index(got, s); i >= 0 {
				t.Errorf("%s: the ExternalId is in the report: …%s…", name, got[max(0, i-80):i+20])
			}
		}
		if !strings.Contains(got, hidden) {
			t.Errorf("%s: nothing stands in its place", name)
		}
	}
}

// TestAccountAsExternalID: where the ExternalId is also the name of something
// in the call, that name stays: hiding it would say what the value is.
func TestAccountAsExternalID(t *testing.T) {
	r := Build(input(t, "210000000029"))
	if r.Caller.Account != "210000000029" || !strings.Contains(r.Causes[0].Detail.Got, "210000000029") {
		t.Errorf("caller %+v, detail %+v", r.Caller, r.Causes[0].Detail)
	}
	for _, c := range r.Causes {
		for _, line := range c.Quote.Lines {
			if strings.Contains(line, `:"210000000029"`) {
				t.Errorf("the value of the condition is shown: %s", line)
			}
		}
	}
}

// TestBrokenTextInExternalIDs: a byte that is no text does not let the rest of
// the value through.
func TestBrokenTextInExternalIDs(t *testing.T) {
	if got := encoded(t, Build(everywhere(t, "sesame\xff2026"))); strings.Contains(got, "sesame") {
		i := strings.Index(got, "sesame")
		t.Errorf("…%s…", got[max(0, i-80):i+20])
	}
}

func TestShortExternalIDs(t *testing.T) {
	for _, secret := range []string{"42", "Al", "x"} {
		r := Build(everywhere(t, secret))
		if f := r.Causes[0].Evidence[1].Fact; f != "sts:ExternalId "+hidden {
			t.Errorf("%s: fact %q", secret, f)
		}
		if line := strings.Join(r.Causes[1].Quote.Lines, ""); strings.Contains(line, `"`+secret+`"`) {
			t.Errorf("%s is shown: %s", secret, line)
		}
	}
}

func TestKeysAndTokensAreHidden(t *testing.T) {
	for _, secret := range []string{
		"AKIAEXAMPLEEXAMPLE00", "ASIAEXAMPLEEXAMPLE00",
		"IQoJb3JpZ2luX2VjEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE==",
		"https://hooks.slack.com/services/T0/B0/x", "https://HOOKS.slack.com/workflows/1",
		"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl",
	} {
		in := everywhere(t, "sesame-2026")
		rec := in.Subject.Record
		rec.UserAgent, rec.ErrorMessage, rec.SourceIP, rec.ID = secret, "x"+secret+"y", secret, secret
		in.Request.Caller.SessionName, in.Request.Caller.ARN = secret, bobARN+secret
		in.Diagnosis.RoleOwner, in.Version = secret, secret
		c := &in.Diagnosis.Causes[0]
		c.Policy = trustOf(strings.Replace(trustText, "OnlyCarol", secret, 1))
		c.Statement = &c.Policy.Document().Statements[0]
		c.Trusted = []string{secret}
		if got := encoded(t, Build(in)); strings.Contains(got, secret) {
			i := strings.Index(got, secret)
			t.Errorf("%s is in the report: …%s…", secret, got[max(0, i-60):i+20])
		}
	}
}

// TestMarksMoveWithWhatIsHidden: what is marked is the same text before and
// after.
func TestMarksMoveWithWhatIsHidden(t *testing.T) {
	for _, secret := range []string{"s", "a very long external id, longer than what takes its place"} {
		p := trustOf(`{"Statement":[
{"Effect":"Allow","Condition":{"StringEquals":{"sts:ExternalId":"` + secret + `","aws:PrincipalOrgID":"o-example"}},"Principal":"*","Action":"sts:AssumeRole"}]}`)
		s := &p.Document().Statements[0]
		q := quote(p, s, []policy.Span{s.Conditions[1].Span, s.Conditions[0].Values[0].Span})
		if len(q.Mark) != 2 {
			t.Fatalf("%d marks: %+v", len(q.Mark), q)
		}
		var got []string
		for _, m := range q.Mark {
			got = append(got, q.Lines[m.Line-q.First][m.From:m.To])
		}
		want := []string{`"(external id)"`, `"aws:PrincipalOrgID": "o-example"`}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", secret, diff)
		}
	}
}

// FuzzRedact: an ExternalId, put anywhere, is in the report only where the
// report would say the same without it; and marks stay within their lines.
func FuzzRedact(f *testing.F) {
	for _, s := range []string{"sesame-2026", `quo"te\`, "käse-2026", "210000000029", "Allow", "(external", "identity", "a b c d", "\x00\x01\x02\x03", "default", "rule:"} {
		f.Add(s)
	}
	without := texts(f, Build(everywhere(f, "7e57-another-value")))
	f.Fuzz(func(t *testing.T, secret string) {
		if len(secret) < shortest || len(secret) > 1224 || strings.HasPrefix(secret, "[") || strings.HasPrefix(secret, "{") {
			return
		}
		r := Build(everywhere(t, secret))
		for _, c := range r.Causes {
			for _, m := range c.Quote.Mark {
				if i := m.Line - c.Quote.First; i < 0 || i >= len(c.Quote.Lines) || m.From > m.To || m.To > len(c.Quote.Lines[i]) {
					t.Errorf("mark %+v is outside of %q", m, c.Quote.Lines)
				}
			}
		}
		got := texts(t, r)
		if strings.Contains(got, secret) && !strings.Contains(without, secret) && sought(secret, r) {
			t.Errorf("%q is in the report:\n%s", secret, got)
		}
	})
}

// texts are all strings of a report, decoded, one a line.
func texts(t testing.TB, r *Report) string {
	var v any
	if err := json.Unmarshal([]byte(encoded(t, r)), &v); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			b.WriteString(v + "\n")
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			for _, k := range sorted(v) {
				walk(v[k])
			}
		}
	}
	walk(v)
	return b.String()
}

func TestWithoutKeys(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"open estate: no such file", "open estate: no such file"},
		{"", ""},
		{"event AKIAEXAMPLEEXAMPLE00: no JSON", "event (access key): no JSON"},
		{"post https://hooks.slack.com/services/T0/B0/x: refused", "post (webhook) refused"},
		{`"https:\/\/hooks.slack.com\/services\/T0"`, `"(webhook)"`},
		{"post hooks.slack.com/services/T0/B0/x: refused", "post (webhook) refused"},
		{"https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0", "(webhook)"},
		{"see the page on hooks.slack.com", "see the page on hooks.slack.com"},
		{"token xoxb-12345-67890-abcdef, xapp-1-A0-1234567", "token (token), (token)"},
		{"x eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl y", "x (token) y"},
	} {
		if got := WithoutKeys(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestPieces: of a pattern, what any value that fits it holds is as secret as
// the pattern, where it is long enough to say something.
func TestPieces(t *testing.T) {
	for s, want := range map[string][]string{
		"sesame-2026":                        nil,
		" sesame-2026\n":                     {"sesame-2026"},
		"sesame-2026*":                       {"sesame-2026"},
		"a*sesame-2026?b*open-sesame":        {"sesame-2026", "open-sesame"},
		"*":                                  nil,
		"arn:aws:iam::*":                     nil,
		"${aws:PrincipalTag/id}-sesame-2026": {"-sesame-2026"},
		"${aws:PrincipalTag/id, 'sesame'}":   {"sesame"},
		"$":                                  nil,
	} {
		got := pieces(s)
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", s, d)
		}
	}
}

// TestOtherCase: a secret in other letters' case, in a place that has no
// business with it, is hidden too, and nothing beside it.
func TestOtherCase(t *testing.T) {
	in := everywhere(t, "Sesame-2026")
	in.Subject.Record.UserAgent = "É agent sesame-2026 and SESAME-2026."
	if got := Build(in).Event.UserAgent; got != "É agent "+hidden+" and "+hidden+"." {
		t.Errorf("user agent %q", got)
	}
}

// TestListInPlaceOfBlock: a condition that is a list is understood by nobody,
// and what stands behind the key is the secret all the same.
func TestListInPlaceOfBlock(t *testing.T) {
	text := `{"Condition":{"StringEquals":["sts:ExternalId","sesame-2026"]},"Sid":"S"}`
	if d := cmp.Diff([]string{"sesame-2026"}, textSecrets(text, 0)); d != "" {
		t.Error(d)
	}
	if got := textSecrets(`{"Sid":"Requires sts:ExternalId","Action":["sts:AssumeRole"]}`, 0); got != nil {
		t.Errorf("a sentence that names the key hides %q", got)
	}
}
