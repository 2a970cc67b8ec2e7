package policy

import (
	"slices"
	"strings"
)

// Lines are the lines from first to last, both counted from 1 and included, of
// the display text; what lies outside of it is left out.
func (d *Document) Lines(first, last int) []string {
	lines := strings.Split(d.Text, "\n")
	first, last = max(first, 1), min(last, len(lines))
	if first > last {
		return nil
	}
	return lines[first-1 : last : last]
}

// At is the text of a place, empty for the zero Span or one outside the text.
func (d *Document) At(s Span) string {
	l := d.Lines(s.Line, s.Line)
	if s.Line < 1 || len(l) == 0 || s.From < 0 || s.From > s.To || s.To > len(l[0]) {
		return ""
	}
	return l[0][s.From:s.To]
}

// lineStarts are the offsets at which the lines of text begin.
func lineStarts(text string) []int {
	starts := make([]int, 1, 2+strings.Count(text, "\n"))
	for i := range len(text) {
		if text[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// line is the line of an offset, counted from 1.
func (r *reader) line(at int32) int {
	i, found := slices.BinarySearch(r.starts, int(at))
	if found {
		return i + 1
	}
	return i
}

// span is the place from one offset to before another; of what runs over
// several lines, the part on the first.
func (r *reader) span(first, last int32) Span {
	from, to := int(first), int(last)
	line := r.line(first)
	start, end := r.starts[line-1], len(r.src)
	if line < len(r.starts) {
		end = r.starts[line] - 1
	}
	return Span{Line: line, From: from - start, To: max(from, min(to, end)) - start}
}
