package report

import (
	"slices"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// layerOrder is the order of the rows: from the caller to the role.
var layerOrder = []evidence.Layer{
	evidence.Identity, evidence.Boundary, evidence.Session, evidence.SCP, evidence.VPCE, evidence.RCP, evidence.Trust,
}

var neededWords = map[eval.Needed]string{
	eval.NeededYes: "yes", eval.NeededNo: "no", eval.NeededDepends: "depends", eval.NeededExempt: "exempt",
}

// layers gives a row for each layer and level of the authorization that failed
// and of the others that the call is known to need.
func layers(in Input) []Layer {
	var rows []Layer
	t := in.Diagnosis.Trace
	if t == nil {
		return rows
	}
	for i := range t.Actions {
		a := &t.Actions[i]
		if a.Action == nil || !a.Action.Named && i > 0 && a.Action.Applies != evidence.True {
			continue
		}
		rows = slices.Grow(rows, len(a.Layers))
		for _, l := range inOrder(a.Layers) {
			r := row(in, a.Action.Name, l)
			if a.Action.Named || i == 0 {
				unseen(in.Diagnosis, &r)
			}
			rows = append(rows, r)
		}
	}
	return rows
}

// unseen makes the word of a layer unknown of which AWS's message names a policy
// that was not read: what the others of the layer say is not all.
func unseen(d *diagnose.Diagnosis, r *Layer) {
	for i := range d.Gaps {
		g := &d.Gaps[i]
		if g.Code != "unseen" || string(g.Layer) != r.Layer || r.Result == "denies" {
			continue
		}
		if r.Exempt == string(eval.NoBoundary) {
			r.Needed, r.Exempt = neededWords[eval.NeededYes], ""
		}
		if r.Exempt == "" {
			r.Result, r.Explicit, r.Policy, r.Statement = "unknown", false, Policy{}, Statement{}
		}
	}
}

func inOrder(list []eval.LayerTrace) []*eval.LayerTrace {
	out, ranks := make([]*eval.LayerTrace, 0, len(list)), make([]int, 0, len(list))
	for i := range list {
		// Most come after those before them: looking from the end finds the place.
		rank := slices.Index(layerOrder, list[i].Layer)<<32 + list[i].Index
		at := len(ranks)
		for at > 0 && ranks[at-1] > rank {
			at--
		}
		out, ranks = slices.Insert(out, at, &list[i]), slices.Insert(ranks, at, rank)
	}
	return out
}

func row(in Input, action string, l *eval.LayerTrace) Layer {
	out := Layer{
		Action: action, Layer: string(l.Layer), Level: l.Index, Needed: neededWords[l.Needed],
		Account: accountID(layerAccount(in, l)),
	}
	if l.Level != nil {
		out.Target = l.Level.Target
		if l.Layer == evidence.SCP || l.Layer == evidence.RCP { // an ARN has its name in it
			out.Name = l.Level.Name
		}
	}
	if l.Needed == eval.NeededExempt {
		out.Exempt = string(exemptBy(l))
	}
	var decided *eval.StatementTrace
	out.Result, out.Explicit, decided = result(l)
	if decided != nil {
		out.Policy, out.Statement = policyOf(decided.Policy), statementOf(decided.Statement)
	}
	return out
}

// exemptBy is the rule by which a layer has no say.
func exemptBy(l *eval.LayerTrace) eval.Exempt {
	if l.Why == "" && l.Set != nil {
		return l.Set.Why
	}
	return l.Why
}

// result is what the layer says, whether by an explicit deny, and the statement
// that decided, or may decide.
func result(l *eval.LayerTrace) (word string, explicit bool, by *eval.StatementTrace) {
	if l.Needed == eval.NeededExempt {
		return "none", false, nil
	}
	switch l.Denies() {
	case evidence.True:
		if l.Deny == evidence.True {
			return "denies", true, find(l, policy.Deny, evidence.True)
		}
		return "denies", false, nil
	case evidence.Unknown:
		if l.Deny == evidence.Unknown {
			return "unknown", false, find(l, policy.Deny, evidence.Unknown)
		}
		return "unknown", false, find(l, policy.Allow, evidence.Unknown)
	default:
	}
	if l.Allow == evidence.True {
		return "allows", false, find(l, policy.Allow, evidence.True)
	}
	return "none", false, nil // it need not allow, and it does not deny
}

func find(l *eval.LayerTrace, effect policy.Effect, match evidence.Tri) *eval.StatementTrace {
	for i := range l.Statements {
		s := &l.Statements[i]
		if s.Statement != nil && s.Statement.Effect == effect && s.Match == match {
			return s
		}
	}
	return nil
}

// layerAccount is the account whose layer it is.
func layerAccount(in Input, l *eval.LayerTrace) string {
	if l.Level != nil && l.Level.Account != "" {
		return l.Level.Account
	}
	var r request.Request
	if in.Request != nil {
		r = *in.Request
	}
	switch l.Layer {
	case evidence.RCP, evidence.Trust:
		return r.Role.Account
	case evidence.VPCE:
		if r.Network.EndpointAccount != "" {
			return r.Network.EndpointAccount
		}
	default:
	}
	return r.Caller.Account
}

func policyOf(p *policy.Policy) Policy {
	if p == nil {
		return Policy{}
	}
	return Policy{Kind: string(p.Kind), Managed: p.Managed, ARN: p.ARN, Name: p.Name, AttachedTo: p.AttachedTo}
}

func statementOf(s *policy.Statement) Statement {
	if s == nil {
		return Statement{}
	}
	return Statement{Index: s.Index, Sid: s.Sid, Line: s.First}
}
