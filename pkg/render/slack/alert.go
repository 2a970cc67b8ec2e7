package slack

import (
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// How much of a report a message tells; the report has the rest.
const (
	maxQuoted = 8 // lines of the policy
	maxOthers = 4 // causes beside the first
	maxGaps   = 3
)

// Alert is the message to the security channel: what was denied, why, who has to
// do what. Again, with what has happened since, it is the same message updated.
func Alert(r *report.Report, links Links, since render.Repeats) Message {
	b := render.BriefOf(r)
	m := message(b)
	m.Blocks = append(m.Blocks, header(b.Title))
	if b.Headline != "" {
		first, rest := render.Lead{Headline: b.Headline}.Sentences()
		m.Blocks = append(m.Blocks, rich(section(bold(first), text(rest))))
	}
	m.Blocks = append(m.Blocks, next(b)...)
	if f := fields(b.Fields); len(f) > 0 {
		m.Blocks = append(m.Blocks, Block{Type: "section", Fields: f})
	}
	if b.Cause != nil {
		m.Blocks = append(m.Blocks, proof(*b.Cause)...)
	}
	m.Blocks = append(m.Blocks, others(b)...)
	if b.Unknowns != nil {
		m.Blocks = append(m.Blocks, unknowns(*b.Unknowns)...)
	}
	m.Blocks = append(m.Blocks, foot(b, links, render.Repeated(r.Lang, since))...)
	return m
}

// Repeat is the reply in the thread of an alert: how often it happened again,
// and the incident. It is false where it did not.
func Repeat(r *report.Report, since render.Repeats) (Message, bool) {
	again := render.Repeated(r.Lang, since)
	if again == "" {
		return Message{}, false
	}
	b := render.BriefOf(r)
	m := Message{Text: plain(b.Title+": "+again, maxText), Blocks: []Block{rich(section(text(again)))}}
	if b.Incident != "" {
		m.Blocks = append(m.Blocks, context(small([]string{b.Incident})))
	}
	return m, true
}

// Requester is the message to whoever made the call, and false where nobody is
// to be told (see [report.Report.ForRequester], which keeps to what they may
// know: no other part of the report goes into it).
func Requester(r *report.Report) (Message, bool) {
	a, ok := r.ForRequester()
	if !ok {
		return Message{}, false
	}
	m := Message{Text: plain(strings.Join(filled(a.What, a.Why, a.Do), " "), maxText)}
	for i, s := range []string{a.What, a.Why, a.Do, a.They} {
		switch {
		case s == "":
		case i == 0:
			m.Blocks = append(m.Blocks, rich(section(bold(s))))
		default:
			m.Blocks = append(m.Blocks, rich(section(text(s))))
		}
	}
	return m, true
}

func message(b render.Brief) Message {
	return Message{Text: plain(strings.TrimSuffix(b.Title+". "+b.Headline, ". "), maxText)}
}

// fields are labels in bold over their values.
func fields(list []render.Field) []Text {
	var out []Text
	for _, f := range list[:min(len(list), maxFields)] {
		out = append(out, Text{Type: "mrkdwn", Text: "*" + prose(f.Label) + "*\n" + prose(f.Text), Verbatim: true})
	}
	return out
}

// proof is the policy's own lines and what was wanted and got.
func proof(c render.Cause) []Block {
	var parts []Element
	lines := quoted(c)
	if c.Where != "" {
		where := c.Where
		if len(lines) > 0 {
			where += ":"
		}
		parts = append(parts, section(text(where)))
	}
	if len(lines) > 0 {
		parts = append(parts, preformatted(strings.Join(lines, "\n")))
	}
	if len(parts) == 0 {
		return nil
	}
	return []Block{rich(parts...)}
}

// others are the causes beside the first, a line each.
func others(b render.Brief) []Block {
	if len(b.Others) == 0 {
		return nil
	}
	list := []Element{bold(b.Word)}
	for _, c := range b.Others[:min(len(b.Others), maxOthers)] {
		list = append(list, raw("\n• "), code(c.Code), text(" "+strings.Join(filled(c.Certainty, c.Owner), ", ")))
	}
	if more := len(b.Others) - maxOthers; more > 0 {
		list = append(list, raw("\n• … "+strconv.Itoa(more)))
	}
	return []Block{rich(section(list...))}
}

// unknowns are what could change the answer.
func unknowns(u render.Unknowns) []Block {
	list := []Element{bold(u.Sum)}
	told, all := 0, 0
	for _, group := range u.Shown(false) {
		all += len(group.List)
		for _, g := range group.List {
			if told++; told <= maxGaps {
				list = append(list, raw("\n• "), text(strings.Trim(g.What+" "+g.Settle, " ")))
			}
		}
	}
	if more := all - maxGaps; more > 0 {
		list = append(list, raw("\n• … "+strconv.Itoa(more)))
	}
	return []Block{rich(section(list...))}
}

// next is what to do, and whether that is proved to help.
func next(b render.Brief) []Block {
	if b.Next == "" {
		return nil
	}
	list := []Element{bold(b.Label), raw(" "), text(b.Next)}
	if b.Proof != "" {
		list = append(list, raw(" ("), text(b.Proof), raw(")"))
	}
	return []Block{rich(section(list...))}
}

// foot is what is small: incident, repeats, AWS's own message; and the links.
func foot(b render.Brief, links Links, again string) []Block {
	items := b.Foot
	if again != "" {
		items = append([]string{again}, items...)
	}
	var elements []Element
	if len(items) > 0 {
		elements = append(elements, small(items))
	}
	var made []string
	for _, l := range []string{link(links.Report, b.Links.Report), link(links.Trail, b.Links.Trail), link(links.Role, b.Links.Role)} {
		if l != "" {
			made = append(made, l)
		}
	}
	if len(made) > 0 {
		elements = append(elements, Element{Type: "mrkdwn", Text: strings.Join(made, " · "), Verbatim: true})
	}
	if len(elements) == 0 {
		return nil
	}
	return []Block{context(elements...)}
}

// small puts items side by side in a context block.
func small(items []string) Element {
	return Element{Type: "plain_text", Text: plain(strings.Join(items, " · "), maxText), Emoji: no}
}

// filled are the texts that are not empty.
func filled(texts ...string) []string {
	var out []string
	for _, s := range texts {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}
