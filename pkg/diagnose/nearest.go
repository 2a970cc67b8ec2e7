package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// nearest is the Allow statement that came nearest: most of principal, action
// and resource matched, the principal and the action before the resource, then
// fewest failing conditions, then, where one condition on the same key is all
// that they fail, the wanted value that is most like the call's, then document
// order. Nil when none comes near.
func (v view) nearest() *eval.StatementTrace {
	var best *eval.StatementTrace
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect != policy.Allow {
			continue
		}
		if best == nil || v.nearer(s, best) {
			best = s
		}
	}
	return best
}

func (v view) nearer(a, b *eval.StatementTrace) bool {
	if x, y := closeness(a), closeness(b); x != y {
		return x > y
	}
	if a.Resource == evidence.False && a.Action != evidence.False {
		_, x := v.resourceDetail(a)
		_, y := v.resourceDetail(b)
		return x > y
	}
	if x, y := failingConditions(a), failingConditions(b); x != 1 || y != 1 {
		return x < y
	}
	x, y := onlyFailing(a), onlyFailing(b)
	return strings.EqualFold(x.Condition.Key, y.Condition.Key) && v.resemblance(a, x).nearer(v.resemblance(b, y))
}

// closeness weighs what matched: a statement that allows another action on
// every resource is farther than one that allows this action on another.
func closeness(s *eval.StatementTrace) int {
	n := 0
	if s.Principal != evidence.False {
		n += 3
	}
	if s.Action != evidence.False {
		n += 2
	}
	if s.Resource != evidence.False {
		n++
	}
	return n
}

func failingConditions(s *eval.StatementTrace) int {
	n := 0
	for i := range s.Conditions {
		if s.Conditions[i].Result != evidence.True {
			n++
		}
	}
	return n
}

// onlyFailing is the first condition that does not hold; there is one.
func onlyFailing(s *eval.StatementTrace) *eval.ConditionTrace {
	for i := range s.Conditions {
		if s.Conditions[i].Result != evidence.True {
			return &s.Conditions[i]
		}
	}
	return nil
}

// resemblance is how near a value came that a policy wants: whether it would be met
// but for its case or for wildcards that its operator does not have, how many of
// its parts are the call's from the first on, how many are anywhere, and how
// many letters differ in the rest, at most maxLetters. The zero value is as far
// as can be.
type resemblance struct {
	whole            bool
	lead, same, near int
}

// Limits of a comparison: letters that differ, and bytes that are looked at.
const (
	maxLetters  = 32
	maxCompared = 512
)

func (l resemblance) nearer(than resemblance) bool {
	switch {
	case l.whole != than.whole:
		return l.whole
	case l.lead != than.lead:
		return l.lead > than.lead
	case l.same != than.same:
		return l.same > than.same
	}
	return l.near > than.near
}

// resemblance is that of the nearest value of a condition. It says nothing of
// values that are no text of one piece, of an operator that turns one away, and
// of an ExternalId, which is a secret.
func (v view) resemblance(s *eval.StatementTrace, t *eval.ConditionTrace) resemblance {
	var best resemblance
	op, ok := eval.ParseOperator(t.Condition.Operator)
	text := op.Family == eval.FamilyString || op.Family == eval.FamilyStringIgnoreCase || op.Family == eval.FamilyStringLike || op.Family == eval.FamilyARN
	if !ok || !text || op.Negated || t.State != request.KeyPresent || len(t.Key.Values) != 1 || strings.EqualFold(t.Condition.Key, externalID) {
		return best
	}
	action, variables := v.q.Request.Actions[v.action].Name, s.Policy.Document().Variables()
	for _, it := range t.Condition.Values {
		wanted, state := eval.Substitute(v.q.Request, action, it.Text, variables)
		if state != request.KeyPresent {
			wanted = it.Text
		}
		if l := like(wanted, t.Key.Values[0]); l.nearer(best) {
			best = l
		}
	}
	return best
}

// like compares two values part by part, as subjects, ARNs and paths have them.
func like(wanted, got string) resemblance {
	wanted, got = strings.ToLower(wanted), strings.ToLower(got)
	if len(wanted) > maxCompared || len(got) > maxCompared {
		return resemblance{}
	}
	l := resemblance{whole: matches(wanted, got)}
	part := func(c rune) bool { return c == ':' || c == '/' }
	w, g := strings.FieldsFunc(wanted, part), strings.FieldsFunc(got, part)
	for i := range min(len(w), len(g)) {
		if !matches(w[i], g[i]) {
			continue
		}
		l.same++
		if l.lead == i {
			l.lead++
		}
	}
	l.near = maxLetters + 1 - Distance(wanted, got, maxLetters)
	return l
}
