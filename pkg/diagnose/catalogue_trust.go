package diagnose

import "github.com/assumewhy/assumewhy/pkg/evidence"

// roleOwners is who keeps the trust policy of a role.
var roleOwners = []Owner{OwnerRoleAccount}

// trust is an entry of the role's trust policy where a statement that would
// allow does not.
func trust(code Code, details ...string) Entry {
	return Entry{Code: code, Layer: evidence.Trust, Group: MissingAllow, Owners: roleOwners, Details: details}
}

// trustEntries are whom the trust policy names, and for what.
var trustEntries = []Entry{
	trust(TrustNoPrincipal, "account", "other_principal", "unique_id"),
	trust(TrustNoAllow),
	trust(TrustOrphanedPrincipal),
	trust(TrustSessionARN),
	trust(TrustWildcardPrincipal),
	trust(TrustServiceOnly),
	trust(TrustFederatedOnly),
	trust(TrustActionMismatch),
	{Code: TrustExplicitDeny, Layer: evidence.Trust, Group: ExplicitDenies, Owners: roleOwners},
}

// conditionEntries are the conditions of the trust policy.
var conditionEntries = []Entry{
	trust(TrustExternalIDMissing),
	trust(TrustExternalIDWrong, "case", "white_space"),
	trust(TrustExternalIDConsole),
	trust(TrustMFAMissing),
	trust(TrustMFATooOld),
	trust(TrustMFALostInChain),
	trust(TrustSourceIP, "endpoint"),
	trust(TrustSourceNetwork),
	trust(TrustOrganization),
	trust(TrustPrincipalARN, "session_arn", "sso_suffix", "path", "case", "account"),
	trust(TrustPrincipalTag, tagDetails...),
	trust(TrustResourceTag, tagDetails...),
	trust(TrustRequestTag, tagDetails...),
	trust(TrustSessionName, "variable"),
	trust(TrustSourceIdentity, "console"),
	trust(TrustExpired),
	trust(TrustNotYetValid),
	trust(TrustRequestedRegion, "global_endpoint"),
	trust(TrustConfusedDeputy),
	trust(TrustCondition),
	trust(TrustOIDCSubject, "repo", "branch", "environment", "pull_request", "namespace", "service_account", "immutable_id", "case",
		"tag", "organization", "project", "workspace", "run_phase", "wildcard"),
	trust(TrustOIDCAudience),
	trust(TrustOIDCProvider, "case", "account", "condition_key"),
	trust(TrustOIDCClaim, "scheme"),
	trust(TrustSAMLProvider, "case", "account"),
	trust(TrustSAMLAttribute, "case", "no_key"),
}
