package diagnose_test

import "fmt"

// assertion makes the call AssumeRoleWithSAML, as STS records it: the name
// qualifier and the subject in userIdentity, the provider in the parameters.
func assertion(provider string) func(map[string]string) {
	const name = "alice"
	return field("eventName", `"AssumeRoleWithSAML"`, "errorMessage", `"An unknown error occurred"`, "recipientAccountId", `"222222222222"`,
		"userIdentity", fmt.Sprintf(`{"type":"SAMLUser","principalId":%q,"userName":%q,"identityProvider":"VbT3vqRk0lq8wL2xPc5nYt7JmZE="}`, "VbT3vqRk0lq8wL2xPc5nYt7JmZE=:"+name, name),
		"requestParameters", `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"`+name+`","principalArn":"`+provider+`"}`)
}

const idp = "arn:aws:iam::222222222222:saml-provider/Idp"

func trustSAML(condition string) string {
	return `{"Effect":"Allow","Principal":{"Federated":"` + idp + `"},"Action":"sts:AssumeRoleWithSAML","Condition":{` + condition + `}}`
}

// subject is a call from GitHub with a subject, where the policy wants another.
func subject(operator, wanted, got string) world {
	return world{
		edit:  web(githubProvider, "sts.amazonaws.com", got),
		trust: trustWeb(fmt.Sprintf(`%q:{"%s:sub":%q}`, operator, github, wanted)),
	}
}

// service makes the call a service's, with the account and the resource that it
// acts for.
func service(name string) func(map[string]string) {
	return field("userIdentity", `{"type":"AWSService","invokedBy":"`+name+`"}`, "sourceIPAddress", `"`+name+`"`, "userAgent", `"`+name+`"`,
		"errorMessage", `"An unknown error occurred"`, "requestParameters", `{"roleArn":"arn:aws:iam::222222222222:role/team/Target","roleSessionName":"s"}`)
}

func trustService(name, actions, condition string) string {
	return `{"Effect":"Allow","Principal":{"Service":"` + name + `"},"Action":` + actions + `,"Condition":{` + condition + `}}`
}

// federatedCauses are tokens, assertions and services.
var federatedCauses = map[string]example{
	"subject: tag":                {subject("StringEquals", "repo:o/r:ref:refs/heads/main", "repo:o/r:ref:refs/tags/v1"), "denied: trust.oidc_subject proved [tag]"},
	"subject: environment":        {subject("StringLike", "repo:o/r:ref:*", "repo:o/r:environment:prod"), "denied: trust.oidc_subject proved [environment]"},
	"subject: pull request":       {subject("StringLike", "repo:o/r:ref:*", "repo:o/r:pull_request"), "denied: trust.oidc_subject proved [pull_request]"},
	"subject: repository":         {subject("StringLike", "repo:o/r:*", "repo:o/s:ref:refs/heads/main"), "denied: trust.oidc_subject proved [repo]"},
	"subject: another, with ids":  {subject("StringLike", "repo:o/r:*", "repo:o@1/s@2:ref:refs/heads/main"), "denied: trust.oidc_subject proved [repo]"},
	"subject: ids in the policy":  {subject("StringLike", "repo:o@1/r@2:*", "repo:o/r:ref:refs/heads/main"), "denied: trust.oidc_subject proved [immutable_id]"},
	"subject: other ids":          {subject("StringLike", "repo:o@1/r@2:*", "repo:o@1/r@3:ref:refs/heads/main"), "denied: trust.oidc_subject proved [repo]"},
	"subject: case":               {subject("StringLike", "repo:O/r:*", "repo:o/r:ref:refs/heads/main"), "denied: trust.oidc_subject proved [case]"},
	"subject: literal wildcard":   {subject("StringEquals", "repo:o/r:*", "repo:o/r:ref:refs/heads/main"), "denied: trust.oidc_subject proved [wildcard]"},
	"subject: GitLab, branch":     {subject("StringLike", "project_path:g/p:ref_type:branch:ref:main", "project_path:g/p:ref_type:branch:ref:dev"), "denied: trust.oidc_subject proved [branch]"},
	"subject: GitLab, tag":        {subject("StringLike", "project_path:g/p:ref_type:branch:ref:*", "project_path:g/p:ref_type:tag:ref:v1"), "denied: trust.oidc_subject proved [tag]"},
	"subject: GitLab, project":    {subject("StringLike", "project_path:g/p:*", "project_path:g/q:ref_type:branch:ref:main"), "denied: trust.oidc_subject proved [repo]"},
	"subject: Terraform":          {subject("StringLike", "organization:o:project:p:workspace:w:run_phase:*", "organization:o:project:p:workspace:x:run_phase:plan"), "denied: trust.oidc_subject proved [workspace]"},
	"subject: a Deny of this one": {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:o/r:pull_request"), trust: trustWeb(`"StringLike":{"`+github+`:sub":"repo:o/r:*"}`) + `,{"Effect":"Deny","Principal":"*","Action":"*","Condition":{"StringLike":{"` + github + `:sub":"*:pull_request"}}}`}, "denied: trust.oidc_subject proved"},

	"provider: key of another": {world{edit: web(githubProvider, "sts.amazonaws.com", "x"), trust: trustWeb(`"StringEquals":{"gitlab.com:sub":"x"}`)}, "denied: trust.oidc_provider proved [condition_key]"},
	"provider: of an account":  {world{edit: web("arn:aws:iam::222222222222:oidc-provider/gitlab.com", "a", "s"), trust: `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::111111111111:oidc-provider/gitlab.com"},"Action":"sts:AssumeRoleWithWebIdentity"}`}, "denied: trust.oidc_provider proved [account]"},
	"claim: with its scheme":   {world{edit: web(githubProvider, "sts.amazonaws.com", "x"), trust: trustWeb(`"StringEquals":{"https://` + github + `:sub":"x"}`)}, "denied: trust.oidc_claim proved [scheme]"},
	"claim: host not listed":   {world{edit: web("arn:aws:iam::222222222222:oidc-provider/idp.example.com", "a", "s"), trust: `{"Effect":"Allow","Principal":{"Federated":"arn:aws:iam::222222222222:oidc-provider/idp.example.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"idp.example.com:groups":"x"}}}`}, "denied: trust.oidc_claim likely (default)"},
	"claim: no environment":    {world{edit: web(githubProvider, "sts.amazonaws.com", "repo:o/r:ref:refs/heads/main"), trust: trustWeb(`"StringEquals":{"` + github + `:environment":"prod"}`)}, "denied: trust.condition proved"},

	"SAML: provider":        {world{edit: assertion("arn:aws:iam::222222222222:saml-provider/Other"), trust: trustSAML("")}, "denied: trust.saml_provider proved"},
	"SAML: provider's case": {world{edit: assertion("arn:aws:iam::222222222222:saml-provider/IDP"), trust: trustSAML("")}, "denied: trust.saml_provider proved [case]"},
	"SAML: subject":         {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"SAML:sub":"bob"}`)}, "denied: trust.saml_attribute proved"},
	"SAML: subject's case":  {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"SAML:sub":"Alice"}`)}, "denied: trust.saml_attribute proved [case]"},
	"SAML: qualifier":       {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"saml:namequalifier":"another="}`)}, "denied: trust.saml_attribute proved"},
	"SAML: no key":          {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"SAML:groups":"x"}`)}, "denied: trust.saml_attribute proved [no_key]"},
	"SAML: affiliation":     {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"SAML:aud":"https://signin.aws.amazon.com/saml"},"ForAnyValue:StringEquals":{"SAML:eduPersonAffiliation":"staff"}`)}, "denied: trust.saml_attribute likely (elimination)"},
	"SAML: audience":        {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"SAML:aud":"https://eu-west-1.signin.aws.amazon.com/saml"}`)}, "denied: trust.saml_attribute likely (default)"},
	"SAML: doc":             {world{edit: assertion(idp), trust: trustSAML(`"StringEquals":{"saml:doc":"222222222222/Idp"}`)}, "undetermined: companion.set_source_identity possible, companion.tag_session possible"},

	"service: another":        {world{edit: service("ecs-tasks.amazonaws.com"), trust: trustService("ecs.amazonaws.com", `"sts:AssumeRole"`, "")}, "denied: trust.no_principal proved [other_principal]"},
	"service: for whom":       {world{edit: service("states.amazonaws.com"), trust: trustService("states.amazonaws.com", `"sts:AssumeRole"`, `"StringEquals":{"aws:SourceAccount":"222222222222"}`)}, "denied: trust.confused_deputy likely (elimination)"},
	"service: pods":           {world{edit: service("pods.eks.amazonaws.com"), trust: trustService("pods.eks.amazonaws.com", `"sts:AssumeRole"`, "")}, "denied: companion.tag_session proved"},
	"service: anywhere":       {world{edit: service("rolesanywhere.amazonaws.com"), trust: trustService("rolesanywhere.amazonaws.com", `["sts:AssumeRole","sts:TagSession"]`, "")}, "denied: companion.set_source_identity proved"},
	"service: access":         {world{edit: service("account-access.amazonaws.com"), trust: trustService("account-access.amazonaws.com", `"sts:AssumeRole"`, "")}, "denied: companion.set_context proved"},
	"service: certificate":    {world{edit: service("rolesanywhere.amazonaws.com"), trust: trustService("rolesanywhere.amazonaws.com", `["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]`, `"StringEquals":{"aws:PrincipalTag/x509Subject/CN":"a"}`)}, "denied: trust.principal_tag likely (elimination)"},
	"service: tags there are": {world{edit: service("ec2.amazonaws.com"), trust: trustService("ec2.amazonaws.com", `"sts:AssumeRole"`, `"StringEquals":{"aws:PrincipalTag/team":"a"}`)}, "denied: trust.principal_tag proved [missing]"},
}
