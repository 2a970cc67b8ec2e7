package trail

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A value is one JSON value that is well formed and has no white space between
// its tokens; nil is a member that is missing. Reading it as a type that it is
// not gives that type's zero: a field of a wrong type is a field that is
// unknown.
type value []byte

// members calls f for each member of an object, in order; the last of several
// of one name wins when f assigns. f must not keep key. It does nothing for any other value.
func members(object value, f func(key []byte, v value)) {
	if len(object) < 2 || object[0] != '{' {
		return
	}
	for i := 1; object[i] != '}'; {
		if object[i] == ',' {
			i++
		}
		k := i + span(object[i:])
		v := k + 1 + span(object[k+1:])
		f(object[i:k].name(), object[k+1:v])
		i = v
	}
}

// elements calls f for each element of an array.
func elements(array value, f func(v value)) {
	if len(array) < 2 || array[0] != '[' {
		return
	}
	for i := 1; array[i] != ']'; {
		if array[i] == ',' {
			i++
		}
		end := i + span(array[i:])
		f(array[i:end])
		i = end
	}
}

// span is the length of the value that v begins with.
func span(v value) int {
	depth := 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '"':
			i += quotedSpan(v[i:]) - 1
			if depth == 0 {
				return i + 1
			}
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case depth == 0 && (c == ',' || c == ':'):
			return i
		}
	}
	return len(v)
}

// quotedSpan is the length of the string that v begins with: up to the first
// quote with an even number of backslashes before it.
func quotedSpan(v value) int {
	for i := 1; ; i++ {
		i += bytes.IndexByte(v[i:], '"')
		slashes := 0
		for v[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}

// text is the string, with what is no UTF-8 replaced by U+FFFD.
func (v value) text() string {
	if len(v) < 2 || v[0] != '"' {
		return ""
	}
	inner := v[1 : len(v)-1]
	for _, c := range inner {
		if c == '\\' || c >= utf8.RuneSelf {
			var s string
			if json.Unmarshal(v, &s) != nil {
				return ""
			}
			return strings.ToValidUTF8(s, "\uFFFD")
		}
	}
	return string(inner)
}

// name is the string of a member's name, without a copy where it has no escape.
func (v value) name() []byte {
	if bytes.IndexByte(v, '\\') >= 0 {
		return []byte(v.text())
	}
	return v[1 : len(v)-1]
}

// get is a member of an object, or nil.
func (v value) get(name string) value {
	var found value
	members(v, func(key []byte, m value) {
		if string(key) == name {
			found = m
		}
	})
	return found
}

// instant is a time as CloudTrail writes it, in UTC, or the zero time; so also
// where its year in UTC has not four digits, which RFC 3339 cannot write.
func (v value) instant() time.Time {
	t, err := time.Parse(time.RFC3339, v.text())
	if t = t.UTC(); err != nil || t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// flag is true, or the string "true" as CloudTrail writes it in places.
func (v value) flag() bool { return string(v) == "true" || v.text() == "true" }

// whole is an integer, or one in a string; nil when it is neither.
func (v value) whole() *int64 {
	s := string(v)
	if len(v) > 0 && v[0] == '"' {
		s = v.text()
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// pairs is an object of strings as tags, sorted by key.
func (v value) pairs() []Tag {
	byKey := map[string]string{}
	members(v, func(key []byte, m value) {
		if m[0] == '"' {
			byKey[string(key)] = m.text()
		}
	})
	tags := make([]Tag, 0, len(byKey))
	for k, t := range byKey {
		tags = append(tags, Tag{Key: k, Value: t})
	}
	sort.Slice(tags, func(i, j int) bool { return tags[i].Key < tags[j].Key })
	return tags
}
