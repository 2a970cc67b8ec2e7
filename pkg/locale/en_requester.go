package locale

import "strings"

// mineOf finds the words for a code, as certain as the cause is.
func (w en) mineOf(a *Asked) mine {
	absent := enGraded("There is [no such role|probably no such role|perhaps no such role] in ", a.Certain) + w.account(a.In) + "."
	switch a.Code {
	case "role.not_found", "role.deleted":
		return mine{absent, "Check the role's name, its path and the account."}
	case "role.other_account":
		return mine{absent, "Check the account that you gave."}
	}
	m := enMine[a.Code]
	m.why = enGraded(m.why, a.Certain)
	return m
}

// callerOwn are the layers that say nothing on the role.
func callerOwn(layer string) bool {
	switch layer {
	case "identity", "boundary", "session", "caller", "scp", "vpce":
		return true
	}
	return false
}

func (w en) answer(a *Asked) Answer {
	out := Answer{What: w.couldNot(a)}
	if a.Foreign && (!callerOwn(a.Layer) || a.Certain != "proved") {
		whose := "that account"
		if a.In.ID == "" {
			whose = "the role"
		}
		out.Do = "If you should have this access, ask the owner of " + whose + ": they have to look."
		return out
	}
	m := w.mineOf(a)
	out.Why = m.why
	if out.Why == "" {
		out.Why = w.reason(a)
	}
	out.Why = w.graded(a, out.Why)
	out.Do, out.They = w.canDo(a, m), w.theyNeed(a)
	return out
}

func (w en) couldNot(a *Asked) string {
	s := "You could not switch to "
	switch {
	case a.Foreign && a.In.ID != "":
		s += "the role that you asked for in account " + a.In.ID
	case a.Foreign || a.Role == "":
		s += "the role that you asked for"
	default:
		s += "role " + w.cut(a.Role)
		if a.In.ID != "" {
			s += " in " + w.account(a.In)
		}
	}
	if a.At != "" {
		s += " at " + a.At + " UTC"
	}
	return s + "."
}

// reason is why by the layer alone.
func (w en) reason(a *Asked) string {
	you := "you"
	if a.Name != "" {
		you += " (" + w.cut(a.Name) + ")"
	}
	say := func(sentence string) string { // the name comes last: it is not ours, and may hold anything
		return strings.Replace(enGraded(sentence, a.Certain), "YOU", you, 1)
	}
	verb := " [does not let|probably does not let|may not let] YOU do this."
	if a.Explicit {
		verb = " [forbids|probably forbids|may forbid] YOU to do this."
	}
	switch a.Layer {
	case "identity":
		if a.Explicit {
			return say("One of your own policies" + verb)
		}
		return say("Your own permissions [do not let|probably do not let|may not let] YOU do this.")
	case "boundary":
		return say("Your permissions boundary" + verb)
	case "session":
		return say("The session that you are signed in with [does not|probably does not|may not] allow this.")
	case "scp":
		return say("A policy of the organization (SCP)" + verb)
	case "rcp":
		return say("A policy of the organization (RCP)" + verb)
	case "vpce":
		return say("The VPC endpoint that you called through [does not|probably does not|may not] allow this.")
	case "trust":
		switch {
		case a.Code == "trust.explicit_deny":
			return say("The role's trust policy [forbids|probably forbids|may forbid] YOU to assume it.")
		case strings.HasPrefix(a.Code, "trust.") && !enPlain[a.Code]:
			return say("The role's trust policy trusts YOU only under conditions that your call [did not meet|probably did not meet|may not have met].")
		}
		return say("The role's trust policy [does not|probably does not|may not] trust YOU.")
	}
	return ""
}

// enPlain are the codes of trust policies where no condition fails.
var enPlain = map[string]bool{
	"trust.no_principal": true, "trust.no_allow": true, "trust.orphaned_principal": true, "trust.session_arn": true,
	"trust.wildcard_principal": true, "trust.service_only": true, "trust.federated_only": true,
	"trust.action_mismatch": true, "trust.oidc_provider": true, "trust.saml_provider": true,
}

// graded says how certain a reason is, or that there is none.
func (w en) graded(a *Asked, why string) string {
	switch {
	case a.Verdict == "allowed_now" && a.Code == "":
		return "Today's policies allow it."
	case why == "" && a.Certain == "proved":
		return ""
	case why != "" && a.Layer == "evidence":
		return why
	case why == "":
		return "Why is not known yet: not everything that decides could be read."
	case a.Certain == "likely":
		return why + " This is the most likely reason."
	case a.Certain == "possible":
		return why + " This is one possible reason: it is not known for certain."
	}
	return why
}

// canDo is what the caller can do: by themselves, or by asking whoever has to act.
func (w en) canDo(a *Asked, m mine) string {
	who := w.toAsk(a)
	switch {
	case who == "" && m.do == "":
		return "If you should have this access, forward this message to your security team."
	case who == "":
		return m.do
	case m.do == "":
		return "If you should have this access, forward this message to " + who + "."
	}
	return m.do + " If that does not help and you should have this access, forward this message to " + who + "."
}

// toAsk is who has to act, where that is not the caller.
func (w en) toAsk(a *Asked) string {
	who := ""
	if a.Layer == "evidence" {
		return "" // nobody knows yet
	}
	switch a.Acts {
	case "role_account":
		who = "the owner of the role"
		if a.Foreign {
			who = "the owner of that account"
		}
	case "caller_account":
		who = "whoever manages permissions in " + w.account(a.Of)
	case "organization":
		who = "the owner of the organization's policies"
	case "endpoint_owner":
		who = "the owner of the VPC endpoint"
	case "identity_provider":
		who = "whoever manages your permission set in IAM Identity Center"
		if strings.HasPrefix(a.Code, "platform.") {
			who = "whoever manages your identity provider"
		}
	}
	if who != "" && a.Owner != "" && !a.Foreign {
		who += " (" + w.cut(a.Owner) + ")"
	}
	return who
}

// theyNeed is for those who get the message forwarded.
func (w en) theyNeed(a *Asked) string {
	need := ""
	switch {
	case w.toAsk(a) == "" || a.Certain == "possible":
	case a.Layer == "trust":
		need = "They need to change the role's trust policy"
		if a.Code == "trust.no_principal" {
			need = "They need to add you to the role's trust policy"
		}
	case a.Layer == "identity" || a.Layer == "boundary" || a.Layer == "session":
		need = "They need to change your permissions"
	case a.Layer == "scp" || a.Layer == "rcp" || a.Layer == "vpce":
		need = "They need to change that policy"
	}
	if need != "" {
		need += "."
	}
	if a.Incident == "" {
		return need
	}
	finds := "The incident number " + a.Incident + " finds the report"
	switch {
	case need == "":
		return finds + "."
	case a.Mended:
		return need + " " + finds + ", in which the change is ready."
	}
	return need + " " + finds + ", which says exactly what."
}
