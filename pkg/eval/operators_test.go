package eval

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

func TestParseOperator(t *testing.T) {
	tests := []struct {
		name string
		want Operator
		ok   bool
	}{
		{"StringEquals", Operator{}, true},
		{"stringNOTequals", Operator{Negated: true}, true},
		{"StringLikeIfExists", Operator{Family: FamilyStringLike, IfExists: true}, true},
		{"ForAnyValue:Stringlike", Operator{Family: FamilyStringLike, Set: ForAnyValue}, true},
		{"forallvalues:ArnNotLikeIfExists", Operator{Family: FamilyARN, Negated: true, IfExists: true, Set: ForAllValues}, true},
		{"NumericLessThanEquals", Operator{Family: FamilyNumeric, compare: lessOrEqual}, true},
		{"Null", Operator{Family: FamilyNull}, true},
		{"NullIfExists", Operator{}, false},
		{"ForAnyValue:Null", Operator{}, false},
		{"StringMatches", Operator{}, false},
		{"ForAnyValue:", Operator{}, false},
		{"IfExists", Operator{}, false},
		{"", Operator{}, false},
	}
	for _, tt := range tests {
		if got, ok := ParseOperator(tt.name); ok != tt.ok || got != tt.want {
			t.Errorf("ParseOperator(%q) = %+v, %v", tt.name, got, ok)
		}
	}
}

// holds evaluates one operator on one present key.
func holds(op, want string, got ...string) evidence.Tri {
	c := compileCondition(&policy.Condition{Operator: op, Key: "k", Values: []policy.Item{{Text: want}}}, true)
	e := forAction(&request.Request{}, "sts:AssumeRole")
	return e.condition(&c, &request.Key{Values: got, Multi: len(got) > 1}, request.KeyPresent)
}

func TestTypedOperators(t *testing.T) {
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	tests := []struct {
		op, want, got string
		holds         evidence.Tri
	}{
		{"NumericEquals", "10", "10.0", yes},
		{"NumericEquals", "9007199254740993", "9007199254740992", no},
		{"NumericEquals", "0x10", "16", maybe},
		{"NumericEquals", "1e1", "10", maybe},
		{"NumericEquals", "-3", "-3", yes},
		{"NumericNotEquals", "10", "11", yes},
		{"NumericNotEquals", "ten", "11", maybe},
		{"NumericGreaterThan", "10", "10.5", yes},
		{"NumericGreaterThanEquals", "10", "10", yes},
		{"NumericLessThan", "10", "10", no},
		{"NumericLessThan", "10", "soon", no},
		{"DateEquals", "2020-01-01", "2020-01-01T00:00:00Z", yes},
		{"DateEquals", "2020-01", "2020-01-01T00:00Z", yes},
		{"DateEquals", "2020", "2020-01-01", yes},
		{"DateEquals", "1577836800", "2020-01-01T00:00:00Z", yes},
		{"DateEquals", "2020-01-01T01:00:00+01:00", "2020-01-01T00:00:00Z", yes},
		{"DateEquals", "2020-01-01T01:00:00+0100", "2020-01-01T00:00:00Z", yes},
		{"DateEquals", "2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00Z", no},
		{"DateLessThan", "2020-01-01T00:00:00.5Z", "2020-01-01T00:00:00Z", yes},
		{"DateGreaterThan", "2020-01-01T00:00:00Z", "2019-12-31T23:59:59Z", no},
		{"DateNotEquals", "2020-01-01", "yesterday", maybe},
		{"DateLessThan", "2020-13-01", "2020-01-01", maybe},
		{"Bool", "TRUE", "true", yes},
		{"Bool", "true", "yes", no},
		{"Bool", "yes", "true", maybe},
		{"BinaryEquals", "QUJD", "QUJD", yes},
		{"BinaryEquals", "QUJD", "not base64!", no},
		{"BinaryEquals", "!", "QUJD", maybe},
		{"IpAddress", "203.0.113.7", "203.0.113.7", yes},
		{"IpAddress", "203.0.113.7/24", "203.0.113.200", yes},
		{"IpAddress", "0.0.0.0/0", "2001:db8::1", no},
		{"IpAddress", "::/0", "203.0.113.7", no},
		{"IpAddress", "2001:DB8::1", "2001:db8:0:0::1", yes},
		{"IpAddress", "203.0.113.0/33", "203.0.113.7", maybe},
		{"IpAddress", "203.0.113.0/24", "AWS Internal", no},
		{"NotIpAddress", "203.0.113.0/24", "198.51.100.1", yes},
		{"NotIpAddress", "203.0.113.0/24", "AWS Internal", maybe},
		{"StringEquals", "a*", "ab", no},
		{"StringEquals", "a*", "a*", yes},
		{"StringEquals", "", "", yes},
		{"StringLike", "a*", "ab", yes},
		{"StringLike", "A*", "ab", no},
		{"StringEqualsIgnoreCase", "ÄB", "äb", yes},
		{"StringNotEqualsIgnoreCase", "ÄB", "äb", no},
		{"Null", "maybe", "x", maybe},
		{"Null", "true", "", yes},
		{"StringMatches", "a", "a", maybe},
	}
	for _, tt := range tests {
		if got := holds(tt.op, tt.want, tt.got); got != tt.holds {
			t.Errorf("%s %q on %q: %v, want %v", tt.op, tt.want, tt.got, got, tt.holds)
		}
	}
}

func TestARNOperators(t *testing.T) {
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	role := "arn:aws:iam::111111111111:role/app/Caller"
	tests := []struct {
		op, want, got string
		holds         evidence.Tri
	}{
		{"ArnEquals", "arn:aws:iam::*:role/*", role, yes}, // the same as ArnLike
		{"ArnLike", "arn:*:iam::111111111111:role/app/?aller", role, yes},
		{"ArnLike", "arn:aws:iam::111111111111:role/caller", role, no},
		{"ArnLike", "arn:aws:iam::*:role/Caller", role, no},
		{"ArnNotLike", "arn:aws:iam::*:role/app/*", role, no},
		{"ArnLike", "*", role, maybe}, // fewer than six parts: AWS does not say
		{"ArnLike", "arn:aws:iam::*", role, maybe},
		{"ArnLike", "arn:aws:s3*", role, no},
		{"ArnNotLike", "arn:aws:iam::*", role, maybe},
		{"ArnLike", "arn:aws:sns:*:*:t", "arn:aws:sns:eu-west-1:111111111111:t", yes},
		{"ArnLike", "arn:aws:sns:*:t", "arn:aws:sns:eu-west-1:111111111111:t", maybe},
		{"ArnLike", role, "no arn", no},
		{"StringLike", "arn:aws:iam*Caller", role, yes}, // a string operator spans colons
	}
	for _, tt := range tests {
		if got := holds(tt.op, tt.want, tt.got); got != tt.holds {
			t.Errorf("%s %q on %q: %v, want %v", tt.op, tt.want, tt.got, got, tt.holds)
		}
	}
}

func TestSeveralValues(t *testing.T) {
	const yes, no, maybe = evidence.True, evidence.False, evidence.Unknown
	tests := []struct {
		op, want string
		got      []string
		holds    evidence.Tri
	}{
		{"ForAllValues:StringEquals", "a", []string{"a", "a"}, yes},
		{"ForAllValues:StringEquals", "a", []string{"a", "b"}, no},
		{"ForAllValues:StringEquals", "a", []string{}, yes},
		{"ForAllValues:StringEquals", "a", []string{""}, yes},
		{"ForAllValues:StringNotEquals", "a", []string{"b", "c"}, yes},
		{"ForAllValues:StringNotEquals", "a", []string{"a", "c"}, no},
		{"ForAnyValue:StringEquals", "a", []string{"b", "a"}, yes},
		{"ForAnyValue:StringEquals", "a", []string{}, no},
		{"ForAnyValue:StringNotEquals", "a", []string{"a", "b"}, yes},
		{"ForAnyValue:StringNotEquals", "a", []string{"a", "a"}, no},
		{"ForAnyValue:StringEqualsIfExists", "a", []string{}, maybe},
		{"StringEquals", "a", []string{"a", "b"}, no},
		{"StringNotEquals", "a", []string{"b", "c"}, maybe},
		{"StringEquals", "a", []string{"a"}, yes},
		{"StringEquals", "a", []string{}, no},
		{"StringNotEquals", "a", []string{}, yes},
		{"StringEqualsIfExists", "a", []string{}, yes},
		{"Null", "true", []string{}, yes},
	}
	for _, tt := range tests {
		if got := holds(tt.op, tt.want, tt.got...); got != tt.holds {
			t.Errorf("%s %q on %q: %v, want %v", tt.op, tt.want, tt.got, got, tt.holds)
		}
	}
}

// TestEveryOperator: what package policy takes for an operator the engine
// knows, and nothing more.
func TestEveryOperator(t *testing.T) {
	for name := range operators {
		if _, _, _, ok := policy.SplitOperator(name); !ok {
			t.Errorf("%s is no operator to the parser", name)
		}
	}
	for _, name := range []string{"StringEquals", "NumericLessThan", "Bool", "Null", "IpAddress"} {
		if _, ok := ParseOperator(name); !ok {
			t.Errorf("%s is no operator to the engine", name)
		}
	}
}
