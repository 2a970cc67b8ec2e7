package policy

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// places lists every place of a document's statements with what stands there.
func places(d *Document) []string {
	var out []string
	add := func(what string, s Span) {
		out = append(out, fmt.Sprintf("%d:%d-%d %s %s", s.Line, s.From, s.To, what, d.At(s)))
	}
	for _, s := range d.Statements {
		out = append(out, fmt.Sprintf("%d-%d statement %d", s.First, s.Last, s.Index))
		add("effect", s.EffectSpan)
		add("principal", s.PrincSpan)
		for _, p := range s.Principals {
			add("= "+p.Type, p.Span)
		}
		add("action", s.ActionSpan)
		for _, a := range s.Actions {
			add("=", a.Span)
		}
		add("resource", s.ResourceSpan)
		for _, r := range s.Resources {
			add("=", r.Span)
		}
		for _, c := range s.Conditions {
			add("condition "+c.Operator, c.Span)
			for _, v := range c.Values {
				add("=", v.Span)
			}
		}
	}
	return out
}

func TestPlaces(t *testing.T) {
	for _, tt := range []struct{ name, raw, want string }{
		{
			"indented by us",
			`{"Version":"2012-10-17","Statement":[{"Sid":"é","Effect":"Allow","Principal":{"AWS":["111111111111"],` +
				`"Service":"ec2.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"],` +
				`"Condition":{"Bool":{"aws:MultiFactorAuthPresent":true},"NumericLessThan":{"aws:MultiFactorAuthAge":[3600,"7.2e3"]}}},` +
				`{"Effect":"Deny","NotPrincipal":"*","NotAction":"sts:*","NotResource":"*"}]}`,
			`
4-28 statement 0
6:6-23 effect "Effect": "Allow"
7:6-20 principal "Principal": {
9:10-24 = AWS "111111111111"
11:19-38 = Service "ec2.amazonaws.com"
13:6-17 action "Action": [
14:8-24 = "sts:AssumeRole"
15:8-24 = "sts:TagSession"
0:0-0 resource 
19:10-44 condition Bool "aws:MultiFactorAuthPresent": true
19:40-44 = true
22:10-37 condition NumericLessThan "aws:MultiFactorAuthAge": [
23:12-16 = 3600
24:12-19 = "7.2e3"
29-34 statement 1
30:6-22 effect "Effect": "Deny"
31:6-25 principal "NotPrincipal": "*"
31:22-25 = * "*"
32:6-26 action "NotAction": "sts:*"
32:19-26 = "sts:*"
33:6-24 resource "NotResource": "*"
33:21-24 = "*"`,
		},
		{
			"author's own lines, from within a file",
			`{ "Version": "2012-10-17",
      "Statement": { "Effect":
          "Allow", "Action": "sts:AssumeRole", "Resource": ["é/\u0061", "*"],
        "Condition": {"StringEquals": {"a": [ "x",
          "y" ], "b": false}} } }`,
			`
2-5 statement 0
2:17-26 effect "Effect":
0:0-0 principal 
3:15-41 action "Action": "sts:AssumeRole"
3:25-41 = "sts:AssumeRole"
3:43-73 resource "Resource": ["é/\u0061", "*"]
3:56-67 = "é/\u0061"
3:69-72 = "*"
4:35-46 condition StringEquals "a": [ "x",
4:42-45 = "x"
5:6-9 = "y"
5:13-23 condition StringEquals "b": false
5:18-23 = false`,
		},
		{"not an object", `{"Statement":[7]}`, `
3-3 statement 0
0:0-0 effect 
0:0-0 principal 
0:0-0 action 
0:0-0 resource `},
	} {
		d := Parse([]byte(tt.raw))
		want := strings.Split(strings.TrimPrefix(tt.want, "\n"), "\n")
		if diff := cmp.Diff(want, places(d)); diff != "" {
			t.Errorf("%s:\n%s\n%s", tt.name, d.Text, diff)
		}
	}
}

// Findings point at the word that they speak of.
func TestFindingPlaces(t *testing.T) {
	d := Parse([]byte(`{
  "Version": "2012",
  "Statement": [
    {"Effect": "allow", "Action": "a:b", "Action": "c:d", "Comment": 1,
     "Principal": {"User": "x"}, "Condition": {"Bool": {"a": [null], "A": []}}},
    7,
    {}
  ]
}`))
	var got []string
	for _, f := range d.Findings {
		got = append(got, fmt.Sprintf("%d %d:%d %s %s", f.Statement, f.Span.Line, f.Span.From, f.Code, d.At(f.Span)))
	}
	want := []string{
		`-1 2:13 unknown_version "2012"`,
		`0 4:15 unknown_effect "allow"`,
		`0 4:41 duplicate_member "Action"`,
		`0 4:58 unknown_element "Comment"`,
		`0 5:19 unknown_principal "User"`,
		`0 5:62 wrong_type null`,
		`0 5:69 duplicate_member "A"`,
		`0 5:69 empty_element "A": []`,
		`1 6:4 wrong_type 7`,
		`2 7:4 missing_element {`,
		`2 7:4 missing_element {`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
