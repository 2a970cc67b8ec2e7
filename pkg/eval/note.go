package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// The notes of a ConditionTrace: where AWS's pages are silent or disagree, and
// what a reader is often surprised by.
const (
	NoteUnknownOperator = "unknown_operator"
	NoteNoSetOperator   = "multivalued_without_set_operator" // AWS's pages ask for ForAllValues or ForAnyValue
	NoteVariableInBool  = "conflict_d"                       // variables in Bool
	NoteMFAOfSession    = "conflict_f"                       // is the MFA key there for role sessions?
	NoteSourceVpcArn    = "conflict_g"                       // aws:SourceVpcArn for STS
	NoteAnyIfExists     = "conflict_j"                       // ForAnyValue with IfExists, key missing
	NoteIPv6            = "conflict_l"                       // an IPv6 address without prefix
	NoteNoValue         = "variable_without_value"           // a policy variable has no value
)

// note finds the one that fits first.
func (e *evaluator) note(c *condition, k *request.Key, state request.KeyState) string {
	switch {
	case !c.known:
		return NoteUnknownOperator
	case k.Multi && c.op.Set == NoSet && c.op.Family != FamilyNull && state != request.KeyAbsent:
		return NoteNoSetOperator
	case c.op.Set == ForAnyValue && c.op.IfExists && (state == request.KeyAbsent || state == request.KeyUnknown):
		return NoteAnyIfExists
	case c.key == "aws:sourcevpcarn":
		return NoteSourceVpcArn
	case c.key == "aws:multifactorauthpresent" && state == request.KeyUnknown && e.req.Caller.Kind == request.RoleSession:
		return NoteMFAOfSession
	}
	for i := range c.values {
		if n := e.valueNote(c.op, &c.values[i], c.src.Values[i]); n != "" {
			return n
		}
	}
	return ""
}

func (e *evaluator) valueNote(op Operator, v *value, item policy.Item) string {
	switch {
	case op.Family == FamilyBool && v.text.parts != nil:
		return NoteVariableInBool
	case op.Family == FamilyIP && v.ok && !strings.Contains(item.Text, "/") && v.network.Addr().Is6():
		return NoteIPv6
	case v.text.parts != nil && e.mayMatch(&v.text) < 0, v.arn != nil && v.arn.whole.parts != nil && e.mayMatch(&v.arn.whole) < 0:
		return NoteNoValue
	}
	return ""
}
