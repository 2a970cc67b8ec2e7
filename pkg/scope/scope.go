// Package scope says which policies apply to a call, by layer and level, and
// who is exempt by which rule. It is the only place that knows.
//
// Pure and deterministic. What could not be read becomes a gap of its level,
// so that the layer is unknown, never silently without a say.
package scope

import (
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Policies collects what applies to r
// (IAM User Guide, "Policy evaluation logic").
func Policies(e *estate.Estate, r *request.Request) *eval.Policies {
	p := &eval.Policies{
		VPCE:  endpoint(e, r),
		RCP:   rcps(e, r),
		SCP:   scps(e, r),
		Trust: trust(e, r),
	}
	if r.OfRoot() {
		p.RCP, p.Trust = exempt(eval.NotRoleAction), exempt(eval.NotRoleAction)
	}
	p.Identity, p.Boundary = caller(e, r)
	p.Session = session(r)
	return p
}

func exempt(why eval.Exempt) eval.Set { return eval.Set{State: eval.SetExempt, Why: why} }

func unknown(g evidence.Gap) eval.Set { return eval.Set{Gaps: []evidence.Gap{g}} }

func applies(levels ...eval.Level) eval.Set {
	return eval.Set{State: eval.SetApplies, Levels: levels}
}

// trust is the role's trust policy. A role that is known not to exist has a
// trust layer without any policy: nothing there allows.
func trust(e *estate.Estate, r *request.Request) eval.Set {
	level := eval.Level{Target: r.Role.ARN, Name: r.Role.Name, Account: r.Role.Account}
	role, gap, ok := roleIn(e, r.Role.Account, r.Role.Name)
	if !ok {
		gap.Layer = evidence.Trust
		return unknown(gap)
	}
	if role == nil || role.ARN != r.Role.ARN {
		return applies(level)
	}
	add(&level, role.Trust, evidence.Trust)
	return applies(level)
}

// roleIn looks a role up: nil and true when it is known not to exist, false
// with the gap when it could not be known.
func roleIn(e *estate.Estate, account, name string) (*estate.Role, evidence.Gap, bool) {
	a := e.Account(account)
	if g, missing := a.Gap(); missing {
		return nil, g, false
	}
	acc, ok := a.Get()
	if !ok {
		return nil, evidence.Gap{Code: "account", Account: account, Subject: account, Why: evidence.NotRead}, false
	}
	f := acc.Role(name)
	if g, missing := f.Gap(); missing {
		return nil, g, false
	}
	role, _ := f.Get()
	return role, evidence.Gap{}, true
}

// add puts a policy, or the gap in its place, into a level.
func add(l *eval.Level, f evidence.Fact[*policy.Policy], layer evidence.Layer) {
	if p, ok := f.Get(); ok {
		l.Policies = append(l.Policies, p)
		return
	}
	if g, missing := f.Gap(); missing {
		g.Layer = layer
		l.Gaps = append(l.Gaps, g)
	}
}

// session is the policy that was passed when the caller's session was made.
// The event does not show it.
func session(r *request.Request) eval.Set {
	if r.Caller.Kind == request.CallerUnknown {
		return unknown(evidence.Gap{Code: "caller", Layer: evidence.Session, Subject: r.Caller.ARN, Account: r.Caller.Account, Why: evidence.NotInRecord})
	}
	if r.Caller.Kind != request.RoleSession || r.Simulated {
		return exempt(eval.NoSessionPolicy)
	}
	return unknown(evidence.Gap{
		Code: "session_policy", Layer: evidence.Session, Account: r.Caller.Account, Subject: r.Caller.ARN,
		Permission: "cloudtrail:LookupEvents", Why: evidence.NotInRecord,
	})
}

// endpoint is the policy of the VPC endpoint that the call came through.
func endpoint(e *estate.Estate, r *request.Request) eval.Set {
	id := r.Network.EndpointID
	if r.Network.Unread {
		return unknown(evidence.Gap{Code: "endpoint", Layer: evidence.VPCE, Account: r.Caller.Account, Why: evidence.NotInRecord})
	}
	if id == "" {
		return exempt(eval.NoEndpoint)
	}
	owner := r.Network.EndpointAccount
	if owner == "" {
		owner = r.Caller.Account
	}
	level := eval.Level{Target: id, Name: id, Account: owner}
	gap := evidence.Gap{Code: "endpoint", Layer: evidence.VPCE, Account: owner, Subject: id, Permission: "ec2:DescribeVpcEndpoints", Why: evidence.NotRead}
	a, ok := e.Account(owner).Get()
	if !ok {
		return unknown(gap)
	}
	f := a.Endpoint(id)
	ep, ok := f.Get()
	if !ok {
		if g, missing := f.Gap(); missing {
			g.Layer, gap = evidence.VPCE, g
		}
		return unknown(gap)
	}
	add(&level, ep.Policy, evidence.VPCE)
	return applies(level)
}
