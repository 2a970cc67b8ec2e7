// Package cases reads and runs test cases of the engine: whole decisions and
// single condition blocks, one JSON object a line.
//
// Fields that are not known are ignored. A line that cannot be read gives an
// answer that says so, and the others go on. It never panics, whatever the
// lines hold; nothing is read but what it is given.
package cases

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// MaxLine is the longest line that is read, in bytes.
const MaxLine = 1 << 20

var errTooLong = fmt.Errorf("is longer than %d bytes: write one case a line, and no more than it needs", MaxLine)

// Count says how many lines held a case, and how many of them could not be
// read; First is the number of the first of these, from 1, and Fault what is
// wrong with it.
type Count struct {
	Lines, Failed int
	First         int
	Fault         error
}

// answer is a line of output.
type answer struct {
	ID string `json:"id"`
	*Outcome
	*Held
	Line  int    `json:"line,omitempty"` // of the input, from 1, where there is an error
	Error string `json:"error,omitempty"`
}

// eachLine runs every line that is not empty through run and writes its answer.
// The error is one of reading or writing; a line that run cannot read is an
// answer.
func eachLine(w io.Writer, r io.Reader, run func(line []byte) (answer, error)) (Count, error) {
	var n Count
	in := bufio.NewReaderSize(r, 64<<10)
	out := bufio.NewWriter(w)
	for number := 1; ; number++ {
		line, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errTooLong) {
			return n, errors.Join(fmt.Errorf("reading cases: %w", err), out.Flush())
		}
		if text := bytes.TrimSpace(line); len(text) > 0 || errors.Is(err, errTooLong) {
			n.Lines++
			a, bad := answer{}, err
			if !errors.Is(err, errTooLong) {
				a, bad = run(text)
			}
			if bad != nil {
				if n.Failed++; n.Failed == 1 {
					n.First, n.Fault = number, bad
				}
				a = answer{ID: idOf(text), Line: number, Error: bad.Error()}
			}
			if err := a.write(out); err != nil {
				return n, fmt.Errorf("writing answers: %w", err)
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
	}
	if err := out.Flush(); err != nil {
		return n, fmt.Errorf("writing answers: %w", err)
	}
	return n, nil
}

// write writes the answer as one line of JSON, without a character that a
// terminal would obey.
func (a *answer) write(w io.Writer) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(a); err != nil {
		return err
	}
	_, err := w.Write(escaped(b.Bytes()))
	return err
}

// readLine reads up to the next newline. Of a line that is too long it keeps
// nothing and reads on to its end.
func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		chunk, err := in.ReadSlice('\n')
		if !tooLong {
			line = append(line, chunk...)
		}
		if len(line) > MaxLine {
			line, tooLong = nil, true
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case tooLong:
			return nil, errTooLong
		}
		return line, err
	}
}

// idOf finds the id of a line that could not be read otherwise.
func idOf(line []byte) string {
	var v struct {
		ID string `json:"id"`
	}
	if json.Unmarshal(line, &v) != nil {
		return v.ID // what was read before the fault
	}
	return v.ID
}

// texts is a value that may be a scalar or a list of scalars.
type texts struct {
	list   []string
	isList bool
	null   bool
}

// UnmarshalJSON takes a string, a number, a truth value, null, or a list of
// them.
func (t *texts) UnmarshalJSON(raw []byte) error {
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '[' {
		var items []json.RawMessage
		if err := json.Unmarshal(raw, &items); err != nil {
			return fmt.Errorf("reading a list: %w", err)
		}
		t.isList = true
		for _, item := range items {
			s, err := scalar(item)
			if err != nil {
				return err
			}
			t.list = append(t.list, s)
		}
		return nil
	}
	if string(raw) == "null" {
		t.null = true
		return nil
	}
	s, err := scalar(raw)
	t.list = []string{s}
	return err
}

func scalar(raw json.RawMessage) (string, error) {
	switch raw = bytes.TrimSpace(raw); {
	case len(raw) == 0 || raw[0] == '[' || raw[0] == '{' || string(raw) == "null":
		return "", errors.New("a value in the context is no text, number or truth value, nor a list of them")
	case raw[0] != '"':
		return string(raw), nil
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", fmt.Errorf("reading a text: %w", err)
	}
	return s, nil
}
