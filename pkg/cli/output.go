package cli

import (
	"io"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/locale"
	"github.com/assumewhy/assumewhy/pkg/render/text"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// The width of text: when the terminal does not tell, and at most.
const (
	usualColumns = 80
	mostColumns  = 120
)

// outputFlags are the flags that say how answers look.
type outputFlags struct {
	format, lang, color string
	pretty, verbose     bool
}

func (o *outputFlags) register(f *pflag.FlagSet) {
	f.StringVar(&o.format, "format", "text", "`FORMAT`: text, or json (one report a line)")
	f.BoolVar(&o.pretty, "pretty", false, "with --format json: indented")
	f.StringVar(&o.lang, "lang", locale.Languages()[0], "`LANGUAGE` of the sentences ("+strings.Join(locale.Languages(), ", ")+")")
	f.BoolVar(&o.verbose, "verbose", false, "the whole trace: every layer, statement and condition")
	f.StringVar(&o.color, "color", "auto", "`WHEN` text has colors: auto, always or never")
}

// check refuses values that are not understood.
func (o *outputFlags) check() error {
	switch o.format {
	case "text", "json":
	case "markdown", "slack", "html":
		return misuse("--format %s is not there yet: use text or json", o.format)
	default:
		return misuse("--format %q is not known: use text or json", o.format)
	}
	if o.pretty && o.format != "json" {
		return misuse("--pretty is for JSON: add --format json")
	}
	if _, err := locale.For(o.lang); err != nil {
		return misuse("--lang: %v", err)
	}
	switch o.color {
	case "auto", "always", "never":
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
	w            io.Writer
	json, pretty bool
	page         text.Options
	printed      int
}

func (p *program) printer(o *outputFlags) *printer {
	return &printer{
		w: p.Stdout, json: o.format == "json", pretty: o.pretty,
		page: text.Options{Width: p.width(), Color: p.colored(o.color), UTF8: p.utf8(), Verbose: o.verbose},
	}
}

func (w *printer) print(r *report.Report) error {
	w.printed++
	if w.json {
		return report.Encode(w.w, r, w.pretty)
	}
	if w.printed > 1 {
		if err := text.Rule(w.w, w.page); err != nil {
			return err
		}
	}
	return text.Write(w.w, r, w.page)
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
