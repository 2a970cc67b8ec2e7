package diagnose

import (
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// externalID is the one key whose values are never shown.
const externalID = "sts:ExternalId"

// condition copies the condition at fault: the policy's values with variables
// filled in, and of the request what is known, not what is supposed.
func (v view) condition(p *policy.Policy, t *eval.ConditionTrace) *Condition {
	key, state := v.known(t)
	c := &Condition{
		Operator: t.Condition.Operator, Key: t.Condition.Key, State: state,
		Secret: strings.EqualFold(t.Condition.Key, externalID),
	}
	action, variables := v.q.Request.Actions[v.action].Name, p.Document().Variables()
	for _, it := range t.Condition.Values {
		text, state := eval.Substitute(v.q.Request, action, it.Text, variables)
		if state != request.KeyPresent {
			text = it.Text
		}
		c.Wanted = append(c.Wanted, text)
	}
	if state == request.KeyPresent {
		c.Got = append(c.Got, key.Values...)
	}
	return c
}

// known is the key of a condition as the request has it, without supposing
// what callers usually send.
func (v view) known(t *eval.ConditionTrace) (*request.Key, request.KeyState) {
	return eval.KeyOf(v.q.Request, v.q.Request.Actions[v.action].Name, t.Condition.Key)
}

// keyFact is what is known of the key, and where from.
func (v view) keyFact(t *eval.ConditionTrace) Fact {
	key, state := v.known(t)
	f := Fact{Origin: key.Origin, Text: t.Condition.Key + " " + state.String()}
	if state == request.KeyPresent && !strings.EqualFold(t.Condition.Key, externalID) {
		f.Text = t.Condition.Key + " " + single(key.Values)
	}
	return f
}

func isMFA(key string) bool {
	return strings.EqualFold(key, "aws:MultiFactorAuthPresent") || strings.EqualFold(key, "aws:MultiFactorAuthAge")
}

// keyCodes maps condition keys of a trust policy to codes; a name that ends in
// "/" is a family.
var keyCodes = []struct {
	key  string
	code Code
}{
	{"aws:sourceip", TrustSourceIP},
	{"aws:vpcsourceip", TrustSourceNetwork},
	{"aws:sourcevpc", TrustSourceNetwork},
	{"aws:sourcevpcarn", TrustSourceNetwork},
	{"aws:sourcevpce", TrustSourceNetwork},
	{"aws:principalorgid", TrustOrganization},
	{"aws:principalorgpaths", TrustOrganization},
	{"aws:principalarn", TrustPrincipalARN},
	{"aws:principaltag/", TrustPrincipalTag},
	{"aws:resourcetag/", TrustResourceTag},
	{"iam:resourcetag/", TrustResourceTag},
	{"aws:requesttag/", TrustRequestTag},
	{"aws:tagkeys", TrustRequestTag},
	{"sts:transitivetagkeys", TrustRequestTag},
	{"sts:rolesessionname", TrustSessionName},
	{"sts:sourceidentity", TrustSourceIdentity},
	{"aws:sourceidentity", TrustSourceIdentity},
	{"aws:requestedregion", TrustRequestedRegion},
	{"aws:sourcearn", TrustConfusedDeputy},
	{"aws:sourceaccount", TrustConfusedDeputy},
	{"aws:sourceorgid", TrustConfusedDeputy},
	{"aws:sourceorgpaths", TrustConfusedDeputy},
}

// trustCondition is the code of a trust condition that does not hold for an
// Allow, or holds for a Deny.
func (v view) trustCondition(t *eval.ConditionTrace, deny bool) (Code, Detail) {
	key := strings.ToLower(t.Condition.Key)
	switch key {
	case "sts:externalid":
		if !demandsValue(t, deny) {
			return TrustCondition, Detail{}
		}
		return v.externalIDCode(t)
	case "aws:multifactorauthpresent", "aws:multifactorauthage":
		if !demandsMFA(t, key, deny) {
			return TrustCondition, Detail{}
		}
		return v.mfaCode(t, key)
	case "aws:currenttime", "aws:epochtime":
		return v.timeCode(t, deny)
	}
	for _, k := range keyCodes {
		if key == k.key || strings.HasSuffix(k.key, "/") && strings.HasPrefix(key, k.key) {
			return k.code, v.conditionDetail(k.code, t, deny)
		}
	}
	if v.q.Request.Caller.Kind == request.OIDC || v.q.Request.Caller.Kind == request.SAML {
		return v.claimCode(t, deny)
	}
	return TrustCondition, Detail{}
}

// demandsValue says that a condition is met only by sending the right value: an
// Allow that asks for one, or a Deny of all others or of none.
func demandsValue(t *eval.ConditionTrace, deny bool) bool {
	op, ok := eval.ParseOperator(t.Condition.Operator)
	if !ok || len(t.Condition.Values) == 0 {
		return false
	}
	if op.Family == eval.FamilyNull {
		return strings.EqualFold(t.Condition.Values[0].Text, "true") == deny
	}
	if deny {
		return op.Negated
	}
	return !op.Negated && (!op.IfExists || t.State == request.KeyPresent)
}

// demandsMFA says that a condition is met by MFA, or by a more recent one: an
// Allow with it or a Deny without it. One that is met without MFA demands
// something else.
func demandsMFA(t *eval.ConditionTrace, key string, deny bool) bool {
	op, ok := eval.ParseOperator(t.Condition.Operator)
	if !ok || len(t.Condition.Values) == 0 {
		return false
	}
	yes := strings.EqualFold(t.Condition.Values[0].Text, "true")
	switch name := strings.ToLower(t.Condition.Operator); {
	case op.Family == eval.FamilyNull:
		return yes == deny
	case key == "aws:multifactorauthage":
		return strings.Contains(name, "greaterthan") == deny
	}
	return yes != (deny != op.Negated)
}

// externalIDCode: a value is known to have been sent, or the console made the
// call and cannot send one, or none is known to have been sent.
func (v view) externalIDCode(t *eval.ConditionTrace) (Code, Detail) {
	switch {
	case t.State == request.KeyPresent:
		return TrustExternalIDWrong, externalIDDetail(t)
	case t.State == request.KeyPresentAny:
		return TrustExternalIDWrong, Detail{} // one was sent, its value is not known
	case v.q.Request.Console:
		return TrustExternalIDConsole, Detail{}
	}
	return TrustExternalIDMissing, Detail{}
}

// externalIDDetail says how the value sent differs. The two values of one that
// differs in white space are there for the sake of their ends: whoever shows the
// detail hides what stands between.
func externalIDDetail(t *eval.ConditionTrace) Detail {
	same := func(a, b string) bool { return a == b }
	if op, ok := eval.ParseOperator(t.Condition.Operator); ok && op.Family == eval.FamilyStringIgnoreCase {
		same = strings.EqualFold
	}
	for _, w := range t.Condition.Values {
		for _, g := range t.Key.Values {
			switch {
			case w.Text == g:
				continue
			case onlyCase(t.Condition.Operator, w.Text, g):
				return Detail{Kind: "case"}
			case same(strings.TrimSpace(w.Text), strings.TrimSpace(g)):
				return Detail{Kind: "white_space", Wanted: w.Text, Got: g}
			}
		}
	}
	return Detail{}
}

// onlyCase says that a text would meet a value of the policy if upper and lower
// case were the same. An operator that knows no wildcards takes the value as it
// stands.
func onlyCase(operator, wanted, got string) bool {
	if wanted == got {
		return false
	}
	if wildcards(operator) {
		return !matches(wanted, got) && matches(strings.ToLower(wanted), strings.ToLower(got))
	}
	return strings.EqualFold(wanted, got)
}

// wildcards says whether an operator has them: StringLike and those of ARNs.
func wildcards(operator string) bool {
	op, ok := eval.ParseOperator(operator)
	return ok && (op.Family == eval.FamilyStringLike || op.Family == eval.FamilyARN)
}

// mfaCode: AWS's pages disagree on whether a role session carries on the MFA
// that its record shows.
func (v view) mfaCode(t *eval.ConditionTrace, key string) (Code, Detail) {
	c := v.q.Request.Caller
	r := v.q.Subject.Record
	lost := c.Kind == request.RoleSession && r != nil && r.Identity.Session != nil && r.Identity.Session.MFA == "true" &&
		t.Result == evidence.Unknown
	switch {
	case lost:
		return TrustMFALostInChain, Detail{}
	case key == "aws:multifactorauthage" && (t.State == request.KeyPresent || t.State == request.KeyPresentAny):
		return TrustMFATooOld, v.mfaAge(t)
	}
	if c.Kind == request.RoleSession && t.Result == evidence.False && key == "aws:multifactorauthpresent" {
		return TrustMFAMissing, Detail{Got: "false"} // as the record has it; true it never is
	}
	return TrustMFAMissing, Detail{}
}

// mfaAge is how old the sign-in with MFA is, in seconds, where the session that
// it made tells it.
func (v view) mfaAge(t *eval.ConditionTrace) Detail {
	if key, state := v.known(t); state != request.KeyPresent && len(key.Values) == 1 {
		return Detail{Got: key.Values[0]}
	}
	return Detail{}
}

// timeCode says on which side of the window the call stands: an Allow until a
// date and a Deny after it both end there.
func (v view) timeCode(t *eval.ConditionTrace, deny bool) (Code, Detail) {
	op := strings.ToLower(t.Condition.Operator)
	d := Detail{Got: v.q.Request.Time.UTC().Format(time.RFC3339)}
	if len(t.Condition.Values) > 0 {
		d.Wanted = t.Condition.Values[0].Text
	}
	at, ok := eval.Instant(d.Wanted)
	if !ok {
		return TrustCondition, Detail{}
	}
	until, since := strings.Contains(op, "lessthan"), strings.Contains(op, "greaterthan")
	switch {
	case until && !deny, since && deny:
		return TrustExpired, d
	case since, until:
		return TrustNotYetValid, d
	}
	if v.q.Request.Time.Before(at) {
		return TrustNotYetValid, d
	}
	return TrustExpired, d
}

// conditionDetail says how near a value came.
func (v view) conditionDetail(code Code, t *eval.ConditionTrace, deny bool) Detail {
	switch code {
	case TrustPrincipalARN:
		return v.principalARNDetail(t)
	case TrustPrincipalTag, TrustResourceTag, TrustRequestTag:
		if t.State == request.KeyAbsent {
			return Detail{Kind: "missing"}
		}
		if t.State == request.KeyPresent && demandsValue(t, deny) && !asksPresence(t) {
			return Detail{Kind: "other_value", Got: single(t.Key.Values)}
		}
	case TrustRequestedRegion:
		return v.regionDetail(t)
	case TrustSourceIdentity:
		if v.q.Request.Console {
			return Detail{Kind: "console"}
		}
	case TrustSourceIP:
		if t.State == request.KeyAbsent {
			return Detail{Kind: "endpoint"}
		}
		if key, state := v.known(t); state == request.KeyUnknown && len(key.Values) == 1 {
			return Detail{Got: key.Values[0]} // the browser's: AWS saw that of the console, perhaps
		}
	case TrustSessionName:
		if v.absentVariable(t) {
			return Detail{Kind: "variable"}
		}
	}
	return Detail{}
}

// asksPresence says that a condition asks only whether the key is there.
func asksPresence(t *eval.ConditionTrace) bool {
	op, ok := eval.ParseOperator(t.Condition.Operator)
	return ok && op.Family == eval.FamilyNull
}

// absentVariable says that the policy compares with ${aws:username}, which a
// role session never has.
func (v view) absentVariable(t *eval.ConditionTrace) bool {
	if v.q.Request.Caller.Kind != request.RoleSession {
		return false
	}
	for _, w := range t.Condition.Values {
		if strings.Contains(strings.ToLower(w.Text), "${aws:username}") {
			return true
		}
	}
	return false
}
