package report

import "testing"

func TestAccountInARN(t *testing.T) {
	for text, want := range map[string]string{
		"arn:aws:iam::111122223333:role/a":            "111122223333",
		"arn:aws-cn:sts:eu-west-1:111122223333:x y":   "111122223333",
		"arn:aws:iam::111122223333":                   "",
		"arn:aws:iam::11112222333:role/a":             "",
		"arn:aws:iam::aws:policy/AdministratorAccess": "",
		"arn::iam::111122223333:role/a":               "",
		"arn:AWS:iam::111122223333:role/a":            "",
		"arn:aws:iam::1111222233334:role/a":           "",
		"barn:aws:iam::111122223333:role/a":           "",
		"arn:":                                        "",
		"":                                            "",
	} {
		if got := accountInARN(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestAccountsInText: every account that a text names is listed.
func TestAccountsInText(t *testing.T) {
	r := &Report{Headline: "barn:arn:aws:iam::111122223333:role/a and arn:aws:iam::444455556666:user/b, not arn:aws:iam::aws:policy/x", Role: Role{Account: "777788889999"}}
	got := accounts(nil, r)
	for _, id := range []string{"111122223333", "444455556666", "777788889999"} {
		if _, ok := got[id]; !ok {
			t.Errorf("%s is not listed: %v", id, got)
		}
	}
	if len(got) != 3 {
		t.Errorf("listed %v", got)
	}
}

// TestHinting: no text in which one of the patterns is found is passed over.
func TestHinting(t *testing.T) {
	for _, s := range []string{
		"AKIA2VBG33WI4EXAMPLE", "x ASIA2VBG33WI4EXAMPLE", "https://hooks.slack.com/services/T0/B0/x", "HTTPS://HOOKS.SLACK.COM/x", "https://hooks.slac\u212a.com/x",
		"https://example.webhook.office.com/x", "https://discord.com/api/webhooks/1", "eyJhbGciOiJ.eyJzdWIiOiJ",
	} {
		if _, ok := hinting(s); !ok {
			t.Errorf("%q is passed over", s)
		}
	}
	if _, ok := hinting("arn:aws:iam::111122223333:role/Deployer"); ok {
		t.Error("an ARN is looked at closely")
	}
}
