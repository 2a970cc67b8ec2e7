package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// telling is the condition of a Deny that says most of why it catches the call:
// the one that rests on what is not known, else the one that is left when those
// are put aside that only spare services or name who is spared. Nil where none,
// or more than one, is left.
func (v view) telling(s *eval.StatementTrace) *eval.ConditionTrace {
	if len(s.Conditions) == 1 {
		return &s.Conditions[0]
	}
	if p := v.plainStatement(s); p != nil && len(p.Conditions) == len(s.Conditions) {
		if i := alone(p.Conditions, func(c *eval.ConditionTrace) bool { return c.Result == evidence.Unknown }); i >= 0 {
			return &s.Conditions[i]
		}
	}
	for _, aside := range []func(*eval.ConditionTrace) bool{sparesServices, sparesCallers} {
		kept := func(c *eval.ConditionTrace) bool { return !sparesServices(c) && !aside(c) }
		if i := alone(s.Conditions, kept); i >= 0 {
			return &s.Conditions[i]
		}
	}
	return nil
}

// alone is the index of the only condition that is so, or -1.
func alone(list []eval.ConditionTrace, is func(*eval.ConditionTrace) bool) int {
	found := -1
	for i := range list {
		if !is(&list[i]) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

// serviceKeys are those by which guardrails leave AWS's own services alone.
var serviceKeys = []string{
	"aws:principalisawsservice", "aws:viaawsservice", "aws:principalservicename", "aws:principalservicenameslist",
	"aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:securetransport", "aws:assumedroot",
}

func sparesServices(c *eval.ConditionTrace) bool {
	return slices.Contains(serviceKeys, strings.ToLower(c.Condition.Key))
}

// sparesCallers: a list of who is not meant, beside the reason for the Deny.
func sparesCallers(c *eval.ConditionTrace) bool {
	key, op := strings.ToLower(c.Condition.Key), strings.ToLower(c.Condition.Operator)
	if !strings.Contains(op, "not") {
		return false
	}
	return key == "aws:principalarn" || key == "aws:principalaccount" || strings.HasPrefix(key, "aws:principaltag/")
}
