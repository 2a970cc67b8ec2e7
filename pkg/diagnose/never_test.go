package diagnose_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

const (
	denySTS    = `{"Effect":"Deny","Action":"sts:*","Resource":"*"}`
	denyRCP    = `{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}`
	notAllowed = "denied: trust.no_principal proved [other_principal]"
)

// TestNeverSaid holds what must never be said of a denial, a case each.
func TestNeverSaid(t *testing.T) {
	for name, c := range map[string]struct {
		world
		want string
	}{
		"an SCP for a caller of the management account": {
			world{mgmt: home, trust: trustCarol, identity: allowSTS, scp: denySTS}, notAllowed,
		},
		"an SCP on the role's account for a caller of another account": {
			world{trust: trustCarol, identity: allowSTS, scpThere: denySTS}, notAllowed,
		},
		"no SCP where the caller's account has one and the role is in the management account": {
			world{mgmt: other, trust: trustBob, identity: allowSTS, scp: denyAssume}, "denied: scp.explicit_deny proved",
		},
		"an RCP of the caller's account when the role is in another": {
			world{trust: trustCarol, identity: allowSTS, rcpHere: denyRCP}, notAllowed,
		},
		"an RCP for a role of the management account": {
			world{mgmt: other, trust: trustCarol, identity: allowSTS, rcp: denyRCP}, notAllowed,
		},
		"no RCP where caller and role share the account": {
			world{in: home, trust: trustBob, rcp: denyRCP}, "denied: rcp.explicit_deny proved",
		},
		"allowed, because the trust policy could not be read": {
			world{unread: other, trust: trustBob, identity: allowSTS}, "undetermined: evidence.unreadable possible [trust]",
		},
		"allowed, because the caller's policies could not be read": {
			world{unread: home, trust: trustBob}, "undetermined: evidence.unreadable possible [identity]",
		},
		"a silent identity policy where the trust policy names the user": {
			world{in: home, trust: trustBob + `,{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`}, "denied: trust.explicit_deny proved",
		},
		"a silent identity policy where the trust policy names everyone": {
			world{in: home, trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}`, scp: denyAssume}, "denied: scp.explicit_deny proved",
		},
		"a silent identity policy where nobody of the account is trusted": {
			world{in: home, trust: trustCarol}, notAllowed,
		},
		"an SCP for a service": {
			world{trust: trustCarol, scp: denySTS, scpThere: denySTS, edit: byService}, "denied: trust.no_principal proved",
		},
		"an SCP for a service-linked role": {
			world{trust: trustCarol, identity: allowSTS, scp: denySTS, caller: "linked"}, notAllowed,
		},
		"an RCP for a service-linked role": {
			world{trust: trustCarol, identity: allowSTS, rcp: denyRCP, caller: "linked"}, notAllowed,
		},
		"an SCP above the role's account": {
			world{trust: trustCarol, identity: allowSTS, org: orgSwap(`{"PolicyId":"p-there","TargetId":"222222222222"}`, `{"PolicyId":"p-there","TargetId":"ou-abcd-11111111"}`,
				`{"Id":"222222222222","Name":"n","ParentId":"r-abcd","State":"ACTIVE"}`, `{"Id":"ou-abcd-11111111","Name":"u","ParentId":"r-abcd"},{"Id":"222222222222","Name":"n","ParentId":"ou-abcd-11111111","State":"ACTIVE"}`,
				`"Attachments":[`, `"Attachments":[{"PolicyId":"p-FullAWSAccess","TargetId":"ou-abcd-11111111"},`), scpThere: denySTS}, notAllowed,
		},
		"the boundary of the role that is being assumed": {
			world{trust: trustCarol, identity: allowSTS, account: swap(other, `"RolePolicyList":[]`, `"RolePolicyList":[],"PermissionsBoundary":{"PermissionsBoundaryType":"Policy","PermissionsBoundaryArn":"arn:aws:iam::222222222222:policy/B"}`,
				`"Policies":[]`, `"Policies":[{"PolicyName":"B","PolicyId":"ANPAEXAMPLEEXAMPLE002","Arn":"arn:aws:iam::222222222222:policy/B","Path":"/","DefaultVersionId":"v1","PolicyVersionList":[{"VersionId":"v1","IsDefaultVersion":true,"Document":`+doc(denySTS)+`}]}]`)}, notAllowed,
		},
		"the policies of the role that is being assumed": {
			world{trust: trustCarol, identity: allowSTS, targets: `{"PolicyName":"own","PolicyDocument":` + doc(denySTS) + `}`}, notAllowed,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.diagnosis(t)
			if got := short(d); got != c.want {
				t.Errorf("\n got %s\nwant %s\n%s", got, c.want, dump(d))
			}
		})
	}
}

// A trust policy that could not be read may name the caller directly: what the
// caller's own policies lack is possible at most.
func TestUnreadTrustLeavesIdentityPossible(t *testing.T) {
	w := world{in: home, trust: trustHome, identity: allowS3}
	broken := w
	broken.trust = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:AssumeRole","Surprise":1}`
	if got, want := short(w.diagnosis(t)), "denied: identity.no_allow proved"; got != want {
		t.Errorf("read:\n got %s\nwant %s", got, want)
	}
	d := broken.diagnosis(t)
	if got, want := short(d), "undetermined: identity.no_allow possible, evidence.unreadable possible [trust]"; got != want {
		t.Errorf("not understood:\n got %s\nwant %s", got, want)
	}
	if d.Verdict == diagnose.AllowedNow {
		t.Error("allowed although a statement is not understood")
	}
	for _, c := range d.Causes {
		if strings.HasPrefix(string(c.Code), "identity.") && c.Certainty.String() == "proved" {
			t.Errorf("%s is proved although the trust policy is not understood", c.Code)
		}
	}
}

// TestGapsNameWhatIsMissing: each thing that could not be known is a gap.
func TestGapsNameWhatIsMissing(t *testing.T) {
	d := world{caller: "role", unread: other, trust: trustBob, identity: allowSTS}.diagnosis(t)
	seen := map[string]bool{}
	for _, g := range d.Gaps {
		seen[g.Code] = true
	}
	for _, code := range []string{"account", "session_policy", "history"} {
		if !seen[code] {
			t.Errorf("no gap %q in %v", code, d.Gaps)
		}
	}
}

// TestExactlyOnePrimary: whenever there are causes.
func TestExactlyOnePrimary(t *testing.T) {
	for _, w := range []world{
		{trust: trustCarol}, {caller: "sso", trust: trustBob, identity: allowS3}, {unread: other, trust: trustBob}, {caller: "root"},
	} {
		n := 0
		for _, c := range w.diagnosis(t).Causes {
			if c.Primary {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%d primary causes", n)
		}
	}
}

// byService makes the call a service's.
func byService(f map[string]string) {
	f["userIdentity"] = `{"type":"AWSService","invokedBy":"lambda.amazonaws.com"}`
	f["errorMessage"] = `"User: lambda.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/team/Target"`
}
