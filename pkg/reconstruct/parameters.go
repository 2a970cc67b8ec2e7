package reconstruct

import (
	"strconv"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// timestamp is a time as condition values write it.
func timestamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func epoch(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// parameterKeys fills in what the caller passed in the call. A denied
// AssumeRole is logged without its parameters, so each is unknown there, and
// usually absent; the console sends none of them.
func (b *builder) parameterKeys() {
	for _, k := range []string{
		"sts:DurationSeconds", "sts:AWSServiceName", "sts:IdentityTokenAudience", "sts:SigningAlgorithm",
	} {
		b.absent(k, rule("never in the context of AssumeRole"))
	}
	if b.action() == assumeRoot {
		b.unknown("sts:TaskPolicyArn", event("requestParameters"))
	} else {
		b.absent("sts:TaskPolicyArn", rule("never in the context of AssumeRole"))
	}
	b.sessionName()
	b.externalID()
	b.sourceIdentity()
	b.requestTags()
	b.requestContext()
}

func (b *builder) sessionName() {
	const key = "sts:RoleSessionName"
	o := event("requestParameters.roleSessionName")
	if p := b.params(); p != nil && p.SessionName != nil {
		b.present(key, o, *p.SessionName)
		return
	}
	b.presentAny(key, o)
}

func (b *builder) externalID() {
	const key = "sts:ExternalId"
	o := event("requestParameters.externalId")
	p := b.params()
	switch {
	case b.action() != assumeRole:
		b.absent(key, rule("AssumeRole only"))
	case p != nil && p.ExternalID != nil:
		b.present(key, o, *p.ExternalID)
	case b.unread("externalId"):
		b.presentAny(key, o)
	default:
		b.parameter(key, o)
	}
}

// parameter is one that is not in sight: absent where the record shows the
// parameters, the console made the call or the operator says all of it; else
// unknown, and usually absent.
func (b *builder) parameter(key string, o evidence.Origin) {
	switch {
	case b.simulated():
		b.absent(key, operator("not given"))
	case b.s.Console:
		b.absent(key, rule("the console does not send it"))
	case b.shown() && !b.federated():
		b.absent(key, o)
	default:
		b.add(request.Key{Name: key, Usually: request.KeyAbsent, Origin: o})
	}
}

// sourceIdentity of the call: passed, or inherited from the caller's session.
func (b *builder) sourceIdentity() {
	const key = "sts:SourceIdentity"
	o := event("requestParameters.sourceIdentity")
	p := b.params()
	switch {
	case b.session().SourceIdentity != "":
		b.present(key, event("userIdentity.sessionContext.sourceIdentity"), b.session().SourceIdentity)
	case b.inherits():
		v, _ := b.given("aws:SourceIdentity")
		b.value(key, v, operator("aws:SourceIdentity"))
	case p != nil && p.SourceIdentity != nil:
		b.present(key, o, *p.SourceIdentity)
	case b.unread("sourceIdentity"):
		b.presentAny(key, o)
	case b.says(setSourceID):
		b.presentAny(key, named)
	case b.hidden() && !b.simulated():
		b.add(request.Key{Name: key, Usually: request.KeyAbsent, Origin: o})
	default:
		b.parameter(key, o)
	}
}

// inherits says that the operator knows of a source identity of the caller's
// session: it goes on to the new one, whatever is passed.
func (b *builder) inherits() bool {
	return b.s.Caller.Kind == request.RoleSession && b.knows("aws:SourceIdentity")
}

func (b *builder) requestContext() {
	const family = "sts:RequestContext/"
	o := event("requestParameters.providedContexts")
	p := b.params()
	state := request.KeyUnknown
	switch {
	case b.action() != assumeRole:
		state, o = request.KeyAbsent, rule("AssumeRole only")
	case b.simulated() || b.s.Console:
		state = request.KeyAbsent
	case b.shown() && !p.ProvidedContext:
		state = request.KeyAbsent
	case p != nil && p.ProvidedContext || b.says(setContext):
		if p == nil || !p.ProvidedContext {
			o = named
		}
		b.presentAny("sts:RequestContextProviders", o)
		b.family(family, request.KeyUnknown, request.KeyUnknown, o)
		return
	}
	b.add(request.Key{Name: "sts:RequestContextProviders", State: state, Usually: request.KeyAbsent, Origin: o})
	b.family(family, state, request.KeyAbsent, o)
}
