package scope_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
)

// TestCaller: identity policies are the caller's own and those of its groups;
// services, federated callers and those that were deleted have none. What was not read is a gap of its
// level, of an entity that is not known a gap of the whole layer.
func TestCaller(t *testing.T) {
	tests := []struct {
		name               string
		caller             request.Caller
		gaps               string
		identity, boundary string
	}{
		{"user", user("alice"), "", "alice: own more deploy shared [policy gone not_read of identity] [group lost not_read of identity]", "alice: limit"},
		{"user with nothing", user("bob"), "", "bob:", "exempt: no_boundary"},
		{"policies not read", user("carol"), "", "carol: [policy gone not_read of identity]", "carol: [policy unread not_read of boundary]"},
		{"role", roleSession("runner"), "", "runner: run", "exempt: no_boundary"},
		{"service-linked role", linked(roleSession("runner")), "", "runner: run", "exempt: no_boundary"},
		{"user that is not there", user("dave"), "", "unknown: caller not_read of identity in " + ours, "unknown: caller not_read of boundary in " + ours},
		{"user that was deleted while the session lives", temporary(user("dave")), "", "dave:", "exempt: no_boundary"},
		{"users not read", user("dave"), `{"account":"` + ours + `","part":"users","why":"denied"}`, "unknown: user denied of identity in " + ours, "unknown: user denied of boundary in " + ours},
		{"role that was deleted", temporary(roleSession("gone")), "", "s:", "exempt: no_boundary"},
		{"account not known", in(stranger, user("alice")), "", "unknown: account not_read of identity in " + stranger, "unknown: account not_read of boundary in " + stranger},
		{"service", service, "", "exempt: service_caller", "exempt: service_caller"},
		{"token", oidc, "", "exempt: federated_caller", "exempt: federated_caller"},
		{"assertion", saml, "", "exempt: federated_caller", "exempt: federated_caller"},
		{"root", root, "", "unknown: caller not_read of identity in " + ours, "unknown: caller not_read of boundary in " + ours},
		{"nobody", nobody, "", "unknown: account not_read of identity in ", "unknown: account not_read of boundary in "},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			p := scope.Policies(world(organization, c.gaps), &request.Request{Caller: c.caller, Role: target(theirs, "/team/", "Target")})
			hold(t, "identity", &p.Identity, c.identity)
			hold(t, "boundary", &p.Boundary, c.boundary)
		})
	}
}

// TestTrust: only a role known not to exist has a layer without a policy; the
// role's own policies are never in it.
func TestTrust(t *testing.T) {
	tests := []struct {
		name string
		role request.Role
		gaps string
		want string
	}{
		{"role", target(theirs, "/team/", "Target"), "", "Target: trust"},
		{"not there", target(theirs, "/", "Gone"), "", "Gone:"},
		{"another path", target(theirs, "/", "Target"), "", "Target:"},
		{"another partition", request.Role{ARN: "arn:aws-cn:iam::" + theirs + ":role/team/Target", Account: theirs, Name: "Target", Path: "/team/", IsRole: true}, "", "Target:"},
		{"no document", target(ours, "/", "untrusted"), "", "untrusted: [role untrusted not_read of trust]"},
		{"roles not read", target(theirs, "/", "Gone"), `{"account":"` + theirs + `","part":"roles","why":"denied"}`, "unknown: role denied of trust in " + theirs},
		{"this role not read", target(theirs, "/team/", "Target"), `{"account":"` + theirs + `","part":"roles","subject":"Target","why":"denied"}`, "unknown: role denied of trust in " + theirs},
		{"account not known", target(stranger, "/", "Target"), "", "unknown: account not_read of trust in " + stranger},
		{"role not known", request.Role{}, "", "unknown: account not_read of trust in "},
		{"no role", request.Role{ARN: "arn:aws:iam::" + theirs + ":user/alice", Account: theirs}, "", "alice:"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			p := scope.Policies(world(organization, c.gaps), &request.Request{Caller: user("bob"), Role: c.role})
			hold(t, "trust", &p.Trust, c.want)
		})
	}
}

// TestSession: a role session may have a session policy that no record shows;
// nobody else has one.
func TestSession(t *testing.T) {
	const open = "unknown: session_policy not_in_record of session in " + ours
	for name, c := range map[string]struct {
		caller    request.Caller
		simulated bool
		want      string
	}{
		"user":           {user("bob"), false, "exempt: no_session_policy"},
		"role":           {roleSession("runner"), false, open},
		"simulated role": {roleSession("runner"), true, "exempt: no_session_policy"},
		"service":        {service, false, "exempt: no_session_policy"},
		"token":          {oidc, false, "exempt: no_session_policy"},
		"root":           {root, false, "exempt: no_session_policy"},
		"nobody":         {nobody, false, "unknown: caller not_in_record of session in "},
	} {
		p := scope.Policies(world(organization, ""), &request.Request{Caller: c.caller, Role: target(theirs, "/team/", "Target"), Simulated: c.simulated})
		hold(t, name, &p.Session, c.want)
	}
}

// TestEndpoint: the policy of the endpoint that the call came through, of the
// account that owns it.
func TestEndpoint(t *testing.T) {
	tests := []struct {
		name      string
		caller    request.Caller
		id, owner string
		gaps      string
		want      string
	}{
		{"none", user("bob"), "", "", "", "exempt: no_endpoint"},
		{"known", user("bob"), "vpce-1", ours, "", "vpce-1: vpce-1"},
		{"owner not said", user("bob"), "vpce-1", "", "", "vpce-1: vpce-1"},
		{"service behind it", service, "vpce-1", ours, "", "vpce-1: vpce-1"},
		{"token behind it", oidc, "vpce-1", ours, "", "vpce-1: vpce-1"},
		{"without its policy", user("bob"), "vpce-2", ours, "", "vpce-2: [endpoint vpce-2 not_read of vpce]"},
		{"not there", user("bob"), "vpce-3", ours, "", "unknown: endpoint not_read of vpce in " + ours},
		{"denied", user("bob"), "vpce-3", ours, `{"account":"` + ours + `","part":"endpoints","why":"denied"}`, "unknown: endpoint denied of vpce in " + ours},
		{"no endpoints read", user("bob"), "vpce-1", theirs, "", "unknown: endpoint not_read of vpce in " + theirs},
		{"foreign owner", user("bob"), "vpce-1", stranger, "", "unknown: endpoint not_read of vpce in " + stranger},
		{"token, owner not said", oidc, "vpce-1", "", "", "unknown: endpoint not_read of vpce in "},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			r := &request.Request{Caller: c.caller, Role: target(theirs, "/team/", "Target"), Network: request.Network{EndpointID: c.id, EndpointAccount: c.owner}}
			p := scope.Policies(world(organization, c.gaps), r)
			hold(t, "endpoint", &p.VPCE, c.want)
		})
	}
	// A record that says something of an endpoint which could not be read.
	r := &request.Request{Caller: user("bob"), Role: target(theirs, "/team/", "Target"), Network: request.Network{Unread: true}}
	hold(t, "endpoint not understood", &scope.Policies(world(organization, ""), r).VPCE, "unknown: endpoint not_in_record of vpce in "+ours)
}

// TestNothingKnown: without an estate every layer that may have a say is
// unknown.
func TestNothingKnown(t *testing.T) {
	for _, e := range []*estate.Estate{nil, estate.New(estate.Parts{})} {
		p := scope.Policies(e, &request.Request{Caller: roleSession("runner"), Role: target(theirs, "/team/", "Target"), Network: request.Network{EndpointID: "vpce-1"}})
		var got []string
		for _, s := range []string{told(&p.VPCE), told(&p.RCP), told(&p.SCP), told(&p.Trust), told(&p.Identity), told(&p.Boundary), told(&p.Session)} {
			state, _, _ := strings.Cut(s, ":")
			got = append(got, state)
		}
		if text := strings.Join(got, " "); text != "unknown unknown unknown unknown unknown unknown unknown" {
			t.Error(text)
		}
	}
}
