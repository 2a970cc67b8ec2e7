package eval

import (
	"slices"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// condition is one operator on one key, compiled.
type condition struct {
	src    *policy.Condition
	key    string // lower-case
	id     request.KeyID
	class  keyClass
	op     Operator
	known  bool // the operator is one of AWS's
	single bool // it compares one value of the request, without a quantifier
	values []value
	exact  []string // the values, where each is text that is compared as it stands
}

func compileCondition(c *policy.Condition, variables bool) condition {
	out := condition{src: c, key: strings.ToLower(c.Key)}
	out.id, out.class = request.IDOf(out.key), classify(out.key)
	out.op, out.known = ParseOperator(c.Operator)
	if !out.known {
		return out
	}
	out.single = out.op.Set == NoSet && out.op.Family != FamilyNull
	out.values = make([]value, len(c.Values))
	for i, item := range c.Values {
		out.values[i] = compileValue(out.op, item.Text, variables)
	}
	out.exact = exact(out.op.Family, out.values)
	return out
}

// exact gives the texts of values that are compared as they stand, nil where
// one of them is more than text.
func exact(f Family, values []value) []string {
	if f != FamilyString && f != FamilyStringLike {
		return nil
	}
	out := make([]string, len(values))
	for i := range values {
		if !values[i].text.plain {
			return nil
		}
		out[i] = values[i].text.text
	}
	return out
}

// condition says whether a condition holds for what is known of its key. Where
// the key's presence is unknown the answer is what absence and every value
// agree on.
func (e *evaluator) condition(c *condition, k *request.Key, state request.KeyState) evidence.Tri {
	if c.single && state == request.KeyPresent && len(k.Values) == 1 {
		return e.one(c, k.Values[0]) // most are so; the rest comes to the same
	}
	if !c.known {
		return evidence.Unknown
	}
	if c.op.Family == FamilyNull {
		return c.null(k, state)
	}
	if state == request.KeyPresent && isEmpty(k.Values, c.op.Set == ForAllValues) {
		state = request.KeyAbsent
	}
	switch state {
	case request.KeyAbsent:
		return c.missing()
	case request.KeyPresent:
		return e.present(c, k)
	case request.KeyPresentAny:
		return e.presentAny(c, k)
	default:
		if some := e.presentAny(c, k); some == c.missing() {
			return some
		}
		return evidence.Unknown
	}
}

// isEmpty says whether a key counts as missing although it is listed: without
// any value, or, where that matters, with empty texts only.
func isEmpty(values []string, texts bool) bool {
	if !texts {
		return len(values) == 0
	}
	for _, v := range values {
		if v != "" {
			return false
		}
	}
	return true
}

// missing is what holds when the request has no such key (IAM JSON policy
// elements: Condition operators; "Single-valued vs. multivalued context keys").
// ForAnyValue with IfExists is read in two ways: unknown.
func (c *condition) missing() evidence.Tri {
	switch {
	case c.op.Set == ForAllValues:
		return evidence.True
	case c.op.Set == ForAnyValue && c.op.IfExists:
		return evidence.Unknown
	case c.op.Set == ForAnyValue:
		return evidence.False
	}
	return evidence.Of(c.op.IfExists || c.op.Negated)
}

// present is what holds for values that are known.
func (e *evaluator) present(c *condition, k *request.Key) evidence.Tri {
	switch {
	case c.op.Set == ForAllValues:
		all := evidence.True
		for _, got := range k.Values {
			all = all.And(e.one(c, got))
		}
		return all
	case c.op.Set == ForAnyValue:
		some := evidence.False
		for _, got := range k.Values {
			some = some.Or(e.one(c, got))
		}
		return some
	case len(k.Values) > 1:
		return c.several()
	}
	return e.one(c, k.Values[0])
}

// several is what holds for more than one value without a set operator: AWS's
// pages ask for one and do not say what happens without.
func (c *condition) several() evidence.Tri {
	if c.op.Negated {
		return evidence.Unknown
	}
	return evidence.False
}

// one is what holds for one value of the request: some value of the policy
// matches it, or for a negated operator none does.
func (e *evaluator) one(c *condition, got string) evidence.Tri {
	match := e.some(c, got)
	if c.op.Negated {
		return match.Not()
	}
	return match
}

// some is whether some value of the policy matches one of the request.
func (e *evaluator) some(c *condition, got string) evidence.Tri {
	if c.exact != nil {
		return evidence.Of(slices.Contains(c.exact, got))
	}
	match := evidence.False
	if c.op.Family.typed() {
		o := newOperand(c.op.Family, got)
		for i := range c.values {
			match = match.Or(c.values[i].matches(c.op, &o))
		}
		return match
	}
	for i := range c.values {
		match = match.Or(e.text(c.op.Family, &c.values[i], got))
		if match == evidence.True {
			break
		}
	}
	return match
}

// presentAny is what holds for a key that is there with values not known, save
// those that are ruled out. A truth value with one ruled out is the other.
func (e *evaluator) presentAny(c *condition, k *request.Key) evidence.Tri {
	if c.op.Family == FamilyBool && k.Bounds != nil && len(k.Bounds.Never) == 1 {
		if never, ok := parseBool(k.Bounds.Never[0]); ok {
			return e.one(c, strconv.FormatBool(!never))
		}
	}
	match := evidence.False
	for i := range c.values {
		if k.Bounds == nil || !c.values[i].never(c.op, k.Bounds) {
			match = match.Or(e.someValue(c.op, &c.values[i], k))
		}
	}
	if c.op.Negated {
		match = match.Not()
	}
	if c.op.Set == NoSet && k.Multi && match != c.several() {
		return evidence.Unknown
	}
	return match
}

// never says that a value of the policy matches only what the key certainly is
// not. A value that is ruled out is so as it is spelled: another case of it may
// still be there.
func (v *value) never(op Operator, b *request.Bounds) bool {
	if v.text.parts != nil || op.Family == FamilyStringIgnoreCase {
		return false
	}
	if v.text.plain {
		for _, n := range b.Never {
			if n == v.text.text {
				return true
			}
		}
	}
	return b.NeverPrefix != "" && len(v.text.tokens) > 0 && v.text.tokens[0].Kind == arn.Literal &&
		strings.HasPrefix(v.text.tokens[0].Text, b.NeverPrefix)
}

// null is the operator that asks whether a key is there.
func (c *condition) null(k *request.Key, state request.KeyState) evidence.Tri {
	absent := evidence.Unknown
	switch state {
	case request.KeyAbsent:
		absent = evidence.True
	case request.KeyPresentAny:
		absent = evidence.False
	case request.KeyPresent:
		absent = evidence.Of(isEmpty(k.Values, true))
	default: // not known
	}
	holds, seen := evidence.False, [2]bool{}
	for i := range c.values {
		switch v := &c.values[i]; {
		case !v.ok:
			holds = holds.Or(evidence.Unknown)
		case v.truth:
			holds, seen[1] = holds.Or(absent), true
		default:
			holds, seen[0] = holds.Or(absent.Not()), true
		}
	}
	if seen[0] && seen[1] {
		return evidence.True // whichever it is
	}
	return holds
}
