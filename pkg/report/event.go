package report

import (
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Simulate is the event name of a report on a call that nobody has made.
const Simulate = "simulate"

func event(in Input) Event {
	if in.Simulated {
		return Event{Name: Simulate, Time: stamp(in.Time)}
	}
	rec := in.Subject.Record
	if rec == nil {
		return Event{Time: stamp(in.Time)}
	}
	e := Event{
		ID: rec.ID, Time: stamp(rec.Time), Account: accountID(rec.RecipientAccount), Region: rec.Region,
		Name: rec.Name, ErrorCode: rec.ErrorCode, SourceIP: rec.SourceIP, UserAgent: rec.UserAgent,
	}
	if e.Time == "" {
		e.Time = stamp(in.Time)
	}
	return e
}

// accountID keeps what is an account id and nothing else: the event is text
// that somebody else wrote.
func accountID(s string) string {
	if len(s) != 12 {
		return ""
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return ""
		}
	}
	return s
}

// callerTypes are CloudTrail's words for the kinds of caller, for a call that
// has no record (CloudTrail User Guide, "CloudTrail userIdentity element").
var callerTypes = map[request.CallerKind]string{
	request.User: "IAMUser", request.RoleSession: "AssumedRole", request.Root: "Root",
	request.FederatedUser: "FederatedUser", request.Service: "AWSService",
	request.OIDC: "WebIdentityUser", request.SAML: "SAMLUser",
}

// asks is who wants the role. A service that assumes it for somebody does so in
// its own name: the reader wants to know for whom.
func asks(in Input) request.Caller {
	c := in.Subject.Caller
	if in.Request == nil || in.Request.Caller.Kind == request.Service && c.Kind != request.Service {
		return c
	}
	return in.Request.Caller
}

func caller(in Input) Caller {
	c := asks(in)
	out := Caller{
		ARN: c.ARN, Account: accountID(c.Account), Type: callerTypes[c.Kind], RoleARN: c.RoleARN,
		SessionName: c.SessionName, PrincipalID: c.PrincipalID,
	}
	if out.PrincipalID == "" && (c.Kind == request.OIDC || c.Kind == request.SAML) {
		out.PrincipalID = c.UserName // the subject alone
	}
	if rec := in.Subject.Record; rec != nil && rec.Identity.Type != "" {
		out.Type = rec.Identity.Type
	}
	return out
}

func role(in Input) Role {
	t := in.Subject.Role
	if in.Request != nil {
		t = in.Request.Role
	}
	out := Role{ARN: t.ARN, Account: accountID(t.Account), OwnerName: in.Diagnosis.RoleOwner}
	if out.ARN == "" {
		out.ARN = in.Subject.RoleRaw
	}
	switch in.Diagnosis.RoleState {
	case evidence.Present:
		out.Exists = "yes"
	case evidence.Absent:
		out.Exists = "no"
	default:
		out.Exists = "unknown"
	}
	return out
}

func actions(r *request.Request) []Action {
	var list []Action
	if r == nil {
		return list
	}
	for _, a := range r.Actions {
		list = append(list, Action{Name: a.Name, Applies: a.Applies.String()})
	}
	return list
}

// plainValues are the values of a fact where they can be no secret: each is a
// truth, a time, an address or the age of an MFA sign-in, and the key is no
// ExternalId.
func plainValues(k reconstruct.Known) []string {
	if isExternalID(k.Key) {
		return nil
	}
	age := strings.EqualFold(k.Key, "aws:MultiFactorAuthAge")
	for _, v := range k.Values {
		_, notTime := time.Parse(time.RFC3339, v)
		_, notAddress := netip.ParseAddr(v)
		seconds := age && strings.Trim(v, "0123456789") == "" && len(v) < len("9999999999")
		if v != "true" && v != "false" && notTime != nil && notAddress != nil && !seconds {
			return nil
		}
	}
	return slices.Clone(k.Values)
}

func known(facts []reconstruct.Known) []Known {
	var list []Known
	for _, k := range facts {
		if k.Any {
			continue // known to be unknown: nothing is known of it
		}
		state := "present"
		if len(k.Values) == 0 {
			state = "absent"
		}
		list = append(list, Known{Key: k.Key, State: state, Values: plainValues(k)})
	}
	return list
}

func awsSays(in Input) AWSSays {
	a := AWSSays{Agrees: string(in.Diagnosis.Agreement)}
	if a.Agrees == "" {
		a.Agrees = string(diagnose.Silent)
	}
	rec := in.Subject.Record
	if rec == nil {
		return a
	}
	a.Message, a.PolicyType = withoutRefused(rec.ErrorMessage), rec.Hint.PolicyType
	a.Explicit, a.PolicyARN = rec.Hint.Explicit, rec.Hint.PolicyARN
	return a
}

// gaps keeps the order of the diagnosis and names each gap once.
func gaps(d *diagnose.Diagnosis) []Gap {
	var list []Gap
	seen := map[evidence.Gap]bool{}
	for _, g := range d.Gaps {
		key := g.Gap
		key.Detail, key.Why = "", ""
		if seen[key] {
			continue
		}
		seen[key] = true
		out := Gap{
			Code: gapCode(told(g.Gap)), Layer: string(g.Layer), Account: accountID(g.Account),
			Subject: g.Subject, Key: g.Key, Permission: g.Permission,
		}
		for _, l := range g.Affects {
			out.Affects = append(out.Affects, string(l))
		}
		if i := endsEarly(list, out); i >= 0 {
			list[i].Affects = slices.Compact(slices.Sorted(slices.Values(append(list[i].Affects, out.Affects...))))
			continue
		}
		list = append(list, out)
	}
	return list
}

// endsEarly is the gap of the list that says already that what was read of the
// account ends early, or -1.
func endsEarly(list []Gap, g Gap) int {
	return slices.IndexFunc(list, func(l Gap) bool {
		return g.Code == "truncated" && l.Code == g.Code && l.Account == g.Account
	})
}

// told is the code of a gap: of what is missing from a list that was not read to
// its end, that it ends early, whatever it is.
func told(g evidence.Gap) string {
	switch g.Code {
	case "role", "caller", "user", "group", "groups", "policy", "account":
		if g.Why == evidence.Truncated {
			return "truncated"
		}
	}
	return g.Code
}
