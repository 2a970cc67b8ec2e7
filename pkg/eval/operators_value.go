package eval

import (
	"bytes"
	"encoding/base64"
	"net/netip"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// value is one value of a condition, compiled for its operator. What cannot be
// read as the operator's type is not ok.
type value struct {
	ok      bool
	text    template    // String*, Bool
	arn     *arnPattern // Arn*
	network netip.Prefix
	number  number
	instant instant
	bytes   []byte
	truth   bool // Null, Bool
}

func compileValue(op Operator, text string, variables bool) value {
	v := value{ok: true}
	switch op.Family {
	case FamilyString, FamilyStringIgnoreCase:
		v.text = newTemplate(text, variables, false)
	case FamilyBool:
		if v.text = newTemplate(text, variables, false); v.text.plain {
			v.truth, v.ok = parseBool(text)
		}
	case FamilyStringLike:
		v.text = newTemplate(text, variables, true)
	case FamilyARN:
		v.arn = newARNPattern(text, variables)
	case FamilyNumeric:
		v.number, v.ok = parseNumber(text)
	case FamilyDate:
		v.instant, v.ok = parseInstant(text)
	case FamilyIP:
		v.network, v.ok = parseNetwork(text)
	case FamilyBinary:
		v.bytes, v.ok = parseBinary(text)
	case FamilyNull:
		v.truth, v.ok = parseBool(text)
	}
	return v
}

// unreadable is the match of a request's value that is not of the operator's
// type: none for an operator that asks for a match; AWS's pages do not say what
// one does that asks for none. A policy's value that cannot be read is not
// understood: neither a match nor a pass.
func (op Operator) unreadable() evidence.Tri {
	if op.Negated {
		return evidence.Unknown
	}
	return evidence.False
}

// typed says whether values are read as something else than text; these know
// no variables.
func (f Family) typed() bool {
	return f == FamilyNumeric || f == FamilyDate || f == FamilyIP || f == FamilyBinary
}

// text says whether one text of the request matches a value of the policy.
func (e *evaluator) text(f Family, v *value, got string) evidence.Tri {
	switch f {
	case FamilyStringIgnoreCase:
		return e.sameIgnoringCase(&v.text, got)
	case FamilyARN:
		return e.matchesARN(v.arn, got)
	case FamilyBool:
		return e.sameBool(v, got)
	default:
		return e.matches(&v.text, got)
	}
}

// operand is one value of the request, read once as its operator's type.
type operand struct {
	ok      bool
	address netip.Addr
	number  number
	instant instant
	bytes   []byte
}

func newOperand(f Family, text string) (o operand) {
	switch f {
	case FamilyNumeric:
		o.number, o.ok = parseNumber(text)
	case FamilyDate:
		o.instant, o.ok = parseInstant(text)
	case FamilyIP:
		a, err := netip.ParseAddr(text)
		o.address, o.ok = a, err == nil
	case FamilyBinary:
		o.bytes, o.ok = parseBinary(text)
	default: // text
	}
	return o
}

// matches is text for values of a type.
func (v *value) matches(op Operator, o *operand) evidence.Tri {
	switch {
	case !v.ok:
		return evidence.Unknown
	case !o.ok:
		return op.unreadable()
	}
	return evidence.Of(v.compare(op, o))
}

// compare is the comparison itself.
func (v *value) compare(op Operator, o *operand) bool {
	switch op.Family {
	case FamilyNumeric:
		return op.compare.holds(o.number.compare(v.number))
	case FamilyDate:
		return op.compare.holds(o.instant.compare(v.instant))
	case FamilyIP:
		return v.network.Contains(o.address)
	default:
		return bytes.Equal(o.bytes, v.bytes)
	}
}

// someValue says whether a value of the request that is not known matches one
// of the policy.
func (e *evaluator) someValue(op Operator, v *value, k *request.Key) evidence.Tri {
	switch {
	case !v.ok:
		return evidence.Unknown
	case op.Family == FamilyNumeric && k.Bounds != nil && k.Bounds.AtMost != "":
		return v.within(op, k.Bounds.AtMost)
	case op.Family == FamilyARN:
		return e.mayMatchARN(v.arn)
	case op.Family == FamilyBool && v.text.plain:
		return evidence.Unknown
	case op.Family <= FamilyStringLike || op.Family == FamilyBool:
		return e.mayMatch(&v.text)
	}
	return evidence.Unknown
}

// sameIgnoringCase compares the whole text, with its variables, whatever its
// case.
func (e *evaluator) sameIgnoringCase(t *template, got string) evidence.Tri {
	if t.plain {
		return evidence.Of(strings.EqualFold(t.text, got))
	}
	text, state := e.substitute(t)
	switch state {
	case request.KeyPresent:
		return evidence.Of(strings.EqualFold(text, got))
	case request.KeyAbsent:
		return evidence.False
	default:
		return evidence.Unknown
	}
}

// sameBool compares truth values. AWS's pages disagree on variables here
// ("Condition operators" has them, "Variables" has not): they are put in.
func (e *evaluator) sameBool(v *value, got string) evidence.Tri {
	g, ok := parseBool(got)
	switch {
	case !ok:
		return evidence.False
	case !v.ok:
		return evidence.Unknown // of the policy: not understood
	case v.text.plain:
		return evidence.Of(v.truth == g)
	}
	text, state := e.substitute(&v.text)
	switch state {
	case request.KeyPresent:
		w, ok := parseBool(text)
		return evidence.Of(ok && w == g)
	case request.KeyAbsent:
		return evidence.False
	default:
		return evidence.Unknown
	}
}

// substitute is the text with its variables put in; it is only whole when the
// state is KeyPresent.
func (e *evaluator) substitute(t *template) (string, request.KeyState) {
	if t.parts == nil {
		return joined(t.tokens), request.KeyPresent
	}
	var buf [12]arn.Token
	tokens, state := e.tokensOf(t, buf[:0])
	return joined(tokens), state
}

// joined is the text of tokens; a wildcard is written as it is in a policy.
func joined(tokens []arn.Token) string {
	var b strings.Builder
	for i := range tokens {
		switch tokens[i].Kind {
		case arn.Many:
			b.WriteByte('*')
		case arn.One:
			b.WriteByte('?')
		default:
			b.WriteString(tokens[i].Text)
		}
	}
	return b.String()
}

// parseBool reads true or false in any case: AWS's pages write them small.
func parseBool(s string) (value, ok bool) {
	switch {
	case s == "true" || strings.EqualFold(s, "true"):
		return true, true
	case s == "false" || strings.EqualFold(s, "false"):
		return false, true
	}
	return false, false
}

func parseBinary(s string) ([]byte, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	return b, err == nil
}

// parseNetwork reads a CIDR block, or an address, which is a block of its own.
func parseNetwork(s string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p, true
	}
	a, err := netip.ParseAddr(s)
	if err != nil || a.Zone() != "" {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(a, a.BitLen()), true
}
