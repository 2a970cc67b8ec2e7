package text

import (
	"math"
	"slices"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// cell is one character as a terminal shows it. It holds no pointer: a page is
// thousands of them, copied and thrown away.
type cell struct {
	char  rune   // of a cluster, the first
	more  uint32 // the place of a cluster of characters in page.clusters, from 1
	width uint8
	style style
	mark  bool // to be underlined
}

// is says whether a cell is the one character, without any marks.
func (x cell) is(char rune) bool { return x.char == char && x.more == 0 }

type cells []cell

func (c cells) width() int {
	w := 0
	for i := range c {
		w += int(c[i].width)
	}
	return w
}

func (c cells) marked() bool {
	for i := range c {
		if c[i].mark {
			return true
		}
	}
	return false
}

// cell is a character, or a letter with its combining marks.
func (p *page) cell(s string, width int, st style, mark bool) cell {
	r, n := utf8.DecodeRuneInString(s)
	x := cell{char: r, width: uint8(min(width, math.MaxUint8)), style: st, mark: mark}
	if n < len(s) {
		p.clusters = append(p.clusters, s)
		x.more = uint32(len(p.clusters))
	}
	return x
}

// cut gives no cells with capacity for n, which nothing else has.
func (p *page) cut(n int) cells {
	if cap(p.room)-len(p.room) < n {
		p.room = make(cells, 0, max(n, usualRoom))
	}
	from := len(p.room)
	p.room = p.room[:from+n]
	return p.room[from:from:len(p.room)]
}

// concat puts cells one behind the other.
func (p *page) concat(parts ...cells) cells {
	n := 0
	for _, c := range parts {
		n += len(c)
	}
	out := p.cut(n)
	for _, c := range parts {
		out = append(out, c...)
	}
	return out
}

// text escapes s: the only way by which text of a report comes onto the page.
func (p *page) text(st style, s string) cells { return p.marked(st, s, nil) }

// marked is text of which some bytes are to be underlined, or stand between
// angle quotes.
func (p *page) marked(st style, s string, marks []render.Range) cells {
	c := p.escaped(st, s, marks)
	if !p.inline || !c.marked() {
		return c
	}
	out := p.cut(len(c) + 4*len(marks))
	for i := range c {
		now, last := c[i].mark, i > 0 && c[i-1].mark
		switch {
		case now && !last:
			out = append(out, p.mark(st, opening)...)
		case last && !now:
			out = append(out, p.mark(st, closing)...)
		}
		out = append(out, c[i])
		out[len(out)-1].mark = false
	}
	if c[len(c)-1].mark {
		out = append(out, p.mark(st, closing)...)
	}
	return out
}

// escaped is text as it may be shown, with marks at some bytes.
func (p *page) escaped(st style, s string, marks []render.Range) cells {
	out := p.cut(len(s))
	if isPlain(s) {
		out = out[:len(s)]
		for i := range out {
			out[i] = cell{char: rune(s[i]), width: 1, style: st}
		}
		for _, m := range marks {
			for i := max(m.From, 0); i < min(m.To, len(out)); i++ {
				out[i].mark = true
			}
		}
		return out
	}
	add := func(s string, width, from, to int) {
		on := slices.ContainsFunc(marks, func(m render.Range) bool { return m.From < to && from < m.To })
		out = append(out, p.cell(s, width, st, on))
	}
	run := 0 // where the characters begin that are not yet in out
	for at := range render.Pieces(s) {
		if !at.Escaped && (p.utf8 || at.Text < "\x80") {
			continue
		}
		graphemes(s, run, at.From, add)
		run = at.To
		shown := at.Text
		if !at.Escaped {
			shown = p.ascii(at.Text)
		}
		for i := range len(shown) {
			add(shown[i:i+1], 1, at.From, at.To)
		}
	}
	graphemes(s, run, len(s), add)
	return out
}

// isPlain says that a text is printable ASCII, which is shown as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// columns is how wide a text is when it is shown.
func (p *page) columns(s string) int {
	if isPlain(s) {
		return len(s)
	}
	return p.text(normal, s).width()
}

// graphemes adds the characters of s[from:to], each with its combining marks.
// One that has no width at all is escaped.
func graphemes(s string, from, to int, add func(s string, width, from, to int)) {
	for from+1 < to && s[from] < utf8.RuneSelf && s[from+1] < utf8.RuneSelf {
		add(s[from:from+1], 1, from, from+1) // nearly all text: nothing joins two ASCII characters
		from++
	}
	rest, state := s[from:to], -1
	for rest != "" {
		var g string
		var width int
		g, rest, width, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if width > 0 {
			add(g, width, from, from+len(g))
		} else {
			for _, r := range g {
				for _, b := range render.Escape(r) {
					add(string(b), 1, from, from+len(g))
				}
			}
		}
		from += len(g)
	}
}

// ascii gives the ASCII for a character that sentences and labels use, and an
// escape for any other.
func (p *page) ascii(s string) string {
	for _, g := range glyphs {
		if s == g.utf8 {
			return g.ascii
		}
	}
	return render.Escape([]rune(s)[0])
}

// blanks are as many as lines usually need.
var blanks = repeat(cells{{char: ' ', width: 1}}, 160)

// space is n blanks. They are shared: what is appended to them is a copy.
func (p *page) space(n int) cells {
	if n = max(n, 0); n > len(blanks) {
		return repeat(blanks[:1], n)
	}
	return blanks[:n:n]
}

// pad fills c up to a width.
func (p *page) pad(c cells, width int) cells {
	return p.concat(c, p.space(width-c.width()))
}

func repeat(c cells, n int) cells {
	out := make(cells, 0, len(c)*n)
	for range n {
		out = append(out, c...)
	}
	return out
}

func trimRight(c cells) cells {
	for len(c) > 0 && c[len(c)-1].is(' ') {
		c = c[:len(c)-1]
	}
	return c
}

// shorten cuts the middle out of what is wider than width.
func (p *page) shorten(c cells, width int) cells {
	if c.width() <= width {
		return c
	}
	dots := p.mark(faint, ellipsis)
	left := width - dots.width()
	head, w := 0, 0
	for w+int(c[head].width) <= (left+1)/2 {
		w += int(c[head].width)
		head++
	}
	tail := len(c)
	for tail > head && w+int(c[tail-1].width) <= left {
		tail--
		w += int(c[tail].width)
	}
	return p.concat(c[:head], dots, c[tail:])
}
