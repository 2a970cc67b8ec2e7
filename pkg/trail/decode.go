package trail

import (
	"bytes"
	"fmt"
	"io"
	"iter"
)

// Decode gives every record of r, in order, and for each thing that is none an
// error (always a *RecordError) in its place; file is the name to show. Reading
// goes on after an error; see resync for where. The sequence can be walked once.
//
// r may hold, gzip compressed or not, with or without a byte order mark: bare
// records, arrays of them, everything in the list of envelopes, several of these
// one behind the other or one a line, or AWS's error message alone.
// Memory is bounded by about one record, whatever the size of r.
//
// Position.Record counts records and errors alike, from 1; Position.Offset is
// where the outermost value that holds the record begins, in the decompressed
// stream when r is compressed.
func Decode(r io.Reader, file string) iter.Seq2[*Record, error] {
	return func(yield func(*Record, error) bool) {
		d := &decoder{file: file, yield: yield}
		s := newSource(r)
		if bytes.HasPrefix(s.ahead(2), []byte("\x1f\x8b")) {
			z, err := unzip(&rest{s}, "file")
			if err != nil {
				d.whole("reading the gzip header", err)
				return
			}
			s = newSource(z)
		}
		if why := preamble(s); why != "" {
			d.whole(why, s.failure())
			return
		}
		(&reading{decoder: d, s: s, at: -1}).documents(nesting{})
	}
}

// A decoder is what all readings of one input share.
type decoder struct {
	file    string
	yield   func(*Record, error) bool
	records int  // records and errors so far
	done    bool // nobody wants more
}

// whole reports what is wrong with the input as a whole.
func (d *decoder) whole(reason string, err error) {
	d.done = d.done || !d.yield(nil, &RecordError{Position: Position{File: d.file}, Reason: reason, Err: err})
}

// next is the position of the next record or error.
func (d *decoder) next(offset int64) Position {
	d.records++
	return Position{File: d.file, Record: d.records, Offset: offset}
}

// fail reports one error, unless nobody wants more.
func (d *decoder) fail(offset int64, reason string, err error) {
	if !d.done {
		d.done = !d.yield(nil, &RecordError{Position: d.next(offset), Reason: reason, Err: err})
	}
}

// emit hands out one record.
func (d *decoder) emit(offset int64, r *Record) {
	if !d.done {
		r.Position = d.next(offset)
		d.done = !d.yield(r, nil)
	}
}

// rest reads what a source has not taken yet.
type rest struct{ s *source }

func (r *rest) Read(p []byte) (int, error) {
	if _, ok := r.s.peek(); !ok {
		return 0, r.s.err
	}
	n := copy(p, r.s.buf[r.s.pos:])
	r.s.pos += n
	return n, nil
}

// preamble skips a byte order mark and says why the input cannot be read at all,
// or nothing.
func preamble(s *source) string {
	head := s.ahead(512)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		s.pos += 3
		head = s.ahead(512)
		s.last = '\n'
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return "UTF-16 text: save it as UTF-8"
	}
	text := bytes.TrimLeft(head, " \t\r\n")
	if len(text) > 0 && (text[0] == '{' || text[0] == '[') && !bytes.Contains(text[:min(4, len(text))], []byte{0}) {
		return ""
	}
	for _, c := range text {
		if c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f' && c != '\v' && c != '\a' && c != '\b' && c != 0x1b {
			return fmt.Sprintf("binary data, byte %#02x among the first %d: hand over CloudTrail records as JSON, gzip compressed or not", c, len(head))
		}
	}
	return ""
}
