package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// federationKeys are the claims of a token or assertion.
func (b *builder) federationKeys() {
	b.idpKey()
	switch b.s.Caller.Kind {
	case request.OIDC:
		b.oidcKeys()
		b.family("saml:", request.KeyAbsent, request.KeyAbsent, rule("AssumeRoleWithSAML only"))
	case request.SAML:
		for _, k := range []string{"saml:aud", "saml:iss", "saml:sub", "saml:sub_type", "saml:doc", "saml:namequalifier"} {
			b.presentAny(k, event("requestParameters"))
		}
		b.family("saml:", request.KeyUnknown, request.KeyUnknown, event("requestParameters"))
	case request.RoleSession, request.CallerUnknown:
		b.sessionClaims()
	default:
		for _, f := range append(providers(), "saml:") {
			b.family(f, request.KeyAbsent, request.KeyAbsent, rule("the caller is not federated"))
		}
	}
}

func (b *builder) idpKey() {
	const key = "sts:RoleAuthorizedByIdp"
	if b.action() == assumeWebID {
		b.presentAny(key, event("requestParameters"))
		return
	}
	b.absent(key, rule("AssumeRoleWithWebIdentity only"))
}

// sessionClaims stay with a session that was made by federation: the event
// that issued it would show them. A provider's other claims are never there.
func (b *builder) sessionClaims() {
	o := event("userIdentity.sessionContext.webIdFederationData")
	for _, f := range append(providers(), "saml:") {
		if f == github && b.action() == assumeRole {
			b.family(f, request.KeyAbsent, request.KeyAbsent, rule("AssumeRoleWithWebIdentity only"))
			continue
		}
		b.family(f, request.KeyUnknown, request.KeyUnknown, o)
	}
}

const github = "token.actions.githubusercontent.com:"

// providers are the identity providers that need no provider in the account,
// and GitHub.
func providers() []string {
	return []string{"accounts.google.com:", "cognito-identity.amazonaws.com:", "graph.facebook.com:", "www.amazon.com:", github}
}

// oidcKeys takes sub and aud from userIdentity: principalId is
// "<provider ARN>:<aud>:<sub>" and userName is sub, both may hold colons.
func (b *builder) oidcKeys() {
	o := event("userIdentity.principalId")
	host := providerHost(b.s.Caller.Provider)
	if host == "" {
		return
	}
	sub := b.s.Caller.UserName
	b.value(host+":sub", sub, event("userIdentity.userName"))
	middle := strings.TrimPrefix(b.s.Caller.PrincipalID, b.s.Caller.Provider+":")
	aud := strings.TrimSuffix(middle, ":"+sub)
	if sub == "" || middle == b.s.Caller.PrincipalID || aud == middle {
		aud = ""
	}
	b.value(host+":aud", aud, o)
	for _, claim := range []string{"amr", "email", "oaud"} {
		b.unknown(host+":"+claim, event("userIdentity"))
	}
	b.otherClaims(host)
	if host+":" == github {
		b.githubClaims(sub)
	}
	for _, f := range providers() {
		if f != host+":" {
			b.family(f, request.KeyAbsent, request.KeyAbsent, rule("claims of another provider"))
		}
	}
}

// otherClaims are those that AWS makes keys of for one provider only. Of a
// provider that AWS lists, any other claim is no key.
func (b *builder) otherClaims(host string) {
	o := event("userIdentity")
	claims, listed := request.ClaimsOf(host)
	if !listed {
		b.family(host+":", request.KeyUnknown, request.KeyUnknown, o)
		return
	}
	for _, c := range claims {
		if prefix, all := strings.CutSuffix(c, "*"); all {
			b.family(host+":"+prefix, request.KeyUnknown, request.KeyUnknown, o)
		} else if c != "aud" && c != "sub" {
			b.unknown(host+":"+c, o)
		}
	}
	b.family(host+":", request.KeyAbsent, request.KeyAbsent, rule("AWS makes no condition key of this claim"))
}

// githubClaims are those that the default form of GitHub's sub implies:
// repo:OWNER/REPO:ref:REF or repo:OWNER/REPO:environment:NAME, since 2026 with
// ids: repo:OWNER@ID/REPO@ID. An owner may choose another form, so this is what
// they usually are (GitHub Docs, "OpenID Connect reference").
func (b *builder) githubClaims(sub string) {
	rest, ok := strings.CutPrefix(sub, "repo:")
	repo, rest, found := strings.Cut(rest, ":")
	owner, name, slash := strings.Cut(repo, "/")
	if !ok || !found || !slash {
		return
	}
	owner, ownerID, _ := strings.Cut(owner, "@")
	name, repoID, _ := strings.Cut(name, "@")
	b.usually(github+"repository", owner+"/"+name)
	b.usually(github+"repository_owner_id", ownerID)
	b.usually(github+"repository_id", repoID)
	if ref, ok := strings.CutPrefix(rest, "ref:"); ok {
		b.usually(github+"ref", ref)
	}
	if env, ok := strings.CutPrefix(rest, "environment:"); ok {
		b.usually(github+"environment", env)
	}
}

// usually is a claim that the form of another one implies.
func (b *builder) usually(name, v string) {
	if v != "" {
		b.add(request.Key{Name: name, Usually: request.KeyPresent, Values: []string{v}, Origin: event("userIdentity.userName")})
	}
}

// providerHost is the provider's name in condition keys: the issuer URL
// without its scheme, path kept.
func providerHost(provider string) string {
	if _, host, ok := strings.Cut(provider, ":oidc-provider/"); ok {
		return host
	}
	if strings.HasPrefix(provider, "arn:") {
		return ""
	}
	return provider
}
