package awsapi

import (
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// What follows are the shapes of the files of an estate directory: those of
// IAM's GetAccountAuthorizationDetails, by the names that AWS gives them.

type tag struct{ Key, Value string }

type inlinePolicy struct{ PolicyName, PolicyDocument string }

type attachedPolicy struct{ PolicyName, PolicyArn string }

type boundaryRef struct{ PermissionsBoundaryType, PermissionsBoundaryArn string }

type userDetail struct {
	Path, UserName, Arn     string
	UserID                  string `json:"UserId"`
	CreateDate              string `json:",omitempty"`
	GroupList               []string
	UserPolicyList          []inlinePolicy
	AttachedManagedPolicies []attachedPolicy
	PermissionsBoundary     *boundaryRef `json:",omitempty"`
	Tags                    []tag
}

type groupDetail struct {
	Path, GroupName, Arn    string
	GroupID                 string `json:"GroupId"`
	CreateDate              string `json:",omitempty"`
	GroupPolicyList         []inlinePolicy
	AttachedManagedPolicies []attachedPolicy
}

type roleDetail struct {
	Path, RoleName, Arn      string
	RoleID                   string `json:"RoleId"`
	CreateDate               string `json:",omitempty"`
	AssumeRolePolicyDocument string `json:",omitempty"`
	MaxSessionDuration       int32  `json:",omitempty"`
	RolePolicyList           []inlinePolicy
	AttachedManagedPolicies  []attachedPolicy
	PermissionsBoundary      *boundaryRef `json:",omitempty"`
	Tags                     []tag
}

type policyVersion struct {
	VersionID        string `json:"VersionId"`
	IsDefaultVersion bool
	Document         string
}

type managedPolicy struct {
	PolicyName, Arn, Path string
	PolicyID              string `json:"PolicyId"`
	DefaultVersionID      string `json:"DefaultVersionId"`
	PolicyVersionList     []policyVersion
	Tags                  []tag
}

// plainDocument takes the percent encoding off a policy (RFC 3986: a plus sign
// is a plus sign), so that people can read the file. Its text, lines included,
// stays as its author wrote it.
func plainDocument(s string) string {
	if !strings.HasPrefix(s, "%") {
		return s
	}
	if plain, err := url.PathUnescape(s); err == nil {
		return plain
	}
	return s
}

func stamp(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func tagsOf(all []types.Tag) []tag {
	list := make([]tag, len(all))
	for i, t := range all {
		list[i] = tag{text(t.Key), text(t.Value)}
	}
	return list
}

func attachedOf(all []types.AttachedPolicy) []attachedPolicy {
	list := make([]attachedPolicy, len(all))
	for i, p := range all {
		list[i] = attachedPolicy{text(p.PolicyName), text(p.PolicyArn)}
	}
	return list
}

func inlineOf(all []types.PolicyDetail) []inlinePolicy {
	list := make([]inlinePolicy, len(all))
	for i, p := range all {
		list[i] = inlinePolicy{text(p.PolicyName), plainDocument(text(p.PolicyDocument))}
	}
	return list
}

func boundaryOf(b *types.AttachedPermissionsBoundary) *boundaryRef {
	if b == nil {
		return nil
	}
	return &boundaryRef{string(b.PermissionsBoundaryType), text(b.PermissionsBoundaryArn)}
}

// userOf is a user as GetUser gives it: without policies and groups.
func userOf(u *types.User) userDetail {
	if u == nil {
		return userDetail{}
	}
	return userDetail{
		Path: text(u.Path), UserName: text(u.UserName), UserID: text(u.UserId), Arn: text(u.Arn), CreateDate: stamp(u.CreateDate),
		PermissionsBoundary: boundaryOf(u.PermissionsBoundary), Tags: tagsOf(u.Tags),
	}
}

// roleOf is a role as GetRole gives it: without policies of its own.
func roleOf(r *types.Role) roleDetail {
	if r == nil {
		return roleDetail{}
	}
	d := roleDetail{
		Path: text(r.Path), RoleName: text(r.RoleName), RoleID: text(r.RoleId), Arn: text(r.Arn), CreateDate: stamp(r.CreateDate),
		AssumeRolePolicyDocument: plainDocument(text(r.AssumeRolePolicyDocument)),
		PermissionsBoundary:      boundaryOf(r.PermissionsBoundary), Tags: tagsOf(r.Tags),
	}
	if r.MaxSessionDuration != nil {
		d.MaxSessionDuration = *r.MaxSessionDuration
	}
	return d
}

func groupOf(d *types.GroupDetail) groupDetail {
	return groupDetail{
		Path: text(d.Path), GroupName: text(d.GroupName), GroupID: text(d.GroupId), Arn: text(d.Arn), CreateDate: stamp(d.CreateDate),
		GroupPolicyList: inlineOf(d.GroupPolicyList), AttachedManagedPolicies: attachedOf(d.AttachedManagedPolicies),
	}
}

// policyOf is a managed policy as GetPolicy gives it: without versions.
func policyOf(p *types.Policy) managedPolicy {
	if p == nil {
		return managedPolicy{}
	}
	return managedPolicy{
		PolicyName: text(p.PolicyName), PolicyID: text(p.PolicyId), Arn: text(p.Arn), Path: text(p.Path),
		DefaultVersionID: text(p.DefaultVersionId), Tags: tagsOf(p.Tags),
	}
}

func userDetailOf(d *types.UserDetail) userDetail {
	return userDetail{
		Path: text(d.Path), UserName: text(d.UserName), UserID: text(d.UserId), Arn: text(d.Arn), CreateDate: stamp(d.CreateDate),
		GroupList: d.GroupList, UserPolicyList: inlineOf(d.UserPolicyList), AttachedManagedPolicies: attachedOf(d.AttachedManagedPolicies),
		PermissionsBoundary: boundaryOf(d.PermissionsBoundary), Tags: tagsOf(d.Tags),
	}
}

func roleDetailOf(d *types.RoleDetail) roleDetail {
	return roleDetail{
		Path: text(d.Path), RoleName: text(d.RoleName), RoleID: text(d.RoleId), Arn: text(d.Arn), CreateDate: stamp(d.CreateDate),
		AssumeRolePolicyDocument: plainDocument(text(d.AssumeRolePolicyDocument)),
		RolePolicyList:           inlineOf(d.RolePolicyList), AttachedManagedPolicies: attachedOf(d.AttachedManagedPolicies),
		PermissionsBoundary: boundaryOf(d.PermissionsBoundary), Tags: tagsOf(d.Tags),
	}
}

func managedPolicyOf(d *types.ManagedPolicyDetail) managedPolicy {
	p := managedPolicy{
		PolicyName: text(d.PolicyName), PolicyID: text(d.PolicyId), Arn: text(d.Arn), Path: text(d.Path), DefaultVersionID: text(d.DefaultVersionId),
		Tags: []tag{},
	}
	for _, v := range d.PolicyVersionList {
		p.PolicyVersionList = append(p.PolicyVersionList, policyVersion{text(v.VersionId), v.IsDefaultVersion, plainDocument(text(v.Document))})
	}
	return p
}
