package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/scope"
)

// roleFinding is what is known of the role itself.
type roleFinding struct {
	state evidence.State
	owner string
	gap   evidence.Gap
}

// gone says that there is no such role: its trust policy is no question.
func (f roleFinding) gone() bool { return f.state == evidence.Absent }

// role looks whether the target is a role, is known at all, and exists.
func (q *inquiry) role() {
	role := q.Request.Role
	switch {
	case role.ARN == "":
		q.role0.gap = evidence.Gap{Code: "role", Layer: evidence.Role, Account: q.Request.Caller.Account, Why: evidence.NotInRecord}
		return
	case q.Request.OfRoot():
		if _, known := q.Estate.Account(role.Account).Get(); known {
			q.role0.state = evidence.Present
		}
		return
	case !role.IsRole:
		q.role0.state = evidence.Absent
		q.notARole()
		return
	}
	fact := q.Estate.Account(role.Account)
	acc, ok := fact.Get()
	if !ok {
		q.role0.gap, _ = fact.Gap()
		return
	}
	f := acc.Role(role.Name)
	if g, missing := f.Gap(); missing {
		q.role0.gap = g
		return
	}
	found, ok := f.Get()
	if ok && found.ARN == role.ARN {
		q.role0 = roleFinding{state: evidence.Present, owner: ownerTag(found.Tags)}
		return
	}
	q.role0.state = evidence.Absent
	q.notFound(acc)
}

func ownerTag(tags []estate.Tag) string {
	for _, t := range tags {
		if t.Key == "Owner" {
			return t.Value
		}
	}
	return ""
}

func (q *inquiry) notARole() {
	kind := ""
	if a, ok := arn.Parse(q.Request.Role.ARN); ok {
		kind, _, _ = strings.Cut(a.Resource, "/")
	}
	q.add(Cause{
		Code: RoleNotARole, Certainty: evidence.Proved, Layer: evidence.Role,
		Account: q.Request.Role.Account, Owner: OwnerCaller,
		Detail: Detail{Kind: targetKind(kind), Got: q.Request.Role.ARN},
	})
}

// targetKind keeps to the kinds of ARN that people mistake for a role's.
func targetKind(kind string) string {
	switch kind {
	case "user", "group", "assumed-role", "instance-profile", "policy", "root", "federated-user":
		return strings.ReplaceAll(kind, "-", "_")
	}
	return "other"
}

// notFound says which role may have been meant. A role of that very name in
// another account is a cause of its own that explains this one.
func (q *inquiry) notFound(acc *estate.Account) {
	role := q.Request.Role
	c := Cause{
		Code: RoleNotFound, Certainty: evidence.Proved, Layer: evidence.Role,
		Account: role.Account, Owner: OwnerCaller, Detail: nearestRole(acc, role.Path, role.Name),
	}
	if q.Request.Console && c.Detail.Kind == "case" {
		c.Certainty, c.Grade = evidence.Likely, ByConflict
	}
	c.Detail.Got = role.ARN
	c.Detail.Wanted = c.Detail.Nearest
	c.Evidence = q.ifNearest(c.Detail.Nearest)
	q.add(c)
	if c.Detail.Kind != "" {
		return
	}
	for _, other := range q.Estate.Accounts() {
		if other.ID() == role.Account {
			continue
		}
		if r, ok := other.Role(role.Name).Get(); ok && r.Path == role.Path {
			q.add(Cause{
				Code: RoleOtherAccount, Certainty: evidence.Proved, Layer: evidence.Role,
				Account: role.Account, Owner: OwnerCaller,
				Detail:   Detail{Kind: "account", Nearest: r.ARN, Wanted: r.ARN, Got: role.ARN},
				Evidence: q.ifNearest(r.ARN),
			})
			return
		}
	}
}

// ifNearest says whether the same call would work on the role that was probably
// meant, so that nobody is sent from one denial to the next.
func (q *inquiry) ifNearest(role string) []Fact {
	if role == "" {
		return nil
	}
	s := q.Subject
	s.Role = reconstruct.RoleOf(role)
	r := reconstruct.Simulated(s, q.Estate, q.sameCall(), q.Request.Time)
	text := "denied"
	if q.suspendedAt(s.Role.Account) || q.suspendedAt(s.Caller.Account) {
		return []Fact{{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "nearest"}, Text: text}}
	}
	switch t := eval.Explain(r, scope.Policies(q.Estate, r)); {
	case t.Decision == eval.Allowed:
		text = "allowed"
	case t.Best == eval.Allowed:
		text = "unknown"
	}
	return []Fact{{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "nearest"}, Text: text}}
}

// suspended: an account that is suspended or closed
// (AWS Organizations User Guide, "Closing a member account").
func (q *inquiry) suspended() {
	org, ok := q.Estate.Organization().Get()
	if !ok {
		return
	}
	if id := q.Request.Caller.Account; closed(org.State(id)) {
		q.add(Cause{Code: CallerAccountSuspended, Certainty: evidence.Proved, Layer: evidence.Caller, Account: id, Owner: OwnerOrganization, Detail: Detail{Got: org.State(id)}})
	}
	if id := q.Request.Role.Account; id != q.Request.Caller.Account && closed(org.State(id)) {
		q.add(Cause{Code: RoleAccountSuspended, Certainty: evidence.Proved, Layer: evidence.Role, Account: id, Owner: OwnerOrganization, Detail: Detail{Got: org.State(id)}})
	}
}

// suspendedAt says that an account is known to be suspended or closed.
func (q *inquiry) suspendedAt(account string) bool {
	org, ok := q.Estate.Organization().Get()
	return ok && closed(org.State(account))
}

func closed(state string) bool {
	return state == "SUSPENDED" || state == "CLOSED"
}
