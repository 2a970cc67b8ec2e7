package report

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

const longTrust = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Long",
      "Effect": "Allow",
      "Principal": {
        "AWS": "arn:aws:iam::210000000029:user/carol"
      },
      "Action": "sts:AssumeRole",
      "Condition": {
        "StringEquals": {
          "aws:PrincipalOrgID": "o-example"
        },
        "IpAddress": {
          "aws:SourceIp": "192.0.2.0/24"
        }
      }
    }
  ]
}`

func TestQuote(t *testing.T) {
	p := trustOf(longTrust)
	s := &p.Document().Statements[0]
	for _, test := range []struct {
		name        string
		marks       []policy.Span
		first, last int
	}{
		{"nothing marked", nil, 5, 12},
		{"the Sid is near", []policy.Span{s.Principals[0].Span}, 5, 9},
		{"far from the Sid", []policy.Span{s.Conditions[1].Span}, 14, 17},
		{"far apart", []policy.Span{s.EffectSpan, s.Conditions[1].Span}, 5, 17},
		{"another statement's", []policy.Span{{Line: 2, From: 1, To: 3}}, 5, 12},
	} {
		q := quote(p, s, test.marks)
		if q.First != test.first || q.First+len(q.Lines)-1 != test.last {
			t.Errorf("%s: lines %d to %d, want %d to %d", test.name, q.First, q.First+len(q.Lines)-1, test.first, test.last)
		}
		if diff := cmp.Diff(strings.Split(longTrust, "\n")[test.first-1:test.last], q.Lines); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	if q := quote(nil, nil, nil); len(q.Lines) > 0 {
		t.Errorf("of nothing: %v", q)
	}
	if q := quote(trustOf("no JSON"), s, nil); len(q.Lines) > 0 {
		t.Errorf("of a document that is no JSON: %v", q)
	}
}

func TestDifferences(t *testing.T) {
	const role = "arn:aws:iam::320000000031:role/"
	for _, test := range []struct{ wanted, got, left, right string }{
		{"arn:aws:iam::210000000029:user/carol", "arn:aws:iam::210000000029:user/bob", "carol", "bob"},
		{"arn:aws:iam::320000000013:role/Deployer", "arn:aws:iam::320000000031:role/Deployer", "13", "31"},
		{role + "deployer", role + "Deployer", "d", "D"},
		{role + "Deployer", role + "Deplyer", "o", ""},
		{role + "ArtifactReader", role + "ArtifactReeder", "a", "e"},
		{role + "ops/Deployer", role + "Deployer", "ops/", ""},
		{role + "Deployer", role + "ops/Deployer", "", "ops/"},
		{role + "deploy/*", role + "Migrator", "deploy/", ""},
		{role + "deploy/*", role + "ops/Migrator", "deploy", "ops"},
		{"arn:aws:iam::210000000029:role/*", role + "a/b/Deployer", "210000000029", "320000000031"},
		{role + "Dep*", role + "Migrator", "Dep", "Migrator"},
		{"arn:aws:iam::320000000031:root", role + "Deployer", "root", "role/Deployer"},
		{"arn:aws:iam::210000000029:role/ci/build", role + "runner", "210000000029|ci/build", "320000000031|runner"},
		{"o-1/r-2/ou-3/*", "o-1/r-2/ou-4/", "3", "4"},
		{"repo:example/app", "repo:example/app:ref", "", "ref"},
		{"repo:example/app:ref:refs/heads/main", "repo:example/app:ref:refs/heads/next", "main", "next"},
		{"AWSReservedSSO_Admin_0123456789abcdef", "AWSReservedSSO_Admin_fedcba9876543210", "0123456789abcdef", "fedcba9876543210"},
		{"same", "same", "", ""},
		{"", "x", "", ""},
		{"x", "", "", ""},
		{hidden, hidden, "", ""},
		{"käse", "kase", "ä", "a"},
		{"abc", "abcd", "", "d"},
	} {
		left, right := Differences(test.wanted, test.got)
		if l, r := cut(test.wanted, left), cut(test.got, right); l != test.left || r != test.right {
			t.Errorf("%q, %q: %q and %q, want %q and %q", test.wanted, test.got, l, r, test.left, test.right)
		}
	}
}

// TestQuoteList: of a list over several lines its values are marked, up to four,
// and the quote ends where the list does.
func TestQuoteList(t *testing.T) {
	const text = `{"Statement": [
  {
    "Effect": "Deny",
    "Principal": {
      "Service": "ec2.amazonaws.com"
    },
    "Action": "sts:AssumeRole",
    "Condition": {
      "StringNotEquals": {
        "aws:RequestedRegion": [
          "eu-west-1",
          "eu-west-2",
          "eu-west-3",
          "eu-north-1",
          "eu-south-1"
        ]
      }
    }
  }
]}`
	p := trustOf(text)
	s := &p.Document().Statements[0]
	for _, test := range []struct {
		name        string
		marks       []policy.Span
		first, last int
		want        string
	}{
		{"values", []policy.Span{s.Conditions[0].Span}, 9, 16, `"eu-west-1"|"eu-west-2"|"eu-west-3"|"eu-north-1"`},
		{"object", []policy.Span{s.PrincSpan}, 3, 6, `"Service": "ec2.amazonaws.com"`},
		{"both", []policy.Span{s.EffectSpan, s.Conditions[0].Span, s.EffectSpan}, 3, 16, `"Effect": "Deny"|"eu-west-1"|"eu-west-2"|"eu-west-3"|"eu-north-1"`},
	} {
		q := quote(p, s, test.marks)
		var got []string
		for _, m := range q.Mark {
			got = append(got, q.Lines[m.Line-q.First][m.From:m.To])
		}
		if marked := strings.Join(got, "|"); marked != test.want || q.First != test.first || q.First+len(q.Lines)-1 != test.last {
			t.Errorf("%s: lines %d to %d, %s, want %d to %d, %s", test.name, q.First, q.First+len(q.Lines)-1, marked, test.first, test.last, test.want)
		}
	}
}

// cut is what the ranges of a value hold.
func cut(s string, ranges [][2]int) string {
	var list []string
	for _, d := range ranges {
		list = append(list, s[d[0]:d[1]])
	}
	return strings.Join(list, "|")
}

// FuzzDifferences: the ranges are within the values, in order and apart.
func FuzzDifferences(f *testing.F) {
	f.Add("arn:aws:iam::1:user/carol", "arn:aws:iam::1:user/bob")
	f.Add("arn:aws:iam::1:role/a/*", "arn:aws:iam::1:role/b")
	f.Add("käse", "kæse")
	f.Fuzz(func(t *testing.T, wanted, got string) {
		left, right := Differences(wanted, got)
		for s, list := range map[string][][2]int{wanted: left, got: right} {
			at := 0
			for _, d := range list {
				if d[0] < at || d[1] <= d[0] || d[1] > len(s) {
					t.Errorf("%v of %q, %q", list, wanted, got)
				}
				at = d[1]
			}
			if wanted == got && at > 0 {
				t.Error("what is the same differs")
			}
		}
	})
}

// TestQuoteLimit: the schema allows as many lines as a quote may hold, and a
// quote of a long statement keeps to it.
func TestQuoteLimit(t *testing.T) {
	raw, err := os.ReadFile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf(`"maxItems": %d`, maxQuoted); !strings.Contains(string(raw), want) {
		t.Errorf("the schema does not say %s", want)
	}
	var actions []string
	for i := range 200 {
		actions = append(actions, fmt.Sprintf("%q", fmt.Sprintf("sts:Action%d", i)))
	}
	p := trustOf(`{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Principal":"*","Action":[` + strings.Join(actions, ",") + `]}]}`)
	s := &p.Document().Statements[0]
	q := quote(p, s, []policy.Span{s.EffectSpan, s.Actions[150].Span})
	if n := len(q.Lines); n == 0 || n > maxQuoted {
		t.Errorf("%d lines", n)
	}
}
