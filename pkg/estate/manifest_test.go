package estate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

func gapsText(gaps ...string) string {
	return `{"schema":"assumewhy.estate/v1","gaps":[` + strings.Join(gaps, ",") + `]}`
}

func gapText(account, part, subject, why string) string {
	return fmt.Sprintf(`{"account":%q,"part":%q,"subject":%q,"permission":"iam:Test","why":%q}`, account, part, subject, why)
}

// What a gap of estate.json makes unknown, and what it leaves alone.
func TestManifestGaps(t *testing.T) {
	for _, c := range []struct {
		name, gap                   string
		known, gone, user, attached string // Deploy, a role that is not there, a user that is not there, alice's first policy
	}{
		{"no gap", "", "known", "none", "none", "known"},
		{"whole part", gapText(prod, "roles", "", "denied"), "known", "gap role denied", "none", "known"},
		{"all accounts", gapText("", "roles", "", "denied"), "known", "gap role denied", "none", "known"},
		{"another account", gapText(dev, "roles", "", "denied"), "known", "none", "none", "known"},
		{"by name", gapText(prod, "roles", "Deploy", "denied"), "gap role denied", "none", "none", "known"},
		{"by ARN", gapText(prod, "roles", "arn:aws:iam::111122223333:role/team/Deploy", "denied"), "gap role denied", "none", "none", "known"},
		{"by id", gapText(prod, "roles", "AROAEXAMPLE1", "denied"), "gap role denied", "none", "none", "known"},
		{"one that is not in the file", gapText(prod, "roles", "absent", "timeout"), "known", "gap role timeout", "none", "known"},
		{"a policy", gapText(prod, "policies", "arn:aws:iam::111122223333:policy/deploy", "throttled"), "known", "none", "none", "gap policy throttled"},
		{"all policies, but it was read", gapText(prod, "policies", "", "denied"), "known", "none", "none", "known"},
		{"users", gapText(prod, "users", "", "truncated"), "known", "none", "gap user truncated", "known"},
		{"no account id", gapText("1111-2222-3333", "roles", "", "denied"), "known", "gap role denied", "none", "known"},
		{"unknown part", gapText(prod, "rolls", "x", "denied"), "known", "gap role denied", "gap user denied", "known"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := New(Parts{Manifest: manifestFile(gapsText(c.gap)), Accounts: []Folder{details1(prod, sample)}})
			a := account(t, e, prod)
			for what, got := range map[string][2]string{
				"known role": {state(a.Role("Deploy")), c.known},
				"known id":   {state(a.RoleByID("AROAEXAMPLE1")), c.known},
				"no role":    {state(a.Role("absent")), c.gone},
				"no user":    {state(a.User("absent")), c.user},
				"attached":   {state(must(t, a.User("alice")).Attached[0]), c.attached},
			} {
				if got[0] != got[1] {
					t.Errorf("%s: %s, want %s", what, got[0], got[1])
				}
			}
		})
	}
}

func TestAccountGap(t *testing.T) {
	e := New(Parts{Manifest: manifestFile(gapsText(gapText(dev, "roles", "", "denied")))})
	g, _ := e.Account(dev).Gap()
	if g.Code != "account" || g.Why != evidence.Denied || g.Permission != "iam:Test" || g.Account != dev {
		t.Errorf("%+v", g)
	}
	var zero *Estate
	if state(zero.Account(dev)) != "gap account not_read" || state((&Estate{}).Organization()) != "gap organization not_read" ||
		zero.Findings() != nil || zero.Gaps() != nil || zero.Accounts() != nil || !zero.ReadAt().IsZero() {
		t.Error("the zero estate knows something")
	}
	zero.ReadAll()
}

func TestManifestFaults(t *testing.T) {
	for _, c := range []struct{ name, text, role, finding string }{
		{"none", `{}`, "none", ""},
		{"schema of another version", `{"schema":"assumewhy.estate/v2"}`, "gap role unreadable", "collect the estate again"},
		{"schema of another type", `{"schema":2}`, "gap role unreadable", `has schema "2"`},
		{"syntax", `{"gaps":`, "gap role unreadable", "is cut off"},
		{"empty", ``, "gap role unreadable", "is empty"},
		{"gaps no list", `{"gaps":{}}`, "gap role unreadable", "gaps is no list"},
		{"gaps in another case", `{"Gaps":[]}`, "gap role unreadable", "write gaps"},
		{"gap of no account", `{"gaps":[{"account":"1111-2222-3333","part":"roles","why":"denied"}]}`, "gap role denied", "gap 1: account is \"1111-2222-3333\": write its 12 digits"},
		{"gap no object", `{"gaps":[1]}`, "gap role unreadable", "gap 1 is not understood"},
		{"time", `{"read_at":"yesterday"}`, "none", "read_at is"},
		{"time of the year 10000", `{"read_at":"9999-12-31T23:00:00-02:00"}`, "none", "read_at is"},
		{"time of the year 0", `{"read_at":"0001-01-01T00:00:00+01:00"}`, "none", "read_at is"},
		{"organization", `{"organization":"maybe"}`, "none", "write known, none or unknown"},
		{"why", `{"gaps":[{"account":"111122223333","part":"roles","why":"because"}]}`, "gap role not_read", "why is"},
	} {
		e := New(Parts{Manifest: manifestFile(c.text), Accounts: []Folder{details1(prod, sample)}})
		if got := state(account(t, e, prod).Role("absent")); got != c.role {
			t.Errorf("%s: %s, want %s", c.name, got, c.role)
		}
		if c.finding == "" {
			wantFindings(t, e.Findings())
		} else {
			wantFindings(t, e.Findings(), c.finding)
		}
	}
	e := New(Parts{Manifest: manifestFile(`{"read_at":"2026-01-02T03:04:05+01:00"}`)})
	if want := time.Date(2026, 1, 2, 2, 4, 5, 0, time.UTC); !e.ReadAt().Equal(want) {
		t.Errorf("read at %v", e.ReadAt())
	}
}

func TestOrganizationSaid(t *testing.T) {
	for _, c := range []struct {
		name, manifest, file, want, finding string
	}{
		{"nothing", ``, ``, "gap organization not_read", ""},
		{"file alone", ``, orgText, "known", ""},
		{"said known", `{"organization":"known"}`, orgText, "known", ""},
		{"said none", `{"organization":"none"}`, ``, "none", ""},
		{"said unknown", `{"organization":"unknown"}`, ``, "gap organization not_read", ""},
		{"not said", `{}`, ``, "gap organization not_read", ""},
		{"known without a file", `{"organization":"known"}`, ``, "gap organization not_read", "is not there"},
		{"none with a file", `{"organization":"none"}`, orgText, "gap organization unreadable", "is there, but"},
		{"unknown with a file", `{"organization":"unknown"}`, orgText, "gap organization unreadable", "is there, but"},
		{"broken file", ``, `{"Id":`, "gap organization unreadable", "is cut off"},
		{"gap of the whole", gapsText(gapText("", "organization", "", "denied")), orgText, "gap organization denied", ""},
		{"gap of an account and no file", gapsText(gapText("999999999999", "organization", "", "denied")), "", "gap organization denied", ""},
		{"broken manifest", `{`, orgText, "gap organization unreadable", "estate.json"},
	} {
		p := Parts{}
		if c.manifest != "" {
			p.Manifest = manifestFile(c.manifest)
		}
		if c.file != "" {
			p.Organization = orgFile(c.file)
		}
		e := New(p)
		if got := state(e.Organization()); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if c.finding == "" {
			wantFindings(t, e.Findings())
		} else {
			wantFindings(t, e.Findings(), c.finding)
		}
	}
}

func TestOrganizationGaps(t *testing.T) {
	for _, c := range []struct{ name, gap, prod, dev string }{
		{"an account", gapText(prod, "organization", "", "denied"), "gap organization denied", "r-ab12(Root): FullAWSAccess@999999999999"},
		{"an account as subject", gapText("", "organization", prod, "denied"), "gap organization denied", "r-ab12(Root): FullAWSAccess@999999999999"},
		{"an OU", gapText("999999999999", "organization", "ou-ab12-work", "timeout"), "ou-ab12-work(Workloads): regions@999999999999 FullAWSAccess@999999999999 gap organization timeout", "r-ab12(Root): FullAWSAccess@999999999999"},
		{"a policy", gapText("", "organization", "p-region", "throttled"), "ou-ab12-work(Workloads): gap organization throttled FullAWSAccess@999999999999", "r-ab12(Root): FullAWSAccess@999999999999"},
	} {
		o := must(t, New(Parts{Manifest: manifestFile(gapsText(c.gap)), Organization: orgFile(orgText)}).Organization())
		got := flat(o.Levels(prod, policy.KindSCP))
		if got[min(1, len(got)-1)] != c.prod {
			t.Errorf("%s: prod %q, want %q", c.name, got, c.prod)
		}
		if got := flat(o.Levels(dev, policy.KindSCP)); got[0] != c.dev {
			t.Errorf("%s: dev %q, want %q", c.name, got, c.dev)
		}
	}
}

// A time that RFC 3339 cannot write again is not known.
func TestReadAtOutOfRange(t *testing.T) {
	for _, s := range []string{"9999-12-31T23:59:59-00:01", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01"} {
		if at := New(Parts{Manifest: manifestFile(`{"read_at":"` + s + `"}`)}).ReadAt(); !at.IsZero() {
			t.Errorf("%s: %v", s, at)
		}
	}
}
