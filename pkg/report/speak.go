package report

import (
	"regexp"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/locale"
)

// Speak makes every sentence of the report anew, in a language of package
// locale, from the typed fields that the report holds. An unknown language is
// an error and changes nothing.
func (r *Report) Speak(lang string) error {
	l, err := locale.For(lang)
	if err != nil {
		return err
	}
	r.Lang = l.Tag
	call := r.call()
	var c locale.Cause // one for all: they are large
	for i := range r.Causes {
		c = r.spokenCause(call, &r.Causes[i])
		r.Causes[i].Because = l.Because(&c)
	}
	var g locale.Gap
	for i := range r.Gaps {
		g = r.spokenGap(call, &r.Gaps[i])
		r.Gaps[i].What, r.Gaps[i].Settle = l.Gap(&g)
	}
	r.Headline, r.Next = l.Headline(r.spokenHeadline(call))
	return nil
}

func (r *Report) account(id string) locale.Account {
	return locale.Account{ID: id, Name: r.Accounts[id].Name, Outside: r.Accounts[id].Outside}
}

func (r *Report) call() locale.Call {
	path, name := "", ""
	if a, ok := arn.Parse(r.Role.ARN); ok && strings.HasPrefix(a.Resource, "role/") {
		path, name = splitPath(strings.TrimPrefix(a.Resource, "role"))
	}
	api := r.Event.Name
	if (api == Simulate || api == "SwitchRole" || api == "") && len(r.Actions) > 0 {
		api = strings.TrimPrefix(r.Actions[0].Name, "sts:")
	}
	names := map[string]string{}
	for id, a := range r.Accounts {
		if a.Name != "" {
			names[id] = a.Name
		}
	}
	return locale.Call{
		Caller: r.caller(), API: api, Region: r.Event.Region, Simulated: r.Event.Name == Simulate,
		Console: r.console(), Workload: r.workload(), NoEstate: r.Estate.Empty, FromAWS: r.Estate.Source == string(estate.FromAWS), Names: names,
		Pasted:    slices.ContainsFunc(r.Gaps, func(g Gap) bool { return g.Code == "event" }),
		CallerARN: r.Caller.ARN,
		Role: locale.Target{
			ARN: r.Role.ARN, Name: name, Path: path, Account: r.account(r.Role.Account), Owner: r.Role.OwnerName,
		},
	}
}

// instance is the session name that EC2 gives: the id of the instance.
var instance = regexp.MustCompile(`^i-[0-9a-f]{8,17}$`)

// workload says whether the caller is a program that AWS runs: its session has
// the name that the service gives, or its SDK names the service.
func (r *Report) workload() bool {
	if r.Caller.Type != "AssumedRole" {
		return false
	}
	name := r.Caller.SessionName
	return instance.MatchString(name) || strings.HasPrefix(name, "AWSCodeBuild-") || name == "SageMaker" || name == "GitHubActions" ||
		strings.Contains(r.Event.UserAgent, "exec-env/AWS_")
}

// internal is what CloudTrail writes where AWS called for the console.
const internal = "AWS Internal"

// console says whether the console made the call.
func (r *Report) console() bool {
	return r.Event.Name == "SwitchRole" || r.Event.SourceIP == internal || r.Event.UserAgent == internal
}

// splitPath splits "/a/b/name" into "/a/b/" and "name".
func splitPath(s string) (path, name string) {
	i := strings.LastIndexByte(s, '/') + 1
	return s[:i], s[i:]
}

func (r *Report) caller() locale.Principal {
	c := r.Caller
	switch c.Type {
	case "AWSService":
		return locale.Principal{Kind: "service", Name: c.ARN}
	case "WebIdentityUser":
		return locale.Principal{Kind: "oidc", Name: subjectOf(c.PrincipalID, c.ARN), Role: c.ARN}
	case "SAMLUser":
		return locale.Principal{Kind: "saml", Name: nameID(c.PrincipalID, c.ARN), Role: c.ARN}
	}
	p := r.principal(c.ARN)
	if p.Account.ID == "" {
		p.Account = r.account(c.Account)
	}
	if p.Kind == "session" && c.SessionName != "" {
		p.Name = c.SessionName
	}
	return p
}

// nameID is who a SAML assertion speaks of: principalId is "<hash of the
// provider>:<NameID>".
func nameID(principalID, provider string) string {
	if name := subjectOf(principalID, provider); name != principalID {
		return name
	}
	if _, name, ok := strings.Cut(principalID, ":"); ok && name != "" {
		return name
	}
	return principalID
}

// principal reads what a policy or an event names: an ARN, an account, a
// service, a provider, a star.
func (r *Report) principal(s string) locale.Principal {
	switch {
	case s == "*":
		return locale.Principal{Kind: "everyone"}
	case accountID(s) != "":
		return locale.Principal{Kind: "account", Name: s, Account: r.account(s)}
	case !strings.HasPrefix(s, "arn:") && strings.Contains(s, ".amazonaws.com"):
		return locale.Principal{Kind: "service", Name: s}
	}
	a, ok := arn.Parse(s)
	if !ok {
		return locale.Principal{Name: s}
	}
	p := locale.Principal{Account: r.account(a.Account)}
	kind, rest, _ := strings.Cut(a.Resource, "/")
	_, last := splitPath(rest)
	switch kind {
	case "root":
		p.Kind = "account"
		if r.Caller.Type == "Root" && s == r.Caller.ARN {
			p.Kind = "root"
		}
	case "user", "role":
		p.Kind, p.Name = kind, last
	case "federated-user":
		p.Kind, p.Name = "federated", rest
	case "assumed-role":
		p.Kind = "session"
		p.Role, p.Name, _ = strings.Cut(rest, "/")
	case "oidc-provider", "saml-provider":
		p.Kind, p.Name = "provider", rest
	default:
		p.Name = s
	}
	return p
}

func (r *Report) spokenCause(call locale.Call, c *Cause) locale.Cause {
	out := locale.Cause{
		Call: call, Code: c.Code, Primary: c.Primary, Certainty: c.Certainty, Layer: c.Layer, Owner: c.Owner,
		Of: r.account(c.Account), Action: c.Action,
		Detail:    locale.Detail{Kind: c.Detail.Kind, Nearest: c.Detail.Nearest, Wanted: c.Detail.Wanted, Got: c.Detail.Got},
		Policy:    locale.Policy{Kind: c.Policy.Kind, Managed: c.Policy.Managed, Name: c.Policy.Name, AttachedTo: c.Policy.AttachedTo},
		Condition: locale.Condition{Operator: c.Condition.Operator, Key: c.Condition.Key, Wanted: c.Condition.Wanted, Got: c.Condition.Got, State: c.Condition.GotState},
	}
	if c.Statement.Line > 0 {
		out.Statement = locale.Statement{Number: c.Statement.Index + 1, Sid: c.Statement.Sid}
	}
	out.Open = slices.ContainsFunc(r.Causes, func(o Cause) bool { return o.Certainty == "possible" && o.Layer != "evidence" })
	out.Shared = slices.ContainsFunc(r.Causes, func(o Cause) bool {
		return o.Certainty == "likely" && (o.Code != c.Code || o.Statement != c.Statement || o.Condition.Key != c.Condition.Key) &&
			slices.Contains(o.Evidence, Evidence{originCertainty, string(diagnose.ByElimination)})
	})
	for i := range r.Causes {
		if o := &r.Causes[i]; o.Code != c.Code && strings.HasPrefix(o.Code, "role.") && o.Detail.Nearest != "" {
			out.Meant = o.Detail.Nearest
			break
		}
	}
	for _, e := range c.Evidence {
		switch e.Origin {
		case originCertainty:
			out.Grade = e.Fact
		case originEffect:
			out.Explicit = e.Fact == explicitDeny
		case originTrusted:
			out.Trusted = append(out.Trusted, r.principal(e.Fact))
		case originNearest:
			out.IfNearest = e.Fact
		case originUntil:
			out.Until = e.Fact
		case originWould:
			out.Would = r.principal(e.Fact)
		case originLevel:
			id, name, _ := strings.Cut(e.Fact, " ")
			if id == c.Policy.AttachedTo {
				out.Policy.LevelName = name
			}
			if out.Condition.Units == nil {
				out.Condition.Units = map[string]string{}
			}
			out.Condition.Units[id] = name
		}
	}
	return out
}

func (r *Report) spokenGap(call locale.Call, g *Gap) locale.Gap {
	return locale.Gap{
		Call: call, Code: g.Code, Layer: g.Layer, Of: r.account(g.Account),
		Subject: r.policyNamed(g.Subject), Key: g.Key, Permission: g.Permission,
		Alone: !slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.Certainty != "possible" }),
		Named: slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.Layer == "session" && c.Certainty != "possible" }),
		Present: g.Key != "" && slices.ContainsFunc(r.Causes, func(c Cause) bool {
			return strings.EqualFold(c.Condition.Key, g.Key) && c.Condition.GotState == "present_unknown"
		}),
		Chained: slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.Code == "trust.mfa_lost_in_chain" }),
		Aged:    slices.ContainsFunc(r.Causes, func(c Cause) bool { return c.Code == "trust.mfa_too_old" && c.Detail.Got != "" }),
	}
}

// policyNamed is the name of a policy that a cause tells, in the place of its
// ARN; any other subject as it is.
func (r *Report) policyNamed(subject string) string {
	for i := range r.Causes {
		if p := &r.Causes[i].Policy; p.ARN == subject && p.Name != "" && subject != "" {
			return p.Name
		}
	}
	return subject
}

// spokenHeadline takes the primary cause, which comes first, with the identity
// that would work where another cause names one, and the causes beside it that
// deny, too: proved or likely, and not merely explaining another.
func (r *Report) spokenHeadline(call locale.Call) *locale.Headline {
	h := &locale.Headline{Call: call, Verdict: r.Verdict, Message: locale.Message{
		PolicyType: r.AWSSays.PolicyType, Explicit: r.AWSSays.Explicit, Disagrees: r.AWSSays.Agrees == "no",
	}}
	for i := range r.Causes {
		c := &r.Causes[i]
		switch {
		case c.Primary && h.Primary == nil:
			p := r.spokenCause(call, c)
			h.Primary = &p
		case (c.Code == "caller.wrong_identity" || c.Code == "caller.chained_session") && h.Primary != nil:
			h.Primary.Would, h.Primary.Behind = r.spokenCause(call, c).Would, c.Code == "caller.chained_session"
		case !accompanies(c.Code) && c.Layer != "evidence":
			o := r.spokenCause(call, c)
			if c.Certainty == "possible" {
				h.Perhaps = append(h.Perhaps, &o)
				continue
			}
			h.Others = append(h.Others, &o)
		}
	}
	if h.Primary == nil && len(r.Gaps) > 0 {
		g := r.spokenGap(call, &r.Gaps[0])
		h.Gap = &g
	}
	return h
}

// accompanies says whether a code explains another cause and denies nothing by
// itself.
func accompanies(code string) bool {
	switch code {
	case "caller.wrong_identity", "caller.chained_session", "caller.recreated", "role.other_account":
		return true
	}
	return false
}
