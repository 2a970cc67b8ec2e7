package text

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
)

func strong(t render.Tone) style {
	switch t {
	case render.Bad:
		return boldRed
	case render.Doubt:
		return boldYellow
	case render.Good:
		return boldCyan
	case render.Plain, render.Faint:
	}
	return bold
}

func toned(t render.Tone) style {
	switch t {
	case render.Bad:
		return red
	case render.Doubt:
		return yellow
	case render.Good:
		return cyan
	case render.Faint:
		return faint
	case render.Plain:
	}
	return normal
}

// minSession is how much of a session's name is worth to be shown.
const minSession = 12

// head puts verdict, caller and role left and the time right; where one line is
// too narrow, the role stands below the caller, and a session's name loses its
// middle.
func (p *page) head(h render.Head) {
	word := p.concat(p.text(strong(h.Tone), h.Word), p.space(2))
	caller := p.shorten(p.text(bold, h.Caller), 2*p.width)
	session := 0 // where the name of the session begins
	if i := strings.IndexByte(h.Caller, '/'); i >= 0 {
		session = p.text(bold, h.Caller[:i+1]).width()
	}
	role := p.concat(p.mark(faint, arrow), p.space(1), p.shorten(p.text(bold, h.Role), 2*p.width))
	time := p.shorten(p.text(faint, h.Time), p.width/2)
	if p.timed(p.concat(word, caller, p.space(1), role), time) {
		return
	}
	indent := min(word.width(), 8)
	room := p.width - word.width() - time.width() - 2 - session
	if session > 0 && session < len(caller) && room >= minSession {
		caller = p.concat(caller[:session], p.shorten(caller[session:], room))
	}
	if first := p.concat(word, caller); !p.timed(first, time) {
		p.prose(0, indent, first)
		p.line(indent, time)
	}
	p.prose(indent, indent+p.mark(faint, arrow).width()+1, role)
}

// timed writes a line with the time at its right end, if both have room.
func (p *page) timed(line, time cells) bool {
	gap := p.width - line.width() - time.width()
	if gap < 0 || gap < 2 && len(time) > 0 {
		return false
	}
	p.line(0, line, p.space(gap), time)
	return true
}

// lead says the first sentence in bold. What to do stands behind a blank line and
// its label, which no line of the headline can pass for.
func (p *page) lead(l render.Lead) {
	first, rest := l.Sentences()
	if l.Headline != "" {
		p.prose(2, 2, p.concat(p.text(bold, first), p.text(normal, rest)))
	}
	if l.Next != "" {
		if l.Headline != "" {
			p.blank()
		}
		label := p.concat(p.text(normal, l.Label), p.space(1))
		p.prose(2, 2+min(label.width(), 8), p.concat(label, p.text(normal, l.Next)))
	}
}
