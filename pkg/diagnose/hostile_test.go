package diagnose_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestSameAnswer: the same world yields the same answer, to the last mark.
func TestSameAnswer(t *testing.T) {
	for _, table := range []map[string]example{moreCauses, trustCauses, restCauses, federatedCauses} {
		for name, c := range table {
			want := whole(c.diagnosis(t))
			for range 3 {
				if got := whole(c.diagnosis(t)); got != want {
					t.Errorf("%s:\n got %s\nwant %s", name, got, want)
				}
			}
		}
	}
}

// whole is a diagnosis with all that is not a pointer.
func whole(d *diagnose.Diagnosis) string {
	var b strings.Builder
	fmt.Fprintln(&b, short(d), dump(d), d.Agreement, d.RoleState, d.RoleOwner, fmt.Sprintf("%+v", d.Gaps))
	for _, c := range d.Causes {
		fmt.Fprintln(&b, c.Code, c.Primary, c.Layer, c.Level, c.Target, c.Account, c.Owner, c.Action, c.Detail, c.Marks, c.Trusted, c.Would, c.Evidence)
		if c.Condition != nil {
			fmt.Fprintln(&b, *c.Condition)
		}
	}
	return b.String()
}

// oddFields are values that no field of a record should have.
var oddFields = []string{
	`null`, `0`, `true`, `[]`, `{}`, `"\u0000"`, `"arn:"`, `"arn:aws:iam::222222222222:role/"`, `"arn:aws:iam::::::"`,
	`{"roleArn":5}`, `{"roleArn":"arn:aws:iam::222222222222:role//"}`, `{"type":5}`, `{"type":"AssumedRole"}`,
	`{"type":"AssumedRole","arn":"arn:aws:sts::111111111111:assumed-role/x"}`, `{"type":"IAMUser","arn":"x"}`,
	`{"type":"WebIdentityUser","principalId":"::::","userName":":","identityProvider":""}`, `{"type":"SAMLUser"}`,
	`{"type":"AWSService","invokedBy":7}`, `{"type":"Root","accountId":[]}`,
	`{"type":"AssumedRole","sessionContext":{"sessionIssuer":[],"attributes":"x"}}`, `"2026-99-99"`,
	`"User: x is not authorized to perform: sts:AssumeRole on resource: "`,
	`"User: a is not authorized to perform: sts:TagSession on resource: * because no session policy allows the sts:X action"`,
	`"User: a is not authorized to perform: s3:GetObject on resource: arn:aws:iam::222222222222:role/team/Target"`,
}

// TestHostileRecords: no field of a record makes the diagnosis panic, or leave
// causes without one to act on first.
func TestHostileRecords(t *testing.T) {
	fields := []string{
		"userIdentity", "eventTime", "eventName", "awsRegion", "sourceIPAddress", "errorCode", "errorMessage",
		"requestParameters", "recipientAccountId", "tlsDetails", "vpcEndpointId", "additionalEventData", "resources",
	}
	for i, w := range []world{
		{caller: "role", trust: trustIf(external + "," + mfa), identity: denyNoMFA, boundary: allowS3, rcp: denyRCP},
		{caller: "sso", trust: trustBob, unread: home},
		{edit: web(githubProvider, "a", "b"), trust: trustWeb(external)},
	} {
		usual := w.edit
		for _, f := range fields {
			for _, v := range oddFields {
				w.edit = func(record map[string]string) {
					if usual != nil {
						usual(record)
					}
					record[f] = v
				}
				play(t, w, fmt.Sprintf("world %d, %s %s", i, f, v))
			}
		}
	}
}

// TestHostilePolicies: no statement makes the diagnosis panic, in whatever
// layer it stands.
func TestHostilePolicies(t *testing.T) {
	for _, s := range []string{
		`5`, `{}`, `{"Effect":"Allow","Principal":{"AWS":[]},"Action":[]}`, `{"Effect":"Allow","Principal":5,"Action":5}`,
		`{"Effect":"Allow","Principal":{"AWS":["","arn:","arn:aws:iam:::","AIDA","AROA*","?"]},"Action":"sts:AssumeRole"}`,
		`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"StringEquals":{"sts:ExternalId":[]}}}`,
		`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"DateLessThan":{"aws:CurrentTime":[]}}}`,
		`{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":["",":::::"]}}}`,
		`{"Effect":"Allow","Action":"sts:AssumeRole","Resource":[]}`, `{"Effect":"Allow","Action":"sts:AssumeRole","NotResource":[]}`,
		`{"Effect":"Allow","Action":"sts:AssumeRole","Resource":["","arn:","arn:aws:iam::222222222222:role/${","*:*:*:*:*:*:*:*"]}`,
		`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"":"true"}}}`, `{"Effect":"Deny","NotPrincipal":{}}`,
	} {
		for _, caller := range []string{"user", "role", "sso", "root"} {
			for _, in := range []string{home, other} {
				for _, role := range []string{"", "arn:aws:iam::22:role/x", "arn:aws:iam::222222222222:role/x"} {
					play(t, world{loud: true, in: in, caller: caller, role: role, trust: s, identity: s, boundary: s, group: s, scp: s, rcp: s, vpce: s}, s+caller+role)
				}
			}
		}
	}
}

// play plays a world of which no answer is expected.
func play(t *testing.T, w world, what string) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: panic: %v", what, r)
		}
	}()
	w.defaults()
	e := w.estate()
	for rec, err := range trail.Decode(bytes.NewReader([]byte(w.record())), "case") {
		if err != nil {
			continue
		}
		s := reconstruct.SubjectOf(rec)
		r := reconstruct.Request(s, e, w.know)
		d := diagnose.Diagnose(diagnose.Input{Subject: s, Request: r, Estate: e, Policies: scope.Policies(e, r)})
		n := 0
		for _, c := range d.Causes {
			if c.Primary {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s: %d causes to act on first: %s", what, n, short(d))
		}
	}
}
