package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// How many statements and conditions of an authorization nearly every trace
// keeps at most.
const (
	usualStatements = 6
	usualConditions = 2
)

// recorder keeps the trace while it is made, in three slices that seldom grow.
type recorder struct {
	layers     []LayerTrace
	statements []StatementTrace
	conditions []ConditionTrace
	needs      needs
	named      [NumGrants]evidence.Tri // how the trust policy names the caller, whatever its conditions
}

func newRecorder(p *Policies, actions int) *recorder {
	levels := 0
	for _, s := range []*Set{&p.VPCE, &p.RCP, &p.SCP, &p.Trust, &p.Identity, &p.Boundary, &p.Session} {
		levels += max(1, len(s.Levels))
	}
	return &recorder{
		layers:     make([]LayerTrace, 0, levels*actions),
		statements: make([]StatementTrace, 0, usualStatements*actions),
		conditions: make([]ConditionTrace, 0, usualConditions*actions),
	}
}

func (r *recorder) condition(c ConditionTrace) { r.conditions = append(r.conditions, c) }

func (r *recorder) exempt(layer layer, s *Set, why Exempt) {
	r.layers = append(r.layers, LayerTrace{
		Layer: layer.name(), Set: s, Needed: NeededExempt, Why: why,
		Deny: evidence.False, Allow: evidence.True, Missing: evidence.False,
	})
}

// level keeps one level, with the statements since from. What the caller's own
// layers need is known once the trust policy has been judged, which comes
// before them.
func (r *recorder) level(e *evaluator, layer layer, s *Set, l *Level, index int, res *result, from int) {
	if layer == trust || e.id == assumeRoot {
		r.needs = e.needs(&r.named)
	}
	t := LayerTrace{
		Layer: layer.name(), Index: index, Set: s, Level: l, Deny: res.deny, Allow: res.allow,
		Statements: r.statements[from:len(r.statements):len(r.statements)],
	}
	t.Needed, t.Missing = r.needs.of(layer, res.allow)
	r.layers = append(r.layers, t)
}

// statement keeps a statement that matches, may match, or is an Allow that
// came near: in a trust or endpoint policy every Allow, elsewhere those of the
// right action. The conditions since from are its own.
func (r *recorder) statement(layer layer, p *policy.Policy, s *statement, o *outcome, from int) {
	if layer == trust && s.allow && !s.unknown {
		for g := range r.named {
			r.named[g] = r.named[g].Or(o.grants[g].And(o.action).And(o.resource))
		}
	}
	keep := o.all != evidence.False
	if s.allow && !keep {
		keep = layer == trust || layer == vpce || o.action != evidence.False
	}
	if !keep {
		r.conditions = r.conditions[:from]
		return
	}
	r.statements = append(r.statements, StatementTrace{
		Policy: p, Statement: s.src, Match: o.all,
		Principal: o.principal, Action: o.action, Resource: o.resource, Condition: o.condition,
		Grant:      strongest(layer, &o.grants),
		Conditions: r.conditions[from:len(r.conditions):len(r.conditions)],
	})
}

// strongest is the first class that names the caller for sure, else the first
// that may; without any, and where statements have no Principal, it is the
// weakest.
func strongest(layer layer, grants *[NumGrants]evidence.Tri) Grant {
	if !layer.hasPrincipal() {
		return GrantOther
	}
	for _, want := range []evidence.Tri{evidence.True, evidence.Unknown} {
		for g := range NumGrants {
			if grants[g] == want {
				return g
			}
		}
	}
	return GrantOther
}
