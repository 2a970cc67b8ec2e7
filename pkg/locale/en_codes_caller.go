package locale

// enCallerCodes are about who calls.
var enCallerCodes = map[string]Code{
	"caller.root": {
		Title: "root users cannot assume roles",
		Means: "The call was made with the root user of an account. AWS lets no root user assume a role, whatever the policies say.",
		Apart: "caller.federation_token is the other kind of credentials that cannot.",
		Mends: "Sign in as an IAM user or through a role, and assume the role from there.",
	},
	"caller.federation_token": {
		Title: "credentials of GetFederationToken cannot",
		Means: "The caller is a session of GetFederationToken. Such a session may not call AssumeRole.",
		Apart: "caller.root is the other kind of credentials that cannot.",
		Mends: "Call with the IAM user's own credentials or with those of a role.",
	},
	"caller.wrong_identity": {
		Title: "another identity would have been let in",
		Means: "The caller is not trusted, but an identity that stands beside it is, and for that one the call would work: most likely the wrong profile was in use. This comes with the cause that it explains and is not the first to act on.",
		Apart: "caller.chained_session: the one that would work is behind this session, not beside it.",
		Mends: "Sign in as the identity that is named, and try again.",
		Kinds: map[string]string{
			"user":           "a user of the same person",
			"permission_set": "another permission set of the same account",
			"pod_role":       "the role that is made for the workload, where its node's role called",
		},
	},
	"caller.chained_session": {
		Title: "the identity behind this session would pass",
		Means: "The caller is a role's session that is still in use from an earlier step, and the identity from which it was most likely made is the one that trust and policies let in: the user whose name is the source identity or the name of the session, or the one whom the session's role trusts and nobody else. This comes with the cause that it explains.",
		Apart: "caller.wrong_identity: the one that would work is beside this session, not behind it.",
		Mends: "Leave the session, and assume the role from the identity that is named.",
	},
	"caller.self_assume": {
		Title: "the role asks for itself, untrusted by itself",
		Means: "A session of the role asks for that same role. A role is no exception to its own trust policy: it has to name itself.",
		Apart: "trust.no_principal: the caller is somebody else.",
		Mends: "Use the session that is there: it is of this role already. If new sessions are needed, the role's account lets the role trust itself.",
	},
	"caller.recreated": {
		Title: "the caller was deleted since it signed in",
		Means: "The user or role behind the session has another unique id today, or none: it was deleted while the session went on. Policies that name today's one do not hold for the old one.",
		Apart: "trust.orphaned_principal: it is the trust policy that holds on to a deleted identity.",
		Mends: "Sign in again to get credentials of today's identity.",
		Kinds: map[string]string{
			"recreated": "one of the same name was made again",
			"deleted":   "there is none of that name any more",
		},
	},
	"caller.account_suspended": {
		Title: "the caller's account is suspended or closed",
		Means: "The organization lists the caller's account as suspended or closed. What is in it can no longer call AWS as before.",
		Apart: "role.account_suspended: it is the role's account.",
		Mends: "Ask the owner of the organization about the account's state.",
	},
}

// enRoleCodes are about the role that was asked for.
var enRoleCodes = map[string]Code{
	"role.not_found": {
		Title: "there is no such role",
		Means: "The account was read and has no role of that name and path. AWS answers just as it does for a role that trusts somebody else, so its message does not tell.",
		Apart: "role.deleted: there was one. role.other_account: there is one of that name elsewhere.",
		Mends: "Correct the ARN; the nearest role is named, with what differs and whether the call would work there.",
		Kinds: map[string]string{
			"spelling":   "a name that differs by a letter or a few",
			"case":       "a name that differs in upper and lower case only; whether the console minds is not certain",
			"path":       "the same name under another path, which is a part of the ARN",
			"sso_suffix": "the same permission set, whose role has another ending since it was made anew",
			"partition":  "the same role in another partition (aws, aws-cn, aws-us-gov)",
		},
	},
	"role.deleted": {
		Title: "the role was deleted",
		Means: "The role existed and was deleted before the call. The report says when, and by whom.",
		Apart: "role.not_found: nothing shows that it ever was.",
		Mends: "Ask the owner of the role's account which role takes its place.",
	},
	"role.other_account": {
		Title: "the role is in another account",
		Means: "The account in the ARN has no such role, but another account that was read has one of this name. This stands beside role.not_found, which it explains.",
		Apart: "role.not_found alone: no account that was read has one.",
		Mends: "Correct the account id in the ARN.",
		Kinds: map[string]string{"account": "the same name in another account"},
	},
	"role.not_a_role": {
		Title: "the target is no role",
		Means: "The ARN in the call is that of something else than an IAM role. Only roles can be assumed.",
		Apart: "role.not_found: it is a role's ARN, of a role that is not there.",
		Mends: "Use the role's ARN: arn:aws:iam::ACCOUNT:role/NAME, with its path if it has one.",
		Kinds: map[string]string{
			"user":             "a user",
			"group":            "a group",
			"assumed_role":     "a session of a role: take the role's own ARN",
			"instance_profile": "an instance profile: take the ARN of the role in it",
			"policy":           "a policy",
			"root":             "an account",
			"federated_user":   "a session of GetFederationToken",
			"other":            "something else",
		},
	},
	"role.account_suspended": {
		Title: "the role's account is suspended or closed",
		Means: "The organization lists the role's account as suspended or closed.",
		Apart: "caller.account_suspended: it is the caller's account.",
		Mends: "Ask the owner of the organization about the account's state.",
	},
}
