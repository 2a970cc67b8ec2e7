package awsapi

import (
	"context"
	"errors"
	"testing"
	"time"
)

func TestNames(t *testing.T) {
	const account = "111122223333"
	for _, c := range []struct {
		what string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"account", isAccount, []string{account}, []string{"", "11112222333", "1111222233334", "11112222333x", "１１１１２２２２３３３３"}},
		{"name", isName, []string{"alice", "a.b@example.com", "A_+=,-9"}, []string{"", "a b", "a/b", "a\x00", "é", "0123456789012345678901234567890123456789012345678901234567890123456789"}},
		{"role name", isRoleName, []string{"assumewhy-reader", "team/reader", "/team/reader"}, []string{"", "/", "a//b", "a/", "a b", "arn:aws:iam::111122223333:role/x"}},
		{"region", isRegion, []string{"eu-west-1", "us-gov-east-1", "ap-southeast-12"}, []string{"", "eu-west", "EU-west-1", "eu-west-1.example.com/", "eu--1", "1-1-1"}},
		{"endpoint", isEndpoint, []string{"vpce-0a1b2c3d4e5f67890"}, []string{"", "vpce-", "vpce-x", "vpc-0a", "vpce-0a&Action=x", "vpce-000000000000000000000000000000000000000000"}},
		{
			"provider", func(s string) bool { return isProviderOf(s, account) },
			[]string{"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"},
			[]string{"", "accounts.google.com", "arn:aws:iam::222233334444:oidc-provider/x", "arn:aws:iam::111122223333:saml-provider/x", "arn:aws:iam::111122223333:oidc-provider/", "arn:aws:iam::111122223333:oidc-provider/a b"},
		},
	} {
		for _, s := range c.yes {
			if !c.is(s) {
				t.Errorf("%s: %q is one", c.what, s)
			}
		}
		for _, s := range c.no {
			if c.is(s) {
				t.Errorf("%s: %q is none", c.what, s)
			}
		}
	}
}

// TestExternalIDFrom: while the ExternalId cannot be had, nobody is asked for a
// role without it; that passes.
func TestExternalIDFrom(t *testing.T) {
	r, err := New(Config{Now: time.Now, ExternalIDFrom: func(context.Context) (string, error) { return "", errors.New("down") }})
	if err != nil {
		t.Fatal(err)
	}
	_, f := newGathering(t.Context(), r).as("arn:aws:iam::111122223333:role/reader", "111122223333")
	if f == nil || !f.passing() || f.permission != "sts:AssumeRole" {
		t.Errorf("%+v", f)
	}
}
