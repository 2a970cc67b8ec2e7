package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
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
		b.samlKeys()
		b.otherProviders("AssumeRoleWithWebIdentity only")
	case request.RoleSession, request.CallerUnknown:
		b.sessionClaims()
	default:
		for _, f := range append(providers(), "saml:") {
			b.family(f, request.KeyAbsent, request.KeyAbsent, rule("the caller is not federated"))
		}
		b.otherProviders("the caller is not federated")
	}
}

// otherProviders says of every claim that is not told otherwise that the call
// has none.
func (b *builder) otherProviders(why string) {
	b.claims = &request.Key{State: request.KeyAbsent, Usually: request.KeyAbsent, Origin: rule(why)}
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
	if b.action() == assumeRole {
		b.otherProviders("AssumeRoleWithWebIdentity only")
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
	host := ProviderHost(b.s.Caller.Provider)
	if host == "" {
		return
	}
	sub := b.s.Caller.UserName
	b.otherProviders("claims of another provider")
	b.value(host+":sub", sub, event("userIdentity.userName"))
	middle := strings.TrimPrefix(b.s.Caller.PrincipalID, b.s.Caller.Provider+":")
	aud := strings.TrimSuffix(middle, ":"+sub)
	if sub == "" || middle == b.s.Caller.PrincipalID || aud == middle {
		aud = ""
	}
	b.value(host+":aud", aud, o)
	if own, ok := ownClaims[host]; ok {
		b.value(host+":"+own.aud, aud, o)
		b.value(host+":"+own.sub, sub, event("userIdentity.userName"))
	}
	for _, claim := range []string{"amr", "email", "oaud"} {
		b.unknown(host+":"+claim, event("userIdentity"))
	}
	b.otherClaims(host)
	if request.OfGitHub(host) {
		b.githubClaims(host+":", sub)
	}
	for _, f := range providers() {
		if f != host+":" {
			b.family(f, request.KeyAbsent, request.KeyAbsent, rule("claims of another provider"))
		}
	}
}

// ownClaims are what providers call audience and subject that have names of
// their own for them (IAM User Guide, "Available keys for AWS OIDC federation").
var ownClaims = map[string]struct{ aud, sub string }{
	"www.amazon.com":     {"app_id", "user_id"},
	"graph.facebook.com": {"app_id", "id"},
}

// otherClaims are those that AWS makes keys of for one provider only. Of a
// provider that AWS lists, any other claim is no key.
func (b *builder) otherClaims(host string) {
	o := event("userIdentity")
	claims, listed := request.ClaimsOf(host)
	if !listed {
		b.family(host+":", request.KeyUnknown, request.KeyAbsent, rule("AWS lists no claims of this provider"))
		return
	}
	for _, c := range claims {
		if prefix, all := strings.CutSuffix(c, "*"); all {
			b.family(host+":"+prefix, request.KeyUnknown, request.KeyUnknown, o)
		} else if c != "aud" && c != "sub" && ownClaims[host] == (struct{ aud, sub string }{}) {
			b.unknown(host+":"+c, o)
		}
	}
	b.family(host+":", request.KeyAbsent, request.KeyAbsent, rule("AWS makes no condition key of this claim"))
}

// samlKeys are the parts of an assertion that AWS makes keys of: account and
// provider, and what userIdentity shows of the subject; who asks for sign-in to
// AWS has the assertion made out to its address. Other attributes are no keys
// (IAM User Guide, "Available keys for SAML-based AWS STS federation").
func (b *builder) samlKeys() {
	o := event("userIdentity")
	for _, spec := range request.Catalogue() {
		if strings.HasPrefix(spec.Name, "saml:") {
			b.unknown(spec.Name, o)
		}
	}
	b.presentAny("saml:iss", o)
	b.presentAny("saml:sub_type", o)
	b.add(request.Key{
		Name: "saml:aud", State: request.KeyPresentAny, Usually: request.KeyPresent,
		Values: []string{samlAudience(b.s.Role.Partition)}, Origin: o,
	})
	c := b.s.Caller
	qualifier, sub, _ := strings.Cut(c.PrincipalID, ":")
	b.value("saml:namequalifier", qualifier, event("userIdentity.principalId"))
	b.value("saml:sub", first(c.UserName, sub), event("userIdentity.userName"))
	doc := ""
	if account, name, ok := samlProvider(c.Provider); ok {
		doc = account + "/" + name
	}
	b.value("saml:doc", doc, event("requestParameters.principalArn"))
	b.family("saml:", request.KeyAbsent, request.KeyAbsent, rule("AWS makes no condition key of this attribute"))
}

// samlAudience is the address of AWS's sign-in that assertions are usually made
// out to (AWS Sign-In User Guide, and IAM User Guide, "Configure a relying
// party").
func samlAudience(partition string) string {
	switch partition {
	case "aws-us-gov":
		return "https://signin.amazonaws-us-gov.com/saml"
	case "aws-cn":
		return "https://signin.amazonaws.cn/saml"
	}
	return "https://signin.aws.amazon.com/saml"
}

func samlProvider(provider string) (account, name string, ok bool) {
	a, ok := arn.Parse(provider)
	name, is := strings.CutPrefix(a.Resource, "saml-provider/")
	return a.Account, name, ok && is
}

// ProviderHost is the provider's name in condition keys: the issuer URL
// without its scheme, path kept.
func ProviderHost(provider string) string {
	if _, host, ok := strings.Cut(provider, ":oidc-provider/"); ok {
		return host
	}
	if strings.HasPrefix(provider, "arn:") {
		return ""
	}
	return provider
}
