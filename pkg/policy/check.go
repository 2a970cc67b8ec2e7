package policy

import "strings"

// The codes of Document.Check: what AWS refuses when a policy of that kind is
// written, or what never does what its author meant. They change no decision.
const (
	ProhibitedElement = "prohibited_element" // Element must not stand in a policy of this kind
	RequiredElement   = "required_element"   // Element must stand in a policy of this kind, and does not
	NotPrincipalUse   = "not_principal"      // NotPrincipal with Allow, or in a trust policy
	WildcardPrincipal = "wildcard_principal" // a wildcard within a principal, which matches nothing; Text is the principal
	StarPrincipal     = "star_principal"     // an RCP must have "Principal": "*"; Text is what stands there
	ActionPrefix      = "action_prefix"      // no service prefix; Text is the action
	ShortARN          = "short_arn"          // fewer than six parts, which session policies must have; Text is the resource
	AllowInRCP        = "allow_in_rcp"       // customers' RCPs can only deny
	VersionRequired   = "version_required"   // an RCP must have Version 2012-10-17; Text is what stands there
	LiteralVariable   = "literal_variable"   // ${ under a Version that has no variables; Text is the value's condition key, or the resource
	DuplicateSid      = "duplicate_sid"      // Text is the Sid
)

// Check finds what is wrong with the document as a policy of that kind, in
// document order. It adds to Findings, which hold for every kind; a broken
// document has no others. (IAM JSON policy elements; SCP syntax; RCP syntax.)
func (d *Document) Check(kind Kind) []Finding {
	if d.Broken {
		return nil
	}
	c := checker{doc: d, lines: strings.Split(d.Text, "\n"), kind: kind, stmt: -1}
	if kind == KindRCP && d.Version != "2012-10-17" {
		c.find("Version", VersionRequired, d.Version, Span{Line: 1, To: 1})
	}
	sids := map[string]bool{}
	for i := range d.Statements {
		s := &d.Statements[i]
		c.stmt = i
		if s.Sid != "" && sids[s.Sid] {
			c.find("Sid", DuplicateSid, s.Sid, c.first(s))
		}
		sids[s.Sid] = true
		c.statement(s)
	}
	return c.found
}

type checker struct {
	doc   *Document
	lines []string
	kind  Kind
	stmt  int
	found []Finding
}

func (c *checker) find(element, code, word string, at Span) {
	c.found = append(c.found, Finding{Statement: c.stmt, Element: element, Code: code, Text: word, Span: at})
}

// first is the place of what is missing: the statement's first line.
func (c *checker) first(s *Statement) Span {
	l := c.lines[s.First-1]
	return Span{Line: s.First, From: len(l) - len(strings.TrimLeft(l, " \t")), To: len(l)}
}

func (c *checker) statement(s *Statement) {
	c.principal(s)
	c.actions(s)
	c.resource(s)
	if !c.doc.Variables() {
		c.variables(s)
	}
	if c.kind == KindRCP && s.Effect == Allow && !s.allowsAll() {
		c.find("Effect", AllowInRCP, "Allow", s.EffectSpan)
	}
}

// allowsAll is the statement of RCPFullAWSAccess, which AWS attaches itself.
func (s *Statement) allowsAll() bool {
	return !s.NotAction && len(s.Actions) == 1 && s.Actions[0].Text == "*" &&
		!s.NotResource && len(s.Resources) == 1 && s.Resources[0].Text == "*" &&
		!s.NotPrincipal && len(s.Principals) == 1 && s.Principals[0].Type == "*" &&
		len(s.Conditions) == 0
}

func (c *checker) principal(s *Statement) {
	element := "Principal"
	if s.NotPrincipal {
		element = "NotPrincipal"
	}
	switch c.kind {
	case KindIdentity, KindBoundary, KindSession, KindSCP:
		if s.HasPrincipal {
			c.find(element, ProhibitedElement, element, s.PrincSpan)
		}
		return
	}
	if !s.HasPrincipal {
		c.find("Principal", RequiredElement, "Principal", c.first(s))
		return
	}
	if s.NotPrincipal && (s.Effect == Allow || c.kind == KindTrust || c.kind == KindRCP) {
		c.find(element, NotPrincipalUse, element, s.PrincSpan)
	}
	for _, p := range s.Principals {
		if c.kind == KindRCP && p.Type != "*" {
			c.find(element, StarPrincipal, p.Text, p.Span)
		} else if p.wildcard() {
			c.find(element, WildcardPrincipal, p.Text, p.Span)
		}
	}
}

// wildcard says whether a wildcard stands where it matches nothing: anywhere
// but as the whole of an AWS principal.
func (p Principal) wildcard() bool {
	if p.Text == "*" {
		return p.Type != "*" && p.Type != "AWS"
	}
	return strings.ContainsAny(p.Text, "*?")
}

func (c *checker) actions(s *Statement) {
	if c.kind == KindRCP && s.NotAction {
		c.find("NotAction", ProhibitedElement, "NotAction", s.ActionSpan)
	}
	element := "Action"
	if s.NotAction {
		element = "NotAction"
	}
	for _, a := range s.Actions {
		star := a.Text == "*" && (c.kind != KindRCP || s.Effect == Allow)
		if prefix, _, found := strings.Cut(a.Text, ":"); !star && (!found || prefix == "") {
			c.find(element, ActionPrefix, a.Text, a.Span)
		}
	}
}

func (c *checker) resource(s *Statement) {
	element := "Resource"
	if s.NotResource {
		element = "NotResource"
	}
	switch {
	case c.kind == KindTrust && s.HasResource:
		c.find(element, ProhibitedElement, element, s.ResourceSpan)
	case c.kind != KindTrust && !s.HasResource:
		c.find("Resource", RequiredElement, "Resource", c.first(s))
	case c.kind == KindSession:
		for _, r := range s.Resources {
			if r.Text != "*" && strings.Count(r.Text, ":") < 5 {
				c.find(element, ShortARN, r.Text, r.Span)
			}
		}
	}
}

// variables finds what looks like a variable and is literal text. Of a
// condition it names the key, never the value.
func (c *checker) variables(s *Statement) {
	for _, r := range s.Resources {
		if strings.Contains(r.Text, "${") {
			c.find("Resource", LiteralVariable, r.Text, r.Span)
		}
	}
	for _, cond := range s.Conditions {
		for _, v := range cond.Values {
			if strings.Contains(v.Text, "${") {
				c.find("Condition", LiteralVariable, cond.Key, v.Span)
			}
		}
	}
}
