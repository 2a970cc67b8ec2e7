package scope_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

const (
	ours     = "111122223333" // the caller's account
	theirs   = "444455556666" // the role's account
	boss     = "999999999999" // the management account
	stranger = "777777777777" // outside the organization
)

// home is the callers' account: alice with everything, bob with nothing, carol
// with policies that were not read; two roles.
const home = `{"UserDetailList":[
 {"Path":"/people/","UserName":"alice","UserId":"AIDAALICE","Arn":"arn:aws:iam::111122223333:user/people/alice","GroupList":["team","lost"],
  "UserPolicyList":[{"PolicyName":"own","PolicyDocument":{}},{"PolicyName":"more","PolicyDocument":{}}],
  "AttachedManagedPolicies":[{"PolicyName":"deploy","PolicyArn":"arn:aws:iam::111122223333:policy/deploy"}],
  "PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/limit"}},
 {"Path":"/","UserName":"bob","UserId":"AIDABOB","Arn":"arn:aws:iam::111122223333:user/bob","GroupList":[]},
 {"Path":"/","UserName":"carol","UserId":"AIDACAROL","Arn":"arn:aws:iam::111122223333:user/carol","GroupList":[],
  "AttachedManagedPolicies":[{"PolicyName":"gone","PolicyArn":"arn:aws:iam::111122223333:policy/gone"}],
  "PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/unread"}}],
"GroupDetailList":[
 {"Path":"/","GroupName":"team","GroupId":"AGPATEAM","Arn":"arn:aws:iam::111122223333:group/team","GroupPolicyList":[{"PolicyName":"shared","PolicyDocument":{}}],
  "AttachedManagedPolicies":[{"PolicyName":"gone","PolicyArn":"arn:aws:iam::111122223333:policy/gone"}]}],
"RoleDetailList":[
 {"Path":"/app/","RoleName":"runner","RoleId":"AROARUNNER","Arn":"arn:aws:iam::111122223333:role/app/runner","AssumeRolePolicyDocument":{},
  "RolePolicyList":[{"PolicyName":"run","PolicyDocument":{}}],"AttachedManagedPolicies":[]},
 {"Path":"/","RoleName":"untrusted","RoleId":"AROAUN","Arn":"arn:aws:iam::111122223333:role/untrusted","RolePolicyList":[],"AttachedManagedPolicies":[]}],
"Policies":[
 {"PolicyName":"deploy","Arn":"arn:aws:iam::111122223333:policy/deploy","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{}}]},
 {"PolicyName":"limit","Arn":"arn:aws:iam::111122223333:policy/limit","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{}}]}]}`

const away = `{"UserDetailList":[],"GroupDetailList":[],"Policies":[],"RoleDetailList":[
 {"Path":"/team/","RoleName":"Target","RoleId":"AROATARGET","Arn":"arn:aws:iam::444455556666:role/team/Target","AssumeRolePolicyDocument":{"Statement":[]},
  "RolePolicyList":[{"PolicyName":"of the role","PolicyDocument":{}}],"AttachedManagedPolicies":[]}]}`

const endpoints = `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","VpcId":"vpc-1","PolicyDocument":"{}"},{"VpcEndpointId":"vpce-2","VpcId":"vpc-1"}]}`

// organization has both accounts in ou-1, an SCP on each level and a gap.
const organization = `{"Id":"o-abcdefghij","MasterAccountId":"999999999999",
 "Roots":[{"Id":"r-abcd","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]}],
 "Nodes":[{"Id":"ou-1","Name":"Work","ParentId":"r-abcd"},{"Id":"111122223333","Name":"dev","ParentId":"ou-1"},{"Id":"444455556666","Name":"prod","ParentId":"ou-1"},{"Id":"999999999999","Name":"boss","ParentId":"r-abcd"}],
 "Policies":[{"Id":"p-region","Name":"region","Type":"SERVICE_CONTROL_POLICY","Content":{}},{"Id":"p-data","Name":"data","Type":"RESOURCE_CONTROL_POLICY","Content":{}},
  {"Id":"p-prod","Name":"only prod","Type":"SERVICE_CONTROL_POLICY","Content":{}}],
 "Attachments":[{"PolicyId":"p-FullAWSAccess","TargetId":"r-abcd"},{"PolicyId":"p-FullAWSAccess","TargetId":"ou-1"},{"PolicyId":"p-region","TargetId":"ou-1"},
  {"PolicyId":"p-FullAWSAccess","TargetId":"111122223333"},{"PolicyId":"p-FullAWSAccess","TargetId":"444455556666"},{"PolicyId":"p-prod","TargetId":"444455556666"},{"PolicyId":"p-data","TargetId":"444455556666"}]}`

// world is an estate; org is organization.json, "none", or "" where nothing is
// known of it; gaps are those of estate.json.
func world(org, gaps string) *estate.Estate {
	state := map[string]string{"none": "none", "": "unknown"}[org]
	if state == "" {
		state = "known"
	}
	p := estate.Parts{Manifest: estate.File{Name: "estate.json", Found: true, Data: []byte(`{"schema":"assumewhy.estate/v1","organization":"` + state + `","gaps":[` + gaps + `]}`)}}
	if state == "known" {
		p.Organization = estate.File{Name: "organization.json", Found: true, Data: []byte(org)}
	}
	p.Accounts = []estate.Folder{
		estate.Fixed(ours, map[estate.Part][]byte{estate.Details: []byte(home), estate.Endpoints: []byte(endpoints)}),
		estate.Fixed(theirs, map[estate.Part][]byte{estate.Details: []byte(away)}),
		estate.Fixed(boss, map[estate.Part][]byte{estate.Details: []byte(`{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}`)}),
	}
	return estate.New(p)
}

func user(name string) request.Caller {
	return request.Caller{Kind: request.User, ARN: "arn:aws:iam::" + ours + ":user/" + name, Account: ours, UserName: name}
}

func roleSession(name string) request.Caller {
	return request.Caller{Kind: request.RoleSession, ARN: "arn:aws:sts::" + ours + ":assumed-role/" + name + "/s", Account: ours, RoleName: name, SessionName: "s"}
}

func in(account string, c request.Caller) request.Caller {
	c.Account = account
	return c
}

func temporary(c request.Caller) request.Caller {
	c.Temporary = true
	return c
}

func linked(c request.Caller) request.Caller {
	c.Linked = true
	return c
}

var (
	service = request.Caller{Kind: request.Service, ARN: "ec2.amazonaws.com"}
	oidc    = request.Caller{Kind: request.OIDC, ARN: "accounts.google.com", Provider: "accounts.google.com"}
	saml    = request.Caller{Kind: request.SAML}
	root    = request.Caller{Kind: request.Root, ARN: "arn:aws:iam::" + ours + ":root", Account: ours}
	nobody  = request.Caller{}
)

func target(account, path, name string) request.Role {
	return request.Role{ARN: "arn:aws:iam::" + account + ":role" + path + name, Partition: "aws", Account: account, Path: path, Name: name, IsRole: true}
}

// told is a layer in a line: exempt and why, unknown and its gap, or its levels
// with their policies and gaps.
func told(s *eval.Set) string {
	switch s.State {
	case eval.SetExempt:
		return "exempt: " + string(s.Why)
	case eval.SetUnknown:
		return "unknown:" + gaps(s)
	case eval.SetApplies:
	}
	var levels []string
	for i := range s.Levels {
		l := &s.Levels[i]
		text := l.Target[strings.LastIndexByte(l.Target, '/')+1:] + ":"
		for _, p := range l.Policies {
			name := p.Name
			if p.Kind == policy.KindTrust {
				name = "trust"
			}
			text += " " + name
		}
		levels = append(levels, text+gapsOf(l))
	}
	return strings.Join(levels, "; ")
}

func gaps(s *eval.Set) string {
	text := ""
	for _, g := range s.Gaps {
		text += fmt.Sprintf(" %s %s of %s in %s", g.Code, g.Why, g.Layer, g.Account)
	}
	return text
}

func gapsOf(l *eval.Level) string {
	text := ""
	for _, g := range l.Gaps {
		text += fmt.Sprintf(" [%s %s %s of %s]", g.Code, g.Subject[strings.LastIndexByte(g.Subject, '/')+1:], g.Why, g.Layer)
	}
	return text
}

func hold(t *testing.T, name string, s *eval.Set, want string) {
	t.Helper()
	if got := told(s); got != want {
		t.Errorf("%s:\n got %s\nwant %s", name, got, want)
	}
}
