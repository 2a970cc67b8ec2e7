// Package policy reads policy documents of every kind, leniently: what is not
// understood becomes a finding, never a failure and never silently a match.
//
// A Policy keeps its raw text and parses it on first use. Documents are
// immutable after that and safe for concurrent use. Lines are counted in the
// document's display text: the document alone, key order and spelling kept,
// indented by two spaces unless its author already broke it into lines.
//
// Limits: what the JSON says is kept, not what AWS made of it; whether a
// document is one that AWS would store is Document.Check's question, and its
// answer decides nothing.
package policy

import "sync"

// Kind says in which layer a document speaks.
type Kind string

// The kinds of the report.
const (
	KindIdentity Kind = "identity"
	KindBoundary Kind = "boundary"
	KindSession  Kind = "session"
	KindTrust    Kind = "trust"
	KindSCP      Kind = "scp"
	KindRCP      Kind = "rcp"
	KindVPCE     Kind = "vpce"
)

// Meta says which policy it is. AttachedTo is the ARN or id of the entity,
// organization root, OU or account it is attached to.
type Meta struct {
	Kind       Kind
	Managed    string // "inline", "customer", "aws", or empty for trust, scp, rcp, vpce, session
	ARN        string // empty for inline and trust policies
	Name       string // policy name; for a trust policy the role's name
	AttachedTo string
	Account    string // account that owns the entity it is attached to
	Owner      string // value of the owner tag of the policy, if any
}

// Policy is one policy as it was read.
type Policy struct {
	Meta
	src *source
}

// source is shared by every Policy made of one document, so that a managed
// policy attached a thousand times is parsed and compiled once.
type source struct {
	raw      []byte
	once     sync.Once
	doc      *Document
	compiled memo
	searched memo
	checked  memo
	as       Kind // the kind of policy that it was checked as
}

// memo is what somebody made of a document, once.
type memo struct {
	once  sync.Once
	value any
}

// New makes a policy of a raw document: JSON, or JSON that is URL-encoded
// (RFC 3986, as the IAM API returns it), or a JSON string of either.
func New(m Meta, raw []byte) *Policy { return &Policy{Meta: m, src: &source{raw: raw}} }

// As is the same document in another place: attached elsewhere, or in another
// layer. The parsed form is shared.
func (p *Policy) As(m Meta) *Policy { return &Policy{Meta: m, src: p.src} }

// Document parses on first use.
func (p *Policy) Document() *Document {
	p.src.once.Do(func() { p.src.doc = Parse(p.src.raw) })
	return p.src.doc
}

// Compiled keeps what build makes of the document, for the document's life:
// package eval stores its compiled form here. Every caller must pass a build
// that gives the same answer.
func (p *Policy) Compiled(build func(*Document) any) any {
	p.src.compiled.once.Do(func() { p.src.compiled.value = build(p.Document()) })
	return p.src.compiled.value
}

// Searched is Compiled for package report, which keeps what it found in the
// text.
func (p *Policy) Searched(build func(*Document) any) any {
	p.src.searched.once.Do(func() { p.src.searched.value = build(p.Document()) })
	return p.src.searched.value
}

// Check is what Document.Check finds of the document as a policy of its kind. It
// is looked for once, as nearly every document is of one kind.
func (p *Policy) Check() []Finding {
	p.src.checked.once.Do(func() { p.src.as, p.src.checked.value = p.Kind, p.Document().Check(p.Kind) })
	if p.src.as != p.Kind {
		return p.Document().Check(p.Kind)
	}
	return p.src.checked.value.([]Finding)
}

// Effect of a statement.
type Effect uint8

// EffectUnknown is an Effect that is not exactly Allow or Deny.
const (
	EffectUnknown Effect = iota
	Allow
	Deny
)

// Document is a parsed policy.
type Document struct {
	Text       string // display text
	Version    string // as written; empty when missing
	Broken     bool   // no JSON object, or no telling which statements it has: its layer is unknown
	Statements []Statement
	Findings   []Finding
}

// Variables says whether ${...} is a variable: only under Version 2012-10-17
// (IAM JSON policy elements: Version).
func (d *Document) Variables() bool { return d.Version == "2012-10-17" }

// Span is a place in the display text: Line from 1, From and To are byte
// columns in that line, from 0, To excluded.
type Span struct {
	Line, From, To int
}

// Item is one value of a list, or the only one, with its place: that of the
// JSON value, quotes included. Text is the string without quotes and escapes; of
// a boolean or number the JSON text, spelled as written.
type Item struct {
	Text string
	Span Span
}

// Statement is one statement of a document.
type Statement struct {
	Index        int // from 0
	Sid          string
	Effect       Effect
	Unknown      bool // RM-10: something in it is not understood, so it neither allows nor denies for sure
	Principals   []Principal
	NotPrincipal bool // Principals is the NotPrincipal list
	HasPrincipal bool // a Principal or NotPrincipal element is there
	Actions      []Item
	NotAction    bool
	Resources    []Item
	NotResource  bool
	HasResource  bool
	Conditions   []Condition // in document order, one for each operator and key
	First, Last  int         // lines in the display text
	EffectSpan   Span        // the whole member, key included (first line of it); zero when missing
	ActionSpan   Span        // so too
	ResourceSpan Span
	PrincSpan    Span
}

// Principal is one value of Principal or NotPrincipal. Type is "AWS",
// "Service", "Federated", "CanonicalUser", or "*" for the bare star.
type Principal struct {
	Type string
	Item
}

// Condition is one operator applied to one key.
type Condition struct {
	Operator string // as written
	Key      string // as written
	Values   []Item
	Span     Span // of the key's member, key included (first line of it)
}

// Finding is something in a document that is not understood or not right.
// Statement is -1 for the document itself.
type Finding struct {
	Statement int
	Element   string // "Effect", "Condition", operator, member name
	Code      string // one of the constants: NotJSON, DuplicateMember, ...
	Text      string // the word in question, raw: escape before printing; never a condition's value
	Span      Span
}

// Ref names a place in a policy.
type Ref struct {
	Policy    *Policy
	Statement int    // index from 0, -1 for none
	Element   string // "Principal", "Action", "Resource", "Condition", ...
	Item      int    // index in the element's list, -1 for none
}
