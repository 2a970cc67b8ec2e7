package estate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

const (
	githubARN = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
	samlARN   = "arn:aws:iam::111122223333:saml-provider/idp"
)

func partOf(t *testing.T, p Part, text, manifest string) (*Account, *Estate) {
	t.Helper()
	parts := Parts{Accounts: []Folder{Fixed(prod, map[Part][]byte{p: []byte(text)})}}
	if manifest != "" {
		parts.Manifest = manifestFile(manifest)
	}
	e := New(parts)
	return account(t, e, prod), e
}

func TestProviders(t *testing.T) {
	for _, c := range []struct{ name, text, manifest, want, audiences, finding string }{
		{"list alone", `{"OpenIDConnectProviderList":[{"Arn":"` + githubARN + `"}],"SAMLProviderList":[]}`, "", "known", "gap provider not_read", ""},
		{"audiences", `{"OpenIDConnectProviderList":[{"Arn":"` + githubARN + `","Url":"https://token.actions.githubusercontent.com","ClientIDList":["sts.amazonaws.com"]}],"SAMLProviderList":[{"Arn":"` + samlARN + `"}]}`, "", "known", "known", ""},
		{"gap of one", `{"OpenIDConnectProviderList":[],"SAMLProviderList":[]}`, gapsText(gapText(prod, "providers", githubARN, "denied")), "known", "gap provider denied", ""},
		{"gap of all", `{"OpenIDConnectProviderList":[],"SAMLProviderList":[]}`, gapsText(gapText(prod, "providers", "", "denied")), "gap provider denied", "", ""},
		{"empty lists", `{"OpenIDConnectProviderList":[],"SAMLProviderList":[]}`, "", "known", "", ""},
		{"one list missing", `{"OpenIDConnectProviderList":[]}`, "", "gap provider unreadable", "", "has no list SAMLProviderList"},
		{"element without Arn", `{"OpenIDConnectProviderList":[{}],"SAMLProviderList":[]}`, "", "gap provider unreadable", "", "OpenIDConnectProviderList has an element without Arn"},
		{"Arn twice", `{"OpenIDConnectProviderList":[],"SAMLProviderList":[{"Arn":"` + samlARN + `","Arn":"x"}]}`, "", "gap provider unreadable", "", "SAMLProviderList has an element without Arn"},
		{"broken", `{"OpenIDConnectProviderList":[`, "", "gap provider unreadable", "", "is cut off"},
	} {
		a, e := partOf(t, IdentityProviders, c.text, c.manifest)
		f := a.Providers()
		if state(f) != c.want {
			t.Errorf("%s: %s, want %s", c.name, state(f), c.want)
		}
		p, _ := f.Get()
		got := ""
		if len(p.OIDC) > 0 {
			got = state(p.OIDC[0].Audiences)
			if p.OIDC[0].ARN != githubARN || p.OIDC[0].URL != "token.actions.githubusercontent.com" {
				t.Errorf("%s: %+v", c.name, p.OIDC[0])
			}
		}
		if got != c.audiences {
			t.Errorf("%s: audiences %s, want %s", c.name, got, c.audiences)
		}
		if c.finding != "" {
			wantFindings(t, e.Findings(), "accounts/111122223333/identity-providers.json: "+c.finding)
		} else {
			wantFindings(t, e.Findings())
		}
	}
}

func TestEndpoint(t *testing.T) {
	const one = `{"VpcEndpointId":"vpce-1","VpcId":"vpc-1","OwnerId":"222233334444","PolicyDocument":"{\"Statement\":[]}"}`
	for _, c := range []struct{ name, text, manifest, one, two, finding string }{
		{"whole", `{"VpcEndpoints":[` + one + `]}`, "", "known", "none", ""},
		{"next page", `{"VpcEndpoints":[` + one + `],"NextToken":"x"}`, "", "known", "gap endpoint truncated", ""},
		{"next page, in another case", `{"VpcEndpoints":[` + one + `],"nextToken":"x"}`, "", "known", "gap endpoint truncated", ""},
		{"last page", `{"VpcEndpoints":[` + one + `],"NextToken":null}`, "", "known", "none", ""},
		{"gap of one", `{"VpcEndpoints":[` + one + `]}`, gapsText(gapText(prod, "endpoints", "vpce-1", "denied")), "gap endpoint denied", "none", ""},
		{"gap of all", `{"VpcEndpoints":[` + one + `]}`, gapsText(gapText(prod, "endpoints", "", "denied")), "known", "gap endpoint denied", ""},
		{"twice", `{"VpcEndpoints":[` + one + `,` + one + `]}`, "", "gap endpoint unreadable", "none", `has "vpce-1" twice`},
		{"no list", `{}`, "", "gap endpoint unreadable", "gap endpoint unreadable", "has no list VpcEndpoints"},
		{"odd element", `{"VpcEndpoints":[` + one + `,{}]}`, "", "known", "gap endpoint unreadable", "an element that is not understood"},
		{"broken", `{"VpcEndpoints"`, "", "gap endpoint unreadable", "gap endpoint unreadable", "is cut off"},
	} {
		a, e := partOf(t, Endpoints, c.text, c.manifest)
		if got := state(a.Endpoint("vpce-1")); got != c.one {
			t.Errorf("%s: vpce-1 %s, want %s", c.name, got, c.one)
		}
		if got := state(a.Endpoint("vpce-2")); got != c.two {
			t.Errorf("%s: vpce-2 %s, want %s", c.name, got, c.two)
		}
		if c.finding != "" {
			wantFindings(t, e.Findings(), c.finding)
		} else {
			wantFindings(t, e.Findings())
		}
	}
	a, _ := partOf(t, Endpoints, `{"VpcEndpoints":[`+one+`,{"VpcEndpointId":"vpce-2"}]}`, "")
	v := must(t, a.Endpoint("vpce-1"))
	want := policy.Meta{Kind: policy.KindVPCE, Name: "vpce-1", AttachedTo: "vpce-1", Account: dev}
	if d := cmp.Diff(want, must(t, v.Policy).Meta); d != "" || v.VPC != "vpc-1" || v.Owner != dev {
		t.Errorf("%+v %s", v, d)
	}
	if v := must(t, a.Endpoint("vpce-2")); state(v.Policy) != "gap endpoint not_read" || v.Owner != prod {
		t.Errorf("%+v", v)
	}
}

func TestReadAllAndOrder(t *testing.T) {
	reads := map[string]int{}
	folder := func(id string) Folder {
		return Folder{ID: id, Read: func(p Part) File {
			reads[id+FileName(p)]++
			return File{Name: "accounts/" + id + "/" + FileName(p), Problem: "cannot be read"}
		}}
	}
	e := New(Parts{Accounts: []Folder{folder(dev), folder(prod), folder(dev), {ID: other}}})
	if all := e.Accounts(); len(all) != 3 || all[0].ID() != prod || all[2].ID() != other || len(reads) != 0 {
		t.Fatalf("accounts %v, reads %v", all, reads)
	}
	e.ReadAll()
	e.ReadAll()
	if len(e.Findings()) != 6 || e.Findings()[0].File != "accounts/111122223333/authorization-details.json" {
		t.Errorf("findings: %q", lines(e.Findings()))
	}
	for k, n := range reads {
		if n != 1 {
			t.Errorf("%s was read %d times", k, n)
		}
	}
}

func TestTrim(t *testing.T) {
	var all []Finding
	for range 25 {
		all = append(all, Finding{"a", "x"})
	}
	all = append(all, Finding{"b", "y"})
	got := trim(all)
	if len(got) != 22 || got[20].Text != "and 5 more findings" || got[21].File != "b" {
		t.Errorf("%q", lines(got))
	}
}

// A member that is spelled otherwise is not read, and what it says must not
// pass for not being there.
func TestMembersInAnotherCase(t *testing.T) {
	for _, c := range []struct{ old, new, user, role, group string }{
		{`"PermissionsBoundary": {`, `"permissionsBoundary": {`, "gap user unreadable", "known", "known"},
		{`"PermissionsBoundary": {`, `"permissions_boundary": {`, "gap user unreadable", "known", "known"},
		{`"UserPolicyList"`, `"userPolicyList"`, "gap user unreadable", "known", "known"},
		{`"GroupList": ["admins"`, `"groupList": ["admins"`, "gap user unreadable", "known", "known"},
		{`"UserId": "AIDAEXAMPLEALICE"`, `"userId": "AIDAEXAMPLEALICE"`, "gap user unreadable", "known", "known"},
		{`"GroupPolicyList"`, `"grouppolicylist"`, "known", "known", "gap group unreadable"},
		{`"RolePolicyList": [], "AttachedManagedPolicies"`, `"RolePolicyList": [], "attachedManagedPolicies"`, "known", "gap role unreadable", "known"},
		{`"AssumeRolePolicyDocument": {`, `"assumeRolePolicyDocument": {`, "known", "gap role unreadable", "known"},
		{`"Tags": [{"Key": "team"`, `"tags": [{"Key": "team"`, "gap user unreadable", "known", "known"},
	} {
		e := New(Parts{Accounts: []Folder{details1(prod, replace(sample, c.old, c.new))}})
		a := account(t, e, prod)
		if got := state(a.User("alice")); got != c.user {
			t.Errorf("%s: user %s, want %s", c.new, got, c.user)
		}
		if got := state(a.Role("Deploy")); got != c.role {
			t.Errorf("%s: role %s, want %s", c.new, got, c.role)
		}
		if got := state(a.group("admins")); got != c.group {
			t.Errorf("%s: group %s, want %s", c.new, got, c.group)
		}
		if got := state(a.Role("untrusted")); got != "known" {
			t.Errorf("%s: another role is %s", c.new, got)
		}
		wantFindings(t, e.Findings(), "where AWS writes")
	}
	for _, c := range []struct{ old, new string }{
		{`{"Key": "team", "Value": "blue"}`, `{"Key": "team", "value": "blue"}`},
		{`{"Key": "team", "Value": "blue"}`, `{"Key": 7, "Value": "blue"}`},
		{`{"PolicyName": "own", `, `{"PolicyDocument": {}, "PolicyName": "own", `},
		{`{"PolicyName": "deploy", "PolicyArn"`, `{"PolicyArn": "x", "PolicyName": "deploy", "PolicyArn"`},
	} {
		a := account(t, New(Parts{Accounts: []Folder{details1(prod, replace(sample, c.old, c.new))}}), prod)
		if got := state(a.User("alice")); got != "gap user unreadable" {
			t.Errorf("%s: user %s", c.new, got)
		}
	}
	e := New(Parts{Accounts: []Folder{details1(prod, replace(sample, `"DefaultVersionId"`, `"defaultVersionId"`))}})
	if got := state(account(t, e, prod).document("arn:aws:iam::111122223333:policy/deploy")); got != "gap policy unreadable" {
		t.Errorf("policy: %s", got)
	}
	wantFindings(t, e.Findings(), "where AWS writes DefaultVersionId")
	a := account(t, New(Parts{Accounts: []Folder{details1(prod, replace(sample, `"Policies": [`, `"isTruncated": true, "Policies": [`))}}), prod)
	if got := state(a.Role("gone")); got != "gap role truncated" {
		t.Errorf("one page of several, in another case: %s", got)
	}
}
