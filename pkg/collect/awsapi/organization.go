package awsapi

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// treeAPI is what is used of AWS Organizations.
type treeAPI interface {
	placeAPI
	attachedAPI
	wholeTreeAPI
}

// placeAPI finds an account's place in the organization.
type placeAPI interface {
	DescribeOrganization(context.Context, *organizations.DescribeOrganizationInput, ...func(*organizations.Options)) (*organizations.DescribeOrganizationOutput, error)
	ListRoots(context.Context, *organizations.ListRootsInput, ...func(*organizations.Options)) (*organizations.ListRootsOutput, error)
	DescribeAccount(context.Context, *organizations.DescribeAccountInput, ...func(*organizations.Options)) (*organizations.DescribeAccountOutput, error)
	ListParents(context.Context, *organizations.ListParentsInput, ...func(*organizations.Options)) (*organizations.ListParentsOutput, error)
	DescribeOrganizationalUnit(context.Context, *organizations.DescribeOrganizationalUnitInput, ...func(*organizations.Options)) (*organizations.DescribeOrganizationalUnitOutput, error)
}

// attachedAPI finds the policies on the way there.
type attachedAPI interface {
	ListPoliciesForTarget(context.Context, *organizations.ListPoliciesForTargetInput, ...func(*organizations.Options)) (*organizations.ListPoliciesForTargetOutput, error)
	DescribePolicy(context.Context, *organizations.DescribePolicyInput, ...func(*organizations.Options)) (*organizations.DescribePolicyOutput, error)
}

// organizationKey stands for an account in the keys of the organization's calls.
const organizationKey = "organization"

// policyTypes are the kinds of policies that decide who may switch to a role.
var policyTypes = []types.PolicyType{types.PolicyTypeServiceControlPolicy, types.PolicyTypeResourceControlPolicy}

// place reads where accounts stand in the organization, and the SCPs and RCPs
// from there to the root.
func (g *gathering) place(accounts []string) {
	t := newTree(accounts)
	g.locked(func() { g.tree = t })
	c, f := g.organization()
	if f != nil {
		g.locked(func() { t.fault = f })
		return
	}
	g.each(func() { g.describe(c, t) }, func() { g.roots(c, t) })
	for _, id := range accounts {
		g.each(func() { g.account(c, t, id) })
		g.attachments(c, t, id)
	}
}

func (g *gathering) describe(c *clients, t *tree) {
	o, f := read(g, call{permission: "organizations:DescribeOrganization", account: organizationKey}, func(ctx context.Context) (types.Organization, error) {
		out, err := c.organizations.DescribeOrganization(ctx, &organizations.DescribeOrganizationInput{})
		if err != nil || out.Organization == nil {
			return types.Organization{}, err
		}
		return *out.Organization, nil
	})
	alone := ""
	if f != nil && f.kind == noOrganization {
		alone = g.asker()
	}
	g.locked(func() { t.id, t.management, t.fault, t.alone = text(o.Id), text(o.MasterAccountId), f, alone })
}

// asker is the account that asks AWS Organizations; empty where it is not known.
func (g *gathering) asker() string {
	if g.config.OrganizationRole != "" {
		return reconstruct.RoleOf(g.config.OrganizationRole).Account
	}
	id, _ := g.identity() // without it no account is known to be alone
	return id
}

func (g *gathering) roots(c *clients, t *tree) {
	all, f := g.rootList(c)
	g.locked(func() { t.roots, t.rootsFault = all, f })
	for _, r := range all {
		g.attachments(c, t, r.ID)
	}
}

func (g *gathering) rootList(c *clients) ([]orgRoot, *fault) {
	return read(g, call{permission: "organizations:ListRoots", account: organizationKey}, func(ctx context.Context) ([]orgRoot, error) {
		out, err := c.organizations.ListRoots(ctx, &organizations.ListRootsInput{})
		if err != nil {
			return nil, err
		}
		list := []orgRoot{}
		for _, r := range out.Roots {
			list = append(list, rootOf(r))
		}
		return list, nil
	})
}

// account finds an account and the way from it to the root: AWS tells the path
// with the account, or else each parent by itself.
func (g *gathering) account(c *clients, t *tree, id string) {
	a, f := read(g, call{permission: "organizations:DescribeAccount", account: organizationKey, subject: id}, func(ctx context.Context) (types.Account, error) {
		out, err := c.organizations.DescribeAccount(ctx, &organizations.DescribeAccountInput{AccountId: &id})
		if err != nil || out.Account == nil {
			return types.Account{}, err
		}
		return *out.Account, nil
	})
	switch {
	case f != nil && f.kind == absent:
		return // outside the organization
	case f != nil:
		g.locked(func() { t.lost(id, f) })
		return
	}
	node := accountNode(&a)
	node.ID = id
	if way, ok := wayOf(a.Paths, id); ok {
		g.locked(func() { t.add(node, way[0]) })
		for i, up := range way {
			g.unit(c, t, up, way[min(i+1, len(way)-1)])
		}
		return
	}
	g.climb(c, t, node)
}

// wayOf reads a path of an account, "o-x/r-x/ou-x/ou-y/ACCOUNT/", into the way
// up: ou-y, ou-x, r-x.
func wayOf(paths []string, account string) (way []string, ok bool) {
	if len(paths) != 1 {
		return nil, false
	}
	steps := strings.Split(strings.Trim(paths[0], "/"), "/")
	if n := len(steps); n > 0 && steps[n-1] == account {
		steps = steps[:n-1]
	}
	if len(steps) < 2 || !strings.HasPrefix(steps[0], "o-") || !strings.HasPrefix(steps[1], "r-") {
		return nil, false
	}
	for _, ou := range steps[2:] {
		if !strings.HasPrefix(ou, "ou-") {
			return nil, false
		}
	}
	way = slices.Clone(steps[1:])
	slices.Reverse(way)
	return way, true
}

// maxUnits is more than the five levels that AWS allows (Organizations User
// Guide, "Quotas").
const maxUnits = 16

var errNoParent = errors.New("listing parents: AWS names none")

// climb asks for parent after parent.
func (g *gathering) climb(c *clients, t *tree, node orgNode) {
	child := node.ID
	for range maxUnits {
		up, f := read(g, call{permission: "organizations:ListParents", account: organizationKey, subject: child}, func(ctx context.Context) (string, error) {
			out, err := c.organizations.ListParents(ctx, &organizations.ListParentsInput{ChildId: &child})
			if err != nil {
				return "", err
			}
			if len(out.Parents) != 1 {
				return "", errNoParent
			}
			return text(out.Parents[0].Id), nil
		})
		if f != nil {
			g.locked(func() { t.lost(node.ID, f) })
			return
		}
		g.locked(func() {
			if child == node.ID {
				t.add(node, up)
				return
			}
			t.setParent(child, up)
		})
		if strings.HasPrefix(up, "r-") {
			g.unit(c, t, up, up)
			return
		}
		g.unit(c, t, up, "")
		child = up
	}
}

// unit reads an organizational unit's name and policies; parent may be set
// later. Of the root only the policies.
func (g *gathering) unit(c *clients, t *tree, id, parent string) {
	g.attachments(c, t, id)
	if strings.HasPrefix(id, "r-") {
		g.locked(func() { t.seen = id })
		return
	}
	g.locked(func() { t.setParent(id, parent) })
	g.each(func() {
		of := call{permission: "organizations:DescribeOrganizationalUnit", account: organizationKey, subject: id}
		name, _ := read(g, of, func(ctx context.Context) (string, error) { // without it there is only no name to show
			out, err := c.organizations.DescribeOrganizationalUnit(ctx, &organizations.DescribeOrganizationalUnitInput{OrganizationalUnitId: &id})
			if err != nil || out.OrganizationalUnit == nil {
				return "", err
			}
			return text(out.OrganizationalUnit.Name), nil
		})
		g.locked(func() { t.setName(id, name) })
	})
}

// attachments reads the policies that are attached to a target directly.
func (g *gathering) attachments(c *clients, t *tree, target string) {
	for _, kind := range policyTypes {
		g.each(func() { g.attached(c, t, target, kind) })
	}
}

func (g *gathering) attached(c *clients, t *tree, target string, kind types.PolicyType) {
	of := call{permission: "organizations:ListPoliciesForTarget", account: organizationKey, subject: target + " " + string(kind)}
	all, f := read(g, of, func(ctx context.Context) ([]orgPolicy, error) {
		list := []orgPolicy{}
		pages := organizations.NewListPoliciesForTargetPaginator(c.organizations, &organizations.ListPoliciesForTargetInput{TargetId: &target, Filter: kind})
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
		g.locked(func() { t.unattached = append(t.unattached, lostTarget{target, string(kind), f}) })
		return
	}
	for _, p := range all {
		g.locked(func() { t.attach(p, target) })
		if !builtIn(p.ID) {
			g.each(func() { g.content(c, t, p) })
		}
	}
}

// builtIn are AWS's own policies that are on everything, of which the text is
// known (Organizations User Guide, "Service control policies" and "Resource
// control policies").
func builtIn(id string) bool { return id == "p-FullAWSAccess" || id == "p-RCPFullAWSAccess" }

func (g *gathering) content(c *clients, t *tree, p orgPolicy) {
	content, f := read(g, call{permission: "organizations:DescribePolicy", account: organizationKey, subject: p.ID}, func(ctx context.Context) (string, error) {
		out, err := c.organizations.DescribePolicy(ctx, &organizations.DescribePolicyInput{PolicyId: &p.ID})
		if err != nil || out.Policy == nil {
			return "", err
		}
		return text(out.Policy.Content), nil
	})
	if f != nil {
		g.gap("", "organization", p.ID, f)
		return
	}
	p.Content = content
	g.locked(func() { t.policies[p.ID] = p })
}
