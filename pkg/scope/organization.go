package scope

import (
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// scps are the service control policies of the caller's account, and of no
// other. Not for the management account, service-linked roles and principals
// that belong to no account
// (AWS Organizations User Guide, "Service control policies (SCPs)").
func scps(e *estate.Estate, r *request.Request) eval.Set {
	switch {
	case r.Caller.Kind == request.Service:
		return exempt(eval.ServiceCaller)
	case r.Caller.Kind == request.OIDC || r.Caller.Kind == request.SAML:
		return exempt(eval.FederatedCaller)
	case r.Caller.Linked:
		return exempt(eval.ServiceLinked)
	}
	return levels(e, r.Caller.Account, policy.KindSCP, evidence.SCP)
}

// rcps are the resource control policies of the role's account, for every
// caller. Not for the management account, calls made by a service-linked role,
// and a service that assumes one
// (AWS Organizations User Guide, "Resource control policies (RCPs)").
func rcps(e *estate.Estate, r *request.Request) eval.Set {
	if r.Caller.Linked || r.Role.Linked && r.Caller.Kind == request.Service {
		return exempt(eval.ServiceLinked)
	}
	return levels(e, r.Role.Account, policy.KindRCP, evidence.RCP)
}

// levels gives the policies of one type from the root to the account.
func levels(e *estate.Estate, account string, kind policy.Kind, layer evidence.Layer) eval.Set {
	gap := evidence.Gap{Code: string(layer), Layer: layer, Account: account, Subject: account, Permission: "organizations:ListPoliciesForTarget", Why: evidence.NotRead}
	f := e.Organization()
	if g, missing := f.Gap(); missing {
		g.Layer, g.Account = layer, account
		return unknown(g)
	}
	org, known := f.Get()
	if !known {
		if e.Standalone(account) {
			return exempt(eval.NoOrganization)
		}
		// It has another organization or none: no permission of ours reads that one.
		gap.Permission = ""
		return unknown(gap)
	}
	switch {
	case account == "":
		return unknown(gap)
	case org.Management() == account:
		return exempt(eval.Management)
	case !org.Has(account):
		if g, unread := org.Unread(account); unread {
			g.Code, g.Layer, g.Account = string(layer), layer, account
			return unknown(g)
		}
		return unknown(gap) // another organization's policies are not ours to read
	case org.Management() == "":
		return unknown(gap) // it may be the management account
	}
	path := org.Levels(account, kind)
	if g, missing := path.Gap(); missing {
		g.Layer, g.Account = layer, account
		return unknown(g)
	}
	steps, enabled := path.Get()
	if !enabled {
		return exempt(eval.NotEnabled)
	}
	set := eval.Set{State: eval.SetApplies, Levels: make([]eval.Level, 0, len(steps))}
	for _, s := range steps {
		l := eval.Level{Target: s.Target, Name: s.Name, Account: account}
		for _, p := range s.Policies {
			add(&l, p, layer)
		}
		for i := range l.Gaps {
			l.Gaps[i].Code = string(layer) // a policy, not the organization
		}
		set.Levels = append(set.Levels, l)
	}
	return set
}
