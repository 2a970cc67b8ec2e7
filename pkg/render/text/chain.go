package text

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// The columns of the chain: name and place, layer, mark, word, note.
const (
	layerWidth = 10
	markWidth  = 2
	wordWidth  = 9
	minLeft    = 26 // of the left column where it stands beside the layers
	stacked    = 72 // below this width it stands above them
	connector  = 8  // column of the line between the two hops
)

// chain shows the two sides of the call one above the other.
func (p *page) chain(c render.Chain) {
	left := p.leftWidth(c)
	for i, h := range c.Hops {
		if i > 0 {
			p.line(2+connector, p.mark(faint, vertical))
		}
		p.hop(h, left)
	}
	for _, a := range c.Also {
		p.blank()
		p.prose(2, 4, p.text(normal, a.Action))
		indent := 2 + left
		if left == 0 {
			indent = 4
		}
		for _, l := range p.rows(a.Rows, p.width-indent) {
			p.line(indent, l)
		}
	}
}

// leftWidth is as wide as names ask for, within a third of the page, or more for
// a long word; 0 where the page is too narrow for two columns.
func (p *page) leftWidth(c render.Chain) int {
	if p.width < stacked {
		return 0
	}
	line, word := 0, 0
	for _, h := range c.Hops {
		for _, s := range append([]string{h.Who}, h.Where...) {
			line = max(line, p.columns(s))
			for _, w := range strings.Fields(s) {
				if width := p.columns(w); width <= p.width*2/5 {
					word = max(word, width) // a longer one is broken anyway
				}
			}
		}
	}
	widest := max(min(line, p.width/3), word)
	return max(widest+3, minLeft)
}

func (p *page) hop(h render.Hop, left int) {
	names := []cells{p.text(bold, h.Who)}
	for _, s := range h.Where {
		names = append(names, p.text(normal, s))
	}
	if left == 0 {
		for _, n := range names {
			p.prose(2, 4, n)
		}
		for _, l := range p.rows(h.Rows, p.width-4) {
			p.line(4, l)
		}
		return
	}
	var column []cells
	for _, n := range names {
		column = append(column, wrap(p.shorten(n, 3*left), left-2, left-2)...)
	}
	rows := p.rows(h.Rows, p.width-2-left)
	for i := range max(len(column), len(rows)) {
		var line, row cells
		if i < len(column) {
			line = column[i]
		}
		if i < len(rows) {
			row = rows[i]
		}
		p.line(2, line, p.space(left-line.width()), row)
	}
}

// rows lays the layers out in columns of their own.
func (p *page) rows(rows []render.Row, width int) []cells {
	var out []cells
	last := ""
	for _, r := range rows {
		layer := r.Layer
		if layer == last {
			layer = ""
		}
		last = r.Layer
		out = append(out, p.row(r, layer, width)...)
	}
	return out
}

func (p *page) row(r render.Row, layer string, width int) []cells {
	sign := p.space(1)
	switch r.Mark {
	case render.Blocks:
		sign = p.mark(boldRed, cross)
	case render.Unclear:
		sign = p.mark(boldYellow, question)
	case render.NoMark:
	}
	named := p.shorten(p.text(toned(faintOnly(r.Tone)), layer), layerWidth-1)
	word := p.shorten(p.text(toned(r.Tone), r.Word), wordWidth-1)
	head := p.concat(p.pad(named, layerWidth), p.pad(sign, markWidth), p.pad(word, wordWidth))
	note := p.text(noteStyle(r.Tone), r.Note)
	room := width - head.width()
	var out []cells
	for i, l := range wrap(p.shorten(note, 5*room), room, room) {
		if i > 0 {
			head = p.space(head.width())
		}
		out = append(out, p.concat(head, l))
	}
	return out
}

// faintOnly keeps a layer's name out of the colors, and dims what is of no
// account.
func faintOnly(t render.Tone) render.Tone {
	if t == render.Faint {
		return t
	}
	return render.Plain
}

// noteStyle dims what only passes, so that the eye stays with what blocks.
func noteStyle(t render.Tone) style {
	if t == render.Plain || t == render.Faint {
		return faint
	}
	return normal
}
