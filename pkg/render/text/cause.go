package text

import (
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/render"
)

func (p *page) cause(c render.Cause) {
	items := []cells{p.text(cyan, c.Code)}
	for _, s := range []string{c.Certainty, c.Owner} {
		if s != "" {
			items = append(items, p.text(normal, s))
		}
	}
	p.joined(0, 2, p.concat(p.text(bold, c.Word), p.space(2)), items)
	if c.Because != "" {
		p.prose(2, 2, p.text(normal, c.Because))
	}
	if c.Where != "" {
		where := c.Where
		if len(c.Quote.Lines) > 0 {
			where += ":"
		}
		p.prose(2, 2, p.text(normal, where))
	}
	if len(c.Quote.Lines) > 0 {
		p.blank()
		p.quote(c.Quote)
	}
	if facts := c.Shown(p.verbose); len(facts) > 0 {
		p.blank()
		p.facts(4, facts)
	}
}

// facts are rows with a label, their values aligned.
func (p *page) facts(indent int, facts []render.Fact) {
	column := 0
	for _, f := range facts {
		column = max(column, p.columns(f.Label)+2)
	}
	column = min(column, p.width/3)
	for _, f := range facts {
		label := p.shorten(p.text(faint, f.Label), column-1)
		values, rest := f.Shown(p.verbose)
		for _, v := range values {
			p.value(indent, p.pad(label, column), f.Tone, v)
			label = nil
		}
		if rest > 0 {
			more := p.concat(p.mark(faint, ellipsis), p.text(faint, fmt.Sprintf(" "+f.More, rest)))
			p.line(indent, p.space(column), more)
		}
	}
}

// value writes one value and under it the marks at what differs.
func (p *page) value(indent int, label cells, tone render.Tone, v render.Value) {
	st := toned(tone)
	if tone == render.Bad && len(v.Diff) > 0 {
		st = normal // the marks are red enough
	}
	room := p.width - indent - label.width()
	c := p.marked(st, v.Text, v.Diff)
	if !p.verbose {
		c = p.shorten(c, 4*room)
	}
	if v.Note != "" && p.verbose {
		c = p.concat(c, p.space(2), p.text(faint, v.Note))
	}
	for _, l := range wrap(c, room, room) {
		p.underlined(indent, label, l)
		label = p.space(label.width())
	}
}

// underlined writes a line and, where cells of it are marked, carets below.
func (p *page) underlined(indent int, before, c cells) {
	if !c.marked() {
		p.line(indent, before, c)
		return
	}
	p.line(indent, before, p.highlight(c))
	pointer := p.mark(boldRed, caret)
	below := append(p.cut(len(before)+len(c)), p.blankOut(before)...)
	for _, x := range c {
		for range x.width {
			if x.mark {
				below = append(below, pointer...)
			} else {
				below = append(below, blanks[0])
			}
		}
	}
	p.line(indent, below)
}

// highlight colors the marked cells.
func (p *page) highlight(c cells) cells {
	c = p.concat(c)
	for i := range c {
		if c[i].mark {
			c[i].style = red
		}
	}
	return c
}

// blankOut keeps of a margin only its line.
func (p *page) blankOut(c cells) cells {
	c = p.concat(c)
	for i := range c {
		if !c[i].shows(vertical) {
			c[i] = cell{char: ' ', width: c[i].width}
		}
	}
	return c
}
