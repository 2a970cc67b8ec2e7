package estate

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

func TestLookups(t *testing.T) {
	e := New(Parts{Accounts: []Folder{details1(prod, sample)}})
	a := account(t, e, prod)
	for _, c := range []struct{ what, got, want string }{
		{"role", state(a.Role("Deploy")), "known"},
		{"role in another case", state(a.Role("deploy")), "none"},
		{"role with its path", state(a.Role("team/Deploy")), "none"},
		{"role by id", state(a.RoleByID("AROAEXAMPLE2")), "known"},
		{"role by unknown id", state(a.RoleByID("AROAEXAMPLE9")), "none"},
		{"role by no id", state(a.RoleByID("")), "none"},
		{"user", state(a.User("alice")), "known"},
		{"user by id", state(a.UserByID("AIDAEXAMPLEBOB")), "known"},
		{"a role is no user", state(a.User("Deploy")), "none"},
		{"account without a folder", state(e.Account(dev)), "gap account not_read"},
		{"endpoints without a file", state(a.Endpoint("vpce-1")), "gap endpoint not_read"},
		{"providers without a file", state(a.Providers()), "gap provider not_read"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.what, c.got, c.want)
		}
	}
	wantFindings(t, e.Findings())
	want := []Name{
		{"Deploy", "/team/", "arn:aws:iam::111122223333:role/team/Deploy"},
		{"untrusted", "/", "arn:aws:iam::111122223333:role/untrusted"},
		{"no-path", "/a/b/", "arn:aws:iam::111122223333:role/a/b/no-path"},
	}
	if d := cmp.Diff(want, a.RoleNames()); d != "" {
		t.Error(d)
	}
	if n := a.UserNames(); len(n) != 2 || n[0].Name != "alice" {
		t.Errorf("users: %v", n)
	}
}

func TestUser(t *testing.T) {
	e := New(Parts{Accounts: []Folder{details1(dev, awsPolicies), details1(prod, sample)}})
	u := must(t, account(t, e, prod).User("alice"))
	if u.Path != "/people/" || u.ID != "AIDAEXAMPLEALICE" || u.Account != prod ||
		!u.Created.Equal(time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)) {
		t.Errorf("user: %+v", u.Entity)
	}
	if d := cmp.Diff([]Tag{{"team", "blue"}, {"empty", ""}}, u.Tags); d != "" {
		t.Error(d)
	}
	if len(u.Groups) != 2 || state(u.Groups[0]) != "known" || state(u.Groups[1]) != "gap group not_read" {
		t.Errorf("groups: %v", u.Groups)
	}
	if g := must(t, u.Groups[0]); len(g.Inline) != 1 || g.Inline[0].AttachedTo != "arn:aws:iam::111122223333:group/admins" {
		t.Errorf("group: %+v", g)
	}
	want := policy.Meta{Kind: policy.KindIdentity, Managed: "inline", Name: "own", AttachedTo: u.ARN, Account: prod}
	if d := cmp.Diff(want, u.Inline[0].Meta); d != "" {
		t.Error(d)
	}
	if len(u.Attached) != 3 || len(u.AttachedN) != 3 {
		t.Fatalf("attached: %v", u.AttachedN)
	}
	want = policy.Meta{
		Kind: policy.KindIdentity, Managed: "customer", ARN: u.AttachedN[0], Name: "deploy",
		AttachedTo: u.ARN, Account: prod, Owner: "platform@example.com",
	}
	if d := cmp.Diff(want, must(t, u.Attached[0]).Meta); d != "" {
		t.Error(d)
	}
	fromDev := must(t, u.Attached[1])
	if fromDev.Managed != "aws" || fromDev.Account != prod || fromDev.AttachedTo != u.ARN {
		t.Errorf("AWS's policy from another account's file: %+v", fromDev.Meta)
	}
	g, missing := u.Attached[2].Gap()
	if !missing || g.Code != "policy" || g.Layer != evidence.Identity || g.Subject != u.AttachedN[2] || g.Account != prod {
		t.Errorf("a policy without a document: %+v", g)
	}
	if b := must(t, u.Boundary); b.Kind != policy.KindBoundary || b.AttachedTo != u.ARN {
		t.Errorf("boundary: %+v", b.Meta)
	}
}

func TestRole(t *testing.T) {
	a := account(t, New(Parts{Accounts: []Folder{details1(prod, sample)}}), prod)
	r := must(t, a.Role("Deploy"))
	want := policy.Meta{Kind: policy.KindTrust, Name: "Deploy", AttachedTo: r.ARN, Account: prod}
	if d := cmp.Diff(want, must(t, r.Trust).Meta); d != "" {
		t.Error(d)
	}
	if r.MaxSession != 2*time.Hour || state(r.Boundary) != "none" {
		t.Errorf("role: %+v", r)
	}
	if must(t, a.Role("Deploy")) != r || must(t, a.RoleByID("AROAEXAMPLE1")) != r {
		t.Error("a role is decoded twice")
	}
	g, missing := must(t, a.Role("untrusted")).Trust.Gap()
	if !missing || g.Layer != evidence.Trust || g.Permission != "iam:GetRole" || g.Code != "role" ||
		!strings.Contains(g.Detail, "has no AssumeRolePolicyDocument") {
		t.Errorf("a role without a trust policy: %+v", g)
	}
}

// An AWS policy is looked for in its own account's file first, then in the
// others by id, and no file is read that nobody needs.
func TestManagedPolicyOrder(t *testing.T) {
	text := func(id, policies string) Folder {
		return details1(id, `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[{"RoleName":"r","Arn":"arn:aws:iam::`+id+
			`:role/r","AttachedManagedPolicies":[{"PolicyArn":"arn:aws:iam::aws:policy/P"}]}],"Policies":[`+policies+`]}`)
	}
	doc := func(owner string) string {
		return `{"PolicyName":"P","Arn":"arn:aws:iam::aws:policy/P","Tags":[{"Key":"Owner","Value":"` + owner +
			`"}],"PolicyVersionList":[{"IsDefaultVersion":true,"Document":{}}]}`
	}
	e := New(Parts{Accounts: []Folder{
		text(other, doc("third")), text(prod, ""), text(dev, doc("second")),
	}})
	attached := func(id string) *policy.Policy {
		return must(t, must(t, account(t, e, id).Role("r")).Attached[0])
	}
	if p := attached(prod); p.Owner != "second" || p.Account != prod {
		t.Errorf("from another account's file: %+v", p.Meta)
	}
	if _, read := e.accounts[2].detail.made(); read {
		t.Error("a file was read that nobody needed")
	}
	if p := attached(other); p.Owner != "third" {
		t.Errorf("from its own file: %+v", p.Meta)
	}
}

func TestVersions(t *testing.T) {
	for _, c := range []struct{ name, list, want string }{
		{"marked and named differ", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{"Id":"a"}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{"Id":"b"}}]`, ""},
		{"marked", `"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":false,"Document":{"Id":"a"}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{"Id":"b"}}]`, `{"Id":"b"}`},
		{"marked, without an id", `"DefaultVersionId":"v1","PolicyVersionList":[{"IsDefaultVersion":true,"Document":{"Id":"a"}}]`, `{"Id":"a"}`},
		{"one marked without an id, another named", `"DefaultVersionId":"v1","PolicyVersionList":[{"IsDefaultVersion":true,"Document":{}},{"VersionId":"v1","Document":{}}]`, ""},
		{"named, marked as not the default", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":false,"Document":{}}]`, ""},
		{"named twice", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{}},{"VersionId":"v1","Document":{}}]`, ""},
		{"name is a number", `"DefaultVersionId":1,"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{}}]`, ""},
		{"name is empty", `"DefaultVersionId":"","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{}}]`, ""},
		{"mark is a string", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":"true","Document":{}}]`, ""},
		{"mark of another is a number", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{}},{"VersionId":"v2","IsDefaultVersion":1,"Document":{}}]`, ""},
		{"mark in another case", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{}},{"VersionId":"v2","isDefaultVersion":true,"Document":{}}]`, ""},
		{"id is a number", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{}},{"VersionId":2,"Document":{}}]`, ""},
		{"named", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","Document":{"Id":"a"}},{"VersionId":"v2","Document":{"Id":"b"}}]`, `{"Id":"a"}`},
		{"two marked, one named", `"DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{"Id":"a"}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{"Id":"b"}}]`, ""},
		{"two marked", `"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":{}},{"VersionId":"v2","IsDefaultVersion":true,"Document":{}}]`, ""},
		{"none", `"DefaultVersionId":"v3","PolicyVersionList":[{"VersionId":"v1","Document":{}}]`, ""},
		{"no document", `"PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true}]`, ""},
		{"no list", `"DefaultVersionId":"v1"`, ""},
		{"list of another type", `"PolicyVersionList":{}`, ""},
		{"version of another type", `"PolicyVersionList":[1]`, ""},
	} {
		o, err := readObject([]byte("{" + c.list + "}"))
		if err != nil {
			t.Fatal(err)
		}
		raw, problem := defaultVersion(o)
		if string(raw) != c.want || (problem == "") != (c.want != "") {
			t.Errorf("%s: %s %q, want %s", c.name, raw, problem, c.want)
		}
	}
}

// Many readers decode the same things at once: with the race detector this
// test fails when a value is not guarded.
func TestConcurrentUse(t *testing.T) {
	e := New(Parts{
		Accounts:     []Folder{details1(prod, sample), details1(dev, awsPolicies)},
		Organization: File{Name: "organization.json", Found: true, Data: []byte(orgText)},
	})
	var wg sync.WaitGroup
	got := make([]*User, 16)
	for i := range got {
		wg.Go(func() {
			a, _ := e.Account(prod).Get()
			got[i], _ = a.User("alice").Get()
			a.RoleNames()
			a.Providers()
			a.Endpoint("vpce-1")
			e.AccountName(prod)
			e.Findings()
			e.Gaps()
		})
	}
	wg.Wait()
	for _, u := range got {
		if u == nil || u != got[0] {
			t.Fatal("decoded more than once")
		}
	}
}

// A file that holds anything of another account may be that account's: what is
// not in it is not known to be absent, in any of its lists.
func TestForeignElement(t *testing.T) {
	const file = `{"UserDetailList":[{"UserName":"x","UserId":"AIDAX","Arn":"arn:aws:iam::999999999999:user/x","Path":"/"}],"GroupDetailList":[],"RoleDetailList":[],"Policies":[]}`
	e := New(Parts{Accounts: []Folder{Fixed("111111111111", map[Part][]byte{Details: []byte(file)})}})
	a, ok := e.Account("111111111111").Get()
	if !ok {
		t.Fatal("no account")
	}
	for name, state := range map[string]evidence.State{
		"role": a.Role("Deployer").State(), "role id": a.RoleByID("AROAX").State(), "user": a.User("alice").State(),
	} {
		if state != evidence.Missing {
			t.Errorf("%s: state %d, want a gap", name, state)
		}
	}
	if f := e.Findings(); len(f) != 1 || !strings.Contains(f[0].Text, "belongs to another account") {
		t.Errorf("findings %v", f)
	}
}

// Given tells a directory without anything in it from none.
func TestGiven(t *testing.T) {
	var none *Estate
	if none.Given() || (&Estate{}).Given() || !New(Parts{}).Given() {
		t.Error("an estate that was given passes for none, or the other way about")
	}
}
