package report

// rewrite is what becomes of a string. The lists of strings below are written out, since
// reports are walked several times for every event; a test holds them complete
// (walk_test.go).
type rewrite func(string) string

// through puts each string through the function.
func (f rewrite) through(list ...*string) {
	for _, s := range list {
		*s = f(*s)
	}
}

func (f rewrite) all(list []string) {
	for i := range list {
		list[i] = f(list[i])
	}
}

// eachString puts every string of the report through f, but for the accounts,
// which are made last, and what is behind an any: that is made here and holds
// nothing of an event.
func (r *Report) eachString(f rewrite) {
	f.through(
		&r.Schema, &r.Lang, &r.Verdict, &r.Headline, &r.Next, &r.Incident, &r.Fingerprint,
		&r.Event.ID, &r.Event.Time, &r.Event.Account, &r.Event.Region, &r.Event.Name, &r.Event.ErrorCode, &r.Event.SourceIP, &r.Event.UserAgent,
		&r.Caller.ARN, &r.Caller.Account, &r.Caller.Type, &r.Caller.RoleARN, &r.Caller.SessionName, &r.Caller.PrincipalID,
		&r.Role.ARN, &r.Role.Account, &r.Role.Exists, &r.Role.OwnerName,
		&r.AWSSays.Message, &r.AWSSays.PolicyType, &r.AWSSays.PolicyARN, &r.AWSSays.Agrees,
		&r.Estate.ReadAt, &r.Estate.Source, &r.Tool.Version,
	)
	for i := range r.Actions {
		f.through(&r.Actions[i].Name, &r.Actions[i].Applies)
	}
	for i := range r.Layers {
		l := &r.Layers[i]
		f.through(&l.Action, &l.Layer, &l.Target, &l.Name, &l.Account, &l.Needed, &l.Result, &l.Exempt, &l.Statement.Sid)
		l.Policy.eachString(f)
	}
	for i := range r.Causes {
		r.Causes[i].eachString(f)
	}
	for i := range r.Remedies {
		r.Remedies[i].eachString(f)
	}
	for i := range r.Gaps {
		g := &r.Gaps[i]
		f.through(&g.Code, &g.Layer, &g.Account, &g.Subject, &g.Key, &g.Permission, &g.What, &g.Settle)
		f.all(g.Affects)
	}
	for i := range r.Known {
		f.through(&r.Known[i].Key, &r.Known[i].State)
		f.all(r.Known[i].Values)
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		f.through(&c.Time, &c.EventName, &c.Actor, &c.What, &c.EventID)
	}
	if r.Trace != nil {
		r.Trace.eachString(f)
	}
}

func (p *Policy) eachString(f rewrite) {
	f.through(&p.Kind, &p.Managed, &p.ARN, &p.Name, &p.AttachedTo)
}

func (d *Detail) eachString(f rewrite) { f.through(&d.Kind, &d.Nearest, &d.Wanted, &d.Got) }

func (c *Condition) eachString(f rewrite) {
	f.through(&c.Operator, &c.Key, &c.GotState)
	f.all(c.Wanted)
	f.all(c.Got)
}

func (c *Cause) eachString(f rewrite) {
	f.through(&c.Code, &c.Certainty, &c.Layer, &c.Account, &c.Owner, &c.Action, &c.Statement.Sid, &c.Because)
	c.Detail.eachString(f)
	c.Policy.eachString(f)
	f.all(c.Quote.Lines)
	c.Condition.eachString(f)
	for i := range c.Evidence {
		f.through(&c.Evidence[i].Origin, &c.Evidence[i].Fact)
	}
}

func (m *Remedy) eachString(f rewrite) {
	f.through(&m.Title, &m.Owner, &m.OwnerName, &m.Account, &m.Kind, &m.Risk)
	f.all(m.Alternatives)
	f.all(m.Leaves)
	for i := range m.Changes {
		c := &m.Changes[i]
		f.through(&c.CLI, &c.Terraform, &c.CloudFormation)
		c.Policy.eachString(f)
	}
}

func (t *Trace) eachString(f rewrite) {
	f.through(&t.Decision, &t.Best, &t.Worst)
	for i := range t.Actions {
		a := &t.Actions[i]
		f.through(&a.Action, &a.Decision)
		for j := range a.Layers {
			l := &a.Layers[j]
			f.through(&l.Layer, &l.Target, &l.Needed, &l.Deny, &l.Allow)
			for k := range l.Statements {
				l.Statements[k].eachString(f)
			}
		}
	}
}

func (s *TraceStatement) eachString(f rewrite) {
	f.through(&s.Statement.Sid, &s.Effect, &s.Match, &s.Principal, &s.Action, &s.Resource, &s.Condition)
	s.Policy.eachString(f)
	f.all(s.Wanted)
	for i := range s.Conditions {
		c := &s.Conditions[i]
		c.eachString(f) // of the condition itself
		f.through(&c.Result, &c.Note)
	}
}
