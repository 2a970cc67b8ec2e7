package report

// The members of each part of a report, in the order of its fields.

func (e *encoder) report(r *Report) {
	e.text(`{"schema":`, r.Schema)
	e.text(`,"lang":`, r.Lang)
	e.event(`,"event":`, &r.Event)
	e.accounts(`,"accounts":`, r.Accounts)
	e.caller(`,"caller":`, &r.Caller)
	e.role(`,"role":`, &r.Role)
	list(e, `,"actions":`, r.Actions, (*encoder).action)
	e.text(`,"verdict":`, r.Verdict)
	e.text(`,"headline":`, r.Headline)
	e.text(`,"next":`, r.Next)
	list(e, `,"layers":`, r.Layers, (*encoder).layer)
	list(e, `,"causes":`, r.Causes, (*encoder).cause)
	list(e, `,"remedies":`, r.Remedies, (*encoder).remedy)
	list(e, `,"gaps":`, r.Gaps, (*encoder).gap)
	list(e, `,"known":`, r.Known, (*encoder).known)
	list(e, `,"changes":`, r.Changes, (*encoder).change)
	e.awsSays(`,"aws_says":`, &r.AWSSays)
	e.text(`,"estate":{"read_at":`, r.Estate.ReadAt)
	e.truth(`,"empty":`, r.Estate.Empty)
	e.text(`,"source":`, r.Estate.Source)
	e.text(`},"incident":`, r.Incident)
	e.text(`,"fingerprint":`, r.Fingerprint)
	e.text(`,"tool":{"version":`, r.Tool.Version)
	e.raw(`},"trace":`)
	if r.Trace == nil {
		e.raw("null}")
		return
	}
	e.trace(r.Trace)
	e.raw("}")
}

func (e *encoder) event(before string, v *Event) {
	e.raw(before)
	e.text(`{"id":`, v.ID)
	e.text(`,"time":`, v.Time)
	e.text(`,"account":`, v.Account)
	e.text(`,"region":`, v.Region)
	e.text(`,"name":`, v.Name)
	e.text(`,"error_code":`, v.ErrorCode)
	e.text(`,"source_ip":`, v.SourceIP)
	e.text(`,"user_agent":`, v.UserAgent)
	e.raw("}")
}

func (e *encoder) caller(before string, c *Caller) {
	e.raw(before)
	e.text(`{"arn":`, c.ARN)
	e.text(`,"account":`, c.Account)
	e.text(`,"type":`, c.Type)
	e.text(`,"role_arn":`, c.RoleARN)
	e.text(`,"session_name":`, c.SessionName)
	e.text(`,"principal_id":`, c.PrincipalID)
	e.raw("}")
}

func (e *encoder) role(before string, r *Role) {
	e.raw(before)
	e.text(`{"arn":`, r.ARN)
	e.text(`,"account":`, r.Account)
	e.text(`,"exists":`, r.Exists)
	e.text(`,"owner_name":`, r.OwnerName)
	e.raw("}")
}

func (e *encoder) action(a *Action) {
	e.text(`{"name":`, a.Name)
	e.text(`,"applies":`, a.Applies)
	e.raw("}")
}

func (e *encoder) layer(l *Layer) {
	e.text(`{"action":`, l.Action)
	e.text(`,"layer":`, l.Layer)
	e.number(`,"level":`, l.Level)
	e.text(`,"target":`, l.Target)
	e.text(`,"target_name":`, l.Name)
	e.text(`,"account":`, l.Account)
	e.text(`,"needed":`, l.Needed)
	e.text(`,"result":`, l.Result)
	e.text(`,"exempt":`, l.Exempt)
	e.truth(`,"explicit":`, l.Explicit)
	e.policy(`,"policy":`, &l.Policy)
	e.statement(`,"statement":`, &l.Statement)
	e.raw("}")
}

func (e *encoder) policy(before string, p *Policy) {
	e.raw(before)
	e.text(`{"kind":`, p.Kind)
	e.text(`,"managed":`, p.Managed)
	e.text(`,"arn":`, p.ARN)
	e.text(`,"name":`, p.Name)
	e.text(`,"attached_to":`, p.AttachedTo)
	e.raw("}")
}

func (e *encoder) statement(before string, s *Statement) {
	e.raw(before)
	e.number(`{"index":`, s.Index)
	e.text(`,"sid":`, s.Sid)
	e.number(`,"line":`, s.Line)
	e.raw("}")
}

func (e *encoder) gap(g *Gap) {
	e.text(`{"code":`, g.Code)
	e.text(`,"layer":`, g.Layer)
	e.text(`,"account":`, g.Account)
	e.text(`,"subject":`, g.Subject)
	e.text(`,"key":`, g.Key)
	e.text(`,"permission":`, g.Permission)
	e.texts(`,"affects":`, g.Affects)
	e.text(`,"what":`, g.What)
	e.text(`,"settle":`, g.Settle)
	e.raw("}")
}

func (e *encoder) known(k *Known) {
	e.text(`{"key":`, k.Key)
	e.text(`,"state":`, k.State)
	e.texts(`,"values":`, k.Values)
	e.raw("}")
}

func (e *encoder) change(c *Change) {
	e.text(`{"time":`, c.Time)
	e.text(`,"event_name":`, c.EventName)
	e.text(`,"actor":`, c.Actor)
	e.text(`,"what":`, c.What)
	e.text(`,"event_id":`, c.EventID)
	e.number(`,"seconds_before":`, c.SecondsBefore)
	e.raw("}")
}

func (e *encoder) awsSays(before string, a *AWSSays) {
	e.raw(before)
	e.text(`{"message":`, a.Message)
	e.text(`,"policy_type":`, a.PolicyType)
	e.truth(`,"explicit":`, a.Explicit)
	e.text(`,"policy_arn":`, a.PolicyARN)
	e.text(`,"agrees":`, a.Agrees)
	e.raw("}")
}
