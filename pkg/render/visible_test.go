package render

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestVisible(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "", ""},
		{"plain", `user bob \ "x"`, `user bob \ "x"`},
		{"line breaks", "a\nb\r\nc\u0085d\u2028e\u2029f", `a\nb\r\nc\u0085d\u2028e\u2029f`},
		{"tab", "a\tb", `a\tb`},
		{"terminal", "\x1b[2J\x07\x00\x7f\u009b", `\x1b[2J\x07\x00\x7f\u009b`},
		{"bidi", "\u202etxt\u202c\u2066\u2069\u200e\u200f\u061c", `\u202etxt\u202c\u2066\u2069\u200e\u200f\u061c`},
		{"no width", "a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060", `a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060`},
		{"fillers", "\u3164\u115f\u034f\ufe0f\U000e0100", `\u3164\u115f\u034f\ufe0f\U000e0100`},
		{"variation of a letter", "a\ufe0fb\U000e0100", `a\ufe0fb\U000e0100`},
		{"tags", "\U000e0041", `\U000e0041`},
		{"blanks of other kinds", "a\u00a0b\u3000c\u2003", `a\u00a0b\u3000c\u2003`},
		{"private and unassigned", "\ue000\u0378\uffff", `\ue000\u0378\uffff`},
		{"no UTF-8", "a\xffb\xc3", `a\xffb\xc3`},
		{"surrogate", "\xed\xa0\x80", `\xed\xa0\x80`},
		{"scripts", "é 部署 한글 ไทย عربي עברית", "é 部署 한글 ไทย عربي עברית"},
		{"mark on a letter", "e\u0301", "e\u0301"},
		{"mark without a letter", "\u0301e", `\u0301e`},
		{"mark on an escape", "\n\u0301", `\n\u0301`},
		{"too many marks", "e" + strings.Repeat("\u0301", 6), "e" + strings.Repeat("\u0301", 4) + `\u0301\u0301`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Visible(tt.in); got != tt.want {
				t.Errorf("Visible(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// FuzzVisible: what comes out is printable, and the pieces cover what went in.
func FuzzVisible(f *testing.F) {
	f.Add("bob\x1b[2J\u202e\xff")
	f.Add("e\u0301\u0301\u0301\u0301\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		out := Visible(s)
		if !utf8.ValidString(out) {
			t.Errorf("no UTF-8: %q", out)
		}
		for _, r := range out {
			if !unicode.IsPrint(r) {
				t.Errorf("%U in %q", r, out)
			}
		}
		if again := Visible(out); again != out {
			t.Errorf("what is visible changes: %q, then %q", out, again)
		}
		at, whole := 0, ""
		for p := range Pieces(s) {
			if p.From != at || p.To <= p.From {
				t.Fatalf("piece [%d,%d) after %d", p.From, p.To, at)
			}
			if !p.Escaped && p.Text != s[p.From:p.To] {
				t.Errorf("piece %q is not what it came from", p.Text)
			}
			at, whole = p.To, whole+p.Text
		}
		if at != len(s) || whole != out {
			t.Errorf("pieces give %q, Visible %q", whole, out)
		}
	})
}
