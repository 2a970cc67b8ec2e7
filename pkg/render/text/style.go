package text

import "unicode/utf8"

// style is how a character is colored.
type style uint8

// The styles: few, so that each says something.
const (
	normal style = iota
	bold
	faint
	red
	boldRed
	yellow
	boldYellow
	cyan
	boldCyan
)

var codes = [...]string{
	normal: "0", bold: "1", faint: "2", red: "31", boldRed: "1;31",
	yellow: "33", boldYellow: "1;33", cyan: "36", boldCyan: "1;36",
}

// sgr is the code (ECMA-48 SGR) that turns one style into another.
func sgr(from, to style) string {
	if from == normal || to == normal {
		return "\x1b[" + codes[to] + "m"
	}
	return "\x1b[0;" + codes[to] + "m"
}

// glyph is a sign of this package's own, and what stands for it in ASCII.
type glyph struct{ utf8, ascii string }

// The signs. What ends the list stands in sentences and labels only.
var glyphs = [...]glyph{
	{"→", "->"},
	{"│", "|"},
	{"─", "-"},
	{"✗", "x"},
	{"·", "-"},
	{"…", "..."},
	{"—", "-"},
	{"–", "-"},
	{"’", "'"},
	{"‘", "'"},
	{"“", `"`},
	{"”", `"`},
}

var (
	arrow      = glyphs[0]
	vertical   = glyphs[1]
	horizontal = glyphs[2]
	cross      = glyphs[3]
	dot        = glyphs[4]
	ellipsis   = glyphs[5]
	skipped    = glyph{"…", ":"}
	question   = glyph{"?", "?"}
	caret      = glyph{"^", "^"}
	opening    = glyph{"»", ">>"} // of what is marked within a line
	closing    = glyph{"«", "<<"}
)

// mark gives one of this package's own signs.
func (p *page) mark(st style, g glyph) cells {
	if p.utf8 {
		return append(p.cut(1), p.cell(g.utf8, 1, st, false))
	}
	return p.text(st, g.ascii)
}

// shows tells that a cell is a sign.
func (x cell) shows(g glyph) bool {
	r, _ := utf8.DecodeRuneInString(g.utf8)
	return x.is(r) || x.is(rune(g.ascii[0]))
}
