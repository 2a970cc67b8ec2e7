package locale

import "strings"

// demand is a condition of the trust policy. In an Allow the call does not meet
// it; in an explicit deny it holds.
func (w en) demand(fault, next phrase, more phrase) saying {
	return saying{
		fault: func(c *Cause) string {
			if c.Explicit {
				return w.trust(c) + " explicitly denies the call because of " + w.key(c)
			}
			return fault(c)
		},
		tell: func(c *Cause) string {
			s := w.demandTell(c, fault)
			if more == nil {
				return s
			}
			return strings.TrimSpace(s + " " + more(c))
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
		return w.sentence(policy+" explicitly denies a call where "+w.held(c.Condition)) + " " + w.sentence(w.got(c.Condition))
	}
	return w.sentence(policy+" allows the call under a condition: "+w.must(c.Condition)) + " " + w.sentence(w.got(c.Condition))
}

// lastOf is the name at the end of an ARN.
func (w en) lastOf(arn string) string { return w.cut(arn[strings.LastIndexByte(arn, '/')+1:]) }

// enConditionSayings are conditions on where a call comes from, who makes it and
// when.
var enConditionSayings = map[string]saying{
	"trust.source_ip": eng.demand(
		func(c *Cause) string { return eng.trust(c) + eng.addresses(c) },
		func(c *Cause) string { return eng.addressNext(c, eng.roleOwner(&c.Call)) },
		eng.behindEndpoint),
	"trust.source_network": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " limits the networks it can be called from" + eng.came(c)
		},
		func(c *Cause) string {
			return "Call through the network that the policy names, or ask " + eng.roleOwner(&c.Call) + " to allow this one."
		}, nil),
	"trust.organization": eng.demand(eng.organizationFault, func(c *Cause) string {
		return "Ask " + eng.roleOwner(&c.Call) + " whether callers of " + eng.account(c.Caller.Account) + " are meant to be trusted."
	}, nil),
	"trust.principal_arn": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " limits callers by aws:PrincipalArn, and " + eng.principal(c.Caller) + " is not among them"
		},
		func(c *Cause) string {
			if c.Detail.Kind == "sso_suffix" && isPermissionSet(c.Caller.Role) {
				return "Ask " + eng.roleOwner(&c.Call) + " to match AWSReservedSSO_" + eng.cut(permissionSet(c.Caller.Role)) + "_* in the condition on aws:PrincipalArn."
			}
			return "Ask " + eng.roleOwner(&c.Call) + " to put " + eng.trustable(c) + " into the condition on aws:PrincipalArn."
		},
		eng.principalARNMore),
	"trust.principal_tag": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " demands " + eng.tag(c) + " on the caller" + eng.tagGot(c, eng.tagged(c))
		},
		func(c *Cause) string {
			return "Ask " + eng.callerOwner(c) + " to set " + eng.tag(c) + eng.onWhom(c) + ", or " + eng.roleOwner(&c.Call) + " to change the condition."
		}, nil),
	"trust.resource_tag": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " demands " + eng.tag(c) + " on the role itself" + eng.tagGot(c, "the role")
		},
		enAskRoleOwner("to set that tag on the role or to change the condition"), nil),
	"trust.request_tag": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " demands session tags in the call (" + eng.key(c) + ")" + eng.tagGot(c, "the call")
		},
		enSay("Pass the session tags that the condition asks for (--tags in the AWS CLI)."), nil),
	"trust.expired":       eng.demand(eng.expiredFault, enAskRoleOwner("to extend the date if the access is still meant"), nil),
	"trust.not_yet_valid": eng.demand(eng.notYetFault, eng.notYetNext, nil),
	"trust.requested_region": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " limits the regions of STS it can be called in" + eng.came(c)
		},
		func(c *Cause) string {
			return "Use the regional endpoint of STS that the policy allows, or ask " + eng.roleOwner(&c.Call) + " to allow this region."
		},
		eng.globalEndpoint),
	"trust.confused_deputy": eng.demand(
		func(c *Cause) string {
			return eng.trust(c) + " lets " + eng.principal(c.Caller) + " act for one resource or account only (" + eng.key(c) + ")"
		},
		enAskRoleOwner("whether the resource that the service acts for is meant to be allowed"), nil),
	"trust.condition": eng.demand(
		func(c *Cause) string { return eng.trust(c) + eng.conditionFault(c) },
		func(c *Cause) string { return eng.conditionNext(c, eng.roleOwner(&c.Call)) }, nil),
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

func (w en) globalEndpoint(c *Cause) string {
	if c.Detail.Kind == "global_endpoint" || len(c.Condition.Got) == 1 && c.Condition.Got[0] == "us-east-1" {
		return "The global endpoint of STS counts as us-east-1."
	}
	return ""
}

func (w en) organizationFault(c *Cause) string {
	s := w.trust(c) + " trusts certain organizations or parts of one only"
	switch c.Condition.State {
	case "present":
		got := w.people(c.Condition, c.Condition.Got)
		if units := w.people(c.Condition, c.Condition.Wanted); w.onlyUnits(c.Condition) {
			return w.trust(c) + " trusts accounts under " + w.list(units, "or") + " only, and " + w.account(c.Caller.Account) + " is in " + w.list(got, "and")
		}
		return s + ", and " + w.account(c.Caller.Account) + " belongs to " + w.list(got, "and")
	case "absent":
		return s + ", and " + w.account(c.Caller.Account) + " belongs to none"
	}
	return s
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
		return "The two differ in upper and lower case only."
	case "account":
		return "The account ids differ."
	case "name":
		return "The names differ."
	}
	return ""
}

// tag is "tag team=blue".
func (w en) tag(c *Cause) string {
	_, name, ok := strings.Cut(c.Condition.Key, "/")
	switch {
	case !ok:
		return "a certain tag"
	case len(c.Condition.Wanted) == 0 || strings.EqualFold(c.Condition.Operator, "Null"):
		return "tag " + w.cut(name)
	}
	return "tag " + w.cut(name) + "=" + w.list(c.Condition.Wanted, "or")
}

func (w en) tagGot(c *Cause, who string) string {
	switch c.Condition.State {
	case "present":
		if _, name, ok := strings.Cut(c.Condition.Key, "/"); ok {
			return ", and " + who + " has " + w.cut(name) + "=" + w.list(c.Condition.Got, "and")
		}
		return ", and " + who + " has " + w.list(c.Condition.Got, "and")
	case "absent":
		return ", and " + who + " has no such tag"
	}
	return ""
}

func (w en) expiredFault(c *Cause) string {
	if len(c.Condition.Wanted) == 0 && c.Detail.Wanted == "" {
		return w.trust(c) + " allowed the call until a date that has passed"
	}
	return w.trust(c) + " allowed the call until " + w.wanted(c) + " only"
}

func (w en) notYetFault(c *Cause) string {
	return w.trust(c) + " does not allow the call before " + w.date(c)
}

func (w en) notYetNext(c *Cause) string {
	return "Try again after " + w.date(c) + ", or ask " + w.roleOwner(&c.Call) + " to allow it earlier."
}

func (w en) date(c *Cause) string {
	if len(c.Condition.Wanted) == 0 && c.Detail.Wanted == "" {
		return "a date that is still to come"
	}
	return w.wanted(c)
}

// enRequestSayings are conditions on what the caller names itself.
var enRequestSayings = map[string]saying{
	"trust.session_name": eng.demand(
		func(c *Cause) string { return eng.trust(c) + " demands " + eng.sessionName(c) + eng.named(c) },
		func(c *Cause) string {
			if name := eng.plain(c); name != "" {
				return "Use --role-session-name " + name + "."
			}
			return "Use the session name that the policy demands (--role-session-name in the AWS CLI)."
		},
		func(c *Cause) string {
			if c.Detail.Kind == "variable" {
				return "The variable ${aws:username} has a value for IAM users only."
			}
			return ""
		}),
	"trust.source_identity": eng.demand(eng.sourceIdentityFault, eng.sourceIdentityNext, func(c *Cause) string {
		if c.Detail.Kind == "console" {
			return "Switching roles in the console cannot send a source identity."
		}
		return ""
	}),
}

// plain is the one value that the condition wants, where it is no pattern.
func (w en) plain(c *Cause) string {
	if len(c.Condition.Wanted) != 1 || c.Condition.Wanted[0] == "" || strings.ContainsAny(c.Condition.Wanted[0], "*?$ ") {
		return ""
	}
	if op := strings.ToLower(c.Condition.Operator); !strings.Contains(op, "stringequals") && !strings.Contains(op, "stringlike") {
		return ""
	}
	return w.cut(c.Condition.Wanted[0])
}

func (w en) sessionName(c *Cause) string {
	if name := w.plain(c); name != "" {
		return "role session name " + name
	}
	return "a certain role session name"
}

func (w en) named(c *Cause) string {
	if c.Condition.State == "present" {
		if c.Simulated {
			return ", and the call would use " + w.list(c.Condition.Got, "and")
		}
		return ", and the call used " + w.list(c.Condition.Got, "and")
	}
	return ""
}

func (w en) sourceIdentityFault(c *Cause) string {
	s := w.trust(c) + " demands a source identity"
	switch {
	case c.Detail.Kind == "console":
		return s + ", and switching roles in the console cannot send one"
	case c.Condition.State == "absent":
		return s + ", and the call has none"
	case c.Condition.State == "present":
		return s + " other than " + w.list(c.Condition.Got, "and")
	}
	return s
}

func (w en) sourceIdentityNext(c *Cause) string {
	if c.Detail.Kind == "console" {
		return "Assume the role with the AWS CLI and --source-identity, or ask " + w.roleOwner(&c.Call) + " for a role that the console can switch to."
	}
	return "Set the source identity that the policy demands (--source-identity in the AWS CLI)."
}
