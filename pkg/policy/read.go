package policy

import "strings"

// reader turns a scanned text into statements and findings.
type reader struct {
	tree
	doc    *Document
	starts []int // offsets of lines
	stmt   int   // index of the statement being read, -1 outside
}

func (r *reader) find(element, code, word string, at Span) {
	r.doc.Findings = append(r.doc.Findings, Finding{
		Statement: r.stmt, Element: element, Code: code, Text: word, Span: at,
	})
}

func (r *reader) memberSpan(m node) Span { return r.span(m.key, m.to) }
func (r *reader) keySpan(m node) Span    { return r.span(m.key, m.keyTo) }
func (r *reader) valueSpan(n node) Span  { return r.span(n.from, n.to) }

// breakOff says that nothing in the document can be evaluated.
func (r *reader) breakOff(element, code, word string, at Span) {
	r.doc.Broken = true
	r.find(element, code, word, at)
}

func (r *reader) document(root node) {
	if root.kind != objectNode {
		r.breakOff("", NotObject, root.kind.String(), r.valueSpan(root))
		return
	}
	var statement *node
	version := versionMissing
	dup := r.repeated(root, exact)
	for m := range r.all(root) {
		switch name := r.name(m); {
		case dup[m.key] && (name == "Statement" || name == "Version"):
			r.breakOff(name, DuplicateMember, name, r.keySpan(m))
		case dup[m.key]:
			r.find(name, DuplicateMember, name, r.keySpan(m))
		case name == "Statement":
			statement = &m
		case name == "Version":
			version = r.version(m)
		case name == "Id":
			if m.kind != stringNode {
				r.wrongType("Id", m)
			}
		default:
			r.find(name, UnknownElement, name, r.keySpan(m))
			if strings.EqualFold(name, "Version") {
				version = versionUnknown
			}
		}
	}
	r.statements(root, statement)
	if r.doc.Broken {
		r.doc.Statements = nil
		return
	}
	if version == versionUnknown {
		r.doubtVariables()
	}
}

type versionState uint8

const (
	versionMissing versionState = iota
	versionKnown
	versionUnknown
)

func (r *reader) version(n node) versionState {
	if n.kind != stringNode {
		r.wrongType("Version", n)
		return versionUnknown
	}
	r.doc.Version = r.text(n)
	if r.doc.Version != "2012-10-17" && r.doc.Version != "2008-10-17" {
		r.find("Version", UnknownVersion, r.doc.Version, r.valueSpan(n))
		return versionUnknown
	}
	return versionKnown
}

// doubtVariables makes those statements unknown whose meaning hangs on whether
// ${...} is a variable, for a document whose Version does not say.
func (r *reader) doubtVariables() {
	for i := range r.doc.Statements {
		s := &r.doc.Statements[i]
		if s.hasVariable() {
			s.Unknown = true
		}
	}
}

// hasVariable says whether ${ stands where a variable may: in a resource or a
// condition value (IAM policy elements: Variables).
func (s *Statement) hasVariable() bool {
	for _, i := range s.Resources {
		if strings.Contains(i.Text, "${") {
			return true
		}
	}
	for _, c := range s.Conditions {
		for _, i := range c.Values {
			if strings.Contains(i.Text, "${") {
				return true
			}
		}
	}
	return false
}

func (r *reader) statements(root node, n *node) {
	switch {
	case n == nil && r.doc.Broken:
	case n == nil:
		r.breakOff("Statement", MissingElement, "Statement", r.span(root.from, root.from+1))
	case n.kind == objectNode:
		r.doc.Statements = []Statement{r.statement(0, *n)}
	case n.kind == listNode:
		r.doc.Statements = make([]Statement, 0, r.count(*n))
		for item := range r.all(*n) {
			r.doc.Statements = append(r.doc.Statements, r.statement(len(r.doc.Statements), item))
		}
	default:
		r.breakOff("Statement", WrongType, n.kind.String(), r.valueSpan(*n))
	}
	r.stmt = -1
}

func (r *reader) wrongType(element string, n node) {
	r.find(element, WrongType, n.kind.String(), r.valueSpan(n))
}
