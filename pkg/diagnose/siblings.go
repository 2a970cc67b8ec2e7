package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// siblings looks, where the trust policy does not name the caller, for another
// identity of the same person or workload that it names, and for which the
// call would be allowed.
func (q *inquiry) siblings() {
	if q.behind {
		return
	}
	for i := range q.causes {
		c := &q.causes[i]
		if c.Code != TrustNoPrincipal && c.Code != TrustPrincipalARN && c.Code != TrustServiceOnly {
			continue
		}
		for _, who := range q.candidates(c) {
			if kind := q.sibling(who); kind != "" && q.wouldWork(who) {
				q.add(Cause{
					Code: CallerWrongIdentity, Certainty: evidence.Likely,
					Layer: evidence.Caller, Account: q.Request.Caller.Account, Owner: OwnerCaller,
					Detail: Detail{Kind: kind}, Would: who,
				})
				return
			}
		}
	}
}

// candidates are the identities that the trust policy lets in: those that it
// names, or those of the caller's account that its condition matches.
func (q *inquiry) candidates(c *Cause) []string {
	if c.Condition == nil {
		return c.Trusted
	}
	var list []string
	acc, ok := q.Estate.Account(q.Request.Caller.Account).Get()
	for _, want := range c.Condition.Wanted {
		if !strings.ContainsAny(want, "*?") {
			list = append(list, want)
			continue
		}
		if !ok || !q.ssoCaller() && !q.nodeCaller() { // no role stands beside any other
			continue
		}
		pattern := arn.CompileGlob(want)
		for _, n := range acc.RoleNames() {
			if pattern.Match(n.ARN) {
				list = append(list, n.ARN)
			}
		}
	}
	return list
}

// sibling says in what way a trusted principal stands beside the caller: the
// same person's user, the same account's other permission set, or the role
// that a workload should have used instead of its node's.
func (q *inquiry) sibling(who string) string {
	a, ok := arn.Parse(who)
	c := q.Request.Caller
	if !ok || a.Service != "iam" {
		return ""
	}
	kind, rest, _ := strings.Cut(a.Resource, "/")
	_, name := arn.RoleName(rest)
	switch {
	case kind == "user" && samePerson(q.person(), name) && who != c.ARN:
		return "user"
	case kind == "role" && a.Account == c.Account && q.ssoCaller() && ssoName(name) != "" && ssoName(name) != ssoName(c.RoleName):
		return "permission_set"
	case kind == "role" && a.Account == c.Account && q.nodeCaller() && q.podRole(a.Account, name):
		return "pod_role"
	}
	return ""
}

// person is the name of the person who calls; empty for workloads. A role
// session's name is a person's where Identity Center gave it.
func (q *inquiry) person() string {
	c := q.Request.Caller
	switch {
	case c.Kind == request.User:
		return c.UserName
	case q.ssoCaller():
		return c.SessionName
	}
	return ""
}

func (q *inquiry) ssoCaller() bool {
	c := q.Request.Caller
	return c.Kind == request.RoleSession && ssoName(c.RoleName) != ""
}

// samePerson compares names without the mail domain: equal, or one is a part
// of the other between separators ("alice", "alice-admin").
func samePerson(a, b string) bool {
	a, b = local(a), local(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || part(a, b) || part(b, a)
}

func local(s string) string {
	s, _, _ = strings.Cut(strings.ToLower(s), "@")
	return s
}

func part(whole, name string) bool {
	if len(name) < 3 {
		return false
	}
	for _, p := range strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune("-_+=,", r) }) {
		if p == name {
			return true
		}
	}
	return false
}

// nodeCaller says that the caller is an EC2 instance's role.
func (q *inquiry) nodeCaller() bool {
	r := q.Subject.Record
	return q.Request.Caller.Kind == request.RoleSession &&
		(strings.HasPrefix(q.Request.Caller.SessionName, "i-") || r != nil && r.Identity.Session != nil && r.Identity.Session.RoleDelivery != "")
}

// podRole says that a role is one for Kubernetes service accounts.
func (q *inquiry) podRole(account, name string) bool {
	acc, ok := q.Estate.Account(account).Get()
	if !ok {
		return false
	}
	role, ok := acc.Role(name).Get()
	if !ok {
		return false
	}
	trust, ok := role.Trust.Get()
	if !ok {
		return false
	}
	for _, s := range trust.Document().Statements {
		for _, p := range s.Principals {
			if p.Type == "Service" && p.Text == "pods.eks.amazonaws.com" || p.Type == "Federated" && strings.Contains(p.Text, "oidc-provider/oidc.eks.") {
				return true
			}
		}
	}
	return false
}

// wouldWork evaluates the same call by the other identity. It must be there, and
// its own policies must be known: of somebody in an account that was not read
// nothing is said.
func (q *inquiry) wouldWork(who string) bool {
	r, p := q.asked(who, q.Request.Role, q.sameCall())
	return r != nil && eval.Explain(r, p).Best == eval.Allowed
}

// sameCall are the facts of this call that do not depend on who makes it.
func (q *inquiry) sameCall() []reconstruct.Known {
	var list []reconstruct.Known
	for _, name := range []string{
		"sts:ExternalId", "sts:RoleSessionName", "sts:SourceIdentity", "aws:RequestedRegion", "aws:SourceIp",
		"aws:VpcSourceIp", "aws:SourceVpce", "aws:SourceVpc", "aws:UserAgent",
	} {
		k := q.Request.Keys.Get(strings.ToLower(name))
		known := reconstruct.Known{Key: name}
		switch k.State {
		case request.KeyPresent:
			known.Values = k.Values
		case request.KeyUnknown, request.KeyPresentAny:
			known.Any = true
		}
		list = append(list, known)
	}
	return list
}
