package diagnose

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// TestOnlyCase: two texts that differ in upper and lower case alone are told
// from a pattern that an operator takes as it stands.
func TestOnlyCase(t *testing.T) {
	for _, tt := range []struct {
		operator, wanted, got string
		want                  bool
	}{
		{"StringEquals", "Blue", "blue", true},
		{"StringEquals", "blue", "blue", false},
		{"StringEquals", "blue-*", "blue-7", false},
		{"StringEquals", "Blue-*", "blue-7", false},
		{"StringNotEquals", "Blue", "blue", true},
		{"StringLike", "Blue-*", "blue-7", true},
		{"StringLike", "blue-*", "blue-7", false},
		{"ArnLike", "arn:aws:iam::*:role/App", "arn:aws:iam::123456789012:role/app", true},
		{"ArnEquals", "arn:aws:iam::*:role/app", "arn:aws:iam::123456789012:role/app", false},
		{"ForAnyValue:StringLike", "A*", "ab", true},
		{"Unheard", "Blue", "blue", true},
		{"StringEquals", "green", "blue", false},
	} {
		if got := onlyCase(tt.operator, tt.wanted, tt.got); got != tt.want {
			t.Errorf("%s %q against %q: %t", tt.operator, tt.wanted, tt.got, got)
		}
	}
}

// TestDemandsMFA: an Allow with MFA and a Deny without it demand MFA; what is met
// without MFA does not.
func TestDemandsMFA(t *testing.T) {
	const present, age = "aws:multifactorauthpresent", "aws:multifactorauthage"
	for _, tt := range []struct {
		key, operator, value string
		allow, deny          bool
	}{
		{present, "Bool", "true", true, false},
		{present, "Bool", "false", false, true},
		{present, "BoolIfExists", "false", false, true},
		{present, "StringEquals", "true", true, false},
		{present, "StringNotEquals", "true", false, true},
		{present, "StringNotEquals", "false", true, false},
		{present, "Null", "true", false, true},
		{present, "Null", "false", true, false},
		{age, "Null", "false", true, false},
		{age, "NumericLessThan", "3600", true, false},
		{age, "NumericLessThanEquals", "3600", true, false},
		{age, "NumericGreaterThan", "3600", false, true},
		{age, "NumericGreaterThanIfExists", "3600", false, true},
		{present, "Unheard", "true", false, false},
	} {
		c := policy.Condition{Operator: tt.operator, Key: tt.key, Values: []policy.Item{{Text: tt.value}}}
		trace := &eval.ConditionTrace{Condition: &c}
		if allow, deny := demandsMFA(trace, tt.key, false), demandsMFA(trace, tt.key, true); allow != tt.allow || deny != tt.deny {
			t.Errorf("%s %s %s: in an Allow %t, in a Deny %t", tt.operator, tt.key, tt.value, allow, deny)
		}
	}
}
