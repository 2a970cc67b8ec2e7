package html

import "github.com/assumewhy/assumewhy/pkg/render"

// chain draws the two sides of the call, the way between them, and on each side
// the layers that it has to pass.
func (e *elements) chain(c render.Chain) {
	e.raw("<section class=\"chain\">\n")
	for i, h := range c.Hops {
		if i > 0 {
			e.raw("<div class=\"way\" aria-hidden=\"true\"></div>\n")
		}
		e.raw("<div class=\"hop\">\n<div class=\"who\">")
		e.in("b", "", h.Who)
		for _, s := range h.Where {
			e.raw(" ")
			e.span("where", s)
		}
		e.raw("</div>\n")
		e.rows(h.Rows)
		e.raw("</div>\n")
	}
	e.raw("</section>\n")
	for _, a := range c.Also {
		e.raw("<section class=\"chain also\">\n")
		e.paragraph("", a.Action)
		e.raw("<div class=\"hop\">\n")
		e.rows(a.Rows)
		e.raw("</div>\n</section>\n")
	}
}

// rows are the layers; the name of one with several rows stands at its first.
func (e *elements) rows(list []render.Row) {
	if len(list) == 0 {
		return
	}
	e.raw("<ul class=\"rows\">\n")
	last := ""
	for i, r := range list {
		class, sign := "row "+toned(r.Tone), ""
		switch r.Mark {
		case render.Blocks:
			class, sign = class+" blocks", "✗ "
		case render.Unclear:
			class, sign = class+" unclear", "? "
		case render.NoMark:
		}
		e.raw("<li class=\"" + class + "\"><span class=\"layer\">")
		if i == 0 || r.Layer != last {
			e.text(r.Layer)
		}
		last = r.Layer
		e.raw("</span> <span class=\"result\">" + sign)
		e.text(r.Word)
		e.raw("</span> ")
		e.span("why", r.Note)
		e.raw("</li>\n")
	}
	e.raw("</ul>\n")
}

// trace folds the whole trace away: it is long and seldom read.
func (e *elements) trace(t render.Trace) {
	e.raw("<details>\n<summary>")
	e.span("word", t.Word)
	e.joined(t.Sum)
	e.raw("</summary>\n")
	e.items(t.Items)
	e.raw("</details>\n")
}

func (e *elements) items(list []render.Item) {
	if len(list) == 0 {
		return
	}
	e.raw("<ul class=\"trace\">\n")
	for _, it := range list {
		switch it.Mark {
		case render.Blocks:
			e.raw("<li class=\"blocks\">✗ ")
		case render.Unclear:
			e.raw("<li class=\"unclear\">? ")
		case render.NoMark:
			e.raw("<li>")
		}
		e.text(it.Text)
		e.raw(" ")
		e.span("note", it.Note)
		e.raw("\n")
		e.facts(it.Facts)
		e.items(it.Items)
		e.raw("</li>\n")
	}
	e.raw("</ul>\n")
}
