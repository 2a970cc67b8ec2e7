package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// document is a policy compiled for evaluation, whatever layer it speaks in.
type document struct {
	broken     bool
	statements []statement
	concern    [numActions]concern
}

// concern is what a policy has to say of one action.
type concern struct {
	all     []*statement // that may speak of it
	denies  []*statement // of these, those that may deny
	granted bool         // one allows it whatever the request is
}

// statement is one statement, compiled. One whose Effect is not known both
// allows and denies, as far as it can be told.
type statement struct {
	src        *policy.Statement
	allow      bool
	deny       bool
	unknown    bool // something in it was not understood
	actions    actionSet
	principals []principal
	resources  []*arnPattern
	conditions []condition

	hasPrincipal bool
	hasResource  bool
	notResource  bool
	anyResource  bool // Resource has "*"
}

// compiled gives the compiled form of a policy, made once for all that share
// its document.
func compiled(p *policy.Policy) *document {
	return p.Compiled(compile).(*document)
}

func compile(d *policy.Document) any {
	out := &document{broken: d.Broken, statements: make([]statement, len(d.Statements))}
	for i := range d.Statements {
		out.statements[i] = compileStatement(&d.Statements[i], d.Variables())
		for id := range numActions {
			if s := &out.statements[i]; s.concerns(id) {
				out.concern[id].add(s, id)
			}
		}
	}
	return out
}

func (c *concern) add(s *statement, id actionID) {
	c.all = append(c.all, s)
	if s.deny {
		c.denies = append(c.denies, s)
	}
	c.granted = c.granted || id != otherAction && !s.deny && s.unconditional()
}

// unconditional says that a statement matches every request for an action that
// it covers, in a layer whose statements have no principals.
func (s *statement) unconditional() bool {
	return !s.unknown && !s.actions.none && !s.hasPrincipal && s.anyResource && len(s.conditions) == 0
}

func compileStatement(s *policy.Statement, variables bool) statement {
	out := statement{
		src:        s,
		allow:      s.Effect != policy.Deny,
		deny:       s.Effect != policy.Allow,
		unknown:    s.Unknown || s.Effect == policy.EffectUnknown,
		actions:    compileActions(s),
		principals: make([]principal, len(s.Principals)),
		resources:  make([]*arnPattern, len(s.Resources)),
		conditions: make([]condition, len(s.Conditions)),

		hasPrincipal: s.HasPrincipal,
		hasResource:  s.HasResource,
		notResource:  s.NotResource,
	}
	for i := range s.Principals {
		out.principals[i] = compilePrincipal(&s.Principals[i])
	}
	for i := range s.Resources {
		out.resources[i] = newResource(s.Resources[i].Text, variables)
		out.anyResource = out.anyResource || out.resources[i].any && !s.NotResource
	}
	for i := range s.Conditions {
		out.conditions[i] = compileCondition(&s.Conditions[i], variables)
	}
	return out
}

// outcome is how the parts of a statement match.
type outcome struct {
	principal, action, resource, condition, all evidence.Tri
	grants                                      [NumGrants]evidence.Tri // by which classes Principal names the caller
}

// statement matches a statement of a layer. A statement that was not
// understood is unknown, whatever else it says. Without a recorder it stops at
// the first part that does not match.
func (e *evaluator) statement(s *statement, layer layer, o *outcome) {
	o.action = e.action(&s.actions)
	o.principal = evidence.True
	if layer.hasPrincipal() || s.hasPrincipal {
		o.principal = e.principal(s, layer, &o.grants)
	}
	if e.rec == nil && o.principal == evidence.False && !s.unknown {
		o.all = evidence.False
		return
	}
	o.resource = e.resource(s, layer)
	o.all = o.principal.And(o.action).And(o.resource)
	if o.all != evidence.False {
		o.condition = e.conditions(s)
		o.all = o.all.And(o.condition)
	}
	if s.unknown {
		o.all = evidence.Unknown
		o.grants = anyGrant
	}
}

// near says whether a statement whose action does not match is wanted in the
// trace all the same.
func (s *statement) near(layer layer) bool {
	return s.allow && (layer == trust || layer == vpce)
}

// conditions is all conditions of a statement together.
func (e *evaluator) conditions(s *statement) evidence.Tri {
	all := evidence.True
	for i := range s.conditions {
		c := &s.conditions[i]
		k := e.req.Keys.Find(c.id, c.key)
		state := e.state(k, c.class)
		holds := e.condition(c, k, state)
		all = all.And(holds)
		switch {
		case e.rec != nil:
			e.rec.condition(ConditionTrace{
				Condition: c.src, Result: holds, Key: k, State: state, Note: e.note(c, k, state),
			})
		case all == evidence.False:
			return all
		}
	}
	return all
}
