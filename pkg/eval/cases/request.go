package cases

import (
	"errors"
	"fmt"
	"sort"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// request is the question that a case puts.
func (d *decision) request() (*request.Request, error) {
	c, err := d.caller()
	if err != nil {
		return nil, err
	}
	a, err := d.actions()
	if err != nil {
		return nil, err
	}
	if d.Resource == "" {
		return nil, errors.New("no resource")
	}
	r := &request.Request{Caller: c, Role: d.role(), Actions: a}
	r.Keys = contextOf(d.Context, d.ContextMulti, d.ContextUnknown, d.ContextPresent)
	if len(d.VPCE) > 0 {
		r.Network.EndpointID = "vpce-case"
	}
	return r, nil
}

// role is the target. Its account is given beside the ARN, since not every ARN
// holds one.
func (d *decision) role() request.Role {
	out := request.Role{ARN: d.Resource, Account: d.ResourceAccount}
	a, ok := arn.Parse(d.Resource)
	if !ok {
		return out
	}
	out.Partition = a.Partition
	if out.Account == "" {
		out.Account = a.Account
	}
	if rest, ok := strings.CutPrefix(a.Resource, "role/"); ok && a.Service == "iam" {
		out.Path, out.Name = arn.RoleName(rest)
		out.Path = "/" + out.Path
		out.IsRole = true
		out.Linked = strings.HasPrefix(out.Path, "/aws-service-role/")
	}
	return out
}

var kinds = map[string]request.CallerKind{
	"user": request.User, "session": request.RoleSession, "root": request.Root,
	"service": request.Service, "oidc": request.OIDC, "saml": request.SAML,
	"federated-user": request.FederatedUser,
}

// kind is the kind of caller: as given, else by the form of the principal.
func (d *decision) kind(a arn.ARN, isARN bool) (request.CallerKind, error) {
	if d.PrincipalType != "" {
		k, ok := kinds[d.PrincipalType]
		if !ok {
			return 0, fmt.Errorf("principal_type %q is not known", d.PrincipalType)
		}
		return k, nil
	}
	first, _, _ := strings.Cut(a.Resource, "/")
	switch {
	case isARN:
		if k, ok := kindOfARN[a.Service+":"+first]; ok {
			return k, nil
		}
	case request.BuiltInProvider(d.Principal):
		return request.OIDC, nil
	case strings.Contains(d.Principal, ".") && !strings.ContainsAny(d.Principal, " :"):
		return request.Service, nil
	}
	return 0, fmt.Errorf("principal %q is no user, session, root, service or identity provider", d.Principal)
}

var kindOfARN = map[string]request.CallerKind{
	"iam:user": request.User, "sts:assumed-role": request.RoleSession, "iam:root": request.Root,
	"sts:federated-user": request.FederatedUser, "iam:oidc-provider": request.OIDC,
	"iam:saml-provider": request.SAML, "iam:role": request.RoleSession,
}

// caller reads the principal of a case.
func (d *decision) caller() (request.Caller, error) {
	if d.Principal == "" {
		return request.Caller{}, errors.New("no principal")
	}
	a, isARN := arn.Parse(d.Principal)
	k, err := d.kind(a, isARN)
	if err != nil {
		return request.Caller{}, err
	}
	c := request.Caller{Kind: k, ARN: d.Principal, Account: d.PrincipalAccount}
	if c.Account == "" {
		c.Account = a.Account
	}
	switch k {
	case request.Service:
		c.Account = ""
	case request.OIDC, request.SAML:
		c.Account, c.Provider = "", d.Principal
	case request.User:
		_, c.UserName = arn.RoleName(a.Resource)
	case request.RoleSession:
		d.session(&c, a)
	default: // root, and sessions that assume no role
	}
	return c, nil
}

// session reads a role session; the role's path is in principal_role_arn or in
// aws:PrincipalArn, or not known.
func (d *decision) session(c *request.Caller, a arn.ARN) {
	c.Chained = true // a session that assumes a role is a link of a chain
	c.RoleARN = d.PrincipalRoleARN
	if v := d.principalARN(); c.RoleARN == "" && strings.Contains(v, ":role/") {
		c.RoleARN = v
	}
	if a.Service == "iam" { // the role alone: which session of it is not known
		c.RoleARN, c.ARN = d.Principal, ""
		_, c.RoleName = arn.RoleName(a.Resource)
	} else if parts := strings.SplitN(a.Resource, "/", 3); len(parts) == 3 {
		c.RoleName, c.SessionName = parts[1], parts[2]
	}
	c.Linked = strings.Contains(c.RoleARN, ":role/aws-service-role/")
}

func (d *decision) principalARN() string {
	for _, name := range sorted(d.Context) {
		if v := d.Context[name].list; strings.EqualFold(name, "aws:PrincipalArn") && len(v) == 1 {
			return v[0]
		}
	}
	return ""
}

// contextOf makes the request context: what is not listed is absent. A name
// that ends in "/" or "/*" stands for a family of keys.
func contextOf(given map[string]texts, multi, unknown, present []string) request.Keys {
	isMulti := map[string]bool{}
	for _, name := range multi {
		isMulti[strings.ToLower(name)] = true
	}
	var keys, families []request.Key
	for _, name := range sorted(given) {
		v := given[name]
		k := request.Key{Name: request.Canonical(name), State: request.KeyPresent, Values: v.list}
		k.Multi = isMulti[strings.ToLower(name)]
		if v.null {
			k.State = request.KeyAbsent
		}
		keys = append(keys, k)
	}
	add := func(names []string, state request.KeyState) {
		for _, name := range names {
			name = strings.TrimSuffix(name, "*")
			spec, _ := request.Lookup(name)
			k := request.Key{Name: request.Canonical(name), State: state, Multi: isMulti[strings.ToLower(name)] || spec.Multi}
			if strings.HasSuffix(name, "/") {
				families = append(families, k)
			} else {
				keys = append(keys, k)
			}
		}
	}
	add(unknown, request.KeyUnknown)
	add(present, request.KeyPresentAny)
	return request.NewKeys(keys, families, request.Key{State: request.KeyAbsent})
}

func sorted(m map[string]texts) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
