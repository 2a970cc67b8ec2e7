package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// implicit gives the causes of a missing Allow: from the Allow statement that
// came nearest, one cause for its failing element, or one for each of its
// failing conditions.
func (v view) implicit() []Cause {
	near := v.nearest()
	if near == nil {
		return []Cause{v.noAllow(nil, v.grade(v.denies()))}
	}
	switch {
	case near.Action == evidence.False, near.Resource == evidence.False, near.Principal == evidence.False:
		return []Cause{v.noAllow(near, v.grade(v.denies()))}
	}
	var list []Cause
	for i := range near.Conditions {
		if near.Conditions[i].Result == evidence.False {
			list = append(list, v.failing(near, i))
		}
	}
	if len(list) == 0 {
		return []Cause{v.noAllow(near, v.grade(v.denies()))}
	}
	return list
}

// noAllow is the cause when no condition is at fault: near is the nearest
// statement, nil when none comes near.
func (v view) noAllow(near *eval.StatementTrace, g graded) Cause {
	c := v.base(g)
	if near != nil {
		c.Policy, c.Statement = near.Policy, near.Statement
	}
	switch v.usual.Layer {
	case evidence.Identity:
		c.Code = IdentityNoAllow
		if near != nil && near.Action != evidence.False && near.Resource != evidence.True {
			v.mismatch(&c, near)
		} else {
			c.Policy, c.Statement = nil, nil
		}
	case evidence.Boundary:
		c.Code = BoundaryNoAllow
		if near != nil && near.Resource == evidence.False {
			c.Detail, _ = v.resourceDetail(near)
			c.Marks = spans(near.Statement.Resources)
		}
		v.nameOnly(&c)
	case evidence.Session:
		c.Code = SessionNoAllow
	case evidence.SCP:
		c.Code = SCPNoAllow
		v.nameOnly(&c)
		v.otherRoles(&c, near)
	case evidence.VPCE:
		c.Code = VPCENoAllow
		v.nameOnly(&c)
		v.otherRoles(&c, near)
	default:
		v.trustNoAllow(&c, near)
	}
	if companion := companionCode(c.Action); companion != "" {
		c.Code = companion
	}
	c.Evidence = append(c.Evidence, gradeFact(g)...)
	return c
}

// otherRoles shows the callers, or the roles, of an Allow that covers the action,
// and not this caller or this role.
func (v view) otherRoles(c *Cause, near *eval.StatementTrace) {
	if near != nil && near.Principal == evidence.False && near.Action != evidence.False {
		c.Detail.Kind = "other_principal"
		for i := range near.Statement.Principals {
			c.Marks = append(c.Marks, near.Statement.Principals[i].Span)
		}
		return
	}
	if near == nil || near.Action == evidence.False || near.Resource != evidence.False {
		return
	}
	c.Detail, _ = v.resourceDetail(near)
	c.Marks = spans(near.Statement.Resources)
	if near.Statement.NotResource {
		c.Marks = append(c.Marks, near.Statement.ResourceSpan)
	}
}

// nameOnly names the policy of a level that has one, where no statement of it
// comes near.
func (v view) nameOnly(c *Cause) {
	if c.Policy == nil && v.usual.Level != nil && len(v.usual.Level.Policies) == 1 {
		c.Policy = v.usual.Level.Policies[0]
	}
}

// mismatch is an Allow of the action on other roles.
func (v view) mismatch(c *Cause, near *eval.StatementTrace) {
	c.Code = IdentityResourceMismatch
	c.Detail, _ = v.resourceDetail(near)
	for _, it := range near.Statement.Resources {
		if it.Text == c.Detail.Nearest {
			c.Marks = append(c.Marks, it.Span)
		}
	}
	c.Evidence = append(c.Evidence, Fact{Origin: evidence.Origin{Kind: evidence.FromEvent, Ref: "role"}, Text: v.q.Request.Role.ARN})
}

func spans(items []policy.Item) []policy.Span {
	list := make([]policy.Span, len(items))
	for i := range items {
		list[i] = items[i].Span
	}
	return list
}

// failing is the cause of one condition that does not hold.
func (v view) failing(s *eval.StatementTrace, i int) Cause {
	t := &s.Conditions[i]
	proved := false
	if p := v.plainStatement(s); p != nil && len(p.Conditions) > i {
		proved = v.denies() && p.Conditions[i].Result == evidence.False
	}
	return v.conditional(s, t, v.grade(proved))
}

// conditional is the cause of a condition that does not hold, or may not.
func (v view) conditional(s *eval.StatementTrace, t *eval.ConditionTrace, g graded) Cause {
	c := v.base(g)
	c.Policy, c.Statement = s.Policy, s.Statement
	c.Condition = v.condition(s.Policy, t)
	c.Marks = []policy.Span{t.Condition.Span}
	switch v.usual.Layer {
	case evidence.Trust:
		c.Code, c.Detail = v.trustCondition(t, false)
	case evidence.Identity:
		c.Code = IdentityCondition
		if isMFA(t.Condition.Key) {
			c.Code = IdentityMFARequired
		}
	case evidence.Boundary:
		c.Code = BoundaryNoAllow
	case evidence.Session:
		c.Code = SessionNoAllow
	case evidence.SCP:
		c.Code = SCPNoAllow
	default:
		c.Code = VPCENoAllow
	}
	if companion := companionCode(c.Action); companion != "" {
		c.Code = companion
	}
	c.Evidence = append([]Fact{v.keyFact(t)}, gradeFact(g)...)
	return c
}

// gradeFact puts into evidence why a cause is likely.
func gradeFact(g graded) []Fact {
	if g.grade == "" {
		return nil
	}
	return []Fact{{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "certainty"}, Text: string(g.grade)}}
}
