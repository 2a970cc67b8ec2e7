package locale

import "maps"

// enLayerUnknown is said of every companion.
const enLayerUnknown = "AWS names the action alone, and of the policies that may deny it more than one was not read"

// enWith is a list of kinds and one more.
func enWith(kinds map[string]string, kind, said string) map[string]string {
	all := maps.Clone(kinds)
	all[kind] = said
	return all
}

// enOrgCodes are companions, the organization's policies and the endpoint's.
var enOrgCodes = map[string]Code{
	"companion.tag_session": {
		Title: "sts:TagSession is needed as well, and denied",
		Means: "The call passes session tags, or inherits some from the caller's session, and that is an action of its own: sts:TagSession has to pass the same policies. It does not. The cause names the layer that denies it.",
		Apart: "trust.request_tag: tags may be sent, but these are not accepted.",
		Mends: "Whoever keeps that layer allows sts:TagSession, in a statement of its own; or make the call without tags.",
		Kinds: map[string]string{"layer_unknown": enLayerUnknown},
	},
	"companion.set_source_identity": {
		Title: "sts:SetSourceIdentity is needed, and denied",
		Means: "The call passes a source identity, or inherits one, and that is an action of its own: sts:SetSourceIdentity has to pass the same policies. It does not. The cause names the layer that denies it.",
		Apart: "trust.source_identity: one may be set, but this one is not accepted.",
		Mends: "Whoever keeps that layer allows sts:SetSourceIdentity; or make the call without one.",
		Kinds: map[string]string{
			"inherited":     "the caller's session has one, which goes on to the next",
			"layer_unknown": enLayerUnknown,
		},
	},
	"companion.set_context": {
		Title: "sts:SetContext is needed as well, and denied",
		Means: "The call passes a context of a trusted token issuer, and that is an action of its own: sts:SetContext has to pass the same policies. It does not. The cause names the layer that denies it.",
		Apart: "companion.tag_session: tags in place of a context.",
		Mends: "Whoever keeps that layer allows sts:SetContext.",
		Kinds: map[string]string{"layer_unknown": enLayerUnknown},
	},
	"scp.explicit_deny": {
		Title: "an SCP of the caller's account denies",
		Means: "A service control policy on the caller's account, or on a level above it, has a Deny that covers the call. SCPs of the role's account do not count for a caller of another one, and the management account has none.",
		Apart: "scp.region_deny and scp.perimeter: a Deny by region, or by where the role is. rcp.explicit_deny: a policy on the role's side.",
		Mends: "Only the organization can change it: ask for an exception, or call from an account that it does not cover.",
	},
	"scp.no_allow": {
		Title: "a level of SCPs does not allow it",
		Means: "Every level from the organization's root down to the caller's account has to allow the call, and at one level no SCP does. As a rule FullAWSAccess was taken away there.",
		Apart: "scp.explicit_deny: an SCP speaks against it.",
		Mends: "The organization adds the action to an SCP of that level.",
		Kinds: enKindResource,
	},
	"scp.region_deny": {
		Title: "an SCP forbids the region without sparing STS",
		Means: "A service control policy denies calls by region (aws:RequestedRegion) without an exception for STS, and the call went to a region that it forbids.",
		Apart: "trust.requested_region: the role's trust policy says so. platform.sts_region: STS is switched off in that region.",
		Mends: "Use the regional endpoint of STS in an allowed region. Else the organization may spare sts: actions in that statement.",
		Kinds: map[string]string{
			"global_endpoint": "the call went to the global endpoint (sts.amazonaws.com), which counts as us-east-1",
		},
	},
	"scp.perimeter": {
		Title: "an SCP forbids roles outside of a perimeter",
		Means: "A service control policy denies calls on resources of other organizations or accounts (aws:ResourceOrgID, aws:ResourceAccount, aws:ResourceOrgPaths), and this role is outside.",
		Apart: "trust.organization: the role's side asks where the caller is.",
		Mends: "Ask the owner of the organization for an exception for that account.",
	},
	"rcp.explicit_deny": {
		Title: "an RCP of the role's account denies",
		Means: "A resource control policy on the role's account, or on a level above it, has a Deny that covers the call. It does not hold for roles of the management account, nor for calls of AWS services by their own roles.",
		Apart: "scp.explicit_deny: a policy on the caller's side. trust.explicit_deny: the role's own policy.",
		Mends: "Only the organization of the role can change it: ask for an exception.",
	},
	"vpce.explicit_deny": {
		Title: "the VPC endpoint's policy denies",
		Means: "The call went through a VPC endpoint whose policy has a Deny that covers it.",
		Apart: "trust.source_network: the role's trust policy asks for another endpoint.",
		Mends: "Ask the owner of the endpoint for an exception, or call from outside of it.",
	},
	"vpce.no_allow": {
		Title: "the VPC endpoint's policy does not allow it",
		Means: "The call went through a VPC endpoint, and its policy has no Allow that covers it.",
		Apart: "vpce.explicit_deny: the policy speaks against it.",
		Mends: "The owner of the endpoint adds the action and the role, or call from outside of it.",
		Kinds: enWith(enKindResource, "other_principal", "other callers than this one"),
	},
}

// enPlatformCodes are failures that no policy decides, and what is not known.
var enPlatformCodes = map[string]Code{
	"platform.propagation": {
		Title: "a change had not reached all of AWS yet",
		Means: "Role or policies were made or changed shortly before the call, and as they are the call is allowed. A change in IAM takes seconds, sometimes minutes, to arrive everywhere.",
		Apart: "platform.changed_since: the change came after the call.",
		Mends: "Try again.",
	},
	"platform.changed_since": {
		Title: "what denied was changed after the call",
		Means: "The policies of that moment denied the call; today's allow it. The report says what was changed, when and by whom.",
		Apart: "platform.propagation: the change came before the call.",
		Mends: "Try again.",
	},
	"platform.mfa_code": {
		Title: "AWS did not accept the MFA code",
		Means: "A code was sent with the call, and AWS says that the code or the serial number of the device is not right.",
		Apart: "trust.mfa_missing: no MFA at all.",
		Mends: "Wait for the next code, check the serial number, and see that the device's clock is right.",
		Kinds: map[string]string{
			"code":   "the code was wrong, used before, or too old",
			"serial": "the serial number is not that of a device of the calling user",
		},
	},
	"platform.sts_region": {
		Title: "STS is not active in that region",
		Means: "The call went to the STS of a region that is not switched on for the role's account.",
		Apart: "scp.region_deny: a policy forbids the region.",
		Mends: "Use another region's endpoint, or have the region switched on in the account settings of IAM.",
	},
	"platform.session_duration": {
		Title: "the session asked for is too long",
		Means: "The call asks for a longer session than is allowed.",
		Apart: "platform.request_invalid: other parameters that AWS refuses.",
		Mends: "Ask for a shorter session (--duration-seconds), or have the role's maximum raised.",
		Kinds: map[string]string{
			"maximum":  "longer than the role's maximum session duration",
			"chaining": "longer than one hour, the most that a session made from another role's session may last",
		},
	},
	"platform.credentials": {
		Title: "the credentials have expired or are not valid",
		Means: "AWS did not accept the credentials themselves or the signature made with them (ExpiredToken, InvalidClientTokenId, SignatureDoesNotMatch, RequestExpired, AuthFailure). It never came to a policy.",
		Apart: "identity.session_revoked: the session is accepted, and a policy denies it. platform.identity_token: the token of an identity provider.",
		Mends: "Sign in again, and check which credentials the program uses (aws sts get-caller-identity).",
		Kinds: map[string]string{
			"expired":   "the session has expired",
			"invalid":   "AWS does not know the access key or the session token",
			"signature": "the secret access key does not fit the access key",
			"clock":     "the clock of the machine is wrong by more than five minutes, or the request was sent late",
			"missing":   "the request was not signed",
		},
	},
	"platform.identity_token": {
		Title: "the token or assertion itself was refused",
		Means: "AWS did not accept the token of the identity provider (InvalidIdentityToken, IDPRejectedClaim, IDPCommunicationError). It never came to the trust policy.",
		Apart: "trust.oidc_subject and trust.oidc_audience: the token is accepted, the trust policy wants another.",
		Mends: "Check where the token comes from and get a new one; the detail says what is wrong with it, where AWS does.",
		Kinds: map[string]string{
			"provider_missing": "the role's account has no such identity provider",
			"audience":         "the provider in IAM does not list the token's audience",
			"expired":          "the token has expired",
			"signature":        "AWS could not check the signature",
			"unreachable":      "the identity provider could not be reached",
			"rejected":         "the identity provider rejected the claim",
		},
	},
	"platform.request_invalid": {
		Title: "AWS did not accept the request as written",
		Means: "A parameter is malformed or too large: an ARN or a session name (ValidationError), a session policy (MalformedPolicyDocument, PackedPolicyTooLarge), or a source identity that differs from the one already set. Of an error code that is not known here this is only possible.",
		Apart: "role.not_a_role: the ARN is well formed, of something else.",
		Mends: "Read AWS's message, correct the request, and try again.",
		Kinds: map[string]string{
			"role_arn":        "the role's ARN is malformed",
			"session_name":    "the session name is too short, too long or has characters that AWS does not take",
			"external_id":     "the ExternalId is too short, too long or has characters that AWS does not take",
			"duration":        "the duration is outside of 900 to 43200 seconds",
			"packed_size":     "session policy and session tags together are too large",
			"session_policy":  "the session policy is no policy",
			"source_identity": "the session has a source identity already, and another one was passed",
			"unknown_code":    "an error code that is not known here",
		},
	},
	"platform.throttled": {
		Title: "too many calls in a short time",
		Means: "AWS slowed the caller down, or (ServiceUnavailable, InternalFailure) failed by itself, which may come of too many calls. The call was not judged, so this is no denial.",
		Apart: "Every other cause is one that stays; this one passes.",
		Mends: "Try again after a pause that grows, and keep sessions in place of making one for each call.",
		Kinds: map[string]string{"service": "AWS failed by itself"},
	},
	"evidence.unreadable": {
		Title: "a policy that decides could not be read",
		Means: "Nothing that was read denies the call, and something that decides was not read. This says what is missing, not what denies.",
		Apart: "evidence.contradiction: everything was read.",
		Mends: "Add the file that the report names to the estate directory, read with the permission that it names, and run it again.",
		Kinds: map[string]string{
			"trust":    "the role or its trust policy",
			"identity": "the caller's own policies",
			"boundary": "the caller's permissions boundary",
			"session":  "the policy of the caller's session",
			"scp":      "SCPs of the caller's account",
			"rcp":      "RCPs of the role's account",
			"vpce":     "the VPC endpoint's policy",
		},
	},
	"evidence.role_unknown": {
		Title: "the event does not say which role",
		Means: "The record of the denied call names no role, so nobody's policies can be judged.",
		Apart: "evidence.unreadable: the role is known, its policy is not.",
		Mends: "Ask the caller for the role's ARN, and try it with assumewhy simulate.",
		Kinds: map[string]string{
			"cut":          "AWS's message was cut before the name ends",
			"no_resource":  "AWS's message names no resource",
			"no_arn":       "what AWS's message has as the resource is no ARN",
			"pod_identity": "EKS Pod Identity made the call, whose record names none",
			"unread":       "the record's errorMessage, which names it, could not be read",
		},
	},
	"evidence.contradiction": {
		Title: "everything that can be seen allows it",
		Means: "AWS denied the call, every layer was read, and all of them allow it. Either something was changed between the call and now, or what denied cannot be seen.",
		Apart: "evidence.unreadable: it is known what was not read.",
		Mends: "Try again. If it is denied again, the report lists what cannot be seen, what matters most first.",
	},
}
