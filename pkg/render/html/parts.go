package html

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// report adds one explanation, the number-th of the page.
func (e *elements) report(number int, r *report.Report, blocks []render.Block) {
	e.raw("<article id=\"r" + strconv.Itoa(number) + "\">\n")
	for _, b := range blocks {
		switch b := b.(type) {
		case render.Head:
			e.head(b, r)
		case render.Lead:
			e.lead(b)
		case render.Chain:
			e.chain(b)
		case render.Cause:
			e.cause(b)
		case render.Remedy:
			e.remedy(b)
		case render.Said:
			e.said(b)
		case render.Unknowns:
			e.unknowns(b)
		case render.Trace:
			if e.all {
				e.trace(b)
			}
		case render.Foot:
			e.raw("<footer>")
			e.joined(b.Items...)
			e.raw("</footer>\n")
		}
	}
	e.raw("</article>\n")
}

func (e *elements) head(h render.Head, r *report.Report) {
	e.raw("<header>\n<h1>")
	e.span("badge "+toned(h.Tone), h.Word)
	e.raw(" ")
	e.span("name", h.Caller)
	if h.Role != "" {
		e.raw(" <span class=\"to\">→</span> ")
		e.span("name", h.Role)
	}
	e.raw("</h1>\n<p class=\"meta\">")
	e.joined(h.Time, r.Event.SourceIP, r.Event.Region)
	e.raw("</p>\n</header>\n")
}

func (e *elements) lead(l render.Lead) {
	first, rest := l.Sentences()
	e.raw("<div class=\"lead\">\n")
	if l.Headline != "" {
		e.raw("<p>")
		e.in("strong", "", first)
		e.text(rest)
		e.raw("</p>\n")
	}
	if l.Next != "" {
		e.raw("<p class=\"next\">")
		e.in("b", "", l.Label)
		e.raw(" ")
		e.text(l.Next)
		e.raw("</p>\n")
	}
	e.raw("</div>\n")
}

// section begins a part with its title: a word and what is said beside it.
func (e *elements) section(class, word string, items ...string) {
	e.raw("<section class=\"" + class + "\">\n<h2>")
	e.in("span", "word", word)
	e.joined(items...)
	e.raw("</h2>\n")
}

func (e *elements) cause(c render.Cause) {
	class := "cause"
	if c.Primary {
		class += " primary"
	}
	e.section(class, c.Word)
	e.raw("<p class=\"meta\">")
	e.in("code", "", c.Code)
	e.joined(c.Certainty, c.Owner)
	e.raw("</p>\n")
	e.paragraph("", c.Because)
	lines := c.Quote.Excerpt(e.all)
	if where := c.Where; where != "" {
		if len(lines) > 0 {
			where += ":"
		}
		e.paragraph("where", where)
	}
	e.quote(lines)
	e.facts(c.Shown(e.all))
	e.raw("</section>\n")
}

func (e *elements) paragraph(class, s string) {
	if s != "" {
		e.in("p", class, s)
		e.raw("\n")
	}
}

// quote are lines of a policy, with their numbers.
func (e *elements) quote(lines []render.Line) {
	if len(lines) == 0 {
		return
	}
	e.raw("<div class=\"quote\">\n")
	for _, l := range lines {
		switch {
		case l.Skipped:
			e.raw("<div class=\"line skipped\"><span class=\"number\">…</span><code></code></div>\n")
			continue
		case len(l.Marks) > 0:
			e.raw("<div class=\"line hit\">")
		default:
			e.raw("<div class=\"line\">")
		}
		e.raw("<span class=\"number\">" + strconv.Itoa(l.Number) + "</span><code>")
		e.marked(l.Text, l.Marks)
		e.raw("</code></div>\n")
	}
	e.raw("</div>\n")
}

// facts are rows of a label and its values, one below the other, so that what
// was wanted stands above what came.
func (e *elements) facts(list []render.Fact) {
	if len(list) == 0 {
		return
	}
	e.raw("<dl>\n")
	for _, f := range list {
		e.raw("<dt>")
		e.text(f.Label)
		e.raw("</dt>\n")
		values, more := f.Shown(e.all)
		for _, v := range values {
			e.raw("<dd class=\"" + toned(f.Tone) + "\"><code>")
			e.marked(v.Text, v.Diff)
			e.raw("</code>")
			if v.Note != "" && e.all {
				e.raw(" ")
				e.span("note", v.Note)
			}
			e.raw("</dd>\n")
		}
		if more > 0 {
			e.in("dd", "faint", "… "+fmt.Sprintf(f.More, more))
			e.raw("\n")
		}
	}
	e.raw("</dl>\n")
}

func (e *elements) remedy(r render.Remedy) {
	e.section("remedy", r.Word, r.Where)
	e.paragraph("", r.Title)
	e.paragraph("", r.Risk)
	if len(r.Command) > 0 {
		e.raw("<pre>")
		for i, s := range r.Command {
			if i > 0 {
				e.raw("\n")
			}
			e.text(s)
		}
		e.raw("</pre>\n")
	}
	e.raw("</section>\n")
}

func (e *elements) said(s render.Said) {
	e.section("said", s.Label)
	e.in("blockquote", "", s.Text)
	e.raw("\n</section>\n")
}

func (e *elements) unknowns(u render.Unknowns) {
	e.section("unknowns", u.Word, u.Sum)
	for _, group := range u.Shown(e.all) {
		e.raw("<div class=\"" + toned(group.Tone) + "\">\n")
		e.paragraph("", group.Title)
		e.raw("<ul>\n")
		for _, g := range group.List {
			e.raw("<li>")
			e.text(strings.Trim(g.What+" "+g.Settle, " "))
			e.raw("</li>\n")
		}
		e.raw("</ul>\n</div>\n")
	}
	e.raw("</section>\n")
}
