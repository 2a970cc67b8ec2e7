package locale

import "strings"

// toldAsDeny are the codes whose own words also tell a Deny.
var toldAsDeny = map[string]bool{
	"trust.expired": true, "trust.not_yet_valid": true, "trust.source_network": true, "trust.requested_region": true,
	"trust.organization": true,
}

// demand is a condition of the trust policy. In an Allow the call does not meet
// it; in an explicit deny it holds.
func (w en) demand(fault, next phrase, more phrase) saying {
	return saying{
		fault: func(c *Cause) string {
			if c.Explicit && !toldAsDeny[c.Code] {
				return w.denies(c)
			}
			return fault(c)
		},
		tell: func(c *Cause) string {
			s := w.demandTell(c, fault)
			if more != nil {
				s = strings.TrimSpace(s + " " + more(c))
			}
			return strings.TrimSpace(s + " " + w.starAsItStands(c))
		},
		perhaps: func(c *Cause) string {
			if c.Explicit {
				return w.held(c.Condition)
			}
			return w.failed(c.Condition)
		},
		next: next,
	}
}

// usually is a saying that knows why most callers are denied.
func (en) usually(why phrase, s saying) saying {
	s.usual = why
	return s
}

func (w en) demandTell(c *Cause, fault phrase) string {
	if c.Condition.Key == "" {
		return w.sentence(fault(c))
	}
	if s := w.statement(c); s != "" && c.Primary && c.Certainty == "proved" && !c.Explicit && w.headTold(c) {
		return "The condition, on " + w.key(c) + ", is in " + s + "."
	}
	policy := w.withStatement(c, w.trust(c))
	if c.Detail.Kind == "sso_suffix" && c.Detail.Wanted != "" && c.Detail.Got != "" && !c.Explicit {
		return w.sentence(policy + " names role " + w.lastOf(c.Detail.Wanted) + ", and the caller's role is " + w.lastOf(c.Detail.Got))
	}
	if c.Explicit {
		return w.sentence(policy+" explicitly denies a call where "+w.held(c.Condition)) + " " + w.sentence(w.gotOf(c))
	}
	return w.sentence(policy+" allows the call under a condition: "+w.must(c.Condition)) + " " + w.sentence(w.gotOf(c))
}

// gotOf is what the call had; of a value that is not known, that none would do
// where this is proved.
func (w en) gotOf(c *Cause) string {
	s := w.got(c.Condition)
	if c.Certainty == "proved" && !c.Condition.known() {
		return s + ", but it is none that would do"
	}
	return s
}

// lastOf is the name at the end of an ARN.
func (w en) lastOf(arn string) string { return w.cut(arn[strings.LastIndexByte(arn, '/')+1:]) }

// enConditionSayings are conditions on where a call comes from, who makes it and
// when.
var enConditionSayings = map[string]saying{
	"trust.source_ip": eng.usually(eng.fromBrowser, eng.demand(
		func(c *Cause) string { return eng.trust(c) + eng.addresses(c) },
		func(c *Cause) string { return eng.addressNext(c, eng.roleOwner(&c.Call)) },
		eng.addressMore)),
	"trust.source_network": eng.demand(eng.networkFault, eng.networkNext, nil),
	"trust.organization":   eng.demand(eng.organizationFault, eng.organizationNext, eng.unitAlone),
	"trust.principal_arn": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " limits callers by aws:PrincipalArn, and " + eng.principal(c.Caller) + " is not among them"
		},
		func(c *Cause) string {
			if c.Explicit && !eng.wants(c) {
				return "Ask " + eng.roleOwner(&c.Call) + " for an exception in " + eng.thatStatement(c) + ", or use another identity."
			}
			if ask := eng.asPattern(c); ask != "" {
				return ask
			}
			if c.Detail.Kind == "sso_suffix" && isPermissionSet(c.Caller.Role) {
				return "Ask " + eng.roleOwner(&c.Call) + " to match AWSReservedSSO_" + eng.cut(permissionSet(c.Caller.Role)) + "_* in the condition on aws:PrincipalArn."
			}
			if got := c.Condition.Got; c.Detail.Kind != "" && len(got) == 1 && c.Detail.Kind != "name" {
				return "Ask " + eng.roleOwner(&c.Call) + " to write " + eng.cut(got[0]) + " in the condition on aws:PrincipalArn."
			}
			return "Ask " + eng.roleOwner(&c.Call) + " to put " + eng.trustable(c) + " into the condition on aws:PrincipalArn."
		},
		eng.principalARNMore),
	"trust.principal_tag": eng.demand(
		func(c *Cause) string { return eng.tagFault(c, "the caller", eng.tagged(c)) }, eng.callerTagNext, nil),
	"trust.resource_tag": eng.demand(
		func(c *Cause) string { return eng.tagFault(c, "the role itself", "the role") }, eng.roleTagNext, nil),
	"trust.request_tag":      eng.demand(eng.requestTagFault, eng.requestTagNext, nil),
	"trust.expired":          eng.demand(eng.expiredFault, enAskRoleOwner("to extend the date if the access is still meant"), nil),
	"trust.not_yet_valid":    eng.demand(eng.notYetFault, eng.notYetNext, nil),
	"trust.requested_region": eng.demand(eng.regionFault, eng.regionNext, nil),
	"trust.confused_deputy":  eng.demand(eng.deputyFault, eng.deputyNext, nil),
	"trust.condition": usually(eng.demand(
		func(c *Cause) string { return eng.trust(c) + eng.conditionFault(c) },
		func(c *Cause) string { return eng.conditionNext(c, eng.roleOwner(&c.Call)) }, eng.neverHeld), eng.claimUsual),
}

// deputyFault: a condition on whom or what a service acts for. Nobody but a
// service has these keys.
func (w en) deputyFault(c *Cause) string {
	if c.Caller.Kind != "service" {
		return w.trust(c) + " has a condition on " + w.key(c) + ", which only calls of AWS services have"
	}
	if len(c.Condition.Wanted) == 0 || strings.EqualFold(c.Condition.Operator, "Null") {
		return w.trust(c) + " limits for what " + w.principal(c.Caller) + " may act (" + w.key(c) + ")"
	}
	s := w.trust(c) + " lets " + w.principal(c.Caller) + " act for " + w.list(w.people(c.Condition, c.Condition.Wanted), "or") + " only"
	if c.Condition.State == "present" && len(c.Condition.Got) > 0 {
		return s + "; the call was for " + w.list(w.people(c.Condition, c.Condition.Got), "and")
	}
	return s
}

func (w en) deputyNext(c *Cause) string {
	switch {
	case c.Caller.Kind != "service":
		return "Use another role: this one is made for a service. If " + w.short(c.Caller) + " is meant to assume it, ask " + w.roleOwner(&c.Call) + " for a statement without that condition."
	case c.Condition.State == "present":
		return "Ask " + w.roleOwner(&c.Call) + " whether the service is meant to act for " + first(w.list(w.people(c.Condition, c.Condition.Got), "and"), "another") +
			"; if so, the condition on " + w.key(c) + " has to let that through."
	}
	return "Look up for which resource the service was given the role, and compare it with the condition on " + w.key(c) + "."
}

// enAskRoleOwner asks the role's owner for something.
func enAskRoleOwner(what string) phrase {
	return func(c *Cause) string { return "Ask " + eng.roleOwner(&c.Call) + " " + what + "." }
}

// came is what the call had, as the second half of a clause.
func (w en) came(c *Cause) string {
	switch {
	case c.Condition.State == "present" && c.Simulated:
		return ", and the call would come from " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "present":
		return ", and the call came from " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "absent":
		return ", and the call has no " + w.key(c)
	}
	return ""
}

// tagged is who has a tag: a session's comes with it or with its role.
func (w en) tagged(c *Cause) string {
	if c.Caller.Kind == "session" {
		return "the session"
	}
	return w.short(c.Caller)
}

// onWhom names whose tag it is where that is a user.
func (w en) onWhom(c *Cause) string {
	if c.Caller.Kind == "user" && c.Caller.Name != "" {
		return " on " + w.principal(c.Caller)
	}
	return ""
}

func (w en) behindEndpoint(c *Cause) string {
	if c.Detail.Kind == "endpoint" || c.Condition.State == "absent" && strings.EqualFold(c.Condition.Key, "aws:SourceIp") {
		return "A call through a VPC endpoint has no aws:SourceIp."
	}
	return ""
}

func (w en) principalARNMore(c *Cause) string {
	switch c.Detail.Kind {
	case "session", "session_arn":
		return "For a session aws:PrincipalArn is the ARN of its role, not of the session."
	case "sso_suffix":
		return "IAM Identity Center ends the name of a permission set's role in 16 characters that change when it is made anew."
	case "path":
		return "The two differ in the path, which a condition has to have as it is."
	case "case":
		return w.ofSeveral(c, "The two differ") + " in upper and lower case only."
	case "account":
		return "The account ids differ."
	case "name":
		return "The names differ."
	}
	return ""
}
