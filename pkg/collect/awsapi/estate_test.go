package awsapi_test

import (
	"slices"
	"strings"
	"testing"

	orgtypes "github.com/aws/aws-sdk-go-v2/service/organizations/types"
	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/report"
)

const (
	allowAssume = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}]}`
	allowAll    = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`
	denyAssume  = `{"Version":"2012-10-17","Statement":[{"Sid":"NoSwitch","Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}]}`
	rcpDeny     = `{"Version":"2012-10-17","Statement":[{"Sid":"NoSwitch","Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}]}`
)

// TestAWS runs its cases one after the other against one moto.
func TestAWS(t *testing.T) {
	s := awsproxy.Start(t)
	for _, c := range []struct {
		name string
		run  func(*testing.T, *awsproxy.Server)
	}{
		{"same account", testSameAccount},
		{"cross account", testCrossAccount},
		{"SCP on a unit", testOrganizationPolicies},
		{"RCP", testResourceControlPolicy},
		{"paths of accounts", testPaths},
		{"permission set", testPermissionSet},
		{"caller's role", testCallerRole},
		{"web identity", testWebIdentity},
		{"endpoint", testEndpoint},
		{"role missing", testRoleMissing},
		{"caller deleted", testCallerDeleted},
		{"member not readable", testMemberUnreadable},
		{"one permission missing", testPermissionMissing},
		{"no reader role", testNoReaderRole},
		{"outside the organization", testOutside},
		{"no organization", testNoOrganization},
		{"no organization, another owner's account", testNotAlone},
		{"organization role without an organization", testAloneAsker},
		{"delegated administrator", testDelegated},
		{"throttled", testThrottled},
		{"timeout", testTimeout},
		{"cache", testCache},
		{"snapshot", testSnapshot},
		{"snapshot gaps", testSnapshotGaps},
		{"snapshot interrupted", testSnapshotInterrupted},
		{"snapshot unanswered", testSnapshotUnanswered},
		{"credentials", testCredentials},
		{"permissions", testPermissions}, // last: of what the others have called
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, s) })
	}
}

func trusting(principal string) string {
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"` + principal + `"},"Action":"sts:AssumeRole"}]}`
}

func primary(r *report.Report) string {
	for _, c := range r.Causes {
		if c.Primary {
			return c.Code + " " + c.Certainty
		}
	}
	return "none"
}

// missing are the gaps that could change the answer: code, permission, account.
func missing(r *report.Report) []string {
	var all []string
	for _, g := range r.Gaps {
		if g.Permission != "" && g.Code != "session_policy" && g.Code != "history" {
			all = append(all, g.Code+" "+g.Permission+" "+g.Account)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func testSameAccount(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s)
	w.User(home, "bob", "")
	w.Group(home, "switchers", "bob", allowAssume)
	w.Role(home, "/", "Deployer", trusting(awsworld.UserARN(home, "carol")), "")
	r := w.reader(nil)
	w.Forget()
	rep := w.explain(r, denied(awsworld.UserARN(home, "bob"), awsworld.RoleARN(home, "Deployer")))
	if got := primary(rep); got != "trust.no_principal proved" {
		t.Errorf("primary %s, gaps %v", got, missing(rep))
	}
	if len(missing(rep)) > 0 {
		t.Errorf("gaps %v", missing(rep))
	}
	for _, c := range w.Calls() {
		if c.Account != home || c.Action == "sts:AssumeRole" || c.Action == "iam:ListRoles" {
			t.Errorf("needless call %s in %s", c.Action, c.Account)
		}
	}
}

// crossed is dev's bob who may switch, and prod's role that trusts carol.
func crossed(t testing.TB, s *awsproxy.Server) *world {
	w := newWorld(t, s).organize()
	w.User(w.Dev, "bob", "")
	w.Group(w.Dev, "switchers", "bob", allowAssume)
	w.Role(w.Prod, "/", "Deployer", trusting(awsworld.UserARN(w.Dev, "carol")), "")
	w.Role(w.Prod, "/", "Open", trusting("arn:aws:iam::"+w.Dev+":root"), "")
	return w
}

func testCrossAccount(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	r := w.reader(nil)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Deployer"))
	w.Forget()
	rep := w.explain(r, bob)
	if got := primary(rep); got != "trust.no_principal proved" || len(missing(rep)) > 0 {
		t.Errorf("primary %s, gaps %v", got, missing(rep))
	}
	for _, c := range w.Calls() {
		if c.Action == "sts:AssumeRole" && (c.Form.Get("ExternalId") != "hush-hush" || !strings.HasSuffix(c.Form.Get("RoleArn"), ":role/"+reader)) {
			t.Errorf("assumed %s with %q", c.Form.Get("RoleArn"), c.Form.Get("ExternalId"))
		}
	}
	w.Forget()
	again := w.explain(r, bob)
	if n := len(w.Calls()); n != 0 {
		t.Errorf("%d calls when warm: %v", n, w.Actions())
	}
	if diff := cmp.Diff(rep, again); diff != "" {
		t.Errorf("another answer when warm: %s", diff)
	}
	w.cold(t, bob, 4)
}

func rounds(calls []awsproxy.Call) [][]string {
	var list [][]string
	for _, c := range calls {
		for len(list) < c.Round {
			list = append(list, nil)
		}
		if c.Round > 0 {
			list[c.Round-1] = append(list[c.Round-1], c.Action)
		}
	}
	return list
}

func testOrganizationPolicies(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open"))
	if rep := w.explain(w.reader(nil), bob); rep.Verdict != "allowed_now" {
		t.Errorf("before: %s %s, gaps %v", rep.Verdict, primary(rep), missing(rep))
	}
	w.Control(orgtypes.PolicyTypeServiceControlPolicy, "no-switch", denyAssume, w.Unit)
	rep := w.explain(w.reader(nil), bob)
	if got := primary(rep); got != "scp.explicit_deny proved" {
		t.Errorf("SCP: %s, gaps %v", got, missing(rep))
	}
	for _, c := range rep.Causes {
		if c.Primary && (c.Policy.Name != "no-switch" || c.Policy.AttachedTo != w.Unit) {
			t.Errorf("policy %+v", c.Policy)
		}
	}
}

func testResourceControlPolicy(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Control(orgtypes.PolicyTypeResourceControlPolicy, "ours-only", rcpDeny, w.Prod)
	rep := w.explain(w.reader(nil), denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open")))
	if got := primary(rep); got != "rcp.explicit_deny proved" {
		t.Errorf("RCP: %s, gaps %v", got, missing(rep))
	}
}
