package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// claimCode is the code of a condition on a token's claim or on an assertion's
// attribute. A key of another provider than the token's never exists in the
// call: the policy speaks of that provider.
func (v view) claimCode(t *eval.ConditionTrace, deny bool) (Code, Detail) {
	key, caller := t.Condition.Key, v.q.Request.Caller
	provider, claim, ok := request.SplitClaim(key)
	switch {
	case len(key) > 5 && strings.EqualFold(key[:5], "saml:"):
		return TrustSAMLAttribute, v.attributeDetail(t, deny)
	case caller.Kind == request.SAML:
		return TrustCondition, Detail{}
	case hasScheme(key):
		return TrustOIDCClaim, Detail{Kind: "scheme"}
	case !ok:
		return TrustCondition, Detail{}
	}
	host := reconstruct.ProviderHost(caller.Provider)
	if host != "" && !strings.EqualFold(host, provider) {
		return TrustOIDCProvider, Detail{Kind: "condition_key", Wanted: provider, Got: host}
	}
	return ofClaim(t, provider, claim, deny)
}

// ofClaim is the code of a condition on a claim of the token's own provider.
func ofClaim(t *eval.ConditionTrace, provider, claim string, deny bool) (Code, Detail) {
	switch strings.ToLower(claim) {
	case "sub", "user_id", "id":
		return TrustOIDCSubject, subjectDetail(t, deny)
	case "aud", "oaud", "app_id":
		return TrustOIDCAudience, Detail{}
	}
	if request.ClaimOf(provider, claim) != request.ClaimKey && !ofGitHub(provider, claim) && t.State != request.KeyPresent {
		return TrustOIDCClaim, Detail{}
	}
	return TrustCondition, Detail{}
}

// ofGitHub says that a claim is one of those that AWS lists of GitHub, also
// where the issuer is that of an enterprise.
func ofGitHub(provider, claim string) bool {
	return request.OfGitHub(provider) && request.ClaimOf("token.actions.githubusercontent.com", claim) == request.ClaimKey
}

// attributeDetail tells an attribute that AWS makes no key of, and values that
// differ in upper and lower case only.
func (v view) attributeDetail(t *eval.ConditionTrace, deny bool) Detail {
	if spec, ok := request.Lookup(t.Condition.Key); !ok || !strings.EqualFold(spec.Name, t.Condition.Key) {
		return Detail{Kind: "no_key"}
	}
	if t.State != request.KeyPresent || !lacksValue(t, deny) {
		return Detail{}
	}
	for _, it := range t.Condition.Values {
		if got := single(t.Key.Values); strings.EqualFold(it.Text, got) && it.Text != got {
			return Detail{Kind: "case", Nearest: it.Text, Wanted: it.Text, Got: got}
		}
	}
	return Detail{Got: single(t.Key.Values)}
}

// lacksValue says that a condition stands in the way because the call's value
// is not among those it names: an Allow of these values, or a Deny of all
// others.
func lacksValue(t *eval.ConditionTrace, deny bool) bool {
	op, ok := eval.ParseOperator(t.Condition.Operator)
	return ok && op.Family != eval.FamilyNull && op.Negated == deny
}

// hasScheme says that a condition key has the issuer with its scheme: AWS's
// keys begin with its host (IAM User Guide, "Available keys for AWS OIDC
// federation").
func hasScheme(key string) bool {
	low := strings.ToLower(key)
	return strings.HasPrefix(low, "https://") || strings.HasPrefix(low, "http://")
}
