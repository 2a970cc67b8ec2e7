package request

import (
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	for name, want := range map[string]string{
		"aws:PrincipalARN":                        "aws:PrincipalArn",
		"AWS:USERNAME":                            "aws:username",
		"aws:federatedProvider":                   "aws:FederatedProvider",
		"SAML:aud":                                "saml:aud",
		"aws:principaltag/Team":                   "aws:PrincipalTag/Team",
		"aws:ResourceTag/dp:exclude:identity":     "aws:ResourceTag/dp:exclude:identity",
		"AWS:PRINCIPALTAG/x509Subject/OU":         "aws:PrincipalTag/x509Subject/OU",
		"token.actions.githubusercontent.com:sub": "token.actions.githubusercontent.com:sub",
		"kms:ViaService":                          "kms:ViaService",
		"":                                        "",
		"/":                                       "/",
		"aws:PrincipalTag/":                       "aws:PrincipalTag/",
		"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub":    "oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub",
		"sts:requestcontext/identitystore:IdentityStore": "sts:RequestContext/identitystore:IdentityStore",
	} {
		if got := Canonical(name); got != want {
			t.Errorf("Canonical(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestLookup(t *testing.T) {
	tests := []struct {
		name  string
		typ   Type
		multi bool
		ok    bool
	}{
		{"aws:sourceip", IP, false, true},
		{"aws:TagKeys", String, true, true},
		{"aws:CurrentTime", Date, false, true},
		{"aws:MultiFactorAuthAge", Numeric, false, true},
		{"aws:securetransport", Bool, false, true},
		{"aws:PrincipalARN", ARNType, false, true},
		{"aws:RequestTag/a/b", String, false, true},
		{"accounts.google.com:amr", String, true, true},
		{"aws:NoSuchKey", String, false, false},
	}
	for _, tt := range tests {
		s, ok := Lookup(tt.name)
		if ok != tt.ok || s.Type != tt.typ || s.Multi != tt.multi {
			t.Errorf("Lookup(%q) = %+v, %v", tt.name, s, ok)
		}
	}
}

func TestCatalogueIsSound(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Catalogue() {
		low := strings.ToLower(s.Name)
		if seen[low] {
			t.Errorf("%s is there twice", s.Name)
		}
		seen[low] = true
		if s.Family != strings.HasSuffix(s.Name, "/") {
			t.Errorf("%s: a family ends in a slash, and nothing else does", s.Name)
		}
		if Canonical(low) != s.Name {
			t.Errorf("Canonical(%q) = %q", low, Canonical(low))
		}
	}
}

func TestSplitClaim(t *testing.T) {
	tests := []struct {
		name, provider, claim string
		ok                    bool
	}{
		{"gitlab.com:sub", "gitlab.com", "sub", true},
		{"oidc.eks.eu-west-1.amazonaws.com/id/ABC:sub", "oidc.eks.eu-west-1.amazonaws.com/id/ABC", "sub", true},
		{"accounts.google.com:google/organization_number", "accounts.google.com", "google/organization_number", true},
		{"aws:PrincipalTag/example.com:x", "", "", false},
		{"aws:username", "", "", false},
		{"saml:aud", "", "", false},
		{"gitlab.com:", "gitlab.com", "", false},
		{":sub", "", "", false},
		{"", "", "", false},
	}
	for _, tt := range tests {
		p, c, ok := SplitClaim(tt.name)
		if ok != tt.ok || ok && (p != tt.provider || c != tt.claim) {
			t.Errorf("SplitClaim(%q) = %q, %q, %v", tt.name, p, c, ok)
		}
	}
}

func TestClaimOf(t *testing.T) {
	tests := []struct {
		provider, claim string
		want            ClaimState
	}{
		{"token.actions.githubusercontent.com", "sub", ClaimKey},
		{"token.actions.githubusercontent.com", "repository", ClaimKey},
		{"token.actions.githubusercontent.com", "base_ref", ClaimNever},
		{"token.actions.octo.ghe.com", "ref", ClaimKey},
		{"github.com/enterprises/octo", "actor", ClaimKey},
		{"github.com/enterprises/", "actor", ClaimOpen},
		{"gitlab.com", "user_login", ClaimKey},
		{"gitlab.com", "namespace_path", ClaimNever},
		{"gitlab.example.com", "namespace_path", ClaimOpen},
		{"oidc.circleci.com/org/0a1b", "project-id", ClaimKey},
		{"idcs-0a1b.identity.oraclecloud.com", "rpst_id", ClaimKey},
		{"cognito-identity.amazonaws.com", "amr", ClaimKey},
		{"www.amazon.com", "name", ClaimNever},
	}
	for _, tt := range tests {
		if got := ClaimOf(tt.provider, tt.claim); got != tt.want {
			t.Errorf("ClaimOf(%q, %q) = %v, want %v", tt.provider, tt.claim, got, tt.want)
		}
	}
	if !BuiltInProvider("accounts.google.com") || BuiltInProvider("gitlab.com") {
		t.Error("four providers are built in")
	}
}
