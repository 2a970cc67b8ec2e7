package reconstruct_test

import (
	"fmt"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// accountFile has one user and two roles, with a tag each.
func accountFile(account, roles string) string {
	return `{"UserDetailList":[{"Path":"/people/","UserName":"alice","UserId":"AIDAALICE","Arn":"arn:aws:iam::` + account + `:user/people/alice","GroupList":[],
		"Tags":[{"Key":"Team","Value":"blue"}]}],"GroupDetailList":[],"RoleDetailList":[` + roles + `],"Policies":[]}`
}

func roleEntry(account, path, name, id, tag string) string {
	return fmt.Sprintf(`{"Path":%[2]q,"RoleName":%[3]q,"RoleId":%[4]q,"Arn":"arn:aws:iam::%[1]s:role%[2]s%[3]s","AssumeRolePolicyDocument":{"Version":"2012-10-17","Statement":[]},
		"RolePolicyList":[],"AttachedManagedPolicies":[],"Tags":[{"Key":"Team","Value":%[5]q}]}`, account, path, name, id, tag)
}

// tree is an organization of both accounts.
func tree(accounts ...string) string {
	nodes := `{"Id":"ou-1","Name":"Work","ParentId":"r-abcd"}`
	for _, a := range accounts {
		nodes += `,{"Id":"` + a + `","Name":"n","ParentId":"ou-1","State":"ACTIVE"}`
	}
	return `{"Id":"o-abcdefghij","MasterAccountId":"999999999999","Roots":[{"Id":"r-abcd","PolicyTypes":[]}],"Nodes":[` + nodes + `],"Policies":[],"Attachments":[]}`
}

// world is an estate of both accounts; organization is organization.json, or
// "none", or "" where nothing is known of it.
func world(organization, manifest string) *estate.Estate {
	p := estate.Parts{}
	if manifest == "" && organization == "none" {
		manifest, organization = `{"schema":"assumewhy.estate/v1","organization":"none"}`, ""
	}
	if manifest != "" {
		p.Manifest = estate.File{Name: "estate.json", Found: true, Data: []byte(manifest)}
	}
	if organization != "" {
		p.Organization = estate.File{Name: "organization.json", Found: true, Data: []byte(organization)}
	}
	endpoints := `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","VpcId":"vpc-1","OwnerId":"` + ours + `","PolicyDocument":"{}"}]}`
	p.Accounts = []estate.Folder{
		estate.Fixed(ours, map[estate.Part][]byte{
			estate.Details:   []byte(accountFile(ours, roleEntry(ours, "/app/", "runner", "AROARUNNER", "green"))),
			estate.Endpoints: []byte(endpoints),
		}),
		estate.Fixed(theirs, map[estate.Part][]byte{
			estate.Details: []byte(accountFile(theirs, roleEntry(theirs, "/team/", "Target", "AROATARGET", "red"))),
		}),
	}
	return estate.New(p)
}

// whole is an estate in which all is known.
func whole(t testing.TB) *estate.Estate {
	t.Helper()
	e := world(tree(ours, theirs), "")
	e.ReadAll()
	for _, f := range e.Findings() {
		t.Fatal(f)
	}
	return e
}
