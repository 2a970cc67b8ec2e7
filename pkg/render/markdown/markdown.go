// Package markdown writes an explanation as GitHub Flavored Markdown, to be
// pasted into a ticket or a pull request: what happened and what to do, the
// chain of layers as a table, the policy's own lines with carets below what
// blocks, what is not known.
//
// All text of the report is escaped in one place, escape.go: it makes no link,
// no image, no HTML, no mention, no reference to an issue, and cannot leave the
// block it stands in. Characters that cannot be seen are shown as escapes, as
// [render.Visible] has them. The only HTML is this package's own <details>
// around the trace, which is long and seldom read.
//
// Pure and deterministic, safe for concurrent use. Columns in code blocks are
// those of a terminal: a font in which wide characters are not twice as wide
// misaligns a caret and nothing more.
package markdown

import (
	"fmt"
	"io"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// Options say how much is told.
type Options struct {
	Verbose bool // nothing is cut short, and the trace is shown
}

// Write writes one explanation, ending in a line feed. The only errors are
// those of w.
func Write(w io.Writer, r *report.Report, o Options) error {
	return write(w, render.Tree(r), o)
}

// Again writes in short that a report says the same as one before it. The only
// errors are those of w.
func Again(w io.Writer, r *report.Report) error {
	return write(w, render.Again(r), Options{})
}

func write(w io.Writer, blocks []render.Block, o Options) error {
	p := &page{all: o.Verbose}
	for _, b := range blocks {
		p.tell(b)
	}
	if _, err := io.WriteString(w, strings.Join(p.blocks, "\n\n")+"\n"); err != nil {
		return fmt.Errorf("write the explanation: %w", err)
	}
	return nil
}

// Rule writes what stands between two explanations.
func Rule(w io.Writer) error {
	if _, err := io.WriteString(w, "\n---\n\n"); err != nil {
		return fmt.Errorf("write the rule between explanations: %w", err)
	}
	return nil
}

// page collects blocks, between which blank lines stand.
type page struct {
	all    bool
	blocks []string
}

// add adds a block that is not empty.
func (p *page) add(block string) {
	if block != "" {
		p.blocks = append(p.blocks, block)
	}
}

func (p *page) tell(b render.Block) {
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
		p.title(b.Label)
		p.add(fenced([]string{render.Visible(b.Text)}))
	case render.Unknowns:
		p.unknowns(b)
	case render.Trace:
		if p.all {
			p.trace(b)
		}
	case render.Foot:
		p.add(joined(b.Items))
	}
}

// title heads a part of the explanation.
func (p *page) title(word string, items ...string) {
	head := "#### " + prose(word)
	if said := joined(items); said != "" {
		head += ": " + said
	}
	p.add(head)
}

// joined puts items side by side, with a dot between them.
func joined(items []string) string {
	var said []string
	for _, s := range items {
		if s = prose(s); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " · ")
}
