package locale

// enPrincipalCodes are about whom the trust policy names, and for what.
var enPrincipalCodes = map[string]Code{
	"trust.no_principal": {
		Title: "the role does not trust the caller",
		Means: "No Allow of the trust policy names the caller, the caller's role, the caller's account or everyone. The report lists who is trusted.",
		Apart: "It is told only where nothing more specific is: a deleted principal, a session's ARN, a wildcard, services or providers alone, another action.",
		Mends: "The role's account names the caller in the trust policy; or call as somebody whom it names.",
		Kinds: map[string]string{
			"account":         "whoever is trusted is in other accounts",
			"other_principal": "others of the caller's account are trusted",
			"unique_id":       "a bare unique id of somebody who is there: a principal is named by ARN",
		},
	},
	"trust.no_allow": {
		Title: "AWS says that no trust policy allows it",
		Means: "AWS's message names the trust policy (it also says resource-based policy), and that policy could not be read, or the event does not even name the role. So only AWS's word for it is there.",
		Apart: "trust.no_principal: the policy was read.",
		Mends: "Add the role's account to the estate directory, or ask its owner to look at the trust policy.",
	},
	"trust.orphaned_principal": {
		Title: "the principal that is trusted was deleted",
		Means: "The trust policy holds a bare unique id (AIDA..., AROA...). IAM shows that once the user or role behind it is deleted. One of the same name that was made later is somebody else to IAM.",
		Apart: "caller.recreated: it is the caller's session that is of a deleted identity.",
		Mends: "The role's account names today's user or role again; saving the ARN anew is enough.",
	},
	"trust.session_arn": {
		Title: "another session of the caller's role is trusted",
		Means: "The trust policy names one session of the caller's role, by its session name, and the caller's session has another name.",
		Apart: "trust.principal_arn: a session's ARN in a condition instead of the principal.",
		Mends: "The role's account trusts the role in place of one session of it; or use that session name.",
	},
	"trust.wildcard_principal": {
		Title: "a * inside a principal matches nobody",
		Means: "The trust policy names a principal with a wildcard in its ARN. As a pattern it would fit the caller, but a principal is compared as it stands. IAM refuses to save it, so this is seen in drafts, with simulate and in pipelines.",
		Apart: "trust.no_principal: the pattern would not fit the caller either.",
		Mends: "Name the account as principal, and put the pattern into a condition on aws:PrincipalArn.",
	},
	"trust.service_only": {
		Title: "only AWS services are trusted",
		Means: "Every principal of the trust policy is an AWS service: the role is made for a service, not for people or other roles.",
		Apart: "trust.federated_only: identity providers alone. trust.no_principal: users, roles or accounts are trusted, but others.",
		Mends: "Use another role. If people are meant to use this one, its account adds them.",
	},
	"trust.federated_only": {
		Title: "only an identity provider is trusted",
		Means: "Every principal of the trust policy is an identity provider, as for roles of IAM Identity Center, SAML or OIDC. Such a role is entered by signing in there, not by AssumeRole.",
		Apart: "trust.oidc_provider and trust.saml_provider: the caller did come by a provider, and by another one.",
		Mends: "Sign in through the provider (the access portal for IAM Identity Center), or use another role.",
	},
	"trust.action_mismatch": {
		Title: "the caller is trusted for another action",
		Means: "A statement names the caller, but allows AssumeRoleWithSAML, AssumeRoleWithWebIdentity or sts:TagSession, not the action of this call.",
		Apart: "trust.no_principal: the caller is not named at all.",
		Mends: "The role's account adds the action to that statement.",
	},
	"trust.explicit_deny": {
		Title: "a Deny of the trust policy matches",
		Means: "The trust policy has a Deny that covers the caller. No Allow outweighs it, neither there nor elsewhere.",
		Apart: "A Deny whose one telling condition has a code of its own (no MFA, a wrong address) gets that code.",
		Mends: "Call as somebody whom the Deny does not cover, or ask the role's account for an exception.",
	},
}

// enSecretCodes are ExternalId and MFA.
var enSecretCodes = map[string]Code{
	"trust.external_id_missing": {
		Title: "an ExternalId is wanted, none is known as sent",
		Means: "The trust policy lets the caller in only with an ExternalId. CloudTrail hides the parameters of a denied call, so this is as a rule most likely, not proved, and a wrong value looks the same.",
		Apart: "trust.external_id_mismatch: a value is known to have been sent. trust.external_id_console: the console made the call.",
		Mends: "Send the ExternalId that the role's owner gave out (--external-id in the AWS CLI, external_id in a profile).",
	},
	"trust.external_id_mismatch": {
		Title: "another ExternalId was sent than is wanted",
		Means: "The trust policy asks for an ExternalId, and the one that was sent is another. Neither value is ever shown.",
		Apart: "trust.external_id_missing: it is not known that one was sent.",
		Mends: "Compare the value with the one that the role's owner gave out, letter by letter.",
		Kinds: map[string]string{
			"case":        enKindCase,
			"white_space": "the two differ in blanks at their ends only",
		},
	},
	"trust.external_id_console": {
		Title: "the console cannot send the ExternalId wanted",
		Means: "The trust policy asks for an ExternalId, and the call is a switch of role in the console, which has no field for one.",
		Apart: "trust.external_id_missing: the call came from somewhere that could have sent one.",
		Mends: "Assume the role by the AWS CLI or an SDK. For people, the role's account may keep a second role without that demand.",
	},
	"trust.mfa_missing": {
		Title: "the role wants MFA, and the session has none",
		Means: "The trust policy lets in only callers who signed in with MFA. A long-term key carries none by itself; where a code could have been sent with the call, this is most likely, not proved.",
		Apart: "identity.mfa_required: it is the caller's own policy that wants it. trust.mfa_lost_in_chain: the record does show MFA.",
		Mends: "Call with MFA: a code with the call (--serial-number and --token-code), mfa_serial in the profile, or a console session with MFA.",
	},
	"trust.mfa_too_old": {
		Title: "the sign-in with MFA is too long ago",
		Means: "The trust policy limits how many seconds may lie between the sign-in with MFA and the call (aws:MultiFactorAuthAge), and more have passed.",
		Apart: "trust.mfa_missing: there was no MFA.",
		Mends: "Sign in with MFA again, and call within that time.",
	},
	"trust.mfa_lost_in_chain": {
		Title: "MFA may not be carried on by a role's session",
		Means: "The trust policy wants MFA, and the caller is a role's session whose record says that MFA was used. AWS's pages do not agree on whether such a session still counts as signed in with MFA, so this is never proved.",
		Apart: "trust.mfa_missing: the record shows no MFA.",
		Mends: "Assume the role directly from the user who has MFA, without the role in between.",
	},
}
