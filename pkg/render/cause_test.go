package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestFacts(t *testing.T) {
	list := values
	tests := []struct {
		name  string
		cause report.Cause
		want  []Fact
	}{
		{"nothing", report.Cause{Code: "session.no_allow"}, nil},
		{
			"detail",
			report.Cause{Detail: report.Detail{Wanted: "user/carol", Got: "user/bob", Diff: [][2]int{{5, 8}}}},
			[]Fact{{Label: "wanted", Values: []Value{{Text: "user/carol", Diff: []Range{{5, 10}}}}}, {Label: "got", Tone: Bad, Values: []Value{{Text: "user/bob", Diff: []Range{{5, 8}}}}}},
		},
		{
			"condition beside its quote",
			report.Cause{Quote: report.Quote{Lines: []string{"x"}}, Condition: report.Condition{Operator: "StringEquals", Key: "aws:PrincipalOrgID", Wanted: []string{"o-one1"}, GotState: "present", Got: []string{"o-one2"}}},
			[]Fact{{Label: "wanted", Values: []Value{{Text: "o-one1", Diff: []Range{{5, 6}}}}}, {Label: "got", Tone: Bad, Values: []Value{{Text: "o-one2", Diff: []Range{{5, 6}}}}}},
		},
		{
			"condition without quote",
			report.Cause{Condition: report.Condition{Operator: "StringEquals", Key: "aws:SourceVpc", Wanted: []string{"vpc-1"}, GotState: "absent"}},
			[]Fact{{Label: "condition", Values: list("StringEquals aws:SourceVpc")}, {Label: "wanted", Values: list("vpc-1")}, {Label: "got", Tone: Bad, Values: list("absent")}},
		},
		{
			"operator that turns",
			report.Cause{Code: "scp.region_deny", Evidence: []report.Evidence{{Origin: "rule:effect"}}, Quote: report.Quote{Lines: []string{"x"}}, Condition: report.Condition{Operator: "StringNotEquals", Key: "aws:RequestedRegion", Wanted: []string{"eu-west-1", "eu-central-1"}, GotState: "present", Got: []string{"us-east-1"}}},
			[]Fact{{Label: "wanted", Values: list("eu-west-1 or eu-central-1")}, {Label: "got", Tone: Bad, Values: list("us-east-1")}},
		},
		{
			"deny",
			report.Cause{Code: "trust.explicit_deny", Quote: report.Quote{Lines: []string{"x"}}, Condition: report.Condition{Operator: "Bool", Key: "k", Wanted: []string{"false"}, GotState: "present", Got: []string{"false"}}},
			[]Fact{{Label: "wanted", Values: list("true")}, {Label: "got", Tone: Bad, Values: list("false")}},
		},
		{
			"deny by its evidence",
			report.Cause{Quote: report.Quote{Lines: []string{"x"}}, Evidence: []report.Evidence{{Origin: "rule:effect", Fact: "explicit deny"}}, Condition: report.Condition{Operator: "Bool", Key: "k", Wanted: []string{"false"}, GotState: "unknown"}},
			[]Fact{{Label: "wanted", Values: list("true")}, {Label: "got", Tone: Doubt, Values: list("not known")}},
		},
		{
			"secret",
			report.Cause{Quote: report.Quote{Lines: []string{"x"}}, Condition: report.Condition{Operator: "StringEquals", Key: "STS:externalid", Wanted: []string{"(external id)"}, GotState: "present", Got: []string{"hunter2"}}},
			[]Fact{{Label: "wanted", Values: list("(external id)")}, {Label: "got", Tone: Bad, Values: list("a different value")}},
		},
		{"evidence of what was got", report.Cause{
			Quote: report.Quote{Lines: []string{"x"}}, Condition: report.Condition{Operator: "Bool", Key: "k", Wanted: []string{"true"}, GotState: "unknown"},
			Evidence: []report.Evidence{{Origin: "event:mfa", Fact: "k unknown"}, {Origin: "event:other", Fact: "z unknown"}},
		}, []Fact{
			{Label: "wanted", Values: list("true")},
			{Label: "got", Tone: Doubt, Values: []Value{{Text: "not known", Note: "it would stand in the event: mfa"}}},
			{Label: "seen", Tone: Faint, Proof: true, Values: []Value{{Text: "z unknown", Note: "from the event: other"}}},
		}},
		{
			"nearest role",
			report.Cause{Layer: "role", Detail: report.Detail{Nearest: "Deployer", Wanted: "Deployer", Got: "Deplyer"}},
			[]Fact{{Label: "nearest", Values: []Value{{Text: "Deployer", Diff: []Range{{4, 5}}}}}, {Label: "got", Tone: Bad, Values: []Value{{Text: "Deplyer", Diff: nil}}}},
		},
		{
			"marks under nearly all point at nothing",
			report.Cause{Detail: report.Detail{Wanted: "abcdefghij", Got: "klmnopqrst"}},
			[]Fact{{Label: "wanted", Values: list("abcdefghij")}, {Label: "got", Tone: Bad, Values: list("klmnopqrst")}},
		},
		{
			"another action",
			report.Cause{Code: "companion.tag_session", Detail: report.Detail{Wanted: "sts:AssumeRole", Got: "sts:TagSession"}},
			[]Fact{
				{Label: "allows", Values: []Value{{Text: "sts:AssumeRole", Diff: []Range{{4, 14}}}}},
				{Label: "needed", Tone: Bad, Values: []Value{{Text: "sts:TagSession", Diff: []Range{{4, 14}}}}},
			},
		},
		{
			"a service",
			report.Cause{Code: "trust.service_only", Detail: report.Detail{Nearest: "ec2.amazonaws.com"}},
			[]Fact{{Label: "trusted", Values: list("ec2.amazonaws.com")}},
		},
		{"one session", report.Cause{
			Code: "trust.session_arn", Detail: report.Detail{Nearest: "arn:one", Wanted: "one", Got: "two"},
			Evidence: []report.Evidence{{Origin: "estate:trusts", Fact: "arn:one"}},
		}, []Fact{{Label: "wanted", Values: list("one")}, {Label: "got", Tone: Bad, Values: list("two")}}},
		{"wrong identity", report.Cause{
			Code: "caller.wrong_identity", Detail: report.Detail{Wanted: "x", Got: "y"},
			Evidence: []report.Evidence{{Origin: "estate:would", Fact: "arn:bob"}, {Origin: "estate:trusts", Fact: "arn:bob"}},
		}, []Fact{{Label: "instead", Tone: Good, Values: list("arn:bob")}}},
		{
			"missing evidence proves nothing",
			report.Cause{Layer: "evidence", Evidence: []report.Evidence{{Origin: "estate:account", Fact: "denied iam:X"}}},
			nil,
		},
		{"evidence", report.Cause{Evidence: []report.Evidence{
			{Origin: "rule:certainty", Fact: "default"},
			{Origin: "estate:level", Fact: "ou-1 X"},
			{Origin: "estate:trusts", Fact: "arn:carol"},
			{Origin: "estate:would", Fact: "arn:node"},
			{Origin: "event:userAgent", Fact: "console"},
		}, Detail: report.Detail{Nearest: "Deploy"}}, []Fact{
			{Label: "nearest", Values: list("Deploy")},
			{Label: "trusted", Values: list("arn:carol")},
			{Label: "instead", Tone: Good, Values: list("arn:node")},
			{Label: "seen", Tone: Faint, Proof: true, Values: []Value{{Text: "console", Note: "from the event: userAgent"}}},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := namer{&report.Report{}, &english}.facts(&tt.cause)
			for i := range got {
				got[i].More = ""
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWhere(t *testing.T) {
	role := report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"}
	tests := []struct {
		policy report.Policy
		want   string
	}{
		{report.Policy{}, ""},
		{report.Policy{Kind: "trust", Name: "trust"}, "Trust policy of role Deployer, statement One"},
		{report.Policy{Kind: "identity", Managed: "inline", Name: "p", AttachedTo: "arn:aws:iam::210000000029:group/devs"}, "Policy p (inline) on group devs, statement One"},
		{report.Policy{Kind: "boundary", ARN: "arn:aws:iam::210000000029:policy/b"}, "Permissions boundary b, statement One"},
		{report.Policy{Kind: "scp", AttachedTo: "ou-1"}, "SCP on ou-1, statement One"},
		{report.Policy{Kind: "vpce", Name: "vpce-1"}, "Endpoint policy vpce-1, statement One"},
		{report.Policy{Kind: "100%", Name: "n"}, "100% n, statement One"},
	}
	for _, tt := range tests {
		n := namer{&report.Report{Role: role}, &english}
		if got := n.where(&report.Cause{Policy: tt.policy, Statement: report.Statement{Sid: "One", Line: 1}}); got != tt.want {
			t.Errorf("where(%+v) = %q, want %q", tt.policy, got, tt.want)
		}
	}
}

// TestPassing: the wanted values are those with which the call would pass.
func TestPassing(t *testing.T) {
	many := []string{"a-value-of-thirty-letters-one-1", "a-value-of-thirty-letters-two-2"}
	tests := []struct {
		operator string
		list     []string
		deny     bool
		want     []string
	}{
		{"StringEquals", []string{"a"}, false, []string{"a"}},
		{"StringEquals", []string{"a", "b", "c"}, false, []string{"a, b or c"}},
		{"StringEquals", []string{"a"}, true, []string{"not a"}},
		{"StringNotLikeIfExists", []string{"a", "b"}, false, []string{"not a or b"}},
		{"StringNotEqualsIfExists", []string{"a"}, true, []string{"a"}},
		{"ForAnyValue:StringLike", []string{"a"}, false, []string{"a"}},
		{"ForAllValues:StringNotEquals", many, true, many},
		{"StringNotEquals", many, false, []string{"not " + many[0], "not " + many[1]}},
		{"DateLessThan", []string{"t"}, false, []string{"before t"}},
		{"DateLessThan", []string{"t"}, true, []string{"at or after t"}},
		{"DateGreaterThanEqualsIfExists", []string{"t"}, false, []string{"at or after t"}},
		{"DateGreaterThan", []string{"t"}, true, []string{"at or before t"}},
		{"DateEquals", []string{"t"}, false, []string{"t"}},
		{"NumericLessThanEquals", []string{"3600"}, false, []string{"at most 3600"}},
		{"NumericLessThanEquals", []string{"3600"}, true, []string{"more than 3600"}},
		{"Null", []string{"true"}, false, []string{"absent"}},
		{"Null", []string{"True"}, true, []string{"present"}},
		{"Bool", []string{"true"}, false, []string{"true"}},
		{"BoolIfExists", []string{"false"}, true, []string{"true"}},
		{"Bool", []string{"${x}"}, true, []string{"${x}"}},
		{"StringLike", []string{"*"}, false, []string{"any value"}},
		{"StringNotLike", []string{"*"}, true, []string{"any value"}},
		{"StringNotLike", []string{"*"}, false, []string{"not *"}},
		{"", []string{"a"}, false, []string{"a"}},
	}
	for _, tt := range tests {
		got := namer{&report.Report{}, &english}.passing(tt.operator, tt.list, tt.deny)
		if diff := cmp.Diff(values(tt.want...), got); diff != "" {
			t.Errorf("%s %v, deny %v (-want +got):\n%s", tt.operator, tt.list, tt.deny, diff)
		}
	}
}
