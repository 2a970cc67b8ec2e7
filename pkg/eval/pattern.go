package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// arnPattern is an ARN of a policy, with wildcards and variables. Its six
// segments are matched one by one; where that fails and the whole text would
// match, AWS's pages do not decide ("*" at the end of a segment may run across
// colons), and the answer is unknown.
type arnPattern struct {
	any      bool // "*"
	short    bool // fewer than six segments
	segments [6]template
	whole    template
	lead     string // what the last segment begins with, wildcards aside
	aligned  bool   // written out as far as the fifth colon: the whole matches where all segments do
}

// newARNPattern compiles the value of an ARN operator: variables anywhere.
func newARNPattern(text string, variables bool) *arnPattern {
	p := &arnPattern{any: text == "*", whole: newTemplate(text, variables, true)}
	parts, n := cutSegments(text, variables)
	if n < len(parts) {
		p.short = true
		return p
	}
	for i := range parts {
		p.segments[i] = newTemplate(parts[i], variables, true)
	}
	p.aligned = isAligned(&p.segments)
	if last := p.segments[5].tokens; len(last) > 0 && last[0].Kind == arn.Literal {
		p.lead = last[0].Text
	}
	return p
}

// newResource compiles an entry of Resource or NotResource: one with fewer
// than six segments is completed with "*", and variables stand only behind the
// fifth colon (IAM JSON policy elements: Resource; IAM policy elements:
// Variables and tags). What an earlier one does is not said: unknown.
func newResource(text string, variables bool) *arnPattern {
	p := newARNPattern(text, variables)
	if p.short && strings.HasPrefix(text, "arn:") {
		parts, n := cutSegments(text, variables)
		for i := range p.segments {
			p.segments[i] = newTemplate("*", false, true)
			if i < n {
				p.segments[i] = newTemplate(parts[i], variables, true)
			}
		}
	}
	for i := range 5 {
		for j := range p.segments[i].parts {
			if part := &p.segments[i].parts[j]; part.variable() {
				part.bad = true
			}
		}
	}
	return p
}

// cutSegments cuts at the first five colons that are not within a variable, and
// says how many segments there are.
func cutSegments(text string, variables bool) (out [6]string, n int) {
	from := 0
	for i := 0; i < len(text) && n < 5; i++ {
		if variables && strings.HasPrefix(text[i:], "${") {
			i += closing(text[i:]) - 1
			continue
		}
		if text[i] == ':' {
			out[n] = text[from:i]
			n, from = n+1, i+1
		}
	}
	out[n] = text[from:]
	return out, n + 1
}

// isAligned says whether the first five segments hold no wildcard and no
// variable: then no wildcard of the last can reach a colon that parts segments.
func isAligned(segments *[6]template) bool {
	for i := range 5 {
		t := &segments[i]
		if t.parts != nil {
			return false
		}
		for _, tok := range t.tokens {
			if tok.Kind != arn.Literal {
				return false
			}
		}
	}
	return true
}

// hasSegments says whether segments can be matched one by one.
func (p *arnPattern) hasSegments() bool { return !p.short || p.segments[0].text != "" }

// matchesARN says whether the pattern matches a text of the request.
func (e *evaluator) matchesARN(p *arnPattern, got string) evidence.Tri {
	if p.aligned {
		return e.matches(&p.whole, got)
	}
	segments, ok := arn.Split(got)
	return e.matchesSegments(p, &segments, ok, got)
}

// matchesSegments is matchesARN for a text that is cut already.
func (e *evaluator) matchesSegments(p *arnPattern, got *arn.Segments, ok bool, whole string) evidence.Tri {
	if ok && p.hasSegments() {
		all := evidence.True
		for i := 5; i >= 0 && all != evidence.False; i-- { // the last tells most apart
			t := &p.segments[i]
			switch {
			case t.all:
			case t.plain && t.text == got[i]:
			default:
				all = all.And(e.matches(t, got[i]))
			}
		}
		// A text of five colons gives each to one of the pattern's own: no
		// wildcard can run across one.
		if all != evidence.False || !p.short && strings.IndexByte(got[5], ':') < 0 {
			return all
		}
	}
	if e.matches(&p.whole, whole) == evidence.False {
		return evidence.False
	}
	return evidence.Unknown
}

// mayMatchARN says whether the pattern matches an ARN that is not known.
func (e *evaluator) mayMatchARN(p *arnPattern) evidence.Tri {
	return e.mayMatch(&p.whole).And(evidence.Unknown)
}
