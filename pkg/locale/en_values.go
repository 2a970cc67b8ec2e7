package locale

import "strings"

// allowsOnly says whether the condition lists what is let through, with a plain
// operator: its values may then be told as "only".
func (en) allowsOnly(c *Cause, operators ...string) bool {
	if c.Explicit || len(c.Condition.Wanted) == 0 {
		return false
	}
	op := strings.TrimSuffix(strings.ToLower(c.Condition.Operator), "ifexists")
	for _, o := range operators {
		if op == o {
			return true
		}
	}
	return false
}

// addresses goes on after the name of a policy: from where it lets calls
// through, and from where this one came.
func (w en) addresses(c *Cause) string {
	if !w.allowsOnly(c, "ipaddress") {
		return " limits the addresses it can be called from" + w.came(c)
	}
	s := " allows the call from " + w.list(c.Condition.Wanted, "or") + " only"
	switch {
	case w.behindEndpoint(c) != "":
		return s + "; the call came through a VPC endpoint, where AWS passes no address"
	case c.Condition.State == "absent":
		return s + ", and the call has no address"
	case c.Condition.State == "present" && c.Simulated:
		return s + "; the call would come from " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "present":
		return s + "; the call came from " + w.list(c.Condition.Got, "and")
	case c.Simulated:
		return s + ", and where the call would come from is not given"
	case c.browser() != "":
		return s + ", and the browser was at " + w.cut(c.browser())
	}
	return s + ", and where this one came from is not known"
}

// browser is the address of the browser in the console's own record of a role
// switch. The call is taken to have come from there.
func (c *Cause) browser() string {
	if c.Code == "trust.source_ip" && !c.Condition.known() {
		return c.Detail.Got
	}
	return ""
}

// fromBrowser is why a call of the console most likely has the browser's address.
func (w en) fromBrowser(c *Cause) string {
	if c.browser() == "" {
		return w.nothingSpecial(c)
	}
	return "the console's record shows where the browser was, and calls for it most likely count as coming from there"
}

// addressNext says from where to call, or what to ask the owner to allow.
func (w en) addressNext(c *Cause, owner string) string {
	switch {
	case w.behindEndpoint(c) != "":
		return "Ask " + owner + " to allow that endpoint (aws:SourceVpce)."
	case w.unreachable(c):
		return "Ask " + owner + " to allow " + w.list(c.Condition.Got, "and") + ", or calls through a VPC endpoint (aws:VpcSourceIp)."
	case !w.allowsOnly(c, "ipaddress"):
		return "Call from an allowed network, or ask " + owner + " to allow this address."
	case c.Condition.State == "present" && len(c.Condition.Got) > 0:
		return "Call from " + w.list(c.Condition.Wanted, "or") + ", or ask " + owner + " to allow " + w.list(c.Condition.Got, "and") + "."
	}
	from := "where it came from"
	if c.browser() != "" {
		from = w.cut(c.browser())
	}
	return "Call from " + w.list(c.Condition.Wanted, "or") + ", or ask " + owner + " to allow " + from + "."
}

// conditionFault goes on after the name of a policy: what its condition wants,
// and what the call has.
func (w en) conditionFault(c *Cause) string {
	if w.byAccount(c) {
		s := " trusts callers from " + w.list(w.people(c.Condition, c.Condition.Wanted), "and") + " only; this call "
		if c.Simulated {
			return s + "would come from " + w.account(c.Caller.Account)
		}
		return s + "came from " + w.account(c.Caller.Account)
	}
	if c.Condition.Key == "" {
		return " has a condition that the call does not meet"
	}
	return " has a condition that the call does not meet: " + w.must(c.Condition) + ", and " + w.got(c.Condition)
}

// byAccount says whether the condition lists the accounts of callers.
func (w en) byAccount(c *Cause) bool {
	return strings.EqualFold(c.Condition.Key, "aws:PrincipalAccount") && w.allowsOnly(c, "stringequals", "stringlike") &&
		c.Condition.State == "present" && c.Caller.Account.ID != ""
}

func (w en) conditionNext(c *Cause, owner string) string {
	who, _ := w.bearer(c.Condition)
	switch {
	case w.byAccount(c):
		return "Ask " + owner + " to add " + w.account(c.Caller.Account) + "."
	case strings.EqualFold(c.Condition.Key, "aws:SourceIp"):
		return w.addressNext(c, owner)
	case w.neverMet(c):
		return "Ask " + owner + " to take out the condition on " + w.key(c) + ": no call meets it, whoever makes it."
	case strings.EqualFold(c.Condition.Key, "aws:MultiFactorAuthPresent"), enNever[strings.ToLower(c.Condition.Key)]:
		return "Ask " + owner + " to change the condition on " + w.key(c) + ", or use another identity."
	case strings.EqualFold(c.Condition.Key, "aws:TokenIssueTime") && strings.HasPrefix(c.Condition.base(), "dategreaterthan"):
		return "Get a new session and try again."
	case strings.EqualFold(c.Condition.Key, "sts:ExternalId"):
		return "Send no ExternalId, or the right one, for which ask " + owner + "."
	case w.alien(c):
		return "Ask " + owner + " to take out the condition on " + w.key(c) + ": STS sets no such key, and nobody can send it."
	case strings.EqualFold(c.Condition.Key, "aws:ViaAWSService"), strings.EqualFold(c.Condition.Key, "aws:Referer"):
		return "Ask " + owner + " to take out the condition on " + w.key(c) + ": whoever calls STS cannot set it."
	case strings.EqualFold(c.Condition.Key, "aws:UserAgent"):
		return "Call with a client whose user agent fits, or ask " + owner + " to change that condition: whoever calls can write there what they like."
	case w.ofToken(c) && w.unmeetable(c):
		return "Ask " + owner + " to change the condition on " + w.key(c) + ": no token of this kind meets it."
	case w.ofToken(c):
		return "Get a token whose " + w.claim(c) + w.claimWanted(c) + ", or ask " + owner + " to change the condition."
	case who == "the call":
		return "Meet the condition on " + w.key(c) + ", or ask " + owner + " to change it."
	}
	return "Ask " + owner + " to change the condition on " + w.key(c) + ", or use another identity."
}

// headTold says whether the headline has told the condition with its values.
func (w en) headTold(c *Cause) bool {
	switch c.Code {
	case "trust.condition":
		return true
	case "trust.source_ip", "identity.condition":
		return w.allowsOnly(c, "ipaddress")
	case "trust.organization":
		return w.onlyUnits(c.Condition) && c.Condition.State == "present"
	}
	return false
}

// onlyUnits says whether all that the condition wants are units with a name.
func (w en) onlyUnits(c Condition) bool {
	for _, v := range c.Wanted {
		if w.unit(c, v) == "" {
			return false
		}
	}
	return len(c.Wanted) > 0 && !strings.Contains(strings.ToLower(c.Operator), "not")
}
