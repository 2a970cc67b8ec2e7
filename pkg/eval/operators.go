package eval

import "github.com/assumewhy/assumewhy/pkg/policy"

// Family is what an operator compares.
type Family uint8

// The families (IAM JSON policy elements: Condition operators).
const (
	FamilyString Family = iota
	FamilyStringIgnoreCase
	FamilyStringLike
	FamilyNumeric
	FamilyDate
	FamilyBool
	FamilyBinary
	FamilyIP
	FamilyARN
	FamilyNull
)

// SetOperator is the quantifier before an operator.
type SetOperator uint8

// The quantifiers.
const (
	NoSet SetOperator = iota
	ForAllValues
	ForAnyValue
)

// comparison is how ordered values are compared.
type comparison uint8

const (
	equal comparison = iota
	less
	lessOrEqual
	greater
	greaterOrEqual
)

// Operator is a condition operator taken apart.
type Operator struct {
	Family   Family
	Negated  bool
	IfExists bool
	Set      SetOperator
	compare  comparison
}

var operators = map[string]Operator{
	"stringequals":              {Family: FamilyString},
	"stringnotequals":           {Family: FamilyString, Negated: true},
	"stringequalsignorecase":    {Family: FamilyStringIgnoreCase},
	"stringnotequalsignorecase": {Family: FamilyStringIgnoreCase, Negated: true},
	"stringlike":                {Family: FamilyStringLike},
	"stringnotlike":             {Family: FamilyStringLike, Negated: true},
	"numericequals":             {Family: FamilyNumeric},
	"numericnotequals":          {Family: FamilyNumeric, Negated: true},
	"numericlessthan":           {Family: FamilyNumeric, compare: less},
	"numericlessthanequals":     {Family: FamilyNumeric, compare: lessOrEqual},
	"numericgreaterthan":        {Family: FamilyNumeric, compare: greater},
	"numericgreaterthanequals":  {Family: FamilyNumeric, compare: greaterOrEqual},
	"dateequals":                {Family: FamilyDate},
	"datenotequals":             {Family: FamilyDate, Negated: true},
	"datelessthan":              {Family: FamilyDate, compare: less},
	"datelessthanequals":        {Family: FamilyDate, compare: lessOrEqual},
	"dategreaterthan":           {Family: FamilyDate, compare: greater},
	"dategreaterthanequals":     {Family: FamilyDate, compare: greaterOrEqual},
	"bool":                      {Family: FamilyBool},
	"binaryequals":              {Family: FamilyBinary},
	"ipaddress":                 {Family: FamilyIP},
	"notipaddress":              {Family: FamilyIP, Negated: true},
	"arnequals":                 {Family: FamilyARN},
	"arnlike":                   {Family: FamilyARN},
	"arnnotequals":              {Family: FamilyARN, Negated: true},
	"arnnotlike":                {Family: FamilyARN, Negated: true},
	"null":                      {Family: FamilyNull},
}

// ParseOperator reads the name of an operator, in any case. It says false for
// a name that AWS's pages do not give, Null with a quantifier or IfExists
// among them.
func ParseOperator(name string) (Operator, bool) {
	quantifier, base, ifExists, ok := policy.SplitOperator(name)
	if !ok {
		return Operator{}, false
	}
	op := operators[base]
	op.IfExists = ifExists
	switch quantifier {
	case "forallvalues":
		op.Set = ForAllValues
	case "foranyvalue":
		op.Set = ForAnyValue
	}
	return op, true
}

// holds applies an ordered comparison to the sign of got minus wanted.
func (c comparison) holds(sign int) bool {
	switch c {
	case less:
		return sign < 0
	case lessOrEqual:
		return sign <= 0
	case greater:
		return sign > 0
	case greaterOrEqual:
		return sign >= 0
	default:
		return sign == 0
	}
}
