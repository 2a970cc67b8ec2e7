package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// unsafeRunes are what a terminal must not get raw.
func unsafeRunes() []rune {
	list := []rune{0x7F, 0x61C, 0x2060, 0xFEFF, 0x2028, 0x2029, 0xAD, 0x180E, 0xFFF9, 0xE0001, 0xE0041, 0x1D173}
	for _, span := range [][2]rune{{0x80, 0x9F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}} {
		for r := span[0]; r <= span[1]; r++ {
			list = append(list, r)
		}
	}
	return list
}

func TestEscapeJSON(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"plain", `{"a":"käse 你好 \u001b 😀"}`, `{"a":"käse 你好 \u001b 😀"}`},
		{"layout", "{\r\n\t\"a\": 1\n}\n", "{\r\n\t\"a\": 1\n}\n"},
		{"C1", "\"a\u009bb\"", `"a\u009bb"`},
		{"delete", "\"\x7f\"", `"\u007f"`},
		{"above the first plane", "\"\U000e0041\"", `"\udb40\udc41"`},
		{"at the end", "\"\u202e\"", `"\u202e"`},
		{"no text", "\"\x9b\xff\"", `"\ufffd\ufffd"`},
		{"the replacement itself", "\"\ufffd\x9b\"", "\"\ufffd\\ufffd\""},
		{"empty", "", ""},
	} {
		if got := string(EscapeJSON([]byte(c.text))); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, r := range unsafeRunes() {
		got := EscapeJSON(fmt.Appendf(nil, `"x%cy"`, r))
		var s string
		if err := json.Unmarshal(got, &s); err != nil || s != fmt.Sprintf("x%cy", r) || bytes.ContainsRune(got, r) {
			t.Errorf("%U: %q, read as %q, %v", r, got, s, err)
		}
	}
}

// A report is the same when it is read again, and holds nothing raw.
func TestEncodeEscapes(t *testing.T) {
	agent := "agent"
	for _, r := range unsafeRunes() {
		agent += string(r)
	}
	in := input(t, "sesame-2026")
	in.Subject.Record.UserAgent = agent
	r := Build(in)
	if r.Event.UserAgent != agent {
		t.Fatalf("user agent %q", r.Event.UserAgent)
	}
	for _, pretty := range []bool{false, true} {
		var b bytes.Buffer
		if err := Encode(&b, r, pretty); err != nil {
			t.Fatal(err)
		}
		for _, c := range unsafeRunes() {
			if bytes.ContainsRune(b.Bytes(), c) {
				t.Errorf("pretty %v: %U stands there raw", pretty, c)
			}
		}
		if lines := bytes.Count(b.Bytes(), []byte("\n")); !pretty && lines != 1 {
			t.Errorf("%d lines", lines)
		}
		got, err := Decode(&b)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(r.Event, got.Event); d != "" {
			t.Error(d)
		}
	}
}

// FuzzEscapeJSON: what is escaped reads as before, once is enough, and nothing
// that is escaped is left.
func FuzzEscapeJSON(f *testing.F) {
	for _, s := range []string{"", "a\u009b\\", "\xff\u202e", `\u200b`, "\U000e0041\U0010ffff", "\x7f\n\t\"", "\\\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain, err := json.Marshal(map[string]string{s: s})
		if err != nil {
			t.Skip()
		}
		got := EscapeJSON(bytes.Clone(plain))
		var want, have map[string]string
		if err := json.Unmarshal(plain, &want); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(got, &have); err != nil || !cmp.Equal(want, have) {
			t.Errorf("%q became %q: %v", plain, got, err)
		}
		if !bytes.Equal(EscapeJSON(got), got) {
			t.Errorf("%q is escaped twice", got)
		}
		for _, r := range string(got) {
			if r != utf8.RuneError && isRisky(r) {
				t.Errorf("%U is left in %q", r, got)
			}
		}
	})
}
