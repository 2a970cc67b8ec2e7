package text

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// maxQuote is how many lines of a policy are shown, unless all are asked for:
// what is marked first, then what stands around it.
const maxQuote = 10

func (p *page) quote(q render.Quote) {
	q = unwrapped(q)
	keep := p.kept(q)
	digits := len(strconv.Itoa(lineNumber(q, len(q.Lines)-1)))
	whole := p.quoteLines(q, keep)
	bar := slices.Concat(p.space(1), p.mark(faint, vertical), p.space(1))
	for i, c := range whole {
		switch {
		case !keep[i] && i > 0 && keep[i-1] && slices.Contains(keep[i:], true):
			p.line(4, slices.Concat(p.space(digits-1), p.mark(faint, skipped), bar))
			continue
		case !keep[i]:
			continue
		}
		number := p.text(faint, strconv.Itoa(lineNumber(q, i)))
		for _, l := range p.folded(c, p.width-4-digits-3) {
			p.underlined(4, slices.Concat(p.space(digits-number.width()), number, bar), l)
			number = nil
		}
	}
}

// unwrapped leaves out the braces that a quote begins and ends with.
func unwrapped(q render.Quote) render.Quote {
	brace := func(s string) bool { return strings.Trim(s, "{}, \t") == "" }
	for len(q.Lines) > 1 && brace(q.Lines[0]) {
		q.Lines = q.Lines[1:]
		q.First = lineNumber(q, 1)
	}
	for len(q.Lines) > 1 && brace(q.Lines[len(q.Lines)-1]) {
		q.Lines = q.Lines[:len(q.Lines)-1]
	}
	return q
}

// quoteLines are the lines without the blanks that all those kept begin with.
func (p *page) quoteLines(q render.Quote, keep []bool) []cells {
	whole := make([]cells, len(q.Lines))
	margin := math.MaxInt
	for i, text := range q.Lines {
		if !keep[i] {
			continue
		}
		var marks []render.Range
		for _, m := range marksOf(q, i) {
			marks = append(marks, render.Range{From: m.From, To: m.To})
		}
		whole[i] = p.code(text, marks)
		if c := whole[i]; !blank(c) {
			margin = min(margin, len(c)-len(trimLeft(c)))
		}
	}
	for i, c := range whole {
		whole[i] = c[min(margin, len(c)):]
	}
	return whole
}

// folded breaks a line so that what follows hangs under its beginning.
func (p *page) folded(c cells, room int) []cells {
	hang := len(c) - len(trimLeft(c)) + 2
	if hang > room/2 {
		hang = 0
	}
	lines := wrap(c, room, room-hang)
	for i := range lines {
		if i > 0 {
			lines[i] = append(p.space(hang), lines[i]...)
		}
	}
	return lines
}

// code is a line of a policy, its tabs as two blanks each.
func (p *page) code(s string, marks []render.Range) cells {
	var out cells
	at := 0
	for i, part := range strings.Split(s, "\t") {
		if i > 0 {
			out = append(out, p.space(2)...)
		}
		here := make([]render.Range, len(marks))
		for j, m := range marks {
			here[j] = render.Range{From: m.From - at, To: m.To - at}
		}
		out = append(out, p.marked(normal, part, here)...)
		at += len(part) + 1
	}
	return out
}

// lineNumber is the number of the i-th line, at least 1 whatever a report says.
func lineNumber(q render.Quote, i int) int {
	first := max(q.First, 1)
	return min(first, math.MaxInt32) + i
}

// marksOf are the marks of the i-th line.
func marksOf(q render.Quote, i int) []render.Span {
	var list []render.Span
	for _, m := range q.Mark {
		if m.Line == lineNumber(q, i) && m.From < m.To {
			list = append(list, m)
		}
	}
	return list
}

// kept says which lines are shown: all of a short quote; of a longer one, while
// there is room, what is marked, the end of a list at its end, and what stands
// nearest to a mark.
func (p *page) kept(q render.Quote) []bool {
	keep := make([]bool, len(q.Lines))
	room := maxQuote
	if p.verbose {
		room = len(keep)
	}
	take := func(i int) {
		if i >= 0 && i < len(keep) && !keep[i] && room > 0 {
			keep[i] = true
			room--
		}
	}
	var marked []int
	for i := range keep {
		if len(marksOf(q, i)) > 0 {
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
	whole := p.verbose || len(keep) <= maxQuote || len(marked) == 0
	for i := range keep {
		if whole || i > 0 && i < len(keep)-1 && keep[i-1] && keep[i+1] { // no gap of one line
			take(i)
		}
	}
	return keep
}
