package reconstruct

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const requestTag = "aws:RequestTag/"

// tagMembers are the members of requestParameters that hold session tags.
var tagMembers = []string{"tags", "principalTags", "incomingTransitiveTags"}

// requestTags are the session tags passed, or inherited from the caller's
// session.
func (b *builder) requestTags() {
	o := event("requestParameters.tags")
	p := b.params()
	switch {
	case b.unread(tagMembers...):
		b.someTags(o)
		for _, t := range slices.Concat(p.Tags, p.IncomingTags) {
			b.present(requestTag+t.Key, o, t.Value)
		}
	case p != nil && len(p.Tags)+len(p.IncomingTags) > 0:
		b.tags(slices.Concat(p.Tags, p.IncomingTags), o)
		b.transitive(o)
	case b.knows(requestTag) || b.knows("aws:TagKeys"):
		b.operatorTags()
	case b.knowsAbsent("aws:TagKeys"):
		b.noTags(request.KeyAbsent, operator("aws:TagKeys"))
	case b.says(tagSession):
		b.someTags(named)
	default:
		b.noTags(b.tagState(), o)
	}
}

// tagState is what is known of tags that are not in sight. A role session hands
// on the transitive tags of its own, which no record of it shows.
func (b *builder) tagState() request.KeyState {
	switch {
	case b.simulated():
		return request.KeyAbsent
	case b.federated():
		return request.KeyUnknown
	case b.shown():
		return request.KeyAbsent
	case b.s.Console && b.s.Caller.Kind != request.RoleSession && b.s.Caller.Kind != request.CallerUnknown:
		return request.KeyAbsent
	}
	return request.KeyUnknown
}

func (b *builder) noTags(state request.KeyState, o evidence.Origin) {
	b.family(requestTag, state, request.KeyAbsent, o)
	for _, k := range []string{"aws:TagKeys", "sts:TransitiveTagKeys"} {
		b.add(request.Key{Name: k, State: state, Usually: request.KeyAbsent, Origin: o})
	}
}

// someTags is for a call that carries tags, which ones is not known.
func (b *builder) someTags(o evidence.Origin) {
	b.family(requestTag, request.KeyUnknown, request.KeyUnknown, o)
	b.presentAny("aws:TagKeys", o)
	b.unknown("sts:TransitiveTagKeys", o)
}

func (b *builder) tags(list []trail.Tag, o evidence.Origin) {
	keys := make([]string, 0, len(list))
	for _, t := range list {
		b.present(requestTag+t.Key, o, t.Value)
		keys = append(keys, t.Key)
	}
	b.present("aws:TagKeys", o, keys...)
	b.family(requestTag, request.KeyAbsent, request.KeyAbsent, o)
}

func (b *builder) transitive(o evidence.Origin) {
	keys := b.params().TransitiveKeys
	switch {
	case b.unread("transitiveTagKeys"):
		b.presentAny("sts:TransitiveTagKeys", o)
	case len(keys) == 0:
		b.absent("sts:TransitiveTagKeys", o)
	default:
		b.present("sts:TransitiveTagKeys", o, keys...)
	}
}

// operatorTags derives aws:TagKeys from the aws:RequestTag/KEY that the
// operator gave, and the other way about: tags that are known to be sent are
// all that are sent.
func (b *builder) operatorTags() {
	o := operator("aws:RequestTag")
	var keys []string
	for _, k := range b.known {
		if len(k.Values) > 0 && hasPrefixFold(k.Key, requestTag) {
			keys = append(keys, k.Key[len(requestTag):])
		}
	}
	for _, k := range b.known {
		if !strings.EqualFold(k.Key, "aws:TagKeys") {
			continue
		}
		for _, v := range k.Values {
			b.presentAny(requestTag+v, operator("aws:TagKeys"))
		}
	}
	b.present("aws:TagKeys", o, keys...)
	b.add(request.Key{Name: "sts:TransitiveTagKeys", Usually: request.KeyAbsent, State: absentIf(b.simulated()), Origin: o})
	b.family(requestTag, request.KeyAbsent, request.KeyAbsent, o)
}

func absentIf(known bool) request.KeyState {
	if known {
		return request.KeyAbsent
	}
	return request.KeyUnknown
}
