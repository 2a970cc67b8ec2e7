package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// unreadable says what is missing where nothing that could be read denies for
// sure: the role, policies, or an explanation for a denial that everything
// visible allows.
func (q *inquiry) unreadable() {
	if q.Request.Role.ARN == "" {
		q.add(Cause{
			Code: EvidenceRoleUnknown, Layer: evidence.Evidence, Account: q.Request.Caller.Account, Owner: OwnerCaller,
			Detail: Detail{Kind: q.whyNoRole()},
		})
		return
	}
	if q.certain() {
		return
	}
	q.unreadPolicies()
	if len(q.causes) > 0 || q.simulated() {
		return
	}
	q.companions()
	if len(q.causes) == 0 {
		q.add(Cause{
			Code: EvidenceContradiction, Layer: evidence.Evidence,
			Account: q.Request.Role.Account, Owner: OwnerRoleAccount,
		})
	}
}

// whyNoRole says why the event does not name the role.
func (q *inquiry) whyNoRole() string {
	if r := q.Subject.Record; r != nil && r.Doubts("errorMessage") {
		return "unread"
	}
	if q.hint.Cut {
		return "cut"
	}
	if !q.hint.Clean() {
		return "no_arn"
	}
	return "no_resource"
}

// unreadPolicies gives one cause for each account whose policies are missing.
func (q *inquiry) unreadPolicies() {
	seen := map[string]bool{}
	for _, set := range []struct {
		layer evidence.Layer
		set   *eval.Set
	}{
		{evidence.Trust, &q.Policies.Trust},
		{evidence.Identity, &q.Policies.Identity},
		{evidence.Boundary, &q.Policies.Boundary},
		{evidence.SCP, &q.Policies.SCP},
		{evidence.RCP, &q.Policies.RCP},
		{evidence.VPCE, &q.Policies.VPCE},
	} {
		for _, g := range allGaps(set.set) {
			account := first(g.Account, q.accountOf(set.layer))
			key := account
			if g.Code == "organization" {
				key = g.Code // one fact, for whichever account
			}
			if seen[key] {
				continue
			}
			seen[key] = true
			_, owner := q.owner(set.layer)
			if owner == OwnerOrganization && q.stranger(account) {
				owner = ownerOf[set.layer] // of another organization nothing is known but the account
			}
			q.add(Cause{
				Code: EvidenceUnreadable, Layer: evidence.Evidence, Account: account, Owner: owner,
				Detail: Detail{Kind: string(set.layer), Nearest: g.Subject},
				Evidence: []Fact{{
					Origin: evidence.Origin{Kind: evidence.FromEstate, Ref: g.Code},
					Text:   string(g.Why) + " " + g.Permission,
				}},
			})
		}
	}
}

// ownerOf is who can look at the organization's policies for an account that is
// not of the organization which was read.
var ownerOf = map[evidence.Layer]Owner{evidence.SCP: OwnerCallerAccount, evidence.RCP: OwnerRoleAccount}

// stranger says that the organization was read and the account is not of it.
func (q *inquiry) stranger(account string) bool {
	org, ok := q.Estate.Organization().Get()
	return ok && !org.Has(account)
}

// accountOf is the account whose policies a layer holds.
func (q *inquiry) accountOf(l evidence.Layer) string {
	switch l {
	case evidence.Trust, evidence.RCP, evidence.Role:
		return q.Request.Role.Account
	case evidence.VPCE:
		return first(q.Request.Network.EndpointAccount, q.Request.Caller.Account)
	}
	return q.Request.Caller.Account
}

func allGaps(s *eval.Set) []evidence.Gap {
	list := append([]evidence.Gap(nil), s.Gaps...)
	for i := range s.Levels {
		list = append(list, s.Levels[i].Gaps...)
	}
	return list
}

// companions are authorizations that the call may have needed and that are not
// allowed: a cause only where AWS's message names no action.
func (q *inquiry) companions() {
	if q.hint.Action != "" {
		return
	}
	for i := range q.usual.Actions {
		t := &q.usual.Actions[i]
		if t.Action.Applies != evidence.Unknown || t.Decision == eval.Allowed || t.Decision == eval.Undetermined {
			continue
		}
		c := Cause{Code: companionCode(t.Action.Name), Layer: t.Layer, Action: t.Action.Name}
		c.Account, c.Owner = q.owner(t.Layer)
		q.add(c)
	}
}
