package awsapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// folder is what was read of one account.
type folder struct {
	id        string
	users     map[string]userDetail
	groups    map[string]groupDetail
	roles     map[string]roleDetail
	policies  map[string]managedPolicy
	providers *providerLists
	endpoints []endpointDetail

	noUsers, noRoles, trustOnly map[string]bool
	names                       []estate.Name // of roles
}

func newFolder(id string) *folder {
	return &folder{
		id: id, users: map[string]userDetail{}, groups: map[string]groupDetail{}, roles: map[string]roleDetail{}, policies: map[string]managedPolicy{},
		noUsers: map[string]bool{}, noRoles: map[string]bool{}, trustOnly: map[string]bool{},
	}
}

// gap is one of estate.json.
type gap struct {
	Account    string `json:"account"`
	Part       string `json:"part"`
	Subject    string `json:"subject"`
	Permission string `json:"permission"`
	Why        string `json:"why"`
}

// manifest is estate.json.
type manifest struct {
	Schema       string `json:"schema"`
	ReadAt       string `json:"read_at"`
	Organization string `json:"organization"`
	Gaps         []gap  `json:"gaps"`
}

// authorizationDetails is authorization-details.json.
type authorizationDetails struct {
	UserDetailList  []userDetail
	GroupDetailList []groupDetail
	RoleDetailList  []roleDetail
	Policies        []managedPolicy
	IsTruncated     bool `json:",omitempty"`
}

// parts are what was read, as the files of an estate directory: the readers of
// these say what is known, and what not.
func (g *gathering) parts() estate.Parts {
	g.mu.Lock()
	defer g.mu.Unlock()
	m := manifest{Schema: estate.Schema, Organization: "unknown", Gaps: slices.Clone(g.gaps)}
	if !g.oldest.IsZero() {
		m.ReadAt = g.oldest.UTC().Format(time.RFC3339Nano)
	}
	p := estate.Parts{Source: estate.FromAWS}
	if g.tree != nil {
		o, state, gaps := g.tree.document(slices.Collect(maps.Keys(g.folders)))
		m.Organization = state
		m.Gaps = append(m.Gaps, gaps...)
		if o != nil {
			p.Organization = estate.File{Name: "organization.json", Found: true, Data: encode(o)}
			p.Asked = g.tree.asked
		}
	}
	for _, id := range slices.Sorted(maps.Keys(g.folders)) {
		f := g.folders[id]
		p.Accounts = append(p.Accounts, f.folder())
		m.Gaps = append(m.Gaps, f.rest()...)
	}
	slices.SortFunc(m.Gaps, compareGaps)
	p.Manifest = estate.File{Name: "estate.json", Found: true, Data: encode(m)}
	return p
}

// compareGaps puts what is said of one thing before what is said of its kind,
// since the first that fits counts.
func compareGaps(a, b gap) int {
	return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Part, b.Part), -cmp.Compare(a.Subject, b.Subject),
		cmp.Compare(a.Why, b.Why), cmp.Compare(a.Permission, b.Permission))
}

// folder gives the files of an account.
func (f *folder) folder() estate.Folder {
	files := map[estate.Part][]byte{estate.Details: encode(authorizationDetails{
		UserDetailList: sorted(f.users), GroupDetailList: sorted(f.groups), RoleDetailList: sorted(f.roles), Policies: sorted(f.policies),
	})}
	if f.providers != nil {
		files[estate.IdentityProviders] = encode(f.providers)
	}
	if f.endpoints != nil {
		files[estate.Endpoints] = encode(endpointList{f.endpoints})
	}
	given := estate.Fixed(f.id, files)
	given.Partial = estate.Partial{
		NoUsers: keys(f.noUsers), NoRoles: keys(f.noRoles), TrustOnly: keys(f.trustOnly), Roles: f.names,
	}
	return given
}

// rest says that there may be more of everything than was read.
func (f *folder) rest() []gap {
	gaps := []gap{
		{f.id, "users", "", "iam:GetUser", "not_read"},
		{f.id, "groups", "", "iam:GetAccountAuthorizationDetails", "not_read"},
		{f.id, "roles", "", "iam:GetRole", "not_read"},
		{f.id, "policies", "", "iam:GetPolicyVersion", "not_read"},
		{f.id, "endpoints", "", "ec2:DescribeVpcEndpoints", "not_read"},
	}
	if f.providers == nil {
		gaps = append(gaps, gap{f.id, "providers", "", "iam:ListOpenIDConnectProviders", "not_read"})
	}
	return gaps
}

// sorted are the values in the order of their keys.
func sorted[T any](m map[string]T) []T {
	list := make([]T, 0, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		list = append(list, m[k])
	}
	return list
}

func keys(m map[string]bool) []string { return slices.Sorted(maps.Keys(m)) }

// encode writes a file as the AWS CLI prints it. Nothing that is encoded here
// can fail.
func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "    ")
	_ = e.Encode(v)
	return b.Bytes()
}
