package report

import (
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

var effectWords = map[policy.Effect]string{policy.Allow: "Allow", policy.Deny: "Deny", policy.EffectUnknown: "unknown"}

// trace copies the whole trace: every action, layer, statement and condition.
func trace(t *eval.Trace) *Trace {
	if t == nil {
		return nil
	}
	out := &Trace{Decision: t.Decision.String(), Best: t.Best.String(), Worst: t.Worst.String()}
	for i := range t.Actions {
		a := &t.Actions[i]
		copied := TraceAction{Decision: a.Decision.String()}
		if a.Action != nil {
			copied.Action = a.Action.Name
		}
		for _, l := range inOrder(a.Layers) {
			copied.Layers = append(copied.Layers, traceLayer(l))
		}
		out.Actions = append(out.Actions, copied)
	}
	return out
}

func traceLayer(l *eval.LayerTrace) TraceLayer {
	out := TraceLayer{
		Layer: string(l.Layer), Level: l.Index, Needed: neededWords[l.Needed],
		Deny: l.Deny.String(), Allow: l.Allow.String(),
	}
	if l.Level != nil {
		out.Target = l.Level.Target
	}
	for i := range l.Statements {
		out.Statements = append(out.Statements, traceStatement(&l.Statements[i]))
	}
	return out
}

func traceStatement(s *eval.StatementTrace) TraceStatement {
	out := TraceStatement{
		Policy: policyOf(s.Policy), Statement: statementOf(s.Statement), Effect: effectWords[policy.EffectUnknown],
		Match: s.Match.String(), Principal: s.Principal.String(), Action: s.Action.String(),
		Resource: s.Resource.String(), Condition: s.Condition.String(), Wanted: failing(s),
	}
	if s.Statement != nil {
		out.Effect = effectWords[s.Statement.Effect]
	}
	for i := range s.Conditions {
		out.Conditions = append(out.Conditions, traceCondition(&s.Conditions[i]))
	}
	return out
}

// failing are the values of the element by which a statement does not match,
// the first maxTrusted of them; none of one that excludes its values.
func failing(s *eval.StatementTrace) []string {
	st := s.Statement
	if st == nil || s.Match == evidence.True {
		return nil
	}
	var items []policy.Item
	switch s.Match {
	case s.Principal:
		for i := range st.Principals {
			items = append(items, st.Principals[i].Item)
		}
		if st.NotPrincipal {
			items = nil
		}
	case s.Action:
		if !st.NotAction {
			items = st.Actions
		}
	case s.Resource:
		if !st.NotResource {
			items = st.Resources
		}
	default:
	}
	var list []string
	for _, it := range items[:min(len(items), maxTrusted)] {
		list = append(list, it.Text)
	}
	return list
}

func traceCondition(c *eval.ConditionTrace) TraceCondition {
	out := TraceCondition{Result: c.Result.String(), Note: c.Note}
	out.GotState = c.State.String()
	if c.Condition == nil {
		return out
	}
	secret := isExternalID(c.Condition.Key)
	var texts []string
	for _, v := range c.Condition.Values {
		texts = append(texts, v.Text)
	}
	out.Operator, out.Key, out.Wanted = c.Condition.Operator, c.Condition.Key, wanted(c.Condition.Operator, texts, secret)
	if c.State == request.KeyPresent && c.Key != nil {
		out.Got = values(c.Key.Values, secret)
	}
	return out
}
