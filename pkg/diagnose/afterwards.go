package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// afterwards tells of the policies that would deny the call as well, once that is
// mended which AWS refused before it asked any policy: nobody is to be sent from
// one denial to the next. Only what is certain is told, and of a role that is
// not known nothing.
func (q *inquiry) afterwards() {
	if q.simulated() || q.Request.Role.ARN == "" || q.role0.state != evidence.Present {
		return
	}
	named := q.namedIndex()
	for i := range q.Request.Actions {
		if plain, _ := q.action(i); i != named && !q.alsoDenies(plain) {
			continue
		}
		plain, usual := q.action(i)
		for j := range usual.Layers {
			v := view{q: q, action: i, usual: &usual.Layers[j], plain: sameLayer(plain, &usual.Layers[j])}
			for _, c := range v.certain() {
				g := evidence.Gap{Code: "afterwards", Layer: c.Layer, Account: c.Account, Subject: string(c.Code)}
				if c.Condition != nil {
					g.Key = c.Condition.Key
				}
				q.gap(g, false)
			}
		}
	}
	for i := range q.gaps {
		q.gaps[i].Affects = []evidence.Layer{} // it changes nothing of this answer
	}
}

// certain are the causes of a layer that are proved: each Deny that matches, and
// what stands in the way of an Allow that is needed.
func (v view) certain() []Cause {
	var list []Cause
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect == policy.Deny && s.Match == evidence.True && v.statementMatches(s) {
			list = append(list, v.explicit(s, v.grade(true)))
		}
	}
	if v.usual.Missing != evidence.True || !v.denies() {
		return list
	}
	for _, c := range v.implicit() {
		if c.Certainty == evidence.Proved {
			list = append(list, c)
		}
	}
	return list
}
