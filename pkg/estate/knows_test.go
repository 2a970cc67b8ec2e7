package estate

import "testing"

// TestKnows: a policy whose text was read is told from one that is only named,
// or in no file.
func TestKnows(t *testing.T) {
	e := New(Parts{
		Organization: File{Name: "organization.json", Found: true, Data: []byte(`{"Id":"o-a1b2c3d4e5","MasterAccountId":"111122223333",
			"Policies":[{"Id":"p-11111111","Name":"one","Type":"SERVICE_CONTROL_POLICY","Content":{"Statement":[]}},
			{"Id":"p-22222222","Name":"two","Type":"SERVICE_CONTROL_POLICY"}]}`)},
		Accounts: []Folder{details1(prod, sample)},
	})
	org := must(t, e.Organization())
	const named = "arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/service_control_policy/"
	for policy, want := range map[string]bool{
		"p-11111111": true, named + "p-11111111": true, "p-22222222": false, named + "p-33333333": false, "": false,
	} {
		if got := org.Knows(policy); got != want {
			t.Errorf("organization, %q: %t", policy, got)
		}
	}
	for policy, want := range map[string]bool{
		"arn:aws:iam::111122223333:policy/deploy": true, "arn:aws:iam::111122223333:policy/lost": false, "": false,
	} {
		if got := account(t, e, prod).Knows(policy); got != want {
			t.Errorf("account, %q: %t", policy, got)
		}
	}
}
