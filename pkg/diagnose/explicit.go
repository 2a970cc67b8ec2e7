package diagnose

import (
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// explicit is the cause of a Deny that matches, or may match.
func (v view) explicit(s *eval.StatementTrace, g graded) Cause {
	c := v.base(g)
	c.Explicit = true
	c.Policy, c.Statement = s.Policy, s.Statement
	c.Code = explicitCode(v.usual.Layer, s)
	if companion := companionCode(c.Action); companion != "" {
		c.Code = companion
	}
	deciding := v.decidingCondition(c.Code, s)
	if c.Code == TrustExplicitDeny {
		deciding = v.trustDeny(&c, s, deciding)
	}
	if deciding != nil {
		c.Condition = v.condition(s.Policy, deciding)
		c.Marks = append(c.Marks, deciding.Condition.Span)
		c.Evidence = append(c.Evidence, v.keyFact(deciding))
	} else {
		c.Marks = append(c.Marks, s.Statement.EffectSpan)
		c.Marks = append(c.Marks, v.caught(s)...)
		c.Marks = append(c.Marks, conditionSpans(s)...)
		c.Evidence = append(c.Evidence, until(s)...)
	}
	if c.Code == SCPRegionDeny && deciding != nil {
		c.Detail = v.regionDetail(deciding)
	}
	c.Evidence = append(c.Evidence, gradeFact(g)...)
	return c
}

// trustDeny gives a Deny of the trust policy the code of its condition where one
// alone has a code of its own: a Deny without MFA demands MFA as an Allow with
// MFA does.
func (v view) trustDeny(c *Cause, s *eval.StatementTrace, only *eval.ConditionTrace) *eval.ConditionTrace {
	var found *eval.ConditionTrace
	for i := range s.Conditions {
		code, detail := v.trustCondition(&s.Conditions[i], true)
		switch {
		case code == TrustCondition:
		case found != nil:
			c.Code, c.Detail = TrustExplicitDeny, Detail{}
			return only
		default:
			found, c.Code, c.Detail = &s.Conditions[i], code, detail
		}
	}
	if found == nil {
		return only
	}
	return found
}

// until is when a Deny ends that holds for a span of time and asks for nothing
// else, the first of its ends; nothing where it has none.
func until(s *eval.StatementTrace) []Fact {
	var end time.Time
	for i := range s.Conditions {
		t := &s.Conditions[i]
		if !strings.EqualFold(t.Condition.Key, "aws:CurrentTime") && !strings.EqualFold(t.Condition.Key, "aws:EpochTime") {
			return nil
		}
		op := strings.ToLower(t.Condition.Operator)
		if !strings.HasPrefix(op, "datelessthan") && !strings.HasPrefix(op, "numericlessthan") || len(t.Condition.Values) != 1 {
			continue
		}
		if at, ok := eval.Instant(t.Condition.Values[0].Text); ok && (end.IsZero() || at.Before(end)) {
			end = at
		}
	}
	if end.IsZero() {
		return nil
	}
	return []Fact{{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "until"}, Text: end.Format(time.RFC3339)}}
}

// conditionSpans are the conditions of a Deny that together catch the call.
func conditionSpans(s *eval.StatementTrace) []policy.Span {
	list := make([]policy.Span, len(s.Conditions))
	for i := range s.Conditions {
		list[i] = s.Conditions[i].Condition.Span
	}
	return list
}

// caught is the element by which a Deny catches the call: the principal of a
// trust policy, else the resource that is not simply everything, else the
// action.
func (v view) caught(s *eval.StatementTrace) []policy.Span {
	st, r := s.Statement, v.q.Request
	if st.NotPrincipal {
		return []policy.Span{st.PrincSpan}
	}
	if v.usual.Layer == evidence.Trust {
		for i := range st.Principals {
			if _, match := eval.PrincipalMatch(&r.Caller, &st.Principals[i]); match != evidence.False {
				return []policy.Span{st.Principals[i].Span}
			}
		}
	}
	if st.NotResource {
		return []policy.Span{st.ResourceSpan}
	}
	action, variables := r.Actions[v.action].Name, s.Policy.Document().Variables()
	for _, it := range st.Resources {
		if it.Text != "*" && eval.ResourceMatch(r, action, it.Text, variables, v.usual.Layer) != evidence.False {
			return []policy.Span{it.Span}
		}
	}
	if st.NotAction {
		return []policy.Span{st.ActionSpan}
	}
	for _, it := range st.Actions {
		if eval.ActionMatch(it.Text, action) {
			return []policy.Span{it.Span}
		}
	}
	return nil
}

// explicitCode is the most specific code for a Deny of a layer.
func explicitCode(l evidence.Layer, s *eval.StatementTrace) Code {
	switch l {
	case evidence.Identity:
		return identityDeny(s)
	case evidence.Boundary:
		return BoundaryExplicitDeny
	case evidence.Session:
		return SessionExplicitDeny
	case evidence.RCP:
		return RCPExplicitDeny
	case evidence.VPCE:
		return VPCEExplicitDeny
	case evidence.SCP:
		switch {
		case hasKey(s, "aws:requestedregion"):
			return SCPRegionDeny
		case hasKey(s, "aws:resourceorgid", "aws:resourceaccount", "aws:resourceorgpaths"):
			return SCPPerimeter
		}
		return SCPExplicitDeny
	}
	return TrustExplicitDeny
}

// quarantine is how the names of the policies begin that AWS attaches to users
// whose keys it finds in public places.
const quarantine = "AWSCompromisedKeyQuarantine"

// identityDeny tells the denies apart that AWS or a guardrail puts on an
// identity. A quarantine policy is named only when its Deny, as read, matches.
func identityDeny(s *eval.StatementTrace) Code {
	switch {
	case isQuarantine(s.Policy):
		return IdentityQuarantined
	case revokes(s):
		return IdentitySessionRevoked
	case hasKey(s, "aws:multifactorauthpresent", "aws:multifactorauthage"):
		return IdentityMFARequired
	}
	return IdentityExplicitDeny
}

// isQuarantine says that a policy is one of AWS's own of that name.
func isQuarantine(p *policy.Policy) bool {
	return strings.HasPrefix(p.Name, quarantine) && strings.Contains(p.ARN, ":iam::aws:policy/")
}

// revokes says that a Deny is for sessions made before a moment.
func revokes(s *eval.StatementTrace) bool {
	for i := range s.Statement.Conditions {
		c := &s.Statement.Conditions[i]
		if strings.EqualFold(c.Key, "aws:TokenIssueTime") && strings.HasPrefix(strings.ToLower(c.Operator), "datelessthan") {
			return true
		}
	}
	return false
}

func hasKey(s *eval.StatementTrace, names ...string) bool {
	for i := range s.Statement.Conditions {
		for _, n := range names {
			if strings.EqualFold(s.Statement.Conditions[i].Key, n) {
				return true
			}
		}
	}
	return false
}

// decidingCondition is the condition that the code speaks of, or the one that
// tells most.
func (v view) decidingCondition(code Code, s *eval.StatementTrace) *eval.ConditionTrace {
	want := map[Code][]string{
		SCPRegionDeny:          {"aws:requestedregion"},
		SCPPerimeter:           {"aws:resourceorgid", "aws:resourceaccount", "aws:resourceorgpaths"},
		IdentitySessionRevoked: {"aws:tokenissuetime"},
		IdentityMFARequired:    {"aws:multifactorauthpresent", "aws:multifactorauthage"},
	}[code]
	for i := range s.Conditions {
		for _, w := range want {
			if strings.EqualFold(s.Conditions[i].Condition.Key, w) {
				return &s.Conditions[i]
			}
		}
	}
	return v.telling(s)
}

// companionCode is the code of a companion authorization; empty for the call's
// own action.
func companionCode(action string) Code {
	switch action {
	case "sts:TagSession":
		return CompanionTagSession
	case "sts:SetSourceIdentity":
		return CompanionSetSourceIdentity
	case "sts:SetContext":
		return CompanionSetContext
	}
	return ""
}

// regionDetail says that the global endpoint counts as us-east-1, where the
// call went there.
func (v view) regionDetail(t *eval.ConditionTrace) Detail {
	d := Detail{Wanted: strings.Join(texts(t.Condition.Values), ", "), Got: single(t.Key.Values)}
	if r := v.q.Subject.Record; r != nil {
		host := strings.ToLower(r.Host)
		if host == "sts.amazonaws.com" || strings.HasPrefix(host, "sts-global.") || strings.EqualFold(r.EndpointType, "global") {
			d.Kind = "global_endpoint"
		}
	}
	return d
}

func texts(items []policy.Item) []string {
	list := make([]string, len(items))
	for i, it := range items {
		list[i] = it.Text
	}
	return list
}

func single(values []string) string {
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values, ", ")
}
