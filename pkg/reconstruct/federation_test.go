package reconstruct_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestTokenKeys: sub and aud are inside userIdentity, both may hold colons. Of
// a provider that AWS lists, no other claim becomes a key; GitHub's sub implies
// some of them.
func TestTokenKeys(t *testing.T) {
	web := func(provider, aud, sub string) map[string]string {
		return map[string]string{"userIdentity": fmt.Sprintf(`{"type":"WebIdentityUser","principalId":%q,"userName":%q,"identityProvider":%q}`, provider+":"+aud+":"+sub, sub, provider)}
	}
	const gh, eks, cognito = "token.actions.githubusercontent.com", "oidc.eks.eu-west-1.amazonaws.com/id/ABC", "cognito-identity.amazonaws.com"
	const tenant = "token.actions.acme.ghe.com"
	const gitlab = "arn:aws:iam::" + theirs + ":oidc-provider/gitlab.com"
	tests := []struct {
		name  string
		edits map[string]string
		want  map[string]string
	}{
		{"GitHub, branch", nil, map[string]string{
			gh + ":sub": "repo:o/r:ref:refs/heads/main", gh + ":aud": "sts.amazonaws.com", gh + ":repository": "o/r",
			gh + ":ref": "refs/heads/main", gh + ":environment": "absent", gh + ":actor": "unknown",
			gh + ":email": "unknown", gh + ":repository_owner": "absent", gh + ":invented": "absent",
			"accounts.google.com:sub": "absent", "saml:sub": "absent", "sts:RoleAuthorizedByIdp": "present_unknown",
		}},
		{"GitHub, environment and ids", web(provider, "sts.amazonaws.com", "repo:o@1/r@2:environment:prod"), map[string]string{
			gh + ":sub": "repo:o@1/r@2:environment:prod", gh + ":repository": "o/r", gh + ":repository_id": "2",
			gh + ":repository_owner_id": "1", gh + ":environment": "prod", gh + ":ref": "unknown",
		}},
		{"GitHub, pull request", web(provider, "sts.amazonaws.com", "repo:o/r:pull_request"), map[string]string{
			gh + ":repository": "o/r", gh + ":repository_id": "unknown", gh + ":environment": "absent", gh + ":ref": "unknown",
		}},
		{"GitHub, more than the default form", web(provider, "sts.amazonaws.com", "repo:o/r:ref:refs/heads/main:workflow:build"), map[string]string{
			gh + ":repository": "unknown, usually present o/r", gh + ":environment": "unknown, usually absent",
		}},
		{"GitHub, a colon in the environment", web(provider, "sts.amazonaws.com", "repo:o/r:environment:prod%3Aeu"), map[string]string{
			gh + ":repository": "unknown, usually present o/r", gh + ":environment": "unknown, usually present prod%3Aeu",
		}},
		{"GitHub, a form of its own", web(provider, "sts.amazonaws.com", "repo:o/r:actor:alice"), map[string]string{
			gh + ":repository": "unknown", gh + ":environment": "unknown",
		}},
		{"GitHub, data residency", web(strings.Replace(provider, gh, tenant, 1), "sts.amazonaws.com", "repo:o/r:environment:dev"), map[string]string{
			tenant + ":environment": "dev", tenant + ":repository": "o/r", tenant + ":actor": "unknown", gh + ":environment": "absent",
		}},
		{"GitHub, of an enterprise", web(provider+"/octo", "sts.amazonaws.com", "repo:o/r:ref:refs/tags/v1"), map[string]string{
			gh + "/octo:ref": "refs/tags/v1", gh + "/octo:environment": "absent", gh + "/octo:repository": "o/r",
		}},
		{"GitHub Enterprise Server", web(strings.Replace(provider, gh, "ghes.example.com/_services/token", 1), "sts.amazonaws.com", "repo:o/r:ref:refs/heads/main"), map[string]string{
			"ghes.example.com/_services/token:repository": "unknown, usually absent",
		}},
		{"GitHub, another form", web(provider, "sts.amazonaws.com", "repository_owner:o:ref:x"), map[string]string{
			gh + ":repository": "unknown", gh + ":ref": "unknown",
		}},
		{"EKS", web(cluster, "sts.amazonaws.com", "system:serviceaccount:ns:name"), map[string]string{
			eks + ":sub": "system:serviceaccount:ns:name", eks + ":aud": "sts.amazonaws.com", eks + ":invented": "unknown, usually absent", gh + ":sub": "absent", eks + "2:sub": "absent", "https://" + eks + ":sub": "absent",
		}},
		{"Cognito", web(cognito, "eu-west-1:pool", "eu-west-1:person"), map[string]string{
			cognito + ":sub": "eu-west-1:person", cognito + ":aud": "eu-west-1:pool", cognito + ":amr": "unknown", cognito + ":invented": "absent",
		}},
		{"GitLab", web(gitlab, "https://gitlab.com", "project_path:g/p:ref_type:branch:ref:main"), map[string]string{
			"gitlab.com:aud": "https://gitlab.com", "gitlab.com:user_login": "unknown", "gitlab.com:project_id": "unknown", "gitlab.com:invented": "absent",
		}},
		{"audience with colons", web(provider, "api://a:b", "x"), map[string]string{gh + ":aud": "api://a:b", gh + ":sub": "x"}},
		{"no user name", map[string]string{"userIdentity": `{"type":"WebIdentityUser","principalId":"` + provider + `:a:s","identityProvider":"` + provider + `"}`}, map[string]string{
			gh + ":aud": "present_unknown", gh + ":sub": "present_unknown",
		}},
		{"principal id of another provider", map[string]string{"userIdentity": `{"type":"WebIdentityUser","principalId":"x:a:s","userName":"s","identityProvider":"` + provider + `"}`}, map[string]string{
			gh + ":aud": "present_unknown", gh + ":sub": "s",
		}},
		{"no provider", map[string]string{"userIdentity": `{"type":"WebIdentityUser","userName":"s"}`}, map[string]string{
			gh + ":aud": "unknown", gh + ":sub": "unknown", "saml:sub": "absent",
		}},
		{"nothing of the caller", map[string]string{"userIdentity": `{}`}, map[string]string{
			gh + ":sub": "unknown", "sts:RoleAuthorizedByIdp": "present_unknown", "aws:PrincipalArn": "absent", "sts:ExternalId": "absent",
		}},
	}
	for _, c := range tests {
		t.Run(c.name, func(t *testing.T) { keys(t, ask(t, "oidc", c.edits, nothing()), c.want) })
	}
}

// TestSessionClaims: claims stay with a session that federation made, save
// those of GitHub, and no other caller has any.
func TestSessionClaims(t *testing.T) {
	for caller, want := range map[string][3]string{
		"user": {"absent", "absent", "absent"}, "root": {"absent", "absent", "absent"}, "service": {"absent", "absent", "absent"},
		"role": {"unknown", "unknown", "absent"}, "oidc session": {"unknown", "unknown", "absent"}, "nobody": {"unknown", "unknown", "absent"},
		"saml": {"absent", "alice@example.com", "absent"},
	} {
		t.Run(caller, func(t *testing.T) {
			r := ask(t, caller, nil, nothing())
			want := map[string]string{
				"cognito-identity.amazonaws.com:sub": want[0], "accounts.google.com:aud": want[0], "graph.facebook.com:id": want[0], "www.amazon.com:user_id": want[0],
				"saml:sub": want[1], "token.actions.githubusercontent.com:sub": want[2], "sts:RoleAuthorizedByIdp": "absent",
			}
			keys(t, r, want)
		})
	}
	keys(t, ask(t, "saml", nil, nothing()), map[string]string{
		"saml:aud": "present_unknown, usually present https://signin.aws.amazon.com/saml", "saml:iss": "present_unknown", "saml:doc": "present_unknown", "saml:cn": "unknown",
		"saml:groups": "absent", "idp.example.com:sub": "absent",
	})
}
