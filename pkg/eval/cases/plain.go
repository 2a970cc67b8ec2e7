package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// decode reads a line into v. The error says in plain words what is wrong with
// the line.
func decode(line []byte, v any) error {
	if !json.Valid(line) {
		return notJSON(line)
	}
	if line[0] != '{' {
		return errors.New("is no JSON object: write {...}")
	}
	err := json.Unmarshal(line, v)
	var wrong *json.UnmarshalTypeError
	if !errors.As(err, &wrong) {
		return err
	}
	field := wrong.Field
	if field == "" {
		field = "a member"
	}
	return fmt.Errorf("%s is %s", field, wanting(wrong))
}

// notJSON says where a line stops being JSON.
func notJSON(line []byte) error {
	var v any
	dec := json.NewDecoder(bytes.NewReader(line))
	err := dec.Decode(&v)
	var syntax *json.SyntaxError
	switch {
	case line[0] != '{' && line[0] != '[' && line[0] != '"':
		return errors.New("is no JSON: write one JSON object a line")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("is no JSON: the line ends in the middle of it")
	case errors.As(err, &syntax):
		return fmt.Errorf("is no JSON: a fault at character %d of the line", utf8.RuneCount(line[:min(len(line), int(syntax.Offset))]))
	case err == nil:
		return errors.New("is more than one JSON value: write one JSON object a line")
	}
	return errors.New("is no JSON: write one JSON object a line")
}

// wanting says what a member should have been.
func wanting(wrong *json.UnmarshalTypeError) string {
	kinds := map[string]string{"string": "no text", "bool": "neither true nor false", "slice": "no list", "map": "no object", "struct": "no object"}
	if what := kinds[wrong.Type.Kind().String()]; what != "" {
		return what
	}
	return "not of the kind that it must be"
}

// escaped is a line of JSON in which no character is left that a terminal obeys
// or that changes the direction of what stands around it: it is written as
// \uXXXX, which says the same.
func escaped(line []byte) []byte {
	if bytes.IndexFunc(line, acts) < 0 {
		return line
	}
	var b strings.Builder
	for _, r := range string(line) {
		switch {
		case !acts(r):
			b.WriteRune(r)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return []byte(b.String())
}

// acts says that a character is no text: a control or format character, or a
// separator of lines. The newline at the end of the line stays.
func acts(r rune) bool {
	return r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}
