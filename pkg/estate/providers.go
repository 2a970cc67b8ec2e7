package estate

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// providerFile is what identity-providers.json gave.
type providerFile struct {
	fact     evidence.Fact[Providers]
	findings []Finding
	gaps     []evidence.Gap
}

// Providers are the identity providers of the account, as
// list-open-id-connect-providers, list-saml-providers and, for the audiences,
// get-open-id-connect-provider name them.
func (a *Account) Providers() evidence.Fact[Providers] {
	return a.provider.get(func() providerFile {
		f := a.read(IdentityProviders)
		if g, ok := a.estate.known().whole(a.id, partProviders); ok {
			return providerFile{fact: evidence.Lacking[Providers](g)}
		}
		if !f.Found && f.Problem == "" {
			return lostProviders(newGap(partProviders, a.id, "", evidence.NotRead, f.Name+" is not there"))
		}
		p, problem := a.readProviders(f)
		if problem != "" {
			out := lostProviders(newGap(partProviders, a.id, f.Name, evidence.Unreadable, problem))
			out.findings = []Finding{{f.Name, problem}}
			return out
		}
		return providerFile{fact: evidence.Known(p)}
	}).fact
}

func lostProviders(g evidence.Gap) providerFile {
	return providerFile{fact: evidence.Lacking[Providers](g), gaps: []evidence.Gap{g}}
}

func (a *Account) readProviders(f File) (p Providers, problem string) {
	o, problem := open(f)
	if problem != "" {
		return p, problem
	}
	for _, member := range []string{"OpenIDConnectProviderList", "SAMLProviderList"} {
		raw, ok := o.get(member)
		list, isList := elements(raw)
		if !ok || !isList {
			return p, "has no list " + member + ": add it (an empty list is [])"
		}
		for _, v := range list {
			e, err := readObject(v)
			id := e.str("Arn")
			if err != nil || id == "" || e.twin != "" {
				return p, member + " has an element without Arn, or with two: write the file again"
			}
			if member == "SAMLProviderList" {
				p.SAML = append(p.SAML, id)
				continue
			}
			p.OIDC = append(p.OIDC, a.oidc(id, e))
		}
	}
	a.addUnread(&p)
	return p, ""
}

func (a *Account) oidc(id string, e object) OIDCProvider {
	p := OIDCProvider{ARN: id, URL: strings.TrimPrefix(e.str("Url"), "https://")}
	if p.URL == "" {
		_, p.URL, _ = strings.Cut(id, ":oidc-provider/")
	}
	if g, ok := a.estate.known().of(a.id, partProviders, id, p.URL); ok {
		p.Audiences = evidence.Lacking[[]string](g)
		return p
	}
	raw, ok := e.get("ClientIDList")
	if names, isList := strs(raw); ok && isList {
		p.Audiences = evidence.Known(names)
		return p
	}
	g := newGap(partProviders, a.id, id, evidence.NotRead, "only the list of providers was read")
	g.Permission = "iam:GetOpenIDConnectProvider"
	p.Audiences = evidence.Lacking[[]string](g)
	return p
}

// addUnread adds the providers that only a gap of estate.json names: they
// exist, or nobody could have failed to read them.
func (a *Account) addUnread(p *Providers) {
	for _, h := range a.estate.known().holes {
		if h.part != partProviders || h.account != a.id || h.subject == "" {
			continue
		}
		_, url, isOIDC := strings.Cut(h.subject, ":oidc-provider/")
		switch {
		case isOIDC && !slices.ContainsFunc(p.OIDC, func(o OIDCProvider) bool { return o.ARN == h.subject }):
			p.OIDC = append(p.OIDC, OIDCProvider{ARN: h.subject, URL: url, Audiences: evidence.Lacking[[]string](h.gap)})
		case strings.Contains(h.subject, ":saml-provider/") && !slices.Contains(p.SAML, h.subject):
			p.SAML = append(p.SAML, h.subject)
		}
	}
}
