package diagnose_test

// trustCauses are those of the trust policy.
var trustCauses = map[string]example{
	// principals
	"trust: path of the role":            {world{caller: "role", identity: allowSTS, trust: allow("role/Runner", "sts:AssumeRole")}, notAllowed},
	"trust: two other accounts":          {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"AWS":["333333333333","arn:aws:iam::444444444444:root"]},"Action":"sts:AssumeRole"}`}, "denied: trust.no_principal proved [account]"},
	"trust: account's digits":            {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111112:root"},"Action":"sts:AssumeRole"}`}, "denied: trust.no_principal proved [account]"},
	"trust: carol, and another account":  {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"AWS":["333333333333","arn:aws:iam::111111111111:user/carol"]},"Action":"sts:AssumeRole"}`}, notAllowed},
	"trust: all but one":                 {world{identity: allowSTS, trust: trustHome + `,{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111111111111:user/carol","arn:aws:iam::111111111111:root"]},"Action":"sts:AssumeRole"}`}, "denied: trust.explicit_deny proved"},
	"trust: all but bob":                 {world{identity: allowSTS, trust: trustHome + `,{"Effect":"Deny","NotPrincipal":{"AWS":["arn:aws:iam::111111111111:user/bob","arn:aws:iam::111111111111:root"]},"Action":"sts:AssumeRole"}`}, allowed},
	"trust: orphaned role":               {world{caller: "role", identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEEXAMPLEOLD"},"Action":"sts:AssumeRole"}`}, "denied: trust.orphaned_principal proved"},
	"trust: another API":                 {world{identity: allowSTS, trust: allow("user/bob", "sts:AssumeRoleWithSAML")}, "denied: trust.action_mismatch proved"},
	"trust: everyone, for another API":   {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":"*","Action":"sts:TagSession"}`}, "denied: trust.action_mismatch proved"},
	"trust: bob's tags, carol's role":    {world{identity: allowSTS, trust: allow("user/bob", "sts:TagSession") + "," + trustCarol}, "denied: trust.action_mismatch proved"},
	"trust: service and federated":       {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::222222222222:saml-provider/Idp"},"Action":"sts:AssumeRoleWithSAML"}`}, "denied: trust.no_principal proved"},
	"trust: service and carol":           {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"},` + trustCarol}, notAllowed},
	"trust: nothing but a deny":          {world{identity: allowSTS, trust: `{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111111111111:user/carol"},"Action":"sts:AssumeRole"}`}, "denied: trust.no_principal proved"},
	"trust: two denies":                  {world{identity: allowSTS, trust: trustBob + `,{"Effect":"Deny","Principal":"*","Action":"sts:*"},{"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:AssumeRole"}`}, "denied: trust.explicit_deny proved, trust.explicit_deny proved"},
	"trust: deny and nobody":             {world{identity: allowSTS, trust: trustCarol + `,{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`}, "denied: trust.explicit_deny proved, trust.no_principal proved [other_principal]"},
	"trust: wildcard beside the account": {world{identity: allowSTS, trust: `{"Effect":"Allow","Principal":{"AWS":["arn:aws:iam::111111111111:user/b*","arn:aws:iam::111111111111:root"]},"Action":"sts:AssumeRole"}`}, allowed},

	// Deny statements with conditions: the specific code replaces explicit_deny

	// ExternalId
	"ExternalId: pattern":          {world{identity: allowSTS, trust: trustIf(`"StringLike":{"sts:ExternalId":"k-*"}`)}, "denied: trust.external_id_missing likely (default)"},
	"ExternalId: any":              {world{identity: allowSTS, trust: trustIf(`"Null":{"sts:ExternalId":"false"}`)}, "denied: trust.external_id_missing likely (default)"},
	"ExternalId: white space":      {world{identity: allowSTS, trust: trustIf(external), know: knows("sts:ExternalId", "k-1 ")}, "denied: trust.external_id_mismatch proved [white_space]"},
	"ExternalId: another":          {world{identity: allowSTS, trust: trustIf(external), know: knows("sts:ExternalId", "z-9")}, "denied: trust.external_id_mismatch proved"},
	"ExternalId: right":            {world{identity: allowSTS, trust: trustIf(external), know: knows("sts:ExternalId", "k-1")}, allowed},
	"ExternalId: recorded":         {world{identity: allowSTS, trust: trustIf(external), params: `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s-1"}`}, "denied: trust.external_id_missing proved"},
	"ExternalId: other recorded":   {world{identity: allowSTS, trust: trustIf(external), params: `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s-1","externalId":"z-9"}`}, "denied: trust.external_id_mismatch proved"},
	"ExternalId: console":          {world{identity: allowSTS, trust: trustIf(external), edit: console}, "denied: trust.external_id_console proved"},
	"ExternalId: everyone, silent": {world{trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{` + external + `}}`}, "denied: identity.no_allow proved, trust.external_id_missing likely (default)"},

	// MFA
	"MFA: age, session":          {world{mfa: "true", identity: allowSTS, trust: trustIf(`"NumericLessThan":{"aws:MultiFactorAuthAge":"900"}`)}, "denied: trust.mfa_too_old likely (default)"},
	"MFA: age, known":            {world{mfa: "true", identity: allowSTS, trust: trustIf(`"NumericLessThan":{"aws:MultiFactorAuthAge":"900"}`), know: knows("aws:MultiFactorAuthAge", "1613")}, "denied: trust.mfa_too_old proved"},
	"MFA: age, long-term key":    {world{identity: allowSTS, trust: trustIf(`"NumericLessThan":{"aws:MultiFactorAuthAge":"900"}`)}, "denied: trust.mfa_missing likely (default)"},
	"MFA: age, role session":     {world{caller: "role", identity: allowSTS, trust: trustIf(`"NumericLessThan":{"aws:MultiFactorAuthAge":"900"}`)}, "denied: trust.mfa_missing proved"},
	"MFA: Null":                  {world{identity: allowSTS, trust: trustIf(`"Null":{"aws:MultiFactorAuthPresent":"false"}`)}, "denied: trust.mfa_missing likely (default)"},
	"MFA: known":                 {world{identity: allowSTS, trust: trustIf(mfa), know: knows("aws:MultiFactorAuthPresent", "true")}, allowed},
	"MFA: lost, beside an allow": {world{caller: "role", mfa: "true", identity: allowS3, trust: trustIf(mfa)}, "denied: identity.no_allow proved"},

	// tags
	"tags: request":           {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:RequestTag/team":"blue"}`)}, "denied: trust.request_tag likely (default) [missing]"},
	"tags: request, known":    {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:RequestTag/team":"blue"}`), know: knows("aws:RequestTag/team")}, "denied: trust.request_tag proved [missing]"},
	"tags: request, console":  {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:RequestTag/team":"blue"}`), edit: console}, "denied: trust.request_tag proved [missing]"},
	"tags: role lacks it":     {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:ResourceTag/env":"prod"}`)}, "denied: trust.resource_tag proved [missing]"},
	"tags: role has another":  {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"iam:ResourceTag/env":"prod"}`), account: swap(other, `"Tags":[]`, `"Tags":[{"Key":"Env","Value":"dev"}]`)}, "denied: trust.resource_tag proved [other_value]"},
	"tags: some key of many":  {world{identity: allowSTS, trust: trustIf(`"ForAnyValue:StringEquals":{"aws:TagKeys":["team"]}`)}, "denied: trust.request_tag likely (default) [missing]"},
	"tags: key in other case": {world{identity: allowSTS, tags: `[{"Key":"Team","Value":"blue"}]`, trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`)}, allowed},
	"tags: instance":          {world{caller: "ec2", identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`)}, "denied: trust.principal_tag likely (default) [missing]"},

	// the caller's ARN
	"ARN: suffix":       {world{caller: "sso", identity: allowSTS, trust: trustIf(`"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Dev_fedcba9876543210"}`)}, "denied: trust.principal_arn proved [sso_suffix]"},
	"ARN: path":         {world{caller: "role", identity: allowSTS, trust: trustIf(`"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/Runner"}`)}, "denied: trust.principal_arn proved [path]"},
	"ARN: case":         {world{caller: "role", identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/app/runner"}`)}, "denied: trust.principal_arn proved [case]"},
	"ARN: suffix given": {world{caller: "sso", identity: allowSTS, trust: trustIf(`"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Dev_*"}`)}, "undetermined: evidence.contradiction possible"},

	// network, organization, time, region
	"network: endpoint demanded":  {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:SourceVpce":"vpce-0aaaaaaaaaaaaaaaa"}`)}, "denied: trust.source_network proved"},
	"network: address, endpoint":  {world{identity: allowSTS, vpce: `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`, trust: trustIf(`"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}`)}, "denied: trust.source_ip proved [endpoint]"},
	"network: another VPC":        {world{identity: allowSTS, vpce: `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`, trust: trustIf(`"StringEquals":{"aws:SourceVpc":"vpc-0aaaaaaaaaaaaaaaa"}`)}, "denied: trust.source_network proved"},
	"network: address in the VPC": {world{identity: allowSTS, vpce: `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}`, trust: trustIf(`"IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"}`)}, allowed},
	"network: console":            {world{identity: allowSTS, trust: trustIf(ip), edit: console}, "denied: trust.source_ip likely (elimination)"},
	"organization: another OU":    {world{identity: allowSTS, trust: trustIf(`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-abcdefghij/r-abcd/ou-abcd-11111111/*"}`)}, "denied: trust.organization proved"},
	"organization: the root's":    {world{identity: allowSTS, trust: trustIf(`"ForAnyValue:StringLike":{"aws:PrincipalOrgPaths":"o-abcdefghij/r-abcd/*"}`)}, allowed},
	"organization: unknown":       {world{unsure: true, identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"}`)}, "undetermined: trust.organization possible, evidence.unreadable possible [scp]"},
	"time: two bounds":            {world{identity: allowSTS, trust: trustIf(`"DateGreaterThan":{"aws:CurrentTime":"2026-10-01T00:00:00Z"},"DateLessThan":{"aws:CurrentTime":"2026-10-10T00:00:00Z"}`)}, "denied: trust.expired proved"},
	"time: bounds the wrong way":  {world{identity: allowSTS, trust: trustIf(`"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"},"DateGreaterThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}`)}, "denied: trust.expired proved, trust.not_yet_valid proved"},
	"time: seconds":               {world{identity: allowSTS, trust: trustIf(`"NumericLessThan":{"aws:EpochTime":"1700000000"}`)}, "denied: trust.expired proved"},
	"region: global endpoint":     {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:RequestedRegion":"eu-west-1"}`), edit: field("awsRegion", `"us-east-1"`, "tlsDetails", `{"clientProvidedHostHeader":"sts.amazonaws.com"}`)}, "denied: trust.requested_region proved [global_endpoint]"},
	"confused deputy: a user":     {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"aws:SourceOrgID":"o-abcdefghij"}`)}, "denied: trust.confused_deputy proved"},
	"Null: temporary credentials": {world{identity: allowSTS, trust: trustIf(`"Null":{"aws:TokenIssueTime":"false"}`)}, "denied: trust.condition proved"},
	"a key that is never there":   {world{identity: allowSTS, trust: trustIf(`"NumericLessThanEquals":{"sts:DurationSeconds":"3600"}`)}, "denied: trust.condition proved"},

	// session name and source identity
	"session name: user name":           {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"sts:RoleSessionName":"${aws:username}"}`)}, "denied: trust.session_name likely (elimination)"},
	"session name: user name of a role": {world{caller: "role", identity: allowSTS, trust: trustIf(`"StringLike":{"sts:RoleSessionName":"x-${aws:username}"}`)}, "denied: trust.session_name proved [variable]"},
	"session name: known, wrong":        {world{identity: allowSTS, trust: trustIf(name), know: knows("sts:RoleSessionName", "alice")}, "denied: trust.session_name proved"},
	"session name: known, right":        {world{identity: allowSTS, trust: trustIf(name), know: knows("sts:RoleSessionName", "bob-1")}, allowed},
	"source identity: demanded":         {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"sts:SourceIdentity":"bob"}`)}, "denied: trust.source_identity likely (default)"},
	"source identity: console":          {world{identity: allowSTS, trust: trustIf(`"StringEquals":{"sts:SourceIdentity":"bob"}`), edit: console}, "denied: trust.source_identity proved [console]"},

	// several statements
	"several: equally near":              {world{identity: allowSTS, trust: trustIf(ip) + "," + trustIf(region)}, "denied: trust.source_ip proved"},
	"several: two by default":            {world{identity: allowSTS, trust: trustIf(external) + "," + trustIf(mfa)}, "denied: trust.external_id_missing likely (default)"},
	"several: carol, and the account if": {world{identity: allowSTS, trust: trustCarol + "," + trustIf(ip)}, "denied: trust.source_ip proved"},
	"several: fewer failing conditions":  {world{identity: allowSTS, trust: trustIf(ip+","+region) + "," + trustIf(external)}, "denied: trust.external_id_missing likely (default)"},
	"several: proved and unknown":        {world{identity: allowSTS, trust: trustIf(ip + "," + name)}, "denied: trust.source_ip proved"},

	// web identity
	"web: branch":       {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:example/app:ref:refs/heads/dev"), trust: trustWeb(`"StringEquals":{"` + github + `:aud":"sts.amazonaws.com","` + github + `:sub":"repo:example/app:ref:refs/heads/main"}`)}, "denied: trust.oidc_subject proved [branch]"},
	"web: audience":     {world{edit: web(githubProvider, "https://github.com/example", "repo:example/app:ref:refs/heads/main"), trust: trustWeb(`"StringEquals":{"` + github + `:aud":"sts.amazonaws.com","` + github + `:sub":"repo:example/app:ref:refs/heads/main"}`)}, "denied: trust.oidc_audience proved"},
	"web: provider":     {world{edit: web("arn:aws:iam::222222222222:oidc-provider/gitlab.com", "sts.amazonaws.com", "project_path:example/app"), trust: trustWeb(`"StringEquals":{"` + github + `:aud":"sts.amazonaws.com"}`)}, "denied: trust.oidc_provider proved"},
	"web: claim":        {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:example/app:ref:refs/heads/main"), trust: trustWeb(`"StringEquals":{"` + github + `:base_ref":"main"}`)}, "denied: trust.oidc_claim proved"},
	"web: wrong action": {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:example/app:ref:refs/heads/main"), trust: `{"Effect":"Allow","Principal":{"Federated":"` + githubProvider + `"},"Action":"sts:AssumeRole"}`}, "denied: trust.action_mismatch proved"},
	"web: immutable":    {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:example@11/app@22:ref:refs/heads/main"), trust: trustWeb(`"StringLike":{"` + github + `:sub":"repo:example/app:*"}`)}, "denied: trust.oidc_subject proved [immutable_id]"},
	"web: perimeter":    {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:example/app:ref:refs/heads/main"), trust: trustWeb(`"StringLike":{"` + github + `:sub":"repo:example/app:*"}`), rcp: `{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*","Condition":{"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}}`}, "denied: rcp.explicit_deny proved"},
}
