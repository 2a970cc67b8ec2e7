package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/locale"
	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/html"
	"github.com/assumewhy/assumewhy/pkg/render/markdown"
	"github.com/assumewhy/assumewhy/pkg/render/slack"
	"github.com/assumewhy/assumewhy/pkg/render/text"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// The width of text: when the terminal does not tell, and at most.
const (
	usualColumns = 80
	mostColumns  = 120
)

// reportFormats are the formats of answers; colorings are when they have colors.
var (
	reportFormats = []string{"text", "markdown", "html", "slack", "json"}
	colorings     = []string{"auto", "always", "never"}
)

// outputFlags are the flags that say how answers look.
type outputFlags struct {
	format, lang, color string
	pretty, verbose     bool
}

func (o *outputFlags) register(f *pflag.FlagSet) {
	o.registerLook(f, "`FORMAT`: text, markdown (for a ticket), html (one page), slack (one message a line), or json (one report a line)")
	f.BoolVar(&o.verbose, "verbose", false, "the whole trace: every layer, statement and condition")
}

// registerLook registers the flags that every command has that prints an answer.
func (o *outputFlags) registerLook(f *pflag.FlagSet, formats string) {
	f.StringVar(&o.format, "format", "text", formats)
	f.BoolVar(&o.pretty, "pretty", false, "with --format json or slack: indented")
	f.StringVar(&o.lang, "lang", locale.Languages()[0], "`LANGUAGE` of the sentences ("+strings.Join(locale.Languages(), ", ")+")")
	f.StringVar(&o.color, "color", "auto", "`WHEN` text has colors: auto, always or never")
}

// completed registers what may stand behind the flags of registerLook.
func (o *outputFlags) completed(cmd *cobra.Command, formats []string) {
	completes(cmd, "format", oneOf(formats...))
	completes(cmd, "lang", oneOf(locale.Languages()...))
	completes(cmd, "color", oneOf(colorings...))
}

// check refuses values that are not understood.
func (o *outputFlags) check() error {
	switch {
	case slices.Contains(reportFormats, o.format):
	default:
		return misuse("--format %q is not known: use text, markdown, html, slack or json", o.format)
	}
	return o.checkLook()
}

// checkLook refuses values that no format takes.
func (o *outputFlags) checkLook() error {
	if o.pretty && o.format != "json" && o.format != "slack" {
		return misuse("--pretty is for JSON: add --format json")
	}
	if _, err := locale.For(o.lang); err != nil {
		return misuse("--lang: %v", err)
	}
	if slices.Contains(colorings, o.color) {
		return nil
	}
	return misuse("--color %q is not known: use auto, always or never", o.color)
}

// options are those of the conveyor.
func (o *outputFlags) options() audit.Options {
	return audit.Options{Lang: o.lang, Version: version, Verbose: o.verbose}
}

// printer writes answers, each as soon as it is made.
type printer struct {
	w       io.Writer
	format  string
	pretty  bool
	page    text.Options
	html    *html.Page
	printed int
	twice   twice
}

func (p *program) printer(o *outputFlags) *printer {
	return &printer{
		w: p.Stdout, format: o.format, pretty: o.pretty,
		page: text.Options{Width: p.width(), Color: p.colored(o.color), UTF8: p.utf8(), Verbose: o.verbose},
		html: html.New(p.Stdout, html.Options{Verbose: o.verbose}),
	}
}

func (w *printer) print(r *report.Report) error {
	w.printed++
	switch w.format {
	case "json":
		return report.Encode(w.w, r, w.pretty)
	case "slack":
		return w.message(slack.Alert(r, slack.Console(slack.Links{}, r), render.Repeats{}))
	case "html":
		return w.html.Add(r)
	}
	if w.printed > 1 {
		if err := w.rule(); err != nil {
			return err
		}
	}
	told := !w.page.Verbose && w.twice.told(r)
	switch {
	case told && w.format == "markdown":
		return markdown.Again(w.w, r)
	case told:
		return text.Again(w.w, r, w.page)
	case w.format == "markdown":
		return markdown.Write(w.w, r, markdown.Options{Verbose: w.page.Verbose})
	}
	return text.Write(w.w, r, w.page)
}

// message writes one message for Slack, on a line of its own.
func (w *printer) message(m slack.Message) error {
	enc := json.NewEncoder(w.w)
	if w.pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(m); err != nil {
		return fmt.Errorf("write the message: %w", err)
	}
	return nil
}

// finish writes what stands behind all answers.
func (w *printer) finish() error {
	if w.format == "html" {
		return w.html.Close()
	}
	return nil
}

// rule writes what stands between two answers for people.
func (w *printer) rule() error {
	if w.format == "markdown" {
		return markdown.Rule(w.w)
	}
	return text.Rule(w.w, w.page)
}

// colored decides for --color auto, always or never
// (no-color.org: NO_COLOR counts when it is not empty).
func (p *program) colored(when string) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	return p.StdoutTerminal && p.Getenv("NO_COLOR") == "" && p.Getenv("TERM") != "dumb"
}

// width is that of the terminal, else what COLUMNS says, else the usual one.
func (p *program) width() int {
	columns := p.Columns
	if columns <= 0 {
		columns, _ = strconv.Atoi(p.Getenv("COLUMNS"))
	}
	if columns <= 0 {
		columns = usualColumns
	}
	return min(columns, mostColumns)
}

// utf8 says whether text may hold more than ASCII: what the locale says, and
// yes when there is none. The first variable that is set decides
// (POSIX, "Environment Variables", LC_ALL before LC_CTYPE before LANG).
func (p *program) utf8() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := strings.ToLower(p.Getenv(name)); v != "" {
			return strings.Contains(v, "utf-8") || strings.Contains(v, "utf8")
		}
	}
	return true
}
