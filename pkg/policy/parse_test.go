package policy

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const sample = `{"Version":"2012-10-17","Statement":[{"Sid":"A+B 100%","Effect":"Allow",` +
	`"Principal":{"AWS":"arn:aws:iam::111111111111:user/alice"},"Action":"sts:AssumeRole",` +
	`"Condition":{"StringLike":{"aws:userid":"\u00e9\"\\*"}}}]}`

// quoted is s as a JSON string.
func quoted(t *testing.T, s string) string {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every wrapping in which AWS, its tools and editors hand out a document gives
// the same document.
func TestParseWrappings(t *testing.T) {
	want := Parse([]byte(sample))
	if want.Broken || len(want.Findings) > 0 || len(want.Statements) != 1 {
		t.Fatalf("the sample itself: %+v", want)
	}
	if got := want.Statements[0].Conditions[0].Values[0].Text; got != `é"\*` {
		t.Errorf("value is %q", got)
	}
	encoded := url.PathEscape(sample)
	encoded = strings.NewReplacer("+", "%2B", ":", "%3A", "=", "%3D", "&", "%26", "@", "%40", "$", "%24").Replace(encoded)
	for name, raw := range map[string]string{
		"white space":         " \r\n\t" + sample + "\n\n",
		"byte order mark":     "\ufeff" + sample,
		"mark, white space":   "\ufeff\n" + sample,
		"URL-encoded":         encoded,
		"lower case":          strings.ReplaceAll(encoded, "%7B", "%7b"),
		"every byte encoded":  everyByte(sample),
		"encoded white space": "%0A%20" + encoded + "\n",
		"encoded mark":        "%EF%BB%BF" + encoded,
		"string":              quoted(t, sample),
		"string, indented":    " " + quoted(t, "\n "+sample+"\n"),
		"string of encoded":   quoted(t, encoded),
	} {
		if diff := cmp.Diff(want, Parse([]byte(raw))); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
}

func everyByte(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		b.WriteString("%" + string(hex[s[i]>>4]) + string(hex[s[i]&15]))
	}
	return b.String()
}

// A plus sign is a plus sign: RFC 3986, not the encoding of forms.
func TestParsePlus(t *testing.T) {
	d := Parse([]byte(`%7B%22Statement%22:%5B%5D,%22Id%22:%22a+b%22%7D`))
	if !strings.Contains(d.Text, `"a+b"`) {
		t.Errorf("text is %s", d.Text)
	}
}

func TestParseBroken(t *testing.T) {
	deep := func(n int) string { return strings.Repeat(`[`, n) + strings.Repeat(`]`, n) }
	for name, tt := range map[string]struct {
		raw, code, element, word string
		span                     Span
	}{
		"empty":            {"", NotJSON, "", "", Span{1, 0, 0}},
		"white space":      {" \n ", NotJSON, "", "", Span{1, 0, 0}},
		"mark alone":       {"\ufeff", NotJSON, "", "", Span{1, 0, 0}},
		"word":             {"hello", NotJSON, "", "h", Span{1, 0, 1}},
		"NUL":              {"\x00", NotJSON, "", "\x00", Span{1, 0, 1}},
		"list":             {"[]", NotObject, "", "list", Span{1, 0, 2}},
		"number":           {"12", NotObject, "", "number", Span{1, 0, 2}},
		"null":             {"null", NotObject, "", "null", Span{1, 0, 4}},
		"truncated":        {`{"Version":`, NotJSON, "", "", Span{1, 11, 11}},
		"truncated string": {"{\n \"Vers", NotJSON, "", "", Span{2, 6, 6}},
		"truncated escape": {`{"a":"\u00`, NotJSON, "", `\`, Span{1, 6, 7}},
		"two documents":    {"{}\n{}", NotJSON, "", "{", Span{2, 0, 1}},
		"trailing comma":   {`{"Statement":[],}`, NotJSON, "", "}", Span{1, 16, 17}},
		"comment":          {`{/* */}`, NotJSON, "", "/", Span{1, 1, 2}},
		"single quotes":    {`{'Statement':[]}`, NotJSON, "", "'", Span{1, 1, 2}},
		"no colon":         {`{"Statement" []}`, NotJSON, "", "[", Span{1, 13, 14}},
		"raw line break":   {"{\"a\nb\":1}", NotJSON, "", "", Span{1, 3, 3}},
		"bad escape":       {`{"a":"\x"}`, NotJSON, "", `\`, Span{1, 6, 7}},
		"bad number":       {`{"a":01}`, NotJSON, "", "1", Span{1, 6, 7}},
		"bad fraction":     {`{"a":1.}`, NotJSON, "", "}", Span{1, 7, 8}},
		"bad exponent":     {`{"a":1e+}`, NotJSON, "", "}", Span{1, 8, 9}},
		"half a word":      {`{"a":tru}`, NotJSON, "", "t", Span{1, 5, 6}},
		"invalid UTF-8":    {"{\"\u00e9\":\"\xff\"}", NotJSON, "", "\ufffd", Span{1, 7, 10}},
		"UTF-16":           {"\xff\xfe{\x00}\x00", NotJSON, "", "\ufffd", Span{1, 0, 3}},
		"bad URL encoding": {"%7B%2", NotJSON, "", "%", Span{1, 0, 1}},
		"encoded truncated": {
			"%7B%22Version%22", NotJSON, "", "", Span{1, 10, 10},
		},
		"string of a word":   {`"hello"`, NotJSON, "", "h", Span{1, 0, 1}},
		"string of a string": {`"\"{}\""`, NotObject, "", "string", Span{1, 0, 4}},
		"deepest list":       {deep(MaxDepth), NotObject, "", "list", Span{1, 0, 1}},
		"too deep":           {deep(MaxDepth + 1), TooDeep, "", "[", Span{1, MaxDepth, MaxDepth + 1}},
		"far too deep":       {strings.Repeat(`{"a":`, 200_000), TooDeep, "", "{", Span{1, 5 * MaxDepth, 5*MaxDepth + 1}},
		"too large":          {`{"Statement":[]}` + strings.Repeat(" ", MaxSize), TooLarge, "", "{", Span{1, 0, 1}},
		"no Statement":       {`{}`, MissingElement, "Statement", "Statement", Span{1, 0, 1}},
		"Statement string":   {`{"Statement":"x"}`, WrongType, "Statement", "string", Span{2, 15, 18}},
		"Statement null":     {`{"Statement":null}`, WrongType, "Statement", "null", Span{2, 15, 19}},
		"two Statements":     {`{"Statement":[],"Statement":[]}`, DuplicateMember, "Statement", "Statement", Span{3, 2, 13}},
		"two Versions": {
			`{"Version":"2012-10-17","Ver\u0073ion":"2012-10-17","Statement":[]}`,
			DuplicateMember, "Version", "Version",
			Span{3, 2, 16},
		},
	} {
		d := Parse([]byte(tt.raw))
		if !d.Broken || len(d.Statements) > 0 {
			t.Errorf("%s: broken %v, %d statements", name, d.Broken, len(d.Statements))
		}
		want := []Finding{{Statement: -1, Element: tt.element, Code: tt.code, Text: tt.word, Span: tt.span}}
		if diff := cmp.Diff(want, d.Findings); diff != "" {
			t.Errorf("%s: %q:\n%s", name, d.Text, diff)
		}
		if !utf8.ValidString(d.Text) {
			t.Errorf("%s: text is not valid UTF-8: %q", name, d.Text)
		}
	}
}

// What is no JSON is shown from its beginning, cut between two characters.
func TestParseBrokenText(t *testing.T) {
	for raw, want := range map[string]string{
		"  hello\n":                     "hello",
		"a\xffb":                        "a\ufffdb",
		"x" + strings.Repeat("é", 4000): "x" + strings.Repeat("é", (maxShown-1)/2),
		`"%7B%22"`:                      `{"`,
	} {
		if got := Parse([]byte(raw)).Text; got != want {
			t.Errorf("%.20q: text is %.40q (%d bytes)", raw, got, len(got))
		}
	}
	if got := Parse([]byte(strings.Repeat("[", MaxSize+1))).Text; len(got) != maxShown {
		t.Errorf("too large: text has %d bytes", len(got))
	}
}

// The limits themselves are within.
func TestParseAtLimits(t *testing.T) {
	deep := `{"Statement":[],"x":` + strings.Repeat("[", MaxDepth-1) + strings.Repeat("]", MaxDepth-1) + "}"
	if d := Parse([]byte(deep)); d.Broken {
		t.Errorf("depth %d: %+v", MaxDepth, d.Findings)
	}
	large := `{"Statement":[]}`
	large += strings.Repeat(" ", MaxSize-len(large))
	if d := Parse([]byte(large)); d.Broken {
		t.Errorf("size %d: %+v", MaxSize, d.Findings)
	}
}
