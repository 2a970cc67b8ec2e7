package diagnose_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestIdentityToken: what of a token was refused is told by AWS's message, else
// by the error code, else by the identity providers of the role's account.
func TestIdentityToken(t *testing.T) {
	const known, list = "arn:aws:iam::222222222222:oidc-provider/gitlab.com", `{"Arn":"arn:aws:iam::222222222222:oidc-provider/gitlab.com","Url":"gitlab.com","ClientIDList":["https://gitlab.com"]}`
	for _, c := range []struct {
		name, code, message, provider, audience, list, want string
	}{
		{"message, missing", "InvalidIdentityToken", "No OpenIDConnect provider found in your account for https://gitlab.com", known, "a", list, "provider_missing role_account"},
		{"message, audience", "InvalidIdentityTokenException", "Incorrect token audience", known, "a", "", "audience role_account"},
		{"message, expired", "ExpiredTokenException", "Token expired: current date/time 1 must be before the expiration date/time 0", known, "a", list, "expired caller"},
		{"message, signature", "InvalidIdentityToken", "Response signature invalid", known, "a", list, "signature identity_provider"},
		{"code, expired", "ExpiredToken", "An unknown error occurred", known, "a", list, "expired caller"},
		{"code, unreachable", "IDPCommunicationErrorException", "x", known, "a", list, "unreachable identity_provider"},
		{"code, rejected", "IDPRejectedClaimException", "x", known, "a", list, "rejected caller"},
		{"estate, missing", "InvalidIdentityToken", "x", "arn:aws:iam::222222222222:oidc-provider/idp.example.com", "a", list, "provider_missing role_account"},
		{"estate, audience", "InvalidIdentityToken", "x", known, "a", list, "audience role_account"},
		{"estate, all is well", "InvalidIdentityToken", "x", known, "https://gitlab.com", list, " caller"},
		{"estate, built in", "InvalidIdentityToken", "x", "accounts.google.com", "a", list, " caller"},
		{"estate, audiences not read", "InvalidIdentityToken", "x", known, "a", `{"Arn":"` + known + `"}`, " caller"},
		{"not a refusal, missing", "AccessDenied", "An unknown error occurred", known, "a", "", "provider_missing role_account"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := world{
				trust: fmt.Sprintf(`{"Effect":"Allow","Principal":{"Federated":%q},"Action":"sts:AssumeRoleWithWebIdentity"}`, c.provider),
				edit: func(f map[string]string) {
					web(c.provider, c.audience, "s")(f)
					failure(c.code, c.message)(f)
				},
				idps: `{"OpenIDConnectProviderList":[` + c.list + `],"SAMLProviderList":[]}`,
			}
			d := w.diagnosis(t)
			got := ""
			for i := range d.Causes {
				got += string(d.Causes[i].Code) + " " + d.Causes[i].Detail.Kind + " " + string(d.Causes[i].Owner)
			}
			if want := "platform.identity_token " + c.want; got != want {
				t.Errorf("%s, want %s", strings.TrimSpace(got), want)
			}
		})
	}
}
