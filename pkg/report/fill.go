package report

// fill makes every list and map of the report one that is not null. The lists
// are written out; a test holds them complete (walk_test.go).
func fill(r *Report) {
	if r.Accounts == nil {
		r.Accounts = map[string]Account{}
	}
	some(&r.Actions)
	some(&r.Layers)
	for i := range some(&r.Known) {
		some(&r.Known[i].Values)
	}
	some(&r.Changes)
	for i := range some(&r.Causes) {
		c := &r.Causes[i]
		some(&c.Detail.Diff)
		some(&c.Quote.Lines)
		some(&c.Quote.Mark)
		some(&c.Evidence)
		c.Condition.fill()
	}
	for i := range some(&r.Remedies) {
		m := &r.Remedies[i]
		some(&m.Alternatives)
		some(&m.Leaves)
		for j := range some(&m.Changes) {
			some(&m.Changes[j].Patch)
		}
	}
	for i := range some(&r.Gaps) {
		some(&r.Gaps[i].Affects)
	}
	if r.Trace != nil {
		r.Trace.fill()
	}
}

func (c *Condition) fill() {
	some(&c.Wanted)
	some(&c.Got)
}

func (t *Trace) fill() {
	for i := range some(&t.Actions) {
		for j := range some(&t.Actions[i].Layers) {
			l := &t.Actions[i].Layers[j]
			for k := range some(&l.Statements) {
				s := &l.Statements[k]
				some(&s.Wanted)
				for n := range some(&s.Conditions) {
					s.Conditions[n].fill()
				}
			}
		}
	}
}

// some makes a list one that is not null, and gives it.
func some[T any](list *[]T) []T {
	if *list == nil {
		*list = []T{}
	}
	return *list
}
