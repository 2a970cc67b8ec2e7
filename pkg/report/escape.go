package report

import (
	"bytes"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeJSON writes every character of JSON text that a terminal must not get
// raw as \uXXXX (two of them above U+FFFF): control characters, line and
// paragraph separators, and what is not seen itself but changes how the rest is
// shown, such as direction marks and overrides, and characters of no width; and
// U+FFFE and U+FFFF, which no message of Amazon SQS may have.
// The text means the same before and after, since these stand within strings
// only. A byte that is no UTF-8 becomes \ufffd, as every reader takes it. Text
// that needs nothing is given back as it is.
//
// Line feeds, tabs and carriage returns stay: JSON has them between its values,
// and within strings it is an encoder's duty to escape them.
func EscapeJSON(text []byte) []byte {
	at := firstRisky(text)
	if at < 0 {
		return text
	}
	out := make([]byte, 0, len(text)+len(text)/8+16)
	out = append(out, text[:at]...)
	for at < len(text) {
		r, n := utf8.DecodeRune(text[at:])
		switch {
		case !isRisky(r), r == utf8.RuneError && n > 1:
			out = append(out, text[at:at+n]...)
		default:
			out = appendRisky(out, r)
		}
		at += n
	}
	return out
}

// firstRisky is the place of the first character that is escaped, -1 without
// one. Nearly all text is plain ASCII.
func firstRisky(text []byte) int {
	for i, c := range text {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x7F {
			if n := bytes.IndexFunc(text[i:], isRisky); n >= 0 {
				return i + n
			}
			return -1
		}
	}
	return -1
}

// isRisky says whether a character is escaped. U+FFFD may stand for a byte that
// is none.
func isRisky(r rune) bool {
	switch {
	case r == '\n', r == '\r', r == '\t':
		return false
	case r < 0x7F:
		return r < ' '
	case r == utf8.RuneError:
		return true
	}
	return r == 0xFFFE || r == 0xFFFF || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// appendRisky adds the escape of a character.
func appendRisky(out []byte, r rune) []byte {
	if r <= 0xFFFF {
		return appendEscape(out, r)
	}
	high, low := utf16.EncodeRune(r)
	return appendEscape(appendEscape(out, high), low)
}

const hexDigits = "0123456789abcdef"

// appendEscape adds \uXXXX for one UTF-16 unit.
func appendEscape(out []byte, r rune) []byte {
	return append(out, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}
