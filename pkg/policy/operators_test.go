package policy

import "testing"

func TestSplitOperator(t *testing.T) {
	for _, c := range []struct {
		name, quantifier, base string
		ifExists, ok           bool
	}{
		{"StringEquals", "", "stringequals", false, true},
		{"ForAnyValue:Stringlike", "foranyvalue", "stringlike", false, true},
		{"forallvalues:ArnNotLikeIfExists", "forallvalues", "arnnotlike", true, true},
		{"Null", "", "null", false, true},
		{"NullIfExists", "", "null", true, false},
		{"ForAnyValue:Null", "foranyvalue", "null", false, false},
		{"StringMatches", "", "stringmatches", false, false},
		{"ForSomeValues:StringEquals", "", "forsomevalues:stringequals", false, false},
		{"", "", "", false, false},
	} {
		q, base, ifExists, ok := SplitOperator(c.name)
		if q != c.quantifier || base != c.base || ifExists != c.ifExists || ok != c.ok {
			t.Errorf("%q: %q %q %t %t", c.name, q, base, ifExists, ok)
		}
	}
}

// TestUnknownOperator: a statement with an operator that AWS has not is not
// understood as a whole.
func TestUnknownOperator(t *testing.T) {
	d := Parse([]byte(`{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringSort":{"aws:username":"bob"}}},{"Effect":"Allow","Action":"*","Resource":"*"}]}`))
	if !d.Statements[0].Unknown || d.Statements[1].Unknown {
		t.Errorf("unknown: %t %t", d.Statements[0].Unknown, d.Statements[1].Unknown)
	}
	if len(d.Findings) != 1 || d.Findings[0].Code != UnknownOperator || d.Findings[0].Text != "StringSort" {
		t.Errorf("findings %v", d.Findings)
	}
}

// TestForms: what IAM would not take as an action or a resource is not
// understood.
func TestForms(t *testing.T) {
	for _, c := range []struct {
		element, value string
		unknown        bool
	}{
		{"Action", "sts:AssumeRole", false},
		{"Action", "*", false},
		{"Action", "sts*:Assume*", false},
		{"Action", "AssumeRole", true},
		{"Action", " sts:AssumeRole", true},
		{"Action", ":AssumeRole", true},
		{"Resource", "arn:aws:iam::111111111111:role/x", false},
		{"Resource", "*", false},
		{"Resource", "arn*", false},
		{"Resource", "${aws:PrincipalTag/role}", false},
		{"Resource", "role/x", true},
		{"Resource", "", true},
	} {
		members := map[string]string{"Action": "sts:AssumeRole", "Resource": "*"}
		members[c.element] = c.value
		d := Parse([]byte(`{"Statement":{"Effect":"Allow","Action":"` + members["Action"] + `","Resource":"` + members["Resource"] + `"}}`))
		if d.Broken || d.Statements[0].Unknown != c.unknown {
			t.Errorf("%s %q: unknown %t", c.element, c.value, !c.unknown)
		}
	}
}
