package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
)

// usualSize is how many bytes nearly every report has at most, without the trace.
const usualSize = 10 << 10

// buffers are those of reports that were written.
var buffers = sync.Pool{New: func() any { return &encoder{out: make([]byte, 0, usualSize)} }}

// Encode writes the report as JSON on one line, or indented with pretty, and a
// newline behind it. Nothing is escaped for HTML; what a terminal must not get
// raw is (EscapeJSON). It writes once.
func Encode(w io.Writer, r *Report, pretty bool) error {
	e := buffers.Get().(*encoder)
	defer buffers.Put(e)
	e.out, e.err = e.out[:0], nil
	e.report(r)
	if e.err != nil {
		return fmt.Errorf("encode report: %w", e.err)
	}
	e.out = append(e.out, '\n')
	text := e.out
	if pretty {
		var b bytes.Buffer
		if err := json.Indent(&b, text, "", "  "); err != nil {
			return fmt.Errorf("encode report: %w", err)
		}
		text = b.Bytes()
	}
	if _, err := w.Write(text); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	return nil
}

// Decode reads one report and nothing behind it. A schema other than Schema is
// an error; members that a later version added are passed over, and a list that
// is missing is empty.
func Decode(r io.Reader) (*Report, error) {
	dec := json.NewDecoder(r)
	var out Report
	if err := dec.Decode(&out); err != nil {
		return nil, fmt.Errorf("decode report: %w", err)
	}
	if out.Schema != Schema {
		return nil, fmt.Errorf("decode report: its schema is %q, this program reads %q", out.Schema, Schema)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("decode report: there is more behind the report: give one report at a time")
	}
	fill(&out)
	return &out, nil
}
