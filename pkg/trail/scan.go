package trail

import "fmt"

// A fault is where the grammar was broken off. The nearest list (or the top of
// the input) reports it and goes on behind it.
type fault struct {
	reason   string
	inString bool  // inside a string: a quote ends one
	end      bool  // the input is over
	cause    error // the reader's own error
}

// stop is the fault that nobody reports: the reader of the records wants no
// more, or the end was reported already.
var stop = &fault{end: true}

// broken is the fault at the next byte, where want was expected.
func (s *source) broken(want string) *fault {
	c, ok := s.peek()
	if !ok {
		return s.cutOff()
	}
	return &fault{reason: fmt.Sprintf("not valid JSON: at byte %d stands %q where %s is expected", s.offset(), rune(c), want)}
}

// cutOff is the fault at the end of the input.
func (s *source) cutOff() *fault {
	f := &fault{reason: "the input ends in the middle of a record (truncated?)", end: true, cause: s.failure()}
	if f.cause != nil {
		f.reason = "reading the input"
	}
	return f
}

// token skips white space and gives the byte that the next token begins with.
func (s *source) token() (byte, *fault) {
	for {
		c, ok := s.peek()
		if !ok {
			return 0, s.cutOff()
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			if s.offset() >= s.limit && s.limit > 0 {
				return 0, s.large()
			}
			return c, nil
		}
		s.pos++
	}
}

func (s *source) large() *fault {
	return &fault{reason: fmt.Sprintf("larger than %d bytes, the most that a record may have", MaxRecord)}
}

// take keeps the next n bytes of the window.
func (s *source) take(n int) {
	s.keep = append(s.keep, s.buf[s.pos:s.pos+n]...)
	s.pos += n
}

// open takes a { or [. The byte is taken even when it is one too deep, so that
// whoever recovers makes progress.
func (s *source) open() *fault {
	kind := s.buf[s.pos]
	s.take(1)
	s.depth++
	if s.depth > MaxDepth {
		return &fault{reason: fmt.Sprintf("nested deeper than %d levels", MaxDepth)}
	}
	s.kinds[s.depth-1] = kind
	return nil
}

// close takes the bracket that ends the innermost level.
func (s *source) close() {
	s.take(1)
	s.depth--
}

// value takes one value and keeps it. It checks all of the grammar of RFC 8259
// and does not recurse.
func (s *source) value() *fault {
	level := s.depth
	for {
		opened, f := s.begin()
		if f != nil {
			return f
		}
		if opened {
			continue
		}
		if more, f := s.after(level); f != nil || !more {
			return f
		}
	}
}

// begin takes a scalar or an empty container whole; of any other container it
// takes what stands before its first value, and says true.
func (s *source) begin() (opened bool, f *fault) {
	c, f := s.token()
	if f != nil {
		return false, f
	}
	switch {
	case c == '"':
		return false, s.text()
	case c == '{' || c == '[':
		if f := s.open(); f != nil {
			return false, f
		}
		next, f := s.token()
		if f != nil {
			return false, f
		}
		if next == c+2 { // } and ] stand two behind { and [
			s.close()
			return false, nil
		}
		if c == '{' {
			f = s.key()
		}
		return true, f
	case c == '-' || c >= '0' && c <= '9':
		return false, s.number()
	case c == 't':
		return false, s.literal("true")
	case c == 'f':
		return false, s.literal("false")
	case c == 'n':
		return false, s.literal("null")
	}
	return false, s.broken("a value")
}

// after takes what follows a value: closing brackets down to level, or a comma
// (and a key) before a further value, when it says true.
func (s *source) after(level int) (more bool, f *fault) {
	for s.depth > level {
		c, f := s.token()
		if f != nil {
			return false, f
		}
		kind := s.kinds[s.depth-1]
		switch {
		case c == kind+2:
			s.close()
		case c == ',' && kind == '{':
			s.take(1)
			return true, s.key()
		case c == ',':
			s.take(1)
			return true, nil
		default:
			return false, s.broken("a comma or a closing bracket")
		}
	}
	return false, nil
}

// key takes a member's name and the colon behind it.
func (s *source) key() *fault {
	c, f := s.token()
	if f != nil {
		return f
	}
	if c != '"' {
		return s.broken("a member's name")
	}
	if f := s.text(); f != nil {
		return f
	}
	c, f = s.token()
	if f != nil {
		return f
	}
	if c != ':' {
		return s.broken("a colon")
	}
	s.take(1)
	return nil
}
