package locale

import (
	"slices"
	"strconv"
	"strings"
)

// maxNeeds is how many needs one sentence names.
const maxNeeds = 3

// together says in one sentence what several causes together ask for, and whether
// that is all of them. Empty where one cause alone has to be met.
func (w en) together(h *Headline, c *Cause) (next string, all bool) {
	others := w.beside(h)
	switch {
	case len(others) == 0:
		return "", true
	case serviceLinked(c) || c.Code == "trust.federated_only" || c.Code == "trust.service_only" && c.Would == (Principal{}):
		return "", true // the role is not made for such a caller: the rest of it does not matter
	case slices.ContainsFunc(others, func(o *Cause) bool { return o.Code == "caller.self_assume" }):
		return "Use the session that is there, which is of this role already.", true
	case c.Workload && c.Code == "trust.mfa_missing":
		return "", true // another role is needed: the rest of this one does not matter
	case c.Certainty == "possible" || callItself(c.Code) && (c.Code != "caller.recreated" || c.Detail.Kind != "recreated"):
		return "", false
	}
	list := []string{w.need(c)}
	for _, o := range others {
		o = w.ready(o)
		if strings.HasPrefix(c.Code, "role.") {
			o.Role.ARN = w.nearest(c) // it is that role which they are asked for
		}
		n := w.need(o)
		if near := w.nearest(c); strings.HasPrefix(c.Code, "role.") && near != "" {
			n = strings.Replace(n, " on "+near, " on it", 1) // the first clause names it
		}
		if slices.Contains(list, n) {
			continue
		}
		if c.Certainty == "proved" && o.Certainty != "proved" {
			n = strings.Replace(n, " has to ", " most likely has to ", 1)
		}
		if w.sameException(list, n) {
			continue
		}
		if rest, ok := strings.CutPrefix(n, "the call "); ok && strings.HasPrefix(list[len(list)-1], "the call ") {
			n = "it " + rest
		}
		list = append(list, n)
	}
	if len(list) == 1 && !strings.Contains(list[0], " and in ") {
		return "", true
	}
	needed := w.counted(list)
	if c.Certainty == "likely" && len(list) > 1 && !slices.ContainsFunc(others, func(o *Cause) bool { return o.Certainty == "proved" }) {
		needed = strings.Replace(needed, " are needed: ", " are most likely needed: ", 1)
		if len(list) == 2 && !slices.ContainsFunc(append(others, c), func(o *Cause) bool { return o.Grade != "elimination" }) {
			needed = strings.Replace(needed, "two things are most likely needed: ", "one of two things is needed, or both: ", 1)
		}
	}
	return w.signInFirst(c, needed), true
}

// exceptionIn is how a clause asks for an exception in a policy.
const exceptionIn = " has to make an exception in "

// inAnSCP is how a clause says at which level of an organization.
const inAnSCP = " in an SCP of "

// sameException puts a second policy of the same owner into the clause that asks
// that owner for an exception in the first.
func (en) sameException(list []string, n string) bool {
	last := len(list) - 1
	if what, level, ok := strings.Cut(n, inAnSCP); ok && strings.HasPrefix(list[last], what+inAnSCP) {
		list[last] += " and in one of " + level
		return true
	}
	owner, policy, ok := strings.Cut(n, exceptionIn)
	if !ok || !strings.HasPrefix(list[last], owner+exceptionIn) {
		return false
	}
	list[last] += " and in " + policy
	return true
}

// callItself says whether a cause is about the call or the caller as such: until
// that is settled, what the policies of the others say does not matter.
func callItself(code string) bool {
	if strings.HasSuffix(code, "account_suspended") {
		return true
	}
	for _, p := range []string{"platform.", "caller.", "evidence."} {
		if strings.HasPrefix(code, p) {
			return true
		}
	}
	return false
}

// counted says how many things are needed, and which.
func (w en) counted(list []string) string {
	switch n := len(list); n {
	case 1:
		return list[0] + "."
	case 2:
		return "two things are needed: " + list[0] + ", and " + list[1] + "."
	case maxNeeds:
		return "three things are needed: " + list[0] + "; " + list[1] + "; and " + list[2] + "."
	default:
		return "several things are needed: " + strings.Join(list[:maxNeeds-1], "; ") + "; and " + strconv.Itoa(n-maxNeeds+1) + " more, below."
	}
}

// signInFirst puts the identity that would work in front of what it would take
// without it.
func (w en) signInFirst(c *Cause, needed string) string {
	if c.Would == (Principal{}) {
		return w.upper(needed)
	}
	again := " and try again"
	if c.Behind {
		again = "" // it says to make the call
	}
	return w.signIn(c) + again + ". Otherwise " + needed
}

// beside are the other causes that have to be met, too. Where the role's ARN is
// the wrong one, what policies say of it no longer counts once it is corrected.
func (w en) beside(h *Headline) []*Cause {
	var list []*Cause
	for _, o := range h.Others {
		wrong := strings.HasPrefix(h.Primary.Code, "role.")
		if wrong && (o.Code == "identity.resource_mismatch" || strings.HasPrefix(o.Code, "role.") && o.Code != "role.account_suspended") {
			continue
		}
		list = append(list, o)
	}
	return list
}

// need is a clause: who has to do what about one cause.
func (w en) need(c *Cause) string {
	switch c.Code {
	case "identity.no_allow", "identity.resource_mismatch":
		return w.callerOwner(c) + " has to allow " + w.toWhom(c) + c.Action + " on " + w.theARN(c)
	case "identity.mfa_required", "trust.mfa_missing":
		return "the call has to be made with MFA"
	case "role.not_found", "role.other_account":
		if near := w.nearest(c); near != "" {
			return "the role's ARN has to be " + near + " if that role was meant"
		}
		return "the role's name has to be corrected"
	case "scp.region_deny":
		return "the call has to use the regional endpoint of STS" + w.regions(c)
	case "scp.no_allow":
		return w.layerOwnerShort(c) + " has to allow " + c.Action + " on " + w.theARN(c) + inAnSCP + first(w.level(c), "a level above "+w.account(c.Caller.Account))
	case "boundary.no_allow":
		return w.callerOwner(c) + " has to say whether " + w.policyShort(c) + " may allow it"
	case "identity.session_revoked", "caller.recreated":
		if c.Caller.Kind == "user" && c.Code == "caller.recreated" {
			return "the call has to be made with an access key of today's " + w.principal(c.Caller)
		}
		if c.Caller.Kind == "session" && !isPermissionSet(c.Caller.Role) {
			return "the caller has to get new credentials"
		}
		return "the caller has to sign in again"
	case "caller.self_assume":
		return w.roleOwnerShort(c) + " has to let the role trust itself"
	case "caller.account_suspended":
		return w.account(c.Caller.Account) + " has to be an active account again"
	case "role.account_suspended":
		return w.account(c.Role.Account) + " has to be an active account again"
	case "identity.quarantined":
		return w.callerOwner(c) + " has to replace the access key"
	case "session.no_allow", "session.explicit_deny":
		return "the session has to be made anew with a session policy that allows it"
	case "trust.mfa_too_old", "trust.mfa_lost_in_chain":
		return "the call has to come from who has just signed in with MFA"
	case "trust.expired":
		return w.roleOwnerShort(c) + " has to extend the date"
	case "companion.tag_session", "companion.set_source_identity", "companion.set_context":
		if c.Explicit {
			return w.needByLayer(c)
		}
		return w.layerOwnerShort(c) + " has to allow " + w.companionAction(c)
	case "trust.no_allow", "trust.no_principal", "trust.service_only", "trust.federated_only", "trust.wildcard_principal", "trust.session_arn", "trust.orphaned_principal":
		return w.roleOwnerShort(c) + " has to trust " + w.trustable(c)
	}
	if s := w.needOfCall(c); s != "" {
		return s
	}
	if s := w.needOfValue(c); s != "" && !c.Explicit {
		return s
	}
	if own := w.meet(c); own != "" && c.Explicit && c.Layer != "trust" {
		return "the caller has to " + own
	}
	return w.needByLayer(c)
}

// needOfValue is a condition whose values are known.
func (w en) needOfValue(c *Cause) string {
	switch c.Code {
	case "trust.condition":
		if w.byAccount(c) {
			return w.roleOwnerShort(c) + " has to add " + w.account(c.Caller.Account)
		}
	case "trust.source_ip", "identity.condition":
		if strings.EqualFold(c.Condition.Key, "aws:SourceIp") && w.allowsOnly(c, "ipaddress") && w.behindEndpoint(c) == "" {
			return "the call has to come from " + w.list(c.Condition.Wanted, "or")
		}
	case "trust.confused_deputy":
		if c.Caller.Kind == "service" && len(c.Condition.Wanted) > 0 {
			return "the service has to act for " + w.list(w.people(c.Condition, c.Condition.Wanted), "or") + " (" + w.key(c) + ")"
		}
	case "trust.oidc_audience":
		if len(c.Condition.Wanted) > 0 {
			return "the token has to have audience " + w.list(c.Condition.Wanted, "or")
		}
	case "trust.oidc_subject":
		if wanted, _, ok := w.subjects(c); ok {
			return "the token has to be of " + wanted
		}
		if c.Condition.State != "present" && w.wants(c) {
			return "its subject has to be " + w.list(c.Condition.Wanted, "or")
		}
	case "trust.session_name":
		if name := w.plain(c); name != "" {
			return "the call has to use --role-session-name " + name
		}
	case "trust.principal_tag":
		if !w.without(c) {
			return w.callerOwner(c) + " has to set " + w.tag(c) + w.onWhom(c)
		}
	case "trust.organization":
		if w.deeper(c) == "" {
			return w.roleOwnerShort(c) + " has to trust callers of " + w.account(c.Caller.Account)
		}
	case "trust.not_yet_valid":
		return "the call has to wait until " + w.date(c)
	}
	return ""
}

// needByLayer asks the owner of the layer for the change.
func (w en) needByLayer(c *Cause) string {
	owner := w.layerOwnerShort(c)
	switch {
	case callItself(c.Code) || strings.HasPrefix(c.Code, "role.") || c.Action == "":
		return "what stands below under " + w.cut(c.Code) + " has to be settled"
	case c.Explicit && c.Layer == "vpce":
		return owner + exceptionIn + "its policy"
	case c.Explicit && c.Layer != "":
		return owner + exceptionIn + strings.TrimSuffix(w.policyShort(c), ",")
	case c.Condition.Key != "":
		return owner + " has to change the condition on " + w.key(c)
	}
	return owner + " has to allow " + c.Action + " on " + w.theARN(c)
}

// policyShort names the policy, the role's trust policy by that alone.
func (w en) policyShort(c *Cause) string {
	kind := first(c.Policy.Kind, c.Layer)
	switch {
	case kind == "trust":
		return "the role's trust policy"
	case kind == "boundary":
		return strings.TrimSpace("permissions boundary " + w.cut(c.Policy.Name))
	case (kind == "scp" || kind == "rcp") && c.Policy.Name != "":
		return strings.ToUpper(kind) + " " + w.cut(c.Policy.Name)
	}
	return w.policy(c)
}

func (w en) theARN(c *Cause) string {
	if c.Role.ARN == "" {
		return "the role"
	}
	return w.cut(c.Role.ARN)
}

// askedOf says who knows the ExternalId.
func (w en) askedOf(c *Cause) string { return ", which " + w.roleOwnerShort(c) + " knows" }

// roleOwnerShort is the role's owner after the role has been named.
func (w en) roleOwnerShort(c *Cause) string {
	if c.Role.Owner != "" {
		return w.cut(c.Role.Owner)
	}
	return "the owner of " + w.roleShort(&c.Call)
}

func (w en) layerOwnerShort(c *Cause) string {
	if owner := w.layerOwner(c); owner != w.roleOwner(&c.Call) {
		return owner
	}
	return w.roleOwnerShort(c)
}
