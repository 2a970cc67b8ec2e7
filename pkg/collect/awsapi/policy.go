package awsapi

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"

	"github.com/assumewhy/assumewhy/pkg/arn"
)

// policyAPI is what is used of IAM to read a managed policy.
type policyAPI interface {
	GetPolicy(context.Context, *iam.GetPolicyInput, ...func(*iam.Options)) (*iam.GetPolicyOutput, error)
	GetPolicyVersion(context.Context, *iam.GetPolicyVersionInput, ...func(*iam.Options)) (*iam.GetPolicyVersionOutput, error)
}

// snapshotAPI is what is used of IAM to read an account, or one kind of thing
// in it, at once.
type snapshotAPI interface {
	GetAccountAuthorizationDetails(context.Context, *iam.GetAccountAuthorizationDetailsInput, ...func(*iam.Options)) (*iam.GetAccountAuthorizationDetailsOutput, error)
}

// ownPolicies are those of a user or role itself.
type ownPolicies struct {
	inline   []inlinePolicy
	attached []attachedPolicy
}

// inline reads inline policies by name, in the order of names.
func (g *gathering) inline(names []string, document func(name string) (string, *fault)) ([]inlinePolicy, *fault) {
	all := make([]inlinePolicy, len(names))
	faults := make([]*fault, len(names))
	reads := make([]func(), len(names))
	for i, name := range names {
		reads[i] = func() {
			text, f := document(name)
			all[i], faults[i] = inlinePolicy{name, plainDocument(text)}, f
		}
	}
	together(reads...)
	return all, first(faults...)
}

// policies starts to read the documents of managed policies. Whoever learns of
// some calls it at once: what is waited for first costs a round trip more.
func (g *gathering) policies(c *clients, account string, attached []attachedPolicy) {
	for _, a := range attached {
		g.each(func() { g.policy(c, account, a.PolicyArn) })
	}
}

func (g *gathering) boundary(c *clients, account string, boundary *boundaryRef) {
	if boundary != nil {
		g.each(func() { g.policy(c, account, boundary.PermissionsBoundaryArn) })
	}
}

// policy reads a managed policy in its default version. One that cannot be read
// is a gap where it is attached.
func (g *gathering) policy(c *clients, account, id string) {
	of := call{permission: "iam:GetPolicy", account: account, subject: id}
	if a, ok := arn.Parse(id); ok && a.Account == "aws" {
		of.shared = "aws" // the same in every account, though not everywhere to be read
	}
	d, f := read(g, of, func(ctx context.Context) (managedPolicy, error) {
		out, err := c.iam.GetPolicy(ctx, &iam.GetPolicyInput{PolicyArn: &id})
		if err != nil {
			return managedPolicy{}, err
		}
		return policyOf(out.Policy), nil
	})
	if f == nil {
		of.permission, of.subject = "iam:GetPolicyVersion", id+" "+d.DefaultVersionID
		d.PolicyVersionList, f = read(g, of, func(ctx context.Context) ([]policyVersion, error) {
			out, err := c.iam.GetPolicyVersion(ctx, &iam.GetPolicyVersionInput{PolicyArn: &id, VersionId: &d.DefaultVersionID})
			if err != nil || out.PolicyVersion == nil {
				return nil, err
			}
			return []policyVersion{{d.DefaultVersionID, true, plainDocument(text(out.PolicyVersion.Document))}}, nil
		})
	}
	if f != nil {
		g.gap(account, "policies", id, f)
		return
	}
	g.locked(func() { g.folder(account).policies[id] = d })
}

// groups reads all groups of an account, with their inline policies.
func (g *gathering) groups(c *clients, account string) (map[string]groupDetail, *fault) {
	of := call{permission: "iam:GetAccountAuthorizationDetails", account: account, subject: "groups"}
	return read(g, of, func(ctx context.Context) (map[string]groupDetail, error) {
		all := map[string]groupDetail{}
		pages := iam.NewGetAccountAuthorizationDetailsPaginator(c.iam, &iam.GetAccountAuthorizationDetailsInput{Filter: []types.EntityType{types.EntityTypeGroup}})
		for pages.HasMorePages() {
			out, err := pages.NextPage(ctx)
			if err != nil {
				return nil, err
			}
			for i := range out.GroupDetailList {
				d := groupOf(&out.GroupDetailList[i])
				all[d.GroupName] = d
			}
		}
		return all, nil
	})
}
