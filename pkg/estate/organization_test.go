package estate

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

const orgText = `{"Id":"o-example000","MasterAccountId":"999999999999",
 "Roots":[{"Id":"r-ab12","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]}],
 "Nodes":[
  {"Id":"ou-ab12-prod","Name":"Production","ParentId":"ou-ab12-work"},
  {"Id":"ou-ab12-work","Name":"Workloads","ParentId":"r-ab12"},
  {"Id":"111122223333","Name":"prod","ParentId":"ou-ab12-prod","State":"ACTIVE"},
  {"Id":"222233334444","Name":"dev","ParentId":"r-ab12","Status":"SUSPENDED"}],
 "Policies":[
  {"Id":"p-region","Arn":"arn:aws:organizations::999999999999:policy/o-example000/service_control_policy/p-region","Name":"regions","Type":"SERVICE_CONTROL_POLICY","Content":{"Statement":[]}},
  {"Id":"p-perimeter","Name":"perimeter","Type":"RESOURCE_CONTROL_POLICY","Content":"{\"Statement\":[]}"},
  {"Id":"p-tags","Name":"tags","Type":"TAG_POLICY","Content":{}}],
 "Attachments":[
  {"PolicyId":"p-FullAWSAccess","TargetId":"r-ab12"},
  {"PolicyId":"p-region","TargetId":"ou-ab12-work"},
  {"PolicyId":"p-FullAWSAccess","TargetId":"ou-ab12-work"},
  {"PolicyId":"p-FullAWSAccess","TargetId":"ou-ab12-prod"},
  {"PolicyId":"p-FullAWSAccess","TargetId":"111122223333"},
  {"PolicyId":"p-tags","TargetId":"111122223333"},
  {"PolicyId":"p-perimeter","TargetId":"111122223333"}]}`

func replace(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }

func orgFile(text string) File {
	return File{Name: "organization.json", Found: true, Data: []byte(text)}
}

// flat writes levels as "target(name): policy ids or reasons".
func flat(f evidence.Fact[[]Level]) []string {
	levels, ok := f.Get()
	if !ok {
		return []string{state(f)}
	}
	var out []string
	for _, l := range levels {
		s := l.Target + "(" + l.Name + "):"
		for _, p := range l.Policies {
			if v, ok := p.Get(); ok {
				s += " " + v.Name + "@" + v.Account
			} else {
				s += " " + state(p)
			}
		}
		out = append(out, s)
	}
	return out
}

func TestLevels(t *testing.T) {
	e := New(Parts{Organization: orgFile(orgText)})
	o := must(t, e.Organization())
	for _, c := range []struct {
		account string
		kind    policy.Kind
		want    []string
	}{
		{prod, policy.KindSCP, []string{
			"r-ab12(Root): FullAWSAccess@999999999999",
			"ou-ab12-work(Workloads): regions@999999999999 FullAWSAccess@999999999999",
			"ou-ab12-prod(Production): FullAWSAccess@999999999999",
			"111122223333(prod): FullAWSAccess@111122223333",
		}},
		{prod, policy.KindRCP, []string{
			"r-ab12(Root): RCPFullAWSAccess@999999999999",
			"ou-ab12-work(Workloads): RCPFullAWSAccess@999999999999",
			"ou-ab12-prod(Production): RCPFullAWSAccess@999999999999",
			"111122223333(prod): RCPFullAWSAccess@111122223333 perimeter@111122223333",
		}},
		{dev, policy.KindSCP, []string{"r-ab12(Root): FullAWSAccess@999999999999", "222233334444(dev):"}},
		{other, policy.KindSCP, []string{"gap organization unreadable"}},
	} {
		if d := cmp.Diff(c.want, flat(o.Levels(c.account, c.kind))); d != "" {
			t.Errorf("%s %s:\n%s", c.account, c.kind, d)
		}
	}
	wantFindings(t, e.Findings())
	scp := must(t, must(t, o.Levels(prod, policy.KindSCP))[1].Policies[0])
	if scp.AttachedTo != "ou-ab12-work" || scp.Kind != policy.KindSCP || !strings.HasSuffix(scp.ARN, "/p-region") {
		t.Errorf("meta: %+v", scp.Meta)
	}
}

func TestOrganizationReads(t *testing.T) {
	e := New(Parts{Organization: orgFile(orgText)})
	o := must(t, e.Organization())
	if o.ID() != "o-example000" || o.Management() != "999999999999" {
		t.Errorf("id %q, management %q", o.ID(), o.Management())
	}
	for id, want := range map[string]string{
		prod: "o-example000/r-ab12/ou-ab12-work/ou-ab12-prod/", dev: "o-example000/r-ab12/", other: "", "ou-ab12-work": "", "999999999999": "",
	} {
		if got, ok := o.Path(id); got != want || ok != (want != "") {
			t.Errorf("path of %s: %q %v, want %q", id, got, ok, want)
		}
	}
	for id, want := range map[string]bool{prod: true, "999999999999": true, other: false, "ou-ab12-work": false, "": false} {
		if o.Has(id) != want {
			t.Errorf("Has(%q) = %v", id, !want)
		}
	}
	if o.State(prod) != "ACTIVE" || o.State(dev) != "SUSPENDED" || o.State(other) != "" {
		t.Error("states")
	}
	if e.AccountName(prod) != "prod" || e.AccountName(other) != "" || (&Estate{}).AccountName(prod) != "" {
		t.Error("names")
	}
}

func TestPolicyTypes(t *testing.T) {
	const rcp = `{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}`
	for _, c := range []struct{ name, old, new, want string }{
		{"not listed", "," + rcp, ``, "none"},
		{"pending", rcp, `{"Type":"RESOURCE_CONTROL_POLICY","Status":"PENDING_ENABLE"}`, "gap organization not_read"},
		{"other status", rcp, `{"Type":"RESOURCE_CONTROL_POLICY","Status":"DISABLED"}`, "none"},
		{"nothing said", `"PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},` + rcp + `]`, `"Name":"Root"`, "gap organization not_read"},
	} {
		o := must(t, New(Parts{Organization: orgFile(replace(orgText, c.old, c.new))}).Organization())
		f := o.Levels(prod, policy.KindRCP)
		if state(f) != c.want {
			t.Errorf("%s: %s, want %s", c.name, state(f), c.want)
		}
		if g, missing := f.Gap(); missing && g.Layer != evidence.RCP {
			t.Errorf("%s: layer %q", c.name, g.Layer)
		}
	}
}

// Each fault is told once and makes unknown what it touches, no more.
func TestOrganizationFaults(t *testing.T) {
	const known, gap = "known", "gap organization unreadable"
	for _, c := range []struct {
		name, old, new string
		prod, dev      string
		findings       []string
	}{
		{"cycle", `"Workloads","ParentId":"r-ab12"`, `"Workloads","ParentId":"ou-ab12-prod"`, gap, known, []string{`"ou-ab12-prod" is its own ancestor`}},
		{"own parent", `"Workloads","ParentId":"r-ab12"`, `"Workloads","ParentId":"ou-ab12-work"`, gap, known, []string{`"ou-ab12-work" is its own ancestor`}},
		{"parent missing", `"Workloads","ParentId":"r-ab12"`, `"Workloads","ParentId":"ou-gone"`, gap, known, []string{`has the parent "ou-gone", which is not there`}},
		{"no parent", `"Workloads","ParentId":"r-ab12"`, `"Workloads"`, gap, known, []string{`has the parent ""`}},
		{"account as parent", `"ParentId":"ou-ab12-prod"`, `"ParentId":"222233334444"`, gap, known, []string{"has an account as its parent"}},
		{"two roots", `"Roots":[`, `"Roots":[{"Id":"r-zz99","PolicyTypes":[]},`, gap, gap, []string{"has 2 roots"}},
		{"no root", `"Roots":[{"Id":"r-ab12"`, `"Roots":[],"Old":[{"Id":"r-ab12"`, gap, gap, []string{
			"has no root", `target "r-ab12"`,
		}},
		{"roots missing", `"Roots"`, `"Wurzeln"`, gap, gap, []string{"has no list Roots", "has no root", `target "r-ab12"`}},
		{"nodes missing", `"Nodes"`, `"Knoten"`, gap, gap, []string{
			"has no list Nodes", "target", "target", "target", "target", "target", "target",
		}},
		{"nodes no list", `"Nodes":[`, `"Nodes":7,"Old":[`, gap, gap, []string{
			"has no list Nodes", "target", "target", "target", "target", "target", "target",
		}},
		{"node twice", `"Nodes":[`, `"Nodes":[{"Id":"ou-ab12-work","Name":"Other","ParentId":"r-ab12"},`, gap, known, []string{`Nodes has "ou-ab12-work" twice`}},
		{"node without id", `"Nodes":[`, `"Nodes":[{"Name":"x"},`, gap, gap, []string{"without Id"}},
		{"node of another type", `"Nodes":[`, `"Nodes":["ou-1",`, gap, gap, []string{"Nodes: element 1 is not understood"}},
		{"root among nodes", `"Nodes":[`, `"Nodes":[{"Id":"r-ab12","Name":"Root"},`, known, known, nil},
		{"attachment to nowhere", `"Attachments":[`, `"Attachments":[{"PolicyId":"p-region","TargetId":"ou-gone"},`, known, known, []string{`the target "ou-gone" of "p-region" is not among Nodes`}},
		{"attachment without target", `"Attachments":[`, `"Attachments":[{"PolicyId":"p-region"},`, gap, gap, []string{"without PolicyId or TargetId"}},
		{"no id", `"Id":"o-example000"`, `"Id":""`, known, known, []string{"has no Id"}},
		{"no management account", `"MasterAccountId":"999999999999"`, `"Master":"x"`, known, known, []string{"has no MasterAccountId"}},
	} {
		e := New(Parts{Organization: orgFile(replace(orgText, c.old, c.new))})
		o := must(t, e.Organization())
		if got := state(o.Levels(prod, policy.KindSCP)); got != c.prod {
			t.Errorf("%s: prod %s, want %s", c.name, got, c.prod)
		}
		if got := state(o.Levels(dev, policy.KindSCP)); got != c.dev {
			t.Errorf("%s: dev %s, want %s", c.name, got, c.dev)
		}
		t.Run(c.name, func(t *testing.T) { wantFindings(t, e.Findings(), c.findings...) })
		if len(e.Gaps()) != len(c.findings) {
			t.Errorf("%s: %d gaps for %d findings", c.name, len(e.Gaps()), len(c.findings))
		}
	}
}

func TestPolicyFaults(t *testing.T) {
	for _, c := range []struct {
		name, old, new, scp, rcp, finding string
	}{
		{"policy not listed", `"Id":"p-region"`, `"Id":"p-else"`, " gap organization unreadable", " gap organization unreadable", `the policy "p-region" is not among Policies`},
		{"no content", `"Content":{"Statement":[]}`, `"X":1`, " gap organization unreadable", "", ""},
		{"twice", `"Policies":[`, `"Policies":[{"Id":"p-region","Type":"SERVICE_CONTROL_POLICY","Content":{}},`, " gap organization unreadable", "", `Policies has "p-region" twice`},
		{"no type", `"Type":"SERVICE_CONTROL_POLICY","Content"`, `"Content"`, " gap organization unreadable", " gap organization unreadable", `"p-region" has no Type`},
	} {
		e := New(Parts{Organization: orgFile(replace(orgText, c.old, c.new))})
		o := must(t, e.Organization())
		const scp, rcp = "ou-ab12-work(Workloads):%s FullAWSAccess@999999999999", "ou-ab12-work(Workloads): RCPFullAWSAccess@999999999999%s"
		if got, want := flat(o.Levels(prod, policy.KindSCP))[1], fmt.Sprintf(scp, c.scp); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
		if got, want := flat(o.Levels(prod, policy.KindRCP))[1], fmt.Sprintf(rcp, c.rcp); got != want {
			t.Errorf("%s: %s, want %s", c.name, got, want)
		}
		if c.finding == "" {
			wantFindings(t, e.Findings())
		} else {
			wantFindings(t, e.Findings(), c.finding)
		}
	}
}

// A long chain of OUs ends, and is told once.
func TestDeepOrganization(t *testing.T) {
	var nodes strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&nodes, `{"Id":"ou-%d","ParentId":"ou-%d"},`, i, i+1)
	}
	text := replace(orgText, `"Nodes":[`, `"Nodes":[`+nodes.String(), `"ParentId":"r-ab12","Status"`, `"ParentId":"ou-0","Status"`)
	e := New(Parts{Organization: orgFile(text)})
	o := must(t, e.Organization())
	if state(o.Levels(dev, policy.KindSCP)) == "known" || state(o.Levels(prod, policy.KindSCP)) != "known" {
		t.Error("levels of a chain without an end")
	}
	wantFindings(t, e.Findings(), "nested deeper than 64", "which is not there")
}
