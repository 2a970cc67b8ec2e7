package locale

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
)

// Ways to a remedy that one cause alone does not show: what else has to fit,
// what ends by itself, what nobody can meet.

// forNobody says that a role is made for services and identity providers alone,
// and for which; nothing where somebody with credentials of AWS is trusted.
func (w en) forNobody(c *Cause) string {
	var kinds []string
	for _, p := range c.Trusted {
		kind := map[string]string{"service": "services", "provider": "identity providers"}[p.Kind]
		if kind == "" {
			return ""
		}
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 0 {
		return ""
	}
	return w.list(kinds, "and")
}

// fitsToo is a condition of another policy, open as the first is, on the same
// key: a value that meets the one may fail the other.
func (w en) fitsToo(h *Headline, c *Cause) string {
	if c.Certainty != "possible" || c.Condition.Key == "" {
		return ""
	}
	for _, o := range h.Perhaps {
		if o = w.ready(o); o.Explicit || !strings.EqualFold(o.Condition.Key, c.Condition.Key) || !w.wants(o) {
			continue
		}
		return " The same value has to meet " + w.policyShort(o) + ", too: " + w.must(o.Condition) + "."
	}
	return ""
}

// ends is when a Deny ends by itself that holds for a span of time.
func (w en) ends(c *Cause) string {
	if c.Until == "" {
		return ""
	}
	return w.cut(moment("aws:CurrentTime", enSeconds(c.Until)))
}

// readFirst is a policy of the caller that may not be needed: in one account a
// trust policy that names the caller is enough, and it was not read.
func (w en) readFirst(c *Cause, ask string) string {
	if c.Certainty != "possible" || c.Caller.Account.ID == "" || c.Caller.Account.ID != c.Role.Account.ID || c.NoEstate || c.Simulated && c.Role.ARN == "" {
		return ask
	}
	return "Read the trust policy of " + w.roleShort(&c.Call) + " first (below): it may let " + w.short(c.Caller) + " in by itself. If it does not, a" + ask[1:]
}

// neverMet says that a condition of an Allow is on a key that no call has.
func (en) neverMet(c *Cause) bool {
	return !c.Explicit && c.Condition.State == "absent" && enNever[strings.ToLower(c.Condition.Key)]
}

// asPattern asks for an operator with wildcards where the value that is wanted
// would match as a pattern.
func (w en) asPattern(c *Cause) string {
	if c.Explicit || w.starAsItStands(c) == "" || len(c.Condition.Got) != 1 {
		return ""
	}
	fits := func(v string) bool { return arn.CompileGlob(v).Match(c.Condition.Got[0]) }
	if !slices.ContainsFunc(c.Condition.Wanted, fits) {
		return ""
	}
	return "Ask " + w.roleOwner(&c.Call) + " to write StringLike in the place of " + w.cut(c.Condition.Operator) + " in the condition on " + w.key(c) + ", if its * is meant as a wildcard."
}

// ownValue is the tag of the caller that a policy goes by: other values of it
// stand for other roles.
func (w en) ownValue(c *Cause) string {
	_, rest, ok := strings.Cut(c.Detail.Nearest, "${aws:PrincipalTag/")
	name, _, closed := strings.Cut(rest, "}")
	if !ok || !closed || c.Detail.Wanted == "" || strings.Contains(c.Detail.Wanted, "${") || strings.ContainsAny(name, "*,${") {
		return ""
	}
	return "aws:PrincipalTag/" + w.cut(name)
}
