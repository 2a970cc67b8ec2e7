package main_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
)

const (
	allowAssume = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}`
	denyAssume  = `{"Version":"2012-10-17","Statement":[{"Sid":"NoSwitch","Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}]}`
	rcpDeny     = `{"Version":"2012-10-17","Statement":[{"Sid":"NoSwitch","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}`
	contractID  = "contractSecret8801" // an ExternalId that a trust policy demands
	github      = "token.actions.githubusercontent.com"
	permissions = "AWSReservedSSO_Developer_0123456789abcdef"
	endpointID  = "vpce-0a1b2c3d4e5f67890"
)

func trusting(principal string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"sts:AssumeRole"}]}`
}

// denied is an event of now: a caller was refused a role.
func denied(id, caller, role string, change ...func(map[string]any)) []byte {
	return awsworld.Delivered(awsworld.Denied(id, time.Now().Add(-3*time.Second), caller, role, change...))
}

// crossed is dev's bob who may switch, and three roles of prod: one trusts carol
// alone, one all of dev, one demands an ExternalId.
func (s *stage) crossed() *stage {
	s.Organize()
	s.User(s.Dev, "bob", "")
	s.Group(s.Dev, "switchers", "bob", allowAssume)
	s.Role(s.Prod, "/", "Deployer", trusting(awsworld.UserARN(s.Dev, "carol")), "", "Owner=team-platform")
	s.Role(s.Prod, "/", "Open", trusting("arn:aws:iam::"+s.Dev+":root"), "")
	s.Role(s.Prod, "/", "Contract", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::`+s.Dev+
		`:root"},"Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":"`+contractID+`"}}}]}`, "")
	return s
}

// bobTo is bob who is refused a role of prod.
func (s *stage) bobTo(id, role string, change ...func(map[string]any)) []byte {
	return denied(id, awsworld.UserARN(s.Dev, "bob"), awsworld.RoleARN(s.Prod, role), change...)
}

// estates are what can be in the accounts, and what is told of it. All are in one
// world; each is explained by an environment of its own, which knows nothing yet.
var estates = []struct {
	name  string
	event func(*stage) []byte
	want  string   // code and certainty; a star at its end stands for anything
	gaps  []string // permission and account: dev, prod, home
}{
	{"same account", func(s *stage) []byte {
		s.User(home, "bob", "")
		s.Group(home, "switchers", "bob", allowAssume)
		s.Role(home, "/", "Deployer", trusting(awsworld.UserARN(home, "carol")), "")
		return denied("e-same", awsworld.UserARN(home, "bob"), awsworld.RoleARN(home, "Deployer"))
	}, "trust.no_principal proved", nil},
	{"another account", func(s *stage) []byte { return s.bobTo("e-cross", "Deployer") }, "trust.no_principal proved", nil},
	{"ExternalId", func(s *stage) []byte { return s.bobTo("e-contract", "Contract") }, "trust.external_id_missing likely", nil},
	{"user with a policy of its own", func(s *stage) []byte {
		s.User(s.Dev, "dave", denyAssume)
		return denied("e-own", awsworld.UserARN(s.Dev, "dave"), awsworld.RoleARN(s.Prod, "Open"))
	}, "identity.explicit_deny proved", nil},
	{"SCP on a unit", func(s *stage) []byte { return s.restricted("e-scp", "alice") }, "scp.explicit_deny proved", nil},
	{"organization's own role", func(s *stage) []byte {
		s.env["ORGANIZATION_ROLE_ARN"] = awsworld.RoleARN(home, organizationRole)
		return s.restricted("e-org", "bob")
	}, "scp.explicit_deny proved", nil},
	{"RCP", func(s *stage) []byte {
		sealed := s.Member("sealed", s.Unit)
		s.Role(sealed, "/", "Vault", trusting("arn:aws:iam::"+s.Dev+":root"), "")
		s.Control(orgtypes.PolicyTypeResourceControlPolicy, "no-entry", rcpDeny, sealed)
		return denied("e-rcp", awsworld.UserARN(s.Dev, "bob"), awsworld.RoleARN(sealed, "Vault"))
	}, "rcp.explicit_deny proved", nil},
	{"Identity Center", func(s *stage) []byte {
		s.Role(s.Dev, "/aws-reserved/sso.amazonaws.com/", permissions, trusting("*"), allowAssume)
		return s.asAlice("e-sso", "Deployer")
	}, "trust.no_principal proved", nil},
	{"role with inline policy and boundary", func(s *stage) []byte {
		s.Role(s.Dev, "/ci/", "runner", trusting("*"), allowAssume)
		s.bounded(s.Dev, "runner")
		return denied("e-role", awsworld.SessionARN(s.Dev, "runner", "job-7"), awsworld.RoleARN(s.Prod, "Open"))
	}, "boundary.no_allow proved", nil},
	{"web identity", func(s *stage) []byte {
		provider := "arn:aws:iam::" + s.Prod + ":oidc-provider/" + github
		s.Provider(s.Prod, "https://"+github, "sts.amazonaws.com")
		s.Role(s.Prod, "/", "Pipeline", `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"`+provider+
			`"},"Action":"sts:AssumeRoleWithWebIdentity"}]}`, "")
		return awsworld.Delivered(awsworld.DeniedWebIdentity("e-web", time.Now(), provider, "wrong-audience", "repo:example/site:ref:refs/heads/main", awsworld.RoleARN(s.Prod, "Pipeline")))
	}, "platform.identity_token likely", nil},
	{"role missing", func(s *stage) []byte { return s.bobTo("e-missing", "Deploier") }, "role.not_found proved", nil},
	{"endpoint", func(s *stage) []byte {
		s.Answer(awsproxy.On("ec2:DescribeVpcEndpoints", s.Dev, func(awsproxy.Call) *awsproxy.Answer {
			return &awsproxy.Answer{Status: 200, Body: `<DescribeVpcEndpointsResponse><vpcEndpointSet><item><vpcEndpointId>` + endpointID +
				`</vpcEndpointId><vpcId>vpc-1</vpcId><ownerId>` + s.Dev + `</ownerId><policyDocument>` + strings.ReplaceAll(rcpDeny, `"`, "&quot;") +
				`</policyDocument></item></vpcEndpointSet></DescribeVpcEndpointsResponse>`}
		}))
		return s.bobTo("e-endpoint", "Open", func(r map[string]any) { r["vpcEndpointId"] = endpointID })
	}, "vpce.explicit_deny proved", nil},
	{"account that cannot be read", func(s *stage) []byte {
		s.Answer(func(c awsproxy.Call) *awsproxy.Answer {
			if c.Action == "sts:AssumeRole" && c.Form.Get("RoleArn") == awsworld.RoleARN(s.Prod, readerRole) {
				return awsproxy.Deny(c)
			}
			return nil
		})
		return s.bobTo("e-unread", "Unread")
	}, "evidence.unreadable possible", []string{"sts:AssumeRole prod"}},
	{"one permission missing", func(s *stage) []byte {
		s.Answer(awsproxy.On("iam:GetRole", s.Prod, awsproxy.Deny))
		return s.bobTo("e-getrole", "Unseen")
	}, "evidence.unreadable possible", []string{"iam:GetRole prod"}},
}

// restricted is somebody of an account in a unit whose SCP allows no switch.
func (s *stage) restricted(id, user string) []byte {
	if s.closed == "" {
		unit := s.Below(s.Root, "Restricted")
		s.closed = s.Member("restricted", unit)
		s.Control(orgtypes.PolicyTypeServiceControlPolicy, "no-switch", denyAssume, unit)
		s.Role(s.Prod, "/", "Public", trusting("*"), "")
	}
	s.User(s.closed, user, allowAssume)
	return denied(id, awsworld.UserARN(s.closed, user), awsworld.RoleARN(s.Prod, "Public"))
}

func testEstates(t *testing.T, e *endToEnd) {
	s := newStage(t, e).withBus().crossed()
	for _, test := range estates {
		t.Run(test.name, func(t *testing.T) {
			s.t = t
			s.Answer()
			event := test.event(s)
			f := s.start()
			s.all(f, event)
			mail, bus := s.mailed(), s.bused()
			if len(mail) != 1 || len(bus) != 1 {
				t.Fatalf("%d by mail, %d by bus\n%s", len(mail), len(bus), f.Output())
			}
			got := &mail[0]
			head, open := strings.CutSuffix(test.want, "*")
			if c := got.code(); c != test.want && (!open || !strings.HasPrefix(c, head)) {
				t.Errorf("%s, want %s: %s", c, test.want, got.Report.Headline)
			}
			names := strings.NewReplacer("dev", s.Dev, "prod", s.Prod, "home", home)
			want := []string{}
			for _, g := range test.gaps {
				want = append(want, names.Replace(g))
			}
			same(t, "gaps", want, got.gaps())
			same(t, "mail and bus", got.Report, bus[0].Report)
			posts := s.slack.all()
			same(t, "Slack", "chat.postMessage "+channel, strings.Join(s.slack.methods()[len(s.running)-1:], ", "))
			if last := posts[len(posts)-1]; last.Thread != "" || !json.Valid([]byte(last.Blocks)) {
				t.Errorf("Slack: %+v", last)
			}
			for _, i := range s.incidents() {
				if i.ID == got.Incident && i.Count == 1 && i.Owed == nil && i.Alerts == 1 {
					return
				}
			}
			t.Errorf("incident %s is not kept", got.Incident)
		})
	}
	s.t = t
	same(t, "incidents", len(estates), len(s.incidents()))
	same(t, "events", map[string]int{"done": len(estates)}, s.events())
}
