package locale

import (
	"strings"
	"testing"
)

// TestStrayBlank: whoever has the white space that the other has not is the one to
// mend it; the value itself is told to nobody.
func TestStrayBlank(t *testing.T) {
	const id = "(external id)"
	for _, tt := range []struct{ wanted, got, because, next string }{
		{id + " ", id, "the policy's value has some at its end", "Ask the owner of Deployer in prod to take the white space out"},
		{" " + id, id, "the policy's value has some at its beginning", "in the trust policy (at its beginning)"},
		{id, " " + id + " ", "the value sent has some at both ends", "Send the ExternalId without the white space at both ends."},
		{" " + id, id + " ", "the policy's value has some at its beginning, the one sent at its end", "send that value"},
		{id + " ", id + " ", "differ in white space only. ", "send that value"}, // one blank and two
		{"", "", "differ in white space only. ", "send that value"},
	} {
		c := causeOf("trust.external_id_mismatch", cond("StringEquals", "sts:ExternalId", "present", []string{id}, []string{id}),
			detail("white_space", "", tt.wanted, tt.got))
		if got := english.Because(c); !strings.Contains(got, tt.because) {
			t.Errorf("%q against %q: because %q lacks %q", tt.got, tt.wanted, got, tt.because)
		}
		if got := next(c); !strings.Contains(got, tt.next) {
			t.Errorf("%q against %q: next %q lacks %q", tt.got, tt.wanted, got, tt.next)
		}
	}
}

// TestNamedByMessage: whose policy it is that only AWS's message names is not said;
// of one that was read it is.
func TestNamedByMessage(t *testing.T) {
	for layer, want := range map[string]string{"identity": "policy Freeze", "boundary": "permissions boundary Freeze"} {
		c := causeOf(layer+".explicit_deny", explicit, likely("message"), inPolicy(layer, "", ""), detail("", "arn:aws:iam::210000000029:policy/Freeze", "", ""))
		if got := eng.policy(c); got != want {
			t.Errorf("%s: %q, want %q", layer, got, want)
		}
		c.Policy.Name = "Freeze"
		if got := eng.policy(c); got != want+" of user bob" {
			t.Errorf("%s, read: %q", layer, got)
		}
	}
}

// TestNoSuchPrincipal: why a principal that looks like the caller lets nobody in.
func TestNoSuchPrincipal(t *testing.T) {
	const user = "arn:aws:iam::210000000029:user/bob"
	for near, want := range map[string]string{
		"arn:aws:iam::210000000029:group/ops":              "A group cannot be a principal",
		"arn:aws:iam::210000000029:instance-profile/group": "An instance profile cannot be a principal",
		"arn:aws:iam::210000000029:policy/x":               "A policy cannot be a principal",
		"arn:aws-cn:iam::210000000029:root":                "is of partition aws-cn and bob of partition aws",
		"arn:aws:iam::210000000029:user/group":             "",
		"210000000029":                                     "",
	} {
		got := eng.noneSuch(causeOf("trust.no_principal", detail("other_principal", near, near, user)))
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", near, got, want)
		}
	}
}

// TestOneOrBoth: of two causes that are likely because nothing else denies, neither
// is told as the only one, nor both as needed.
func TestOneOrBoth(t *testing.T) {
	shared := func(c *Cause) { c.Shared = true }
	aud := causeOf("trust.oidc_audience", likely("elimination"), shared, cond("StringEquals", "a:aud", "unknown", []string{"x"}, nil))
	sub := causeOf("trust.oidc_subject", likely("elimination"), shared, cond("StringEquals", "a:sub", "unknown", []string{"y"}, nil))
	h := Headline{Call: aud.Call, Verdict: "denied", Primary: aud, Others: []*Cause{sub}}
	if _, got := english.Headline(&h); !strings.HasPrefix(got, "One of two things is needed, or both: ") {
		t.Errorf("next: %q", got)
	}
	if got := english.Because(aud); !strings.Contains(got, "but for the causes told here") {
		t.Errorf("because: %q", got)
	}
	sub.Grade = "default"
	if _, got := english.Headline(&h); !strings.HasPrefix(got, "Two things are most likely needed: ") {
		t.Errorf("next: %q", got)
	}
}

// TestWhereItDenies: a Deny that hangs on what is not known says so in the headline;
// of one that is known, or has no condition, there is nothing to say.
func TestWhereItDenies(t *testing.T) {
	hangs := func(state string) *Cause {
		return causeOf("rcp.explicit_deny", explicit, likely("elimination"), inPolicy("rcp", "Guard", "ou-ab12-11111111"),
			cond("StringNotEqualsIfExists", "aws:VpceOrgID", state, []string{"o-1"}, nil))
	}
	if got := eng.onlyIf(hangs("unknown")); got != " where aws:VpceOrgID is not o-1" {
		t.Errorf("unknown: %q", got)
	}
	if got := eng.onlyIf(hangs("absent")); got != "" {
		t.Errorf("absent: %q", got)
	}
	if got := eng.onlyIf(causeOf("rcp.explicit_deny", explicit, likely("message"), inPolicy("rcp", "Guard", "r-1"))); got != "" {
		t.Errorf("no condition: %q", got)
	}
}
