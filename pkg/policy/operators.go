package policy

import "strings"

// operators are the names of the condition operators, in small letters and
// without a quantifier or IfExists
// (IAM JSON policy elements: Condition operators).
var operators = map[string]bool{
	"stringequals": true, "stringnotequals": true, "stringequalsignorecase": true, "stringnotequalsignorecase": true,
	"stringlike": true, "stringnotlike": true,
	"numericequals": true, "numericnotequals": true, "numericlessthan": true, "numericlessthanequals": true,
	"numericgreaterthan": true, "numericgreaterthanequals": true,
	"dateequals": true, "datenotequals": true, "datelessthan": true, "datelessthanequals": true,
	"dategreaterthan": true, "dategreaterthanequals": true,
	"bool": true, "binaryequals": true, "ipaddress": true, "notipaddress": true,
	"arnequals": true, "arnlike": true, "arnnotequals": true, "arnnotlike": true, "null": true,
}

// SplitOperator cuts the name of a condition operator, in any case, into its
// quantifier ("forallvalues", "foranyvalue" or none), its base name in small
// letters and whether IfExists ends it. It says false for a name that AWS's
// pages do not give, Null with a quantifier or IfExists among them.
func SplitOperator(name string) (quantifier, base string, ifExists, ok bool) {
	base = strings.ToLower(name)
	for _, q := range []string{"forallvalues", "foranyvalue"} {
		if rest, cut := strings.CutPrefix(base, q+":"); cut {
			quantifier, base = q, rest
			break
		}
	}
	base, ifExists = strings.CutSuffix(base, "ifexists")
	ok = operators[base] && (base != "null" || !ifExists && quantifier == "")
	return quantifier, base, ifExists, ok
}
