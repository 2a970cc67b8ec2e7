package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Encode writes the report as JSON on one line, or indented with pretty, and a
// newline behind it. Nothing is escaped for HTML; what a terminal must not get
// raw is (EscapeJSON).
func Encode(w io.Writer, r *Report, pretty bool) error {
	var text bytes.Buffer
	enc := json.NewEncoder(&text)
	enc.SetEscapeHTML(false)
	if pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	if _, err := w.Write(EscapeJSON(text.Bytes())); err != nil {
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
