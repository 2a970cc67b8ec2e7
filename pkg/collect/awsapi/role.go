package awsapi

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
)

// roleAPI is what is used of IAM to read a role.
type roleAPI interface {
	GetRole(context.Context, *iam.GetRoleInput, ...func(*iam.Options)) (*iam.GetRoleOutput, error)
	ListRolePolicies(context.Context, *iam.ListRolePoliciesInput, ...func(*iam.Options)) (*iam.ListRolePoliciesOutput, error)
	GetRolePolicy(context.Context, *iam.GetRolePolicyInput, ...func(*iam.Options)) (*iam.GetRolePolicyOutput, error)
	ListAttachedRolePolicies(context.Context, *iam.ListAttachedRolePoliciesInput, ...func(*iam.Options)) (*iam.ListAttachedRolePoliciesOutput, error)
	ListRoles(context.Context, *iam.ListRolesInput, ...func(*iam.Options)) (*iam.ListRolesOutput, error)
}

// target reads the role that was wanted. Where it does not exist, what may have
// been meant: the nearest by name, and a role of that name in the caller's
// account.
func (g *gathering) target(w wants) {
	if g.role(w.role, false) {
		return
	}
	g.each(func() { g.nearest(w) })
	if w.caller.name != "" && w.caller.account != w.role.account {
		g.each(func() { g.role(entityKey{w.caller.account, w.role.name}, false) })
	}
}

// role reads a role, of one that calls with its policies. It says false when
// the role is known not to exist.
func (g *gathering) role(k entityKey, caller bool) (there bool) {
	c, f := g.of(k.account)
	if f != nil {
		g.gap(k.account, "", "", f)
		return true
	}
	var (
		d       *roleDetail
		missing *fault
	)
	faults := make([]*fault, 2)
	own := ownPolicies{}
	reads := []func(){func() {
		if d, missing = g.getRole(c, k); missing == nil && caller {
			g.boundary(c, k.account, d.PermissionsBoundary)
		}
	}}
	if caller {
		reads = append(reads,
			func() { own.inline, faults[0] = g.inlineOfRole(c, k) },
			func() {
				own.attached, faults[1] = g.attachedToRole(c, k)
				g.policies(c, k.account, own.attached)
			})
	}
	together(reads...)
	if missing != nil && missing.kind == absent {
		g.locked(func() { g.folder(k.account).noRoles[k.name] = true })
		return false
	}
	if f := first(slices.Concat(faults, []*fault{missing})...); f != nil {
		g.gap(k.account, "roles", k.name, f)
		return true
	}
	g.keepRole(k, d, caller, own)
	return true
}

// keepRole adds a role to its folder; one that was read with its policies stays.
func (g *gathering) keepRole(k entityKey, d *roleDetail, whole bool, own ownPolicies) {
	d.RolePolicyList, d.AttachedManagedPolicies = own.inline, own.attached
	g.locked(func() {
		f := g.folder(k.account)
		if _, have := f.roles[k.name]; have && !whole {
			return
		}
		f.roles[k.name] = *d
		if whole {
			delete(f.trustOnly, k.name)
		} else {
			f.trustOnly[k.name] = true
		}
	})
}

func (g *gathering) getRole(c *clients, k entityKey) (*roleDetail, *fault) {
	d, f := read(g, call{permission: "iam:GetRole", account: k.account, subject: k.name}, func(ctx context.Context) (roleDetail, error) {
		out, err := c.iam.GetRole(ctx, &iam.GetRoleInput{RoleName: &k.name})
		if err != nil {
			return roleDetail{}, err
		}
		return roleOf(out.Role), nil
	})
	if f == nil && d.RoleName != k.name {
		f = &fault{kind: absent} // a role of other letters' case, which AWS STS does not take for it
	}
	return &d, f
}

func (g *gathering) attachedToRole(c *clients, k entityKey) ([]attachedPolicy, *fault) {
	return read(g, call{permission: "iam:ListAttachedRolePolicies", account: k.account, subject: k.name}, func(ctx context.Context) ([]attachedPolicy, error) {
		var all []types.AttachedPolicy
		pages := iam.NewListAttachedRolePoliciesPaginator(c.iam, &iam.ListAttachedRolePoliciesInput{RoleName: &k.name})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			all = append(all, out.AttachedPolicies...)
		}
		return attachedOf(all), nil
	})
}

func (g *gathering) inlineOfRole(c *clients, k entityKey) ([]inlinePolicy, *fault) {
	names, f := read(g, call{permission: "iam:ListRolePolicies", account: k.account, subject: k.name}, func(ctx context.Context) ([]string, error) {
		var names []string
		pages := iam.NewListRolePoliciesPaginator(c.iam, &iam.ListRolePoliciesInput{RoleName: &k.name})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			names = append(names, out.PolicyNames...)
		}
		return names, nil
	})
	if f != nil {
		return nil, f
	}
	return g.inline(names, func(name string) (string, *fault) {
		return read(g, call{permission: "iam:GetRolePolicy", account: k.account, subject: k.name + "/" + name}, func(ctx context.Context) (string, error) {
			out, err := c.iam.GetRolePolicy(ctx, &iam.GetRolePolicyInput{RoleName: &k.name, PolicyName: &name})
			if err != nil {
				return "", err
			}
			return text(out.PolicyDocument), nil
		})
	})
}

// rolesOfAPage is the most that ListRoles gives at once (IAM API Reference,
// "ListRoles"); most accounts have fewer.
const rolesOfAPage = 1000

// nearest reads the names of all roles of the account, and of the one that was
// most likely meant its trust policy. Without the names there is only less to
// propose.
func (g *gathering) nearest(w wants) {
	c, f := g.of(w.role.account)
	if f != nil {
		return
	}
	names, f := read(g, call{permission: "iam:ListRoles", account: w.role.account}, func(ctx context.Context) ([]estate.Name, error) {
		var all []estate.Name
		pages := iam.NewListRolesPaginator(c.iam, &iam.ListRolesInput{MaxItems: aws.Int32(rolesOfAPage)})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for i := range out.Roles {
				all = append(all, estate.Name{Name: text(out.Roles[i].RoleName), Path: text(out.Roles[i].Path), ARN: text(out.Roles[i].Arn)})
			}
		}
		return all, nil
	})
	if f != nil {
		return
	}
	g.locked(func() { g.folder(w.role.account).names = names })
	if near, ok := diagnose.Nearest(names, w.path, w.role.name); ok {
		g.role(entityKey{w.role.account, near.Name}, false)
	}
}
