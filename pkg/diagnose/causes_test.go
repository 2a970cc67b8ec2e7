package diagnose_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// Statements that come again and again.
const (
	trustBob     = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/bob"},"Action":"sts:AssumeRole"}`
	trustHome    = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:AssumeRole"}`
	trustCarol   = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/carol"},"Action":"sts:AssumeRole"}`
	trustRunner  = `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:role/app/Runner"},"Action":"sts:AssumeRole"}`
	allowAssume  = `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}`
	allowSTS     = `{"Effect":"Allow","Action":"sts:*","Resource":"*"}`
	allowS3      = `{"Effect":"Allow","Action":"s3:*","Resource":"*"}`
	denyAssume   = `{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*"}`
	denyNoMFA    = `{"Effect":"Deny","NotAction":["iam:ChangePassword"],"Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}`
	denyRegion   = `{"Effect":"Deny","NotAction":["iam:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-central-1"]}}}`
	fullWithDeny = allowSTS + "," + denyAssume
)

func trustIf(condition string) string {
	return `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:AssumeRole","Condition":{` + condition + `}}`
}

// opaqueMFA are the parameters of a call with an MFA code, which is not logged.
const opaqueMFA = `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"bob","serialNumber":"arn:aws:iam::111111111111:mfa/bob"}`

// TestCauses plays small worlds and expects the whole set of causes, in order.
func TestCauses(t *testing.T) {
	for name, c := range map[string]struct {
		world
		want string
	}{
		"trusted and allowed": {world{trust: trustBob, identity: allowAssume}, "allowed_now: evidence.contradiction possible"},

		// the caller's policies
		"no allow":                                        {world{trust: trustBob, identity: allowS3}, "denied: identity.no_allow proved"},
		"no policies at all":                              {world{trust: trustBob}, "denied: identity.no_allow proved"},
		"same account, named directly":                    {world{in: home, trust: trustBob}, "allowed_now: evidence.contradiction possible"},
		"same account, through the account":               {world{in: home, trust: trustHome}, "denied: identity.no_allow proved"},
		"explicit deny":                                   {world{trust: trustBob, identity: fullWithDeny}, "denied: identity.explicit_deny proved"},
		"explicit deny of a group":                        {world{trust: trustBob, identity: allowSTS, group: denyAssume}, "denied: identity.explicit_deny proved"},
		"MFA demanded by a deny, long-term key":           {world{trust: trustBob, identity: allowSTS + "," + denyNoMFA}, "denied: identity.mfa_required likely (default)"},
		"MFA demanded by a deny, session with MFA":        {world{trust: trustBob, identity: allowSTS + "," + denyNoMFA, mfa: "true"}, "allowed_now: evidence.contradiction possible"},
		"MFA demanded by the allow":                       {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}`}, "denied: identity.mfa_required likely (default)"},
		"revoked":                                         {world{trust: trustRunner, caller: "role", identity: allowSTS + `,{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"2026-10-14T09:20:00Z"}}}`}, "denied: identity.session_revoked proved"},
		"condition of the allow":                          {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}`}, "denied: identity.condition proved"},
		"another role, path":                              {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/Target"}`}, "denied: identity.resource_mismatch proved [path]"},
		"another role, case":                              {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/team/target"}`}, "denied: identity.resource_mismatch proved [case]"},
		"another role, name":                              {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/team/Targets"}`}, "denied: identity.resource_mismatch proved [name]"},
		"another account":                                 {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222223:role/team/Target"}`}, "denied: identity.resource_mismatch proved [account]"},
		"another pattern":                                 {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/team/Read*"}`}, "denied: identity.resource_mismatch proved [pattern]"},
		"allow of other actions on everything is farther": {world{trust: trustBob, identity: allowS3 + `,{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::222222222222:role/Other"}`}, "denied: identity.resource_mismatch proved [name]"},

		// boundary
		"boundary silent, another account": {world{trust: trustBob, identity: allowSTS, boundary: allowS3}, "denied: boundary.no_allow proved"},
		"boundary denies":                  {world{trust: trustBob, identity: allowSTS, boundary: fullWithDeny}, "denied: boundary.explicit_deny proved"},
		"boundary silent, same account, user named: the pages disagree": {world{in: home, trust: trustBob, boundary: allowS3}, "denied: boundary.no_allow likely (conflict)"},
		"boundary silent, same account, role named":                     {world{in: home, caller: "role", trust: trustRunner, boundary: allowS3}, "denied: boundary.no_allow proved"},

		// trust
		"another is trusted":                     {world{trust: trustCarol, identity: allowSTS}, "denied: trust.no_principal proved [other_principal]"},
		"another account is trusted":             {world{trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:root"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.no_principal proved [account]"},
		"trust denies":                           {world{trust: trustHome + `,{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.explicit_deny proved"},
		"orphan":                                 {world{trust: `{"Effect":"Allow","Principal":{"AWS":"AIDAEXAMPLEEXAMPLEOLD"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.orphaned_principal proved"},
		"an orphaned role, and nobody else":      {world{trust: `{"Effect":"Allow","Principal":{"AWS":"AROAEXAMPLEEXAMPLEOLD"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.orphaned_principal proved"},
		"another session":                        {world{caller: "role", trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:sts::111111111111:assumed-role/Runner/job-8"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.session_arn proved"},
		"wildcard":                               {world{trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:user/*"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.wildcard_principal proved"},
		"services only":                          {world{trust: `{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.service_only proved"},
		"federated only":                         {world{trust: `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::222222222222:saml-provider/Idp"},"Action":"sts:AssumeRoleWithSAML"}`, identity: allowSTS}, "denied: trust.federated_only proved"},
		"another action":                         {world{trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:TagSession"}`, identity: allowSTS}, "denied: trust.action_mismatch proved"},
		"ExternalId":                             {world{trust: trustIf(`"StringEquals":{"sts:ExternalId":"k-1"}`), identity: allowSTS}, "denied: trust.external_id_missing likely (default)"},
		"ExternalId known not sent":              {world{trust: trustIf(`"StringEquals":{"sts:ExternalId":"k-1"}`), identity: allowSTS, know: []reconstruct.Known{{Key: "sts:ExternalId"}}}, "denied: trust.external_id_missing proved"},
		"ExternalId in other case":               {world{trust: trustIf(`"StringEquals":{"sts:ExternalId":"k-1"}`), identity: allowSTS, know: []reconstruct.Known{{Key: "sts:ExternalId", Values: []string{"K-1"}}}}, "denied: trust.external_id_mismatch proved [case]"},
		"two conditions":                         {world{trust: trustIf(`"StringEquals":{"sts:ExternalId":"k-1"},"Bool":{"aws:MultiFactorAuthPresent":"true"}`), identity: allowSTS}, "denied: trust.external_id_missing likely (default), trust.mfa_missing likely (default)"},
		"a proved condition beside a likely one": {world{trust: trustIf(`"StringEquals":{"sts:ExternalId":"k-1"},"IpAddress":{"aws:SourceIp":"192.0.2.0/24"}`), identity: allowSTS}, "denied: trust.source_ip proved, trust.external_id_missing likely (default)"},
		"session name":                           {world{trust: trustIf(`"StringLike":{"sts:RoleSessionName":"bob-*"}`), identity: allowSTS}, "denied: trust.session_name likely (elimination)"},
		"two unknowns":                           {world{trust: trustIf(`"StringLike":{"sts:RoleSessionName":"bob-*"}`), identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringEquals":{"aws:ViaCustomerDomain":"true"}}}`}, "undetermined: trust.session_name possible, identity.condition possible"},
		"MFA and a role session":                 {world{caller: "role", trust: trustIf(`"Bool":{"aws:MultiFactorAuthPresent":"true"}`), identity: allowSTS}, "denied: trust.mfa_missing proved"},
		"MFA lost in the chain":                  {world{caller: "role", mfa: "true", trust: trustIf(`"Bool":{"aws:MultiFactorAuthPresent":"true"}`), identity: allowSTS}, "denied: trust.mfa_lost_in_chain likely (elimination)"},
		"tag of a user":                          {world{trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`), identity: allowSTS, tags: `[{"Key":"team","Value":"red"}]`}, "denied: trust.principal_tag proved [other_value]"},
		"tag of a role, which a session tag could change": {world{caller: "role", trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`), identity: allowSTS, tags: `[{"Key":"team","Value":"red"}]`}, "denied: trust.principal_tag likely (default) [other_value]"},
		"no such tag":                         {world{trust: trustIf(`"StringEquals":{"aws:PrincipalTag/team":"blue"}`), identity: allowSTS}, "denied: trust.principal_tag proved [missing]"},
		"organization":                        {world{trust: trustIf(`"StringEquals":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"}`), identity: allowSTS}, "denied: trust.organization proved"},
		"no organization":                     {world{noOrg: true, trust: trustIf(`"StringEquals":{"aws:PrincipalOrgID":"o-zzzzzzzzzz"}`), identity: allowSTS}, "denied: trust.organization proved"},
		"window":                              {world{trust: trustIf(`"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}`), identity: allowSTS}, "denied: trust.expired proved"},
		"window to come":                      {world{trust: trustIf(`"DateGreaterThan":{"aws:CurrentTime":"2027-01-01T00:00:00Z"}`), identity: allowSTS}, "denied: trust.not_yet_valid proved"},
		"region":                              {world{trust: trustIf(`"StringEquals":{"aws:RequestedRegion":"eu-central-1"}`), identity: allowSTS}, "denied: trust.requested_region proved"},
		"session ARN where the role's counts": {world{caller: "role", trust: trustIf(`"ArnLike":{"aws:PrincipalArn":"arn:aws:sts::111111111111:assumed-role/Runner/*"}`), identity: allowSTS}, "denied: trust.principal_arn proved [session_arn]"},
		"confused deputy":                     {world{trust: trustIf(`"StringEquals":{"aws:SourceAccount":"111111111111"}`), identity: allowSTS}, "denied: trust.confused_deputy proved"},
		"a condition like no other":           {world{trust: trustIf(`"StringEquals":{"aws:PrincipalType":"AssumedRole"}`), identity: allowSTS}, "denied: trust.condition proved"},
		"nearer of two statements":            {world{trust: trustIf(`"IpAddress":{"aws:SourceIp":"192.0.2.0/24"},"StringEquals":{"aws:PrincipalType":"AssumedRole"}`) + "," + trustIf(`"StringEquals":{"aws:RequestedRegion":"eu-central-1"}`), identity: allowSTS}, "denied: trust.requested_region proved"},

		// companions
		"tags":                                   {world{action: "sts:TagSession", trust: trustBob, identity: allowSTS}, "denied: companion.tag_session proved"},
		"tags, by one statement with ExternalId": {world{action: "sts:TagSession", trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":["sts:AssumeRole","sts:TagSession"],"Condition":{"StringEquals":{"sts:ExternalId":"k-1"}}}`, identity: allowSTS, know: []reconstruct.Known{{Key: "sts:ExternalId", Values: []string{"k-1"}}}}, "denied: companion.tag_session likely (elimination)"},
		"inherited source identity":              {world{caller: "role", source: "bob", trust: trustRunner, identity: allowSTS}, "denied: companion.set_source_identity proved [inherited]"},
		"source identity, and nobody trusts":     {world{caller: "role", source: "bob", trust: trustCarol, identity: allowSTS}, "denied: trust.no_principal proved [other_principal], companion.set_source_identity proved [inherited]"},

		"one Deny of all of it": {world{caller: "role", source: "bob", trust: trustRunner + `,{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},"Action":"sts:SetSourceIdentity"}`, identity: allowSTS, scp: `{"Effect":"Deny","Action":"sts:*","Resource":"*"}`}, "denied: scp.explicit_deny proved"},

		// organization and network
		"SCP denies":                    {world{trust: trustBob, identity: allowSTS, scp: denyAssume}, "denied: scp.explicit_deny proved"},
		"SCP denies the region":         {world{trust: trustBob, identity: allowSTS, scp: denyRegion}, "denied: scp.region_deny proved"},
		"SCP keeps to the organization": {world{trust: trustBob, identity: allowSTS, scp: `{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":{"StringNotEquals":{"aws:ResourceOrgID":"o-zzzzzzzzzz"}}}`}, "denied: scp.perimeter proved"},
		"SCP does not allow":            {world{trust: trustBob, identity: allowSTS, scps: allowS3}, "denied: scp.no_allow proved"},
		"RCP denies":                    {world{trust: trustBob, identity: allowSTS, rcp: `{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}`}, "denied: rcp.explicit_deny proved"},
		"endpoint denies":               {world{trust: trustBob, identity: allowSTS, vpce: `{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"},{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRole","Resource":"*"}`}, "denied: vpce.explicit_deny proved"},
		"endpoint does not allow":       {world{trust: trustBob, identity: allowSTS, vpce: `{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}`}, "denied: vpce.no_allow proved"},

		// the role
		"no such role":   {world{trust: trustBob, role: "team/Tarqet", identity: allowSTS}, "denied: role.not_found proved [spelling]"},
		"no role at all": {world{trust: trustBob, role: "Elsewhere", identity: allowSTS}, "denied: role.not_found proved"},
		"not a role":     {world{trust: trustBob, role: "arn:aws:iam::222222222222:user/bob", identity: allowSTS}, "denied: role.not_a_role proved [user]"},
		"root":           {world{caller: "root", trust: trustHome}, "denied: caller.root proved"},
		"itself":         {world{in: home, caller: "role", role: "app/Runner", identity: allowSTS}, "denied: caller.self_assume proved"},

		// in company, in order
		"everything":             {world{trust: trustCarol, identity: fullWithDeny, boundary: fullWithDeny, scp: denyAssume, rcp: `{"Effect":"Deny","Principal":"*","Action":"sts:*","Resource":"*"}`}, "denied: identity.explicit_deny proved, boundary.explicit_deny proved, scp.explicit_deny proved, rcp.explicit_deny proved, trust.no_principal proved [other_principal]"},
		"both sides silent":      {world{trust: trustCarol}, "denied: trust.no_principal proved [other_principal], identity.no_allow proved"},
		"the same person's user": {world{caller: "sso", trust: trustBob, identity: allowSTS, in: home}, "denied: trust.no_principal proved [other_principal], caller.wrong_identity likely [user]"},

		"the same person's user, who may not either": {world{caller: "sso", trust: trustBob, identity: allowS3}, "denied: trust.no_principal proved [other_principal], identity.no_allow proved"},

		// what is missing
		"a key of a user that the estate does not have": {world{trust: trustCarol, identity: allowSTS, account: swap(home, `"UserName":"bob"`, `"UserName":"dave"`, "user/bob", "user/dave")}, notAllowed},
		"a key of another user of that name":            {world{trust: trustBob, identity: allowSTS, account: swap(home, "AIDAEXAMPLEEXAMPLEBOB", "AIDAEXAMPLEEXAMPLENEW")}, "undetermined: evidence.unreadable possible [identity]"},
		"an ExternalId only if one is sent":             {world{trust: trustIf(`"StringEqualsIfExists":{"sts:ExternalId":"k-1"}`), identity: allowSTS}, "denied: trust.condition likely (elimination)"},
		"a date that is none":                           {world{trust: trustIf(`"DateLessThan":{"aws:CurrentTime":"soon"}`), identity: allowSTS}, "denied: trust.condition likely (elimination)"},
		"an old id beside somebody else":                {world{trust: `{"Effect":"Allow","Principal":{"AWS":["AIDAEXAMPLEEXAMPLEOLD","arn:aws:iam::111111111111:user/carol"]},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.orphaned_principal proved"},
		"an old id of a role beside somebody else":      {world{trust: `{"Effect":"Allow","Principal":{"AWS":["AROAEXAMPLEEXAMPLEOLD","arn:aws:iam::111111111111:user/carol"]},"Action":"sts:AssumeRole"}`, identity: allowSTS}, notAllowed},
		"the bare id of the caller, who is there":       {world{trust: `{"Effect":"Allow","Principal":{"AWS":"AIDAEXAMPLEEXAMPLEBOB"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.no_principal proved [unique_id]"},
		"a user of an account that is not known":        {world{trust: `{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::333333333333:user/bob"},"Action":"sts:AssumeRole"}`, identity: allowSTS}, "denied: trust.no_principal proved [account]"},
		"MFA was sent, and no reason given":             {world{trust: trustIf(mfa), identity: allowSTS, params: opaqueMFA, edit: failure("AccessDenied", "An unknown error occurred")}, "not_a_policy_denial: platform.mfa_code likely (elimination)"},
		"MFA was sent, and something else denies":       {world{trust: trustCarol, identity: allowSTS, params: opaqueMFA, edit: failure("AccessDenied", "An unknown error occurred")}, notAllowed},
		"AssumeRoot, and nothing allows it":             {world{trust: trustBob, identity: `{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"*"}`, role: "arn:aws:iam::222222222222:root", action: "sts:AssumeRoot", edit: field("eventName", `"AssumeRoot"`)}, "denied: identity.no_allow proved"},
		"a role session whose role's path is not known": {world{caller: "role", trust: trustRunner, identity: allowSTS, edit: func(f map[string]string) {
			f["userIdentity"] = `{"type":"AssumedRole","principalId":"AROAEXAMPLEEXAMPLERUN:job-7","arn":"arn:aws:sts::111111111111:assumed-role/Runner/job-7","accountId":"111111111111"}`
		}}, "undetermined: evidence.contradiction possible"},
		"a trust policy without a principal":                  {world{trust: `{"Effect":"Allow","Action":"sts:AssumeRole"}`, identity: allowSTS}, "undetermined: evidence.unreadable possible [trust]"},
		"a Deny of a date that is none":                       {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","Action":"sts:AssumeRole","Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"yesterday"}}}`}, "denied: identity.explicit_deny likely (elimination)"},
		"a Deny of an action without its service":             {world{trust: trustBob, identity: allowSTS + `,{"Effect":"Deny","Action":"AssumeRole","Resource":"*"}`}, "undetermined: evidence.unreadable possible [identity]"},
		"a statement that is not understood":                  {world{trust: `{"Effect":"allow","Principal":"*","Action":"sts:AssumeRole"}`, identity: allowSTS}, "undetermined: evidence.unreadable possible [trust]"},
		"an operator that is not known":                       {world{trust: trustIf(`"StringSort":{"aws:username":"bob"}`), identity: allowSTS}, "undetermined: evidence.unreadable possible [trust]"},
		"the role's account":                                  {world{unread: other, trust: trustBob, identity: allowSTS}, "undetermined: evidence.unreadable possible [trust]"},
		"the role's account, and a deny of our own":           {world{unread: other, trust: trustBob, identity: fullWithDeny}, "denied: identity.explicit_deny proved"},
		"the session policy":                                  {world{caller: "role", trust: trustRunner, identity: allowSTS}, "undetermined: evidence.contradiction possible"},
		"the message names the session policy":                {world{caller: "role", trust: trustRunner, identity: allowSTS, suffix: " because no session policy allows the sts:AssumeRole action"}, "denied: session.no_allow likely (message)"},
		"the message names the trust policy that is not read": {world{unread: other, trust: trustBob, identity: allowSTS, suffix: " because no role trust policy allows the sts:AssumeRole action"}, "denied: trust.no_allow likely (message)"},
		"the message names what we found":                     {world{trust: trustBob, identity: allowS3, suffix: " because no identity-based policy allows the sts:AssumeRole action"}, "denied: identity.no_allow proved"},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.diagnosis(t)
			if got := short(d); got != c.want {
				t.Errorf("\n got %s\nwant %s\n%s", got, c.want, dump(d))
			}
		})
	}
}
