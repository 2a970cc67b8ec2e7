package policy

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

func TestLayout(t *testing.T) {
	for _, tt := range []struct{ name, raw, want string }{
		{"one line", `{"Version":"2012-10-17","Statement":[]}`, `
{
  "Version": "2012-10-17",
  "Statement": []
}`},
		{"spelling of numbers, keys and escapes kept", `{"\u0041":1.50,"b":1E2,"c":-0,"d":"\u003c\/é","e":{},"f":[ ]}`, `
{
  "\u0041": 1.50,
  "b": 1E2,
  "c": -0,
  "d": "\u003c\/é",
  "e": {},
  "f": []
}`},
		{"order kept", `{"b":[1,{"z":true,"a":null}],"a":false}`, `
{
  "b": [
    1,
    {
      "z": true,
      "a": null
    }
  ],
  "a": false
}`},
		{"line breaks, but not between members", "{\n\"a\":\n1, \"b\": 2}", `
{
  "a": 1,
  "b": 2
}`},
		{"author's lines stand alone", `
{
    "Version": "2012-10-17",
    "Statement": [{ "Sid": "A",

      "Effect": "Allow" }]
}`, `
{
    "Version": "2012-10-17",
    "Statement": [{ "Sid": "A",

      "Effect": "Allow" }]
}`},
		{"object in a larger file", `{
                    "Version": "2012-10-17",
                    "Statement": [
                        {
                            "Effect": "Allow"
                        }
                    ]
                }`, `
{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow"
        }
    ]
}`},
		{"indented as a whole", "\t{\n\t  \"a\": 1,\n\t  \"b\": 2\n\t}\n", `
{
  "a": 1,
  "b": 2
}`},
		{"tabs", "{\n\t\t\t\"a\": 1,\n\n\t\t\t\"b\": [\n\t\t\t\t2]\n\t\t}", "\n{\n\t\"a\": 1,\n\n\t\"b\": [\n\t\t2]\n}"},
		{"tabs and spaces have the shared beginning in common", "{\n\t  \"a\": 1,\n\t\t\"b\": 2\n\t}", "\n{\n  \"a\": 1,\n\t\"b\": 2\n}"},
		{"closing bracket on the last line", "{\"a\": 1,\n        \"b\": {\n          \"c\": 2}}", `
{"a": 1,
  "b": {
    "c": 2}}`},
		{"so too, one space", "{\"a\": 1,\n \"b\": 2}", "\n{\"a\": 1,\n \"b\": 2}"},
		{"so too, tabs", "{\"a\": 1,\n\t\t\"b\": 2}", "\n{\"a\": 1,\n\t\"b\": 2}"},
		{"space at the ends of lines, CR LF and CR", "{  \r\n  \"a\": 1,\t\r\r\n  \"b\": 2 \r\n}\r\n", `
{
  "a": 1,

  "b": 2
}`},
		{"comma first", "{\n    \"a\": 1\n  , \"b\": 2\n}", `
{
    "a": 1
  , "b": 2
}`},
		{"list", "[1,2]", `
[
  1,
  2
]`},
	} {
		got := Parse([]byte(tt.raw)).Text
		if want := strings.TrimPrefix(tt.want, "\n"); got != want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, want)
		}
		if again := Parse([]byte(got)).Text; again != got {
			t.Errorf("%s: laid out again:\n%s\nwas\n%s", tt.name, again, got)
		}
	}
}

// A document on one line is laid out as encoding/json does it.
func TestLayoutAsJSONIndent(t *testing.T) {
	for _, raw := range []string{
		sample,
		`{"a":[[],{},[[]],{"b":{}}],"c":[1,"x",true,false,null,-1.5e+10]}`,
		`[ {"a" : 1 } , [ 2 , 3 ] ]`,
		`"x"`,
		strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth),
	} {
		if raw == `"x"` {
			raw = `{"x":"x"}`
		}
		var want bytes.Buffer
		if err := json.Indent(&want, []byte(raw), "", "  "); err != nil {
			t.Fatal(err)
		}
		if got := Parse([]byte(raw)).Text; got != want.String() {
			t.Errorf("%.60s: got\n%s\nwant\n%s", raw, got, want.String())
		}
	}
}

// What would grow beyond MaxSize keeps its one line.
func TestLayoutTooWide(t *testing.T) {
	depth := MaxDepth - 2
	raw := `{"Statement":[],` + "\t" + `"x":` + strings.Repeat("[", depth) + strings.Repeat("1,", 50_000) + "1" +
		strings.Repeat("]", depth) + "}"
	d := Parse([]byte("\r\n" + raw))
	if d.Broken || d.Text != raw {
		t.Errorf("broken %v, %d bytes, want the %d as they were", d.Broken, len(d.Text), len(raw))
	}
}

func TestLines(t *testing.T) {
	d := &Document{Text: "a\nb\nc"}
	for _, tt := range []struct {
		first, last int
		want        string
	}{
		{1, 3, "a b c"},
		{2, 2, "b"},
		{0, 9, "a b c"},
		{3, 9, "c"},
		{-5, 1, "a"},
		{4, 9, ""},
		{2, 1, ""},
	} {
		if got := strings.Join(d.Lines(tt.first, tt.last), " "); got != tt.want {
			t.Errorf("Lines(%d, %d) = %q, want %q", tt.first, tt.last, got, tt.want)
		}
	}
}

func TestAt(t *testing.T) {
	d := &Document{Text: "abc\ndef"}
	for _, tt := range []struct {
		span Span
		want string
	}{
		{Span{1, 0, 3}, "abc"},
		{Span{2, 1, 2}, "e"},
		{Span{2, 3, 3}, ""},
		{Span{}, ""},
		{Span{3, 0, 1}, ""},
		{Span{1, 2, 4}, ""},
		{Span{1, 2, 1}, ""},
		{Span{1, -1, 1}, ""},
		{Span{-1, 0, 1}, ""},
	} {
		if got := d.At(tt.span); got != tt.want {
			t.Errorf("At(%v) = %q, want %q", tt.span, got, tt.want)
		}
	}
}
