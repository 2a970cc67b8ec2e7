package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// encoder writes a report as encoding/json would write it, and EscapeJSON after
// it, in one pass and without looking up types: a storm of events is many reports. What its methods
// write is held to encoding/json by a test (encoder_test.go). Most take what
// stands before the value.
type encoder struct {
	out []byte
	err error // of a value of any type
}

func (e *encoder) raw(s string) { e.out = append(e.out, s...) }

func (e *encoder) text(before, s string) {
	e.raw(before)
	e.out = appendText(e.out, s)
}

func (e *encoder) number(before string, n int) {
	e.raw(before)
	e.out = strconv.AppendInt(e.out, int64(n), 10)
}

func (e *encoder) truth(before string, b bool) {
	e.raw(before)
	e.out = strconv.AppendBool(e.out, b)
}

// list writes a list whose elements are written by one.
func list[T any](e *encoder, before string, elements []T, one func(*encoder, *T)) {
	e.raw(before)
	if elements == nil {
		e.raw("null")
		return
	}
	e.raw("[")
	for i := range elements {
		if i > 0 {
			e.raw(",")
		}
		one(e, &elements[i])
	}
	e.raw("]")
}

func (e *encoder) texts(before string, elements []string) {
	list(e, before, elements, func(e *encoder, s *string) { e.text("", *s) })
}

// accounts are sorted, as encoding/json sorts the members of a map.
func (e *encoder) accounts(before string, all map[string]Account) {
	e.raw(before)
	if all == nil {
		e.raw("null")
		return
	}
	e.raw("{")
	for i, id := range slices.Sorted(maps.Keys(all)) {
		if i > 0 {
			e.raw(",")
		}
		e.text("", id)
		e.text(`:{"name":`, all[id].Name)
		e.truth(`,"outside":`, all[id].Outside)
		e.raw("}")
	}
	e.raw("}")
}

// any writes what may be of any type.
func (e *encoder) any(before string, v any) {
	e.raw(before)
	if v == nil {
		e.raw("null")
		return
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		e.err = err
		return
	}
	e.out = append(e.out, EscapeJSON(bytes.TrimSuffix(b.Bytes(), []byte("\n")))...)
}

// appendText adds a string with its quotes.
func appendText(out []byte, s string) []byte {
	out = append(out, '"')
	done := 0 // what of s is in out
	for at := 0; at < len(s); {
		if plain[s[at]] {
			at++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[at:])
		if r >= utf8.RuneSelf && !isRisky(r) || r == utf8.RuneError && n > 1 {
			at += n
			continue
		}
		out = appendRune(append(out, s[done:at]...), r)
		at += n
		done = at
	}
	return append(append(out, s[done:]...), '"')
}

// appendRune adds a character that does not stand in JSON text as it is.
func appendRune(out []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(out, '\\', byte(r))
	case '\b':
		return append(out, `\b`...)
	case '\f':
		return append(out, `\f`...)
	case '\n':
		return append(out, `\n`...)
	case '\r':
		return append(out, `\r`...)
	case '\t':
		return append(out, `\t`...)
	}
	return appendRisky(out, r)
}

// plain are the bytes that stand in a string of JSON text as they are.
var plain = func() (set [256]bool) {
	for c := ' '; c < 0x7F; c++ {
		set[c] = c != '"' && c != '\\'
	}
	return set
}()
