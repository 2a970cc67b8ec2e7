package estate

import (
	"slices"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// Partial is what a collector knows of an account of which it read only some
// entities, beside what its files hold. That there may be more is said by the
// gaps of estate.json, one for each list.
type Partial struct {
	NoUsers []string // names that were looked up and do not exist
	NoRoles []string // likewise
	Roles   []Name   // roles that are known to exist, of which nothing else is known
	// TrustOnly names roles whose trust policy, tags and boundary are in the
	// files, and whose own policies were not read.
	TrustOnly []string
}

// lacks says whether an entity is known not to exist.
func (p *Partial) lacks(which int, name string) bool {
	switch which {
	case users:
		return slices.Contains(p.NoUsers, name)
	case roles:
		return slices.Contains(p.NoRoles, name)
	}
	return false
}

// more are the names that the files do not hold.
func (p *Partial) more(which int, have []Name) []Name {
	if which != roles {
		return have
	}
	for _, n := range p.Roles {
		if !slices.Contains(have, n) {
			have = append(have, n)
		}
	}
	return have
}

// unread is the gap in place of a role's own policies.
func (p *Partial) unread(which int, e *Entity) []evidence.Fact[*policy.Policy] {
	if which != roles || !slices.Contains(p.TrustOnly, e.Name) {
		return nil
	}
	g := newGap(partRoles, e.Account, e.ARN, evidence.NotRead, "its own policies were not read")
	g.Layer, g.Permission = evidence.Identity, "iam:ListRolePolicies"
	return []evidence.Fact[*policy.Policy]{evidence.Lacking[*policy.Policy](g)}
}

// Unread is why it is not known whether an account belongs to the organization,
// or where it stands in it, where a read of it failed.
func (o *Organization) Unread(account string) (evidence.Gap, bool) {
	return o.known.of(account, partOrganization, account)
}

// Standalone says whether an account is known to be in no organization:
// estate.json says that there is none, the account was read, and no gap leaves
// its organization in doubt. Who may read several accounts need not share an
// organization with each.
func (e *Estate) Standalone(account string) bool {
	if e.Organization().State() != evidence.Absent {
		return false
	}
	_, ours := e.Account(account).Get()
	_, doubt := e.known().whole(account, partOrganization)
	_, of := e.known().of(account, partOrganization, account)
	return ours && !doubt && !of
}

// Settled says whether it is known if an account belongs to the organization:
// of a tree that was read for some accounts, only for these.
func (o *Organization) Settled(account string) bool {
	return o.asked == nil || slices.Contains(o.asked, account) || o.Has(account)
}
