package eval

import (
	"cmp"
	"strconv"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// number is an integer or a decimal (IAM JSON policy elements: Condition
// operators, "Numeric condition operators"). Integers are compared exactly,
// decimals as 64-bit floating point numbers.
type number struct {
	whole   int64
	decimal float64
	isWhole bool
}

// parseNumber reads digits with an optional sign and decimal point; nothing
// like "0x10", "1_000", "1e3" or "inf".
func parseNumber(s string) (number, bool) {
	if s == "" || len(s) > 64 {
		return number{}, false
	}
	for i := range len(s) {
		c := s[i]
		if (c < '0' || c > '9') && c != '.' && (i > 0 || c != '-' && c != '+') {
			return number{}, false
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return number{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return number{whole: n, decimal: f, isWhole: err == nil}, true
}

// within says whether every number from nought to a bound compares with the
// policy's as the operator wants, or none does.
func (v *value) within(op Operator, bound string) evidence.Tri {
	top, ok := parseNumber(bound)
	if !ok {
		return evidence.Unknown
	}
	low, high := number{isWhole: true}.compare(v.number), top.compare(v.number)
	if op.compare == equal {
		if low > 0 || high < 0 {
			return evidence.False
		}
		return evidence.Unknown
	}
	if holds := op.compare.holds(low); holds == op.compare.holds(high) {
		return evidence.Of(holds)
	}
	return evidence.Unknown
}

// compare is the sign of n minus o.
func (n number) compare(o number) int {
	if n.isWhole && o.isWhole {
		return cmp.Compare(n.whole, o.whole)
	}
	return cmp.Compare(n.decimal, o.decimal)
}
