package request_test

import (
	"slices"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// TestClaimsOf: the list and ClaimOf say the same of a provider.
func TestClaimsOf(t *testing.T) {
	for provider, one := range map[string]string{
		"token.actions.githubusercontent.com": "repository", "TOKEN.actions.example.ghe.com": "actor", "gitlab.com": "user_*", "oidc.circleci.com/org/1": "project-id",
	} {
		claims, listed := request.ClaimsOf(provider)
		if !listed || !slices.Contains(claims, one) || request.ClaimOf(provider, "invented") != request.ClaimNever {
			t.Errorf("%s: %t %q", provider, listed, claims)
		}
		for _, c := range claims {
			if request.ClaimOf(provider, c) != request.ClaimKey {
				t.Errorf("%s: %s is no key", provider, c)
			}
		}
	}
	if claims, listed := request.ClaimsOf("oidc.eks.eu-west-1.amazonaws.com/id/ABC"); listed || claims != nil {
		t.Errorf("EKS: %q", claims)
	}
}
