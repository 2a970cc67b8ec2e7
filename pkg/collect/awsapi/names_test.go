package awsapi

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	"github.com/google/go-cmp/cmp"
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

// TestShared: what is the same in every account is read once; that one account
// may not read it says nothing of another.
func TestShared(t *testing.T) {
	r, err := New(Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	asked := []string{}
	ask := func(account string) *fault {
		of := call{permission: "iam:GetPolicy", account: account, shared: "aws", subject: "arn:aws:iam::aws:policy/ReadOnlyAccess"}
		_, f := read(newGathering(t.Context(), r), of, func(context.Context) (string, error) {
			asked = append(asked, account)
			if account == "dev" {
				return "", &smithy.GenericAPIError{Code: "AccessDenied"}
			}
			return "document", nil
		})
		return f
	}
	for range 2 {
		if f := ask("dev"); f == nil || f.account != "dev" {
			t.Errorf("dev: %+v", f)
		}
		if f := ask("prod"); f != nil {
			t.Errorf("prod: %+v", f)
		}
	}
	if diff := cmp.Diff([]string{"dev", "prod"}, asked); diff != "" {
		t.Error(diff)
	}
}

// TestSessionOver: credentials that AWS knows no more are not used again.
func TestSessionOver(t *testing.T) {
	r, err := New(Config{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	sessions := 0
	for range 2 {
		g := newGathering(t.Context(), r)
		_, _ = read(g, call{permission: "sts:AssumeRole", account: "111122223333", subject: "role"}, func(context.Context) (int, error) {
			sessions++
			return sessions, nil
		})
		_, f := read(g, call{permission: "iam:GetRole", account: "111122223333", subject: "a"}, func(context.Context) (string, error) {
			return "", &smithy.GenericAPIError{Code: "InvalidClientTokenId"}
		})
		if f == nil || f.kind != unsigned {
			t.Fatal(f)
		}
	}
	if sessions != 2 {
		t.Errorf("%d sessions, want one for each try", sessions)
	}
}
