package render

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Carets gives s as [Visible] shows it, and a line of carets that stands below
// the bytes of marks where every character is as wide as in a terminal, without
// blanks at its end. It is empty where nothing is marked.
func Carets(s string, marks []Range) (shown, carets string) {
	if len(marks) == 0 {
		return Visible(s), ""
	}
	var b, c strings.Builder
	for p := range Pieces(s) {
		sign := " "
		if slices.ContainsFunc(marks, func(m Range) bool { return m.From < p.To && p.From < m.To }) {
			sign = "^"
		}
		b.WriteString(p.Text)
		c.WriteString(strings.Repeat(sign, uniseg.StringWidth(p.Text)))
	}
	return b.String(), strings.TrimRight(c.String(), " ")
}
