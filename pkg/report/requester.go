package report

import (
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/locale"
)

// ForRequester makes the sentences for whoever made the call, in the report's
// language: what happened, why, and what they can do. They say no more than the
// caller may know: nothing of a policy's text, nobody else who is trusted, and
// of a role whose account is not known to be of the organization only that the
// owner of that account has to look.
//
// It is false where nobody is to be told: the call is a simulation or a
// program's, or the caller is not known to be of the organization.
func (r *Report) ForRequester() (locale.Answer, bool) {
	l, err := locale.For(r.Lang)
	if err != nil {
		l, err = locale.For("")
	}
	if err != nil || !r.toBeTold() {
		return locale.Answer{}, false
	}
	call := r.call()
	a := locale.Asked{
		Caller: call.Caller.Account, Name: call.Caller.Name, Role: call.Role.Name, In: call.Role.Account, At: clock(r.Event.Time),
		Foreign: !r.ours(r.Role.Account), Verdict: r.Verdict, Incident: r.Incident,
		Mended: slices.ContainsFunc(r.Remedies, func(m Remedy) bool { return m.Verified && m.Sufficient }),
	}
	if i := slices.IndexFunc(r.Causes, func(c Cause) bool { return c.Primary }); i >= 0 {
		c := r.spokenCause(call, &r.Causes[i])
		a.Code, a.Layer, a.Certain, a.Explicit, a.Acts, a.Of = c.Code, c.Layer, c.Certainty, c.Explicit, c.Owner, c.Of
		if c.Owner == "role_account" {
			a.Owner = r.Role.OwnerName
		}
	}
	return l.Answer(&a), true
}

// toBeTold says whether somebody made the call who may be told of it. A web
// identity may be anybody's.
func (r *Report) toBeTold() bool {
	if r.Event.Name == Simulate {
		return false
	}
	switch r.Caller.Type {
	case "IAMUser", "AssumedRole", "Root", "FederatedUser", "IdentityCenterUser":
		return r.ours(r.Caller.Account)
	case "SAMLUser": // of the provider, which is the role's account's own
		return r.ours(r.Role.Account) && !slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.Code == "platform.identity_token" })
	}
	return false
}

// ours says whether an account is known to be one of ours: the organization
// names it, the event was delivered there, or its roles could be read. What is
// not known is nobody's.
func (r *Report) ours(id string) bool {
	a := r.Accounts[id]
	if id == "" || a.Outside {
		return false
	}
	return a.Name != "" || id == r.Event.Account || id == r.Role.Account && r.Role.Exists != "unknown" && r.Role.Exists != ""
}

// clock is the time of day of a time of the report, to the minute, or empty.
func clock(s string) string {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return ""
	}
	return t.UTC().Format("15:04")
}
