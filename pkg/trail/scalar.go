package trail

import "bytes"

// text takes a string.
func (s *source) text() *fault {
	s.take(1)
	for {
		w := s.buf[s.pos:]
		n := 0
		for n < len(w) && w[n] != '"' && w[n] != '\\' && w[n] >= ' ' {
			n++
		}
		s.take(n)
		if s.offset() > s.limit && s.limit > 0 {
			f := s.large()
			f.inString = true
			return f
		}
		c, ok := s.peek()
		switch {
		case !ok:
			return s.cutOff()
		case c == '"':
			s.take(1)
			return nil
		case c == '\\':
			if f := s.escape(); f != nil {
				f.inString = true
				return f
			}
		case c < ' ':
			f := s.broken("the end of a string")
			f.inString = true
			return f
		}
	}
}

// escape takes a backslash and what belongs to it.
func (s *source) escape() *fault {
	s.take(1)
	c, ok := s.peek()
	if !ok || bytes.IndexByte([]byte(`"\/bfnrtu`), c) < 0 {
		return s.broken("an escape")
	}
	s.take(1)
	if c != 'u' {
		return nil
	}
	for range 4 {
		c, ok := s.peek()
		if !ok || !isHex(c) {
			return s.broken("a hexadecimal digit")
		}
		s.take(1)
	}
	return nil
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

// literal takes true, false or null.
func (s *source) literal(word string) *fault {
	for i := range len(word) {
		if c, ok := s.peek(); !ok || c != word[i] {
			return s.broken(word)
		}
		s.take(1)
	}
	return nil
}

// number takes a number.
func (s *source) number() *fault {
	start := len(s.keep)
	for {
		c, ok := s.peek()
		if !ok || c != '-' && c != '+' && c != '.' && c != 'e' && c != 'E' && (c < '0' || c > '9') {
			break
		}
		if s.offset() >= s.limit && s.limit > 0 {
			return s.large()
		}
		s.take(1)
	}
	if !isNumber(s.keep[start:]) {
		return s.broken("a well-formed number before it")
	}
	return nil
}

// isNumber says whether b is a number of RFC 8259, section 6.
func isNumber(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("-"))
	whole := digits(b)
	if whole == 0 || whole > 1 && b[0] == '0' {
		return false
	}
	b = b[whole:]
	if len(b) > 0 && b[0] == '.' {
		n := digits(b[1:])
		if n == 0 {
			return false
		}
		b = b[1+n:]
	}
	if len(b) > 0 && (b[0] == 'e' || b[0] == 'E') {
		b = b[1:]
		if len(b) > 0 && (b[0] == '+' || b[0] == '-') {
			b = b[1:]
		}
		return len(b) > 0 && digits(b) == len(b)
	}
	return len(b) == 0
}

func digits(b []byte) int {
	n := 0
	for n < len(b) && b[n] >= '0' && b[n] <= '9' {
		n++
	}
	return n
}
