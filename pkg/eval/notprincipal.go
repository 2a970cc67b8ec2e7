package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// principal says whether a statement of a layer speaks of the caller, and by
// which classes of grant, where either has to do with principals. Identity policies, boundaries, session policies and
// SCPs have no Principal; the others must have one: what breaks this is
// unknown.
func (e *evaluator) principal(s *statement, layer layer, grants *[NumGrants]evidence.Tri) evidence.Tri {
	needs := layer.hasPrincipal()
	*grants = noGrants
	switch {
	case !needs || !s.hasPrincipal || len(s.principals) == 0:
		*grants = anyGrant
		return evidence.Unknown
	case s.src.NotPrincipal:
		return e.notPrincipal(s, grants)
	}
	some := evidence.False
	for i := range s.principals {
		class, match := s.principals[i].names(&e.req.Caller)
		grants[class] = grants[class].Or(match)
		some = some.Or(match)
	}
	return some
}

var (
	noGrants = [NumGrants]evidence.Tri{-1, -1, -1, -1, -1, -1}
	anyGrant = [NumGrants]evidence.Tri{} // all unknown
)

// notPrincipal matches everyone but those listed; to be spared, a caller's
// account must be listed beside its user or its role and session. It goes with
// Deny alone, and a caller with a permissions boundary is always denied
// (IAM JSON policy elements: NotPrincipal).
func (e *evaluator) notPrincipal(s *statement, listed *[NumGrants]evidence.Tri) evidence.Tri {
	for i := range s.principals {
		class, match := s.principals[i].names(&e.req.Caller)
		listed[class] = listed[class].Or(match)
	}
	spared := spares(e.req.Caller.Kind, listed).Or(listed[GrantStar])
	*listed = anyGrant
	if s.src.Effect != policy.Deny {
		return evidence.Unknown
	}
	switch e.pol.Boundary.State {
	case SetApplies:
		return evidence.True
	case SetUnknown:
		return spared.Not().Or(evidence.Unknown)
	default:
		return spared.Not()
	}
}

func spares(kind request.CallerKind, listed *[NumGrants]evidence.Tri) evidence.Tri {
	switch kind {
	case request.User:
		return listed[GrantUser].And(listed[GrantAccount])
	case request.RoleSession:
		return listed[GrantSession].And(listed[GrantRole]).And(listed[GrantAccount])
	case request.Service, request.OIDC, request.SAML:
		return listed[GrantOther]
	case request.Root:
		return listed[GrantAccount]
	case request.FederatedUser:
		return listed[GrantSession].And(listed[GrantAccount])
	default:
		return evidence.Unknown
	}
}
