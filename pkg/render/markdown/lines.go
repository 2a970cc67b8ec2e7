package markdown

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// quote gives lines of a policy with their numbers, carets below what is marked.
func quote(lines []render.Line) []string {
	digits := 0
	for _, l := range lines {
		digits = max(digits, len(strconv.Itoa(l.Number)))
	}
	var out []string
	for _, l := range lines {
		number, shown, carets := strconv.Itoa(l.Number), "", ""
		if l.Skipped {
			number = "…"
		} else {
			shown, carets = render.Carets(l.Text, l.Marks)
		}
		out = append(out, numbered(digits, number, shown))
		if carets != "" {
			out = append(out, numbered(digits, "", carets))
		}
	}
	return out
}

func numbered(digits int, number, text string) string {
	return strings.TrimRight(padLeft(number, digits)+" │ "+text, " ")
}

// facts are rows with a label, their values aligned, carets below what differs.
func facts(list []render.Fact, all bool) []string {
	column := 0
	for _, f := range list {
		column = max(column, width(f.Label)+2)
	}
	blank := strings.Repeat(" ", column)
	var out []string
	for _, f := range list {
		label := render.Visible(f.Label) + strings.Repeat(" ", column-width(f.Label))
		values, more := f.Shown(all)
		for _, v := range values {
			shown, carets := render.Carets(v.Text, ranges(v.Diff))
			if v.Note != "" && all {
				shown += "  " + render.Visible(v.Note)
			}
			out = append(out, strings.TrimRight(label+shown, " "))
			if carets != "" {
				out = append(out, blank+carets)
			}
			label = blank
		}
		if more > 0 {
			out = append(out, blank+"… "+render.Visible(fmt.Sprintf(f.More, more)))
		}
	}
	return out
}

// ranges leaves out those that hold nothing.
func ranges(list []render.Range) []render.Range {
	var out []render.Range
	for _, r := range list {
		if r.From < r.To {
			out = append(out, r)
		}
	}
	return out
}

// maxColumn is how wide a text of the trace may be for its note, and those of
// its neighbors, to be aligned behind it.
const maxColumn = 60

// items adds a list of the trace, deeper what belongs to each.
func items(out []string, indent string, list []render.Item) []string {
	column := 0
	for _, it := range list {
		if w := width(it.Text); w <= maxColumn {
			column = max(column, w)
		}
	}
	for _, it := range list {
		sign := "  "
		switch it.Mark {
		case render.Blocks:
			sign = "✗ "
		case render.Unclear:
			sign = "? "
		case render.NoMark:
		}
		line := indent + sign + render.Visible(it.Text)
		if it.Note != "" {
			line += strings.Repeat(" ", max(column-width(it.Text), 0)+2) + render.Visible(it.Note)
		}
		out = append(out, strings.TrimRight(line, " "))
		for _, f := range facts(it.Facts, true) {
			out = append(out, indent+"    "+f)
		}
		out = items(out, indent+"  ", it.Items)
	}
	return out
}

// width is how many columns s takes where it is shown.
func width(s string) int { return uniseg.StringWidth(render.Visible(s)) }

func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(columns-uniseg.StringWidth(s), 0)) + s
}
