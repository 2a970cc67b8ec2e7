package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// The two accounts of a small estate in which every part has a say: alice of the
// one asks, through a VPC endpoint, for the role Deployer of the other.
const (
	callerAccount = "111122223333"
	targetAccount = "444455556666"
)

const deniedEvent = `{"eventVersion":"1.11","userIdentity":{"type":"IAMUser","principalId":"AIDAEXAMPLEALICE00001","arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","userName":"alice"},
"eventTime":"2026-10-14T10:00:00Z","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","awsRegion":"eu-west-1","sourceIPAddress":"10.1.2.3","vpcEndpointId":"vpce-0a1b2c3d","vpcEndpointAccountId":"111122223333","userAgent":"aws-cli/2.32.0",
"errorCode":"AccessDenied","errorMessage":"User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/Deployer",
"requestParameters":{"roleArn":"arn:aws:iam::444455556666:role/Deployer","roleSessionName":"s"},"responseElements":null,"eventID":"11111111-2222-4333-8444-555555555555","recipientAccountId":"111122223333"}`

// smallLayers are the places of the small estate that hold a policy.
var smallLayers = []string{"trust", "inline", "attached", "group", "boundary", "scp", "rcp", "vpce"}

// smallFiles are its files. Every policy lets the call be, but that of the layer
// named by denies, which forbids it; "" denies nowhere, "every" everywhere.
func smallFiles(denies string) map[string]string { return smallFilesWith(denies, "") }

// smallFilesWith are the same with the layer's policy in the words given.
func smallFilesWith(denies, text string) map[string]string {
	doc := func(layer string) string {
		if layer == denies && text != "" {
			return text
		}
		who := ""
		if layer == "trust" || layer == "rcp" || layer == "vpce" {
			who = `"Principal":{"AWS":"*"},`
		}
		on := `"Resource":["*"],`
		if layer == "trust" {
			on = ""
		}
		deny := ""
		if layer == denies || denies == "every" {
			deny = `{"Sid":"No","Effect":"Deny",` + who + on + `"Action":["sts:AssumeRole"],"Condition":{"StringEquals":{"aws:PrincipalAccount":["111122223333"]}}},`
		}
		return `{"Version":"2012-10-17","Statement":[` + deny + `{"Effect":"Allow",` + who + on + `"Action":["sts:*"]}]}`
	}
	managed := func(name, doc string) string {
		return fmt.Sprintf(`{"PolicyName":%[1]q,"PolicyId":"ANPA%[1]s","Arn":"arn:aws:iam::111122223333:policy/%[1]s","Path":"/","DefaultVersionId":"v2",
"PolicyVersionList":[{"VersionId":"v2","IsDefaultVersion":true,"Document":%[2]s},{"VersionId":"v1","IsDefaultVersion":false,"Document":{"Version":"2012-10-17","Statement":[]}}]}`, name, doc)
	}
	return map[string]string{
		"estate.json": `{"schema":"assumewhy.estate/v1","read_at":"2026-10-14T11:00:00Z","organization":"known","gaps":[{"account":"999900001111","part":"roles","subject":"x","permission":"iam:GetRole","why":"denied"}]}`,
		"organization.json": `{"Id":"o-exampleorgid","MasterAccountId":"999988887777","Roots":[{"Id":"r-ab12","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]}],
"Nodes":[{"Id":"ou-ab12-11111111","Name":"Work","ParentId":"r-ab12"},{"Id":"111122223333","Name":"dev","ParentId":"ou-ab12-11111111","State":"ACTIVE"},{"Id":"444455556666","Name":"prod","ParentId":"ou-ab12-11111111","State":"ACTIVE"}],
"Policies":[{"Id":"p-11111111","Arn":"arn:aws:organizations::999988887777:policy/o-exampleorgid/service_control_policy/p-11111111","Name":"Guard","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false,"Content":` + doc("scp") + `},
{"Id":"p-22222222","Arn":"arn:aws:organizations::999988887777:policy/o-exampleorgid/resource_control_policy/p-22222222","Name":"Fence","Type":"RESOURCE_CONTROL_POLICY","AwsManaged":false,"Content":` + doc("rcp") + `}],
"Attachments":[{"PolicyId":"p-FullAWSAccess","TargetId":"r-ab12"},{"PolicyId":"p-FullAWSAccess","TargetId":"111122223333"},{"PolicyId":"p-FullAWSAccess","TargetId":"444455556666"},{"PolicyId":"p-11111111","TargetId":"ou-ab12-11111111"},{"PolicyId":"p-22222222","TargetId":"ou-ab12-11111111"}]}`,
		"caller": `{"UserDetailList":[{"Path":"/","UserName":"alice","UserId":"AIDAEXAMPLEALICE00001","Arn":"arn:aws:iam::111122223333:user/alice","CreateDate":"2024-05-06T07:08:09+00:00",
"UserPolicyList":[{"PolicyName":"own","PolicyDocument":` + doc("inline") + `}],"GroupList":["dev"],"AttachedManagedPolicies":[{"PolicyName":"shared","PolicyArn":"arn:aws:iam::111122223333:policy/shared"}],
"PermissionsBoundary":{"PermissionsBoundaryType":"PermissionsBoundaryPolicy","PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/bound"},"Tags":[{"Key":"team","Value":"blue"}]}],
"GroupDetailList":[{"Path":"/","GroupName":"dev","GroupId":"AGPADEV","Arn":"arn:aws:iam::111122223333:group/dev","GroupPolicyList":[{"PolicyName":"g","PolicyDocument":` + doc("group") + `}],"AttachedManagedPolicies":[]}],
"RoleDetailList":[],"Policies":[` + managed("shared", doc("attached")) + `,` + managed("bound", doc("boundary")) + `],"IsTruncated":false}`,
		"target": `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[{"Path":"/","RoleName":"Deployer","RoleId":"AROADEPLOYER","Arn":"arn:aws:iam::444455556666:role/Deployer","CreateDate":"2024-05-06T07:08:09+00:00",
"AssumeRolePolicyDocument":` + doc("trust") + `,"InstanceProfileList":[],"RolePolicyList":[],"AttachedManagedPolicies":[],"Tags":[{"Key":"team","Value":"blue"}],"RoleLastUsed":{},"MaxSessionDuration":3600}],"Policies":[],"IsTruncated":false}`,
		"providers": `{"OpenIDConnectProviderList":[{"Arn":"arn:aws:iam::111122223333:oidc-provider/example.com","Url":"example.com","ClientIDList":["a"]}],"SAMLProviderList":[{"Arn":"arn:aws:iam::111122223333:saml-provider/x"}]}`,
		"endpoints": `{"VpcEndpoints":[{"VpcEndpointId":"vpce-0a1b2c3d","VpcId":"vpc-1","OwnerId":"111122223333","PolicyDocument":` + doc("vpce") + `}]}`,
	}
}

// estateOf is the estate of the small files.
func estateOf(f map[string]string) *estate.Estate {
	return estate.New(estate.Parts{
		Manifest:     estate.File{Name: "estate.json", Found: true, Data: []byte(f["estate.json"])},
		Organization: estate.File{Name: "organization.json", Found: true, Data: []byte(f["organization.json"])},
		Accounts: []estate.Folder{
			estate.Fixed(callerAccount, map[estate.Part][]byte{
				estate.Details: []byte(f["caller"]), estate.IdentityProviders: []byte(f["providers"]), estate.Endpoints: []byte(f["endpoints"]),
			}),
			estate.Fixed(targetAccount, map[estate.Part][]byte{estate.Details: []byte(f["target"])}),
		},
	})
}

// write writes the small files as an estate directory.
func write(t testing.TB, dir string, f map[string]string) {
	t.Helper()
	for name, path := range map[string]string{
		"estate.json": "estate.json", "organization.json": "organization.json",
		"caller":    "accounts/" + callerAccount + "/authorization-details.json",
		"providers": "accounts/" + callerAccount + "/identity-providers.json",
		"endpoints": "accounts/" + callerAccount + "/vpc-endpoints.json",
		"target":    "accounts/" + targetAccount + "/authorization-details.json",
	} {
		full := filepath.Join(dir, filepath.FromSlash(path))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(f[name]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSmallEstate(t *testing.T) {
	for _, layer := range append([]string{""}, smallLayers...) {
		e := estateOf(smallFiles(layer))
		got := explained([]byte(deniedEvent), e)
		e.ReadAll()
		want := "allowed_now"
		if layer != "" {
			want = "denied"
		}
		if len(got.reports) != 1 || got.reports[0].Verdict != want || (len(got.provedSet) > 0) != (layer != "") {
			t.Errorf("%s: %+v", layer, got)
		}
		for _, f := range e.Findings() {
			if !strings.Contains(f.Text, "is not there") {
				t.Errorf("%s: %s", layer, f)
			}
		}
	}
}

// holderOf is the file that holds the policy of a layer.
var holderOf = map[string]string{
	"trust": "target", "inline": "caller", "attached": "caller", "group": "caller", "boundary": "caller",
	"scp": "organization.json", "rcp": "organization.json", "vpce": "endpoints",
}

// unused are the members that no answer depends on: whatever is in them.
var unused = []string{
	"CreateDate", "InstanceProfileList", "RoleLastUsed", "MaxSessionDuration", "PermissionsBoundaryType", "AwsManaged", "Version", "Name",
	"PolicyName", "PolicyId", "State", "read_at", "Sid", "permission", "Path", "VpcId",
}

// Every node of every file in turn becomes a value of another type. Where one
// policy denies, nothing comes out as allowed; where all allow, nothing is
// proved to deny; and what changes the answer is told: in a finding that names
// the file, or in a gap of the report. (Where one policy denies, its file alone
// is changed, and of the combinations every third is tried.)
func TestWrongTypesInEstate(t *testing.T) {
	tried := 0
	try := func(denies, name string, step int) {
		files := smallFiles(denies)
		text := []byte(files[name])
		turn := 0
		for _, n := range nodesOf(t, text) {
			for _, other := range otherTypes {
				if n.name || other[0] == n.kind(text) {
					continue
				}
				if turn++; turn%(step*thinned(1, 7)) != 0 {
					continue
				}
				tried++
				files[name] = string(n.with(text, other))
				judgeEstate(t, fmt.Sprintf("%s denies; %s: %s is %s", denies, name, n.path, other), denies, n, other, files)
			}
		}
	}
	for _, name := range []string{"estate.json", "organization.json", "caller", "target", "providers", "endpoints"} {
		try("", name, 1)
	}
	for _, layer := range smallLayers {
		try(layer, holderOf[layer], 3)
		try(layer, "estate.json", 3)
	}
	if tried < thinned(4000, 500) {
		t.Errorf("only %d combinations", tried)
	}
}

func judgeEstate(t *testing.T, at, denies string, n node, other string, changed map[string]string) {
	t.Helper()
	e := estateOf(changed)
	got := explained([]byte(deniedEvent), e)
	if len(got.reports) != 1 {
		t.Errorf("%s: %d reports", at, len(got.reports))
		return
	}
	r := got.reports[0]
	member := n.path[strings.LastIndexByte(n.path, '.')+1:]
	switch {
	case other[0] == '"', other == "null" && !strings.Contains(n.path, "Document") && !strings.Contains(n.path, "Content"):
		return // a string may be right, and what is null is not there, but in policies
	case strings.Contains(n.path, ".Condition.") && strings.IndexAny(other, "t7-") == 0:
		return // values of conditions may be numbers and booleans
	case denies != "" && r.Verdict == "allowed_now":
		t.Errorf("%s: allowed", at)
	case denies == "" && len(got.provedSet) > 0:
		t.Errorf("%s: proves %s", at, got.provedSet)
	case slices.Contains(unused, member):
	case denies == "" && r.Verdict != "allowed_now" && len(e.Findings()) == 0 && len(r.Gaps) == 0:
		t.Errorf("%s: %s, and nothing is said", at, r.Verdict)
	}
}
