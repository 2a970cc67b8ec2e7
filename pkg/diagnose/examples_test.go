package diagnose_test

import "testing"

// example is a small world and the whole set of causes that it must yield.
type example struct {
	world
	want string
}

// moreCauses were written from the rules alone, before the program was read.
var moreCauses = map[string]example{
	// identity
	"identity: NotAction deny":                     {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","NotAction":"iam:*","Resource":"*"}`}, "denied: identity.explicit_deny proved"},
	"identity: NotAction deny spares":              {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","NotAction":["iam:*","STS:Assume*"],"Resource":"*"}`}, allowed},
	"identity: NotResource deny":                   {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","Action":"sts:AssumeRole","NotResource":"arn:aws:iam::222222222222:role/Other"}`}, "denied: identity.explicit_deny proved"},
	"identity: NotResource deny spares":            {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","Action":"sts:AssumeRole","NotResource":"arn:aws:iam::222222222222:role/team/*"}`}, allowed},
	"identity: two denies":                         {world{trust: trustBob, identity: fullWithDeny + "," + denySTS}, "denied: identity.explicit_deny proved, identity.explicit_deny proved"},
	"identity: deny of user and of group":          {world{trust: trustBob, identity: fullWithDeny, group: denySTS}, "denied: identity.explicit_deny proved, identity.explicit_deny proved"},
	"identity: deny on the session name":           {world{trust: trustBob, identity: allowSTS + "," + denyIf(`"StringNotLike":{"sts:RoleSessionName":"bob-*"}`)}, "denied: identity.explicit_deny likely (elimination)"},
	"identity: deny on no ExternalId":              {world{trust: trustBob, identity: allowSTS + "," + denyIf(`"Null":{"sts:ExternalId":"true"}`)}, "denied: identity.explicit_deny likely (default)"},
	"identity: deny on an ExternalId":              {world{trust: trustBob, identity: allowSTS + "," + denyIf(`"StringEquals":{"sts:ExternalId":"bad"}`)}, "denied: identity.explicit_deny likely (elimination)"},
	"identity: unknown deny beside unknown trust":  {world{trust: trustIf(name), identity: allowSTS + "," + denyIf(`"StringEquals":{"aws:ViaCustomerDomain":"true"}`)}, "undetermined: identity.explicit_deny possible, trust.session_name possible"},
	"identity: unknown deny beside proved trust":   {world{trust: trustCarol, identity: allowSTS + "," + denyIf(`"StringEquals":{"aws:ViaCustomerDomain":"true"}`)}, notAllowed},
	"identity: Bool false, session without MFA":    {world{trust: trustBob, mfa: "false", identity: allowSTS + "," + denyIf(`"Bool":{"aws:MultiFactorAuthPresent":"false"}`)}, "denied: identity.mfa_required likely (default)"},
	"identity: MFA deny, role session":             {world{caller: "role", trust: trustRunner, identity: allowSTS + "," + denyNoMFA}, "denied: identity.mfa_required proved"},
	"identity: MFA deny, role session with MFA":    {world{caller: "role", mfa: "true", trust: trustRunner, identity: allowSTS + "," + denyNoMFA}, "denied: identity.mfa_required likely (elimination)"},
	"identity: MFA deny, permission set says true": {world{caller: "sso", mfa: "true", trust: trustHome, identity: allowSTS + "," + denyNoMFA}, "denied: identity.mfa_required proved"},
	"identity: MFA known":                          {world{trust: trustBob, identity: allowSTS + "," + denyNoMFA, know: knows("aws:MultiFactorAuthPresent", "true")}, allowed},
	"identity: MFA known absent":                   {world{trust: trustBob, identity: allowSTS + "," + denyNoMFA, know: knows("aws:MultiFactorAuthPresent")}, "denied: identity.mfa_required proved"},
	"identity: issued after the revocation":        {world{caller: "role", trust: trustRunner, identity: allowSTS + `,{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-10-14T08:00:00Z"}}}`}, "undetermined: evidence.contradiction possible"},
	"identity: quarantine denies":                  {world{trust: trustBob, identity: allowSTS, account: attached("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV2", denySTS)}, "denied: identity.quarantined proved"},
	"identity: quarantine that does not match":     {world{trust: trustCarol, identity: allowSTS, account: attached("arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3", `{"Effect":"Deny","Action":"iam:CreateUser","Resource":"*"}`)}, notAllowed},
	"identity: session name of the allow":          {world{trust: trustBob, identity: allowIf(name)}, "denied: identity.condition likely (elimination)"},
	"identity: role without the tag":               {world{trust: trustBob, identity: allowIf(`"StringEquals":{"aws:ResourceTag/env":"dev"}`)}, "denied: identity.condition proved"},
	"identity: two conditions":                     {world{trust: trustBob, identity: allowIf(region + "," + ip)}, "denied: identity.condition proved, identity.condition proved"},
	"identity: nearer is the one for the role":     {world{trust: trustBob, identity: resource("arn:aws:iam::222222222222:role/Other") + "," + allowIf(ip)}, "denied: identity.condition proved"},
	"identity: NotAction allow":                    {world{trust: trustBob, identity: `{"Effect":"Allow","NotAction":"sts:*","Resource":"*"}`}, "denied: identity.no_allow proved"},
	"identity: another API":                        {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRoleWithSAML","Resource":"*"}`}, "denied: identity.no_allow proved"},
	"identity: case of an action":                  {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"STS:assumerole","Resource":"*"}`}, allowed},
	"identity: swapped digits":                     {world{trust: trustBob, identity: resource("arn:aws:iam::222222222221:role/team/Target")}, "denied: identity.resource_mismatch proved [account]"},
	"identity: MFA allow and address":              {world{trust: trustBob, identity: allowIf(mfa + "," + ip)}, "denied: identity.condition proved, identity.mfa_required likely (default)"},
	"identity: attached policy without document":   {world{trust: trustBob, identity: allowSTS, account: swap(home, `"AttachedManagedPolicies":[],"Tags":[],"GroupList"`, `"AttachedManagedPolicies":[{"PolicyName":"Gone","PolicyArn":"arn:aws:iam::111111111111:policy/Gone"}],"Tags":[],"GroupList"`)}, "undetermined: evidence.unreadable possible [identity]"},

	// same account
	"same account: session ARN, all else silent":  {world{in: home, caller: "role", boundary: allowS3, trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/Runner/job-7"},"Action":"sts:AssumeRole"}`}, "undetermined: evidence.contradiction possible"},
	"same account: everyone, all else silent":     {world{in: home, caller: "role", boundary: allowS3, trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}`}, "undetermined: evidence.contradiction possible"},
	"same account: AWS everyone, user":            {world{in: home, boundary: allowS3, trust: `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"sts:AssumeRole"}`}, allowed},
	"same account: role named, session unread":    {world{in: home, caller: "role", trust: trustRunner}, "undetermined: evidence.contradiction possible"},
	"same account: role named, session denied":    {world{in: home, caller: "role", trust: trustRunner, suffix: " because no session policy allows the sts:AssumeRole action"}, "denied: session.no_allow likely (message)"},
	"same account: everyone, if of a role":        {world{in: home, trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/*"}}}`}, "denied: trust.principal_arn proved"},
	"same account: user, if, and silent":          {world{in: home, trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:AssumeRole","Condition":{` + ip + `}}`}, "denied: trust.source_ip proved"},
	"same account: best of two classes":           {world{in: home, trust: trustHome + "," + trustBob}, allowed},
	"same account: tags by the account only":      {world{in: home, action: "sts:TagSession", trust: trustBob + "," + allow("root", "sts:TagSession")}, "denied: companion.tag_session proved"},
	"same account: tags by the user":              {world{in: home, action: "sts:TagSession", trust: trustBob + "," + allow("user/bob", "sts:TagSession")}, allowed},
	"same account: source identity, pages differ": {world{in: home, caller: "role", source: "bob", action: "sts:SetSourceIdentity", trust: trustRunner + "," + allow("role/app/Runner", "sts:SetSourceIdentity")}, "denied: companion.set_source_identity likely (conflict) [inherited]"},
	"same account: boundary denies":               {world{in: home, trust: trustBob, boundary: fullWithDeny}, "denied: boundary.explicit_deny proved"},
	"same account: not named, boundary silent":    {world{in: home, trust: trustCarol, boundary: allowS3, identity: denySTS}, "denied: identity.explicit_deny proved, trust.no_principal proved [other_principal]"},

	// another account
	"another account: everyone, identity silent": {world{trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}`}, "denied: identity.no_allow proved"},
	"another account: everyone, boundary silent": {world{trust: `{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}`, identity: allowSTS, boundary: allowS3}, "denied: boundary.no_allow proved"},
	"another account: session ARN, and silent":   {world{caller: "role", trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/Runner/job-7"},"Action":"sts:AssumeRole"}`}, "denied: identity.no_allow proved"},
	"three silent": {world{trust: trustCarol, boundary: allowS3}, "denied: trust.no_principal proved [other_principal], identity.no_allow proved, boundary.no_allow proved"},

	// boundary
	"boundary: another role":     {world{trust: trustBob, identity: allowSTS, boundary: resource("arn:aws:iam::222222222222:role/Other")}, "denied: boundary.no_allow proved [name]"},
	"boundary: MFA":              {world{trust: trustBob, identity: allowSTS, boundary: allowSTS + "," + denyNoMFA}, "denied: boundary.explicit_deny likely (default)"},
	"boundary: session name":     {world{trust: trustBob, identity: allowSTS, boundary: allowSTS + "," + denyIf(name)}, "denied: boundary.explicit_deny likely (elimination)"},
	"boundary: deny, no allow":   {world{trust: trustBob, identity: allowSTS, boundary: denySTS}, "denied: boundary.explicit_deny proved, boundary.no_allow proved"},
	"boundary: unknown allow":    {world{trust: trustBob, identity: allowSTS, boundary: allowIf(name)}, "denied: boundary.no_allow likely (elimination)"},
	"boundary: without document": {world{trust: trustBob, identity: allowSTS, boundary: allowSTS, account: swap(home, `"Policies":[{"PolicyName":"Limit"`, `"Policies":[{"PolicyName":"Other"`, `,"Arn":"`+boundaryARN+`","Path"`, `,"Arn":"arn:aws:iam::111111111111:policy/Other","Path"`)}, "undetermined: evidence.unreadable possible [boundary]"},

	// callers
	"federation token":                    {world{trust: trustHome, identity: allowSTS, edit: field("userIdentity", `{"type":"FederatedUser","principalId":"111111111111:bob","arn":"arn:aws:sts::111111111111:federated-user/bob","accountId":"111111111111","accessKeyId":"ASIAIOSFODNN7EXAMPLE","sessionContext":{"sessionIssuer":{"type":"IAMUser","principalId":"AIDAEXAMPLEEXAMPLEBOB","arn":"arn:aws:iam::111111111111:user/bob","accountId":"111111111111","userName":"bob"},"attributes":{"creationDate":"2026-10-14T09:00:00Z","mfaAuthenticated":"false"}}}`, "errorMessage", `"User: arn:aws:sts::111111111111:federated-user/bob is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::222222222222:role/team/Target"`)}, "denied: caller.federation_token proved"},
	"root, in AWS's words":                {world{caller: "root", trust: trustHome, edit: failure("AccessDenied", "Roles may not be assumed by root accounts.")}, "denied: caller.root proved"},
	"recreated user, another trusted":     {world{mfa: "true", trust: trustCarol, identity: allowSTS, account: swap(home, "AIDAEXAMPLEEXAMPLEBOB", "AIDAEXAMPLEEXAMPLENEW")}, "denied: caller.recreated proved [recreated], trust.no_principal proved [other_principal]"},
	"sibling permission set":              {world{caller: "sso", identity: allowSTS, account: extraRole(home, "/aws-reserved/sso.amazonaws.com/eu-west-1/", "AWSReservedSSO_Admin_fedcba9876543210", trustBob), trust: allow("role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_fedcba9876543210", "sts:AssumeRole")}, "denied: trust.no_principal proved [other_principal], caller.wrong_identity likely [permission_set]"},
	"same person's user, another account": {world{caller: "sso", identity: allowSTS, account: extraUser(other, "bob"), trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::222222222222:user/bob"},"Action":"sts:AssumeRole"}`}, "denied: trust.no_principal proved [account], caller.wrong_identity likely [user]"},
	"another person's user":               {world{caller: "sso", identity: allowSTS, account: extraUser(home, "carol"), trust: trustCarol}, notAllowed},
	"node role for pod role":              {world{caller: "ec2", identity: allowSTS, account: extraRole(home, "/app/", "Pod", `{"Effect":"Allow","Principal":{"Service":"pods.eks.amazonaws.com"},"Action":["sts:AssumeRole","sts:TagSession"]}`), trust: allow("role/app/Pod", "sts:AssumeRole")}, "denied: trust.no_principal proved [other_principal], caller.wrong_identity likely [pod_role]"},
	"itself, account trusted":             {world{in: home, caller: "role", role: "app/Runner", account: swap(home, `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`, trustHome)}, "denied: identity.no_allow proved"},
}

// TestExamples plays every example.
func TestExamples(t *testing.T) {
	for _, table := range []map[string]example{moreCauses, trustCauses, restCauses, fineCauses, federatedCauses, chainedCauses} {
		for name, c := range table {
			t.Run(name, func(t *testing.T) {
				d := c.diagnosis(t)
				if got := short(d); got != c.want {
					t.Errorf("\n got %s\nwant %s\n%s", got, c.want, dump(d))
				}
			})
		}
	}
}
