package policy

import (
	"strings"
	"unicode/utf8"
)

// fault says why a text is no document, and at which byte.
type fault struct {
	code string
	at   int
}

// scanner reads strict JSON (RFC 8259, valid UTF-8 only) of at most MaxDepth
// levels.
type scanner struct {
	tree
	pos   int
	depth int
	lines bool // a line break stands between two members or items
	fault fault
}

func (s *scanner) fail(code string, at int) bool {
	s.fault = fault{code, at}
	return false
}

func newScanner(src string) *scanner {
	return &scanner{tree: tree{src: src, nodes: make([]node, 0, 8+len(src)/20)}}
}

// document reads one value and nothing after it.
func (s *scanner) document() bool {
	s.space()
	if !s.value() {
		return false
	}
	s.space()
	if s.pos < len(s.src) {
		return s.fail(NotJSON, s.pos)
	}
	return true
}

// space skips white space and says whether a line ended in it.
func (s *scanner) space() (broke bool) {
	for ; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\n', '\r':
			broke = true
		case ' ', '\t':
		default:
			return broke
		}
	}
	return broke
}

func (s *scanner) peek() byte {
	if s.pos < len(s.src) {
		return s.src[s.pos]
	}
	return 0 // NUL begins no JSON token
}

// value reads one value of any kind.
func (s *scanner) value() (ok bool) {
	at := int32(len(s.nodes))
	s.nodes = append(s.nodes, node{from: int32(s.pos)})
	var kind nodeKind
	switch c := s.peek(); {
	case c == '{':
		kind, ok = objectNode, s.object(at)
	case c == '[':
		kind, ok = listNode, s.list(at)
	case c == '"':
		kind, ok = stringNode, s.str()
	case c == '-' || digit(c):
		kind, ok = numberNode, s.number()
	case c == 't':
		kind, ok = boolNode, s.word("true")
	case c == 'f':
		kind, ok = boolNode, s.word("false")
	case c == 'n':
		kind, ok = nullNode, s.word("null")
	default:
		return s.fail(NotJSON, s.pos)
	}
	s.nodes[at].kind, s.nodes[at].to = kind, int32(s.pos)
	return ok
}

func (s *scanner) object(at int32) bool {
	if empty, ok := s.open('}'); empty || !ok {
		return ok
	}
	link := &s.nodes[at].first
	for {
		from, to, ok := s.key()
		if !ok {
			return false
		}
		child := int32(len(s.nodes))
		*link = child
		if !s.value() {
			return false
		}
		m := &s.nodes[child]
		m.key, m.keyTo = from, to
		link = &m.next
		if more, ok := s.next('}'); !more {
			return ok
		}
	}
}

func (s *scanner) list(at int32) bool {
	if empty, ok := s.open(']'); empty || !ok {
		return ok
	}
	link := &s.nodes[at].first
	for {
		child := int32(len(s.nodes))
		*link = child
		if !s.value() {
			return false
		}
		link = &s.nodes[child].next
		if more, ok := s.next(']'); !more {
			return ok
		}
	}
}

// key reads a member's name and the colon after it.
func (s *scanner) key() (from, to int32, ok bool) {
	from = int32(s.pos)
	if s.peek() != '"' {
		return from, from, s.fail(NotJSON, s.pos)
	}
	if !s.str() {
		return from, from, false
	}
	to = int32(s.pos)
	s.space()
	if s.peek() != ':' {
		return from, to, s.fail(NotJSON, s.pos)
	}
	s.pos++
	s.space()
	return from, to, true
}

// open goes past an opening bracket, and past the closing one if nothing
// stands between them.
func (s *scanner) open(closing byte) (empty, ok bool) {
	if s.depth++; s.depth > MaxDepth {
		return false, s.fail(TooDeep, s.pos)
	}
	s.pos++
	s.space()
	if s.peek() != closing {
		return false, true
	}
	s.pos++
	s.depth--
	return true, true
}

// next goes past a comma (more) or the closing bracket.
func (s *scanner) next(closing byte) (more, ok bool) {
	broke := s.space()
	switch s.peek() {
	case ',':
		s.pos++
		broke = s.space() || broke
		s.lines = s.lines || broke
		return true, true
	case closing:
		s.pos++
		s.depth--
		return false, true
	}
	return false, s.fail(NotJSON, s.pos)
}

func (s *scanner) word(w string) bool {
	if !strings.HasPrefix(s.src[s.pos:], w) {
		return s.fail(NotJSON, s.pos)
	}
	s.pos += len(w)
	return true
}

// str reads a string from its opening quote to after its closing one.
func (s *scanner) str() bool {
	for s.pos++; s.pos < len(s.src); {
		switch c := s.src[s.pos]; {
		case c == '"':
			s.pos++
			return true
		case c < ' ':
			return s.fail(NotJSON, s.pos)
		case c == '\\':
			if !s.escape() {
				return false
			}
		case c < utf8.RuneSelf:
			s.pos++
		default:
			r, size := utf8.DecodeRuneInString(s.src[s.pos:])
			if r == utf8.RuneError && size == 1 {
				return s.fail(NotJSON, s.pos)
			}
			s.pos += size
		}
	}
	return s.fail(NotJSON, s.pos)
}

func (s *scanner) escape() bool {
	at := s.pos
	s.pos++
	c := s.peek()
	if c != 0 && strings.IndexByte(`"\/bfnrt`, c) >= 0 {
		s.pos++
		return true
	}
	if c != 'u' {
		return s.fail(NotJSON, at)
	}
	for range 4 {
		if s.pos++; hexDigit(s.peek()) < 0 {
			return s.fail(NotJSON, at)
		}
	}
	s.pos++
	return true
}

// number reads -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
func (s *scanner) number() bool {
	if s.peek() == '-' {
		s.pos++
	}
	if s.peek() == '0' {
		s.pos++
	} else if !s.digits() {
		return false
	}
	if s.peek() == '.' {
		s.pos++
		if !s.digits() {
			return false
		}
	}
	if c := s.peek(); c == 'e' || c == 'E' {
		s.pos++
		if c := s.peek(); c == '+' || c == '-' {
			s.pos++
		}
		return s.digits()
	}
	return true
}

func (s *scanner) digits() bool {
	if !digit(s.peek()) {
		return s.fail(NotJSON, s.pos)
	}
	for digit(s.peek()) {
		s.pos++
	}
	return true
}

func digit(c byte) bool { return c >= '0' && c <= '9' }
