// Package text writes an explanation for a terminal, a mail or a log: who was
// denied and what to do in the first lines, then the chain of layers with a
// mark at what blocks, the policy's own lines, what is not known.
//
// No line is wider than [Options].Width columns as a terminal counts them (wide
// characters are two, combining marks none). All text of the report is escaped
// in one place, [page.text]: the only control characters written are line feeds
// and, with Color, this package's own SGR codes. Without color the marks carry
// the meaning; without UTF8 everything is ASCII.
//
// Pure and deterministic, safe for concurrent use. Widths follow
// github.com/rivo/uniseg, which reads no environment: what a terminal shows
// otherwise (ambiguous width of East Asian locales, bidirectional scripts)
// misaligns a column and nothing more.
package text

import (
	"fmt"
	"io"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// The bounds of a page: below MinWidth columns cannot hold, and prose wider
// than maxProse columns is hard to read.
const (
	MinWidth = 40
	maxProse = 96
	fallback = 80

	usualSize = 4 << 10 // bytes of a page
	usualRoom = 8 << 10 // cells of a page, with those that were copied
)

// Options says what the terminal can do. The zero value is 80 columns of ASCII
// without color.
type Options struct {
	Width   int  // columns; 0 is 80, less than MinWidth is MinWidth
	Color   bool // SGR codes
	UTF8    bool
	Verbose bool // nothing is cut short, and the trace is shown
}

// Write writes one explanation, ending in a line feed. The only errors are
// those of w.
func Write(w io.Writer, r *report.Report, o Options) error {
	return write(w, render.Tree(r), o)
}

// Mail writes an explanation for a mail, which may be shown in any font: first
// the sentence and what to do, then small, which the sender has to add, then the
// rest. What is marked stands between angle quotes, as marks below a line would
// stand below nothing. The only errors are those of w.
func Mail(w io.Writer, r *report.Report, small string, o Options) error {
	p := newPage(o)
	p.inline = true
	blocks := render.Tree(r)
	i := slices.IndexFunc(blocks, func(b render.Block) bool { _, ok := b.(render.Lead); return ok })
	if i >= 0 {
		blocks[0], blocks[i] = blocks[i], blocks[0] // the head comes second
	}
	for i, b := range blocks {
		p.block(i, b)
		if i == 0 && small != "" {
			p.blank()
			p.prose(2, 2, p.text(normal, small))
		}
	}
	return p.flush(w, "write the mail")
}

// Again writes in short that a report says the same as one before it. The only
// errors are those of w.
func Again(w io.Writer, r *report.Report, o Options) error {
	return write(w, render.Again(r), o)
}

func write(w io.Writer, blocks []render.Block, o Options) error {
	p := newPage(o)
	for i, b := range blocks {
		p.block(i, b)
	}
	return p.flush(w, "write the explanation")
}

// Rule writes what stands between two explanations: a blank line, a rule and a
// blank line.
func Rule(w io.Writer, o Options) error {
	p := newPage(o)
	p.blank()
	p.line(0, repeat(p.mark(faint, horizontal), p.width))
	p.blank()
	return p.flush(w, "write the rule between explanations")
}

// page collects lines.
type page struct {
	out      []byte
	room     cells    // what the cells of the page are cut from
	clusters []string // characters of more than one code point that cells speak of
	width    int
	color    bool
	utf8     bool
	verbose  bool
	inline   bool // marks stand in the line, not below it
}

// pages are those that were written: a page is thousands of cells for a moment,
// and a storm of events is thousands of pages.
var pages = sync.Pool{New: func() any {
	return &page{out: make([]byte, 0, usualSize), room: make(cells, 0, usualRoom)}
}}

func newPage(o Options) *page {
	if o.Width == 0 {
		o.Width = fallback
	}
	p := pages.Get().(*page)
	*p = page{out: p.out[:0], room: p.room[:0], width: max(o.Width, MinWidth), color: o.Color, utf8: o.UTF8, verbose: o.Verbose}
	return p
}

// flush writes the page, which is no more to be used then.
func (p *page) flush(w io.Writer, doing string) error {
	defer pages.Put(p)
	if _, err := w.Write(p.out); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}

func (p *page) block(i int, b render.Block) {
	if _, ok := b.(render.Trace); ok && !p.verbose {
		return
	}
	if i > 0 {
		p.blank()
	}
	switch b := b.(type) {
	case render.Head:
		p.head(b)
	case render.Lead:
		p.lead(b)
	case render.Chain:
		p.chain(b)
	case render.Cause:
		p.cause(b)
	case render.Remedy:
		p.remedy(b)
	case render.Said:
		p.section(b.Label, p.text(normal, b.Text))
	case render.Unknowns:
		p.unknowns(b)
	case render.Trace:
		p.trace(b)
	case render.Foot:
		p.foot(b)
	}
}

func (p *page) blank() { p.out = append(p.out, '\n') }

// line writes cells at a column, one part behind the other; blanks at the end
// are left out.
func (p *page) line(indent int, parts ...cells) {
	for len(parts) > 0 {
		last := len(parts) - 1
		if parts[last] = trimRight(parts[last]); len(parts[last]) > 0 {
			break
		}
		parts = parts[:last]
	}
	if len(parts) == 0 {
		p.blank()
		return
	}
	for range indent {
		p.out = append(p.out, ' ')
	}
	now := normal
	for _, c := range parts {
		now = p.cells(now, c)
	}
	if now != normal {
		p.out = append(p.out, sgr(now, normal)...)
	}
	p.out = append(p.out, '\n')
}

// cells writes cells behind what has the style now, and gives theirs.
func (p *page) cells(now style, c cells) style {
	out := p.out // in a register: this is done for each character of a page
	for i := range c {
		x := &c[i]
		if p.color && x.style != now {
			out = append(out, sgr(now, x.style)...)
			now = x.style
		}
		switch {
		case x.more > 0:
			out = append(out, p.clusters[x.more-1]...)
		case x.char < utf8.RuneSelf:
			out = append(out, byte(x.char))
		default:
			out = utf8.AppendRune(out, x.char)
		}
	}
	p.out = out
	return now
}

// prose writes wrapped text between the two indents (first line, others).
func (p *page) prose(first, other int, c cells) {
	width := min(p.width, maxProse)
	if c = trimRight(c); fit(c, width-first) == len(c) { // as most of it
		p.line(first, c)
		return
	}
	for i, l := range wrap(c, width-first, width-other) {
		if i == 0 {
			p.line(first, l)
		} else {
			p.line(other, l)
		}
	}
}

// section writes a heading and what is said beside it, wrapped under itself.
func (p *page) section(word string, c cells) {
	p.prose(0, 2, p.concat(p.text(bold, word), p.space(2), c))
}
