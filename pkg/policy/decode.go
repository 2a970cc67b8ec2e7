package policy

import (
	"encoding/json"
	"strings"
)

// unwrap finds the JSON text in what was read: the IAM API gives it
// URL-encoded (RFC 3986), estate files as an object or as a JSON string of
// either form, editors add a byte order mark. Each wrapping is taken off once,
// from the outside: string, then URL. What cannot be unwrapped is given back
// as it is, for the scanner to complain about.
func unwrap(raw string) string {
	s := trim(raw)
	if strings.HasPrefix(s, `"`) {
		if sc := newScanner(s); sc.document() {
			s = trim(sc.text(sc.nodes[0]))
		}
	}
	if strings.HasPrefix(s, "%") {
		if d, ok := decodeURL(s); ok {
			s = trim(d)
		}
	}
	return s
}

// trim takes off a byte order mark and JSON's white space.
func trim(s string) string {
	return strings.Trim(strings.TrimPrefix(s, "\ufeff"), " \t\r\n")
}

// decodeURL undoes percent encoding as RFC 3986 has it: a plus sign is a plus
// sign. False if a percent sign is not followed by two hexadecimal digits.
func decodeURL(s string) (string, bool) {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		hi, lo := hexDigit(s[i+1]), hexDigit(s[i+2])
		if hi < 0 || lo < 0 {
			return "", false
		}
		b.WriteByte(byte(hi<<4 | lo))
		i += 2
	}
	return b.String(), true
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// unquote gives the value of a JSON string that the scanner has accepted.
func unquote(quoted string) string {
	if !strings.Contains(quoted, `\`) {
		return quoted[1 : len(quoted)-1]
	}
	var s string
	if json.Unmarshal([]byte(quoted), &s) != nil {
		return quoted[1 : len(quoted)-1] // not reached for what the scanner accepts
	}
	return s
}
