package policy

import "strings"

// statement reads one statement. Whatever is not understood in it makes it
// Unknown, and the rest is read all the same, so that it can be shown.
func (r *reader) statement(index int, n node) Statement {
	r.stmt = index
	s := Statement{Index: index, First: r.line(n.from), Last: r.line(n.to - 1)}
	before := len(r.doc.Findings)
	if n.kind != objectNode {
		r.wrongType("Statement", n)
		s.Unknown = true
		return s
	}
	dup := r.repeated(n, exact)
	for m := range r.all(n) {
		name := r.name(m)
		if dup[m.key] {
			r.find(name, DuplicateMember, name, r.keySpan(m))
			if name == "Effect" {
				s.Effect = EffectUnknown // which of the two counts is not known
			}
			continue
		}
		r.element(&s, name, m)
	}
	r.missing(&s, n)
	s.Unknown = len(r.doc.Findings) > before
	return s
}

// element reads one member of a statement. Names are compared exactly, as IAM
// does when it stores a policy.
func (r *reader) element(s *Statement, name string, m node) {
	switch name {
	case "Sid":
		if m.kind != stringNode {
			r.wrongType("Sid", m)
			return
		}
		s.Sid = r.text(m)
	case "Effect":
		s.EffectSpan = r.memberSpan(m)
		s.Effect = r.effect(m)
	case "Action", "NotAction":
		if r.exclusive(name, m, s.ActionSpan) {
			s.NotAction, s.ActionSpan = name == "NotAction", r.memberSpan(m)
			s.Actions = r.texts(name, m)
			r.forms(name, ActionForm, s.Actions, actionForm)
		}
	case "Resource", "NotResource":
		if r.exclusive(name, m, s.ResourceSpan) {
			s.NotResource, s.ResourceSpan = name == "NotResource", r.memberSpan(m)
			s.HasResource = true
			s.Resources = r.texts(name, m)
			r.forms(name, ResourceForm, s.Resources, resourceForm)
		}
	case "Principal", "NotPrincipal":
		if r.exclusive(name, m, s.PrincSpan) {
			s.NotPrincipal, s.PrincSpan = name == "NotPrincipal", r.memberSpan(m)
			s.HasPrincipal = true
			s.Principals = r.principals(name, m)
		}
	case "Condition":
		s.Conditions = r.conditions(m)
	default:
		r.find(name, UnknownElement, name, r.keySpan(m))
	}
}

// forms finds values that IAM would not take: what they were meant to match is
// not known.
func (r *reader) forms(element, code string, items []Item, ok func(string) bool) {
	for _, it := range items {
		if !ok(it.Text) {
			r.find(element, code, it.Text, it.Span)
		}
	}
}

// actionForm: an action names its service, or is everything
// (IAM JSON policy elements: Action).
func actionForm(s string) bool {
	service, _, ok := strings.Cut(s, ":")
	return strings.Trim(s, "*") == "" && s != "" || ok && service != "" && strings.TrimSpace(s) == s
}

// resourceForm: a resource is an ARN, or begins with a wildcard
// (IAM JSON policy elements: Resource).
func resourceForm(s string) bool {
	return strings.HasPrefix(s, "arn") || strings.HasPrefix(s, "*") || strings.HasPrefix(s, "${")
}

func (r *reader) effect(n node) Effect {
	if n.kind != stringNode {
		r.wrongType("Effect", n)
		return EffectUnknown
	}
	switch word := r.text(n); word {
	case "Allow":
		return Allow
	case "Deny":
		return Deny
	default:
		r.find("Effect", UnknownEffect, word, r.valueSpan(n))
		return EffectUnknown
	}
}

// exclusive is false, with a finding, when the other form of the element (the
// one with or without Not) was read before.
func (r *reader) exclusive(name string, m node, other Span) bool {
	if other == (Span{}) {
		return true
	}
	r.find(name, ExclusiveElements, name, r.keySpan(m))
	return false
}

// missing finds what no statement of any kind can do without.
func (r *reader) missing(s *Statement, n node) {
	brace := r.span(n.from, n.from+1)
	if s.EffectSpan == (Span{}) {
		r.find("Effect", MissingElement, "Effect", brace)
	}
	if s.ActionSpan == (Span{}) {
		r.find("Action", MissingElement, "Action", brace)
	}
}

// texts reads a string or a list of strings, at least one.
func (r *reader) texts(element string, n node) []Item {
	out := make([]Item, 0, r.count(n))
	if n.kind == listNode && n.first == 0 {
		r.find(element, EmptyElement, "list", r.valueSpan(n))
	}
	for v := range r.values(n) {
		if v.kind != stringNode {
			r.wrongType(element, v)
			continue
		}
		out = append(out, r.item(v))
	}
	return out
}

func (r *reader) item(n node) Item { return Item{Text: r.text(n), Span: r.valueSpan(n)} }
