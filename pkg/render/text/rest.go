package text

import (
	"github.com/assumewhy/assumewhy/pkg/render"
)

func (p *page) remedy(r render.Remedy) {
	p.section(r.Word, p.text(normal, r.Where))
	for _, s := range []string{r.Title, r.Risk} {
		if s != "" {
			p.prose(2, 2, p.text(normal, s))
		}
	}
	for _, s := range r.Command {
		for _, l := range fold(p.text(cyan, s), p.width-4) {
			p.line(4, l)
		}
	}
}

func (p *page) unknowns(u render.Unknowns) {
	st := faint
	if len(u.Groups) > 0 && u.Groups[0].Tone == render.Doubt {
		st = yellow
	}
	p.section(u.Word, p.text(st, u.Sum))
	for _, group := range u.Shown(p.verbose) {
		st := normal
		if group.Tone == render.Faint {
			st = faint
		}
		if group.Title != "" {
			p.prose(2, 2, p.text(st, group.Title))
		}
		for _, g := range group.List {
			p.gap(st, g)
		}
	}
}

func (p *page) gap(st style, g render.Gap) {
	text := g.What
	if g.Settle != "" {
		text += " " + g.Settle
	}
	p.prose(2, 4, p.concat(p.mark(faint, dot), p.space(1), p.text(st, text)))
}

// foot puts the items side by side.
func (p *page) foot(f render.Foot) {
	var items []cells
	for _, s := range f.Items {
		items = append(items, p.text(faint, s))
	}
	p.joined(0, 0, nil, items)
}

// joined puts items side by side behind a heading, with a dot between them, and
// breaks between them first.
func (p *page) joined(first, other int, head cells, items []cells) {
	sep := p.concat(p.space(1), p.mark(faint, dot), p.space(1))
	line, indent := head, first
	for i, item := range items {
		if i > 0 && indent+line.width()+sep.width()+item.width() > p.width {
			p.prose(indent, other+2, line)
			line, indent = nil, other
		}
		if i > 0 && len(line) > 0 {
			line = p.concat(line, sep)
		}
		line = p.concat(line, item)
	}
	p.prose(indent, other+2, line)
}

func (p *page) trace(t render.Trace) {
	p.section(t.Word, p.text(normal, t.Sum))
	p.items(0, t.Items)
}

// items writes a list of the trace, the notes aligned where the texts are
// short, and deeper what belongs to each.
func (p *page) items(indent int, list []render.Item) {
	column := 0
	for _, it := range list {
		if w := p.columns(it.Text); w <= p.width/2 {
			column = max(column, w)
		}
	}
	for _, it := range list {
		sign := p.space(1)
		switch it.Mark {
		case render.Blocks:
			sign = p.mark(boldRed, cross)
		case render.Unclear:
			sign = p.mark(boldYellow, question)
		case render.NoMark:
		}
		line := p.concat(sign, p.space(1), p.pad(p.text(normal, it.Text), column))
		if it.Note != "" {
			line = p.concat(line, p.space(2), p.text(faint, it.Note))
		}
		for i, l := range wrap(line, p.width-indent, p.width-indent-4) {
			p.line(indent+4*min(i, 1), l)
		}
		if len(it.Facts) > 0 {
			p.facts(indent+4, it.Facts)
		}
		p.items(indent+2, it.Items)
	}
}
