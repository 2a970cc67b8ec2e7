package diagnose_test

import (
	"strings"
	"testing"
)

const (
	byEC2     = `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`
	untrusted = "denied: trust.no_principal proved [other_principal]"
	inherited = ", companion.set_source_identity proved [inherited]"
	hop       = ", caller.chained_session likely"
)

// letsIn gives the role of the caller's session another trust policy.
func letsIn(trust string) func(id, file string) string { return swap(home, byEC2, trust) }

// namedBob gives the caller's session the name of a user.
func namedBob(f map[string]string) {
	for k, v := range f {
		f[k] = strings.ReplaceAll(v, "job-7", "bob")
	}
}

// chainedCauses: who probably made the session is named only where that one is
// there, could have assumed the session's role, and would be let in.
var chainedCauses = map[string]example{
	"chained: source identity":            {world{caller: "role", source: "bob", identity: allowSTS, account: letsIn(trustHome), trust: trustBob}, untrusted + inherited + hop},
	"chained: source identity, by mail":   {world{caller: "role", source: "bob@example.com", identity: allowSTS, account: letsIn(trustHome), trust: trustBob}, untrusted + inherited + hop},
	"chained: another case of the name":   {world{caller: "role", source: "Bob", identity: allowSTS, account: letsIn(trustHome), trust: trustBob}, untrusted + inherited},
	"chained: nobody of that name":        {world{caller: "role", source: "dave", identity: allowSTS, account: letsIn(trustHome), trust: trustBob}, untrusted + inherited},
	"chained: session name":               {world{caller: "role", identity: allowSTS, edit: namedBob, account: letsIn(trustHome), trust: trustBob}, untrusted + hop},
	"chained: session name of a workload": {world{caller: "role", identity: allowSTS, account: letsIn(trustHome), trust: trustBob}, untrusted},
	"chained: only bob may assume it":     {world{caller: "role", identity: allowSTS, account: letsIn(allow("user/bob", "sts:AssumeRole")), trust: trustBob}, untrusted + hop},
	"chained: bob and the role's service": {world{caller: "role", identity: allowSTS, account: letsIn(allow("user/bob", "sts:AssumeRole") + "," + byEC2), trust: trustBob}, untrusted},
	"chained: bob may not assume it":      {world{caller: "role", identity: allowSTS, edit: namedBob, trust: trustBob}, untrusted},
	"chained: bob may nothing":            {world{caller: "role", edit: namedBob, account: letsIn(trustHome), trust: trustHome}, "denied: identity.no_allow proved"},
	"chained: bob would be denied, too":   {world{caller: "role", identity: allowSTS, edit: namedBob, account: letsIn(trustHome), trust: trustCarol}, untrusted},
	"chained: bob would need MFA":         {world{caller: "role", identity: allowSTS, edit: namedBob, account: letsIn(trustHome), trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:AssumeRole","Condition":{` + mfa + `}}`}, untrusted},
	"chained: permission set":             {world{caller: "sso", identity: allowSTS, trust: trustBob}, "denied: trust.no_principal proved [other_principal], caller.wrong_identity likely [user]"},
}

// TestChained names bob, who made the session, and nobody else.
func TestChained(t *testing.T) {
	for name, c := range chainedCauses {
		d := c.diagnosis(t)
		for i := range d.Causes {
			if k := &d.Causes[i]; k.Code == "caller.chained_session" && k.Would != "arn:aws:iam::"+home+":user/bob" {
				t.Errorf("%s: would be %s", name, k.Would)
			}
		}
	}
}
