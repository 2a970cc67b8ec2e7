package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// resource says whether a statement of a layer speaks of the role. A trust
// policy has no Resource: it speaks of its own role. One that has it, and any
// other policy that lacks it, is not what AWS takes: unknown.
func (e *evaluator) resource(s *statement, layer layer) evidence.Tri {
	if layer == trust && e.isRole {
		if s.hasResource {
			return evidence.Unknown
		}
		return evidence.True
	}
	if s.anyResource {
		return evidence.True
	}
	if !s.hasResource || len(s.resources) == 0 {
		return evidence.Unknown
	}
	some := evidence.False
	for _, p := range s.resources {
		some = some.Or(e.oneResource(p, layer))
		if some == evidence.True {
			break
		}
	}
	if s.notResource {
		return some.Not()
	}
	return some
}

// oneResource says whether one entry matches the role. In a session policy a
// short ARN is an error (MalformedPolicyDocument), so what it does is unknown.
func (e *evaluator) oneResource(p *arnPattern, layer layer) evidence.Tri {
	switch {
	case p.any:
		return evidence.True
	case p.short && layer == session:
		return evidence.Unknown
	case e.req.Role.ARN == "":
		return e.someRole(p)
	case p.aligned:
		return e.matches(&p.whole, e.req.Role.ARN) // as matchesSegments says, sooner
	case e.flat && p.lead != "" && !strings.HasPrefix(e.role[5], p.lead):
		return evidence.False // likewise
	}
	return e.matchesSegments(p, &e.role, e.roleOK, e.req.Role.ARN)
}

// someRole says whether an entry matches a role whose ARN is not known, of
// which partition and account may be.
func (e *evaluator) someRole(p *arnPattern) evidence.Tri {
	if !p.hasSegments() {
		return evidence.Unknown
	}
	all := e.matches(&p.segments[0], "arn").And(e.matches(&p.segments[2], "iam")).And(e.matches(&p.segments[3], ""))
	all = all.And(e.unknownSegment(&p.segments[1], e.req.Role.Partition))
	all = all.And(e.unknownSegment(&p.segments[4], e.req.Role.Account))
	all = all.And(someName(&p.segments[5]))
	if all == evidence.False && p.short {
		return evidence.Unknown
	}
	return all
}

func (e *evaluator) unknownSegment(t *template, got string) evidence.Tri {
	if got == "" {
		return e.mayMatch(t)
	}
	return e.matches(t, got)
}

// someName says whether the last segment matches "role/" and some name.
func someName(t *template) evidence.Tri {
	const role = "role/"
	if t.parts != nil || len(t.tokens) == 0 {
		return evidence.Unknown
	}
	lead := ""
	if t.tokens[0].Kind == arn.Literal {
		lead = t.tokens[0].Text
		if !strings.HasPrefix(lead, role) && (!strings.HasPrefix(role, lead) || t.plain) {
			return evidence.False
		}
	}
	last := t.tokens[len(t.tokens)-1]
	if len(t.tokens) <= 2 && last.Kind == arn.Many && strings.HasPrefix(role, lead) {
		return evidence.True
	}
	return evidence.Unknown
}
