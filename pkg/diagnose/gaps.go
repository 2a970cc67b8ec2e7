package diagnose

import (
	"slices"
	"sort"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// collectGaps gathers what could not be known and says what it touches. A gap
// decides when the answer could be another one without it.
func (q *inquiry) collectGaps(d *Diagnosis) {
	if q.final {
		if d.Verdict == NotAPolicyDenial {
			q.afterwards()
		}
		return
	}
	decides := q.plain.Decision == eval.Undetermined && !q.proved()
	if q.role0.gap.Code == "role" {
		q.gap(q.role0.gap, true)
	}
	if q.Request.Role.ARN != "" {
		q.policyGaps(decides)
	}
	q.unseenGap(decides)
	q.documentGaps(decides)
	q.providerGap()
	q.quarantineNote()
	q.keyGaps(decides)
	q.companionGaps()
	q.recordGaps(d)
	sort.SliceStable(q.gaps, func(i, j int) bool { return q.gaps[i].Decides && !q.gaps[j].Decides })
}

// proved says that a cause is proved: nothing that is unknown changes that.
func (q *inquiry) proved() bool {
	for i := range q.causes {
		if q.causes[i].Certainty == evidence.Proved {
			return true
		}
	}
	return false
}

// gap adds one, or another layer to one that is there.
func (q *inquiry) gap(g evidence.Gap, decides bool) {
	for i := range q.gaps {
		o := &q.gaps[i]
		whole := g.Code == "organization" // one fact, for whichever account
		if o.Code == g.Code && (o.Account == g.Account || whole) && o.Subject == g.Subject && o.Key == g.Key {
			if whole && o.Layer != g.Layer {
				o.Account, o.Layer = "", ""
			}
			o.Affects = addLayer(o.Affects, g.Layer)
			o.Decides = o.Decides || decides
			return
		}
	}
	n := Gap{Gap: g, Decides: decides, Affects: []evidence.Layer{}}
	if g.Layer != "" {
		n.Affects = append(n.Affects, g.Layer)
	}
	q.gaps = append(q.gaps, n)
}

func addLayer(list []evidence.Layer, l evidence.Layer) []evidence.Layer {
	for _, have := range list {
		if have == l {
			return list
		}
	}
	return append(list, l)
}

func (q *inquiry) sets() []*eval.Set {
	p := q.Policies
	return []*eval.Set{&p.Identity, &p.Boundary, &p.Session, &p.SCP, &p.VPCE, &p.RCP, &p.Trust}
}

// policyGaps are the policies that could not be read. A session policy that is
// usually not there decides only where nothing else denies.
func (q *inquiry) policyGaps(decides bool) {
	for _, s := range q.sets() {
		for _, g := range allGaps(s) {
			q.gap(g, decides && (g.Code != "session_policy" || !q.certain()))
		}
	}
}

// unseenGap is the policy that AWS's message names, by ARN, and that was not read,
// where that message is all that is known of the cause.
func (q *inquiry) unseenGap(decides bool) {
	layer, _, _ := q.named()
	for i := range q.causes {
		if c := &q.causes[i]; c.Grade == ByMessage && c.Layer == layer && c.Policy == nil && q.unseen(layer) {
			q.gap(evidence.Gap{Code: "unseen", Layer: layer, Account: c.Account, Subject: q.hint.PolicyARN, Why: evidence.NotRead}, decides)
			return
		}
	}
}

// documentGaps are policies, or statements, that are not understood.
func (q *inquiry) documentGaps(decides bool) {
	layers := []evidence.Layer{evidence.Identity, evidence.Boundary, evidence.Session, evidence.SCP, evidence.VPCE, evidence.RCP, evidence.Trust}
	for i, s := range q.sets() {
		for j := range s.Levels {
			for _, p := range s.Levels[j].Policies {
				q.documentGap(p, layers[i], decides)
			}
		}
	}
}

func (q *inquiry) documentGap(p *policy.Policy, layer evidence.Layer, decides bool) {
	doc := p.Document()
	g := evidence.Gap{Layer: layer, Account: p.Account, Subject: first(p.ARN, p.Name), Why: evidence.Unreadable}
	if doc.Broken {
		g.Code = "document"
		if len(doc.Findings) > 0 {
			g.Detail = doc.Findings[0].Code
		}
		q.gap(g, decides)
		return
	}
	strange := misfits(p)
	for i := range doc.Statements {
		if f, odd := strange[i]; odd {
			g.Code, g.Key, g.Detail = "statement", f.Element, f.Code
			q.gap(g, decides)
		}
	}
	for _, f := range doc.Findings {
		if f.Statement >= 0 && f.Statement < len(doc.Statements) && doc.Statements[f.Statement].Unknown {
			g.Code, g.Key, g.Detail = "statement", f.Text, f.Code
			q.gap(g, decides)
		}
	}
}

// providerGap tells that the identity providers of the role's account could not
// be read, for a caller that comes by one.
func (q *inquiry) providerGap() {
	if k := q.Request.Caller.Kind; k != request.OIDC && k != request.SAML {
		return
	}
	if acc, ok := q.Estate.Account(q.Request.Role.Account).Get(); ok {
		if g, missing := acc.Providers().Gap(); missing {
			q.gap(g, false)
		}
	}
}

// quarantineNote tells of a quarantine policy that is attached to the caller and
// does not deny this call: no cause, but someone should know.
func (q *inquiry) quarantineNote() {
	for i := range q.causes {
		if q.causes[i].Code == IdentityQuarantined {
			return
		}
	}
	for i := range q.Policies.Identity.Levels {
		for _, p := range q.Policies.Identity.Levels[i].Policies {
			if isQuarantine(p) {
				q.gap(evidence.Gap{Code: "quarantine", Account: q.Request.Caller.Account, Subject: p.Name}, false)
			}
		}
	}
}

// keyGaps are the condition keys that leave a layer open, or that a likely
// cause supposes to be what callers usually send.
func (q *inquiry) keyGaps(decides bool) {
	t := &q.plain.Actions[q.namedIndex()]
	for i := range t.Layers {
		l := &t.Layers[i]
		if l.Denies() != evidence.Unknown {
			continue
		}
		for j := range l.Statements {
			for k := range l.Statements[j].Conditions {
				c := &l.Statements[j].Conditions[k]
				if c.Result == evidence.Unknown && (c.State == request.KeyUnknown || c.State == request.KeyPresentAny) && open(&l.Statements[j]) {
					q.gap(evidence.Gap{Code: "key", Layer: l.Layer, Key: c.Condition.Key, Subject: c.Key.Origin.Ref, Why: evidence.NotInRecord}, decides)
				}
			}
		}
	}
}

// open says that a statement may match.
func open(s *eval.StatementTrace) bool { return s.Match == evidence.Unknown }

// companionGaps are authorizations that the call may have needed: whether it
// did is not known, and where AWS's message names another action it was not
// the one that failed.
func (q *inquiry) companionGaps() {
	if q.simulated() {
		return
	}
	for i := range q.plain.Actions {
		t := &q.plain.Actions[i]
		if t.Action.Applies == evidence.Unknown && t.Decision != eval.Allowed {
			layer := t.Layer
			if q.hint.Action != "" {
				layer = "" // AWS names what failed: it touches no answer
			}
			q.gap(evidence.Gap{Code: "companion", Layer: layer, Key: t.Action.Name, Why: evidence.NotInRecord}, q.hint.Action == "" && !q.certain())
		}
	}
}

// recordGaps are doubts about the record itself, and that no history was read:
// the policies are those of today.
func (q *inquiry) recordGaps(d *Diagnosis) {
	if d.Agreement == Disagrees {
		layer, _, _ := q.named()
		q.gap(evidence.Gap{Code: "message", Layer: layer, Subject: q.hint.PolicyType}, false)
	}
	r := q.Subject.Record
	if r == nil {
		return
	}
	if r.MessageOnly {
		q.gap(evidence.Gap{Code: "event", Subject: r.RequestID, Why: evidence.NotInRecord}, false)
	}
	q.fieldGaps(r)
	if k := q.Request.Keys.Get("aws:requestedregion"); k.State == request.KeyPresentAny && r.Region != "" && !q.known("aws:RequestedRegion") {
		q.gap(evidence.Gap{Code: "region", Key: "aws:RequestedRegion", Subject: r.Region, Why: evidence.NotInRecord}, false)
	}
	q.gap(evidence.Gap{Code: "history", Permission: "cloudtrail:LookupEvents", Why: evidence.NotRead}, false)
}

// fieldGaps are the fields of the record that are there and could not be read, or
// say other than AWS's message.
func (q *inquiry) fieldGaps(r *trail.Record) {
	for _, path := range q.contradicted() {
		layer := evidence.Caller
		if path == reconstruct.FieldRole {
			layer = evidence.Role
		}
		q.gap(evidence.Gap{Code: "contradiction", Layer: layer, Subject: path, Why: evidence.Unreadable}, true)
	}
	for _, path := range r.Unread {
		code := "field"
		if slices.Contains(r.Repeated, path) {
			code = "repeated"
		}
		q.gap(evidence.Gap{Code: code, Subject: path, Why: evidence.Unreadable}, false)
	}
	if r.Params == nil || r.MessageOnly {
		return
	}
	for _, name := range r.Params.Unread {
		if path := "requestParameters." + name; !slices.Contains(r.Unread, path) {
			q.gap(evidence.Gap{Code: "field", Subject: path, Why: evidence.Unreadable}, false)
		}
	}
}

// known says that the operator gave a key.
func (q *inquiry) known(key string) bool {
	return q.Request.Keys.Get(strings.ToLower(key)).Origin.Kind == evidence.FromOperator
}
