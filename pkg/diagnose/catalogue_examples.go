package diagnose

// Written by make docs, out of testdata/scenarios: it keeps the scenario that is
// named here, and gives a code without one the clearest that yields it.

import "github.com/assumewhy/assumewhy/pkg/evidence"

// examples are the scenarios that the catalogue shows, and what each yields.
var examples = map[Code]Example{
	"identity.no_allow": {Scenario: "identity-no_allow-group-reads-only", Yields: []Yield{
		{"identity.no_allow", evidence.Proved},
	}},
	"identity.resource_mismatch": {Scenario: "identity-resource_mismatch-account-digit", Yields: []Yield{
		{"identity.resource_mismatch", evidence.Proved},
	}},
	"identity.condition": {Scenario: "identity-condition-resource-tag", Yields: []Yield{
		{"identity.condition", evidence.Proved},
	}},
	"identity.explicit_deny": {Scenario: "identity-explicit_deny-if_exists-account", Yields: []Yield{
		{"identity.explicit_deny", evidence.Proved},
	}},
	"identity.mfa_required": {Scenario: "identity-mfa_required-instance-cannot", Yields: []Yield{
		{"identity.mfa_required", evidence.Proved},
	}},
	"identity.session_revoked": {Scenario: "identity-session_revoked-role", Yields: []Yield{
		{"identity.session_revoked", evidence.Proved},
	}},
	"identity.quarantined": {Scenario: "identity-quarantined-key-published", Yields: []Yield{
		{"identity.quarantined", evidence.Proved},
	}},
	"boundary.no_allow": {Scenario: "boundary-no_allow-same-account-role-named", Yields: []Yield{
		{"boundary.no_allow", evidence.Proved},
	}},
	"boundary.explicit_deny": {Scenario: "boundary-explicit_deny-not_action", Yields: []Yield{
		{"boundary.explicit_deny", evidence.Proved},
	}},
	"session.no_allow": {Scenario: "session-no_allow-message", Yields: []Yield{
		{"session.no_allow", evidence.Likely},
	}},
	"session.explicit_deny": {Scenario: "session-explicit_deny-message-arn", Yields: []Yield{
		{"session.explicit_deny", evidence.Likely},
	}},
	"caller.root": {Scenario: "caller-root-opaque-record", Yields: []Yield{
		{"caller.root", evidence.Proved},
	}},
	"caller.federation_token": {Scenario: "caller-federation_token-portal", Yields: []Yield{
		{"caller.federation_token", evidence.Proved},
	}},
	"caller.wrong_identity": {Scenario: "trust-no_principal-node-role", Yields: []Yield{
		{"trust.no_principal", evidence.Proved},
		{"caller.wrong_identity", evidence.Likely},
	}},
	"caller.chained_session": {Scenario: "caller-chained_session-session-name", Yields: []Yield{
		{"trust.no_principal", evidence.Proved},
		{"caller.chained_session", evidence.Likely},
	}},
	"caller.self_assume": {Scenario: "caller-self_assume-function", Yields: []Yield{
		{"caller.self_assume", evidence.Proved},
	}},
	"caller.recreated": {Scenario: "caller-recreated-permission-set-gone", Yields: []Yield{
		{"caller.recreated", evidence.Proved},
	}},
	"caller.account_suspended": {Scenario: "caller-account_suspended-and-silent", Yields: []Yield{
		{"caller.account_suspended", evidence.Proved},
		{"identity.no_allow", evidence.Proved},
	}},
	"role.not_found": {Scenario: "role-not_found-case-console", Yields: []Yield{
		{"role.not_found", evidence.Likely},
	}},
	"role.other_account": {Scenario: "role-other_account-same-name-in-prod", Yields: []Yield{
		{"role.other_account", evidence.Proved},
		{"role.not_found", evidence.Proved},
	}},
	"role.not_a_role": {Scenario: "role-not_a_role-group", Yields: []Yield{
		{"role.not_a_role", evidence.Proved},
	}},
	"role.account_suspended": {Scenario: "role-account_suspended-all-allows", Yields: []Yield{
		{"role.account_suspended", evidence.Proved},
	}},
	"trust.no_principal": {Scenario: "trust-no_principal-account-digits", Yields: []Yield{
		{"trust.no_principal", evidence.Proved},
	}},
	"trust.no_allow": {Scenario: "trust-no_allow-outside-account", Yields: []Yield{
		{"trust.no_allow", evidence.Likely},
	}},
	"trust.orphaned_principal": {Scenario: "trust-orphaned_principal-role-among-services", Yields: []Yield{
		{"trust.orphaned_principal", evidence.Proved},
	}},
	"trust.session_arn": {Scenario: "trust-session_arn-other-build", Yields: []Yield{
		{"trust.session_arn", evidence.Proved},
	}},
	"trust.wildcard_principal": {Scenario: "trust-wildcard_principal-permission-set", Yields: []Yield{
		{"trust.wildcard_principal", evidence.Proved},
	}},
	"trust.service_only": {Scenario: "trust-service_only-build-role", Yields: []Yield{
		{"trust.service_only", evidence.Proved},
	}},
	"trust.federated_only": {Scenario: "trust-federated_only-github-role", Yields: []Yield{
		{"trust.federated_only", evidence.Proved},
	}},
	"trust.action_mismatch": {Scenario: "trust-action_mismatch-saml-action", Yields: []Yield{
		{"trust.action_mismatch", evidence.Proved},
	}},
	"trust.explicit_deny": {Scenario: "trust-explicit_deny-freeze-window", Yields: []Yield{
		{"trust.explicit_deny", evidence.Proved},
	}},
	"trust.external_id_missing": {Scenario: "trust-external_id_missing-deny-null", Yields: []Yield{
		{"trust.external_id_missing", evidence.Likely},
	}},
	"trust.external_id_mismatch": {Scenario: "trust-external_id_mismatch-case", Yields: []Yield{
		{"trust.external_id_mismatch", evidence.Proved},
	}},
	"trust.external_id_console": {Scenario: "trust-external_id_console-both-records", Yields: []Yield{
		{"trust.external_id_console", evidence.Proved},
	}},
	"trust.mfa_missing": {Scenario: "trust-mfa_missing-age-long-term-key", Yields: []Yield{
		{"trust.mfa_missing", evidence.Likely},
	}},
	"trust.mfa_too_old": {Scenario: "trust-mfa_too_old-deny-over-an-hour", Yields: []Yield{
		{"trust.mfa_too_old", evidence.Likely},
	}},
	"trust.mfa_lost_in_chain": {Scenario: "trust-mfa_lost_in_chain-deny", Yields: []Yield{
		{"trust.mfa_lost_in_chain", evidence.Likely},
	}},
	"trust.source_ip": {Scenario: "trust-source_ip-address-known", Yields: []Yield{
		{"trust.source_ip", evidence.Proved},
	}},
	"trust.source_network": {Scenario: "trust-source_network-deny-other-vpc", Yields: []Yield{
		{"trust.source_network", evidence.Proved},
	}},
	"trust.organization": {Scenario: "trust-organization-deny-outsiders", Yields: []Yield{
		{"trust.organization", evidence.Proved},
	}},
	"trust.principal_arn": {Scenario: "trust-principal_arn-account-digits", Yields: []Yield{
		{"trust.principal_arn", evidence.Proved},
	}},
	"trust.principal_tag": {Scenario: "trust-principal_tag-deny-untagged", Yields: []Yield{
		{"trust.principal_tag", evidence.Proved},
	}},
	"trust.resource_tag": {Scenario: "trust-resource_tag-missing", Yields: []Yield{
		{"trust.resource_tag", evidence.Proved},
	}},
	"trust.request_tag": {Scenario: "trust-request_tag-keys", Yields: []Yield{
		{"trust.request_tag", evidence.Proved},
	}},
	"trust.session_name": {Scenario: "trust-session_name-deny-default", Yields: []Yield{
		{"trust.session_name", evidence.Likely},
	}},
	"trust.source_identity": {Scenario: "trust-source_identity-console", Yields: []Yield{
		{"trust.source_identity", evidence.Proved},
	}},
	"trust.expired": {Scenario: "trust-expired-console-both-records", Yields: []Yield{
		{"trust.expired", evidence.Proved},
	}},
	"trust.not_yet_valid": {Scenario: "trust-not_yet_valid-deny", Yields: []Yield{
		{"trust.not_yet_valid", evidence.Proved},
	}},
	"trust.requested_region": {Scenario: "trust-requested_region-deny-us-east-1", Yields: []Yield{
		{"trust.requested_region", evidence.Proved},
	}},
	"trust.confused_deputy": {Scenario: "trust-confused_deputy-organization", Yields: []Yield{
		{"trust.confused_deputy", evidence.Likely},
	}},
	"trust.condition": {Scenario: "trust-condition-cognito-amr", Yields: []Yield{
		{"trust.condition", evidence.Likely},
	}},
	"trust.oidc_subject": {Scenario: "trust-oidc_subject-branch", Yields: []Yield{
		{"trust.oidc_subject", evidence.Proved},
	}},
	"trust.oidc_audience": {Scenario: "trust-oidc_audience-bitbucket", Yields: []Yield{
		{"trust.oidc_audience", evidence.Proved},
	}},
	"trust.oidc_provider": {Scenario: "trust-oidc_provider-enterprise-issuer", Yields: []Yield{
		{"trust.oidc_provider", evidence.Proved},
	}},
	"trust.oidc_claim": {Scenario: "trust-oidc_claim-gitlab-project-path", Yields: []Yield{
		{"trust.oidc_claim", evidence.Proved},
	}},
	"trust.saml_provider": {Scenario: "trust-saml_provider-case", Yields: []Yield{
		{"trust.saml_provider", evidence.Proved},
	}},
	"trust.saml_attribute": {Scenario: "trust-saml_attribute-affiliation", Yields: []Yield{
		{"trust.saml_attribute", evidence.Likely},
	}},
	"companion.tag_session": {Scenario: "companion-tag_session-external-id-beside", Yields: []Yield{
		{"companion.tag_session", evidence.Likely},
	}},
	"companion.set_source_identity": {Scenario: "companion-set_source_identity-another-name", Yields: []Yield{
		{"companion.set_source_identity", evidence.Likely},
	}},
	"companion.set_context": {Scenario: "companion-set_context-identity", Yields: []Yield{
		{"companion.set_context", evidence.Proved},
	}},
	"scp.explicit_deny": {Scenario: "scp-explicit_deny-at-root", Yields: []Yield{
		{"scp.explicit_deny", evidence.Proved},
	}},
	"scp.no_allow": {Scenario: "scp-no_allow-allow-list-of-account", Yields: []Yield{
		{"scp.no_allow", evidence.Proved},
	}},
	"scp.region_deny": {Scenario: "scp-region_deny-global-endpoint", Yields: []Yield{
		{"scp.region_deny", evidence.Proved},
	}},
	"scp.perimeter": {Scenario: "scp-perimeter-resource-account", Yields: []Yield{
		{"scp.perimeter", evidence.Proved},
	}},
	"rcp.explicit_deny": {Scenario: "rcp-explicit_deny-external-id", Yields: []Yield{
		{"rcp.explicit_deny", evidence.Likely},
	}},
	"vpce.explicit_deny": {Scenario: "vpce-explicit_deny-foreign-roles", Yields: []Yield{
		{"vpce.explicit_deny", evidence.Proved},
	}},
	"vpce.no_allow": {Scenario: "vpce-no_allow-by-message", Yields: []Yield{
		{"vpce.no_allow", evidence.Likely},
	}},
	"platform.mfa_code": {Scenario: "platform-mfa_code-wrong-code", Yields: []Yield{
		{"platform.mfa_code", evidence.Proved},
	}},
	"platform.sts_region": {Scenario: "platform-sts_region-in-record", Yields: []Yield{
		{"platform.sts_region", evidence.Proved},
	}},
	"platform.session_duration": {Scenario: "platform-session_duration-chaining", Yields: []Yield{
		{"platform.session_duration", evidence.Proved},
	}},
	"platform.credentials": {Scenario: "platform-credentials-deleted-key", Yields: []Yield{
		{"platform.credentials", evidence.Proved},
	}},
	"platform.identity_token": {Scenario: "platform-identity_token-audience-opaque", Yields: []Yield{
		{"platform.identity_token", evidence.Proved},
	}},
	"platform.request_invalid": {Scenario: "platform-request_invalid-packed-size", Yields: []Yield{
		{"platform.request_invalid", evidence.Proved},
	}},
	"platform.throttled": {Scenario: "platform-throttled-pasted", Yields: []Yield{
		{"platform.throttled", evidence.Proved},
	}},
	"evidence.unreadable": {Scenario: "evidence-unreadable-attached-policy", Yields: []Yield{
		{"evidence.unreadable", evidence.Possible},
	}},
	"evidence.role_unknown": {Scenario: "evidence-role_unknown-cut-message", Yields: []Yield{
		{"evidence.role_unknown", evidence.Possible},
	}},
	"evidence.contradiction": {Scenario: "evidence-contradiction-all-allows", Yields: []Yield{
		{"evidence.contradiction", evidence.Possible},
	}},
}
