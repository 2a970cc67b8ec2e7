package locale

import "maps"

// enCodes are the catalogue's words for every code, by code.
var enCodes = func() map[string]Code {
	all := map[string]Code{}
	for _, part := range []map[string]Code{
		enIdentityCodes, enCallerCodes, enRoleCodes, enPrincipalCodes, enSecretCodes,
		enOriginCodes, enValueCodes, enTokenCodes, enOrgCodes, enPlatformCodes,
	} {
		maps.Copy(all, part)
	}
	return all
}()

// enParts are the parts of the catalogue: what stands before the dot.
var enParts = map[string]string{
	"identity":  "The caller's own policies",
	"boundary":  "The caller's permissions boundary",
	"session":   "The policy of the caller's session",
	"caller":    "The caller",
	"role":      "The role",
	"trust":     "The role's trust policy",
	"companion": "What a call needs beside its own action",
	"scp":       "Service control policies (SCPs)",
	"rcp":       "Resource control policies (RCPs)",
	"vpce":      "The VPC endpoint's policy",
	"platform":  "AWS itself, and time",
	"evidence":  "What is not known",
}

// enOwners say who is meant by an owner of the report.
var enOwners = map[string]string{
	"caller":            "whoever made the call",
	"caller_account":    "the owner of the caller's account",
	"role_account":      "the owner of the role's account",
	"organization":      "the owner of the organization's policies",
	"endpoint_owner":    "the owner of the VPC endpoint",
	"identity_provider": "the owner of IAM Identity Center",
}

// enRanking are the groups of the ranking, in order.
var enRanking = []string{
	"no policy decides it",
	"the policies of that moment, or today's, allow it",
	"a statement denies it",
	"role, caller or account is not there, or is another",
	"what has to allow it does not",
	"what would be needed to tell is not known",
}

var enCodeLabels = CodeLabels{
	Act:     "to act",
	Ranked:  "rank",
	Apart:   "told apart",
	Mends:   "mended by",
	Kinds:   "details",
	Example: "example",
	Primary: "primary",
	Later:   "told from history, which is not read yet",
}

// Kinds of detail that mean the same wherever they stand.
const (
	enKindCase    = "the two differ in upper and lower case only"
	enKindPath    = "the name fits, the path before it does not"
	enKindMissing = "there is no such tag"
	enKindOther   = "the tag has another value"
)

// enKindResource are the kinds of a near miss between a role and the resources
// that a policy lists.
var enKindResource = map[string]string{
	"account": "the same name in another account; one wrong digit is the usual reason",
	"path":    enKindPath,
	"name":    "another role of the same account",
	"case":    enKindCase,
	"pattern": "a pattern that this role's ARN does not fit",
}

var enKindTag = map[string]string{"missing": enKindMissing, "other_value": enKindOther}

// enIdentityCodes are the caller's own policies, boundary and session policy.
var enIdentityCodes = map[string]Code{
	"identity.no_allow": {
		Title: "nothing allows the caller to assume roles",
		Means: "None of the policies of the user, of the user's groups or of the caller's role has an Allow for the action. In another account than the role's, the caller needs that Allow as well as the role's trust.",
		Apart: "identity.resource_mismatch: the action is allowed, on other roles. identity.condition: it is allowed on this role, under a condition.",
		Mends: "The caller's account adds an Allow of this action on this role's ARN.",
	},
	"identity.resource_mismatch": {
		Title: "other roles are allowed, this one is not",
		Means: "The caller's policies allow the action, but no resource that they list is this role. The nearest one is shown beside the role's ARN.",
		Apart: "identity.no_allow: the action is not allowed on any role at all.",
		Mends: "If the role in the call is a slip, correct it. If it is meant, the caller's account adds its ARN.",
		Kinds: enKindResource,
	},
	"identity.condition": {
		Title: "the caller's Allow has a condition that fails",
		Means: "A policy of the caller allows the action on this role only under a condition, and the call does not meet it.",
		Apart: "identity.mfa_required is the case of MFA; trust.condition and its kin are conditions of the role's side.",
		Mends: "Make the call so that it meets the condition; wanted and got stand side by side. Else ask the caller's account about the condition.",
	},
	"identity.explicit_deny": {
		Title: "a Deny of the caller's own policies matches",
		Means: "A statement with Effect Deny in a policy of the caller covers this call, be it by Action and Resource or by NotAction and NotResource. No Allow outweighs it.",
		Apart: "A Deny that asks for MFA, that revokes sessions or that comes with a quarantine has a code of its own.",
		Mends: "Use an identity that the Deny does not cover, or ask the caller's account for an exception.",
	},
	"identity.mfa_required": {
		Title: "the caller's own policies want MFA",
		Means: "A Deny for calls without MFA covers this one, or the Allow asks for MFA, and the credentials carry none. A long-term access key never carries MFA by itself.",
		Apart: "trust.mfa_missing: it is the role that wants MFA. A Deny of everything but a few actions that does not mention MFA is identity.explicit_deny.",
		Mends: "Get a session with MFA first (aws sts get-session-token with a code), or name the MFA device in the profile, and call again.",
	},
	"identity.session_revoked": {
		Title: "the caller's sessions up to a time were revoked",
		Means: "Somebody revoked the active sessions of the caller's role or user: a Deny on aws:TokenIssueTime covers every session that is older than the time in it.",
		Apart: "identity.explicit_deny: a Deny without that condition.",
		Mends: "Sign in again. A session that is made later is not covered.",
	},
	"identity.quarantined": {
		Title: "AWS put the caller's key in quarantine",
		Means: "AWS found the access key in a public place and attached a policy named AWSCompromisedKeyQuarantine to the user. Its Deny, as it was read, covers this action; not every version of that policy does.",
		Apart: "identity.explicit_deny: a Deny that somebody in the account wrote.",
		Mends: "Replace the key, look through what was done with it, and follow AWS's support case. The policy stays until that is done.",
	},
	"boundary.no_allow": {
		Title: "the permissions boundary does not allow it",
		Means: "The caller has a permissions boundary, the most that it may ever do, and assuming this role is not in it.",
		Apart: "identity.no_allow: the caller's policies do not allow it. Both have to.",
		Mends: "The caller's account decides whether this role belongs into the boundary. Else use an identity with another boundary.",
		Kinds: enKindResource,
	},
	"boundary.explicit_deny": {
		Title: "a Deny of the permissions boundary matches",
		Means: "The caller's permissions boundary has a Deny that covers this call, and no Allow outweighs it.",
		Apart: "boundary.no_allow: the boundary is silent about it.",
		Mends: "Ask the caller's account for an exception, or use an identity with another boundary.",
	},
	"session.no_allow": {
		Title: "the session's own policy does not allow it",
		Means: "When the caller's session was made, a policy was passed along that limits it, and assuming this role is not in it. CloudTrail records that policy where the session was made, not where it is used.",
		Apart: "identity.no_allow: the policies of the role behind the session do not allow it.",
		Mends: "Make the session anew, without that policy or with one that allows this role.",
	},
	"session.explicit_deny": {
		Title: "a Deny of the session's own policy matches",
		Means: "A policy was passed when the caller's session was made, and a Deny in it covers this call.",
		Apart: "session.no_allow: that policy is silent about it.",
		Mends: "Make the session anew, without that statement.",
	},
}
