package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// inChain says whether the authorization passes a source identity on from a
// role session. There AWS's pages disagree: one asks for it in the caller's own
// policies too ("Monitor and control actions taken with assumed roles"), the
// other says that a trust policy that grants directly is enough in the same
// account ("Explicit and implicit denies").
func (e *evaluator) inChain() bool {
	return e.id == setSourceIdentity && e.req.Caller.Kind == request.RoleSession
}

// allowed is whether every layer that must allow does.
func (e *evaluator) allowed() evidence.Tri {
	s := &e.sum
	own := s.identity.And(s.boundary).And(s.session)
	if e.id == assumeRoot {
		return own.And(s.vpce).And(s.scp) // the root user has no policy that could grant
	}
	across := e.granted().And(own)
	within := e.within(own)
	both := across
	switch {
	case e.same == evidence.True:
		both = within
	case e.same == evidence.Unknown && across != within:
		both = evidence.Unknown
	}
	return both.And(s.vpce).And(s.scp)
}

// granted is whether the trust policy grants at all.
func (e *evaluator) granted() evidence.Tri {
	some := evidence.False
	for _, g := range e.sum.grants {
		some = some.Or(g)
	}
	return some
}

// within is the rule for one account (IAM User Guide, "Difference between
// explicit and implicit denies" and "Evaluating identity-based policies with
// resource-based policies"): by how the trust policy names the caller, some of
// the caller's own layers need not allow. Each class of grant is judged by
// itself; the best one counts.
func (e *evaluator) within(own evidence.Tri) evidence.Tri {
	s := &e.sum
	chain := evidence.True
	if e.inChain() {
		chain = s.identity.Or(evidence.Unknown)
	}
	direct := s.grants[GrantSession].Or(s.grants[GrantStar])
	user := s.grants[GrantUser].And(s.boundary.Or(evidence.Unknown))
	role := s.grants[GrantRole].And(s.boundary).And(s.session)
	out := direct.Or(user).Or(role).And(chain)
	out = out.Or(s.grants[GrantAccount].Or(s.grants[GrantOther]).And(own))
	if !e.isRole {
		out = out.Or(own) // other resources than roles need no policy of their own
	}
	return out
}

// needs is whether the caller's own layers must allow.
type needs struct {
	trust, identity, boundary, session evidence.Tri
	depends                            bool // nothing grants: it depends on how something would
}

// needs follows from the grants of the trust policy. A boundary that is silent
// where the trust policy names the user is another matter on which AWS's pages
// disagree ("Update a role trust policy" against "Permissions boundaries").
//
// Where nothing grants, the statements that name the caller and the action and
// whose conditions alone fail say how they would grant.
func (e *evaluator) needs(named *[NumGrants]evidence.Tri) needs {
	if e.id == assumeRoot {
		return needs{trust: evidence.False, identity: evidence.True, boundary: evidence.True, session: evidence.True}
	}
	g, depends := &e.sum.grants, false
	if e.isRole && e.same != evidence.False && e.granted() == evidence.False {
		g, depends = named, *named == noGrants
	}
	direct := g[GrantSession].Or(g[GrantStar])
	all := direct.Or(g[GrantUser]).Or(g[GrantRole])
	if e.inChain() {
		all = all.And(evidence.Unknown)
	}
	n := needs{
		trust:    evidence.True,
		identity: all.Not(),
		boundary: direct.Or(g[GrantUser].And(evidence.Unknown)).Not(),
		session:  direct.Or(g[GrantUser]).Not(),
		depends:  depends,
	}
	if !e.isRole {
		n.trust = e.same.Not()
	}
	if e.same == evidence.True {
		return n
	}
	for _, t := range []*evidence.Tri{&n.identity, &n.boundary, &n.session} {
		if e.same == evidence.False {
			*t = evidence.True // in another account every side must allow
		} else {
			*t = t.Or(evidence.Unknown)
		}
	}
	return n
}

// of gives what a layer needs and whether it is missing there.
func (n *needs) of(layer layer, allow evidence.Tri) (Needed, evidence.Tri) {
	var need evidence.Tri
	switch layer {
	case trust:
		need = n.trust
	case identity:
		need = n.identity
	case boundary:
		need = n.boundary
	case session:
		need = n.session
	default:
		return NeededYes, allow.Not()
	}
	if layer != trust && n.depends {
		return NeededDepends, evidence.False
	}
	return [...]Needed{NeededNo, NeededDepends, NeededYes}[need+1], need.And(allow.Not())
}
