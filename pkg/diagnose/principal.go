package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// trustNoAllow says why no statement of the trust policy lets the caller in:
// the most specific reason that fits.
func (v view) trustNoAllow(c *Cause, near *eval.StatementTrace) {
	c.Code = TrustNoPrincipal
	if near == nil {
		return
	}
	c.Marks = []policy.Span{near.Statement.PrincSpan}
	if near.Principal == evidence.True {
		c.Code = TrustActionMismatch
		c.Marks = []policy.Span{near.Statement.ActionSpan}
		c.Detail = Detail{Wanted: strings.Join(texts(near.Statement.Actions), ", "), Got: c.Action}
		if near.Statement.NotAction {
			c.Detail.Wanted = "NotAction " + c.Detail.Wanted
		}
		return
	}
	list := v.trusted()
	c.Trusted = names(list)
	if v.selfAssume() {
		c.Code, c.Layer, c.Owner = CallerSelfAssume, evidence.Caller, OwnerCaller
		return
	}
	for _, f := range []func(*Cause, []trusted) bool{
		v.orphaned, v.otherSession, v.wildcard, v.otherProvider, v.serviceOnly, v.federatedOnly,
	} {
		if f(c, list) {
			return
		}
	}
	v.notNamed(c, list)
}

// trusted is one principal of an Allow statement of the trust policy.
type trusted struct {
	policy.Principal
	policy    *policy.Policy
	statement *policy.Statement
	allows    bool // the statement's action is this call's
	enters    bool // it is one by which a role is assumed, by whomever
}

// trusted lists who the trust policy lets in, in document order.
func (v view) trusted() []trusted {
	var list []trusted
	for i := range v.usual.Statements {
		s := &v.usual.Statements[i]
		if s.Statement.Effect != policy.Allow || s.Statement.NotPrincipal {
			continue
		}
		for _, p := range s.Statement.Principals {
			list = append(list, trusted{Principal: p, policy: s.Policy, statement: s.Statement, allows: s.Action != evidence.False, enters: enters(s.Statement)})
		}
	}
	return list
}

// entries are the actions by which somebody assumes a role.
var entries = []string{"sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"}

// enters says that a statement is about an action by which a role is assumed.
func enters(s *policy.Statement) bool {
	for _, e := range entries {
		covered := slices.ContainsFunc(s.Actions, func(it policy.Item) bool { return eval.ActionMatch(it.Text, e) })
		if covered != s.NotAction {
			return true
		}
	}
	return false
}

// names are all whom the trust policy lets in, by whichever action: whoever reads
// that it trusts them only must not find another one in it.
func names(list []trusted) []string {
	var out []string
	for _, t := range list {
		if t.allows || t.enters {
			out = append(out, t.Text)
		}
	}
	return out
}

func (v view) selfAssume() bool {
	r := v.q.Request
	return r.Caller.Kind == request.RoleSession && r.Caller.RoleARN != "" && r.Caller.RoleARN == r.Role.ARN
}

// point makes the cause show the statement and the principal at fault.
func (t trusted) point(c *Cause) {
	c.Policy, c.Statement, c.Marks = t.policy, t.statement, []policy.Span{t.Span}
	c.Detail.Nearest = t.Text
}

// otherSession: a session ARN of the caller's role with another session name.
func (v view) otherSession(c *Cause, list []trusted) bool {
	caller := v.q.Request.Caller
	if caller.Kind != request.RoleSession {
		return false
	}
	for _, t := range list {
		a, ok := arn.Parse(t.Text)
		if !ok || !t.allows || a.Service != "sts" || a.Account != caller.Account {
			continue
		}
		if rest, is := strings.CutPrefix(a.Resource, "assumed-role/"+caller.RoleName+"/"); is {
			c.Code = TrustSessionARN
			t.point(c)
			c.Detail.Wanted, c.Detail.Got = rest, caller.SessionName
			return true
		}
	}
	return false
}

// wildcard: a * within a principal never matches, though it would as a pattern.
func (v view) wildcard(c *Cause, list []trusted) bool {
	caller := v.q.Request.Caller
	for _, t := range list {
		if t.Type != "AWS" || t.Text == "*" || !strings.ContainsAny(t.Text, "*?") || !t.allows {
			continue
		}
		if matches(t.Text, caller.ARN) || caller.RoleARN != "" && matches(t.Text, caller.RoleARN) {
			c.Code = TrustWildcardPrincipal
			t.point(c)
			c.Detail.Wanted, c.Detail.Got = t.Text, first(caller.RoleARN, caller.ARN)
			return true
		}
	}
	return false
}

func only(list []trusted, kinds ...string) bool {
	if len(list) == 0 {
		return false
	}
	for _, t := range list {
		ok := false
		for _, k := range kinds {
			ok = ok || t.Type == k
		}
		if !ok {
			return false
		}
	}
	return true
}

func (v view) serviceOnly(c *Cause, list []trusted) bool {
	if !only(list, "Service") || v.q.Request.Caller.Kind == request.Service {
		return false
	}
	c.Code = TrustServiceOnly
	list[0].point(c)
	return true
}

func (v view) federatedOnly(c *Cause, list []trusted) bool {
	if !only(list, "Federated") {
		return false
	}
	c.Code = TrustFederatedOnly
	list[0].point(c)
	return true
}

// notNamed: others are trusted. "account" when none of them belongs to the
// caller's account, else "other_principal". The nearest is shown.
func (v view) notNamed(c *Cause, list []trusted) {
	caller := v.q.Request.Caller
	got := first(caller.RoleARN, caller.ARN)
	c.Detail = Detail{Kind: "account", Got: got}
	switch caller.Kind {
	case request.User, request.RoleSession:
	case request.Service:
		otherService(c, list, got)
		return
	default:
		c.Detail.Kind = ""
		return
	}
	best, score := -1, -1
	for i, t := range list {
		if t.Type != "AWS" || !t.allows {
			continue
		}
		if accountOf(t.Text) == caller.Account || uniqueID(t.Text) {
			c.Detail.Kind = "other_principal"
		}
		if n := likeness(t.Text, got); n > score {
			best, score = i, n
		}
	}
	if best < 0 {
		c.Detail.Kind = ""
		return
	}
	kind := c.Detail.Kind
	if uniqueID(list[best].Text) && v.q.living(list[best].Text) {
		kind = "unique_id" // as nobody but a draft would name one that lives
	}
	list[best].point(c)
	c.Detail.Kind, c.Detail.Got, c.Detail.Wanted = kind, got, list[best].Text
}

// accountOf is the account of a principal: 12 digits, or an ARN's.
func accountOf(principal string) string {
	if a, ok := arn.Parse(principal); ok {
		return a.Account
	}
	return principal
}

// likeness prefers the caller's account, then the longest common end.
func likeness(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	if accountOf(a) == accountOf(b) {
		n += 1000
	}
	return n
}
