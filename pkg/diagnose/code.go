package diagnose

// Code names a cause. It is the contract of the report, of metrics and of
// suppressions: a code is never renamed.
type Code string

// The codes of the caller's side.
const (
	IdentityNoAllow          Code = "identity.no_allow"          // no statement of the caller's policies allows the action
	IdentityResourceMismatch Code = "identity.resource_mismatch" // the caller's policies allow the action on other roles only
	IdentityCondition        Code = "identity.condition"         // the caller's Allow has a condition that does not hold
	IdentityExplicitDeny     Code = "identity.explicit_deny"     // a Deny of the caller's own policies matches
	IdentityMFARequired      Code = "identity.mfa_required"      // the caller's own policies demand MFA, and the credentials carry none
	IdentitySessionRevoked   Code = "identity.session_revoked"   // the caller's session is older than the moment from which sessions were revoked
	IdentityQuarantined      Code = "identity.quarantined"       // AWS quarantined the caller's key, and that policy's Deny matches
	BoundaryNoAllow          Code = "boundary.no_allow"          // the caller's permissions boundary does not allow the action on this role
	BoundaryExplicitDeny     Code = "boundary.explicit_deny"     // a Deny of the caller's permissions boundary matches
	SessionNoAllow           Code = "session.no_allow"           // the policy passed when the caller's session was made does not allow it
	SessionExplicitDeny      Code = "session.explicit_deny"      // a Deny of the policy passed when the caller's session was made matches
	CallerRoot               Code = "caller.root"                // the root user cannot assume roles
	CallerFederationToken    Code = "caller.federation_token"    // a session of GetFederationToken cannot assume roles
	CallerWrongIdentity      Code = "caller.wrong_identity"      // another identity of the same person or workload would be let in; accompanies the cause it explains
	CallerChainedSession     Code = "caller.chained_session"     // an identity behind the caller's session would be let in; accompanies the cause it explains
	CallerSelfAssume         Code = "caller.self_assume"         // the role assumes itself and does not trust itself
	CallerRecreated          Code = "caller.recreated"           // the caller was deleted, or deleted and made again, since its credentials were issued
	CallerAccountSuspended   Code = "caller.account_suspended"   // the caller's account is suspended or closed
	RoleAccountSuspended     Code = "role.account_suspended"     // the role's account is suspended or closed
)

// The codes of the role and its trust policy.
const (
	RoleNotFound           Code = "role.not_found"             // there is no such role
	RoleDeleted            Code = "role.deleted"               // the role was deleted (told by history)
	RoleOtherAccount       Code = "role.other_account"         // a role of that name is in another account; accompanies role.not_found
	RoleNotARole           Code = "role.not_a_role"            // the target is a user, a session or another kind of ARN
	TrustNoPrincipal       Code = "trust.no_principal"         // no Allow of the trust policy names the caller, its account or everyone
	TrustNoAllow           Code = "trust.no_allow"             // AWS says that no trust policy allows it, and the policy is not known
	TrustOrphanedPrincipal Code = "trust.orphaned_principal"   // the trust policy holds the unique id of a principal that was deleted
	TrustSessionARN        Code = "trust.session_arn"          // the trust policy names another session of the caller's role
	TrustWildcardPrincipal Code = "trust.wildcard_principal"   // the trust policy has a wildcard within a principal, which never matches
	TrustServiceOnly       Code = "trust.service_only"         // only AWS services are trusted
	TrustFederatedOnly     Code = "trust.federated_only"       // only identity providers are trusted
	TrustActionMismatch    Code = "trust.action_mismatch"      // the caller is trusted for another action
	TrustExplicitDeny      Code = "trust.explicit_deny"        // a Deny of the trust policy matches
	TrustExternalIDMissing Code = "trust.external_id_missing"  // an ExternalId is demanded and none is known to have been sent
	TrustExternalIDWrong   Code = "trust.external_id_mismatch" // another ExternalId was sent than the trust policy demands
	TrustExternalIDConsole Code = "trust.external_id_console"  // an ExternalId is demanded, and the console cannot send one
	TrustMFAMissing        Code = "trust.mfa_missing"          // MFA is demanded and the session has none
	TrustMFATooOld         Code = "trust.mfa_too_old"          // the MFA sign-in is older than the trust policy accepts
	TrustMFALostInChain    Code = "trust.mfa_lost_in_chain"    // MFA is demanded of a role session, which may not carry on the MFA of its maker
	TrustSourceIP          Code = "trust.source_ip"            // the call does not come from an address that the trust policy accepts
	TrustSourceNetwork     Code = "trust.source_network"       // the call does not come from a VPC or endpoint that the trust policy accepts
	TrustOrganization      Code = "trust.organization"         // the caller is not in the organization or unit that the trust policy names
	TrustPrincipalARN      Code = "trust.principal_arn"        // a condition on aws:PrincipalArn does not hold
	TrustPrincipalTag      Code = "trust.principal_tag"        // a condition on the caller's tags does not hold
	TrustResourceTag       Code = "trust.resource_tag"         // a condition on the role's own tags does not hold
	TrustRequestTag        Code = "trust.request_tag"          // a condition on the session tags passed does not hold
	TrustSessionName       Code = "trust.session_name"         // a condition on the session name does not hold
	TrustSourceIdentity    Code = "trust.source_identity"      // a source identity, or another one, is demanded
	TrustExpired           Code = "trust.expired"              // the time window of the trust policy has passed
	TrustNotYetValid       Code = "trust.not_yet_valid"        // the time window of the trust policy has not begun
	TrustRequestedRegion   Code = "trust.requested_region"     // the trust policy does not accept the region of the call
	TrustConfusedDeputy    Code = "trust.confused_deputy"      // a condition on the source account, ARN or organization of a service's call does not hold
	TrustCondition         Code = "trust.condition"            // another condition of the trust policy does not hold
	TrustOIDCSubject       Code = "trust.oidc_subject"         // the token's subject does not match
	TrustOIDCAudience      Code = "trust.oidc_audience"        // the token's audience does not match
	TrustOIDCProvider      Code = "trust.oidc_provider"        // the trust policy names another provider than the token's
	TrustOIDCClaim         Code = "trust.oidc_claim"           // a condition names a claim that is never a condition key
	TrustSAMLProvider      Code = "trust.saml_provider"        // the trust policy names another SAML provider
	TrustSAMLAttribute     Code = "trust.saml_attribute"       // a condition on an attribute of the assertion does not hold

	CompanionTagSession        Code = "companion.tag_session"         // the call needs sts:TagSession as well, and that is denied
	CompanionSetSourceIdentity Code = "companion.set_source_identity" // the call needs sts:SetSourceIdentity as well, and that is denied
	CompanionSetContext        Code = "companion.set_context"         // the call needs sts:SetContext as well, and that is denied
)

// The codes of organization, network and platform, and of missing evidence.
const (
	SCPExplicitDeny  Code = "scp.explicit_deny"  // a service control policy of the caller's account denies
	SCPNoAllow       Code = "scp.no_allow"       // no service control policy of one level allows
	SCPRegionDeny    Code = "scp.region_deny"    // a service control policy denies the region of the call and does not spare AWS STS
	SCPPerimeter     Code = "scp.perimeter"      // a service control policy denies roles outside the organization or account
	RCPExplicitDeny  Code = "rcp.explicit_deny"  // a resource control policy of the role's account denies
	VPCEExplicitDeny Code = "vpce.explicit_deny" // the policy of the VPC endpoint denies
	VPCENoAllow      Code = "vpce.no_allow"      // the policy of the VPC endpoint does not allow

	PlatformPropagation     Code = "platform.propagation"      // the policies allow it, and were changed seconds to minutes before (told by history)
	PlatformChangedSince    Code = "platform.changed_since"    // what denied has been changed since (told by history)
	PlatformMFACode         Code = "platform.mfa_code"         // the MFA code or serial number was refused
	PlatformSTSRegion       Code = "platform.sts_region"       // AWS STS is not active in the region for the account
	PlatformSessionDuration Code = "platform.session_duration" // the duration exceeds the role's maximum, or one hour in a chain
	PlatformCredentials     Code = "platform.credentials"      // the caller's credentials have expired or are not valid
	PlatformIdentityToken   Code = "platform.identity_token"   // the token or assertion itself was refused
	PlatformRequestInvalid  Code = "platform.request_invalid"  // the request is malformed or too large
	PlatformThrottled       Code = "platform.throttled"        // the call was throttled, not denied

	EvidenceUnreadable    Code = "evidence.unreadable"    // a policy that decides could not be read
	EvidenceRoleUnknown   Code = "evidence.role_unknown"  // the event does not say which role
	EvidenceContradiction Code = "evidence.contradiction" // everything that can be seen allows the call
)
