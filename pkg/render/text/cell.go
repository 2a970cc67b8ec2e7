package text

import (
	"slices"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// cell is one character as a terminal shows it.
type cell struct {
	s     string
	width int32
	style style
	mark  bool // to be underlined
}

type cells []cell

func (c cells) width() int {
	w := 0
	for _, x := range c {
		w += int(x.width)
	}
	return w
}

func (c cells) marked() bool {
	return slices.ContainsFunc(c, func(x cell) bool { return x.mark })
}

// text escapes s: the only way by which text of a report comes onto the page.
func (p *page) text(st style, s string) cells { return p.marked(st, s, nil) }

// marked is text of which some bytes are to be underlined.
func (p *page) marked(st style, s string, marks []render.Range) cells {
	out := make(cells, 0, len(s))
	if len(marks) == 0 && isPlain(s) {
		for i := range len(s) {
			out = append(out, cell{s: s[i : i+1], width: 1, style: st})
		}
		return out
	}
	add := func(s string, width, from, to int) {
		on := slices.ContainsFunc(marks, func(m render.Range) bool { return m.From < to && from < m.To })
		out = append(out, cell{s, int32(width), st, on})
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
var blanks = repeat(cells{{s: " ", width: 1}}, 160)

// space is n blanks. They are shared: what is appended to them is a copy.
func (p *page) space(n int) cells {
	if n = max(n, 0); n > len(blanks) {
		return repeat(blanks[:1], n)
	}
	return blanks[:n:n]
}

// pad fills c up to a width.
func (p *page) pad(c cells, width int) cells {
	return slices.Concat(c, p.space(width-c.width()))
}

func repeat(c cells, n int) cells {
	out := make(cells, 0, len(c)*n)
	for range n {
		out = append(out, c...)
	}
	return out
}

func trimRight(c cells) cells {
	for len(c) > 0 && c[len(c)-1].s == " " {
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
	return slices.Concat(c[:head], dots, c[tail:])
}
