package cli

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// codesIntroduction begins the page of the catalogue.
const codesIntroduction = `# Causes

<!-- written by make docs: change pkg/diagnose/catalogue.go and pkg/locale/en_codes*.go instead -->

Each cause that an answer may name has a code. The codes are a contract: reports, metrics and suppressions use them, and a code is never renamed. ` + "`assumewhy codes CODE`" + ` prints an entry of this page.

How sure a cause is stands beside its code: *proved* (it denies the call, for every value of what is not known), *likely* (it most likely denies it, and the report says why), *possible* (it denies it if). Where there are several, the first is *primary*, the one to act on first: the surer before the less sure, then by rank.

Each example is a file with an event and an estate that a test runs through the whole of ` + "`assumewhy explain`" + `; under it stands the whole set of causes that it yields.
`

// markdown writes the entries as a page, or as the part of it that was asked
// for.
func (c catalogue) markdown(w io.Writer) error {
	var b strings.Builder
	if len(c.entries) == len(diagnose.Catalogue()) {
		b.WriteString(codesIntroduction)
		for _, part := range c.parts() {
			fmt.Fprintf(&b, "\n**%s**\n\n", c.words.Part(part[0].Part()))
			for _, e := range part {
				fmt.Fprintf(&b, "- %s: %s%s\n", linked(string(e.Code)), c.words.Code(string(e.Code)).Title, c.later(e))
			}
		}
		b.WriteByte('\n')
	}
	for i, part := range c.parts() {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "## %s\n", c.words.Part(part[0].Part()))
		for _, e := range part {
			c.markdownEntry(&b, e)
		}
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing the codes: %w", err)
	}
	return nil
}

func (c catalogue) later(e diagnose.Entry) string {
	if e.History {
		return " (" + c.words.CodeLabels().Later + ")"
	}
	return ""
}

func (c catalogue) markdownEntry(b *strings.Builder, e diagnose.Entry) {
	w, labels := c.words.Code(string(e.Code)), c.words.CodeLabels()
	fmt.Fprintf(b, "\n### %s\n\n%s%s. %s\n\n", e.Code, strings.ToUpper(w.Title[:1]), w.Title[1:]+c.later(e), linked(w.Means))
	var owners []string
	for _, o := range e.Owners {
		owners = append(owners, fmt.Sprintf("%s (`%s`)", c.words.Owner(string(o)), o))
	}
	for _, row := range [][2]string{
		{labels.Act, strings.Join(owners, ", ")},
		{labels.Ranked, c.place(e)},
		{labels.Apart, linked(w.Apart)},
		{labels.Mends, linked(w.Mends)},
	} {
		fmt.Fprintf(b, "- *%s*: %s\n", row[0], row[1])
	}
	if len(e.Details) > 0 {
		fmt.Fprintf(b, "- *%s*:\n", labels.Kinds)
		for _, k := range e.Details {
			fmt.Fprintf(b, "  - `%s`: %s\n", k, linked(w.Kinds[k]))
		}
	}
	if e.Example.Scenario != "" {
		fmt.Fprintf(b, "- *%s*: [%s](../%s)\n\n```\n%s\n```\n", labels.Example, e.Example.Scenario, scenarioFile(e), strings.Join(c.yields(e), "\n"))
	}
}

// dotted is what has the form of a code, and what of a variable in a policy.
var dotted = regexp.MustCompile(`\b[a-z]+\.[a-z_]+\b|\$\{[^}]*\}`)

// linked makes links of the codes in a text.
func linked(s string) string {
	return dotted.ReplaceAllStringFunc(s, func(word string) string {
		if strings.HasPrefix(word, "$") {
			return "`" + word + "`"
		}
		for _, e := range diagnose.Catalogue() {
			if string(e.Code) == word {
				return "[`" + word + "`](#" + strings.ReplaceAll(word, ".", "") + ")"
			}
		}
		return word
	})
}
