package render

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestRows(t *testing.T) {
	policy := report.Policy{Kind: "identity", Name: "inline0"}
	second := report.Statement{Index: 1, Line: 9}
	scp := func(level int, target, result string) report.Layer {
		return report.Layer{Layer: "scp", Level: level, Target: target, Needed: "yes", Result: result}
	}
	tests := []struct {
		name   string
		layers []report.Layer
		causes []report.Cause
		gaps   []report.Gap
		want   []Row
	}{
		{
			"allows",
			[]report.Layer{{Layer: "identity", Needed: "yes", Result: "allows", Policy: policy, Statement: second}},
			nil, nil,
			[]Row{{Layer: "identity", Word: "allows", Note: "policy inline0, statement 2"}},
		},
		{
			"explicit",
			[]report.Layer{{Layer: "trust", Needed: "yes", Result: "denies", Explicit: true, Statement: report.Statement{Sid: "No", Line: 2}}},
			nil, nil,
			[]Row{{Layer: "trust", Mark: Blocks, Tone: Bad, Word: "denies", Note: "statement No"}},
		},
		{
			"explicit where no allow is needed",
			[]report.Layer{{Layer: "identity", Needed: "no", Result: "denies", Explicit: true, Policy: policy}},
			nil, nil,
			[]Row{{Layer: "identity", Mark: Blocks, Tone: Bad, Word: "denies", Note: "policy inline0"}},
		},
		{
			"the Deny that is told first, and those beside it",
			[]report.Layer{
				{Layer: "scp", Target: "r-1", Needed: "yes", Result: "denies", Explicit: true, Policy: report.Policy{Name: "A", AttachedTo: "r-1"}},
				{Layer: "scp", Level: 1, Target: "ou-1", Needed: "yes", Result: "denies", Explicit: true, Policy: report.Policy{Name: "C", AttachedTo: "ou-1"}, Statement: second},
			},
			[]report.Cause{
				{Code: "scp.region_deny", Certainty: "proved", Layer: "scp", Policy: report.Policy{Name: "B", AttachedTo: "r-1"}, Statement: second, Evidence: []report.Evidence{{Origin: "rule:effect", Fact: "explicit deny"}}},
				{Code: "scp.explicit_deny", Certainty: "proved", Layer: "scp", Policy: report.Policy{Name: "A", AttachedTo: "r-1"}},
				{Code: "scp.explicit_deny", Certainty: "proved", Layer: "scp", Action: "sts:TagSession", Policy: report.Policy{Name: "D", AttachedTo: "r-1"}},
				{Code: "scp.explicit_deny", Certainty: "possible", Layer: "scp", Policy: report.Policy{Name: "E", AttachedTo: "r-1"}},
				{Code: "scp.no_allow", Certainty: "proved", Layer: "scp", Policy: report.Policy{Name: "F", AttachedTo: "r-1"}},
			},
			nil,
			[]Row{
				{Layer: "SCP", Mark: Blocks, Tone: Bad, Word: "denies", Note: "B on root (r-1), statement 2, and 1 more"},
				{Layer: "SCP", Mark: Blocks, Tone: Bad, Word: "denies", Note: "C on ou-1, statement 2"},
			},
		},
		{
			"implicit",
			[]report.Layer{{Layer: "trust", Needed: "yes", Result: "denies"}},
			nil, nil,
			[]Row{{Layer: "trust", Mark: Blocks, Tone: Bad, Word: "denies", Note: "no statement trusts the caller"}},
		},
		{
			"implicit by a condition",
			[]report.Layer{{Layer: "trust", Needed: "yes", Result: "denies"}},
			[]report.Cause{{Layer: "trust", Statement: second, Condition: report.Condition{Key: "aws:SourceIp"}}},
			nil,
			[]Row{{Layer: "trust", Mark: Blocks, Tone: Bad, Word: "denies", Note: "statement 2, condition aws:SourceIp"}},
		},
		{
			"implicit where no allow is needed",
			[]report.Layer{{Layer: "identity", Needed: "no", Result: "denies"}},
			nil, nil,
			[]Row{{Layer: "identity", Tone: Faint, Word: "–", Note: "not needed: the trust policy names the caller"}},
		},
		{
			"no word where it depends",
			[]report.Layer{{Layer: "session", Needed: "depends", Result: "none"}},
			nil, nil,
			[]Row{{Layer: "session", Tone: Faint, Word: "–", Note: "an allow here would not be enough"}},
		},
		{
			"none",
			[]report.Layer{{Layer: "boundary", Needed: "exempt", Result: "none", Exempt: "no_boundary"}},
			nil, nil,
			[]Row{{Layer: "boundary", Tone: Faint, Word: "none"}},
		},
		{
			"exempt",
			[]report.Layer{{Layer: "scp", Needed: "exempt", Result: "none", Exempt: "management_account"}},
			nil, nil,
			[]Row{{Layer: "SCP", Tone: Faint, Word: "–", Note: "not for the management account"}},
		},
		{"what few have", []report.Layer{{Layer: "session", Needed: "exempt", Result: "none"}, {Layer: "vpce", Needed: "exempt", Result: "none"}}, nil, nil, nil},
		{
			"unknown by a key",
			[]report.Layer{{Layer: "trust", Needed: "yes", Result: "unknown"}},
			nil,
			[]report.Gap{{Layer: "trust", Key: "aws:SourceIp"}},
			[]Row{{Layer: "trust", Mark: Unclear, Tone: Doubt, Word: "unknown", Note: "depends on aws:SourceIp"}},
		},
		{
			"unknown by two keys",
			[]report.Layer{{Layer: "trust", Needed: "yes", Result: "unknown"}},
			nil,
			[]report.Gap{{Layer: "trust", Key: "sts:ExternalId"}, {Affects: []string{"trust"}, Key: "aws:MultiFactorAuthPresent"}},
			[]Row{{Layer: "trust", Mark: Unclear, Tone: Doubt, Word: "unknown", Note: "depends on sts:ExternalId and MFA"}},
		},
		{
			"unknown for want of a role",
			[]report.Layer{{Layer: "rcp", Needed: "yes", Result: "unknown"}},
			nil, nil,
			[]Row{{Layer: "RCP", Mark: Unclear, Tone: Doubt, Word: "unknown", Note: "needs the role"}},
		},
		{
			"other roles",
			[]report.Layer{{Layer: "identity", Needed: "yes", Result: "denies"}},
			[]report.Cause{{Layer: "identity", Statement: second, Detail: report.Detail{Wanted: "arn:aws:iam::320000000031:role/deploy/*"}}},
			nil,
			[]Row{{Layer: "identity", Mark: Blocks, Tone: Bad, Word: "denies", Note: "statement 2 covers other roles"}},
		},
		{
			"a policy that AWS's message names",
			[]report.Layer{{Layer: "identity", Needed: "yes", Result: "unknown"}},
			nil,
			[]report.Gap{{Code: "unseen", Layer: "identity", Subject: "arn:aws:iam::210000000029:policy/Freeze"}},
			[]Row{{Layer: "identity", Mark: Unclear, Tone: Doubt, Word: "unknown", Note: "Freeze was not read"}},
		},
		{
			"policies that went with the identity",
			[]report.Layer{{Layer: "identity", Needed: "yes", Result: "denies"}},
			[]report.Cause{{Code: "caller.recreated", Layer: "caller", Detail: report.Detail{Kind: "deleted"}}},
			nil,
			[]Row{{Layer: "identity", Mark: Blocks, Tone: Bad, Word: "denies", Note: "gone with the identity"}},
		},
		{
			"other callers",
			[]report.Layer{{Layer: "vpce", Needed: "yes", Result: "denies"}},
			[]report.Cause{{Layer: "vpce", Statement: second, Detail: report.Detail{Kind: "other_principal"}}},
			nil,
			[]Row{{Layer: "endpoint", Mark: Blocks, Tone: Bad, Word: "denies", Note: "statement 2 is for other callers"}},
		},
		{
			"unread levels",
			[]report.Layer{scp(0, "r-1", "unknown"), scp(1, "ou-1", "unknown")},
			nil,
			[]report.Gap{{Affects: []string{"scp"}}},
			[]Row{{Layer: "SCP", Mark: Unclear, Tone: Doubt, Word: "unknown", Note: "2 levels: could not be read"}},
		},
		{"levels allow", []report.Layer{scp(0, "r-1", "allows"), scp(1, "ou-1", "allows")}, nil, nil, []Row{{Layer: "SCP", Word: "allows", Note: "2 levels"}}},
		{
			"one level denies",
			[]report.Layer{scp(0, "r-1", "allows"), scp(1, "ou-1", "denies"), scp(2, "210000000029", "allows")},
			nil, nil,
			[]Row{{Layer: "SCP", Mark: Blocks, Tone: Bad, Word: "denies", Note: "no policy on ou-1 allows it"}, {Layer: "SCP", Word: "allows", Note: "2 other levels"}},
		},
		{
			"two levels deny",
			[]report.Layer{scp(0, "r-1", "denies"), scp(1, "r-1", "denies"), scp(2, "210000000029", "allows")},
			nil, nil,
			[]Row{
				{Layer: "SCP", Mark: Blocks, Tone: Bad, Word: "denies", Note: "no policy on root (r-1) allows it"},
				{Layer: "SCP", Mark: Blocks, Tone: Bad, Word: "denies", Note: "no policy on root (r-1) allows it"},
				{Layer: "SCP", Word: "allows", Note: "1 other level"},
			},
		},
		{
			"word of a later version",
			[]report.Layer{{Layer: "fence", Result: "bends"}},
			nil, nil,
			[]Row{{Layer: "fence", Mark: Unclear, Tone: Doubt, Word: "bends"}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			caller, role := namer{&report.Report{Layers: tt.layers, Causes: tt.causes, Gaps: tt.gaps}, &english}.rows("")
			if diff := cmp.Diff(tt.want, append(caller, role...)); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

// TestUnaskedRows: a call that AWS refused before it asked any policy has no row
// that denies.
func TestUnaskedRows(t *testing.T) {
	layers := []report.Layer{
		{Layer: "identity", Needed: "yes", Result: "allows"},
		{Layer: "boundary", Needed: "exempt", Result: "none", Exempt: "no_boundary"},
		{Layer: "session", Needed: "yes", Result: "unknown"},
		{Layer: "scp", Needed: "yes", Result: "allows"},
		{Layer: "scp", Level: 1, Needed: "yes", Result: "allows"},
		{Layer: "rcp", Needed: "exempt", Result: "none", Exempt: "no_organization"},
		{Layer: "trust", Needed: "yes", Result: "denies"},
	}
	would := []Row{
		{Layer: "identity", Word: "unasked", Tone: Faint, Note: "would allow it"},
		{Layer: "boundary", Word: "none", Tone: Faint},
		{Layer: "SCP", Word: "unasked", Tone: Faint, Note: "would allow it"},
		{Layer: "RCP", Word: "–", Tone: Faint, Note: "no organization"},
		{Layer: "trust", Word: "unasked", Tone: Faint, Note: "would deny it as well"},
	}
	r := &report.Report{Verdict: "not_a_policy_denial", Layers: layers, Gaps: []report.Gap{{Code: "afterwards", Layer: "trust"}}}
	caller, role := namer{r, &english}.rows("")
	if diff := cmp.Diff(would, append(caller, role...)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}

	r = &report.Report{Verdict: "denied", Layers: layers, Causes: []report.Cause{{Code: "caller.root", Primary: true}}}
	caller, role = namer{r, &english}.rows("")
	for _, row := range append(caller, role...) {
		if row.Mark != NoMark || row.Note == "would allow it" {
			t.Errorf("a root user's row: %+v", row)
		}
	}
}

func TestChain(t *testing.T) {
	deny := func(action, layer string) report.Layer {
		return report.Layer{Action: action, Layer: layer, Needed: "yes", Result: "denies"}
	}
	r := &report.Report{
		Role: report.Role{ARN: "r"},
		Layers: []report.Layer{
			deny("sts:AssumeRole", "trust"), deny("sts:AssumeRole", "identity"), deny("sts:AssumeRole", "rcp"), deny("sts:AssumeRole", "vpce"),
			deny("sts:TagSession", "trust"), deny("sts:SetContext", "trust"),
		},
		Actions: []report.Action{{Name: "sts:TagSession", Applies: "true"}, {Name: "sts:SetContext", Applies: "unknown"}},
	}
	shape := func() (got []string) {
		c := namer{r, &english}.chain()
		for _, h := range c.Hops {
			got = append(got, "hop")
			for _, row := range h.Rows {
				got = append(got, row.Layer)
			}
		}
		for _, a := range c.Also {
			got = append(got, a.Action, a.Rows[0].Layer)
		}
		return got
	}
	want := []string{"hop", "identity", "endpoint", "hop", "RCP", "trust", "also needed: sts:TagSession", "trust"}
	if diff := cmp.Diff(want, shape()); diff != "" {
		t.Errorf("chain (-want +got):\n%s", diff)
	}
	r.Causes = []report.Cause{{Primary: true, Action: "sts:TagSession"}}
	want = []string{"hop", "hop", "trust", "the role switch itself: sts:AssumeRole", "identity"}
	if diff := cmp.Diff(want, shape()); diff != "" {
		t.Errorf("chain of the primary cause's action (-want +got):\n%s", diff)
	}
}

// TestBarred: what refuses before any policy does is marked in the chain, and a
// role that is not there has no policies that could say anything.
func TestBarred(t *testing.T) {
	trust := report.Layer{Layer: "trust", Needed: "yes", Result: "denies"}
	tests := []struct {
		code, certainty, layer, exists string
		caller, role                   []string
	}{
		{"caller.root", "proved", "caller", "yes", []string{"caller denies a root user assumes no roles"}, []string{"trust denies no statement trusts the caller"}},
		{"role.not_found", "proved", "role", "no", nil, []string{"role missing no such role"}},
		{"role.not_found", "possible", "role", "unknown", nil, []string{"trust denies no statement trusts the caller"}},
		{"role.other_account", "likely", "role", "no", nil, []string{"trust denies no statement trusts the caller"}},
		{"role.later_code", "likely", "role", "yes", nil, []string{"role denies role.later_code", "trust denies no statement trusts the caller"}},
	}
	for _, tt := range tests {
		t.Run(tt.code+" "+tt.certainty, func(t *testing.T) {
			r := &report.Report{
				Role: report.Role{ARN: "r", Exists: tt.exists}, Layers: []report.Layer{trust, {Layer: "boundary", Needed: "yes", Result: "unknown"}}[:1+len(tt.caller)],
				Causes: []report.Cause{{Code: tt.code, Certainty: tt.certainty, Layer: tt.layer}},
			}
			var got [2][]string
			for i, h := range (namer{r, &english}).chain().Hops {
				for _, row := range h.Rows {
					got[i] = append(got[i], row.Layer+" "+row.Word+" "+row.Note)
				}
			}
			if diff := cmp.Diff([2][]string{tt.caller, tt.role}, got); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}
