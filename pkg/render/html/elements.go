package html

import (
	"html"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// elements collects a page's HTML: markup of this package by raw, everything
// else by text.
type elements struct {
	strings.Builder
	all bool
}

// raw adds markup. It is only ever given constants and numbers.
func (e *elements) raw(markup string) { e.WriteString(markup) }

// text adds text of a report: visible, and escaped for where text and where
// values of attributes in quotes stand (html.EscapeString: < > & ' ").
func (e *elements) text(s string) { e.WriteString(html.EscapeString(render.Visible(s))) }

// span adds a text of a class, unless it is empty.
func (e *elements) span(class, s string) { e.in("span", class, s) }

// in adds an element that holds a text, unless that is empty.
func (e *elements) in(tag, class, s string) {
	if s == "" {
		return
	}
	e.open(tag, class)
	e.text(s)
	e.raw("</" + tag + ">")
}

// open begins an element.
func (e *elements) open(tag, class string) {
	e.raw("<" + tag)
	if class != "" {
		e.raw(" class=\"" + class + "\"")
	}
	e.raw(">")
}

// joined adds texts side by side.
func (e *elements) joined(texts ...string) {
	for _, s := range filled(texts...) {
		e.raw(" ")
		e.span("item", s)
	}
}

// marked adds a text in which what is marked stands in elements of its own.
func (e *elements) marked(s string, marks []render.Range) {
	inside := false
	for p := range render.Pieces(s) {
		in := slices.ContainsFunc(marks, func(m render.Range) bool { return m.From < p.To && p.From < m.To })
		if in != inside {
			if in {
				e.raw("<mark>")
			} else {
				e.raw("</mark>")
			}
			inside = in
		}
		e.WriteString(html.EscapeString(p.Text))
	}
	if inside {
		e.raw("</mark>")
	}
}
