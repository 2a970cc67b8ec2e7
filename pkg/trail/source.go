package trail

import (
	"bytes"
	"errors"
	"io"
)

// windowSize is how much of a stream is in memory beside the record at hand: at
// first, since most inputs are one event, and of a longer stream.
const (
	firstSize  = 4 << 10
	windowSize = 64 << 10
)

// history is how many bytes that were read stay in the window: resync looks
// back.
const history = 256

// A source is a stream of bytes with a window on it, and the place in the JSON
// grammar that reading has come to. It keeps what the grammar tells it to keep
// (one record), never the stream.
type source struct {
	r    io.Reader
	buf  []byte // the window; buf[pos:] is not read yet
	pos  int
	base int64 // offset of buf[0] in the stream
	last byte  // the byte before buf[0]
	err  error // io.EOF or why reading stopped

	depth int
	kinds [MaxDepth]byte // '{' or '[' for each open level
	keep  []byte         // tokens of the value at hand, without white space
	limit int64          // offset that the record at hand must not pass
}

// newSource reads from r.
func newSource(r io.Reader) *source {
	return &source{r: r, buf: make([]byte, 0, firstSize), keep: make([]byte, 0, firstSize/2), last: '\n'}
}

// textSource reads a document that is in memory.
func textSource(b []byte) *source {
	return &source{buf: b, err: io.EOF, last: '\n'}
}

// offset is how many bytes have been read.
func (s *source) offset() int64 { return s.base + int64(s.pos) }

// peek gives the next byte without taking it, and false at the end.
func (s *source) peek() (byte, bool) {
	if s.pos == len(s.buf) && !s.fill() {
		return 0, false
	}
	return s.buf[s.pos], true
}

// fill drops what was read long ago from the window and reads on. It says false
// when nothing more came.
func (s *source) fill() bool {
	if s.err != nil {
		return false
	}
	if len(s.buf) == firstSize && cap(s.buf) < windowSize {
		s.buf = append(make([]byte, 0, windowSize), s.buf...)
	}
	if cut := s.pos - history; cut > 0 {
		s.last = s.buf[cut-1]
		s.base += int64(cut)
		s.buf = s.buf[:copy(s.buf, s.buf[cut:])]
		s.pos = history
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		s.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// ahead gives up to n bytes (at most firstSize/2) without taking them.
func (s *source) ahead(n int) []byte {
	for len(s.buf)-s.pos < n && s.fill() {
	}
	return s.buf[s.pos:min(s.pos+n, len(s.buf))]
}

// before is the last byte taken.
func (s *source) before() byte {
	if s.pos == 0 {
		return s.last
	}
	return s.buf[s.pos-1]
}

// line takes the rest of the line and its end, and gives at most most bytes of
// it. It stops where a record or an envelope begins in the line.
func (s *source) line(most int) []byte {
	var line []byte
	for {
		if _, ok := s.peek(); !ok {
			return line
		}
		part := s.buf[s.pos:]
		n := bytes.IndexAny(part, "{\n")
		switch {
		case n == 0 && part[0] == '{' && opensRecord(s.ahead(history)[1:]):
			return line
		case n == 0:
			part = s.buf[s.pos : s.pos+1] // looking ahead may have moved the window
		case n > 0 && part[n] == '{':
			part = part[:n]
		case n > 0:
			part = part[:n+1]
		}
		line = append(line, part[:min(len(part), most-len(line))]...)
		s.pos += len(part)
		if part[len(part)-1] == '\n' {
			return line
		}
	}
}

// openings are the members with which a record or an envelope begins, in AWS's
// order or in that of their names.
var openings = [][]byte{
	[]byte(`"eventVersion"`), []byte(`"userIdentity"`), []byte(`"eventTime"`), []byte(`"eventSource"`), []byte(`"eventName"`),
	[]byte(`"eventID"`), []byte(`"awsRegion"`), []byte(`"additionalEventData"`), []byte(`"addendum"`), []byte(`"apiVersion"`),
	[]byte(`"Records"`), []byte(`"Events"`), []byte(`"version"`), []byte(`"detail-type"`), []byte(`"account"`), []byte(`"detail"`),
	[]byte(`"messageId"`), []byte(`"EventId"`), []byte(`"EventSource"`), []byte(`"awslogs"`),
}

// opensRecord says whether b, behind a bracket, is how a record or an envelope
// goes on.
func opensRecord(b []byte) bool {
	b = bytes.TrimLeft(b, " \t\r\n")
	for _, o := range openings {
		if rest, ok := bytes.CutPrefix(b, o); ok && bytes.HasPrefix(bytes.TrimLeft(rest, " \t\r\n"), []byte(":")) {
			return true
		}
	}
	return false
}

// failure is why reading stopped, when that was not the end of the input.
func (s *source) failure() error {
	if errors.Is(s.err, io.EOF) {
		return nil
	}
	return s.err
}
