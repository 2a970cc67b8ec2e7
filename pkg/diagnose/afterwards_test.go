package diagnose_test

import (
	"slices"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// gapsOf are the gaps of one code, each by its layer, subject and key.
func gapsOf(d *diagnose.Diagnosis, code string) []string {
	var list []string
	for _, g := range d.Gaps {
		if g.Code == code {
			list = append(list, string(g.Layer)+" "+g.Subject+" "+g.Key)
		}
	}
	slices.Sort(list)
	return list
}

// TestAfterwards: what AWS refused before it asked a policy is not all, where a
// policy denies the call as well; what is open is not told.
func TestAfterwards(t *testing.T) {
	late := failure("ExpiredToken", "The security token included in the request is expired")
	tests := []struct {
		name string
		w    world
		want []string
	}{
		{"all allow", world{trust: trustBob, identity: allowSTS, edit: late}, nil},
		{"trusted is another", world{trust: trustCarol, identity: allowSTS, edit: late}, []string{"trust trust.no_principal "}},
		{"two layers", world{trust: trustCarol, identity: allowS3, edit: late}, []string{"identity identity.no_allow ", "trust trust.no_principal "}},
		{"a condition", world{trust: trustIf(`"StringEquals":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"}`), identity: allowSTS, edit: late}, []string{"trust trust.organization aws:PrincipalOrgID"}},
		{"an explicit deny", world{trust: trustBob, identity: fullWithDeny, edit: late}, []string{"identity identity.explicit_deny "}},
		{"what is open", world{trust: trustIf(`"StringEquals":{"aws:ViaCustomerDomain":"true"}`), identity: allowSTS, edit: late}, nil},
		{"a role that is not there", world{trust: trustCarol, role: "team/None", identity: allowSTS, edit: late}, nil},
		{"a role that was not read", world{trust: trustCarol, unread: other, identity: allowS3, edit: late}, nil},
		{"a root user", world{caller: "root", trust: trustCarol}, nil},
		{"a denial", world{trust: trustCarol, identity: allowS3}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.w.edit != nil && tt.w.role == "" {
				tt.w.params = `{"roleArn":"arn:aws:iam::` + other + `:role/team/Target","roleSessionName":"s"}`
			}
			if got := gapsOf(tt.w.diagnosis(t), "afterwards"); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestUnseen: a policy that AWS's message names, and that was not read, is a gap;
// one that was read is none.
func TestUnseen(t *testing.T) {
	const named = " with an explicit deny in an identity-based policy: arn:aws:iam::" + home + ":policy/"
	d := world{trust: trustBob, identity: allowSTS, suffix: named + "Freeze"}.diagnosis(t)
	if got, want := gapsOf(d, "unseen"), []string{"identity arn:aws:iam::" + home + ":policy/Freeze "}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	d = world{trust: trustBob, identity: allowSTS}.diagnosis(t)
	if got := gapsOf(d, "unseen"); len(got) > 0 {
		t.Errorf("nothing is named: %q", got)
	}
}

// TestUntil: a Deny that holds for a span of time says when it ends; one that
// asks for something else as well does not.
func TestUntil(t *testing.T) {
	const span = `"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2099-01-01T00:00:00Z"}`
	for name, tt := range map[string]struct {
		condition string
		want      string
	}{
		"a span":           {span, "2099-01-01T00:00:00Z"},
		"seconds":          {`"NumericGreaterThan":{"aws:EpochTime":"1577836800"},"NumericLessThan":{"aws:EpochTime":"4070908800"}`, "2099-01-01T00:00:00Z"},
		"the first of two": {span + `,"NumericLessThanEquals":{"aws:EpochTime":"4039372800"}`, "2098-01-01T00:00:00Z"},
		"a span and more":  {span + `,"StringEquals":{"aws:PrincipalAccount":"` + home + `"}`, ""},
		"only a beginning": {`"DateGreaterThan":{"aws:CurrentTime":"2020-01-01T00:00:00Z"},"DateGreaterThanEquals":{"aws:CurrentTime":"2020-01-02T00:00:00Z"}`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := world{trust: trustBob + "," + trustDeny(tt.condition), identity: allowSTS}.diagnosis(t)
			got := ""
			for _, c := range d.Causes {
				for _, f := range c.Evidence {
					if f.Origin.Ref == "until" {
						got = f.Text
					}
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
