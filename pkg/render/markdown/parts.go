package markdown

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
)

func (p *page) head(h render.Head) {
	who := h.Caller
	if h.Role != "" {
		who += " → " + h.Role
	}
	p.add("### " + prose(h.Word+": "+who))
	p.add(prose(h.Time))
}

// lead says the first sentence in bold.
func (p *page) lead(l render.Lead) {
	first, rest := l.Sentences()
	p.add(strings.TrimSpace(strong(prose(first)) + " " + prose(rest)))
	if l.Next != "" {
		p.add(strong(prose(l.Label)) + " " + prose(l.Next))
	}
}

// chain shows the two sides of the call in one table.
func (p *page) chain(c render.Chain) {
	rows := []string{row(cell(c.Columns[0]), cell(c.Columns[1]), cell(c.Columns[2]), cell(c.Columns[3])), "|---|---|---|---|"}
	for _, h := range c.Hops {
		who := strong(cell(h.Who))
		if where := cell(strings.Join(h.Where, ", ")); where != "" {
			who += ", " + where
		}
		if len(h.Rows) == 0 {
			rows = append(rows, row(who, "", "", ""))
		}
		for _, r := range h.Rows {
			rows = append(rows, row(who, cell(r.Layer), said(r), cell(r.Note)))
			who = ""
		}
	}
	p.add(strings.Join(rows, "\n"))
	for _, a := range c.Also {
		p.add(prose(a.Action))
		rows = []string{row(cell(c.Columns[1]), cell(c.Columns[2]), cell(c.Columns[3])), "|---|---|---|"}
		for _, r := range a.Rows {
			rows = append(rows, row(cell(r.Layer), said(r), cell(r.Note)))
		}
		p.add(strings.Join(rows, "\n"))
	}
}

func row(cells ...string) string { return "| " + strings.Join(cells, " | ") + " |" }

// said is what a layer says, with a mark where it blocks.
func said(r render.Row) string {
	word := cell(r.Word)
	switch {
	case word == "":
	case r.Mark == render.Blocks:
		return "✗ " + strong(word)
	case r.Mark == render.Unclear:
		return "? " + strong(word)
	}
	return word
}

func (p *page) cause(c render.Cause) {
	p.title(c.Word, c.Code, c.Certainty, c.Owner)
	p.add(prose(c.Because))
	lines := quote(c.Quote.Excerpt(p.all))
	where := prose(c.Where)
	if where != "" && len(lines) > 0 {
		where += ":"
	}
	p.add(where)
	if len(lines) > 0 {
		p.add(fenced(lines))
	}
	if f := facts(c.Shown(p.all), p.all); len(f) > 0 {
		p.add(fenced(f))
	}
}

func (p *page) remedy(r render.Remedy) {
	p.title(r.Word, r.Where)
	p.add(prose(r.Title))
	p.add(prose(r.Risk))
	if len(r.Command) > 0 {
		var lines []string
		for _, s := range r.Command {
			lines = append(lines, render.Visible(s))
		}
		p.add(fenced(lines))
	}
}

func (p *page) unknowns(u render.Unknowns) {
	p.title(u.Word, u.Sum)
	for _, group := range u.Shown(p.all) {
		p.add(prose(group.Title))
		var list []string
		for _, g := range group.List {
			if s := prose(g.What + " " + g.Settle); s != "" {
				list = append(list, "- "+s)
			}
		}
		p.add(strings.Join(list, "\n"))
	}
}

// trace folds the trace away: GitHub and its kin show <details> closed, and
// what knows no HTML shows what is in it.
func (p *page) trace(t render.Trace) {
	p.title(t.Word, t.Sum)
	if lines := items(nil, "", t.Items); len(lines) > 0 {
		p.add("<details>")
		p.add(fenced(lines))
		p.add("</details>")
	}
}
