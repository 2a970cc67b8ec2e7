package diagnose_test

// nested puts the caller's account into an OU that has only the given policy.
func nested(policy string, rest ...string) func(string) string {
	pairs := append([]string{
		`{"Id":"111111111111","Name":"n","ParentId":"r-abcd"`, `{"Id":"ou-abcd-11111111","Name":"Unit","ParentId":"r-abcd"},{"Id":"111111111111","Name":"n","ParentId":"ou-abcd-11111111"`,
		`"Attachments":[`, `"Attachments":[{"PolicyId":"` + policy + `","TargetId":"ou-abcd-11111111"},`,
	}, rest...)
	return orgSwap(pairs...)
}

const (
	identityDeny = " with an explicit deny in an identity-based policy: arn:aws:iam::111111111111:policy/Some"
	scpDeny      = " with an explicit deny in a service control policy: arn:aws:organizations::999999999999:policy/o-abcdefghij/service_control_policy/p-zzzzzzzz"
	vpceAll      = `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`
)

// restCauses are those of organization, network, role, message and platform.
var restCauses = map[string]example{
	// SCP
	"SCP: OU without allow":          {world{trust: trustBob, identity: allowSTS, org: nested("p-nothing", `"Policies":[`, `"Policies":[{"Id":"p-nothing","Arn":"a","Name":"nothing","Type":"SERVICE_CONTROL_POLICY","AwsManaged":false,"Content":`+doc(allowS3)+`}`)}, "denied: scp.no_allow proved"},
	"SCP: two levels without allow":  {world{trust: trustBob, identity: allowSTS, scps: allowS3, org: nested("p-allowlist")}, "denied: scp.no_allow proved, scp.no_allow proved"},
	"SCP: OU that allows":            {world{trust: trustBob, identity: allowSTS, org: nested("p-FullAWSAccess")}, allowed},
	"SCP: deny in the OU":            {world{trust: trustBob, identity: allowSTS, scps: fullWithDeny, org: nested("p-FullAWSAccess", `"PolicyId":"p-allowlist","TargetId":"111111111111"`, `"PolicyId":"p-FullAWSAccess","TargetId":"111111111111"},{"PolicyId":"p-allowlist","TargetId":"ou-abcd-11111111"`)}, "denied: scp.explicit_deny proved"},
	"SCP: deny list without full":    {world{trust: trustBob, identity: allowSTS, scps: denyAssume}, "denied: scp.explicit_deny proved, scp.no_allow proved"},
	"SCP: region deny spares STS":    {world{trust: trustBob, identity: allowSTS, scp: `{"Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1"]}}}`}, allowed},
	"SCP: region deny with a spared": {world{trust: trustBob, identity: allowSTS, scp: `{"Effect":"Deny","NotAction":["iam:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1"]},"ArnNotLike":{"aws:PrincipalARN":"arn:aws:iam::*:role/Admin"}}}`}, "denied: scp.region_deny proved"},
	"SCP: unless admin":              {world{trust: trustBob, identity: allowSTS, scp: denyIf(`"ArnNotLike":{"aws:PrincipalARN":"arn:*:iam::*:role/Admin"}`)}, "denied: scp.explicit_deny proved"},
	"SCP: session name":              {world{trust: trustBob, identity: allowSTS, scp: denyIf(`"StringNotLike":{"sts:RoleSessionName":"bob-*"}`)}, "denied: scp.explicit_deny likely (elimination)"},
	"SCP: MFA":                       {world{trust: trustBob, identity: allowSTS, scp: denyNoMFA}, "denied: scp.explicit_deny likely (default)"},
	"SCP: perimeter by account":      {world{trust: trustBob, identity: allowSTS, scp: denyIf(`"StringNotEquals":{"aws:ResourceAccount":["111111111111"]}`)}, "denied: scp.perimeter proved"},
	"SCP: perimeter by path":         {world{trust: trustBob, identity: allowSTS, scp: denyIf(`"ForAllValues:StringNotLike":{"aws:ResourceOrgPaths":["o-zzzzzzzzzz/*"]}`)}, "denied: scp.perimeter proved"},
	"SCP: not enabled":               {world{trust: trustBob, identity: allowSTS, scp: denySTS, org: orgSwap(`{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"},`, "")}, allowed},
	"SCP: nothing known":             {world{unsure: true, trust: trustBob, identity: allowSTS}, "undetermined: evidence.unreadable possible [scp]"},
	"SCP: nothing known, nobody":     {world{unsure: true, trust: trustCarol, identity: allowSTS}, notAllowed},
	"SCP: silent, and nobody":        {world{trust: trustCarol, identity: allowSTS, scps: allowS3}, "denied: trust.no_principal proved [other_principal], scp.no_allow proved"},

	// RCP
	"RCP: outside organization": {world{trust: trustBob, identity: allowSTS, rcp: rcpDeny(`"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}`)}, "denied: rcp.explicit_deny proved"},
	"RCP: inside organization":  {world{trust: trustBob, identity: allowSTS, rcp: rcpDeny(`"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}`)}, allowed},
	"RCP: demands ExternalId":   {world{trust: trustBob, identity: allowSTS, rcp: rcpDeny(`"Null":{"sts:ExternalId":"true"}`)}, "denied: rcp.explicit_deny likely (default)"},
	"RCP: and nobody":           {world{trust: trustCarol, identity: allowSTS, rcp: denyRCP}, "denied: rcp.explicit_deny proved, trust.no_principal proved [other_principal]"},

	// endpoint
	"endpoint: another role":  {world{trust: trustBob, identity: allowSTS, vpce: `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/Other"}`}, "denied: vpce.no_allow proved [name]"},
	"endpoint: allows":        {world{trust: trustBob, identity: allowSTS, vpce: `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole","Resource":"*"}`}, allowed},
	"endpoint: last of all":   {world{trust: trustCarol, vpce: `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}`}, "denied: trust.no_principal proved [other_principal], identity.no_allow proved, vpce.no_allow proved"},
	"endpoint: not read":      {world{trust: trustBob, identity: allowSTS, edit: field("vpcEndpointId", `"vpce-0aaaaaaaaaaaaaaaa"`)}, "undetermined: evidence.unreadable possible [vpce]"},
	"endpoint: named":         {world{trust: trustBob, identity: allowSTS, edit: field("vpcEndpointId", `"vpce-0aaaaaaaaaaaaaaaa"`), suffix: " because no VPC endpoint policy allows the sts:AssumeRole action"}, "denied: vpce.no_allow likely (message)"},
	"endpoint: named, denies": {world{trust: trustBob, identity: allowSTS, edit: field("vpcEndpointId", `"vpce-0aaaaaaaaaaaaaaaa"`), suffix: " with an explicit deny in a VPC endpoint policy"}, "denied: vpce.explicit_deny likely (message)"},
	"all guardrails":          {world{trust: trustHome + `,{"Effect":"Deny","Principal":"*","Action":"sts:*"}`, identity: allowSTS + "," + denyNoMFA + "," + denyAssume, mfa: "true", boundary: fullWithDeny, scp: denyRegion, rcp: denyRCP, vpce: vpceAll + `,{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}`}, "denied: identity.explicit_deny proved, boundary.explicit_deny proved, scp.region_deny proved, rcp.explicit_deny proved, vpce.explicit_deny proved, trust.explicit_deny proved"},

	// the role
	"role: case":             {world{trust: trustBob, identity: allowSTS, role: "team/target"}, "denied: role.not_found proved [case]"},
	"role: path":             {world{trust: trustBob, identity: allowSTS, role: "Target"}, "denied: role.not_found proved [path]"},
	"role: case, console":    {world{trust: trustBob, identity: allowSTS, role: "team/target", edit: console}, "denied: role.not_found likely (conflict) [case]"},
	"role: suffix":           {world{in: home, trust: trustBob, identity: allowSTS, role: "aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_ffffffffffffffff"}, "denied: role.not_found proved [sso_suffix]"},
	"role: another account":  {world{trust: trustBob, identity: allowSTS, role: "app/Runner"}, "denied: role.other_account proved [account], role.not_found proved"},
	"role: none, and silent": {world{trust: trustBob, identity: allowS3, role: "Elsewhere"}, "denied: role.not_found proved, identity.no_allow proved"},
	"role: a session":        {world{trust: trustBob, identity: allowSTS, role: "arn:aws:sts::222222222222:assumed-role/Target/s"}, "denied: role.not_a_role proved [assumed_role]"},
	"role: none, and denied": {world{trust: trustBob, identity: fullWithDeny, role: "Elsewhere"}, "denied: identity.explicit_deny proved, role.not_found proved"},
	"role: not said":         {world{trust: trustBob, identity: allowSTS, edit: failure("AccessDenied", "Not authorized to perform sts:AssumeRole")}, "undetermined: evidence.role_unknown possible [no_resource]"},
	"role: not said, trust":  {world{trust: trustBob, identity: allowSTS, edit: failure("AccessDenied", "User: arn:aws:iam::111111111111:user/bob is not authorized to perform: sts:AssumeRole because no role trust policy allows the sts:AssumeRole action")}, "denied: trust.no_allow likely (message), evidence.role_unknown possible [no_resource]"},
	"role: not said, deny":   {world{trust: trustBob, identity: allowSTS, edit: failure("AccessDenied", "User: arn:aws:iam::111111111111:user/bob is not authorized to perform: sts:AssumeRole with an explicit deny in the role trust policy")}, "denied: trust.explicit_deny likely (message), evidence.role_unknown possible [no_resource]"},
	"role: recorded":         {world{trust: trustCarol, identity: allowSTS, params: `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s-1"}`, edit: failure("AccessDenied", "An unknown error occurred")}, notAllowed},

	// companions
	"tags: the caller's policies":  {world{action: "sts:TagSession", trust: trustBob + "," + allow("user/bob", "sts:TagSession"), identity: allowAssume}, "denied: companion.tag_session proved"},
	"tags: both sides":             {world{action: "sts:TagSession", trust: trustBob, identity: allowAssume}, "denied: companion.tag_session proved, companion.tag_session proved"},
	"tags: SCP":                    {world{action: "sts:TagSession", trust: trustBob + "," + allow("user/bob", "sts:TagSession"), identity: allowSTS, scp: `{"Effect":"Deny","Action":"sts:TagSession","Resource":"*"}`}, "denied: companion.tag_session proved"},
	"context":                      {world{action: "sts:SetContext", trust: trustBob, identity: allowSTS}, "denied: companion.set_context proved"},
	"tags: recorded, not named":    {world{trust: trustBob, identity: allowSTS, params: `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s-1","tags":[{"key":"team","value":"blue"}]}`}, "denied: companion.tag_session proved"},
	"tags: recorded, wrong value":  {world{action: "sts:TagSession", trust: trustBob + `,{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:TagSession","Condition":{"StringEquals":{"aws:RequestTag/team":"red"}}}`, identity: allowSTS, params: `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s-1","tags":[{"key":"team","value":"blue"}]}`}, "denied: companion.tag_session proved [other_value]"},
	"identity: by session name":    {world{caller: "role", source: "bob", action: "sts:SetSourceIdentity", identity: allowSTS, know: knows("sts:RoleSessionName", "job-1"), trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":["sts:AssumeRole","sts:SetSourceIdentity"],"Condition":{"StringLike":{"sts:RoleSessionName":"job-*"}}}`}, "denied: companion.set_source_identity proved [inherited]"},
	"identity: known":              {world{trust: trustBob, identity: allowSTS, know: knows("sts:SourceIdentity", "bob")}, "denied: companion.set_source_identity proved"},
	"identity: named, not allowed": {world{trust: trustBob, identity: allowSTS, action: "sts:SetSourceIdentity"}, "denied: companion.set_source_identity proved"},
	"identity: inherited, allowed": {world{caller: "role", source: "bob", trust: trustRunner + "," + allow("role/app/Runner", "sts:SetSourceIdentity"), identity: allowSTS}, "undetermined: evidence.contradiction possible"},

	// the message
	"message: agrees":                         {world{trust: trustBob, identity: fullWithDeny, suffix: identityDeny}, "denied: identity.explicit_deny proved"},
	"message: contradicts, all allows":        {world{trust: trustBob, identity: allowSTS, suffix: " with an explicit deny in a service control policy"}, allowed},
	"message: SCP that no file has":           {world{trust: trustBob, identity: allowSTS, suffix: scpDeny}, "denied: scp.explicit_deny likely (message)"},
	"message: policy that no file has":        {world{trust: trustBob, identity: allowS3, suffix: identityDeny}, "denied: identity.no_allow proved, identity.explicit_deny likely (message)"},
	"message: contradicts, another denies":    {world{trust: trustBob, identity: allowS3, suffix: " because no role trust policy allows the sts:AssumeRole action"}, "denied: identity.no_allow proved"},
	"message: SCP that is not known":          {world{unsure: true, trust: trustBob, identity: allowSTS, suffix: scpDeny}, "denied: scp.explicit_deny likely (message)"},
	"message: SCP, implicit, not known":       {world{unsure: true, trust: trustBob, identity: allowSTS, suffix: " because no service control policy allows the sts:AssumeRole action"}, "denied: scp.no_allow likely (message)"},
	"message: RCP that is not known":          {world{unsure: true, trust: trustBob, identity: allowSTS, suffix: " with an explicit deny in a resource control policy"}, "denied: rcp.explicit_deny likely (message)"},
	"message: boundary that is not read":      {world{unread: home, trust: trustBob, suffix: " because no permissions boundary allows the sts:AssumeRole action"}, "denied: boundary.no_allow likely (message)"},
	"message: boundary denies, not read":      {world{unread: home, trust: trustBob, suffix: " with an explicit deny in a permissions boundary: arn:aws:iam::111111111111:policy/Limit"}, "denied: boundary.explicit_deny likely (message)"},
	"message: identity that is not read":      {world{unread: home, trust: trustBob, suffix: " because no identity-based policy allows the sts:AssumeRole action"}, "denied: identity.no_allow likely (message)"},
	"message: identity denies, not read":      {world{unread: home, trust: trustBob, suffix: identityDeny}, "denied: identity.explicit_deny likely (message)"},
	"message: trust denies, not read":         {world{unread: other, identity: allowSTS, suffix: " with an explicit deny in a role trust policy"}, "denied: trust.explicit_deny likely (message)"},
	"message: resource-based, not read":       {world{unread: other, identity: allowSTS, suffix: " because no resource-based policy allows the sts:AssumeRole action"}, "denied: trust.no_allow likely (message)"},
	"message: session policy denies":          {world{caller: "role", trust: trustRunner, identity: allowSTS, suffix: " with an explicit deny in a session policy"}, "denied: session.explicit_deny likely (message)"},
	"message: session policy, and no allow":   {world{caller: "role", trust: trustRunner, identity: allowS3, suffix: " because no sessions policy allows the sts:AssumeRole action"}, "denied: identity.no_allow proved, session.no_allow likely (message)"},
	"message: SCP, in the management account": {world{mgmt: home, trust: trustBob, identity: allowSTS, suffix: scpDeny}, allowed},
	"message: SCP that may deny":              {world{trust: trustIf(external), identity: allowSTS, scp: denyIf(`"StringNotLike":{"sts:RoleSessionName":"bob-*"}`), suffix: scpDeny}, "denied: scp.explicit_deny likely (message), trust.external_id_missing likely (default)"},

	// policies that are not understood
	"policy: unknown operator, trust":  {world{identity: allowSTS, trust: trustIf(`"StringSomehow":{"aws:PrincipalArn":"x"}`)}, "undetermined: evidence.unreadable possible [trust]"},
	"policy: unknown operator, deny":   {world{trust: trustBob, identity: allowSTS + "," + denyIf(`"StringSomehow":{"aws:PrincipalArn":"x"}`)}, "undetermined: evidence.unreadable possible [identity]"},
	"policy: unknown effect":           {world{trust: trustBob, identity: allowSTS + `,{"Effect":"deny","Action":"sts:*","Resource":"*"}`}, "undetermined: evidence.unreadable possible [identity]"},
	"policy: unknown effect elsewhere": {world{trust: trustBob, identity: allowSTS + `,{"Effect":"deny","Action":"s3:*","Resource":"*"}`}, "undetermined: evidence.unreadable possible [identity]"},
	"policy: member twice":             {world{identity: allowSTS, trust: `{"Effect":"Allow","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:AssumeRole"}`}, "undetermined: evidence.unreadable possible [trust]"},
	"policy: no JSON":                  {world{loud: true, trust: trustBob, identity: allowSTS, account: swap(home, `"PolicyDocument":`+doc(allowSTS), `"PolicyDocument":"%7B%22Version%22"`)}, "undetermined: evidence.unreadable possible [identity]"},
	"policy: no JSON, and nobody":      {world{loud: true, trust: trustCarol, identity: allowSTS, account: swap(home, `"PolicyDocument":`+doc(allowSTS), `"PolicyDocument":"%7B%22Version%22"`)}, notAllowed},
	"policy: no JSON, trust":           {world{loud: true, trust: trustBob, identity: allowSTS, account: swap(other, `"AssumeRolePolicyDocument":`+doc(trustBob), `"AssumeRolePolicyDocument":"{"`)}, "undetermined: evidence.unreadable possible [trust]"},
	"policy: no JSON, trust, at home":  {world{loud: true, in: home, trust: trustBob, identity: allowS3, account: swap(home, `"AssumeRolePolicyDocument":`+doc(trustBob), `"AssumeRolePolicyDocument":"{"`)}, "undetermined: identity.no_allow possible, evidence.unreadable possible [trust]"},
	"policy: no variables":             {world{identity: allowSTS, trust: trustIf(`"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:user/${aws:username}"}`), account: swap(other, `{"Version":"2012-10-17",`, `{"Version":"2008-10-17",`)}, "denied: trust.principal_arn proved"},

	// more of the message, of unread policies and of what the operator knows
	"message: session policy, and ExternalId": {world{caller: "role", trust: trustIf(external), identity: allowSTS, suffix: " because no session policy allows the sts:AssumeRole action"}, "denied: trust.external_id_missing likely (default), session.no_allow likely (message)"},
	"message: trust, two unknown":             {world{trust: trustIf(name), identity: allowIf(`"StringEquals":{"aws:ViaCustomerDomain":"true"}`), suffix: " because no role trust policy allows the sts:AssumeRole action"}, "denied: trust.session_name likely (message)"},
	"message: boundary, and there is none":    {world{trust: trustBob, identity: allowSTS, suffix: " because no permissions boundary allows the sts:AssumeRole action"}, allowed},
	"message: boundary, where pages disagree": {world{in: home, trust: trustBob, boundary: allowS3, suffix: " because no permissions boundary allows the sts:AssumeRole action"}, "denied: boundary.no_allow likely (message)"},
	"message: tags, role not read":            {world{unread: other, trust: trustBob, identity: allowSTS, action: "sts:TagSession"}, "denied: companion.tag_session likely (message)"},
	"message: RCP, role in the management":    {world{mgmt: other, trust: trustBob, identity: allowSTS, suffix: " with an explicit deny in a resource control policy"}, allowed},
	"unread: identity, and ExternalId":        {world{unread: home, trust: trustIf(external)}, "denied: trust.external_id_missing likely (default)"},
	"unread: role, and MFA":                   {world{unread: other, trust: trustBob, identity: allowSTS + "," + denyNoMFA}, "denied: identity.mfa_required likely (default)"},
	"unread: the one account of both":         {world{in: home, unread: home, trust: trustBob}, "undetermined: evidence.unreadable possible [trust]"},
	"unknown: deny, and the pages disagree":   {world{in: home, trust: trustBob + "," + trustDeny(`"StringEquals":{"aws:ViaCustomerDomain":"true"}`), boundary: allowS3}, "undetermined: trust.explicit_deny possible, boundary.no_allow possible"},
	"outside: own organization demanded":      {world{trust: trustBob, identity: allowSTS, scp: denyIf(`"StringNotEquals":{"aws:ResourceOrgID":"o-abcdefghij"}`), org: orgSwap(`,{"Id":"222222222222","Name":"n","ParentId":"r-abcd","State":"ACTIVE"}`, "", `,{"PolicyId":"p-FullAWSAccess","TargetId":"222222222222"}`, "")}, "denied: scp.perimeter proved"},
	"role not said: identity denies all":      {world{trust: trustBob, identity: fullWithDeny, edit: failure("AccessDenied", "Not authorized to perform sts:AssumeRole")}, "denied: identity.explicit_deny proved, evidence.role_unknown possible [no_resource]"},
	"known: region":                           {world{trust: trustIf(region), identity: allowSTS, know: knows("aws:RequestedRegion", "eu-central-1")}, allowed},
	"known: address":                          {world{trust: trustIf(ip), identity: allowSTS, know: knows("aws:SourceIp", "192.0.2.9")}, allowed},
	"known: tags":                             {world{trust: trustBob, identity: allowSTS, know: knows("aws:RequestTag/team", "blue")}, "denied: companion.tag_session proved"},
	"known: tag of a role's session":          {world{caller: "role", trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`), identity: allowSTS, know: knows("aws:PrincipalTag/team", "red")}, "denied: trust.principal_tag proved [other_value]"},
	"console: session without MFA":            {world{mfa: "false", trust: trustIf(mfa), identity: allowSTS, edit: console}, "denied: trust.mfa_missing proved"},
	"console: session with MFA":               {world{mfa: "true", trust: trustIf(mfa), identity: allowSTS, edit: console}, allowed},

	// failures that no policy decides
	"platform: MFA code":        {world{trust: trustBob, identity: allowSTS, edit: failure("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")}, "not_a_policy_denial: platform.mfa_code proved [code]"},
	"platform: MFA serial":      {world{trust: trustBob, identity: allowSTS, edit: failure("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.")}, "not_a_policy_denial: platform.mfa_code proved [serial]"},
	"platform: region":          {world{trust: trustBob, identity: allowSTS, edit: failure("RegionDisabledException", "STS is not activated in this region for account:222222222222. Your account administrator can activate STS in this region using the IAM Console.")}, "not_a_policy_denial: platform.sts_region proved"},
	"platform: duration":        {world{trust: trustBob, identity: allowSTS, edit: failure("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")}, "not_a_policy_denial: platform.session_duration proved [maximum]"},
	"platform: source identity": {world{caller: "role", source: "bob", trust: trustRunner, identity: allowSTS, edit: failure("ValidationError", "The source identity is already set for this assume role session")}, "not_a_policy_denial: platform.request_invalid proved [source_identity]"},
	"platform: expired":         {world{trust: trustBob, identity: allowSTS, edit: failure("ExpiredToken", "The security token included in the request is expired")}, "not_a_policy_denial: platform.credentials proved [expired]"},
	"platform: throttled":       {world{trust: trustBob, identity: allowSTS, edit: failure("ThrottlingException", "Rate exceeded")}, "not_a_policy_denial: platform.throttled proved"},
	"platform: signed late":     {world{trust: trustBob, identity: allowSTS, edit: failure("RequestExpired", "")}, "not_a_policy_denial: platform.credentials proved [clock]"},
	"platform: no key":          {world{trust: trustBob, identity: allowSTS, edit: failure("AuthFailure", "")}, "not_a_policy_denial: platform.credentials proved"},
	"platform: slow down":       {world{trust: trustBob, identity: allowSTS, edit: failure("SlowDown", "")}, "not_a_policy_denial: platform.throttled proved"},
	"platform: of a client":     {world{trust: trustBob, identity: allowSTS, edit: failure("Client.RequestLimitExceeded", "")}, "not_a_policy_denial: platform.throttled proved"},
	"platform: AWS fails":       {world{trust: trustBob, identity: allowSTS, edit: failure("InternalFailure", "The request processing has failed")}, "not_a_policy_denial: platform.throttled possible [service]"},
	"platform: not known":       {world{trust: trustBob, identity: allowSTS, edit: failure("SomethingNew", "It is new.")}, "not_a_policy_denial: platform.request_invalid possible [unknown_code]"},
	"platform: packed":          {world{trust: trustBob, identity: allowSTS, edit: failure("PackedPolicyTooLarge", "Packed size of session tags consumes 120% of allotted space.")}, "not_a_policy_denial: platform.request_invalid proved [packed_size]"},
	"platform: claims": {world{edit: func(f map[string]string) {
		web(githubProvider, "sts.amazonaws.com", "repo:example/app:ref:refs/heads/main")(f)
		failure("IDPRejectedClaim", "x")(f)
	}, trust: trustWeb(`"StringLike":{"` + github + `:sub":"repo:example/app:*"}`)}, "not_a_policy_denial: platform.identity_token proved [rejected]"},
}
