package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/render/text"
)

// codePage collects the lines of the catalogue for a terminal.
type codePage struct {
	out   strings.Builder
	width int
	color bool
}

func (c catalogue) text(w io.Writer, width int, color bool) error {
	p := &codePage{width: max(width, text.MinWidth), color: color}
	if c.whole {
		p.entry(c, c.entries[0])
	} else {
		p.list(c)
	}
	if _, err := io.WriteString(w, p.out.String()); err != nil {
		return fmt.Errorf("writing the codes: %w", err)
	}
	return nil
}

// list is a line for each code, under the title of its part.
func (p *codePage) list(c catalogue) {
	column := 0
	for _, e := range c.entries {
		column = max(column, len(e.Code))
	}
	later := false
	for i, part := range c.parts() {
		if i > 0 {
			p.out.WriteByte('\n')
		}
		p.out.WriteString(p.sgr("1", c.words.Part(part[0].Part())) + "\n")
		for _, e := range part {
			title := c.words.Code(string(e.Code)).Title
			if e.History {
				title, later = title+" *", true
			}
			p.row("  ", string(e.Code), "", column, title)
		}
	}
	if later {
		fmt.Fprintf(&p.out, "\n* %s\n", c.words.CodeLabels().Later)
	}
}

// entry is all of one code.
func (p *codePage) entry(c catalogue, e diagnose.Entry) {
	w, labels := c.words.Code(string(e.Code)), c.words.CodeLabels()
	p.row("", string(e.Code), "1", len(e.Code), w.Title)
	p.out.WriteByte('\n')
	for _, line := range wrapped(w.Means, p.width-2) {
		p.out.WriteString("  " + line + "\n")
	}
	if e.History {
		p.row("  ", "", "", -2, "("+labels.Later+")")
	}
	p.out.WriteByte('\n')
	column := 0
	for _, l := range []string{labels.Act, labels.Ranked, labels.Apart, labels.Mends, labels.Kinds, labels.Example} {
		column = max(column, uniseg.StringWidth(l))
	}
	field := func(label, value string) { p.row("  ", label, "2", column, value) }
	for i, o := range e.Owners {
		field(firstOnly(i, labels.Act), c.words.Owner(string(o))+" ("+string(o)+")")
	}
	field(labels.Ranked, c.place(e))
	field(labels.Apart, w.Apart)
	field(labels.Mends, w.Mends)
	for i, k := range e.Details {
		field(firstOnly(i, labels.Kinds), k+": "+w.Kinds[k])
	}
	if e.Example.Scenario != "" {
		field(labels.Example, scenarioFile(e))
		for _, line := range c.yields(e) {
			field("", line)
		}
	}
}

// firstOnly is a label in front of the first of several rows.
func firstOnly(i int, label string) string {
	if i == 0 {
		return label
	}
	return ""
}

// place says where in the ranking a code stands.
func (c catalogue) place(e diagnose.Entry) string {
	return fmt.Sprintf("%d, %s", e.Rank(), c.words.Ranking(int(e.Group)))
}

// scenarioFile is the file of an entry's example, in the repository.
func scenarioFile(e diagnose.Entry) string {
	return "testdata/scenarios/" + e.Example.Scenario + ".txtar"
}

// yields is the set of causes of an entry's example, a line each.
func (c catalogue) yields(e diagnose.Entry) []string {
	var lines []string
	for i, y := range e.Example.Yields {
		line := string(y.Code) + " " + y.Certainty.String()
		if i == 0 {
			line += " " + c.words.CodeLabels().Primary
		}
		lines = append(lines, line)
	}
	return lines
}

// row is a name, padded to the column, and a text beside it that wraps under
// itself; under the name where there is too little room beside it.
func (p *codePage) row(indent, name, style string, column int, value string) {
	const gap, least = 2, 40
	at := len(indent) + column + gap
	head := indent + p.sgr(style, name) + strings.Repeat(" ", column-uniseg.StringWidth(name)+gap)
	if p.width-at < least {
		at = len(indent) + 4
		if name != "" {
			p.out.WriteString(strings.TrimRight(head, " ") + "\n")
		}
		head = strings.Repeat(" ", at)
	}
	for i, line := range wrapped(value, p.width-at) {
		if i > 0 {
			head = strings.Repeat(" ", at)
		}
		p.out.WriteString(head + line + "\n")
	}
}

func (p *codePage) sgr(style, s string) string {
	if !p.color || style == "" || s == "" {
		return s
	}
	return "\x1b[" + style + "m" + s + "\x1b[0m"
}

// wrapped breaks the catalogue's own words at blanks; a word that is longer
// than a line, such as a file name, stays whole.
func wrapped(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		switch {
		case line == "":
			line = word
		case uniseg.StringWidth(line)+1+uniseg.StringWidth(word) <= width:
			line += " " + word
		default:
			lines, line = append(lines, line), word
		}
	}
	return append(lines, line)
}
