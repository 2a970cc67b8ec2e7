package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// layers finds what denies: of the authorization that failed every layer that
// refuses it, of the others those that apply and definitely deny.
func (q *inquiry) layers() {
	named := q.namedIndex()
	q.actionLayers(named)
	for i := range q.Request.Actions {
		if i != named && q.alsoDenies(&q.plain.Actions[i]) {
			q.actionLayers(i)
		}
	}
}

func (q *inquiry) actionLayers(i int) {
	plain, usual := q.action(i)
	for j := range usual.Layers {
		q.layer(view{q: q, action: i, usual: &usual.Layers[j], plain: sameLayer(plain, &usual.Layers[j])})
	}
}

// alsoDenies says whether another authorization than the named one is a cause
// of its own: only if it applies and is denied for every value of what is
// unknown.
func (q *inquiry) alsoDenies(t *eval.ActionTrace) bool {
	return t.Action.Applies == evidence.True && t.Decision != eval.Allowed && t.Decision != eval.Undetermined
}

// view is one layer of one authorization in both readings.
type view struct {
	q      *inquiry
	action int
	usual  *eval.LayerTrace
	plain  *eval.LayerTrace
}

// sameLayer finds the layer and level of the other reading. Both readings have
// the same policies, so it is there, except a session layer that one reading
// exempts.
func sameLayer(t *eval.ActionTrace, l *eval.LayerTrace) *eval.LayerTrace {
	for i := range t.Layers {
		if t.Layers[i].Layer == l.Layer && t.Layers[i].Index == l.Index {
			return &t.Layers[i]
		}
	}
	return l
}

// layer adds the causes of one layer: each Deny that matches, and what stands
// in the way of an Allow where one is needed.
func (q *inquiry) layer(v view) {
	if v.usual.Needed == eval.NeededExempt {
		return
	}
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect == policy.Deny && s.Match == evidence.True && !q.cites(s) {
			q.add(v.explicit(s, v.grade(v.statementMatches(s))))
		}
	}
	if v.usual.Missing != evidence.True {
		return
	}
	if v.usual.Layer == evidence.Trust && q.role0.gone() {
		return // the role is not there: that is the cause
	}
	if v.usual.Layer == evidence.Identity && q.gone {
		return // the caller is not there: that is the cause
	}
	for _, c := range v.implicit() {
		if !q.demands(&c) {
			q.add(c)
		}
	}
}

// cites says that a Deny is a cause already: one statement that denies several
// authorizations of the call is one thing to change.
func (q *inquiry) cites(s *eval.StatementTrace) bool {
	for i := range q.causes {
		if c := &q.causes[i]; c.Explicit && c.Policy == s.Policy && c.Statement == s.Statement {
			return true
		}
	}
	return false
}

// demands says that a condition of an Allow is a cause already: one that two
// authorizations of the call fail alike is one thing to meet.
func (q *inquiry) demands(c *Cause) bool {
	if c.Condition == nil {
		return false
	}
	for i := range q.causes {
		o := &q.causes[i]
		if o.Condition != nil && o.Policy == c.Policy && o.Statement == c.Statement &&
			o.Condition.Operator == c.Condition.Operator && o.Condition.Key == c.Condition.Key {
			return true
		}
	}
	return false
}

// statementMatches says whether the statement matches without any assumption.
func (v view) statementMatches(s *eval.StatementTrace) bool {
	p := v.plainStatement(s)
	return p != nil && p.Match == evidence.True
}

func (v view) plainStatement(s *eval.StatementTrace) *eval.StatementTrace {
	for i := range v.plain.Statements {
		p := &v.plain.Statements[i]
		if p.Policy == s.Policy && p.Statement == s.Statement {
			return p
		}
	}
	return nil
}

// denies says whether the layer refuses without any assumption.
func (v view) denies() bool { return v.plain.Missing == evidence.True }

// grade is proved, or likely by what callers usually send.
func (v view) grade(proved bool) graded {
	if proved {
		return graded{certainty: evidence.Proved}
	}
	return graded{certainty: evidence.Likely, grade: ByDefault}
}

// inherited says that the caller's session has a source identity, which goes on
// to the next.
func (q *inquiry) inherited() bool {
	k := q.Request.Keys.Get("aws:sourceidentity")
	return q.Request.Caller.Kind == request.RoleSession && k.State == request.KeyPresent
}

type graded struct {
	certainty evidence.Certainty
	grade     Grade
}

// base is a cause of this layer with all but its code.
func (v view) base(g graded) Cause {
	c := Cause{
		Certainty: g.certainty, Grade: g.grade,
		Layer: v.usual.Layer, Level: v.usual.Index,
		Action: v.q.Request.Actions[v.action].Name,
	}
	c.Account, c.Owner = v.q.owner(v.usual.Layer)
	if v.usual.Level != nil {
		c.Target = v.usual.Level.Target
	}
	return c
}

// owner says who can change what a layer says: account and kind of owner.
func (q *inquiry) owner(l evidence.Layer) (string, Owner) {
	switch l {
	case evidence.Trust, evidence.Role:
		return q.Request.Role.Account, OwnerRoleAccount
	case evidence.SCP, evidence.RCP:
		return q.managementAccount(), OwnerOrganization
	case evidence.VPCE:
		return first(q.Request.Network.EndpointAccount, q.Request.Caller.Account), OwnerEndpoint
	case evidence.Session, evidence.Caller:
		return q.Request.Caller.Account, OwnerCaller
	}
	if q.ssoCaller() {
		return q.Request.Caller.Account, OwnerIdentityProvider
	}
	return q.Request.Caller.Account, OwnerCallerAccount
}

// managementAccount is where SCPs and RCPs are kept.
func (q *inquiry) managementAccount() string {
	if o, ok := q.Estate.Organization().Get(); ok {
		return o.Management()
	}
	return ""
}

func first(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
