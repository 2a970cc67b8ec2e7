package trail

import "bytes"

// A reading is one stream of documents: the input itself, or what was taken out
// of an envelope.
type reading struct {
	*decoder
	s  *source
	at int64 // offset of the envelope; -1 in the input itself

	faults int
}

// maxFaults is how many faults one envelope may have: behind it, one hostile
// event would fill the screen.
const maxFaults = 100

// offset is where a value that begins at start stands in the input.
func (d *reading) offset(start int64) int64 {
	if d.at >= 0 {
		return d.at
	}
	return start
}

// documents reads values, one behind the other, to the end. A comma between two
// of them is let pass.
func (d *reading) documents(in nesting) {
	found, comma, resumed := false, false, false
	for ; !d.done; found = true {
		d.s.depth = 0
		c, f := d.s.token()
		if f != nil {
			d.finish(found, f.cause)
			return
		}
		start := d.s.offset()
		switch {
		case c == ',' && comma, resumed && (c == ']' || c == '}'):
			d.s.pos++ // of a list whose beginning was lost
			continue
		case looksJSON(d.s.ahead(64)):
			f, comma = d.element(in), true
		case d.at >= 0:
			d.fail(d.at, "the text in the "+in.name()+" is not JSON", nil)
			return
		default:
			d.message(start)
		}
		if f != nil {
			resumed = true
			if d.recover(f, start, 0) == ended {
				return
			}
		}
	}
}

// finish reports an input without anything in it, or one that broke off.
func (d *reading) finish(found bool, cause error) {
	switch {
	case cause != nil:
		d.fail(d.offset(d.s.offset()), "reading the input", cause)
	case found:
	case d.at >= 0:
		d.fail(d.at, "not a CloudTrail record: the envelope is empty", nil)
	default:
		d.whole("empty: hand over a CloudTrail record, an event of EventBridge, a log file, or AWS's error message", nil)
	}
}

// looksJSON tells an array or object from text that begins with a bracket, such
// as "[ERROR] ...".
func looksJSON(head []byte) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	if head[0] == '{' {
		return len(rest) == 0 || rest[0] != '\'' // else as Python writes it
	}
	return head[0] == '[' && (len(rest) == 0 || bytes.IndexByte([]byte(`{["]-0123456789tfn`), rest[0]) >= 0)
}

// emptyList says that an array ends where it begins.
func emptyList(head []byte) bool {
	rest := bytes.TrimLeft(head[1:], " \t\r\n")
	return len(rest) > 0 && rest[0] == ']'
}

// element reads one value that may be a record, an envelope or an array of
// such.
func (d *reading) element(in nesting) *fault {
	s := d.s
	start, kept, outer := s.offset(), len(s.keep), s.limit
	s.limit = start + MaxRecord
	var f *fault
	switch c, _ := s.peek(); c {
	case '{':
		f = d.object(in)
	case '[':
		if s.depth > 0 && emptyList(s.ahead(64)) {
			d.fail(d.offset(start), "not a CloudTrail record: an empty array in the place of a record", nil)
		}
		f = d.list(in)
	default:
		if f = s.value(); f == nil {
			d.fail(d.offset(start), "not a CloudTrail record: no JSON object, which begins with {", nil)
		}
	}
	s.keep, s.limit = s.keep[:kept], outer
	if f == nil && d.done {
		return stop
	}
	return f
}

// object reads one object. A list of records in it is read element by element;
// without one, the object is kept whole and opened.
func (d *reading) object(in nesting) *fault {
	s := d.s
	start, kept, listed := s.offset(), len(s.keep), false
	if f := s.open(); f != nil {
		return f
	}
	c, f := s.token()
	for more := c != '}'; f == nil && more; {
		name := len(s.keep)
		if f = s.key(); f != nil {
			break
		}
		e := listNamed(s.keep[name:])
		if c, f = s.token(); f != nil {
			break
		}
		if e != nil && c == '[' && !s.emptyList() {
			s.keep, listed = s.keep[:kept], true
			f = d.listed(e, in)
		} else {
			f = s.value()
		}
		if f == nil {
			more, f = d.comma()
		}
	}
	if f != nil {
		return f
	}
	s.close()
	if !listed {
		d.open(s.keep[kept:], in, d.offset(start))
	}
	return nil
}

// emptyList says that the list which comes next has nothing in it, as far as a
// little of what is ahead tells: it makes no envelope of what it stands in.
func (s *source) emptyList() bool {
	return bytes.HasPrefix(bytes.TrimLeft(s.ahead(history)[1:], " \t\r\n"), []byte("]"))
}

// comma takes the comma behind a member, and says false before the end of the
// object.
func (d *reading) comma() (more bool, f *fault) {
	c, f := d.s.token()
	switch {
	case f != nil:
		return false, f
	case c == '}':
		return false, nil
	case c != ',':
		return false, d.s.broken("a comma or a closing bracket")
	}
	d.s.take(1)
	return true, nil
}

// listed reads the list that makes an object the envelope e.
func (d *reading) listed(e *envelope, in nesting) *fault {
	inner, why := in.into(e)
	if why != "" {
		return &fault{reason: why}
	}
	start, outer := d.s.offset(), d.s.limit
	f := d.list(inner)
	d.s.limit = outer + d.s.offset() - start
	return f
}

// list reads an array, one element after the other. A missing comma is let
// pass: it loses nothing, and a file that was cut and then goes on looks so.
func (d *reading) list(in nesting) *fault {
	s := d.s
	if f := s.open(); f != nil {
		return f
	}
	level, kept, comma := s.depth, len(s.keep), false
	s.limit = 0
	for {
		s.keep = s.keep[:kept]
		c, f := s.token()
		start := s.offset()
		switch {
		case f != nil:
		case c == ']':
			s.close()
			return nil
		case c == ',' && comma:
			s.take(1)
			comma = false
			continue
		case comma && c != '{':
			f = s.broken("a comma or the end of the list")
		default:
			f = d.element(in)
			comma = true
		}
		if f == nil {
			continue
		}
		switch d.recover(f, start, level) {
		case ended:
			return stop
		case outgrown:
			return nil
		case restart:
			comma = false
		case behind:
			comma = true
		}
	}
}

// recover reports f, which broke the value at start, and skips to where reading
// goes on.
func (d *reading) recover(f *fault, start int64, level int) resume {
	if f == stop {
		return ended
	}
	d.fail(d.offset(start), f.reason, f.cause)
	if f.end || d.done {
		return ended
	}
	if d.faults++; d.at >= 0 && d.faults == maxFaults {
		d.fail(d.at, "the rest of this envelope is not read: too much of it is not valid JSON", nil)
		return ended
	}
	return d.s.resync(level, f.inString)
}
