package scope_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
)

// TestOrganization: SCPs are those of the caller's account alone, RCPs those of
// the role's, from the root down; who is spared, and where nothing can be said.
func TestOrganization(t *testing.T) {
	const scpHere = "r-abcd: FullAWSAccess; ou-1: FullAWSAccess region; " + ours + ": FullAWSAccess"
	const scpThere = "r-abcd: FullAWSAccess; ou-1: FullAWSAccess region; " + theirs + ": FullAWSAccess only prod"
	const rcpThere = "r-abcd: RCPFullAWSAccess; ou-1: RCPFullAWSAccess; " + theirs + ": RCPFullAWSAccess data"
	const rcpHere = "r-abcd: RCPFullAWSAccess; ou-1: RCPFullAWSAccess; " + ours + ": RCPFullAWSAccess"
	edit := func(old, text string) string {
		if !strings.Contains(organization, old) {
			t.Fatal(old)
		}
		return strings.Replace(organization, old, text, 1)
	}
	unknown := func(layer, account, code string) string {
		return "unknown: " + code + " not_read of " + layer + " in " + account
	}
	there := target(theirs, "/team/", "Target")
	slr := target(theirs, "/aws-service-role/x.amazonaws.com/", "AWSServiceRoleForX")
	slr.Linked = true
	off := edit(`{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},`, "")
	tests := []struct {
		name     string
		org      string
		caller   request.Caller
		role     request.Role
		scp, rcp string
	}{
		{"user", organization, user("bob"), there, scpHere, rcpThere},
		{"role", organization, roleSession("runner"), there, scpHere, rcpThere},
		{"root", organization, root, there, scpHere, rcpThere},
		{"same account", organization, user("bob"), target(ours, "/app/", "runner"), scpHere, rcpHere},
		{"caller in the role's account", organization, in(theirs, user("bob")), there, scpThere, rcpThere},
		{"service", organization, service, there, "exempt: service_caller", rcpThere},
		{"token", organization, oidc, there, "exempt: federated_caller", rcpThere},
		{"assertion", organization, saml, there, "exempt: federated_caller", rcpThere},
		{"service-linked caller", organization, linked(roleSession("runner")), there, "exempt: service_linked_role", "exempt: service_linked_role"},
		{"service on a service-linked role", organization, service, slr, "exempt: service_caller", "exempt: service_linked_role"},
		{"user on a service-linked role", organization, user("bob"), slr, scpHere, rcpThere},
		{"caller in the management account", organization, in(boss, user("bob")), there, "exempt: management_account", rcpThere},
		{"role in the management account", organization, user("bob"), target(boss, "/", "r"), scpHere, "exempt: management_account"},
		{"caller outside", organization, in(stranger, user("bob")), there, unknown("scp", stranger, "scp"), rcpThere},
		{"role outside", organization, user("bob"), target(stranger, "/", "r"), scpHere, unknown("rcp", stranger, "rcp")},
		{"caller not known", organization, nobody, there, unknown("scp", "", "scp"), rcpThere},
		{"role not known", organization, user("bob"), request.Role{}, scpHere, unknown("rcp", "", "rcp")},
		{"no SCPs", off, user("bob"), there, "exempt: not_enabled", rcpThere},
		{"no RCPs", edit(`,{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}`, ""), user("bob"), there, scpHere, "exempt: not_enabled"},
		{"SCPs disabled", edit(`"SERVICE_CONTROL_POLICY","Status":"ENABLED"`, `"SERVICE_CONTROL_POLICY","Status":"DISABLED"`), user("bob"), there, "exempt: not_enabled", rcpThere},
		{"management account not said", edit(`"MasterAccountId":"999999999999",`, ""), user("bob"), there, unknown("scp", ours, "scp"), unknown("rcp", theirs, "rcp")},
		{"types not said", edit(`,"PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]`, ""), user("bob"), there, unknown("scp", ours, "organization"), unknown("rcp", theirs, "organization")},
		{"SCP without its text", edit(`"Type":"SERVICE_CONTROL_POLICY","Content":{}`, `"Type":"SERVICE_CONTROL_POLICY"`), user("bob"), there, strings.Replace(scpHere, "region", "[scp p-region unreadable of scp]", 1), rcpThere},
		{"none", "none", user("bob"), there, "exempt: no_organization", "exempt: no_organization"},
		{"none, role in an account without a folder", "none", user("bob"), target(stranger, "/", "r"), "exempt: no_organization", unknown("rcp", stranger, "rcp")},
		{"not known", "", user("bob"), there, unknown("scp", ours, "organization"), unknown("rcp", theirs, "organization")},
		{"not known, service-linked caller", "", linked(roleSession("runner")), there, "exempt: service_linked_role", "exempt: service_linked_role"},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) {
			p := scope.Policies(world(c.org, ""), &request.Request{Caller: c.caller, Role: c.role})
			hold(t, "scp", &p.SCP, c.scp)
			hold(t, "rcp", &p.RCP, c.rcp)
		})
	}
}

// TestStandalone: what an account that is not ours has above it is read by no
// permission of ours.
func TestStandalone(t *testing.T) {
	p := scope.Policies(world("none", ""), &request.Request{Caller: user("bob"), Role: target(stranger, "/", "r")})
	hold(t, "rcp", &p.RCP, "unknown: rcp not_read of rcp in "+stranger)
	if got := p.RCP.Gaps[0].Permission; got != "" {
		t.Errorf("permission %q", got)
	}
}

// TestDenied: why the organization was not read is in the gap.
func TestDenied(t *testing.T) {
	e := world(organization, `{"part":"organization","permission":"organizations:ListRoots","why":"denied"}`)
	p := scope.Policies(e, &request.Request{Caller: user("bob"), Role: target(theirs, "/team/", "Target")})
	hold(t, "scp", &p.SCP, "unknown: organization denied of scp in "+ours)
	hold(t, "rcp", &p.RCP, "unknown: organization denied of rcp in "+theirs)
	if got := p.SCP.Gaps[0].Permission; got != "organizations:ListRoots" {
		t.Errorf("permission %q", got)
	}
}

// TestStandaloneInDoubt: that there is no organization is not said of an account that a
// gap leaves in doubt.
func TestStandaloneInDoubt(t *testing.T) {
	there := target(theirs, "/team/", "Target")
	unread := func(layer, account string) string {
		return "unknown: " + layer + " not_read of " + layer + " in " + account
	}
	for _, c := range []struct{ name, gap, scp, rcp string }{
		{"none", "", "exempt: no_organization", "exempt: no_organization"},
		{"of the caller's account", `{"account":"` + theirs + `","part":"organization","why":"not_read"}`, "exempt: no_organization", unread("rcp", theirs)},
		{"of the role's account", `{"part":"organization","subject":"` + ours + `","why":"not_read"}`, unread("scp", ours), "exempt: no_organization"},
		{"of another account", `{"account":"` + stranger + `","part":"organization","why":"not_read"}`, "exempt: no_organization", "exempt: no_organization"},
	} {
		p := scope.Policies(world("none", c.gap), &request.Request{Caller: user("bob"), Role: there})
		hold(t, c.name+": scp", &p.SCP, c.scp)
		hold(t, c.name+": rcp", &p.RCP, c.rcp)
	}
}
