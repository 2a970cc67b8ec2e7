package estate

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

const orgTypes = `[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}]`

// A policy type is off only where that is said: what is not understood leaves
// open whether it applies.
func TestPolicyTypesNotUnderstood(t *testing.T) {
	const (
		on, off, gap = "known", "none", "gap organization unreadable"
		scp          = `{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}`
		rcp          = `{"Type":"RESOURCE_CONTROL_POLICY","Status":"ENABLED"}`
	)
	for _, c := range []struct{ name, types, scp, rcp, finding string }{
		{"both", orgTypes, on, on, ""},
		{"empty", `[]`, off, off, ""},
		{"one listed", `[` + rcp + `]`, off, on, ""},
		{"off", `[{"Type":"SERVICE_CONTROL_POLICY","Status":"DISABLED"}]`, off, off, ""},
		{"other types", `[{"Type":"TAG_POLICY","Status":"ENABLED"},{"Type":"S3_POLICY","Status":"PENDING_ENABLE"}]`, off, off, ""},
		{"null", `null`, "gap organization not_read", "gap organization not_read", ""},
		{"object", scp, gap, gap, "PolicyTypes is no list"},
		{"string", `"SERVICE_CONTROL_POLICY"`, gap, gap, "PolicyTypes is no list"},
		{"true", `true`, gap, gap, "PolicyTypes is no list"},
		{"strings", `["SERVICE_CONTROL_POLICY"]`, gap, gap, "element 1 is not understood"},
		{"null in it", `[` + rcp + `,null]`, gap, gap, "element 2 is not understood"},
		{"a member twice", `[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED","Status":"ENABLED"}]`, gap, gap, "element 1 is not understood"},
		{"no type", `[{"Status":"ENABLED"}]`, gap, gap, "element 1 is not understood"},
		{"type is a number", `[{"Type":1,"Status":"ENABLED"}]`, gap, gap, "element 1 is not understood"},
		{"type in another case", `[{"Type":"service_control_policy","Status":"ENABLED"}]`, gap, gap, `the type "service_control_policy", which is not known`},
		{"type misspelled", `[{"Type":"SERVICE_CONTROL_POLCY","Status":"ENABLED"},` + rcp + `]`, gap, on, `which is not known`},
		{"status in another case", `[{"Type":"SERVICE_CONTROL_POLICY","Status":"enabled"},` + rcp + `]`, gap, on, `is "enabled"`},
		{"no status", `[{"Type":"SERVICE_CONTROL_POLICY"}]`, gap, off, `is ""`},
		{"status is true", `[{"Type":"RESOURCE_CONTROL_POLICY","Status":true}]`, off, gap, `is ""`},
		{"twice", `[` + scp + `,` + scp + `]`, gap, off, `"SERVICE_CONTROL_POLICY" twice`},
		{"twice, differently", `[` + rcp + `,{"Type":"RESOURCE_CONTROL_POLICY","Status":"DISABLED"}]`, off, gap, "twice"},
	} {
		e := New(Parts{Organization: orgFile(replace(orgText, orgTypes, c.types))})
		o := must(t, e.Organization())
		for k, want := range map[policy.Kind]string{policy.KindSCP: c.scp, policy.KindRCP: c.rcp} {
			f := o.Levels(prod, k)
			if got := state(f); got != want {
				t.Errorf("%s: %s are %s, want %s", c.name, k, got, want)
			}
			if g, missing := f.Gap(); missing && (g.Layer != layerOf(k) || g.Detail == "") {
				t.Errorf("%s: gap %+v", c.name, g)
			}
		}
		if c.finding == "" {
			wantFindings(t, e.Findings())
		} else {
			wantFindings(t, e.Findings(), c.finding)
		}
	}
}

// A policy whose type is not clear may be of any kind; nobody says what it says.
func TestPolicyTypeOfAPolicy(t *testing.T) {
	const plain = `"Name":"regions","Type":"SERVICE_CONTROL_POLICY"`
	const arnSCP = "/o-example000/service_control_policy/p-region"
	for _, c := range []struct{ name, old, new, finding string }{
		{"misspelled", plain, `"Name":"regions","Type":"SERVICE_CONTROL_POLCY"`, `the Type "SERVICE_CONTROL_POLCY"`},
		{"in another case", plain, `"Name":"regions","Type":"Service_Control_Policy"`, `which is not known`},
		{"blank around it", plain, `"Name":"regions","Type":" SERVICE_CONTROL_POLICY"`, `which is not known`},
		{"no string", plain, `"Name":"regions","Type":["SERVICE_CONTROL_POLICY"]`, "has no Type"},
		{"another type than its Arn", plain, `"Name":"regions","Type":"TAG_POLICY"`, "an Arn of a SERVICE_CONTROL_POLICY"},
		{"an Arn of the other kind", arnSCP, "/o-example000/resource_control_policy/p-region", "an Arn of a RESOURCE_CONTROL_POLICY"},
		{"an Arn of another type", arnSCP, "/o-example000/tag_policy/p-region", "an Arn of a TAG_POLICY"},
	} {
		e := New(Parts{Organization: orgFile(replace(orgText, c.old, c.new))})
		o := must(t, e.Organization())
		for _, k := range []policy.Kind{policy.KindSCP, policy.KindRCP} {
			if got := flat(o.Levels(prod, k))[1]; !strings.Contains(got, "gap organization unreadable") {
				t.Errorf("%s: %s: %s", c.name, k, got)
			}
		}
		wantFindings(t, e.Findings(), c.finding)
	}
	text := replace(orgText, `"Policies":[`, `"Policies":[{"Id":"p-FullAWSAccess","Type":"TAG_POLICY"},`)
	e := New(Parts{Organization: orgFile(text)})
	if got := flat(must(t, e.Organization()).Levels(prod, policy.KindSCP))[0]; !strings.Contains(got, "gap") {
		t.Errorf("AWS's own policy of another type: %s", got)
	}
	for name := range otherTypes {
		e := New(Parts{Organization: orgFile(replace(orgText, "TAG_POLICY", name))})
		if got := len(flat(must(t, e.Organization()).Levels(prod, policy.KindSCP))); got != 4 {
			t.Errorf("%s: %d levels", name, got)
		}
		wantFindings(t, e.Findings())
	}
}

// An attachment to what is not in the tree may be one to any account.
func TestAttachmentToNowhere(t *testing.T) {
	for _, c := range []struct {
		id       string
		scp, rcp bool
		findings int
	}{
		{"p-region", true, false, 1},
		{"p-perimeter", false, true, 1},
		{"p-tags", false, false, 1},
		{"p-gone", true, true, 2},
		{"p-FullAWSAccess", true, false, 1},
		{"p-RCPFullAWSAccess", false, false, 1},
	} {
		e := New(Parts{Organization: orgFile(replace(orgText, `"Attachments":[`,
			`"Attachments":[{"PolicyId":"`+c.id+`","TargetId":"11112222333"},`))})
		o := must(t, e.Organization())
		for k, want := range map[policy.Kind]bool{policy.KindSCP: c.scp, policy.KindRCP: c.rcp} {
			for _, account := range []string{prod, dev} {
				for _, l := range must(t, o.Levels(account, k)) {
					var found bool
					for _, p := range l.Policies {
						g, missing := p.Gap()
						found = found || missing && g.Subject == c.id && g.Why == evidence.Unreadable
					}
					if found != want {
						t.Errorf("%s: %s of %s at %s: gap %v, want %v", c.id, k, account, l.Target, found, want)
					}
				}
			}
		}
		if len(e.Findings()) != c.findings {
			t.Errorf("%s: findings %q", c.id, lines(e.Findings()))
		}
	}
}
