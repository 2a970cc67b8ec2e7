package locale

// enOriginCodes are conditions of the trust policy on where a call comes from,
// and when.
var enOriginCodes = map[string]Code{
	"trust.source_ip": {
		Title: "the call comes from another address",
		Means: "The trust policy lists addresses (aws:SourceIp), and the call's is not among them.",
		Apart: "trust.source_network: a condition on a VPC or an endpoint.",
		Mends: "Call from a listed network (VPN, office, the right runner), or ask the role's account to add the address.",
		Kinds: map[string]string{
			"endpoint": "the call went through a VPC endpoint, where there is no aws:SourceIp at all",
		},
	},
	"trust.source_network": {
		Title: "the call comes from another VPC or endpoint",
		Means: "The trust policy asks for a VPC, a VPC endpoint or an address inside of a VPC, and the call came another way. A call over the internet has none of these keys.",
		Apart: "trust.source_ip: a condition on a public address. vpce.no_allow: it is the endpoint's own policy.",
		Mends: "Call through the endpoint that the policy names, or ask the role's account to add yours.",
	},
	"trust.organization": {
		Title: "the caller is outside the organization wanted",
		Means: "The trust policy names an organization or a part of its tree (aws:PrincipalOrgID, aws:PrincipalOrgPaths), and the caller's account is not in it.",
		Apart: "scp.perimeter: the caller's side forbids roles that are outside.",
		Mends: "Call from an account inside. Where the account was moved, the role's account corrects the path.",
	},
	"trust.requested_region": {
		Title: "the call went to another region",
		Means: "The trust policy accepts calls to certain regions only (aws:RequestedRegion). The global endpoint of STS counts as us-east-1.",
		Apart: "scp.region_deny: an SCP on the caller's side says so.",
		Mends: "Use the regional endpoint of STS in a region that is accepted.",
		Kinds: map[string]string{
			"global_endpoint": "the call went to the global endpoint (sts.amazonaws.com), which counts as us-east-1",
		},
	},
	"trust.confused_deputy": {
		Title: "the service acts for another source",
		Means: "An AWS service made the call, and the trust policy accepts it only on behalf of a certain account, resource or organization (aws:SourceAccount, aws:SourceArn, aws:SourceOrgID), and this is another.",
		Apart: "trust.service_only: it is not a service that calls.",
		Mends: "Check which resource uses the role. The role's account corrects the ARN or the account in the condition; it should not drop it.",
	},
	"trust.expired": {
		Title: "the time for which the role is open has passed",
		Means: "The trust policy is open until a date (aws:CurrentTime, aws:EpochTime), and the call came later.",
		Apart: "trust.not_yet_valid: the time has not begun.",
		Mends: "Ask the role's account for a new time window.",
	},
	"trust.not_yet_valid": {
		Title: "the time for which the role is open is to come",
		Means: "The trust policy is open from a date on (aws:CurrentTime, aws:EpochTime), and the call came before.",
		Apart: "trust.expired: the time has passed.",
		Mends: "Wait until then, or ask the role's account for an earlier date.",
	},
}

// enValueCodes are conditions of the trust policy on the caller, the role and
// what is sent.
var enValueCodes = map[string]Code{
	"trust.principal_arn": {
		Title: "the caller's ARN does not meet a condition",
		Means: "The trust policy has a condition on aws:PrincipalArn, and the caller's does not meet it. For a session that is the ARN of its role, not of the session.",
		Apart: "trust.no_principal: the caller is not named as principal in the first place.",
		Mends: "The role's account corrects the value. IAM does not rewrite a condition when somebody is moved or renamed.",
		Kinds: map[string]string{
			"session_arn": "the condition has the ARN of a session, and the ARN of the role counts",
			"sso_suffix":  "the same permission set, whose role has another ending since it was made anew",
			"path":        enKindPath,
			"case":        enKindCase,
			"account":     "the same name in another account",
		},
	},
	"trust.principal_tag": {
		Title: "a tag of the caller does not meet a condition",
		Means: "The trust policy compares a tag of the caller (aws:PrincipalTag), and it is missing or has another value. Tags of the session count before those of the user or role.",
		Apart: "trust.request_tag: tags sent with this call. trust.resource_tag: tags of the role that is asked for.",
		Mends: "Have the tag put on the identity, or sent by the identity provider.",
		Kinds: enKindTag,
	},
	"trust.resource_tag": {
		Title: "a tag of the role does not meet a condition",
		Means: "The trust policy compares a tag of the role itself (aws:ResourceTag, iam:ResourceTag), and it is missing or has another value.",
		Apart: "trust.principal_tag: a tag of the caller.",
		Mends: "The role's account corrects the role's tag or the condition.",
		Kinds: enKindTag,
	},
	"trust.request_tag": {
		Title: "a session tag does not meet a condition",
		Means: "The trust policy looks at the session tags sent with the call (aws:RequestTag, aws:TagKeys, sts:TransitiveTagKeys), and they are missing or others.",
		Apart: "companion.tag_session: sending tags is not allowed at all.",
		Mends: "Send the tags that the policy asks for (--tags in the AWS CLI).",
		Kinds: enKindTag,
	},
	"trust.session_name": {
		Title: "the session name does not meet a condition",
		Means: "The trust policy asks for a certain session name (sts:RoleSessionName), and the call sends another.",
		Apart: "trust.session_arn: the name of the session from which the call is made.",
		Mends: "Send the session name wanted (--role-session-name, role_session_name in a profile).",
		Kinds: map[string]string{
			"variable": "the policy compares with ${aws:username}, which the session of a role never has",
		},
	},
	"trust.source_identity": {
		Title: "a source identity is wanted, or another one",
		Means: "The trust policy looks at the source identity (sts:SourceIdentity, aws:SourceIdentity), and none was sent or another one is set. Once set it cannot be changed along a chain of roles.",
		Apart: "companion.set_source_identity: setting one is not allowed at all.",
		Mends: "Send the source identity wanted (--source-identity).",
		Kinds: map[string]string{
			"console": "the call is a switch of role in the console, which sends none",
		},
	},
	"trust.condition": {
		Title: "another condition of the trust policy fails",
		Means: "A condition of the trust policy for which there is no code of its own does not hold. Operator, key, wanted and got are shown.",
		Apart: "Every condition that is common has its own code; this one is the rest.",
		Mends: "Make the call so that it meets the condition, or ask the role's account about it.",
	},
}

// enTokenCodes are tokens and assertions of identity providers.
var enTokenCodes = map[string]Code{
	"trust.oidc_subject": {
		Title: "the token's subject does not fit",
		Means: "The trust policy asks for a certain subject (the claim sub), and the token has another. The part that differs is named.",
		Apart: "trust.oidc_audience: the claim aud. trust.oidc_provider: the token is of another provider.",
		Mends: "Run the job or the pod that the policy means, or have the role's account put the exact subject into the condition. A wider pattern lets others in.",
		Kinds: map[string]string{
			"repo":            "another repository",
			"branch":          "another branch",
			"tag":             "another tag, or a tag on one side and a branch on the other",
			"environment":     "another environment, or one on one side only",
			"pull_request":    "the workflow ran for a pull request",
			"namespace":       "another namespace of Kubernetes",
			"service_account": "another service account of Kubernetes",
			"immutable_id":    "the token's subject holds ids behind the names, the policy names alone",
			"organization":    "another organization of HCP Terraform",
			"project":         "another project of HCP Terraform",
			"workspace":       "another workspace of HCP Terraform",
			"run_phase":       "another phase of the run of HCP Terraform",
			"wildcard":        "the pattern fits, but its operator takes * and ? literally",
			"case":            enKindCase,
		},
	},
	"trust.oidc_audience": {
		Title: "the token's audience does not fit",
		Means: "The trust policy asks for an audience (the claim aud), and the token was made for another.",
		Apart: "platform.identity_token with audience: the provider in IAM does not know the audience, and no policy is asked.",
		Mends: "Ask for a token with the audience wanted; for AWS that is sts.amazonaws.com as a rule.",
	},
	"trust.oidc_provider": {
		Title: "another OIDC provider is trusted",
		Means: "The trust policy names an identity provider, and the token comes from another.",
		Apart: "trust.federated_only: the caller did not come by a provider.",
		Mends: "Use a role for this provider, or have the role's account add the provider and conditions for it.",
		Kinds: map[string]string{
			"case":          enKindCase,
			"account":       "the provider of that name in another account",
			"condition_key": "the principal is right, the condition keys are those of another provider",
		},
	},
	"trust.oidc_claim": {
		Title: "a claim that AWS makes no condition key of",
		Means: "A condition of the trust policy names a claim that never becomes a condition key for this provider, so it is always absent, whatever the token holds.",
		Apart: "trust.oidc_subject and trust.oidc_audience: claims that do count.",
		Mends: "The role's account asks for it in another way: by sub, or by a claim that AWS lists for the provider.",
		Kinds: map[string]string{"scheme": "the key has https:// before the provider's host"},
	},
	"trust.saml_provider": {
		Title: "another SAML provider is trusted",
		Means: "The trust policy names a SAML provider, and the assertion comes by another.",
		Apart: "trust.saml_attribute: the provider is right, an attribute is not.",
		Mends: "Sign in by the provider that is trusted, or have the role's account add this one.",
		Kinds: map[string]string{"case": enKindCase, "account": "the provider of that name in another account"},
	},
	"trust.saml_attribute": {
		Title: "a SAML attribute does not meet a condition",
		Means: "The trust policy compares what the assertion says (a saml: key, such as saml:aud), and it does not hold.",
		Apart: "trust.saml_provider: the assertion is of another provider.",
		Mends: "Correct the attribute in the identity provider, or the condition in the trust policy.",
		Kinds: map[string]string{"case": enKindCase, "no_key": "AWS makes no condition key of that attribute"},
	},
}
