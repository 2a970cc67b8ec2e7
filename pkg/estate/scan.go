package estate

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// maxDepth is how deep a file may nest (design: 64 levels), so that recursion
// is bounded.
const maxDepth = 64

// scanner walks JSON text once, strictly and without building anything: it
// accepts what encoding/json accepts, but for the depth. Account files are
// large and only a few of their elements are ever asked for.
type scanner struct {
	data  []byte
	pos   int
	depth int
}

// syntaxError is where a text stops being JSON.
type syntaxError struct {
	pos int
	end bool // the text ends too early
	msg string
}

func (e *syntaxError) Error() string { return e.msg }

// fault is what is wrong where the scanner stands.
func (s *scanner) fault(want string) error {
	if s.pos >= len(s.data) {
		return &syntaxError{pos: len(s.data), end: true, msg: "the text ends too early"}
	}
	return &syntaxError{pos: s.pos, msg: fmt.Sprintf("%s expected, found %q", want, rune(s.data[s.pos]))}
}

const (
	ones   = 0x0101010101010101
	highs  = 0x8080808080808080
	spaces = 0x2020202020202020
)

// peek skips white space and gives the next byte, 0 at the end.
func (s *scanner) peek() byte {
	i, d := s.pos, s.data
	for i < len(d) {
		c := d[i]
		if c > ' ' {
			s.pos = i
			return c
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			break
		}
		i++
		// Indentation is a good part of what the AWS CLI prints.
		for i+8 <= len(d) && binary.LittleEndian.Uint64(d[i:]) == spaces {
			i += 8
		}
	}
	s.pos = i
	return 0
}

// skip passes one value.
func (s *scanner) skip() error {
	switch s.peek() {
	case '{':
		return s.object(nil)
	case '[':
		return s.array(nil)
	case '"':
		return s.str()
	}
	return s.scalar()
}

// value passes one value and gives its text.
func (s *scanner) value() ([]byte, error) {
	s.peek()
	from := s.pos
	if err := s.skip(); err != nil {
		return nil, err
	}
	return s.data[from:s.pos:s.pos], nil
}

// object passes an object; member must pass the value of each key. The key is
// the text between the quotes, escapes and all. A nil member skips.
func (s *scanner) object(member func(key []byte) error) error {
	if err := s.enter('{'); err != nil {
		return err
	}
	if s.peek() == '}' {
		return s.leave()
	}
	for {
		if s.peek() != '"' {
			return s.fault("a member name in quotes")
		}
		from := s.pos + 1
		if err := s.str(); err != nil {
			return err
		}
		key := s.data[from : s.pos-1]
		if s.peek() != ':' {
			return s.fault("a colon")
		}
		s.pos++
		if err := s.each(member, key); err != nil {
			return err
		}
		switch s.peek() {
		case ',':
			s.pos++
		case '}':
			return s.leave()
		default:
			return s.fault("a comma or }")
		}
	}
}

func (s *scanner) each(member func(key []byte) error, key []byte) error {
	if member == nil {
		return s.skip()
	}
	return member(key)
}

// array passes an array; element must pass each value. A nil element skips.
func (s *scanner) array(element func() error) error {
	if err := s.enter('['); err != nil {
		return err
	}
	if s.peek() == ']' {
		return s.leave()
	}
	if element == nil {
		element = s.skip
	}
	for {
		if err := element(); err != nil {
			return err
		}
		switch s.peek() {
		case ',':
			s.pos++
		case ']':
			return s.leave()
		default:
			return s.fault("a comma or ]")
		}
	}
}

func (s *scanner) enter(open byte) error {
	if s.peek() != open {
		return s.fault(string(open))
	}
	if s.depth++; s.depth > maxDepth {
		return &syntaxError{pos: s.pos, msg: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
	}
	s.pos++
	return nil
}

func (s *scanner) leave() error {
	s.depth--
	s.pos++
	return nil
}

// str passes a string, eight bytes at a time while nothing in it needs a look.
func (s *scanner) str() error {
	i, d := s.pos+1, s.data
	for {
		for i+8 <= len(d) {
			w := binary.LittleEndian.Uint64(d[i:])
			q, b := w^(ones*'"'), w^(ones*'\\')
			// High bit of each byte that is a quote, a backslash or a control
			// character; a borrow can only mark bytes above a true one.
			m := ((q-ones)&^q | (b-ones)&^b | (w-spaces)&^w) & highs
			if m != 0 {
				i += bits.TrailingZeros64(m) / 8
				break
			}
			i += 8
		}
		if i >= len(d) {
			s.pos = len(d)
			return s.fault("a closing quote")
		}
		switch c := d[i]; {
		case c == '"':
			s.pos = i + 1
			return nil
		case c == '\\':
			n := escape(d[i+1:])
			if n == 0 {
				s.pos = min(i+1, len(d))
				return s.fault("an escape such as \\n or \\u00e9")
			}
			i += 1 + n
		case c < ' ':
			s.pos = i
			return s.fault("a closing quote")
		default:
			i++
		}
	}
}

// escape is the length of the escape behind a backslash, 0 if it is none.
func escape(d []byte) int {
	if len(d) == 0 {
		return 0
	}
	if d[0] != 'u' {
		if bytes.IndexByte([]byte(`"\/bfnrt`), d[0]) >= 0 {
			return 1
		}
		return 0
	}
	if len(d) < 5 {
		return 0
	}
	for _, c := range d[1:5] {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return 0
		}
	}
	return 5
}

// scalar passes a number, true, false or null.
func (s *scanner) scalar() error {
	from := s.pos
	i := from
	for i < len(s.data) && word(s.data[i]) {
		i++
	}
	if i == from || !json.Valid(s.data[from:i]) {
		return s.fault("a value")
	}
	s.pos = i
	return nil
}

func word(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '+' || c == '-' || c == '.'
}

// end says what stands behind the value: nothing, or a fault.
func (s *scanner) end() error {
	if s.peek() == 0 && s.pos >= len(s.data) {
		return nil
	}
	return s.fault("the end of the file")
}

// text is the value of a JSON string that the scanner has passed; false for
// any other value.
func text(raw []byte) (string, bool) {
	if len(raw) < 2 || raw[0] != '"' {
		return "", false
	}
	in := raw[1 : len(raw)-1]
	if bytes.IndexByte(in, '\\') < 0 && utf8.Valid(in) {
		return string(in), true
	}
	var v string
	err := json.Unmarshal(raw, &v)
	return v, err == nil
}

// keyText is the name of a member.
func keyText(key []byte) string {
	if bytes.IndexByte(key, '\\') < 0 && utf8.Valid(key) {
		return string(key)
	}
	v, _ := text(append(append([]byte{'"'}, key...), '"'))
	return v
}
