package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Explain judges every authorization and every layer of the call, and leaves
// nothing out. Trace.Decision is what Decide gives.
//
// The trace points into the request and the policies; it holds no copies.
func Explain(r *request.Request, p *Policies) *Trace {
	rec := newRecorder(p, len(r.Actions))
	e := newEvaluator(r, p, rec)
	t := &Trace{Request: r, Policies: p, Actions: make([]ActionTrace, len(r.Actions))}
	for i := range r.Actions {
		e.explain(&r.Actions[i], &t.Actions[i])
		if rule := hardRule(r, r.Actions[i].Name); t.HardRule == "" {
			t.HardRule = rule
		}
	}
	t.Decision = first(t.Actions, func(a *ActionTrace) Decision { return a.Decision })
	t.Best = first(t.Actions, func(a *ActionTrace) Decision { return a.Best })
	t.Worst = first(t.Actions, func(a *ActionTrace) Decision { return a.Worst })
	return t
}

// first is the decision of the first authorization that applies and is not
// allowed.
func first(actions []ActionTrace, of func(*ActionTrace) Decision) Decision {
	out := Undetermined
	for i := range actions {
		if actions[i].Action.Applies != evidence.True {
			continue
		}
		if out = of(&actions[i]); out != Allowed {
			break
		}
	}
	return out
}

// explain judges one authorization.
func (e *evaluator) explain(a *request.Action, t *ActionTrace) {
	e.begin(a.Name)
	e.rec.named = noGrants
	from := len(e.rec.layers)
	e.layers()
	t.Action = a
	t.Deny, t.Allow, t.Grants = e.sum.deny, e.allowed(), e.sum.grants
	t.Layers = e.rec.layers[from:len(e.rec.layers):len(e.rec.layers)]
	switch {
	case hardRule(e.req, a.Name) != "":
		t.Decision, t.Best, t.Worst = ImplicitlyDenied, ImplicitlyDenied, ImplicitlyDenied
		t.Layer = evidence.Caller
	case e.id == getCallerIdentity:
		t.Decision, t.Best, t.Worst = Allowed, Allowed, Allowed
	default:
		t.Decision, t.Best, t.Worst = conclude(t.Deny, t.Allow), best(t.Deny, t.Allow), worst(t.Deny, t.Allow)
		t.Layer = t.first()
	}
}

// first is the layer to name: for an explicit denial the first that denies so,
// else the first that denies, or that is not certain.
func (t *ActionTrace) first() evidence.Layer {
	for i := range t.Layers {
		l := &t.Layers[i]
		var hit bool
		switch t.Decision {
		case ExplicitlyDenied:
			hit = l.Deny == evidence.True
		case ImplicitlyDenied:
			hit = l.Missing == evidence.True
		case Undetermined:
			hit = l.Denies() == evidence.Unknown
		default:
		}
		if hit {
			return l.Layer
		}
	}
	return ""
}
