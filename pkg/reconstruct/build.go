package reconstruct

import (
	"slices"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// builder holds what one request is made of while it is made.
type builder struct {
	s     Subject
	rec   *trail.Record // nil for simulate
	est   *estate.Estate
	known []Known
	at    time.Time

	roleOrigin evidence.Origin // of the caller's role ARN
	relayed    bool            // a service makes the call for the caller of the record
	disputed   bool            // AWS's message names another caller than userIdentity

	keys     []request.Key
	families []request.Key
	claims   *request.Key // for claims of providers that are not told otherwise; nil: not known
}

// Request is the question of the subject's event: every condition key present,
// present with unknown value, absent or unknown, with its origin. What the
// operator knows replaces what the event leaves open.
func Request(s Subject, e *estate.Estate, known []Known) *request.Request {
	b := &builder{s: s, rec: s.Record, est: e, known: known, at: s.Record.Time}
	b.disputed = s.Contradicted(FieldIdentity)
	b.inPlace()
	b.roleOfSession()
	return b.build()
}

// Simulated is the question of a call that nobody has made yet: request
// parameters that are not given are absent, since the caller says what they
// would send; the session name is there with an unknown value; network keys
// are unknown.
func Simulated(s Subject, e *estate.Estate, context []Known, at time.Time) *request.Request {
	b := &builder{s: s, est: e, known: context, at: at}
	return b.build()
}

// The room that nearly every request needs for its keys and families of keys.
const (
	usualKeys     = 90
	usualFamilies = 16
)

func (b *builder) build() *request.Request {
	b.keys, b.families = make([]request.Key, 0, usualKeys), make([]request.Key, 0, usualFamilies)
	b.callerRole()
	b.principalKeys()
	b.orgKeys("aws:Principal", b.s.Caller.Account, b.s.Caller.Kind != request.Service && !b.federated())
	b.sessionKeys()
	b.networkKeys()
	b.resourceKeys()
	b.requestKeys()
	b.parameterKeys()
	b.federationKeys()
	b.taskKey()
	b.operatorKeys()
	b.s.Caller.Temporary = b.temporary()
	r := &request.Request{
		Caller: b.s.Caller, Role: b.s.Role, Time: b.at, Console: b.s.Console, Simulated: b.simulated(),
		Actions: b.actionsOf(),
		Keys:    request.NewKeys(b.keys, b.families, request.Key{Origin: rule("not a key that this program knows")}),
	}
	if b.claims != nil {
		r.Keys = r.Keys.WithClaims(*b.claims)
	}
	r.Network = b.network()
	return r
}

// callerRole takes the ARN of the role behind a session from the estate where
// the event has only its name, as in AWS's message: names of roles are unique
// in an account, and only the path is missing.
func (b *builder) callerRole() {
	c := &b.s.Caller
	b.roleOrigin = event("userIdentity.sessionContext.sessionIssuer.arn")
	if c.Kind != request.RoleSession || c.RoleARN != "" {
		return
	}
	if r, ok := b.roleOf(c.Account, c.RoleName); ok {
		c.RoleARN, c.Linked, b.roleOrigin = r.ARN, linked(r.ARN), inEstate("roles")
	}
}

// roleOf looks a role up in the estate.
func (b *builder) roleOf(account, name string) (*estate.Role, bool) {
	a, ok := b.est.Account(account).Get()
	if !ok {
		return nil, false
	}
	return a.Role(name).Get()
}

// inPlace puts the service in the place of the caller where the record is of a
// call that makes a service assume a role: what AWS STS judges is the service's
// own call. Of that, the record of the other one shows neither session nor
// network (Amazon EKS User Guide, "EKS Pod Identities").
func (b *builder) inPlace() {
	if PodIdentity(b.rec) && b.rec.Hint.Action == "" { // else the caller's own call was refused
		b.s.Caller, b.relayed = request.Caller{Kind: request.Service, ARN: podIdentity}, true
	}
}

// roleOfSession takes the path of a session's role from the estate where the
// record has only the session's ARN, which drops it: the unique id must be the
// same.
func (b *builder) roleOfSession() {
	c := &b.s.Caller
	if c.Kind != request.RoleSession || c.RoleARN != "" || c.UniqueID == "" {
		return
	}
	acc, ok := b.est.Account(c.Account).Get()
	if !ok {
		return
	}
	if r, ok := acc.Role(c.RoleName).Get(); ok && r.ID == c.UniqueID {
		c.RoleARN = r.ARN
	}
}

func (b *builder) add(k request.Key) {
	k.Name = strings.TrimSpace(k.Name)
	if b.doubts(k.Origin) {
		k = request.Key{Name: k.Name, Origin: k.Origin}
	}
	if b.simulated() && k.Origin.Kind == evidence.FromEvent {
		k.Origin = operator("not given")
	}
	k.Identify()
	b.keys = append(b.keys, k)
}

func (b *builder) present(name string, o evidence.Origin, values ...string) {
	b.add(request.Key{Name: name, State: request.KeyPresent, Values: values, Origin: o})
}

func (b *builder) presentAny(name string, o evidence.Origin) {
	b.add(request.Key{Name: name, State: request.KeyPresentAny, Origin: o})
}

func (b *builder) absent(name string, o evidence.Origin) {
	b.add(request.Key{Name: name, State: request.KeyAbsent, Origin: o})
}

func (b *builder) unknown(name string, o evidence.Origin) {
	b.add(request.Key{Name: name, Origin: o})
}

// text is present with the value, or absent when it is empty.
func (b *builder) text(name, value string, o evidence.Origin) {
	if value == "" {
		b.absent(name, o)
		return
	}
	b.present(name, o, value)
}

func (b *builder) family(name string, s request.KeyState, usually request.KeyState, o evidence.Origin) {
	if b.doubts(o) {
		s, usually = request.KeyUnknown, request.KeyUnknown
	}
	b.families = append(b.families, request.Key{Name: name, State: s, Usually: usually, Origin: o})
}

// doubts says that the record has the field a fact comes from, and that it
// could not be read, or is of another caller than AWS's message: then the fact is
// unknown, neither there nor absent.
// Parameters that could not be read are told apart one by one: see unread.
func (b *builder) doubts(o evidence.Origin) bool {
	if b.disputed && o.Kind == evidence.FromEvent && strings.HasPrefix(o.Ref, FieldIdentity) {
		return true
	}
	return b.rec != nil && o.Kind == evidence.FromEvent && b.rec.Doubts(o.Ref) &&
		(b.params() == nil || !strings.HasPrefix(o.Ref, "requestParameters"))
}

func (b *builder) simulated() bool { return b.rec == nil }

func (b *builder) params() *trail.Params {
	if b.rec == nil {
		return nil
	}
	return b.rec.Params
}

// shown says that the parameters are in sight, all of them: what is not among
// them was not passed.
func (b *builder) shown() bool { return b.params() != nil && !b.params().Partial }

var noSession trail.Session

// session is sessionContext, or an empty one.
func (b *builder) session() *trail.Session {
	if b.rec == nil || b.rec.Identity.Session == nil || b.relayed {
		return &noSession
	}
	return b.rec.Identity.Session
}

func (b *builder) federated() bool {
	return b.s.Caller.Kind == request.OIDC || b.s.Caller.Kind == request.SAML
}

// textOnly says that there is only AWS's message: of the request nothing else
// is known.
func (b *builder) textOnly() bool { return b.rec != nil && b.rec.MessageOnly }

// bare says that the record has no userIdentity, so that of the caller only
// what AWS's message says is known.
func (b *builder) bare() bool { return b.textOnly() || b.rec != nil && b.rec.Identity.Type == "" }

// hidden says that the caller may have a session that is not in sight.
func (b *builder) hidden() bool {
	switch b.s.Caller.Kind {
	case request.Service, request.OIDC, request.SAML:
		return false
	case request.CallerUnknown:
		return true
	case request.RoleSession, request.FederatedUser:
		return b.session() == &noSession
	default:
		return b.bare()
	}
}

// unread says that a parameter was passed, of a type that is not its own.
func (b *builder) unread(names ...string) bool {
	p := b.params()
	return p != nil && slices.ContainsFunc(names, func(n string) bool { return slices.Contains(p.Unread, n) })
}

// signIn says that the record is the console's own of a role switch (SwitchRole):
// address, region and browser are those of its call to sign-in, not of the
// AssumeRole that follows from it.
func (b *builder) signIn() bool { return b.rec != nil && strings.EqualFold(b.rec.Name, "SwitchRole") }

// says says whether AWS's message names an action.
func (b *builder) says(action string) bool {
	return b.rec != nil && strings.EqualFold(b.rec.Hint.Action, action)
}
