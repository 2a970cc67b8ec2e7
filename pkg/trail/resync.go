package trail

import "bytes"

// A resume says how reading goes on behind a fault.
type resume uint8

const (
	ended    resume = iota // nothing is left
	behind                 // the value at fault has ended, or a comma of its list comes
	restart                // a further value begins here
	outgrown               // the list around the value has ended too
)

// marks are the first member names with which AWS begins a record or an
// envelope in a list. A quote inside a JSON string is escaped, so a bare
// {"eventVersion" behind a comma begins a record whatever went before.
var marks = [][]byte{
	[]byte(`"eventVersion"`), []byte(`"messageId"`), []byte(`"EventId"`),
	[]byte(`"EventSource"`), []byte(`"version"`),
}

// resync skips to where reading can go on behind a fault. level is the depth of
// the list (0: the top of the input) that the value at fault stands in. The
// first of these ends the skip:
//
//   - a line that begins, without indentation, with { or [ (records one a line,
//     documents one behind the other);
//   - behind a comma, a { and one of marks (a record of a log file on one line);
//   - the bracket that closes the value at fault, counted from where the fault
//     was, strings left out (a line's end ends a string: JSON has none that
//     spans lines);
//   - the comma behind a value that has no brackets.
func (s *source) resync(level int, inString bool) resume {
	if s.passed() {
		s.depth = level
		return restart
	}
	for {
		c, ok := s.peek()
		if !ok {
			return ended
		}
		if s.restarts(c) {
			s.depth = level
			return restart
		}
		s.pos++
		switch {
		case c == '\n':
			inString = false
		case inString:
			inString = s.skipInString(c)
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			s.depth++
		case c == '}' || c == ']':
			s.depth--
			if s.depth == level {
				return behind
			}
			if s.depth < level {
				return outgrown
			}
		case c == ',' && s.depth == level:
			s.pos--
			return behind
		}
	}
}

// skipInString takes what a backslash escapes, and says whether the string goes
// on behind c.
func (s *source) skipInString(c byte) bool {
	if c == '\\' {
		if next, ok := s.peek(); ok && next != '\n' {
			s.pos++
		}
	}
	return c != '"'
}

// restarts says whether the next byte, c, begins a value by its place alone.
func (s *source) restarts(c byte) bool {
	if c != '{' && c != '[' {
		return false
	}
	if s.before() == '\n' {
		return true
	}
	return c == '{' && s.significant() == ',' && marked(s.ahead(256)[1:])
}

// passed finds the case that a string without its end has swallowed the comma
// and the bracket before a record, and broke behind the first quote of that:
// "abc,{"eventVersion". It goes back to the bracket.
func (s *source) passed() bool {
	if s.before() != '"' {
		return false
	}
	s.ahead(64) // before looking back: it may move the window
	for i := s.pos - 2; i > 0; i-- {
		switch s.buf[i] {
		case ' ', '\t', '\r', '\n':
			continue
		case '{':
			here := s.pos
			s.pos = i
			if s.significant() == ',' && marked(s.buf[here-1:]) {
				return true
			}
			s.pos = here
		}
		return false
	}
	return false
}

// marked says whether b begins with one of marks.
func marked(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	for _, m := range marks {
		if bytes.HasPrefix(b, m) {
			return true
		}
	}
	return false
}

// significant is the last byte taken that is no white space, as far as the
// window has it.
func (s *source) significant() byte {
	for i := s.pos - 1; i >= 0; i-- {
		if c := s.buf[i]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
	}
	return s.last
}
