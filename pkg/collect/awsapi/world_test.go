package awsapi_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/organizations"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const (
	home   = awsproxy.Home
	reader = "assumewhy-reader"
	region = "eu-west-1"
	agent  = "assumewhy-test" // of the reader's calls; the set-up has none
)

// world is an organization in moto: the home account is its management account
// and that of the credentials, dev and prod are under Workloads.
type world struct {
	*awsproxy.Server
	t            testing.TB
	config       aws.Config
	dev, prod    string
	root, unit   string
	organization string

	mu  sync.Mutex
	now time.Time
}

func newWorld(t testing.TB, s *awsproxy.Server) *world {
	t.Helper()
	s.Reset(t)
	w := &world{Server: s, t: t, now: time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)}
	w.config = aws.Config{
		Region: region, BaseEndpoint: &w.URL,
		Credentials: credentials.NewStaticCredentialsProvider("AKIAIOSFODNN7EXAMPLE", "example", ""),
	}
	return w
}

// clock is the reader's; it stands still unless the test moves it.
func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// organize makes the organization.
func (w *world) organize() *world {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.config)
	o, err := c.CreateOrganization(ctx, &organizations.CreateOrganizationInput{FeatureSet: orgtypes.OrganizationFeatureSetAll})
	w.must(err)
	w.organization = *o.Organization.Id
	roots, err := c.ListRoots(ctx, &organizations.ListRootsInput{})
	w.must(err)
	w.root = *roots.Roots[0].Id
	for _, kind := range []orgtypes.PolicyType{orgtypes.PolicyTypeServiceControlPolicy, orgtypes.PolicyTypeResourceControlPolicy} {
		_, _ = c.EnablePolicyType(ctx, &organizations.EnablePolicyTypeInput{RootId: &w.root, PolicyType: kind})
	}
	unit, err := c.CreateOrganizationalUnit(ctx, &organizations.CreateOrganizationalUnitInput{ParentId: &w.root, Name: aws.String("Workloads")})
	w.must(err)
	w.unit = *unit.OrganizationalUnit.Id
	w.dev, w.prod = w.member("dev"), w.member("prod")
	return w
}

// member makes an account under Workloads.
func (w *world) member(name string) string {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.config)
	out, err := c.CreateAccount(ctx, &organizations.CreateAccountInput{AccountName: &name, Email: aws.String(name + "@example.com")})
	w.must(err)
	id := *out.CreateAccountStatus.AccountId
	_, err = c.MoveAccount(ctx, &organizations.MoveAccountInput{AccountId: &id, SourceParentId: &w.root, DestinationParentId: &w.unit})
	w.must(err)
	return id
}

// control makes an SCP or RCP and attaches it.
func (w *world) control(kind orgtypes.PolicyType, name, content, target string) {
	ctx, c := w.t.Context(), organizations.NewFromConfig(w.config)
	p, err := c.CreatePolicy(ctx, &organizations.CreatePolicyInput{Name: &name, Type: kind, Content: &content, Description: aws.String("")})
	w.must(err)
	_, err = c.AttachPolicy(ctx, &organizations.AttachPolicyInput{PolicyId: p.Policy.PolicySummary.Id, TargetId: &target})
	w.must(err)
}

// iam gives IAM of an account.
func (w *world) iam(account string) *iam.Client { return iam.NewFromConfig(w.as(account)) }

// as gives the credentials of somebody in an account.
func (w *world) as(account string) aws.Config {
	if account == home {
		return w.config
	}
	out, err := sts.NewFromConfig(w.config).AssumeRole(w.t.Context(), &sts.AssumeRoleInput{
		RoleArn: aws.String("arn:aws:iam::" + account + ":role/set-up"), RoleSessionName: aws.String("set-up"),
	})
	w.must(err)
	c := w.config.Copy()
	c.Credentials = credentials.NewStaticCredentialsProvider(*out.Credentials.AccessKeyId, *out.Credentials.SecretAccessKey, *out.Credentials.SessionToken)
	return c
}

// user makes a user with an inline policy, a group with another, and a boundary.
func (w *world) user(account, name string, inline string) {
	ctx, c := w.t.Context(), w.iam(account)
	_, err := c.CreateUser(ctx, &iam.CreateUserInput{UserName: &name, Tags: []iamtypes.Tag{{Key: aws.String("team"), Value: aws.String("blue")}}})
	w.must(err)
	if inline != "" {
		_, err = c.PutUserPolicy(ctx, &iam.PutUserPolicyInput{UserName: &name, PolicyName: aws.String("own"), PolicyDocument: &inline})
		w.must(err)
	}
}

// group makes a group with a managed policy and puts a user into it.
func (w *world) group(account, name, user, managed string) {
	ctx, c := w.t.Context(), w.iam(account)
	_, err := c.CreateGroup(ctx, &iam.CreateGroupInput{GroupName: &name})
	w.must(err)
	_, err = c.AddUserToGroup(ctx, &iam.AddUserToGroupInput{GroupName: &name, UserName: &user})
	w.must(err)
	p, err := c.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(name + "-policy"), PolicyDocument: &managed})
	w.must(err)
	_, err = c.AttachGroupPolicy(ctx, &iam.AttachGroupPolicyInput{GroupName: &name, PolicyArn: p.Policy.Arn})
	w.must(err)
}

// role makes a role; managed, where given, is attached to it.
func (w *world) role(account, path, name, trust, managed string) {
	ctx, c := w.t.Context(), w.iam(account)
	_, err := c.CreateRole(ctx, &iam.CreateRoleInput{RoleName: &name, Path: &path, AssumeRolePolicyDocument: &trust})
	w.must(err)
	if managed == "" {
		return
	}
	p, err := c.CreatePolicy(ctx, &iam.CreatePolicyInput{PolicyName: aws.String(name + "-policy"), PolicyDocument: &managed})
	w.must(err)
	_, err = c.AttachRolePolicy(ctx, &iam.AttachRolePolicyInput{RoleName: &name, PolicyArn: p.Policy.Arn})
	w.must(err)
}

// reader makes a reader as the auditor has it; change may be nil.
func (w *world) reader(change func(*awsapi.Config)) *awsapi.Reader {
	w.t.Helper()
	ambient := w.config.Copy()
	ambient.AppID = agent
	c := awsapi.Config{AWS: ambient, Account: home, ReaderRole: reader, ExternalID: "hush-hush", Now: w.clock, Timeout: 30 * time.Second, Parallel: 64}
	if change != nil {
		change(&c)
	}
	r, err := awsapi.New(c)
	w.must(err)
	return r
}

// cold is how many round trips in a row a question costs that was never asked:
// the least of some tries, since a busy machine makes two rounds of one, and
// nothing makes one of two.
func (w *world) cold(t *testing.T, rec *trail.Record, most int) {
	t.Helper()
	n, calls := 0, [][]string(nil)
	for range 4 {
		w.Forget()
		w.LockStep(200 * time.Millisecond)
		w.explain(w.reader(nil), rec)
		if n, calls = w.Rounds(), rounds(w.Calls()); n <= most {
			break
		}
	}
	w.Open()
	if n > most || n == 0 {
		t.Errorf("%d round trips in a row, want %d at most: %v", n, most, calls)
	}
}

// denied is the record of a denied AssumeRole.
func denied(caller, role string) *trail.Record {
	return event(`{"eventVersion":"1.11","eventID":"e-1","eventTime":"2026-11-22T07:59:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole",
	 "awsRegion":"` + region + `","sourceIPAddress":"192.0.2.7","errorCode":"AccessDenied","requestParameters":null,
	 "errorMessage":"User: ` + caller + ` is not authorized to perform: sts:AssumeRole on resource: ` + role + `","userIdentity":` + identity(caller) + `}`)
}

// identity is userIdentity of a user's or a role session's ARN.
func identity(arn string) string {
	account := strings.Split(arn, ":")[4]
	if !strings.Contains(arn, ":assumed-role/") {
		return `{"type":"IAMUser","arn":"` + arn + `","accountId":"` + account + `","userName":"` + arn[strings.LastIndex(arn, "/")+1:] + `"}`
	}
	name := strings.Split(arn, "/")[1]
	return `{"type":"AssumedRole","arn":"` + arn + `","accountId":"` + account + `","sessionContext":{"sessionIssuer":{"type":"Role",
	  "arn":"arn:aws:iam::` + account + `:role/` + name + `","accountId":"` + account + `","userName":"` + name + `"},"attributes":{}}}`
}

func event(text string) *trail.Record {
	for rec, err := range trail.Decode(strings.NewReader(text), "event") {
		if err != nil {
			panic(err)
		}
		return rec
	}
	panic("no record")
}

// explain reads AWS and explains.
func (w *world) explain(r *awsapi.Reader, rec *trail.Record) *report.Report {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), time.Minute)
	defer cancel()
	e := r.Estate(ctx, reconstruct.SubjectOf(rec))
	rep := audit.Explain(rec, e, audit.Options{Lang: "en"})
	for _, f := range e.Findings() {
		w.t.Errorf("finding %s", f)
	}
	return rep
}
