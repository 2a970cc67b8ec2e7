package estate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// someRead is an account of which one user and one role were read.
const someRead = `{"UserDetailList": [{"Path": "/", "UserName": "bob", "UserId": "AIDAEXAMPLEBOB", "Arn": "arn:aws:iam::111122223333:user/bob", "GroupList": []}],
  "GroupDetailList": [], "Policies": [],
  "RoleDetailList": [{"Path": "/", "RoleName": "target", "RoleId": "AROAEXAMPLE", "Arn": "arn:aws:iam::111122223333:role/target", "AssumeRolePolicyDocument": {}}]}`

const listsNotRead = `{"schema":"assumewhy.estate/v1","organization":"known","gaps":[
  {"account":"111122223333","part":"users","permission":"iam:GetUser","why":"not_read"},
  {"account":"111122223333","part":"roles","permission":"iam:GetRole","why":"not_read"},
  {"account":"111122223333","part":"roles","subject":"hidden","permission":"iam:GetRole","why":"denied"}]}`

func partly(t *testing.T, p Partial) *Account {
	t.Helper()
	f := details1(prod, someRead)
	f.Partial = p
	return account(t, New(Parts{Manifest: manifestFile(listsNotRead), Accounts: []Folder{f}}), prod)
}

// TestPartial: what was looked up and is not there is absent, what nobody
// looked up is not known, and a read that was refused stays a gap.
func TestPartial(t *testing.T) {
	a := partly(t, Partial{NoUsers: []string{"eve"}, NoRoles: []string{"gone", "hidden"}})
	got := map[string]string{
		"bob": state(a.User("bob")), "eve": state(a.User("eve")), "frank": state(a.User("frank")),
		"target": state(a.Role("target")), "gone": state(a.Role("gone")), "never asked": state(a.Role("never-asked")),
		"hidden": state(a.Role("hidden")), "user of a role's name": state(a.User("gone")), "id": state(a.RoleByID("AROAOTHER")),
	}
	want := map[string]string{
		"bob": "known", "eve": "none", "frank": "gap user not_read",
		"target": "known", "gone": "none", "never asked": "gap role not_read",
		"hidden": "gap role denied", "user of a role's name": "gap user not_read", "id": "gap role not_read",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// TestPartialNames: roles known by name alone are names, and no more.
func TestPartialNames(t *testing.T) {
	target := Name{Name: "target", Path: "/", ARN: "arn:aws:iam::111122223333:role/target"}
	named := Name{Name: "Deploy", Path: "/team/", ARN: "arn:aws:iam::111122223333:role/team/Deploy"}
	a := partly(t, Partial{Roles: []Name{target, named}})
	if diff := cmp.Diff([]Name{target, named}, a.RoleNames()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := state(a.Role("Deploy")); got != "gap role not_read" {
		t.Errorf("a role of which the name is known: %s", got)
	}
	if got := a.UserNames(); len(got) != 1 || got[0].Name != "bob" {
		t.Errorf("users %v", got)
	}
}

// TestTrustOnly: policies of a role that nobody read are a gap, not none.
func TestTrustOnly(t *testing.T) {
	whole := must(t, partly(t, Partial{}).Role("target"))
	bare := must(t, partly(t, Partial{TrustOnly: []string{"target"}}).Role("target"))
	if len(whole.Attached) != 0 || len(bare.Attached) != 1 {
		t.Fatalf("%d and %d attached", len(whole.Attached), len(bare.Attached))
	}
	g, missing := bare.Attached[0].Gap()
	if !missing || g.Layer != evidence.Identity || g.Why != evidence.NotRead || g.Account != prod || g.Permission == "" {
		t.Errorf("%+v", g)
	}
	if bare.Trust.State() != evidence.Present || bare.Boundary.State() != evidence.Absent {
		t.Error("the trust policy and the boundary are known")
	}
}

// TestSettled: of a tree that was read for one account nothing says that
// another is outside.
func TestSettled(t *testing.T) {
	const tree = `{"Id":"o-a","MasterAccountId":"111122223333","Roots":[{"Id":"r-a","PolicyTypes":[]}],
	  "Nodes":[{"Id":"222233334444","ParentId":"r-a"}],"Policies":[],"Attachments":[]}`
	file := File{Name: "organization.json", Found: true, Data: []byte(tree)}
	part := must(t, New(Parts{Manifest: manifestFile(`{}`), Organization: file, Asked: []string{dev, "999999999999"}}).Organization())
	full := must(t, New(Parts{Manifest: manifestFile(`{}`), Organization: file}).Organization())
	for id, want := range map[string][2]bool{dev: {true, true}, prod: {true, true}, other: {false, true}, "999999999999": {true, true}} {
		if got := [2]bool{part.Settled(id), full.Settled(id)}; got != want {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}

// TestSource: an estate says what it was read from.
func TestSource(t *testing.T) {
	for _, e := range []*Estate{nil, {}, New(Parts{})} {
		if got := e.Source(); got != "" {
			t.Errorf("source %q of nothing", got)
		}
	}
	if got := New(Parts{Source: FromAWS}).Source(); got != FromAWS {
		t.Errorf("source %q", got)
	}
}

// TestStandalone: an account is known to be in no organization if it was read,
// and no gap leaves that in doubt.
func TestStandalone(t *testing.T) {
	for _, c := range []struct {
		name, said, gaps string
		want             bool
	}{
		{"none", "none", "", true},
		{"not known", "unknown", "", false},
		{"a gap of the account", "none", gapText(prod, "organization", "", "not_read"), false},
		{"a gap that names the account", "none", gapText("", "organization", prod, "not_read"), false},
		{"a gap of another account", "none", gapText(dev, "organization", "", "not_read"), true},
		{"a gap of another part", "none", gapText(prod, "users", "", "not_read"), true},
	} {
		e := New(Parts{
			Manifest: manifestFile(`{"organization":"` + c.said + `","gaps":[` + c.gaps + `]}`),
			Accounts: []Folder{details1(prod, someRead)},
		})
		if got := e.Standalone(prod); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
		if e.Standalone(dev) {
			t.Errorf("%s: an account without a folder", c.name)
		}
	}
}
