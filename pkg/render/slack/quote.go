package slack

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// The code block's size. Slack breaks long lines where it likes, and carets
// would stand below nothing: so lines are folded here.
const (
	columns  = 76 // of a line
	maxLines = 40 // of the block, with carets
	maxFolds = 5  // lines that one line is folded into
)

// quoted gives the policy's own lines with their numbers, carets below what is
// marked, and below them what was wanted and what came.
func quoted(c render.Cause) []string {
	lines := c.Quote.AtMost(maxQuoted)
	digits := 0
	for _, l := range lines {
		digits = max(digits, len(strconv.Itoa(l.Number)))
	}
	var out []string
	for _, l := range lines {
		if l.Skipped {
			out = append(out, strings.Repeat(" ", digits-1)+"… │")
			continue
		}
		number := strconv.Itoa(l.Number)
		out = append(out, folded(strings.Repeat(" ", digits-len(number))+number+" │ ", strings.Repeat(" ", digits)+" │ ", l.Text, l.Marks)...)
	}
	facts := c.Shown(false)
	if len(out) > 0 && len(facts) > 0 {
		out = append(out, "")
	}
	out = append(out, aligned(facts)...)
	if len(out) > maxLines {
		out = append(out[:maxLines-1], "…")
	}
	return out
}

// aligned are facts with their labels, values below each other.
func aligned(facts []render.Fact) []string {
	column := 0
	for _, f := range facts {
		column = max(column, uniseg.StringWidth(render.Visible(f.Label))+2)
	}
	column = min(column, columns/3)
	blank := strings.Repeat(" ", column)
	var out []string
	for _, f := range facts {
		label := literal(f.Label, max(column-2, 1))
		label += strings.Repeat(" ", max(column-uniseg.StringWidth(label), 1))
		values, more := f.Shown(false)
		for _, v := range values {
			out = append(out, folded(label, blank, v.Text, filledRanges(v.Diff))...)
			label = blank
		}
		if more > 0 {
			out = append(out, blank+"… "+literal(fmt.Sprintf(f.More, more), columns))
		}
	}
	return out
}

func filledRanges(list []render.Range) []render.Range {
	return slices.DeleteFunc(slices.Clone(list), func(r render.Range) bool { return r.From >= r.To })
}

// cell is one character, as it is shown.
type cell struct {
	text  string
	width int
	mark  bool
}

// folded breaks a text into lines behind a margin, first the one and then the
// other, at blanks where it can, with carets below what is marked.
func folded(first, other, s string, marks []render.Range) []string {
	var cells []cell
	for p := range render.Pieces(s) {
		marked := slices.ContainsFunc(marks, func(m render.Range) bool { return m.From < p.To && p.From < m.To })
		cells = append(cells, cell{p.Text, uniseg.StringWidth(p.Text), marked})
	}
	var out []string
	margin, room := first, columns-uniseg.StringWidth(other)
	for folds := 0; folds == 0 || len(cells) > 0; folds++ {
		if folds == maxFolds {
			return append(out, other+"…")
		}
		var line, carets strings.Builder
		n := fitting(cells, room)
		for _, c := range cells[:n] {
			line.WriteString(c.text)
			sign := " "
			if c.mark {
				sign = "^"
			}
			carets.WriteString(strings.Repeat(sign, c.width))
		}
		out = append(out, strings.TrimRight(margin+line.String(), " "))
		if strings.Contains(carets.String(), "^") {
			out = append(out, other+strings.TrimRight(carets.String(), " "))
		}
		margin, cells = other, cells[n:]
	}
	return out
}

// fitting is how many cells have room in a line: up to a blank in its second
// half, or as many as there is room for, and at least one.
func fitting(cells []cell, room int) int {
	width, blank := 0, 0
	for i, c := range cells {
		if width += c.width; width > room {
			if blank == 0 {
				blank = i
			}
			return max(blank, 1)
		}
		if c.text == " " && width > room/2 {
			blank = i + 1
		}
	}
	return len(cells)
}
