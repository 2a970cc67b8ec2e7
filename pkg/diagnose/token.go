package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// tokenMessages maps how AWS's messages about a token or an assertion begin to
// what they say of it (AWS STS API Reference, errors of
// AssumeRoleWithWebIdentity and AssumeRoleWithSAML; IAM User Guide,
// "Troubleshoot SAML federation").
var tokenMessages = []struct{ begin, kind string }{
	{"No OpenIDConnect provider found in your account", "provider_missing"},
	{"Specified provider doesn't exist", "provider_missing"},
	{"Incorrect token audience", "audience"},
	{"Token expired", "expired"},
	{"Token must be redeemed within", "expired"},
	{"Couldn't retrieve verification key from your identity provider", "signature"},
	{"OpenIDConnect provider's HTTPS certificate doesn't match", "signature"},
	{"Response signature invalid", "signature"},
}

// token completes the cause of a token that was refused: what of it, by AWS's
// message or error code, else by the identity providers of the role's account;
// whose it is to mend; and what the estate shows of it.
func (q *inquiry) token(c *Cause) {
	r := q.Subject.Record
	kind := ""
	for _, m := range tokenMessages {
		if strings.HasPrefix(strings.TrimSpace(r.ErrorMessage), m.begin) {
			kind = m.kind
			break
		}
	}
	switch {
	case kind != "":
	case strings.HasPrefix(r.ErrorCode, "ExpiredToken"):
		kind = "expired"
	case strings.HasPrefix(r.ErrorCode, "IDPCommunicationError"):
		kind = "unreachable"
	case strings.HasPrefix(r.ErrorCode, "IDPRejectedClaim"):
		kind = "rejected"
	}
	shown, detail, fact := q.unfit()
	if kind == "" {
		kind = shown
	}
	c.Detail = Detail{Kind: kind, Got: issuerIn(r.ErrorMessage)}
	if kind == shown && kind != "" {
		c.Detail.Wanted, c.Detail.Got = detail.Wanted, first(detail.Got, c.Detail.Got)
		c.Evidence = append(c.Evidence, fact)
	}
	q.ownToken(c)
}

// issuerIn is the provider that AWS's message names: its URL without the scheme.
func issuerIn(message string) string {
	_, url, _ := strings.Cut(message, "found in your account for https://")
	host, _, _ := strings.Cut(strings.TrimSpace(url), " ")
	return host
}

// ownToken names who can mend a token that was refused.
func (q *inquiry) ownToken(c *Cause) {
	switch c.Detail.Kind {
	case "provider_missing", "audience":
		c.Account, c.Owner = q.Request.Role.Account, OwnerRoleAccount
	case "signature", "unreachable":
		c.Account, c.Owner = q.Request.Role.Account, OwnerIdentityProvider
	}
}

// unfit says what of the caller's token the identity providers of the role's
// account do not fit: there is no such provider, or it does not list the
// token's audience. Empty where they fit or are not known, and for the
// providers that need none in the account.
func (q *inquiry) unfit() (kind string, d Detail, f Fact) {
	caller := q.Request.Caller
	acc, ok := q.Estate.Account(q.Request.Role.Account).Get()
	if !ok || caller.Provider == "" || caller.Kind != request.OIDC && caller.Kind != request.SAML {
		return "", d, f
	}
	list, ok := acc.Providers().Get()
	host := reconstruct.ProviderHost(caller.Provider)
	if !ok || request.BuiltInProvider(host) {
		return "", d, f
	}
	f = Fact{Origin: evidence.Origin{Kind: evidence.FromEstate, Ref: "identity providers"}, Text: "no " + caller.Provider}
	if caller.Kind == request.SAML {
		if slices.Contains(list.SAML, caller.Provider) {
			return "", d, f
		}
		return "provider_missing", d, f
	}
	for _, p := range list.OIDC {
		if p.ARN != caller.Provider && !strings.EqualFold(p.URL, host) {
			continue
		}
		known, ok := p.Audiences.Get()
		aud := q.Request.Keys.Get(strings.ToLower(host) + ":aud")
		if !ok || aud.State != request.KeyPresent || slices.Contains(known, single(aud.Values)) {
			return "", d, f
		}
		d = Detail{Wanted: strings.Join(known, ", "), Got: single(aud.Values)}
		f.Text = "audiences of " + host + ": " + first(d.Wanted, "none")
		return "audience", d, f
	}
	return "provider_missing", d, f
}

// providers: no policy denies a call that was denied, and the role's account has
// no identity provider, or no such audience, for its token.
func (q *inquiry) providers() {
	if q.simulated() || q.certain() || len(q.causes) > 0 {
		return
	}
	if _, usual := q.action(q.namedIndex()); usual.Decision != eval.Allowed && usual.Decision != eval.Undetermined {
		return
	}
	kind, detail, fact := q.unfit()
	if kind == "" {
		return
	}
	detail.Kind = kind
	g := graded{evidence.Likely, ByElimination}
	c := Cause{
		Code: PlatformIdentityToken, Certainty: g.certainty, Grade: g.grade, Layer: evidence.Platform,
		Owner: OwnerCaller, Detail: detail, Evidence: append([]Fact{fact}, gradeFact(g)...),
	}
	q.ownToken(&c)
	q.add(c)
}
