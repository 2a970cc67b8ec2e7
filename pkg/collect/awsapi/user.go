package awsapi

import (
	"context"
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// userAPI is what is used of IAM to read a user.
type userAPI interface {
	GetUser(context.Context, *iam.GetUserInput, ...func(*iam.Options)) (*iam.GetUserOutput, error)
	ListGroupsForUser(context.Context, *iam.ListGroupsForUserInput, ...func(*iam.Options)) (*iam.ListGroupsForUserOutput, error)
	ListUserPolicies(context.Context, *iam.ListUserPoliciesInput, ...func(*iam.Options)) (*iam.ListUserPoliciesOutput, error)
	GetUserPolicy(context.Context, *iam.GetUserPolicyInput, ...func(*iam.Options)) (*iam.GetUserPolicyOutput, error)
	ListAttachedUserPolicies(context.Context, *iam.ListAttachedUserPoliciesInput, ...func(*iam.Options)) (*iam.ListAttachedUserPoliciesOutput, error)
}

// user reads a user with its policies and those of its groups. All groups of
// the account are read at the same time, inline policies included, since to read
// them one by one after the list would cost one round trip more.
func (g *gathering) user(k entityKey) {
	c, f := g.of(k.account)
	if f != nil {
		g.gap(k.account, "", "", f)
		return
	}
	var (
		d              *userDetail
		of             membership
		missing, group *fault
	)
	faults := make([]*fault, 3)
	own := ownPolicies{}
	together(
		func() {
			if d, missing = g.getUser(c, k); missing == nil {
				g.boundary(c, k.account, d.PermissionsBoundary)
			}
		},
		func() { own.inline, faults[1] = g.inlineOfUser(c, k) },
		func() {
			own.attached, faults[2] = g.attachedToUser(c, k)
			g.policies(c, k.account, own.attached)
		},
		func() {
			together(
				func() { of.names, faults[0] = g.groupsOf(c, k) },
				func() { of.all, group = g.groups(c, k.account) },
			)
			g.join(c, k.account, of)
		},
	)
	if missing != nil && missing.kind == absent {
		g.locked(func() { g.folder(k.account).noUsers[k.name] = true })
		return
	}
	if f := first(slices.Concat(faults, []*fault{missing})...); f != nil {
		g.gap(k.account, "users", k.name, f)
		return
	}
	d.UserPolicyList, d.AttachedManagedPolicies, d.GroupList = own.inline, own.attached, of.names
	g.locked(func() { g.folder(k.account).users[k.name] = *d })
	if len(of.names) > 0 && group != nil {
		g.gap(k.account, "groups", "", group)
	}
}

// membership is the groups of a user, and all groups of the account by name.
type membership struct {
	names []string
	all   map[string]groupDetail
}

// join adds the groups of a user, with the documents of their policies.
func (g *gathering) join(c *clients, account string, of membership) {
	for _, name := range of.names {
		d, ok := of.all[name]
		if !ok {
			continue // made in between: a gap, since nothing is said of it
		}
		g.locked(func() { g.folder(account).groups[name] = d })
		g.policies(c, account, d.AttachedManagedPolicies)
	}
}

// first is the first fault that there is.
func first(faults ...*fault) *fault {
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return nil
}

func (g *gathering) getUser(c *clients, k entityKey) (*userDetail, *fault) {
	d, f := read(g, call{permission: "iam:GetUser", account: k.account, subject: k.name}, func(ctx context.Context) (userDetail, error) {
		out, err := c.iam.GetUser(ctx, &iam.GetUserInput{UserName: &k.name})
		if err != nil {
			return userDetail{}, err
		}
		return userOf(out.User), nil
	})
	if f == nil && d.UserName != k.name {
		f = &fault{kind: absent} // IAM finds names in any case, and only one of them is the caller's
	}
	return &d, f
}

func (g *gathering) groupsOf(c *clients, k entityKey) ([]string, *fault) {
	return read(g, call{permission: "iam:ListGroupsForUser", account: k.account, subject: k.name}, func(ctx context.Context) ([]string, error) {
		var names []string
		pages := iam.NewListGroupsForUserPaginator(c.iam, &iam.ListGroupsForUserInput{UserName: &k.name})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for _, one := range out.Groups {
				names = append(names, text(one.GroupName))
			}
		}
		return names, nil
	})
}

func (g *gathering) attachedToUser(c *clients, k entityKey) ([]attachedPolicy, *fault) {
	return read(g, call{permission: "iam:ListAttachedUserPolicies", account: k.account, subject: k.name}, func(ctx context.Context) ([]attachedPolicy, error) {
		var all []types.AttachedPolicy
		pages := iam.NewListAttachedUserPoliciesPaginator(c.iam, &iam.ListAttachedUserPoliciesInput{UserName: &k.name})
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

func (g *gathering) inlineOfUser(c *clients, k entityKey) ([]inlinePolicy, *fault) {
	names, f := read(g, call{permission: "iam:ListUserPolicies", account: k.account, subject: k.name}, func(ctx context.Context) ([]string, error) {
		var names []string
		pages := iam.NewListUserPoliciesPaginator(c.iam, &iam.ListUserPoliciesInput{UserName: &k.name})
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
		return read(g, call{permission: "iam:GetUserPolicy", account: k.account, subject: k.name + "/" + name}, func(ctx context.Context) (string, error) {
			out, err := c.iam.GetUserPolicy(ctx, &iam.GetUserPolicyInput{UserName: &k.name, PolicyName: &name})
			if err != nil {
				return "", err
			}
			return text(out.PolicyDocument), nil
		})
	})
}
