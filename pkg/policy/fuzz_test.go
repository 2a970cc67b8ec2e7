package policy

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// FuzzParse holds Parse to what the package promises of any input.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", "{}", "[", `"{}"`, `"\"\""`, "%7B%7D", "\ufeff{}", sample,
		`{"Statement":[{"Effect":"Deny","NotAction":["a",1.50],"Principal":{"AWS":"*","AWS":["x"]}}]}`,
		"{\r\n\t\t\"Statement\": [\n\t\t\t{\"Condition\": {\"Bool\": {\"a\": [true, \"\\ud800\"]}}}]}",
		`{"Version":"2013","Statement":{"Resource":"${a}","Sid":"\u00e9"}}`,
		`{"Statement":[7,null,{}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d := Parse(raw)
		if !utf8.ValidString(d.Text) {
			t.Errorf("text is not valid UTF-8: %q", d.Text)
		}
		if d.Broken && (len(d.Findings) == 0 || len(d.Statements) > 0) {
			t.Errorf("broken with findings %v and %d statements", d.Findings, len(d.Statements))
		}
		checkPlaces(t, d)
		if known, ok := oracle(raw); ok != (len(raw) <= MaxSize && !unreadable(d)) {
			t.Errorf("encoding/json reads it: %v; findings %v", ok, d.Findings)
		} else if ok && !same(known, []byte(d.Text)) {
			t.Errorf("text differs from what was read:\n%q\n%q", raw, d.Text)
		}
		if d.Broken {
			return
		}
		if diff := cmp.Diff(d, Parse([]byte(d.Text))); diff != "" {
			t.Errorf("parsed again:\n%s", diff)
		}
	})
}

func unreadable(d *Document) bool {
	for _, f := range d.Findings {
		switch f.Code {
		case NotJSON, TooDeep, TooLarge:
			return true
		}
	}
	return false
}

// oracle unwraps with the standard library. False where that finds no JSON, or
// JSON nested too deep.
func oracle(raw []byte) ([]byte, bool) {
	s := strings.Trim(strings.TrimPrefix(string(raw), "\ufeff"), " \t\r\n")
	var inner string
	if strings.HasPrefix(s, `"`) && utf8.ValidString(s) && json.Unmarshal([]byte(s), &inner) == nil {
		s = strings.Trim(strings.TrimPrefix(inner, "\ufeff"), " \t\r\n")
	}
	if strings.HasPrefix(s, "%") {
		if p, err := url.PathUnescape(s); err == nil {
			s = strings.Trim(strings.TrimPrefix(p, "\ufeff"), " \t\r\n")
		}
	}
	if !utf8.ValidString(s) || !json.Valid([]byte(s)) {
		return nil, false
	}
	depth, deepest := 0, 0
	dec := json.NewDecoder(strings.NewReader(s))
	for {
		tok, err := dec.Token()
		if err != nil {
			return []byte(s), deepest <= MaxDepth
		}
		switch tok {
		case json.Delim('{'), json.Delim('['):
			depth++
			deepest = max(deepest, depth)
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

// same compares all tokens: order, duplicate members and the spelling of
// numbers count.
func same(a, b []byte) bool {
	da, db := json.NewDecoder(bytes.NewReader(a)), json.NewDecoder(bytes.NewReader(b))
	da.UseNumber()
	db.UseNumber()
	for {
		ta, erra := da.Token()
		tb, errb := db.Token()
		if erra != nil || errb != nil {
			return erra != nil && errb != nil && erra.Error() == errb.Error()
		}
		if !reflect.DeepEqual(ta, tb) {
			return false
		}
	}
}

// checkPlaces says of every place that it lies in the text and holds what it
// is the place of.
func checkPlaces(t *testing.T, d *Document) {
	t.Helper()
	lines := strings.Split(d.Text, "\n")
	inside := func(s Span) bool {
		return s.Line >= 1 && s.Line <= len(lines) && s.From >= 0 && s.From <= s.To && s.To <= len(lines[s.Line-1])
	}
	item := func(i Item) {
		if !inside(i.Span) {
			t.Errorf("%+v lies outside", i)
			return
		}
		var v any
		dec := json.NewDecoder(strings.NewReader(lines[i.Span.Line-1][i.Span.From:i.Span.To]))
		dec.UseNumber()
		err := dec.Decode(&v)
		switch v := v.(type) {
		case string:
			if v != i.Text {
				t.Errorf("%+v: there stands %q", i, v)
			}
		case bool, json.Number:
			if d.At(i.Span) != i.Text {
				t.Errorf("%+v: there stands %v", i, v)
			}
		default:
			t.Errorf("%+v: there stands %v, %v", i, v, err)
		}
	}
	found := d.Findings
	for _, k := range []Kind{KindIdentity, KindBoundary, KindSession, KindTrust, KindSCP, KindRCP, KindVPCE} {
		found = append(found[:len(found):len(found)], d.Check(k)...)
	}
	for _, f := range found {
		if !inside(f.Span) || f.Code == "" || f.Statement < -1 || f.Statement >= max(len(d.Statements), 1) {
			t.Errorf("finding %+v of %q", f, d.Text)
		}
	}
	for i, s := range d.Statements {
		if s.Index != i || s.First < 1 || s.First > s.Last || s.Last > len(lines) {
			t.Errorf("statement %d: %d, lines %d to %d", i, s.Index, s.First, s.Last)
		}
		for _, m := range []Span{s.EffectSpan, s.ActionSpan, s.ResourceSpan, s.PrincSpan} {
			if m != (Span{}) && !inside(m) {
				t.Errorf("statement %d: %+v lies outside", i, m)
			}
		}
		for _, p := range s.Principals {
			item(p.Item)
		}
		for _, list := range [][]Item{s.Actions, s.Resources} {
			for _, it := range list {
				item(it)
			}
		}
		for _, c := range s.Conditions {
			if !inside(c.Span) {
				t.Errorf("condition %+v lies outside", c)
			}
			for _, it := range c.Values {
				item(it)
			}
		}
	}
}

// FuzzDecodeURL compares with the standard library, and undoes what encodes
// every byte.
func FuzzDecodeURL(f *testing.F) {
	for _, s := range []string{"", "%", "%7B%22a%22+%22", "%zz", "%e9%2", "100%25"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := decodeURL(s)
		want, err := url.PathUnescape(s)
		if ok != (err == nil) || ok && got != want {
			t.Errorf("decodeURL(%q) = %q, %v; net/url says %q, %v", s, got, ok, want, err)
		}
		if back, ok := decodeURL(everyByte(s)); !ok || back != s {
			t.Errorf("%q encoded and decoded is %q, %v", s, back, ok)
		}
	})
}
