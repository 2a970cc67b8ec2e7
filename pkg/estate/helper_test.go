package estate

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

const (
	prod  = "111122223333"
	dev   = "222233334444"
	other = "333344445555"
)

// sample is an account file in the shape that the AWS CLI prints; documents as
// objects and as URL-encoded strings.
const sample = `{
  "UserDetailList": [
    {"Path": "/people/", "UserName": "alice", "UserId": "AIDAEXAMPLEALICE", "Arn": "arn:aws:iam::111122223333:user/people/alice",
     "CreateDate": "2024-01-02T03:04:05+00:00", "GroupList": ["admins", "gone"],
     "UserPolicyList": [{"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}],
     "AttachedManagedPolicies": [
       {"PolicyName": "deploy", "PolicyArn": "arn:aws:iam::111122223333:policy/deploy"},
       {"PolicyName": "ReadOnlyAccess", "PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
       {"PolicyName": "lost", "PolicyArn": "arn:aws:iam::111122223333:policy/lost"}],
     "PermissionsBoundary": {"PermissionsBoundaryType": "PermissionsBoundaryPolicy", "PermissionsBoundaryArn": "arn:aws:iam::111122223333:policy/deploy"},
     "Tags": [{"Key": "team", "Value": "blue"}, {"Key": "empty", "Value": ""}]},
    {"Path": "/", "UserName": "bob", "UserId": "AIDAEXAMPLEBOB", "Arn": "arn:aws:iam::111122223333:user/bob", "GroupList": []}
  ],
  "GroupDetailList": [
    {"Path": "/", "GroupName": "admins", "GroupId": "AGPAEXAMPLE", "Arn": "arn:aws:iam::111122223333:group/admins",
     "GroupPolicyList": [{"PolicyName": "admin", "PolicyDocument": "%7B%22Statement%22%3A%5B%5D%7D"}],
     "AttachedManagedPolicies": []}
  ],
  "RoleDetailList": [
    {"Path": "/team/", "RoleName": "Deploy", "RoleId": "AROAEXAMPLE1", "Arn": "arn:aws:iam::111122223333:role/team/Deploy",
     "AssumeRolePolicyDocument": {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}]},
     "RolePolicyList": [], "AttachedManagedPolicies": [], "MaxSessionDuration": 7200, "PermissionsBoundary": null},
    {"Path": "/", "RoleName": "untrusted", "RoleId": "AROAEXAMPLE2", "Arn": "arn:aws:iam::111122223333:role/untrusted"},
    {"RoleName": "no-path", "Arn": "arn:aws:iam::111122223333:role/a/b/no-path", "AssumeRolePolicyDocument": "%7B%7D"}
  ],
  "Policies": [
    {"PolicyName": "deploy", "PolicyId": "ANPA1", "Arn": "arn:aws:iam::111122223333:policy/deploy", "DefaultVersionId": "v2",
     "Tags": [{"Key": "Owner", "Value": "platform@example.com"}],
     "PolicyVersionList": [
       {"VersionId": "v3", "IsDefaultVersion": false, "Document": {"Id": "three"}},
       {"VersionId": "v2", "IsDefaultVersion": true, "Document": {"Id": "two"}}]}
  ]
}`

const awsPolicies = `{"UserDetailList": [], "GroupDetailList": [], "RoleDetailList": [], "Policies": [
  {"PolicyName": "ReadOnlyAccess", "Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "DefaultVersionId": "v9",
   "PolicyVersionList": [{"VersionId": "v8", "Document": {"Id": "old"}}, {"VersionId": "v9", "Document": {"Id": "new"}}]}]}`

func details1(id, text string) Folder {
	return Fixed(id, map[Part][]byte{Details: []byte(text)})
}

func manifestFile(text string) File {
	return File{Name: "estate.json", Found: true, Data: []byte(text)}
}

func account(t *testing.T, e *Estate, id string) *Account {
	t.Helper()
	a, ok := e.Account(id).Get()
	if !ok {
		t.Fatalf("account %s is not known", id)
	}
	return a
}

// state is one word for a fact, and the reason when it is missing.
func state[T any](f evidence.Fact[T]) string {
	if g, missing := f.Gap(); missing {
		return "gap " + g.Code + " " + string(g.Why)
	}
	return [...]string{"", "known", "none"}[f.State()]
}

func must[T any](t *testing.T, f evidence.Fact[T]) T {
	t.Helper()
	v, ok := f.Get()
	if !ok {
		g, _ := f.Gap()
		t.Fatalf("not known: %v %+v", f.State(), g)
	}
	return v
}

// lines are findings as one text each.
func lines(all []Finding) []string {
	out := []string{}
	for _, f := range all {
		out = append(out, f.String())
	}
	return out
}

// wantFindings checks that there is one finding for each fragment, in order.
func wantFindings(t *testing.T, got []Finding, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("findings: %q, want %q", lines(got), want)
		return
	}
	for i, w := range want {
		if s := got[i].String(); !strings.Contains(s, w) || strings.Contains(s, "\n") {
			t.Errorf("finding %d: %q, want %q", i, s, w)
		}
	}
}
