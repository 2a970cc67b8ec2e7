package locale

import (
	"net/netip"
	"strings"
)

// base is an operator without set prefix and IfExists, in lower case.
func (c Condition) base() string {
	op := strings.ToLower(c.Operator)
	op = op[strings.IndexByte(op, ':')+1:]
	return strings.TrimSuffix(op, "ifexists")
}

// ifExists says that the condition lets a missing key pass.
func (c Condition) ifExists() bool { return strings.HasSuffix(strings.ToLower(c.Operator), "ifexists") }

// negated says that the condition holds where the values do not match.
func (c Condition) negated() bool { return strings.Contains(c.base(), "not") }

// wants says that an Allow lists what it lets through, or a Deny what it spares.
func (w en) wants(c *Cause) bool {
	return len(c.Condition.Wanted) > 0 && c.Condition.negated() == c.Explicit && c.Condition.base() != "null"
}

// denies is a Deny of the trust policy, and what of the call meets it where the
// condition itself does not say so.
func (w en) denies(c *Cause) string {
	s := w.trust(c) + " explicitly denies calls where " + enPresent.Replace(w.held(c.Condition))
	if c.Condition.negated() && c.Condition.known() {
		s += "; " + w.got(c.Condition)
	}
	return s
}

// starAsItStands is a hint at wildcards where the operator knows none.
func (w en) starAsItStands(c *Cause) string {
	if op := c.Condition.base(); !strings.HasPrefix(op, "string") || strings.HasSuffix(op, "like") || strings.EqualFold(c.Condition.Key, "sts:ExternalId") {
		return ""
	}
	for _, v := range c.Condition.Wanted {
		if strings.ContainsAny(v, "*?") && !strings.Contains(v, "${") {
			return w.cut(c.Condition.Operator) + " takes the " + v[strings.IndexAny(v, "*?"):][:1] + " as it stands; only StringLike and the operators of ARNs have wildcards."
		}
	}
	return ""
}

// region is through which regions of STS the policy lets a call, and where this
// one went.
func (w en) regionFault(c *Cause) string {
	s := " limits the regions of STS it can be called in"
	if w.wants(c) {
		s = " allows the call through STS in " + w.list(c.Condition.Wanted, "or") + " only"
	}
	s = w.trust(c) + s
	switch {
	case c.Explicit:
		s = w.denies(c)
	case c.Condition.State == "present" && c.Simulated:
		s += "; the call would go to " + w.list(c.Condition.Got, "and")
	case c.Condition.State == "present":
		s += "; the call went to " + w.list(c.Condition.Got, "and")
	}
	if c.Detail.Kind == "global_endpoint" {
		s += ", as which the global endpoint counts"
	}
	return s
}

func (w en) regionNext(c *Cause) string {
	if w.wants(c) && c.Condition.patterns() {
		return "Call the regional endpoint of STS in a region that matches " + w.list(c.Condition.Wanted, "or") + ", or ask " + w.roleOwner(&c.Call) + " to allow " + w.list(c.Condition.Got, "and") + "."
	}
	if w.wants(c) {
		return "Call the regional endpoint of STS in " + w.list(c.Condition.Wanted, "or") + " (--region in the AWS CLI), or ask " + w.roleOwner(&c.Call) + " to allow " + w.list(c.Condition.Got, "and") + "."
	}
	return "Use the regional endpoint of STS in another region, or ask " + w.roleOwner(&c.Call) + " to allow this one."
}

// networkFault is from which VPCs or endpoints the policy lets a call, and how
// this one came.
func (w en) networkFault(c *Cause) string {
	s := w.trust(c) + " limits the networks it can be called from"
	if w.wants(c) {
		s = w.trust(c) + " allows the call " + c.Condition.way() + w.list(c.Condition.Wanted, "or") + " only"
	}
	if c.Explicit {
		s = w.trust(c) + " explicitly denies calls where " + enPresent.Replace(w.held(c.Condition))
	}
	switch c.Condition.State {
	case "absent":
		if c.Simulated {
			return s + "; the call would not come through a VPC endpoint"
		}
		return s + "; the call did not come through a VPC endpoint"
	case "present":
		if c.Simulated {
			return s + "; the call would come from " + w.list(c.Condition.Got, "and")
		}
		return s + "; the call came from " + w.list(c.Condition.Got, "and")
	}
	return s
}

// way is how a call comes through an endpoint or a VPC, or from an address.
func (c Condition) way() string {
	if strings.EqualFold(c.Key, "aws:VpcSourceIp") {
		return "from "
	}
	return "through "
}

func (w en) networkNext(c *Cause) string {
	ask := "ask " + w.roleOwner(&c.Call) + " to allow this one."
	switch {
	case c.Condition.base() == "null" && c.Condition.State == "absent":
		return "Call from within a VPC, through its VPC endpoint of STS, or " + ask
	case !w.wants(c):
		return "Call from another network, or " + ask
	case c.Condition.State == "present_unknown" && c.Certainty != "proved":
		return "Look up the endpoint that the call came through: unless its " + w.key(c) + " is " + w.list(c.Condition.Wanted, "or") + ", call " + c.Condition.way() + "that, or " + ask
	case c.Condition.State == "absent":
		return "Call from within " + w.list(c.Condition.Wanted, "or") + ", through its VPC endpoint of STS, or " + ask
	}
	return "Call " + c.Condition.way() + w.list(c.Condition.Wanted, "or") + ", or " + ask
}

// addressMore says why an address can never be among those that are listed.
func (w en) addressMore(c *Cause) string {
	if s := w.behindEndpoint(c); s != "" {
		return s
	}
	if len(c.Condition.Got) != 1 || !w.wants(c) {
		return ""
	}
	got, err := netip.ParseAddr(c.Condition.Got[0])
	if err != nil {
		return ""
	}
	private, v4 := true, true
	for _, v := range c.Condition.Wanted {
		net, ok := network(v)
		private, v4 = private && ok && net.IsPrivate(), v4 && ok && net.Is4()
	}
	switch {
	case private && !got.IsPrivate():
		return "What the policy lists is private: a call over the internet never comes from such an address."
	case v4 && got.Is6() && !got.Is4In6():
		return "The call came over IPv6, and the policy lists IPv4 only."
	}
	return ""
}

// network is the address of a network or a single one.
func network(s string) (netip.Addr, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Addr(), true
	}
	a, err := netip.ParseAddr(s)
	return a, err == nil
}

// unreachable says that nobody can call from where the policy wants it.
func (w en) unreachable(c *Cause) bool {
	return strings.HasPrefix(w.addressMore(c), "What the policy lists is private")
}
