// Package html writes explanations as one page that needs nothing else: no
// script, no image, no font and nothing from elsewhere, which its own policy
// forbids as well (W3C, "Content Security Policy Level 3"). It reads in light
// and dark, on a phone, on a wide screen and on paper.
//
// A [Page] is written while reports come, and holds none of them. Where there
// is more than one, an index comes first on the page, though last in the file:
// it is known only when all are there.
//
// All text of the report goes through one function, [elements.text], which makes
// it visible and escapes it; elements, classes and the style are constants of
// this package. Deterministic, no clock; a Page is for one user at a time.
package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

//go:embed page.css
var style string

// Options say how much is told.
type Options struct {
	Verbose bool // nothing is cut short, and the trace is there
}

// Page is a page of explanations. [New] makes one.
type Page struct {
	w       io.Writer
	o       Options
	entries []entry
}

// entry is a line of the index.
type entry struct {
	tone       render.Tone
	word, who  string
	code, time string
}

// New begins a page on w; nothing is written before the first report.
func New(w io.Writer, o Options) *Page { return &Page{w: w, o: o} }

// Add writes one explanation. The only errors are those of the writer.
func (p *Page) Add(r *report.Report) error {
	e := &elements{all: p.o.Verbose}
	blocks, brief := render.Tree(r), render.BriefOf(r)
	if len(p.entries) == 0 {
		e.begin(r.Lang, brief.Title)
	}
	line := entry{tone: brief.Tone, who: brief.Who}
	if brief.Cause != nil {
		line.code = brief.Cause.Code
	}
	for _, b := range blocks {
		if h, ok := b.(render.Head); ok {
			line.word, line.time = h.Word, h.Time
		}
	}
	p.entries = append(p.entries, line)
	e.report(len(p.entries), r, blocks)
	return p.write(e)
}

// Close writes the index, where there is more than one explanation, and the end
// of the page; nothing where there is none.
func (p *Page) Close() error {
	if len(p.entries) == 0 {
		return nil
	}
	e := &elements{}
	e.raw("</main>\n")
	if len(p.entries) > 1 {
		e.index(p.entries)
	}
	e.raw("</body>\n</html>\n")
	return p.write(e)
}

func (p *Page) write(e *elements) error {
	if _, err := io.WriteString(p.w, e.String()); err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// policy allows this page's own style and nothing else.
func policy() string {
	sum := sha256.Sum256([]byte(style))
	return "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
}

// begin is all that comes before the first explanation.
func (e *elements) begin(lang, title string) {
	e.raw("<!DOCTYPE html>\n<html lang=\"")
	if lang == "" {
		lang = "en"
	}
	e.text(lang)
	e.raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
	e.text(policy())
	e.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n" +
		"<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n<title>")
	e.text(title)
	e.raw("</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n")
}

// index links to each explanation.
func (e *elements) index(list []entry) {
	e.raw("<nav id=\"index\">\n<ol>\n")
	for i, line := range list {
		e.raw("<li><a href=\"#r" + strconv.Itoa(i+1) + "\">")
		e.span("badge "+toned(line.tone), line.word)
		e.raw(" ")
		e.span("of", line.who)
		e.raw(" ")
		e.in("code", "", line.code)
		e.raw(" ")
		e.span("time", line.time)
		e.raw("</a></li>\n")
	}
	e.raw("</ol>\n</nav>\n")
}

// toned is the class of a tone.
func toned(t render.Tone) string {
	switch t {
	case render.Bad:
		return "bad"
	case render.Doubt:
		return "doubt"
	case render.Good:
		return "good"
	case render.Faint:
		return "faint"
	case render.Plain:
	}
	return "plain"
}

// filled are the texts that are not empty.
func filled(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			out = append(out, s)
		}
	}
	return out
}
