package estate

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func scanAll(data []byte) error {
	s := scanner{data: data}
	if err := s.skip(); err != nil {
		return err
	}
	return s.end()
}

// tooDeep says whether a text nests deeper than the scanner goes, judged
// without it.
func tooDeep(data []byte) bool {
	d := json.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		t, err := d.Token()
		if err != nil {
			return false
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			if depth++; depth > maxDepth {
				return true
			}
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
	}
}

var scanSeeds = []string{
	``, ` `, `{}`, `[]`, `null`, `true`, `tru`, `truex`, `-`, `-0`, `01`, `1.`, `1.5e+3`, `1e`, `+1`, `.5`, `NaN`,
	`"a"`, `"a`, `"\"`, `"\\"`, `"\""`, `"\u00e9"`, `"\u00g9"`, `"\u00"`, `"\x"`, "\"a\nb\"", "\"\x00\"", "\"\xff\"",
	`"12345678"`, `"1234567\"90123456789"`, `"12345678\`, `{"a":1}`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":}`, `{,}`,
	`[1,2]`, `[1,]`, `[1 2]`, `[,]`, `{"a":[{"b":{}}]}`, `{"a":1}}`, `{"a":1}{"b":2}`, `{]`, `[}`, "\ufeff{}",
	"[\n                 1 , 2\t,\r\n        3        ]", "{\"a\"\v:1}", `"é€𝄞 long enough for the word loop"`,
	strings.Repeat("[", 64) + strings.Repeat("]", 64), strings.Repeat("[", 65) + strings.Repeat("]", 65),
	strings.Repeat(`{"a":`, 70), "  \x00", "{}\x00",
}

func TestScannerAgreesWithEncodingJSON(t *testing.T) {
	for _, in := range scanSeeds {
		want := json.Valid([]byte(in)) && !tooDeep([]byte(in))
		if got := scanAll([]byte(in)); (got == nil) != want {
			t.Errorf("scan(%q) = %v, encoding/json says valid=%v", in, got, want)
		}
	}
}

func FuzzScanner(f *testing.F) {
	for _, in := range scanSeeds {
		f.Add([]byte(in))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		want := json.Valid(in) && !tooDeep(in)
		if got := scanAll(in); (got == nil) != want {
			t.Errorf("scan(%q) = %v, encoding/json says valid=%v", in, got, want)
		}
	})
}

// Every place in a document may be the one where a quote, a bracket or a byte
// is lost: the eight-byte steps must not hide it.
func TestScannerSeesEveryLostByte(t *testing.T) {
	doc := []byte(`{"RoleName": "a-role-of-some-length", "Doc": {"Statement": [{"Effect": "Allow", "n": -12.5e3, "x": [true, null, "q\"uo\\te"]}]}}`)
	for i := range doc {
		cut := append(append([]byte{}, doc[:i]...), doc[i+1:]...)
		if got, want := scanAll(cut) == nil, json.Valid(cut); got != want {
			t.Errorf("without byte %d (%q): scan valid=%v, encoding/json %v", i, doc[i], got, want)
		}
		if err := scanAll(doc[:i]); err == nil {
			t.Errorf("cut at %d is taken for whole", i)
		}
	}
}

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		`"plain"`: "plain", `""`: "", `"a\/b"`: "a/b", `"\u0041"`: "A", "\"\xff\"": "\ufffd", `"é"`: "é",
	} {
		if got, ok := text([]byte(in)); !ok || got != want {
			t.Errorf("text(%s) = %q, %v, want %q", in, got, ok, want)
		}
	}
	for _, in := range []string{`1`, `{}`, ``, `null`} {
		if _, ok := text([]byte(in)); ok {
			t.Errorf("text(%s) is a string", in)
		}
	}
}

func TestPlainAndDescribe(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"empty", "", "is empty"},
		{"blank", " \n\t", "is empty"},
		{"gzip", "\x1f\x8b\x08", "gzip"},
		{"utf16", "\xff\xfe{\x00", "UTF-16"},
		{"binary", "\x7fELF\x00\x00", "binary"},
		{"cut", "{\"a\":\n[1,\n2", "is cut off after line 3"},
		{"syntax", "{\"a\":\n\n @}", "line 3: no JSON: a value expected, found '@'"},
		{"array", "[]", "no JSON object"},
		{"string", `"x"`, "no JSON object"},
		{"number", `12`, "no JSON"},
		{"twice", `{"a":1,"a":2}`, `has "a" twice`},
		{"two values", "{}\n{}", "line 2: no JSON: the end of the file expected"},
		{"problem", "", "is empty"},
	} {
		_, got := open(File{Found: true, Data: []byte(c.in)})
		if !strings.Contains(got, c.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %q, want %q in one line", c.name, got, c.want)
		}
	}
	if o, got := open(File{Found: true, Data: []byte("\ufeff{\"a\":\"b\"}")}); got != "" || o.str("a") != "b" {
		t.Errorf("byte order mark: %q %+v", got, o)
	}
}
