package report

func (e *encoder) cause(c *Cause) {
	e.text(`{"code":`, c.Code)
	e.text(`,"detail":{"kind":`, c.Detail.Kind)
	e.text(`,"nearest":`, c.Detail.Nearest)
	e.text(`,"wanted":`, c.Detail.Wanted)
	e.text(`,"got":`, c.Detail.Got)
	list(e, `,"diff":`, c.Detail.Diff, (*encoder).between)
	e.text(`},"certainty":`, c.Certainty)
	e.truth(`,"primary":`, c.Primary)
	e.text(`,"layer":`, c.Layer)
	e.text(`,"account":`, c.Account)
	e.text(`,"owner":`, c.Owner)
	e.text(`,"action":`, c.Action)
	e.policy(`,"policy":`, &c.Policy)
	e.statement(`,"statement":`, &c.Statement)
	e.number(`,"quote":{"first":`, c.Quote.First)
	e.texts(`,"lines":`, c.Quote.Lines)
	list(e, `,"mark":`, c.Quote.Mark, (*encoder).mark)
	e.raw(`},"condition":{`)
	e.condition(&c.Condition)
	e.text(`},"because":`, c.Because)
	list(e, `,"evidence":`, c.Evidence, (*encoder).evidence)
	e.raw("}")
}

func (e *encoder) between(r *[2]int) {
	e.number("[", r[0])
	e.number(",", r[1])
	e.raw("]")
}

func (e *encoder) mark(m *Mark) {
	e.number(`{"line":`, m.Line)
	e.number(`,"from":`, m.From)
	e.number(`,"to":`, m.To)
	e.raw("}")
}

// condition writes the members alone: a condition of the trace has more.
func (e *encoder) condition(c *Condition) {
	e.text(`"operator":`, c.Operator)
	e.text(`,"key":`, c.Key)
	e.texts(`,"wanted":`, c.Wanted)
	e.texts(`,"got":`, c.Got)
	e.text(`,"got_state":`, c.GotState)
}

func (e *encoder) evidence(v *Evidence) {
	e.text(`{"origin":`, v.Origin)
	e.text(`,"fact":`, v.Fact)
	e.raw("}")
}

func (e *encoder) remedy(m *Remedy) {
	e.text(`{"title":`, m.Title)
	e.text(`,"owner":`, m.Owner)
	e.text(`,"owner_name":`, m.OwnerName)
	e.text(`,"account":`, m.Account)
	e.text(`,"kind":`, m.Kind)
	list(e, `,"changes":`, m.Changes, (*encoder).policyChange)
	e.truth(`,"verified":`, m.Verified)
	e.truth(`,"sufficient":`, m.Sufficient)
	e.texts(`,"alternatives":`, m.Alternatives)
	e.texts(`,"leaves":`, m.Leaves)
	e.text(`,"risk":`, m.Risk)
	e.raw("}")
}

func (e *encoder) policyChange(c *PolicyChange) {
	e.policy(`{"policy":`, &c.Policy)
	e.any(`,"before":`, c.Before)
	e.any(`,"after":`, c.After)
	list(e, `,"patch":`, c.Patch, func(e *encoder, v *any) { e.any("", *v) })
	e.text(`,"cli":`, c.CLI)
	e.text(`,"terraform":`, c.Terraform)
	e.text(`,"cloudformation":`, c.CloudFormation)
	e.raw("}")
}

func (e *encoder) trace(t *Trace) {
	e.text(`{"decision":`, t.Decision)
	e.text(`,"best":`, t.Best)
	e.text(`,"worst":`, t.Worst)
	list(e, `,"actions":`, t.Actions, (*encoder).traceAction)
	e.raw("}")
}

func (e *encoder) traceAction(a *TraceAction) {
	e.text(`{"action":`, a.Action)
	e.text(`,"decision":`, a.Decision)
	list(e, `,"layers":`, a.Layers, (*encoder).traceLayer)
	e.raw("}")
}

func (e *encoder) traceLayer(l *TraceLayer) {
	e.text(`{"layer":`, l.Layer)
	e.number(`,"level":`, l.Level)
	e.text(`,"target":`, l.Target)
	e.text(`,"needed":`, l.Needed)
	e.text(`,"deny":`, l.Deny)
	e.text(`,"allow":`, l.Allow)
	list(e, `,"statements":`, l.Statements, (*encoder).traceStatement)
	e.raw("}")
}

func (e *encoder) traceStatement(s *TraceStatement) {
	e.policy(`{"policy":`, &s.Policy)
	e.statement(`,"statement":`, &s.Statement)
	e.text(`,"effect":`, s.Effect)
	e.text(`,"match":`, s.Match)
	e.text(`,"principal":`, s.Principal)
	e.text(`,"action":`, s.Action)
	e.text(`,"resource":`, s.Resource)
	e.text(`,"condition":`, s.Condition)
	e.texts(`,"wanted":`, s.Wanted)
	list(e, `,"conditions":`, s.Conditions, (*encoder).traceCondition)
	e.raw("}")
}

func (e *encoder) traceCondition(c *TraceCondition) {
	e.raw("{")
	e.condition(&c.Condition)
	e.text(`,"result":`, c.Result)
	e.text(`,"note":`, c.Note)
	e.raw("}")
}
