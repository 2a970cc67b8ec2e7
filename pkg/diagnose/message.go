package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// policyTypes maps the words of AWS's message to layers
// (IAM User Guide, "Troubleshoot access denied error messages").
var policyTypes = []struct {
	word             string
	layer            evidence.Layer
	implicit, denies Code
}{
	{"identity-based policy", evidence.Identity, IdentityNoAllow, IdentityExplicitDeny},
	{"resource-based policy", evidence.Trust, TrustNoAllow, TrustExplicitDeny},
	{"role trust policy", evidence.Trust, TrustNoAllow, TrustExplicitDeny},
	{"permissions boundary", evidence.Boundary, BoundaryNoAllow, BoundaryExplicitDeny},
	{"session policy", evidence.Session, SessionNoAllow, SessionExplicitDeny},
	{"sessions policy", evidence.Session, SessionNoAllow, SessionExplicitDeny},
	{"service control policy", evidence.SCP, SCPNoAllow, SCPExplicitDeny},
	{"resource control policy", evidence.RCP, RCPExplicitDeny, RCPExplicitDeny},
	{"VPC endpoint policy", evidence.VPCE, VPCENoAllow, VPCEExplicitDeny},
}

// named is the layer that AWS's message names, with its codes.
func (q *inquiry) named() (layer evidence.Layer, implicit, denies Code) {
	if q.hint.Form == trail.FormEndpoint {
		return evidence.VPCE, VPCENoAllow, VPCEExplicitDeny
	}
	for _, p := range policyTypes {
		if strings.EqualFold(p.word, q.hint.PolicyType) {
			return p.layer, p.implicit, p.denies
		}
	}
	return "", "", ""
}

// message takes AWS's word for a layer that could not be read or whose
// decision is unknown. Where the evaluation is definite, the message decides
// nothing: a contradiction is a gap.
func (q *inquiry) message() {
	layer, implicit, denies := q.named()
	if layer == "" || q.found(layer) && !q.unseen(layer) || q.foundSo(layer, q.hint.Explicit) {
		return
	}
	_, usual := q.action(q.namedIndex())
	open := false
	before := len(q.causes)
	for i := range usual.Layers {
		l := &usual.Layers[i]
		if l.Layer != layer || l.Denies() != evidence.Unknown {
			continue
		}
		open = true
		plain, _ := q.action(q.namedIndex())
		v := view{q: q, action: q.namedIndex(), usual: l, plain: sameLayer(plain, l)}
		for _, c := range v.undecided(graded{evidence.Likely, ByMessage}) {
			if c.Explicit == q.hint.Explicit || q.hint.Form == trail.FormEndpoint {
				q.add(c)
			}
		}
	}
	switch {
	case layer == evidence.Session && q.Policies.Session.State != eval.SetExempt:
		open = true
	case layer == evidence.VPCE && q.Policies.VPCE.State == eval.SetExempt:
		open = true // the record names no endpoint, AWS does
	case q.unseen(layer):
		open = true // AWS names a policy that was not read
	}
	if !open || len(q.causes) > before {
		return
	}
	q.byMessage(layer, implicit, denies)
}

// unseen says that AWS's message names a policy, by ARN, which was not read: what
// it decides is not known, whatever those that were read say. Who is exempt from
// a layer is not held by any policy of it.
func (q *inquiry) unseen(layer evidence.Layer) bool {
	named := q.hint.PolicyARN
	if named == "" {
		return false
	}
	switch layer {
	case evidence.SCP:
		return q.Policies.SCP.State != eval.SetExempt && q.notListed(named)
	case evidence.RCP:
		return q.Policies.RCP.State != eval.SetExempt && q.notListed(named)
	case evidence.Identity, evidence.Boundary:
		for _, acc := range q.Estate.Accounts() {
			if acc.Knows(named) {
				return false
			}
		}
		return true
	}
	return false
}

// notListed says that the organization was read and has no such policy.
func (q *inquiry) notListed(policy string) bool {
	org, ok := q.Estate.Organization().Get()
	return ok && !org.Knows(policy)
}

// byMessage is a cause of which only AWS's message is known.
func (q *inquiry) byMessage(layer evidence.Layer, implicit, denies Code) {
	c := Cause{
		Code: implicit, Certainty: evidence.Likely, Grade: ByMessage, Layer: layer, Explicit: q.hint.Explicit,
		Detail: Detail{Nearest: q.hint.PolicyARN},
		Evidence: []Fact{
			{Origin: evidence.Origin{Kind: evidence.FromMessage, Ref: "policy type"}, Text: q.hint.PolicyType},
			{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "certainty"}, Text: string(ByMessage)},
		},
	}
	if q.hint.Explicit {
		c.Code = denies
	}
	if companion := companionCode(q.Request.Actions[q.namedIndex()].Name); companion != "" {
		c.Code = companion
	}
	c.Account, c.Owner = q.owner(layer)
	if layer == evidence.VPCE {
		c.Target = q.Request.Network.EndpointID
	}
	q.add(c)
}

// companionByMessage: AWS names a companion as the authorization that failed.
// So it was needed, and it was denied, whatever could be read.
func (q *inquiry) companionByMessage() {
	i := q.namedIndex()
	code := companionCode(q.Request.Actions[i].Name)
	if code == "" || q.certain() {
		return
	}
	_, usual := q.action(i)
	open := q.openOf(i, usual, usual)
	if usual.Decision != eval.Undetermined || len(open) == 0 {
		return
	}
	for k := range q.causes {
		if c := &q.causes[k]; c.Code == code {
			c.Certainty, c.Grade = evidence.Likely, ByMessage
		}
	}
	if q.certain() {
		return
	}
	g := graded{evidence.Likely, ByMessage}
	at := open[0]
	for _, v := range open {
		if v.usual.Layer == evidence.Trust {
			at = v // of several that were not read, the one where it is usually left out
		}
	}
	c := at.base(g)
	c.Code = code
	if len(open) > 1 {
		c.Detail.Kind = "layer_unknown"
	}
	c.Evidence = append(gradeFact(g), Fact{Origin: evidence.Origin{Kind: evidence.FromMessage, Ref: "action"}, Text: c.Action})
	q.add(c)
}

// found says whether a proved or likely cause is in a layer.
func (q *inquiry) found(l evidence.Layer) bool {
	for i := range q.causes {
		if q.causes[i].Layer == l && q.causes[i].Certainty >= evidence.Likely {
			return true
		}
	}
	return false
}

// foundSo says whether a proved or likely cause is in a layer, of a Deny or of a
// missing Allow.
func (q *inquiry) foundSo(l evidence.Layer, explicit bool) bool {
	for i := range q.causes {
		if c := &q.causes[i]; c.Layer == l && c.Explicit == explicit && c.Certainty >= evidence.Likely {
			return true
		}
	}
	return false
}

// agreement holds AWS's word against the answer.
func (q *inquiry) agreement() Agreement {
	layer, _, _ := q.named()
	if layer == "" {
		return Silent
	}
	for i := range q.causes {
		c := &q.causes[i]
		if c.Layer == layer && (c.Explicit == q.hint.Explicit || q.hint.Form == trail.FormEndpoint) && c.Certainty >= evidence.Likely {
			return Agrees
		}
		if c.Code == CallerSelfAssume && layer == evidence.Trust {
			return Agrees
		}
		if c.Layer == evidence.Role && layer == evidence.Trust && !q.hint.Explicit {
			return Agrees // a role that is not there is denied in the same words
		}
	}
	if len(q.causes) == 0 || !q.certain() {
		if _, usual := q.action(q.namedIndex()); q.openLayer(usual, layer) {
			return Silent
		}
	}
	return Disagrees
}

func (q *inquiry) openLayer(t *eval.ActionTrace, layer evidence.Layer) bool {
	for i := range t.Layers {
		if t.Layers[i].Layer == layer && t.Layers[i].Denies() == evidence.Unknown {
			return true
		}
	}
	return false
}
