package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/locale"
)

// codesCommand is `assumewhy codes`.
func (p *program) codesCommand() *cobra.Command {
	out := outputFlags{}
	cmd := &cobra.Command{
		Use:   "codes [CODE]",
		Short: "the causes that an answer may name",
		Long: `Lists the causes that an answer may name, a line each. With a CODE it tells all
of that one: what it means, who can act, how it is told apart from others, what
usually mends it. The beginning of codes, such as trust or trust.oidc, lists
those that begin so.

With --format json it is one object, "schema":"assumewhy.codes/v1"; with
--format markdown the page docs/codes.md.`,
		Example: "  assumewhy codes\n  assumewhy codes trust.external_id_missing\n  assumewhy codes trust --format json --pretty",
		Annotations: status(`0 the codes were printed, 1 they could not be written, 2 the command line is
not understood`),
		ValidArgsFunction: completeCodes,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := full(cmd.Flags()); err != nil {
				return err
			}
			if !slices.Contains(codesFormats, out.format) {
				return misuse("--format %q is not known: use text, json or markdown", out.format)
			}
			if err := out.checkLook(); err != nil {
				return err
			}
			entries, whole, err := chosen(args)
			if err != nil {
				return err
			}
			words, err := locale.For(out.lang)
			if err != nil {
				return misuse("--lang: %v", err)
			}
			return p.writeCodes(&out, catalogue{entries: entries, words: words, whole: whole})
		},
	}
	out.registerLook(cmd.Flags(), "`FORMAT`: text, json (one object), or markdown")
	out.completed(cmd, codesFormats)
	return cmd
}

// codesFormats are the formats of the catalogue.
var codesFormats = []string{"text", "json", "markdown"}

// catalogue is what of the catalogue is to be shown, in a language.
type catalogue struct {
	entries []diagnose.Entry
	words   *locale.Language
	whole   bool // one code was asked for: all of it
}

func (p *program) writeCodes(out *outputFlags, c catalogue) error {
	switch out.format {
	case "json":
		return c.json(p.Stdout, out.pretty)
	case "markdown":
		return c.markdown(p.Stdout)
	}
	return c.text(p.Stdout, p.width(), p.colored(out.color))
}

// chosen are the entries that a command line asks for, and whether it asks for
// all of one.
func chosen(args []string) ([]diagnose.Entry, bool, error) {
	all := diagnose.Catalogue()
	if len(args) == 0 {
		return all, false, nil
	}
	if len(args) > 1 {
		return nil, false, misuse("codes takes one CODE: 'assumewhy codes' lists them")
	}
	asked := strings.ToLower(strings.TrimSpace(args[0]))
	if asked == "" {
		return nil, false, misuse("the code is empty: 'assumewhy codes' lists them")
	}
	var begin []diagnose.Entry
	for _, e := range all {
		if string(e.Code) == asked {
			return []diagnose.Entry{e}, true, nil
		}
		if strings.HasPrefix(string(e.Code), asked) {
			begin = append(begin, e)
		}
	}
	if len(begin) > 0 {
		return begin, len(begin) == 1, nil
	}
	if near := nearCodes(asked); len(near) > 0 {
		return nil, false, misuse("there is no code %.60q: did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return nil, false, misuse("there is no code %.60q: 'assumewhy codes' lists them", args[0])
}

// nearCodes are the codes, at most three, that a misspelled one most likely
// means: with the fewest letters to change in the whole code, or in what is
// behind its dot where nothing else was written.
func nearCodes(asked string) []string {
	const most = 3
	least := max(2, len(asked)/3)
	var near []string
	for _, e := range diagnose.Catalogue() {
		code := string(e.Code)
		d := diagnose.Distance(asked, code, least)
		if _, reason, _ := strings.Cut(code, "."); !strings.Contains(asked, ".") {
			d = min(d, diagnose.Distance(asked, reason, least))
		}
		switch {
		case d > least || d == len(asked):
		case d < least:
			least, near = d, []string{code}
		default:
			near = append(near, code)
		}
	}
	return near[:min(len(near), most)]
}

// completeCodes offers codes and what they begin with.
func completeCodes(_ *cobra.Command, args []string, begin string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, noFiles
	}
	words, err := locale.For("")
	if err != nil {
		return nil, noFiles
	}
	var list []string
	for _, e := range diagnose.Catalogue() {
		code := string(e.Code)
		if strings.HasPrefix(code, strings.ToLower(begin)) {
			list = append(list, code+"\t"+words.Code(code).Title)
		}
	}
	return list, noFiles
}

// parts cuts the entries where another part begins.
func (c catalogue) parts() [][]diagnose.Entry {
	var list [][]diagnose.Entry
	for i, e := range c.entries {
		if i == 0 || e.Part() != c.entries[i-1].Part() {
			list = append(list, nil)
		}
		list[len(list)-1] = append(list[len(list)-1], e)
	}
	return slices.Clip(list)
}
