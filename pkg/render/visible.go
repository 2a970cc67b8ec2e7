package render

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxMarks is how many combining marks may stand on one letter: as many as
// living scripts need, too few to paint over the line above.
const maxMarks = 4

// Piece is one character of a text as it may be shown: itself, or an escape in
// its place. From and To are its bytes in the text it comes from.
type Piece struct {
	Text     string
	From, To int
	Escaped  bool
}

// Visible gives s with every character that could move the cursor, color or
// reorder the line, or not be seen, as an escape of Go's (\n, \x1b, \u202e,
// \U000e0041; a byte that is no UTF-8 as \xff). A backslash stays one, so the
// escapes are for eyes, not for reading back.
//
// Letters of scripts that run from right to left stay as they are.
func Visible(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	for p := range Pieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// plain tells that s is printable ASCII, as nearly all text of events is.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Pieces gives the characters of s as [Visible] shows them, for formats that
// must keep track of bytes.
func Pieces(s string) iter.Seq[Piece] {
	return func(yield func(Piece) bool) {
		marks := maxMarks // a mark needs a letter before it
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			p := Piece{Text: s[i : i+n], From: i, To: i + n}
			switch {
			case r >= ' ' && r <= '~':
				marks = 0
			case r == utf8.RuneError && n == 1:
				p.Text, p.Escaped = fmt.Sprintf(`\x%02x`, s[i]), true
			case unicode.Is(unicode.M, r) && marks < maxMarks && seen(r):
				marks++
			case unicode.Is(unicode.M, r) || !seen(r):
				p.Text, p.Escaped = Escape(r), true
			default:
				marks = 0
			}
			if p.Escaped {
				marks = maxMarks
			}
			if !yield(p) {
				return
			}
			i += n
		}
	}
}

// seen tells that a character is there to be seen. unicode.IsPrint leaves out
// control and format characters (bidi, zero width, tags), every space but the
// plain one, private use and what has no meaning yet; what it lets through and
// fonts still leave out (fillers, variation selectors) is left out here.
func seen(r rune) bool {
	return unicode.IsPrint(r) &&
		!unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) &&
		!unicode.Is(unicode.Variation_Selector, r)
}

// Escape gives one character as an escape of Go's, in ASCII.
func Escape(r rune) string {
	switch {
	case r == '\n':
		return `\n`
	case r == '\r':
		return `\r`
	case r == '\t':
		return `\t`
	case r < utf8.RuneSelf:
		return fmt.Sprintf(`\x%02x`, r)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}
