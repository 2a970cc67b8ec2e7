package awsapi_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// actions are the calls of an account.
func (w *world) actions(account string) []string {
	var all []string
	for _, a := range w.Actions() {
		if id, action, _ := strings.Cut(a, " "); id == account {
			all = append(all, action)
		}
	}
	return all
}

// testPaths: where AWS gives the path with the account nobody asks for parents,
// however deep the account is.
func testPaths(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Control(orgtypes.PolicyTypeServiceControlPolicy, "no-switch", denyAssume, w.Unit)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open"))
	w.Forget()
	byParents := w.explain(w.reader(nil), bob)
	if !slices.Contains(w.actions(home), "organizations:ListParents") {
		t.Error("nobody asked for parents")
	}
	w.Rewrite(func(c awsproxy.Call, data []byte) []byte {
		if c.Action != "organizations:DescribeAccount" {
			return data
		}
		id := w.Dev
		if strings.Contains(c.Body, w.Prod) {
			id = w.Prod
		}
		path := fmt.Sprintf(`"Account": {"Paths": ["%s/%s/%s/%s/"], `, w.Organization, w.Root, w.Unit, id)
		return []byte(strings.Replace(string(data), `"Account": {`, path, 1))
	})
	w.Forget()
	byPaths := w.explain(w.reader(nil), bob)
	if slices.Contains(w.actions(home), "organizations:ListParents") {
		t.Error("parents were asked for though the path was given")
	}
	if diff := cmp.Diff(byParents, byPaths); diff != "" || primary(byPaths) != "scp.explicit_deny proved" {
		t.Errorf("%s: %s", primary(byPaths), diff)
	}
}

// testPermissionSet: an Identity Center role, whose path is in no session ARN.
func testPermissionSet(t *testing.T, s *awsproxy.Server) {
	const set = "AWSReservedSSO_Developer_0123456789abcdef"
	w := crossed(t, s)
	w.Role(w.Dev, "/aws-reserved/sso.amazonaws.com/", set, trusting("*"), allowAssume)
	rep := w.explain(w.reader(nil), denied("arn:aws:sts::"+w.Dev+":assumed-role/"+set+"/alice@example.com", awsworld.RoleARN(w.Prod, "Deployer")))
	if got := primary(rep); !strings.HasPrefix(got, "trust.") || len(missing(rep)) > 0 {
		t.Errorf("%s, gaps %v", got, missing(rep))
	}
}

// testCallerRole: a role with inline and managed policies and a boundary.
func testCallerRole(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Role(w.Dev, "/ci/", "runner", trusting("*"), allowAll)
	c := w.IAM(w.Dev)
	boundary := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}`
	p, err := c.CreatePolicy(t.Context(), &iam.CreatePolicyInput{PolicyName: aws.String("limit"), PolicyDocument: &boundary})
	w.Must(err)
	_, err = c.PutRolePermissionsBoundary(t.Context(), &iam.PutRolePermissionsBoundaryInput{RoleName: aws.String("runner"), PermissionsBoundary: p.Policy.Arn})
	w.Must(err)
	_, err = c.PutRolePolicy(t.Context(), &iam.PutRolePolicyInput{RoleName: aws.String("runner"), PolicyName: aws.String("own"), PolicyDocument: aws.String(allowAssume)})
	w.Must(err)
	w.Forget()
	job := denied("arn:aws:sts::"+w.Dev+":assumed-role/runner/job-7", awsworld.RoleARN(w.Prod, "Open"))
	rep := w.explain(w.reader(nil), job)
	if got := primary(rep); !strings.HasPrefix(got, "boundary.") || len(missing(rep)) > 0 {
		t.Errorf("%s, gaps %v", got, missing(rep))
	}
	want := []string{"iam:GetPolicy", "iam:GetPolicyVersion", "iam:GetRole", "iam:GetRolePolicy", "iam:ListAttachedRolePolicies", "iam:ListRolePolicies"}
	if diff := cmp.Diff(want, w.actions(w.Dev)); diff != "" {
		t.Errorf("calls in the caller's account: %s", diff)
	}
	if diff := cmp.Diff([]string{"iam:GetRole"}, w.actions(w.Prod)); diff != "" {
		t.Errorf("calls in the role's account: %s", diff)
	}
	w.cold(t, job, 4)
}

// kinds are those of the causes' details.
func kinds(r *report.Report) []string {
	var all []string
	for _, c := range r.Causes {
		all = append(all, c.Detail.Kind)
	}
	return all
}

func testWebIdentity(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s).organize()
	provider := "arn:aws:iam::" + w.Prod + ":oidc-provider/token.actions.githubusercontent.com"
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"` + provider + `"},"Action":"sts:AssumeRoleWithWebIdentity"}]}`
	w.Role(w.Prod, "/", "Pipeline", trust, "")
	came := event(`{"eventVersion":"1.08","eventID":"e-2","eventTime":"2026-11-22T07:59:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRoleWithWebIdentity",
	 "awsRegion":"us-east-1","errorCode":"AccessDenied","errorMessage":"An unknown error occurred","recipientAccountId":"` + w.Prod + `",
	 "requestParameters":{"roleArn":"` + awsworld.RoleARN(w.Prod, "Pipeline") + `","roleSessionName":"run"},
	 "userIdentity":{"type":"WebIdentityUser","principalId":"` + provider + `:wrong-audience:repo:example/site:ref:refs/heads/main",
	  "userName":"repo:example/site:ref:refs/heads/main","identityProvider":"` + provider + `"}}`)
	if got := kinds(w.explain(w.reader(nil), came)); !slices.Contains(got, "provider_missing") {
		t.Errorf("without a provider: %v", got)
	}
	_, err := w.IAM(w.Prod).CreateOpenIDConnectProvider(t.Context(), &iam.CreateOpenIDConnectProviderInput{
		Url: aws.String("https://token.actions.githubusercontent.com"), ClientIDList: []string{"sts.amazonaws.com"},
	})
	w.Must(err)
	w.Forget()
	rep := w.explain(w.reader(nil), came)
	if got := kinds(rep); !slices.Contains(got, "audience") || len(missing(rep)) > 0 {
		t.Errorf("with one of another audience: %v, gaps %v", got, missing(rep))
	}
	want := []string{"iam:GetOpenIDConnectProvider", "iam:GetRole", "iam:ListOpenIDConnectProviders", "iam:ListSAMLProviders"}
	if diff := cmp.Diff(want, w.actions(w.Prod)); diff != "" {
		t.Errorf("calls: %s", diff)
	}
}

// testEndpoint: the policy of the endpoint that the call came through.
func testEndpoint(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	const id = "vpce-0a1b2c3d4e5f67890"
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Action != "ec2:DescribeVpcEndpoints" {
			return nil
		}
		if c.Account != w.Dev || c.Region != region || c.Form.Get("VpcEndpointId.1") != id {
			t.Errorf("asked for %q of %s in %s", c.Form.Get("VpcEndpointId.1"), c.Account, c.Region)
		}
		return &awsproxy.Answer{Status: 200, Body: `<DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>` + id +
			`</vpcEndpointId><vpcId>vpc-1</vpcId><ownerId>` + w.Dev + `</ownerId><policyDocument>` + strings.ReplaceAll(rcpDeny, `"`, "&quot;") +
			`</policyDocument></item></vpcEndpointSet></DescribeVpcEndpointsResponse>`}
	})
	rec := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open"))
	rec.EndpointID = id
	rep := w.explain(w.reader(nil), rec)
	if got := primary(rep); !strings.HasPrefix(got, "vpce.") || len(missing(rep)) > 0 {
		t.Errorf("%s, gaps %v", got, missing(rep))
	}
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if strings.HasPrefix(c.Action, "ec2:") {
			return awsproxy.Deny(c)
		}
		return nil
	})
	want := []string{"endpoint ec2:DescribeVpcEndpoints " + w.Dev}
	if diff := cmp.Diff(want, missing(w.explain(w.reader(nil), rec))); diff != "" {
		t.Errorf("gaps: %s", diff)
	}
	rec.EndpointID = "vpce-0a1b2c3d4e5f67890&Action=DeleteVpcEndpoints"
	w.Forget()
	w.explain(w.reader(nil), rec)
	if slices.Contains(w.actions(w.Dev), "ec2:DescribeVpcEndpoints") {
		t.Error("an endpoint id that is none was asked for")
	}
}

// testRoleMissing: the nearest role is named, and whether it would let the
// caller in; other roles' names are read only then.
func testRoleMissing(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Role(w.Prod, "/teams/", "Auditor", trusting("arn:aws:iam::"+w.Dev+":root"), "")
	w.Role(w.Dev, "/", "Backup", trusting("*"), "")
	r := w.reader(nil)
	w.Forget()
	rep := w.explain(r, denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Auditro")))
	if got := primary(rep); got != "role.not_found proved" {
		t.Errorf("%s, gaps %v", got, missing(rep))
	}
	for _, c := range rep.Causes {
		if c.Primary && c.Detail.Nearest != "arn:aws:iam::"+w.Prod+":role/teams/Auditor" {
			t.Errorf("nearest %q", c.Detail.Nearest)
		}
		if c.Primary && !slices.ContainsFunc(c.Evidence, func(e report.Evidence) bool { return strings.Contains(e.Fact, "allow") }) {
			t.Errorf("evidence %+v", c.Evidence)
		}
	}
	w.cold(t, denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Auditro")), 4)
	rep = w.explain(r, denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Backup")))
	if got := primary(rep); got != "role.other_account proved" {
		t.Errorf("role of the caller's account: %s", got)
	}
}

// testCallerDeleted: the session's role is gone.
func testCallerDeleted(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	rep := w.explain(w.reader(nil), denied("arn:aws:sts::"+w.Dev+":assumed-role/gone/job-7", awsworld.RoleARN(w.Prod, "Open")))
	if rep.Verdict != "denied" || len(missing(rep)) > 0 {
		t.Errorf("%s %s, gaps %v", rep.Verdict, primary(rep), missing(rep))
	}
}

func testNoReaderRole(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Forget()
	rep := w.explain(w.reader(func(c *awsapi.Config) { c.ReaderRole = "" }), denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open")))
	for _, account := range []string{w.Dev, w.Prod} {
		if !slices.Contains(missing(rep), "account sts:AssumeRole "+account) {
			t.Errorf("gaps %v", missing(rep))
		}
	}
	if slices.Contains(w.actions(home), "sts:AssumeRole") {
		t.Error("a role was assumed without a name for it")
	}
}
