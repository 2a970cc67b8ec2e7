package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// maxJoined is how wide the values of one fact may be in one row.
const maxJoined = 60

// wanted are the values with which the call would pass: those of the condition,
// turned round by its operator and by a Deny, else those of the detail.
func (n namer) wanted(c *report.Cause) []Value {
	list := c.Condition.Wanted
	if len(list) == 0 {
		if c.Detail.Wanted == "" {
			return nil
		}
		list = []string{c.Detail.Wanted}
		if c.Condition.Key == "" {
			return values(c.Detail.Wanted)
		}
	}
	return n.passing(c.Condition.Operator, list, n.explicit(c))
}

// passing words the values by which a test of a statement is passed: met in an
// Allow, not met in a Deny.
func (n namer) passing(operator string, list []string, deny bool) []Value {
	op := operator[strings.IndexByte(operator, ':')+1:]
	op = strings.TrimSuffix(op, "IfExists")
	if op == "Null" || op == "Bool" {
		out := make([]Value, len(list))
		for i, v := range list {
			out[i].Text = n.flag(op, v, deny)
		}
		return out
	}
	if len(list) == 1 && list[0] == "*" && strings.HasSuffix(op, "Like") && strings.Contains(op, "Not") == deny {
		return values(n.w.anything)
	}
	word, ok := n.compared(op, deny)
	if !ok {
		not := strings.Contains(op, "Not") != deny
		if !not {
			return n.joined("", list)
		}
		return n.joined(n.w.not, list)
	}
	return n.joined(word, list)
}

// flag words a truth, or whether a key is to be there.
func (n namer) flag(op, v string, deny bool) string {
	yes := strings.EqualFold(v, "true")
	if !yes && !strings.EqualFold(v, "false") {
		return v
	}
	yes = yes != deny
	switch {
	case op == "Null" && yes:
		return n.w.absent
	case op == "Null":
		return n.w.present
	case yes:
		return "true"
	}
	return "false"
}

// otherwise are the operators that hold where another does not.
var otherwise = map[string]string{
	"LessThan": "GreaterThanEquals", "LessThanEquals": "GreaterThan",
	"GreaterThan": "LessThanEquals", "GreaterThanEquals": "LessThan",
}

// compared is the word for an operator of dates or numbers that orders.
func (n namer) compared(op string, deny bool) (string, bool) {
	kind, rest := "number", strings.TrimPrefix(op, "Numeric")
	if strings.HasPrefix(op, "Date") {
		kind, rest = "date", strings.TrimPrefix(op, "Date")
	}
	other, ok := otherwise[rest]
	if !ok {
		return "", false
	}
	if deny {
		rest = other
	}
	word, ok := n.w.orders[kind+" "+rest]
	return word, ok
}

// joined puts few short values into one row, and others into rows of their own.
func (n namer) joined(format string, list []string) []Value {
	list = slices.Compact(slices.Clone(list)) // hidden ones look alike
	if all := n.or(list); len(list) > 1 && len(all) <= maxJoined {
		list = []string{all}
	}
	out := make([]Value, len(list))
	for i, v := range list {
		out[i].Text = v
		if format != "" {
			out[i].Text = fmt.Sprintf(format, v)
		}
	}
	return out
}

// or is "a, b or c".
func (n namer) or(list []string) string { return n.series(n.w.or, list) }

// and is "a, b and c".
func (n namer) and(list []string) string { return n.series(n.w.and, list) }

func (n namer) series(last string, list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return fmt.Sprintf(last, strings.Join(list[:len(list)-1], ", "), list[len(list)-1])
}
