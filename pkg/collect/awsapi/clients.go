package awsapi

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go/middleware"
)

// sessionAPI is what is used of AWS STS.
type sessionAPI interface {
	GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error)
	AssumeRole(context.Context, *sts.AssumeRoleInput, ...func(*sts.Options)) (*sts.AssumeRoleOutput, error)
}

// iamAPI is what is used of IAM, by what is read with it.
type iamAPI interface {
	userAPI
	roleAPI
	policyAPI
	providerAPI
	snapshotAPI
}

var (
	_ sessionAPI = (*sts.Client)(nil)
	_ iamAPI     = (*iam.Client)(nil)
	_ treeAPI    = (*organizations.Client)(nil)
)

// clients are those that act with one set of credentials.
type clients struct {
	sts           sessionAPI
	iam           iamAPI
	organizations treeAPI
	endpoints     *ec2
}

// most is how often a call is tried in all. The run's context ends it sooner.
const most = 4

// patience is how long a call may take, tries and waits included: one page of a
// list. The run's context ends it sooner, where it has an end.
func patience(limit time.Duration) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("Patience", func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
			ctx, cancel := context.WithTimeout(ctx, limit)
			defer cancel()
			return next.HandleInitialize(ctx, in)
		}), middleware.Before)
	}
}

// newClients makes them. Each set has its own limiter, since AWS throttles each
// account by itself (SDK for Go Developer Guide, "Retries and timeouts",
// adaptive mode).
func newClients(c aws.Config, limit time.Duration, now func() time.Time) *clients {
	c.APIOptions = append(slices.Clone(c.APIOptions), patience(limit))
	c.Retryer = func() aws.Retryer {
		return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
			o.StandardOptions = append(o.StandardOptions, func(s *retry.StandardOptions) { s.MaxAttempts = most })
		})
	}
	return &clients{
		sts: sts.NewFromConfig(c), iam: iam.NewFromConfig(c), organizations: organizations.NewFromConfig(c),
		endpoints: &ec2{config: c, retryer: c.Retryer(), limit: limit, now: now},
	}
}

// own are the clients with the ambient credentials.
func (r *Reader) own() *clients {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.ambient == nil {
		r.ambient = newClients(r.config.AWS, r.config.CallTimeout, r.config.Now)
	}
	return r.ambient
}

// identity is the account of the ambient credentials.
func (g *gathering) identity() (string, *fault) {
	if g.config.Account != "" {
		return g.config.Account, nil
	}
	return read(g, call{permission: "sts:GetCallerIdentity", keep: 24 * time.Hour}, func(ctx context.Context) (string, error) {
		out, err := g.own().sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil {
			return "", err
		}
		return text(out.Account), nil
	})
}

// of gives the clients that read an account: with the ambient credentials in
// their own account, else as the reader role.
func (g *gathering) of(account string) (*clients, *fault) {
	mine, f := g.identity()
	switch {
	case f != nil:
		return nil, f
	case mine == account:
		return g.own(), nil
	case g.config.ReaderRole == "":
		return nil, &fault{kind: unasked, permission: "sts:AssumeRole", account: account}
	}
	role := "arn:" + partitionOf(g.config.AWS.Region) + ":iam::" + account + ":role/" + strings.TrimPrefix(g.config.ReaderRole, "/")
	return g.as(role, account)
}

// organization gives the clients that read AWS Organizations.
func (g *gathering) organization() (*clients, *fault) {
	if g.config.OrganizationRole == "" {
		return g.own(), nil
	}
	return g.as(g.config.OrganizationRole, organizationKey)
}

// Of the reader's sessions (STS API Reference, "AssumeRole"): an hour is the
// longest that a chain of roles allows.
const (
	sessionName    = "assumewhy"
	sessionSeconds = 3600
	sessionSpare   = 5 * time.Minute
)

// as gives clients that act as a role. They are kept as long as its session
// lives.
func (g *gathering) as(role, account string) (*clients, *fault) {
	c := call{permission: "sts:AssumeRole", account: account, subject: role, keep: sessionSeconds*time.Second - sessionSpare}
	return read(g, c, func(ctx context.Context) (*clients, error) {
		in := &sts.AssumeRoleInput{
			RoleArn: &role, RoleSessionName: aws.String(sessionName), DurationSeconds: aws.Int32(sessionSeconds),
		}
		secret, err := g.externalID(ctx)
		if err != nil {
			return nil, err
		}
		if secret != "" {
			in.ExternalId = &secret
		}
		out, err := g.own().sts.AssumeRole(ctx, in)
		if err != nil {
			return nil, err
		}
		if out.Credentials == nil {
			return nil, fmt.Errorf("assuming %s: no credentials in the answer", role)
		}
		config := g.config.AWS.Copy()
		config.Credentials = aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider(
			text(out.Credentials.AccessKeyId), text(out.Credentials.SecretAccessKey), text(out.Credentials.SessionToken)))
		return newClients(config, g.config.CallTimeout, g.config.Now), nil
	})
}

// externalID is what is sent when a role is assumed; empty is none.
func (g *gathering) externalID(ctx context.Context) (string, error) {
	if g.config.ExternalID != "" || g.config.ExternalIDFrom == nil {
		return g.config.ExternalID, nil
	}
	return g.config.ExternalIDFrom(ctx)
}

// partitions are the parts of AWS that know nothing of each other, by how the
// names of their regions begin, and the domain of their endpoints (AWS General
// Reference, "AWS service endpoints"). The first that fits counts.
var partitions = []struct{ prefix, name, domain string }{
	{"cn-", "aws-cn", "amazonaws.com.cn"},
	{"us-gov-", "aws-us-gov", "amazonaws.com"},
	{"us-isob-", "aws-iso-b", "sc2s.sgov.gov"},
	{"us-isof-", "aws-iso-f", "csp.hci.ic.gov"},
	{"eu-isoe-", "aws-iso-e", "cloud.adc-e.uk"},
	{"us-iso-", "aws-iso", "c2s.ic.gov"},
	{"eusc-", "aws-eusc", "amazonaws.eu"},
	{"", "aws", "amazonaws.com"},
}

func partitionOf(region string) string {
	for _, p := range partitions {
		if strings.HasPrefix(region, p.prefix) {
			return p.name
		}
	}
	return ""
}

// Domain is that of AWS's endpoints in a region: "amazonaws.com".
func Domain(region string) string {
	for _, p := range partitions {
		if strings.HasPrefix(region, p.prefix) {
			return p.domain
		}
	}
	return ""
}
