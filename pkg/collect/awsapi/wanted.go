package awsapi

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// wants is what an estate is read for. What an event names and AWS could not
// have is left out: nothing that a stranger wrote into an event gets into a
// call.
type wants struct {
	caller   entityKey // user or role
	user     bool      // it is a user
	role     entityKey
	path     string   // of the role, to find the nearest one
	members  []string // accounts whose place in the organization matters
	provider string   // ARN of the identity provider; with saml true of any
	saml     bool
	endpoint endpointKey
}

type entityKey struct{ account, name string }

type endpointKey struct{ account, region, id string }

// wanted says what has to be read for a subject.
func wanted(s reconstruct.Subject) wants {
	var w wants
	c := s.Caller
	switch c.Kind {
	case request.User:
		w.caller, w.user = entity(c.Account, c.UserName), true
	case request.RoleSession:
		w.caller = entity(c.Account, c.RoleName)
	case request.OIDC:
		if isProviderOf(c.Provider, s.Role.Account) {
			w.provider = c.Provider
		}
	case request.SAML:
		w.saml = true
	default: // without policies of its own
	}
	if s.Role.IsRole {
		w.role, w.path = entity(s.Role.Account, s.Role.Name), s.Role.Path
	}
	for _, id := range []string{c.Account, s.Role.Account} {
		if isAccount(id) && !slices.Contains(w.members, id) {
			w.members = append(w.members, id)
		}
	}
	w.endpoint = endpointOf(s)
	return w
}

func entity(account, name string) entityKey {
	if !isAccount(account) || !isName(name) {
		return entityKey{}
	}
	return entityKey{account, name}
}

// endpointOf is the endpoint that the call came through. It stands in the
// region that served the call.
func endpointOf(s reconstruct.Subject) endpointKey {
	if s.Record == nil {
		return endpointKey{}
	}
	k := endpointKey{s.Record.EndpointAccount, s.Record.Region, s.Record.EndpointID}
	if k.account == "" {
		k.account = s.Caller.Account
	}
	if s.Record.EndpointType == "global" && s.Record.ServingRegion != "" {
		k.region = s.Record.ServingRegion
	}
	if !isAccount(k.account) || !isRegion(k.region) || !isEndpoint(k.id) {
		return endpointKey{}
	}
	return k
}

// key is the same for what the same reads answer.
func (w wants) key() string {
	kind := "role"
	if w.user {
		kind = "user"
	}
	saml := ""
	if w.saml {
		saml = "saml"
	}
	return strings.Join(slices.Concat([]string{
		kind, w.caller.account, w.caller.name, w.role.account, w.path, w.role.name, w.provider, saml,
		w.endpoint.account, w.endpoint.region, w.endpoint.id,
	}, w.members), "\n")
}

// read starts all that is wanted.
func (g *gathering) read(w wants) {
	if w.caller.name != "" && w.user {
		g.each(func() { g.user(w.caller) })
	}
	if w.caller.name != "" && !w.user {
		g.each(func() { g.role(w.caller, true) })
	}
	if w.role.name != "" {
		g.each(func() { g.target(w) })
	}
	if w.provider != "" || w.saml {
		g.each(func() { g.providers(w.role.account, w.provider) })
	}
	if w.endpoint.id != "" {
		g.each(func() { g.endpoint(w.endpoint) })
	}
	if len(w.members) > 0 {
		g.each(func() { g.place(w.members) })
	}
}

// unread is the estate of which nothing could be read in time.
func unread(w wants, f *fault) *estate.Estate {
	why := evidence.Timeout
	if f == nil {
		why = evidence.NotRead
	}
	p := estate.Parts{Source: estate.FromAWS, Gaps: []evidence.Gap{{Code: "organization", Permission: "organizations:DescribeOrganization", Why: why}}}
	for _, id := range w.members {
		p.Gaps = append(p.Gaps, evidence.Gap{Code: "account", Account: id, Subject: id, Permission: "iam:GetRole", Why: why})
	}
	return estate.New(p)
}
