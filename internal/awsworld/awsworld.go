// Package awsworld builds accounts in moto, for tests alone: an organization
// with its units and policies, users, roles and identity providers, and what
// CloudTrail writes of a denied call in them.
//
// What it asks AWS bears the name [SetUp] in its User-Agent, so that a test can
// tell it from what is tested. Where something cannot be built, the test ends.
package awsworld

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
)

const (
	// Home is the account of the credentials that a test begins with, and the
	// organization's management account.
	Home = awsproxy.Home
	// Region is that of the clients and of the records.
	Region = "eu-west-1"
	// SetUp is the application in the User-Agent of what this package asks.
	SetUp = "set-up"
)

// World is what is in moto. The fields below Config are empty before Organize:
// Dev and Prod are accounts under Unit, which is under Root.
type World struct {
	*awsproxy.Server
	Config aws.Config // of the home account

	Dev, Prod    string
	Root, Unit   string
	Organization string

	t testing.TB
}

// New empties moto and gives the home account.
func New(t testing.TB, s *awsproxy.Server) *World {
	t.Helper()
	s.Reset(t)
	w := &World{Server: s, t: t}
	w.Config = aws.Config{
		Region: Region, BaseEndpoint: &w.URL, AppID: SetUp,
		Credentials: credentials.NewStaticCredentialsProvider("AKIAIOSFODNN7EXAMPLE", "example", ""),
	}
	return w
}

// Must ends the test with an error.
func (w *World) Must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// Organize makes the organization.
func (w *World) Organize() *World {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.Config)
	o, err := c.CreateOrganization(ctx, &organizations.CreateOrganizationInput{FeatureSet: orgtypes.OrganizationFeatureSetAll})
	w.Must(err)
	w.Organization = *o.Organization.Id
	roots, err := c.ListRoots(ctx, &organizations.ListRootsInput{})
	w.Must(err)
	w.Root = *roots.Roots[0].Id
	for _, kind := range []orgtypes.PolicyType{orgtypes.PolicyTypeServiceControlPolicy, orgtypes.PolicyTypeResourceControlPolicy} {
		_, _ = c.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &w.Root, PolicyType: kind}) // SCPs may be on
	}
	w.Unit = w.Below(w.Root, "Workloads")
	w.Dev, w.Prod = w.Member("dev", w.Unit), w.Member("prod", w.Unit)
	return w
}

// Below makes an organizational unit below another, or the root.
func (w *World) Below(parent, name string) string {
	c := organizations.NewFromConfig(w.Config)
	unit, err := c.CreateOrganizationalUnit(w.t.Context(), &organizations.CreateOrganizationalUnitInput{ParentId: &parent, Name: &name})
	w.Must(err)
	return *unit.OrganizationalUnit.Id
}

// Member makes an account in a unit.
func (w *World) Member(name, unit string) string {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.Config)
	out, err := c.CreateAccount(ctx, &organizations.CreateAccountInput{AccountName: &name, Email: aws.String(name + "@example.com")})
	w.Must(err)
	id := *out.CreateAccountStatus.AccountId
	_, err = c.MoveAccount(ctx, &organizations.MoveAccountInput{AccountId: &id, SourceParentId: &w.Root, DestinationParentId: &unit})
	w.Must(err)
	return id
}

// Control makes an SCP or RCP and attaches it.
func (w *World) Control(kind orgtypes.PolicyType, name, content, target string) {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.Config)
	p, err := c.CreatePolicy(ctx, &organizations.CreatePolicyInput{Name: &name, Type: kind, Content: &content, Description: aws.String("")})
	w.Must(err)
	_, err = c.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: p.Policy.PolicySummary.Id, TargetId: &target})
	w.Must(err)
}

// As gives the credentials of somebody in an account.
func (w *World) As(account string) aws.Config {
	if account == Home {
		return w.Config
	}
	out, err := sts.NewFromConfig(w.Config).AssumeRole(w.t.Context(), &sts.AssumeRoleInput{
		RoleArn: aws.String(RoleARN(account, SetUp)), RoleSessionName: aws.String(SetUp),
	})
	w.Must(err)
	c := w.Config.Copy()
	c.Credentials = credentials.NewStaticCredentialsProvider(*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken)
	return c
}

// IAM gives IAM of an account.
func (w *World) IAM(account string) *iam.Client { return iam.NewFromConfig(w.As(account)) }

// User makes a user with the tag team=blue; inline, where given, is its policy.
func (w *World) User(account, name, inline string) {
	ctx, c := w.t.Context(), w.IAM(account)
	_, err := c.CreateUser(ctx, &iam.CreateUserInput{UserName: &name, Tags: []iamtypes.Tag{{Key: aws.String("team"), Value: aws.String("blue")}}})
	w.Must(err)
	if inline != "" {
		_, err = c.PutUserPolicy(ctx, &iam.PutUserPolicyInput{UserName: &name, PolicyName: aws.String("own"), PolicyDocument: &inline})
		w.Must(err)
	}
}

// Group makes a group with a managed policy and puts a user into it.
func (w *World) Group(account, name, user, managed string) {
	ctx, c := w.t.Context(), w.IAM(account)
	_, err := c.CreateGroup(ctx, &iam.CreateGroupInput{GroupName: &name})
	w.Must(err)
	_, err = c.AddUserToGroup(ctx, &iam.AddUserToGroupInput{GroupName: &name, UserName: &user})
	w.Must(err)
	p, err := c.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(name + "-policy"), PolicyDocument: &managed})
	w.Must(err)
	_, err = c.AttachGroupPolicy(ctx, &iam.AttachGroupPolicyInput{GroupName: &name, PolicyArn: p.Policy.Arn})
	w.Must(err)
}

// Role makes a role; managed, where given, is attached to it. Tags are KEY=VALUE.
func (w *World) Role(account, path, name, trust, managed string, tags ...string) {
	ctx, c := w.t.Context(), w.IAM(account)
	in := &iam.CreateRoleInput{RoleName: &name, Path: &path, AssumeRolePolicyDocument: &trust}
	for _, tag := range tags {
		key, value, _ := strings.Cut(tag, "=")
		in.Tags = append(in.Tags, iamtypes.Tag{Key: &key, Value: &value})
	}
	_, err := c.CreateRole(ctx, in)
	w.Must(err)
	if managed == "" {
		return
	}
	p, err := c.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(name + "-policy"), PolicyDocument: &managed})
	w.Must(err)
	_, err = c.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: p.Policy.Arn})
	w.Must(err)
}

// Provider makes an OIDC provider.
func (w *World) Provider(account, url string, audiences ...string) {
	_, err := w.IAM(account).CreateOpenIDConnectProvider(w.t.Context(), &iam.CreateOpenIDConnectProviderInput{Url: &url, ClientIDList: audiences})
	w.Must(err)
}

// UserARN and RoleARN are ARNs of what has no path.
func UserARN(account, name string) string { return "arn:aws:iam::" + account + ":user/" + name }

// RoleARN is that of a role without a path.
func RoleARN(account, name string) string { return "arn:aws:iam::" + account + ":role/" + name }

// SessionARN is that of a session of a role.
func SessionARN(account, role, session string) string {
	return "arn:aws:sts::" + account + ":assumed-role/" + role + "/" + session
}
