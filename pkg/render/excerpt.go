package render

import (
	"math"
	"slices"
	"strings"
)

// maxQuote is how many lines of a policy are shown, unless all are asked for:
// what is marked first, then what stands around it.
const maxQuote = 10

// Line is one line of an excerpt, or the place of lines that are left out.
type Line struct {
	Number  int // in the policy's document, from 1
	Text    string
	Marks   []Range // what to point at in Text
	Skipped bool    // lines are left out here: the rest is empty
}

// Excerpt gives the lines of a quote that are worth to be shown, or all of
// them, without the braces around them, without the blanks that all begin with,
// and with tabs as two blanks.
func (q Quote) Excerpt(all bool) []Line {
	if all {
		return q.AtMost(math.MaxInt)
	}
	return q.AtMost(maxQuote)
}

// AtMost is Excerpt with so many lines at most; those that are left out have a
// place that counts for none.
func (q Quote) AtMost(most int) []Line {
	q = q.unwrapped()
	keep := q.kept(most)
	var out []Line
	margin := math.MaxInt
	for i := range keep {
		switch {
		case keep[i]:
			l := Line{Number: q.number(i)}
			l.Text, l.Marks = untabbed(q.Lines[i], q.marks(i))
			if text := strings.TrimLeft(l.Text, " "); text != "" {
				margin = min(margin, len(l.Text)-len(text))
			}
			out = append(out, l)
		case i > 0 && keep[i-1] && slices.Contains(keep[i:], true):
			out = append(out, Line{Skipped: true})
		}
	}
	for i := range out {
		out[i].outdent(margin)
	}
	return out
}

// outdent takes the first n bytes off, or fewer where the line is shorter.
func (l *Line) outdent(n int) {
	n = min(n, len(l.Text))
	l.Text = l.Text[n:]
	for i := range l.Marks {
		l.Marks[i].From -= n
		l.Marks[i].To -= n
	}
}

// untabbed has two blanks for each tab, and its marks where they were.
func untabbed(s string, marks []Range) (string, []Range) {
	moved := func(at int) int {
		return at + strings.Count(s[:min(max(at, 0), len(s))], "\t")
	}
	for i, m := range marks {
		marks[i] = Range{From: moved(m.From), To: moved(m.To)}
	}
	return strings.ReplaceAll(s, "\t", "  "), marks
}

// unwrapped leaves out the braces that a quote begins and ends with.
func (q Quote) unwrapped() Quote {
	brace := func(s string) bool { return strings.Trim(s, "{}, \t") == "" }
	for len(q.Lines) > 1 && brace(q.Lines[0]) {
		q.Lines = q.Lines[1:]
		q.First = q.number(1)
	}
	for len(q.Lines) > 1 && brace(q.Lines[len(q.Lines)-1]) {
		q.Lines = q.Lines[:len(q.Lines)-1]
	}
	return q
}

// number is that of the i-th line, at least 1 whatever a report says.
func (q Quote) number(i int) int {
	return min(max(q.First, 1), math.MaxInt32) + i
}

// marks are those of the i-th line.
func (q Quote) marks(i int) []Range {
	var list []Range
	for _, m := range q.Mark {
		if m.Line == q.number(i) && m.From < m.To {
			list = append(list, Range{m.From, m.To})
		}
	}
	return list
}

// kept says which lines are shown: all of a short quote; of a longer one, while
// there is room, what is marked, the end of a list at its end, and what stands
// nearest to a mark.
func (q Quote) kept(most int) []bool {
	keep := make([]bool, len(q.Lines))
	room := most
	take := func(i int) {
		if i >= 0 && i < len(keep) && !keep[i] && room > 0 {
			keep[i] = true
			room--
		}
	}
	var marked []int
	for i := range keep {
		if len(q.marks(i)) > 0 {
			marked = append(marked, i)
			take(i)
		}
	}
	if last := len(keep) - 1; len(marked) > 0 && strings.HasPrefix(strings.TrimSpace(q.Lines[last]), "]") {
		take(last)
	}
	for _, away := range []int{-1, -2, 1} {
		for _, i := range marked {
			take(i + away)
		}
	}
	take(0)
	whole := len(keep) <= most || len(marked) == 0
	for i := range keep {
		if whole || i > 0 && i < len(keep)-1 && keep[i-1] && keep[i+1] { // no gap of one line
			take(i)
		}
	}
	return keep
}
