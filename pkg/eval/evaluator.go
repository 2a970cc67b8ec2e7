package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// evaluator judges one authorization of a call after the other. With a
// recorder it leaves nothing out and tells it everything; without one it may
// stop where the answer is certain. Both give the same decision.
type evaluator struct {
	req *request.Request
	pol *Policies
	rec *recorder

	// of the call
	role      arn.Segments
	roleOK    bool
	flat      bool // it has five colons
	federated bool // a token or assertion comes with the call
	same      evidence.Tri

	// of the authorization at hand
	id     actionID
	lower  string // its name, for actions that have no number
	isRole bool   // the resource is a role, so that only its trust policy grants

	sum summary
}

// summary is what the layers say together.
type summary struct {
	deny                        evidence.Tri // over all layers
	vpce, scp                   evidence.Tri // every level has an Allow
	grants                      [NumGrants]evidence.Tri
	identity, boundary, session evidence.Tri // has an Allow
}

func newEvaluator(r *request.Request, p *Policies, rec *recorder) evaluator {
	e := evaluator{req: r, pol: p, rec: rec}
	e.role, e.roleOK = arn.Split(r.Role.ARN)
	e.flat = e.roleOK && strings.IndexByte(e.role[5], ':') < 0
	e.federated = r.Caller.Kind == request.SAML || r.Caller.Kind == request.OIDC
	if r.Caller.Account != "" && r.Role.Account != "" {
		e.same = evidence.Of(r.Caller.Account == r.Role.Account)
	}
	return e
}

// begin turns to an authorization.
func (e *evaluator) begin(action string) {
	e.id, e.lower = identify(action), ""
	if e.id == otherAction {
		e.lower = strings.ToLower(action)
	}
	e.isRole = e.req.Role.IsRole || e.req.Role.ARN == "" || isSTS(action)
	e.sum = summary{
		deny: evidence.False, vpce: evidence.True, scp: evidence.True, grants: noGrants,
		identity: evidence.True, boundary: evidence.True, session: evidence.True,
	}
}

// hardRule is the rule that refuses the caller before any policy is read.
func hardRule(r *request.Request, action string) HardRule {
	var rule HardRule
	switch r.Caller.Kind {
	case request.Root:
		rule = RootCaller
	case request.FederatedUser:
		rule = FederationToken
	default:
		return ""
	}
	if !isSTS(action) || identify(action) == getCallerIdentity {
		return ""
	}
	return rule
}

// layers judges every layer, in the order of the trace.
func (e *evaluator) layers() {
	p, s := e.pol, &e.sum
	e.set(vpce, &p.VPCE, &s.vpce)
	e.set(rcp, &p.RCP, nil)
	e.set(scp, &p.SCP, &s.scp)
	e.set(trust, &p.Trust, nil)
	e.set(identity, &p.Identity, &s.identity)
	e.set(boundary, &p.Boundary, &s.boundary)
	e.set(session, &p.Session, &s.session)
}

// settled says that nothing more can change the decision, and that nobody
// wants to see the rest.
func (e *evaluator) settled() bool { return e.rec == nil && e.sum.deny == evidence.True }

// set judges one layer: all its levels must allow. An organization's levels
// that are not known are one more level, of which nothing is known.
func (e *evaluator) set(layer layer, s *Set, allow *evidence.Tri) {
	switch {
	case e.settled():
		return
	case s.State == SetExempt:
		if e.rec != nil {
			e.rec.exempt(layer, s, s.Why)
		}
		return
	case layer == rcp && !e.isRCPAction():
		if e.rec != nil {
			e.rec.exempt(layer, s, NotRoleAction)
		}
		return
	case len(s.Levels) == 0 || s.State == SetUnknown && layer.leveled():
		e.level(layer, s, nil, 0, allow)
	}
	for i := 0; i < len(s.Levels) && !e.settled(); i++ {
		e.level(layer, s, &s.Levels[i], i, allow)
	}
}

// isRCPAction says whether resource control policies apply: of STS only to the
// actions that have a resource (Service Authorization Reference, STS).
func (e *evaluator) isRCPAction() bool {
	if e.id == otherAction {
		return !strings.HasPrefix(e.lower, "sts:")
	}
	return e.id != getCallerIdentity
}

// result is what one level says.
type result struct {
	deny, allow evidence.Tri
	grants      [NumGrants]evidence.Tri
}

// doubt is what is added by a policy that could not be read: it may deny, and
// it may allow.
func (r *result) doubt() {
	r.deny, r.allow = r.deny.Or(evidence.Unknown), r.allow.Or(evidence.Unknown)
	for i := range r.grants {
		r.grants[i] = r.grants[i].Or(evidence.Unknown)
	}
}

// level judges one level of a layer; nil is one of which nothing is known, or
// which holds no policy at all.
func (e *evaluator) level(layer layer, s *Set, l *Level, index int, allow *evidence.Tri) {
	r := result{deny: evidence.False, allow: evidence.False, grants: noGrants}
	from := 0
	if e.rec != nil {
		from = len(e.rec.statements)
	}
	switch {
	case l == nil && (s.State == SetUnknown || layer == scp),
		l != nil && len(l.Gaps) > 0,
		s.State == SetUnknown && !layer.leveled():
		r.doubt()
	}
	if l != nil {
		for _, p := range l.Policies {
			e.policy(layer, p, &r)
		}
	}
	if layer == rcp {
		r.allow = evidence.True // RCPFullAWSAccess is always attached
	}
	e.sum.deny = e.sum.deny.Or(r.deny)
	if layer == trust {
		for i := range r.grants {
			e.sum.grants[i] = e.sum.grants[i].Or(r.grants[i])
		}
	}
	if allow != nil {
		*allow = allow.And(r.allow)
	}
	if e.rec != nil {
		e.rec.level(e, layer, s, l, index, &r, from)
	}
}

// policy judges the statements of one policy.
func (e *evaluator) policy(layer layer, p *policy.Policy, r *result) {
	d := compiled(p)
	if d.broken {
		r.doubt()
		return
	}
	if e.rec != nil {
		for i := range d.statements {
			e.recorded(layer, p, &d.statements[i], r)
		}
		return
	}
	about := &d.concern[e.id]
	statements := about.all
	if layer != trust {
		if about.granted && !layer.hasPrincipal() {
			r.allow = evidence.True
		}
		if r.allow == evidence.True {
			statements = about.denies // the others can add nothing
		}
	}
	for _, s := range statements {
		var o outcome
		e.statement(s, layer, &o)
		r.add(s, &o, layer)
	}
}

// concerns says whether a statement may speak of an action, before anything
// else is looked at.
func (s *statement) concerns(id actionID) bool {
	return id == otherAction || s.unknown || s.actions.none || s.actions.mask&(1<<id) != 0
}

// recorded judges a statement and keeps what the trace wants of it.
func (e *evaluator) recorded(layer layer, p *policy.Policy, s *statement, r *result) {
	if !s.concerns(e.id) && !s.near(layer) {
		return
	}
	var o outcome
	from := len(e.rec.conditions)
	e.statement(s, layer, &o)
	r.add(s, &o, layer)
	e.rec.statement(layer, p, s, &o, from)
}

// add takes in what a statement says. How it names the caller matters in the
// trust policy alone.
func (r *result) add(s *statement, o *outcome, layer layer) {
	if s.deny {
		r.deny = r.deny.Or(o.all)
	}
	if !s.allow || o.all == evidence.False {
		return
	}
	r.allow = r.allow.Or(o.all)
	for g := 0; layer == trust && g < len(r.grants); g++ {
		r.grants[g] = r.grants[g].Or(o.grants[g].And(o.all))
	}
}
