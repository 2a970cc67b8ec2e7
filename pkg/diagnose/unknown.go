package diagnose

import (
	"slices"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// unknowns asks, when nothing is proved or likely, which layers may deny. One
// that was read, with everything else allowing, is what denied the call, by
// elimination; more than one are possible.
func (q *inquiry) unknowns() {
	if q.certain() || q.Request.Role.ARN == "" {
		return
	}
	open := q.openViews()
	if len(open) == 0 {
		return
	}
	g := graded{certainty: evidence.Possible}
	if len(open) == 1 && q.othersAllow(open[0]) && !q.simulated() {
		g = graded{evidence.Likely, ByElimination}
	}
	for _, v := range open {
		if len(v.gaps()) > 0 || len(v.notUnderstood()) > 0 {
			g = graded{certainty: evidence.Possible}
		}
	}
	for _, v := range open {
		for _, c := range v.undecided(g) {
			q.add(c)
		}
	}
}

// openViews are the layers of the authorization that failed which may deny: in
// the usual reading, or, where that reading allows everything, with what is
// known alone.
func (q *inquiry) openViews() []view {
	i := q.namedIndex()
	plain, usual := q.action(i)
	open := q.openOf(i, usual, plain)
	if len(open) == 0 && usual.Decision == eval.Allowed {
		open = q.openOf(i, plain, plain)
	}
	return open
}

func (q *inquiry) openOf(action int, t, plain *eval.ActionTrace) []view {
	var list []view
	for j := range t.Layers {
		l := &t.Layers[j]
		if l.Layer == evidence.Session && onlySessionPolicy(l) {
			continue // a session policy that was not read: usually there is none
		}
		if l.Denies() == evidence.Unknown {
			list = append(list, view{q: q, action: action, usual: l, plain: sameLayer(plain, l)})
		}
	}
	return list
}

func onlySessionPolicy(l *eval.LayerTrace) bool {
	return l.Set != nil && l.Set.State == eval.SetUnknown
}

// othersAllow says whether every other authorization that applies allows, save
// for the very statement that one of them is open by. One of which it is not
// known whether the call needs it changes nothing.
func (q *inquiry) othersAllow(one view) bool {
	named := q.namedIndex()
	for i := range q.usual.Actions {
		t := &q.usual.Actions[i]
		if i != named && t.Action.Applies == evidence.True && t.Decision != eval.Allowed && !q.openAlike(i, one) {
			return false
		}
	}
	return true
}

// openAlike says that another authorization is open by nothing but the statement
// that one is open by.
func (q *inquiry) openAlike(action int, one view) bool {
	plain, usual := q.action(action)
	list := q.openOf(action, usual, plain)
	if usual.Decision != eval.Undetermined || len(list) != 1 || list[0].usual.Layer != one.usual.Layer {
		return false
	}
	a, b := list[0].nearestOpen(), one.nearestOpen()
	return a != nil && b != nil && a.Policy == b.Policy && a.Statement == b.Statement
}

// gaps of the layer's policies.
func (v view) gaps() []evidence.Gap {
	var list []evidence.Gap
	if v.usual.Set != nil {
		list = append(list, v.usual.Set.Gaps...)
	}
	if v.usual.Level != nil {
		list = append(list, v.usual.Level.Gaps...)
	}
	return list
}

// undecided are the causes of what was read and may deny: each Deny that may
// match, and each open condition of the nearest Allow. Of a policy or statement
// that is not understood nothing more can be said than that.
func (v view) undecided(g graded) []Cause {
	list := v.notUnderstood()
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect == policy.Deny && s.Match == evidence.Unknown && !notClear(s) {
			list = append(list, v.explicit(s, g))
		}
	}
	if v.usual.Missing != evidence.Unknown {
		return list
	}
	if v.usual.Allow == evidence.False {
		return append(list, v.perhapsNeeded(g))
	}
	near := v.nearestOpen()
	if near == nil {
		return list
	}
	before := len(list)
	for i := range near.Conditions {
		if near.Conditions[i].Result == evidence.Unknown {
			list = append(list, v.conditional(near, &near.Conditions[i], g))
		}
	}
	if len(list) == before {
		list = append(list, v.noAllow(near, g))
	}
	return list
}

// nearestOpen is the nearest Allow that may match and is understood.
func (v view) nearestOpen() *eval.StatementTrace {
	var best *eval.StatementTrace
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect != policy.Allow || s.Match != evidence.Unknown || notClear(s) {
			continue
		}
		if best == nil || v.nearer(s, best) {
			best = s
		}
	}
	return best
}

// notClear says that a statement is not understood, by itself or in a policy of
// its kind.
func notClear(s *eval.StatementTrace) bool {
	_, odd := misfits(s.Policy)[s.Statement.Index]
	return odd || s.Statement.Unknown
}

// misfits are the statements that lack an element which policies of their kind
// must have, or have one that they must not: what they do is not known.
func misfits(p *policy.Policy) map[int]policy.Finding {
	var odd map[int]policy.Finding
	for _, f := range p.Check() {
		if f.Code == policy.NotPrincipalUse && p.Document().Statements[f.Statement].Effect == policy.Deny {
			continue // not accepted in every policy, but what it says is clear
		}
		switch f.Code {
		case policy.RequiredElement, policy.ProhibitedElement, policy.NotPrincipalUse, policy.ShortARN:
			if odd == nil {
				odd = map[int]policy.Finding{}
			}
			if _, seen := odd[f.Statement]; !seen {
				odd[f.Statement] = f
			}
		}
	}
	return odd
}

// notUnderstood gives one cause for each policy of the layer that is no JSON or
// has a statement that is not understood.
func (v view) notUnderstood() []Cause {
	if v.usual.Level == nil {
		return nil
	}
	var list []Cause
	for _, p := range v.usual.Level.Policies {
		doc, strange := p.Document(), misfits(p)
		var at *policy.Statement
		for i := range doc.Statements {
			if _, odd := strange[i]; at == nil && (odd || doc.Statements[i].Unknown) {
				at = &doc.Statements[i]
			}
		}
		if at == nil && !doc.Broken {
			continue
		}
		c := v.base(graded{certainty: evidence.Possible})
		c.Code, c.Layer, c.Policy, c.Statement = EvidenceUnreadable, evidence.Evidence, p, at
		c.Marks = strangeSpans(doc, strange, at)
		c.Account = v.q.accountOf(v.usual.Layer)
		c.Detail = Detail{Kind: string(v.usual.Layer), Nearest: first(p.ARN, p.Name)}
		list = append(list, c)
	}
	return list
}

// strangeSpans are the places in a statement that are not understood.
func strangeSpans(doc *policy.Document, strange map[int]policy.Finding, at *policy.Statement) []policy.Span {
	if at == nil {
		return nil
	}
	var list []policy.Span
	if f, odd := strange[at.Index]; odd && f.Span.Line > 0 {
		list = append(list, f.Span)
	}
	for _, f := range doc.Findings {
		if f.Statement == at.Index && f.Span.Line > 0 && !slices.Contains(list, f.Span) {
			list = append(list, f.Span)
		}
	}
	return list
}

// perhapsNeeded is a layer without an Allow that may not be needed: the trust
// policy is not known, or AWS's pages disagree.
func (v view) perhapsNeeded(g graded) Cause {
	if g.grade == ByElimination {
		g.grade = ByConflict
	}
	return v.noAllow(v.nearest(), g)
}
