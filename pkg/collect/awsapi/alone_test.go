package awsapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// theirs is an account of another owner, that the reader role can be assumed in.
const theirs = "999988887777"

// layer is the word of a layer: its result, and why it has no say.
func layer(r *report.Report, name string) string {
	for i := range r.Layers {
		if l := &r.Layers[i]; l.Layer == name {
			return strings.TrimSpace(l.Result + " " + l.Exempt)
		}
	}
	return "none"
}

func scpGap(r *report.Report, account string) bool {
	return slices.ContainsFunc(r.Gaps, func(g report.Gap) bool { return g.Code == "scp" && g.Account == account })
}

// testNotAlone: that the account of the credentials is in no organization says
// nothing of another, whether AWS is read or a directory that was collected, and
// what is known of the first stays known with a reader role.
func testNotAlone(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s)
	w.User(home, "bob", allowAssume)
	w.User(theirs, "dave", allowAssume)
	w.Role(home, "/", "Open", trusting("arn:aws:iam::"+theirs+":root"), "")
	w.Role(theirs, "/", "Open", trusting("arn:aws:iam::"+home+":root"), "")
	w.Answer(w.regions)
	w.Rewrite(namePolicies)
	ours := denied(awsworld.UserARN(home, "bob"), awsworld.RoleARN(theirs, "Open"))
	dave := denied(awsworld.UserARN(theirs, "dave"), awsworld.RoleARN(home, "Open"))
	files, err := w.snapshot(t.Context(), w.reader(nil), home, theirs)
	w.Must(err)
	e := opened(files)
	if e.ReadAll(); len(e.Findings()) > 0 {
		t.Errorf("%v\n%s", e.Findings(), files["estate.json"])
	}
	for _, c := range []struct {
		name   string
		mine   *report.Report
		theirs *report.Report
	}{
		{"live", w.explain(w.reader(nil), ours), w.explain(w.reader(nil), dave)},
		{"live, no account given", w.explain(w.reader(unnamed), ours), w.explain(w.reader(unnamed), dave)},
		{"directory", audit.Explain(ours, e, audit.Options{Lang: "en"}), audit.Explain(dave, e, audit.Options{Lang: "en"})},
	} {
		if got := layer(c.mine, "scp"); got != "none no_organization" || scpGap(c.mine, home) {
			t.Errorf("%s: SCPs of the credentials' account: %s, gaps %v", c.name, got, missing(c.mine))
		}
		if got := layer(c.mine, "rcp"); got != "unknown" {
			t.Errorf("%s: RCPs of the other account: %s", c.name, got)
		}
		if got := layer(c.theirs, "scp"); got != "unknown" || c.theirs.Verdict != "undetermined" || !scpGap(c.theirs, theirs) {
			t.Errorf("%s: SCPs of the other account: %s, %s", c.name, got, c.theirs.Verdict)
		}
		if got := layer(c.theirs, "rcp"); got != "none no_organization" {
			t.Errorf("%s: RCPs of the credentials' account: %s", c.name, got)
		}
	}
}

// unnamed makes a reader ask AWS STS whose the credentials are.
func unnamed(c *awsapi.Config) { c.Account = "" }

// testAloneAsker: where a role asks AWS Organizations, it is the role's account
// that is in no organization.
func testAloneAsker(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s)
	w.User(home, "bob", allowAssume)
	w.Role(home, "/", "Open", trusting("arn:aws:iam::"+home+":root"), "")
	bob := denied(awsworld.UserARN(home, "bob"), awsworld.RoleARN(home, "Open"))
	asks := func(account string) *report.Report {
		return w.explain(w.reader(func(c *awsapi.Config) { c.OrganizationRole = awsworld.RoleARN(account, "assumewhy-organization") }), bob)
	}
	if rep := asks(theirs); rep.Verdict != "undetermined" || layer(rep, "scp") != "unknown" {
		t.Errorf("asked by another account: %s, SCPs %s", rep.Verdict, layer(rep, "scp"))
	}
	if rep := asks(home); rep.Verdict != "allowed_now" || layer(rep, "scp") != "none no_organization" {
		t.Errorf("asked by the account itself: %s, SCPs %s", rep.Verdict, layer(rep, "scp"))
	}
}
