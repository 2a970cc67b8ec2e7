package text

import (
	"strconv"

	"github.com/assumewhy/assumewhy/pkg/render"
)

func (p *page) quote(q render.Quote) {
	lines := q.Excerpt(p.verbose)
	digits := 0
	for _, l := range lines {
		digits = max(digits, len(strconv.Itoa(l.Number)))
	}
	bar := p.concat(p.space(1), p.mark(faint, vertical), p.space(1))
	for _, l := range lines {
		if l.Skipped {
			p.line(4, p.space(digits-1), p.mark(faint, skipped), bar)
			continue
		}
		number := p.text(faint, strconv.Itoa(l.Number))
		for _, c := range p.folded(p.marked(normal, l.Text, l.Marks), p.width-4-digits-3) {
			p.underlined(4, p.concat(p.space(digits-number.width()), number, bar), c)
			number = nil
		}
	}
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
			lines[i] = p.concat(p.space(hang), lines[i])
		}
	}
	return lines
}
