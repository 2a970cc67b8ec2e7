package awsapi_test

import (
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/internal/awsworld"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
)

// refuse makes the proxy answer some calls.
func (w *world) refuse(answer func(awsproxy.Call) *awsproxy.Answer, which func(awsproxy.Call) bool) {
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if which(c) {
			return answer(c)
		}
		return nil
	})
}

// testMemberUnreadable: the answer goes out, the gap names permission and
// account, and the refusal is not asked for again at once.
func testMemberUnreadable(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.refuse(awsproxy.Deny, func(c awsproxy.Call) bool {
		return c.Action == "sts:AssumeRole" && strings.Contains(c.Form.Get("RoleArn"), w.Prod)
	})
	r := w.reader(nil)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open"))
	rep := w.explain(r, bob)
	if rep.Verdict != "undetermined" {
		t.Errorf("%s %s", rep.Verdict, primary(rep))
	}
	if diff := cmp.Diff([]string{"account sts:AssumeRole " + w.Prod}, missing(rep)); diff != "" {
		t.Errorf("gaps: %s", diff)
	}
	w.Forget()
	w.explain(r, bob)
	if len(w.Calls()) > 0 {
		t.Errorf("asked again: %v", w.Actions())
	}
	w.later(awsapi.DefaultNegativeTTL)
	w.explain(r, bob)
	if diff := cmp.Diff([]string{home + " sts:AssumeRole"}, w.Actions()); diff != "" {
		t.Errorf("a minute later: %s", diff)
	}
}

// testPermissionMissing: one permission after the other is refused; each time
// the gap names it with its account, and nothing that it hides is taken for
// absent.
func testPermissionMissing(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Role(w.Dev, "/", "runner", trusting("*"), allowAssume)
	user := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open"))
	session := denied("arn:aws:sts::"+w.Dev+":assumed-role/runner/job-7", awsworld.RoleARN(w.Prod, "Open"))
	for _, c := range []struct {
		action, account string
		session         bool
	}{
		{"iam:GetUser", w.Dev, false},
		{"iam:ListGroupsForUser", w.Dev, false},
		{"iam:ListUserPolicies", w.Dev, false},
		{"iam:ListAttachedUserPolicies", w.Dev, false},
		{"iam:GetAccountAuthorizationDetails", w.Dev, false},
		{"iam:GetPolicy", w.Dev, false},
		{"iam:GetPolicyVersion", w.Dev, true},
		{"iam:ListRolePolicies", w.Dev, true},
		{"iam:ListAttachedRolePolicies", w.Dev, true},
		{"iam:GetRole", w.Dev, true},
		{"iam:GetRole", w.Prod, false},
	} {
		w.refuse(awsproxy.Deny, func(got awsproxy.Call) bool { return got.Action == c.action && got.Account == c.account })
		rec := user
		if c.session {
			rec = session
		}
		rep := w.explain(w.reader(nil), rec)
		if rep.Verdict != "undetermined" || !slices.ContainsFunc(missing(rep), func(g string) bool { return strings.HasSuffix(g, c.action+" "+c.account) }) {
			t.Errorf("without %s: %s %s, gaps %v", c.action, rep.Verdict, primary(rep), missing(rep))
		}
	}
	for _, action := range []string{"DescribeOrganization", "DescribeAccount", "ListParents", "ListPoliciesForTarget"} {
		w.refuse(awsproxy.Deny, func(got awsproxy.Call) bool { return got.Action == "organizations:"+action })
		rep := w.explain(w.reader(nil), user)
		if rep.Verdict != "undetermined" || !slices.ContainsFunc(missing(rep), func(g string) bool { return strings.Contains(g, "organizations:"+action) }) {
			t.Errorf("without %s: %s %s, gaps %v", action, rep.Verdict, primary(rep), missing(rep))
		}
	}
}

// testDelegated: a delegated administrator that may see the tree but not which
// types are enabled.
func testDelegated(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	role := "arn:aws:iam::" + w.Prod + ":role/assumewhy-organization"
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Action == "organizations:ListRoots" {
			return awsproxy.Deny(c)
		}
		return nil
	})
	w.Forget()
	rep := w.explain(w.reader(func(c *awsapi.Config) { c.OrganizationRole = role }), denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open")))
	if rep.Verdict != "undetermined" || !slices.ContainsFunc(missing(rep), func(g string) bool { return strings.Contains(g, "organizations:") }) {
		t.Errorf("%s, gaps %v", rep.Verdict, missing(rep))
	}
	for _, c := range w.Calls() {
		if strings.HasPrefix(c.Action, "organizations:") && c.Account != w.Prod {
			t.Errorf("%s with the credentials of %s", c.Action, c.Account)
		}
	}
}

// testOutside: a caller of another organization is known to be outside, and an
// account that nobody asked about is not.
func testOutside(t *testing.T, s *awsproxy.Server) {
	const theirs = "999988887777"
	w := crossed(t, s)
	trust := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:PrincipalOrgID":"` + w.Organization + `"}}},
	  {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]}`
	w.Role(w.Prod, "/", "Members", trust, "")
	w.refuse(awsproxy.Deny, func(c awsproxy.Call) bool {
		return c.Action == "sts:AssumeRole" && strings.Contains(c.Form.Get("RoleArn"), theirs)
	})
	rep := w.explain(w.reader(nil), denied(awsworld.UserARN(theirs, "dave"), awsworld.RoleARN(w.Prod, "Members")))
	if rep.Verdict != "denied" || !strings.HasPrefix(primary(rep), "trust.") {
		t.Errorf("%s %s, gaps %v", rep.Verdict, primary(rep), missing(rep))
	}
	if !rep.Accounts[theirs].Outside || rep.Accounts["111122223333"].Outside || rep.Accounts[w.Prod].Outside {
		t.Errorf("outside: %+v", rep.Accounts)
	}
}

func testNoOrganization(t *testing.T, s *awsproxy.Server) {
	w := newWorld(t, s)
	w.User(home, "bob", allowAssume)
	w.Role(home, "/", "Open", trusting("arn:aws:iam::"+home+":root"), "")
	rep := w.explain(w.reader(nil), denied(awsworld.UserARN(home, "bob"), awsworld.RoleARN(home, "Open")))
	if rep.Verdict != "allowed_now" || len(missing(rep)) > 0 {
		t.Errorf("%s %s, gaps %v", rep.Verdict, primary(rep), missing(rep))
	}
}

// testThrottled: a few refusals are waited out; without end they are a gap, and
// the next try asks again.
func testThrottled(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Deployer"))
	var n atomic.Int32
	w.refuse(awsproxy.Throttle, func(c awsproxy.Call) bool { return c.Action == "iam:GetRole" && n.Add(1) <= 2 })
	if rep := w.explain(w.reader(nil), bob); primary(rep) != "trust.no_principal proved" {
		t.Errorf("after two refusals: %s, gaps %v", primary(rep), missing(rep))
	}
	w.refuse(awsproxy.Throttle, func(c awsproxy.Call) bool { return c.Action == "iam:GetRole" })
	r := w.reader(func(c *awsapi.Config) { c.Timeout = 20 * time.Second })
	rep := w.explain(r, bob)
	if diff := cmp.Diff([]string{"role iam:GetRole " + w.Prod}, missing(rep)); diff != "" || rep.Verdict != "undetermined" {
		t.Errorf("%s: %s", rep.Verdict, diff)
	}
	w.Answer(nil)
	w.Forget()
	if rep := w.explain(r, bob); primary(rep) != "trust.no_principal proved" {
		t.Errorf("when it is over: %s", primary(rep))
	}
	if diff := cmp.Diff([]string{w.Prod + " iam:GetRole"}, w.Actions()); diff != "" {
		t.Errorf("more than what was missing was read again: %s", diff)
	}
}

// testTimeout: what is not there in time is a gap, and the answer is in time.
func testTimeout(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	w.Answer(func(c awsproxy.Call) *awsproxy.Answer {
		if c.Action == "iam:GetRole" {
			return &awsproxy.Answer{Delay: time.Minute}
		}
		return nil
	})
	r := w.reader(func(c *awsapi.Config) { c.Timeout = 3 * time.Second })
	began := time.Now()
	rep := w.explain(r, denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Deployer")))
	if took := time.Since(began); took > 6*time.Second {
		t.Errorf("it took %s", took)
	}
	if diff := cmp.Diff([]string{"role iam:GetRole " + w.Prod}, missing(rep)); diff != "" || rep.Verdict != "undetermined" {
		t.Errorf("%s: %s", rep.Verdict, diff)
	}
}

// testCache: many at once make each call once, another role of the same caller
// costs only its own call, and after the time all is read again.
func testCache(t *testing.T, s *awsproxy.Server) {
	w := crossed(t, s)
	r := w.reader(nil)
	bob := denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Deployer"))
	w.Forget()
	done := make(chan string)
	for range 20 {
		go func() { done <- primary(w.explain(r, bob)) }()
	}
	for range 20 {
		if got := <-done; got != "trust.no_principal proved" {
			t.Error(got)
		}
	}
	seen := map[string]int{}
	for _, c := range w.Calls() {
		key := c.Account + c.Action + c.Body
		if seen[key]++; seen[key] > 1 {
			t.Errorf("%s was called %d times", c.Action, seen[key])
		}
	}
	w.Forget()
	w.explain(r, denied(awsworld.UserARN(w.Dev, "bob"), awsworld.RoleARN(w.Prod, "Open")))
	if diff := cmp.Diff([]string{w.Prod + " iam:GetRole"}, w.Actions()); diff != "" {
		t.Errorf("another role: %s", diff)
	}
	w.Forget()
	w.later(awsapi.DefaultTTL)
	w.explain(r, bob)
	if got := w.Actions(); len(got) < 10 || slices.Contains(got, home+" sts:AssumeRole") {
		t.Errorf("later: %v", got)
	}
}
