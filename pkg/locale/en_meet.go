package locale

import "strings"

// meet is what the caller can do by itself about a Deny of a guardrail: meet it.
// Empty where it cannot, or nothing is known to meet.
func (w en) meet(c *Cause) string {
	key := strings.ToLower(c.Condition.Key)
	if c.Condition.State == "present_unknown" && len(c.Condition.Wanted) == 0 {
		return ""
	}
	switch {
	case key == "sts:externalid" && (w.wants(c) || c.Condition.base() == "null"):
		return "make the call with the ExternalId that it demands"
	case strings.HasPrefix(key, "aws:multifactorauth") && w.wantsMFA(c) && !c.Workload && !isPermissionSet(c.Caller.Role):
		return "make the call with MFA (--serial-number and --token-code in the AWS CLI)"
	case key == "aws:requestedregion":
		return "use the regional endpoint of STS" + w.regions(c)
	}
	if !w.wants(c) {
		return ""
	}
	wanted := w.list(c.Condition.Wanted, "or")
	switch {
	case key == "aws:sourceip" && c.Condition.State == "absent":
		return "call from " + wanted + " without a VPC endpoint, behind which AWS passes no address"
	case key == "aws:sourceip":
		return "call from " + wanted
	case key == "aws:sourcevpce" || key == "aws:sourcevpc":
		return "call through " + wanted
	case strings.Contains(wanted, "${"):
		return ""
	case key == "sts:rolesessionname":
		return "use a session name like " + wanted + " (--role-session-name)"
	case key == "sts:sourceidentity":
		return "set the source identity " + wanted + " (--source-identity)"
	}
	return ""
}

// meetOr puts what the caller can do itself in front of what to ask for.
func (w en) meetOr(ask phrase) phrase {
	return func(c *Cause) string {
		own, then := w.meet(c), ask(c)
		if end := w.ends(c); end != "" && own == "" {
			own = "try again after " + end
		}
		if own == "" || then == "" {
			return then
		}
		return w.upper(own) + ", or " + strings.ToLower(then[:1]) + then[1:]
	}
}

// wantsMFA says that MFA, or a more recent one, meets the condition: of an Allow,
// or by escaping a Deny.
func (w en) wantsMFA(c *Cause) bool {
	yes := len(c.Condition.Wanted) > 0 && strings.EqualFold(c.Condition.Wanted[0], "true")
	switch base := c.Condition.base(); {
	case base == "null":
		return yes == c.Explicit
	case strings.HasPrefix(base, "numeric"):
		return strings.Contains(base, "greaterthan") == c.Explicit
	}
	return yes != (c.Explicit != c.Condition.negated())
}

// needOfCall is what the call itself has to bring along for the trust policy.
func (w en) needOfCall(c *Cause) string {
	switch c.Code {
	case "trust.external_id_mismatch":
		if blankEnds(c.Detail.Wanted) != "" && blankEnds(c.Detail.Got) == "" {
			return w.roleOwnerShort(c) + " has to take the white space out of the ExternalId in the trust policy"
		}
		return "the call has to send the ExternalId" + w.askedOf(c)
	case "trust.external_id_missing":
		return "the call has to send the ExternalId" + w.askedOf(c)
	case "trust.external_id_console":
		return "the call has to be made with the AWS CLI and its ExternalId"
	case "trust.source_identity":
		if c.inherited() || c.ofSession() {
			return "the call has to come from a session that was made with another source identity"
		}
		return "the call has to set the source identity"
	case "trust.requested_region":
		if w.wants(c) {
			return "the call has to go to STS in " + w.list(c.Condition.Wanted, "or")
		}
	case "trust.request_tag":
		if strings.Contains(c.Condition.Key, "/") && !w.without(c) {
			return "the call has to pass session " + w.tag(c)
		}
		return "the call has to pass other session tags (" + w.key(c) + ")"
	}
	return ""
}
