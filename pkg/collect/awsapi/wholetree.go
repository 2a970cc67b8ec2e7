package awsapi

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// wholeTreeAPI is what is used of AWS Organizations to read all of it.
type wholeTreeAPI interface {
	ListOrganizationalUnitsForParent(context.Context, *organizations.ListOrganizationalUnitsForParentInput, ...func(*organizations.Options)) (*organizations.ListOrganizationalUnitsForParentOutput, error)
	ListAccountsForParent(context.Context, *organizations.ListAccountsForParentInput, ...func(*organizations.Options)) (*organizations.ListAccountsForParentOutput, error)
	ListPolicies(context.Context, *organizations.ListPoliciesInput, ...func(*organizations.Options)) (*organizations.ListPoliciesOutput, error)
	ListTargetsForPolicy(context.Context, *organizations.ListTargetsForPolicyInput, ...func(*organizations.Options)) (*organizations.ListTargetsForPolicyOutput, error)
}

// wholeTree reads the organization's tree and its SCPs and RCPs with all their
// targets.
func (g *gathering) wholeTree() {
	t := newTree(nil)
	g.locked(func() { g.tree = t })
	c, f := g.organization()
	if f != nil {
		g.locked(func() { t.fault = f })
		return
	}
	g.describe(c, t)
	if t.fault != nil {
		return
	}
	roots, f := g.rootList(c)
	g.locked(func() { t.roots, t.rootsFault = roots, f })
	if f != nil {
		g.locked(func() { t.fault = f })
		return
	}
	for _, r := range roots {
		g.each(func() { g.below(c, t, r.ID) })
	}
	for _, kind := range policyTypes {
		if t.enabled(string(kind)) {
			g.each(func() { g.policiesOfType(c, t, kind) })
		}
	}
}

// below reads what hangs under a root or an organizational unit. A list that
// cannot be read leaves the whole tree in doubt: it may hold any account.
func (g *gathering) below(c *clients, t *tree, parent string) {
	units, f := read(g, call{permission: "organizations:ListOrganizationalUnitsForParent", account: organizationKey, subject: parent}, func(ctx context.Context) ([]orgNode, error) {
		var all []orgNode
		pages := organizations.NewListOrganizationalUnitsForParentPaginator(c.organizations, &organizations.ListOrganizationalUnitsForParentInput{ParentId: &parent})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, u := range out.OrganizationalUnits {
				all = append(all, orgNode{ID: text(u.Id), Name: text(u.Name)})
			}
		}
		return all, nil
	})
	accounts, f2 := read(g, call{permission: "organizations:ListAccountsForParent", account: organizationKey, subject: parent}, func(ctx context.Context) ([]orgNode, error) {
		var all []orgNode
		pages := organizations.NewListAccountsForParentPaginator(c.organizations, &organizations.ListAccountsForParentInput{ParentId: &parent})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for i := range out.Accounts {
				all = append(all, accountNode(&out.Accounts[i]))
			}
		}
		return all, nil
	})
	if f := first(f, f2); f != nil {
		g.locked(func() { t.fault = f })
		return
	}
	g.locked(func() {
		for _, n := range slices.Concat(units, accounts) {
			t.add(n, parent)
		}
	})
	for _, u := range units {
		g.each(func() { g.below(c, t, u.ID) })
	}
}

// accountNode is an account in the tree. AWS calls its state State, formerly
// Status.
func accountNode(a *types.Account) orgNode {
	n := orgNode{ID: text(a.Id), Name: text(a.Name), State: string(a.State)}
	if n.State == "" {
		n.State = string(a.Status)
	}
	return n
}

// policiesOfType reads all policies of a type and what they are attached to.
// Without the list nothing is known of what applies to whom.
func (g *gathering) policiesOfType(c *clients, t *tree, kind types.PolicyType) {
	all, f := read(g, call{permission: "organizations:ListPolicies", account: organizationKey, subject: string(kind)}, func(ctx context.Context) ([]orgPolicy, error) {
		var list []orgPolicy
		pages := organizations.NewListPoliciesPaginator(c.organizations, &organizations.ListPoliciesInput{Filter: kind})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for i := range out.Policies {
				list = append(list, orgPolicyOf(&out.Policies[i]))
			}
		}
		return list, nil
	})
	if f != nil {
		g.locked(func() { t.fault = f })
		return
	}
	for _, p := range all {
		g.each(func() { g.targets(c, t, p) })
		if !builtIn(p.ID) {
			g.each(func() { g.content(c, t, p) })
		}
	}
}

func (g *gathering) targets(c *clients, t *tree, p orgPolicy) {
	all, f := read(g, call{permission: "organizations:ListTargetsForPolicy", account: organizationKey, subject: p.ID}, func(ctx context.Context) ([]string, error) {
		var list []string
		pages := organizations.NewListTargetsForPolicyPaginator(c.organizations, &organizations.ListTargetsForPolicyInput{PolicyId: &p.ID})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, target := range out.Targets {
				list = append(list, text(target.TargetId))
			}
		}
		return list, nil
	})
	g.locked(func() {
		if f != nil {
			t.fault = f
			return
		}
		for _, target := range all {
			t.attach(p, target)
		}
	})
}
