package scope

import (
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// caller gives the identity policies and the boundary of who calls: a user's
// with its groups', a role's for its sessions. Services and federated callers
// have none (IAM User Guide, "AWS JSON policy elements: Principal").
func caller(e *estate.Estate, r *request.Request) (identity, boundary eval.Set) {
	switch r.Caller.Kind {
	case request.Service:
		return exempt(eval.ServiceCaller), exempt(eval.ServiceCaller)
	case request.OIDC, request.SAML:
		return exempt(eval.FederatedCaller), exempt(eval.FederatedCaller)
	default: // somebody of an account
	}
	gap := evidence.Gap{Code: "caller", Account: r.Caller.Account, Subject: r.Caller.ARN, Why: evidence.NotRead}
	ent, user, state, g := entity(e, r)
	switch {
	case state == evidence.Absent && r.Caller.Temporary:
		// It was deleted while the session lives: it has no policies any more.
		return applies(eval.Level{Target: r.Caller.ARN, Account: r.Caller.Account}), exempt(eval.NoBoundary)
	case ent == nil:
		if g.Code != "" {
			gap = g
		}
		gap.Layer = evidence.Identity
		identity = unknown(gap)
		gap.Layer = evidence.Boundary
		return identity, unknown(gap)
	}
	level := eval.Level{Target: ent.ARN, Name: ent.Name, Account: ent.Account}
	own(&level, ent)
	if user != nil {
		groups(&level, user)
	}
	if id := r.Caller.UniqueID; id != "" && ent.ID != "" && id != ent.ID {
		// These are the policies of another user or role of the same name.
		gap.Code, gap.Layer = "former", evidence.Identity
		level.Gaps = append(level.Gaps, gap)
	}
	return applies(level), boundaryOf(ent)
}

// entity finds the user or the role behind the caller; nil and absent where it
// is known not to exist, nil and missing with the gap where it is not known.
func entity(e *estate.Estate, r *request.Request) (*estate.Entity, *estate.User, evidence.State, evidence.Gap) {
	a := e.Account(r.Caller.Account)
	acc, ok := a.Get()
	if !ok {
		g, _ := a.Gap()
		return nil, nil, evidence.Missing, g
	}
	switch r.Caller.Kind {
	case request.User:
		f := acc.User(r.Caller.UserName)
		if u, ok := f.Get(); ok {
			return &u.Entity, u, evidence.Present, evidence.Gap{}
		}
		g, _ := f.Gap()
		return nil, nil, f.State(), g
	case request.RoleSession:
		f := acc.Role(r.Caller.RoleName)
		if ro, ok := f.Get(); ok {
			return &ro.Entity, nil, evidence.Present, evidence.Gap{}
		}
		g, _ := f.Gap()
		return nil, nil, f.State(), g
	default:
		return nil, nil, evidence.Missing, evidence.Gap{}
	}
}

func own(l *eval.Level, ent *estate.Entity) {
	l.Policies = append(l.Policies, ent.Inline...)
	for _, f := range ent.Attached {
		add(l, f, evidence.Identity)
	}
}

func groups(l *eval.Level, u *estate.User) {
	for _, f := range u.Groups {
		if g, ok := f.Get(); ok {
			own(l, &g.Entity)
			continue
		}
		if gap, missing := f.Gap(); missing {
			gap.Layer = evidence.Identity
			l.Gaps = append(l.Gaps, gap)
		}
	}
}

func boundaryOf(ent *estate.Entity) eval.Set {
	level := eval.Level{Target: ent.ARN, Name: ent.Name, Account: ent.Account}
	if ent.Boundary.State() == evidence.Absent {
		return exempt(eval.NoBoundary)
	}
	add(&level, ent.Boundary, evidence.Boundary)
	return applies(level)
}
