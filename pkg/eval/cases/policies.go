package cases

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// policies are what applies to the call of a case.
func (d *decision) policies(r *request.Request) (*eval.Policies, error) {
	p := &eval.Policies{
		VPCE:     levels(policy.KindVPCE, eval.NoEndpoint, d.VPCE),
		RCP:      levels(policy.KindRCP, eval.NoOrganization, d.RCPs...),
		SCP:      levels(policy.KindSCP, eval.NoOrganization, d.SCPs...),
		Trust:    levels(policy.KindTrust, "", trust(d.Trust)),
		Identity: levels(policy.KindIdentity, "", d.Identity),
		Boundary: levels(policy.KindBoundary, eval.NoBoundary, d.Boundary),
		Session:  levels(policy.KindSession, eval.NoSessionPolicy, d.Session),
	}
	if err := d.forget(p); err != nil {
		return nil, err
	}
	d.exempt(p, r)
	return p, nil
}

// levels makes a layer. One that is empty is exempt by the rule given; without
// a rule it is a layer without policies.
func levels(kind policy.Kind, none eval.Exempt, all ...documents) eval.Set {
	empty := len(all) == 0 || kind != policy.KindSCP && kind != policy.KindRCP && len(all[0]) == 0
	if none != "" && empty {
		return eval.Set{State: eval.SetExempt, Why: none}
	}
	s := eval.Set{State: eval.SetApplies}
	for i, docs := range all {
		l := eval.Level{Target: fmt.Sprintf("level-%d", i)}
		for j, raw := range docs {
			meta := policy.Meta{Kind: kind, Name: fmt.Sprintf("%s-%d-%d", kind, i, j), AttachedTo: l.Target}
			l.Policies = append(l.Policies, policy.New(meta, raw))
		}
		s.Levels = append(s.Levels, l)
	}
	return s
}

// trust is the resource's policy, or none.
func trust(raw json.RawMessage) documents {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	return documents{raw}
}

// forget makes the layers unknown that the case says could not be read.
func (d *decision) forget(p *eval.Policies) error {
	for _, name := range d.UnknownLayers {
		s := layerOf(p, evidence.Layer(name))
		if s == nil {
			return fmt.Errorf("unknown_layers has %q, which is no layer", name)
		}
		s.State, s.Why = eval.SetUnknown, ""
		s.Gaps = []evidence.Gap{{Code: "policy", Layer: evidence.Layer(name), Why: evidence.NotRead}}
	}
	return nil
}

func layerOf(p *eval.Policies, l evidence.Layer) *eval.Set {
	switch l {
	case evidence.VPCE:
		return &p.VPCE
	case evidence.RCP:
		return &p.RCP
	case evidence.SCP:
		return &p.SCP
	case evidence.Trust:
		return &p.Trust
	case evidence.Identity:
		return &p.Identity
	case evidence.Boundary:
		return &p.Boundary
	case evidence.Session:
		return &p.Session
	default:
		return nil
	}
}

// exempt takes out the layers that have no say for the caller or the role
// (AWS Organizations User Guide, "Service control policies" and "Resource
// control policies").
func (d *decision) exempt(p *eval.Policies, r *request.Request) {
	kind := r.Caller.Kind
	service := kind == request.Service
	federated := kind == request.OIDC || kind == request.SAML
	out := func(s *eval.Set, why eval.Exempt) { *s = eval.Set{State: eval.SetExempt, Why: why} }
	switch {
	case service || federated:
		why := eval.FederatedCaller
		if service {
			why = eval.ServiceCaller
		}
		for _, s := range []*eval.Set{&p.SCP, &p.Identity, &p.Boundary, &p.Session} {
			out(s, why)
		}
	case d.PrincipalManaging:
		out(&p.SCP, eval.Management)
	case r.Caller.Linked:
		out(&p.SCP, eval.ServiceLinked)
	}
	switch {
	case d.ResourceManaging:
		out(&p.RCP, eval.Management)
	case r.Caller.Linked, service && r.Role.Linked:
		out(&p.RCP, eval.ServiceLinked)
	}
}
