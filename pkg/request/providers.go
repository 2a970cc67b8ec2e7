package request

import (
	"slices"
	"strings"
)

// builtIn are the identity providers that need no provider in the account
// (IAM JSON policy elements: Principal, "OIDC federated principals").
var builtIn = []string{
	"cognito-identity.amazonaws.com", "www.amazon.com", "graph.facebook.com", "accounts.google.com",
}

// BuiltInProvider says whether host is one of the identity providers that AWS
// knows without an IAM provider.
func BuiltInProvider(host string) bool { return slices.Contains(builtIn, host) }

// SplitClaim cuts the name of a federation key ("HOST[/PATH]:claim") at its
// last colon. It says false for the names of AWS's own services, whose prefix
// has no dot.
func SplitClaim(name string) (provider, claim string, ok bool) {
	i := strings.LastIndexByte(name, ':')
	if i <= 0 {
		return "", "", false
	}
	provider, claim = name[:i], name[i+1:]
	host, _, _ := strings.Cut(provider, "/")
	if strings.IndexByte(host, '.') < 0 || strings.IndexByte(host, ':') >= 0 {
		return "", "", false
	}
	return provider, claim, claim != ""
}

// ClaimState says whether a claim of a token becomes a condition key.
type ClaimState uint8

// The states. AWS lists the claims of some providers; of the others it makes
// keys of the registered ones, and of the rest nothing is said.
const (
	ClaimOpen  ClaimState = iota // AWS does not list this provider's claims
	ClaimKey                     // it is a key
	ClaimNever                   // it is no key: a condition on it sees a missing key
)

// claims of every OIDC provider (IAM User Guide, "Available keys for AWS OIDC
// federation").
var common = []string{"aud", "oaud", "sub", "amr", "email"}

var github = []string{
	"actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref", "ref",
	"repository", "repository_id", "repository_owner_id", "workflow",
}

// listed are the providers whose further claims AWS lists. A host that begins
// with "*" stands for the name of a tenant; a claim that ends in "*" for all
// that begin so.
var listed = []struct {
	before, after string // what the provider begins and ends with
	claims        []string
}{
	{"cognito-identity.amazonaws.com", "", []string{"aud", "sub", "amr"}},
	{"www.amazon.com", "", []string{"app_id", "user_id"}},
	{"graph.facebook.com", "", []string{"app_id", "id"}},
	{"accounts.google.com", "", []string{"google/organization_number"}},
	{"token.actions.githubusercontent.com", "", github},
	{"token.actions.", ".ghe.com", github},
	{"github.com/enterprises/", "", github},
	{"oidc.circleci.com/org/", "", []string{"project-id"}},
	{"idcs-", ".identity.oraclecloud.com", []string{"rpst_id"}},
	{"gitlab.com", "", []string{"namespace_id", "project_id", "user_*", "ref_protected", "pipeline_source", "runner_environment"}},
}

// ClaimOf says whether a claim of a provider (issuer without "https://", path
// kept) becomes a condition key.
func ClaimOf(provider, claim string) ClaimState {
	if slices.ContainsFunc(common, func(c string) bool { return strings.EqualFold(c, claim) }) {
		return ClaimKey
	}
	provider, claim = strings.ToLower(provider), strings.ToLower(claim)
	for _, l := range listed {
		if !isProvider(provider, l.before, l.after) {
			continue
		}
		for _, c := range l.claims {
			if prefix, all := strings.CutSuffix(c, "*"); c == claim || all && strings.HasPrefix(claim, prefix) {
				return ClaimKey
			}
		}
		return ClaimNever
	}
	return ClaimOpen
}

// OfGitHub says that a provider is GitHub Actions: GitHub's own, also with the
// name of an enterprise behind the host, or that of a tenant with data residency
// (GitHub Docs, "OpenID Connect reference"). Of an Enterprise Server's own host
// AWS lists no claims, so nothing is said of it.
func OfGitHub(provider string) bool {
	provider = strings.ToLower(provider)
	const host = "token.actions.githubusercontent.com"
	return provider == host || isProvider(provider, host+"/", "") ||
		isProvider(provider, "token.actions.", ".ghe.com") || isProvider(provider, "github.com/enterprises/", "")
}

// ClaimsOf lists the claims, beside those that every provider has, that become
// condition keys for a provider; a name that ends in "*" stands for all that
// begin so. False when AWS does not list the provider's claims.
func ClaimsOf(provider string) ([]string, bool) {
	provider = strings.ToLower(provider)
	for _, l := range listed {
		if isProvider(provider, l.before, l.after) {
			return l.claims, true
		}
	}
	return nil, false
}

// isProvider compares a provider with one of the list: the whole host, or the
// fixed parts around a tenant's name.
func isProvider(provider, before, after string) bool {
	if after == "" && !strings.HasSuffix(before, "/") {
		return provider == before
	}
	return len(provider) > len(before)+len(after) &&
		strings.HasPrefix(provider, before) && strings.HasSuffix(provider, after)
}
