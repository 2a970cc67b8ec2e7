package awsapi

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/service/iam"
)

// providerAPI is what is used of IAM to read identity providers.
type providerAPI interface {
	ListOpenIDConnectProviders(context.Context, *iam.ListOpenIDConnectProvidersInput, ...func(*iam.Options)) (*iam.ListOpenIDConnectProvidersOutput, error)
	GetOpenIDConnectProvider(context.Context, *iam.GetOpenIDConnectProviderInput, ...func(*iam.Options)) (*iam.GetOpenIDConnectProviderOutput, error)
	ListSAMLProviders(context.Context, *iam.ListSAMLProvidersInput, ...func(*iam.Options)) (*iam.ListSAMLProvidersOutput, error)
}

// providerLists is identity-providers.json.
type providerLists struct {
	OpenIDConnectProviderList []oidcEntry
	SAMLProviderList          []samlEntry
}

type oidcEntry struct {
	Arn          string
	URL          string   `json:"Url,omitempty"`
	ClientIDList []string `json:",omitempty"`
}

type samlEntry struct{ Arn string }

// providers reads the identity providers of an account, and the audiences of
// the one that the caller came by.
func (g *gathering) providers(account, came string) {
	c, f := g.of(account)
	if f != nil {
		g.gap(account, "", "", f)
		return
	}
	var one oidcEntry
	var lists providerLists
	var faults [3]*fault
	reads := []func(){
		func() { lists.OpenIDConnectProviderList, faults[0] = g.oidcProviders(c, account) },
		func() { lists.SAMLProviderList, faults[1] = g.samlProviders(c, account) },
	}
	if came != "" {
		reads = append(reads, func() { one, faults[2] = g.audiences(c, account, came) })
	}
	together(reads...)
	if f := first(faults[0], faults[1]); f != nil {
		g.gap(account, "providers", "", f)
		return
	}
	if f := faults[2]; f != nil && f.kind != absent {
		g.gap(account, "providers", came, f)
	}
	lists.OpenIDConnectProviderList = append([]oidcEntry{}, lists.OpenIDConnectProviderList...)
	for i := range lists.OpenIDConnectProviderList {
		if e := &lists.OpenIDConnectProviderList[i]; e.Arn == came && faults[2] == nil {
			*e = one
		}
	}
	g.locked(func() { g.folder(account).providers = &lists })
}

func (g *gathering) oidcProviders(c *clients, account string) ([]oidcEntry, *fault) {
	return read(g, call{permission: "iam:ListOpenIDConnectProviders", account: account}, func(ctx context.Context) ([]oidcEntry, error) {
		out, err := c.iam.ListOpenIDConnectProviders(ctx, &iam.ListOpenIDConnectProvidersInput{})
		if err != nil {
			return nil, err
		}
		all := []oidcEntry{}
		for _, p := range out.OpenIDConnectProviderList {
			all = append(all, oidcEntry{Arn: text(p.Arn)})
		}
		return all, nil
	})
}

func (g *gathering) audiences(c *clients, account, id string) (oidcEntry, *fault) {
	return read(g, call{permission: "iam:GetOpenIDConnectProvider", account: account, subject: id}, func(ctx context.Context) (oidcEntry, error) {
		out, err := c.iam.GetOpenIDConnectProvider(ctx, &iam.GetOpenIDConnectProviderInput{OpenIDConnectProviderArn: &id})
		if err != nil {
			return oidcEntry{}, err
		}
		return oidcEntry{Arn: id, URL: text(out.Url), ClientIDList: append([]string{}, out.ClientIDList...)}, nil
	})
}

func (g *gathering) samlProviders(c *clients, account string) ([]samlEntry, *fault) {
	return read(g, call{permission: "iam:ListSAMLProviders", account: account}, func(ctx context.Context) ([]samlEntry, error) {
		out, err := c.iam.ListSAMLProviders(ctx, &iam.ListSAMLProvidersInput{})
		if err != nil {
			return nil, err
		}
		all := []samlEntry{}
		for _, p := range out.SAMLProviderList {
			all = append(all, samlEntry{text(p.Arn)})
		}
		return all, nil
	})
}
