package cli

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// scenario is one file of testdata/scenarios: an event, the estate it happens
// in, and the wanted report. testdata/scenarios/README.md tells the format.
type scenario struct {
	name    string
	path    string
	flags   []string // further flags of explain
	estate  string   // folder under testdata/scenarios that the estate starts from, or ""
	archive *txtar.Archive
}

// scenarios are all of them, by name.
func scenarios(t testing.TB) []*scenario {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder(t, "testdata/scenarios"), "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	all := make([]*scenario, len(found))
	for i, f := range found {
		all[i] = readScenario(t, f)
	}
	return all
}

func readScenario(t testing.TB, file string) *scenario {
	t.Helper()
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := &scenario{name: strings.TrimSuffix(filepath.Base(file), ".txtar"), path: file, archive: archive}
	told := false
	for line := range strings.Lines(string(archive.Comment)) {
		line = strings.TrimSpace(line)
		name, value, _ := strings.Cut(line, ": ")
		switch name {
		case "estate":
			s.estate = value
		case "flags":
			s.flags = strings.Fields(value)
		default:
			told = told || line != ""
		}
	}
	if !told {
		t.Errorf("%s: the comment does not say what happens", s.name)
	}
	for _, f := range archive.Files {
		known := f.Name == "want" || f.Name == "text" || strings.HasPrefix(f.Name, "event") || strings.HasPrefix(f.Name, "estate/")
		if !known || !filepath.IsLocal(f.Name) {
			t.Errorf("%s: no scenario has a file %q", s.name, f.Name)
		}
	}
	return s
}

// file gives the content of a file of the scenario.
func (s *scenario) file(name string) (string, bool) {
	i := slices.IndexFunc(s.archive.Files, func(f txtar.File) bool { return f.Name == name })
	if i < 0 {
		return "", false
	}
	return string(s.archive.Files[i].Data), true
}

// wanted is the wanted report in short, a line for the verdict and for each
// cause, without comments.
func (s *scenario) wanted(t testing.TB) []string {
	t.Helper()
	want, found := s.file("want")
	if !found {
		t.Fatalf("%s: no want", s.name)
	}
	var lines []string
	for line := range strings.Lines(want) {
		line, _, _ = strings.Cut(line, "# ")
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// unpack writes event and estate below dir and gives the arguments that
// explain them.
func (s *scenario) unpack(t testing.TB, dir string) []string {
	t.Helper()
	estate := filepath.Join(dir, "estate")
	if s.estate != "" {
		base := filepath.Join(filepath.Dir(s.path), filepath.FromSlash(s.estate))
		if err := os.CopyFS(estate, os.DirFS(base)); err != nil {
			t.Fatal(err)
		}
	}
	args := []string{"explain"}
	for _, f := range s.archive.Files {
		if f.Name == "want" || f.Name == "text" {
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(f.Name, "event") {
			args = append(args, file)
		}
	}
	if len(args) == 1 {
		t.Fatalf("%s: no event", s.name)
	}
	if _, err := os.Stat(estate); err == nil {
		args = append(args, "--estate", estate)
	}
	return append(args, s.flags...)
}

// TestScenarios: each scenario yields the wanted causes, no more and no fewer,
// and the wanted text. Run it with -update to write the texts; what is wanted
// in short is written by hand.
func TestScenarios(t *testing.T) {
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			args := s.unpack(t, t.TempDir())
			status, out, stderr := run(t, nil, append(args, "--format", "json")...)
			if status != ok || stderr != "" {
				t.Fatalf("status %d, %s", status, stderr)
			}
			got := short(t, out)
			if diff := cmp.Diff(s.wanted(t), shortened(got, s.wanted(t))); diff != "" {
				t.Errorf("(-want +got):\n%s\nin full:\n%s", diff, strings.Join(got, "\n"))
			}
			_, text, _ := run(t, nil, args...)
			s.compareText(t, text)
		})
	}
}

func (s *scenario) compareText(t *testing.T, text string) {
	t.Helper()
	want, found := s.file("text")
	if found && want == text {
		return
	}
	if !*update {
		t.Errorf("run go test ./pkg/cli -run Scenarios -update and read what changes (-want +got):\n%s", cmp.Diff(want, text))
		return
	}
	if !found {
		s.archive.Files = append(s.archive.Files, txtar.File{Name: "text"})
	}
	for i := range s.archive.Files {
		if s.archive.Files[i].Name == "text" {
			s.archive.Files[i].Data = []byte(text)
		}
	}
	if err := os.WriteFile(s.path, txtar.Format(s.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// short is each report as a line for its verdict and one for each cause, in
// order, the primary first; gaps follow.
func short(t testing.TB, reports string) []string {
	t.Helper()
	var lines []string
	for line := range strings.Lines(reports) {
		r, err := report.Decode(strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, r.Verdict)
		for i, c := range r.Causes {
			if c.Primary != (i == 0) {
				t.Errorf("cause %d: primary is %t", i, c.Primary)
			}
			lines = append(lines, strings.Join(slices.DeleteFunc([]string{
				c.Code, c.Certainty,
				attribute("detail", c.Detail.Kind), attribute("key", c.Condition.Key), attribute("layer", c.Layer),
				attribute("owner", c.Owner), attribute("policy", c.Policy.Name), attribute("action", c.Action),
				attribute("nearest", c.Detail.Nearest),
			}, func(s string) bool { return s == "" }), " "))
		}
		for _, g := range r.Gaps {
			lines = append(lines, strings.TrimRight("gap "+g.Code+" "+attribute("key", g.Key), " "))
		}
	}
	return lines
}

func attribute(name, value string) string {
	if value == "" {
		return ""
	}
	return name + "=" + strings.ReplaceAll(value, " ", "_")
}

// shortened leaves of each line of got what the line of want at its place
// names: a wanted cause names its code and certainty, and of the rest what
// matters to it. Gaps are compared where want names them, by code.
func shortened(got, want []string) []string {
	var lines []string
	for _, line := range got {
		words := strings.Fields(line)
		if words[0] == "gap" {
			if slices.Contains(want, line) {
				lines = append(lines, line)
			}
			continue
		}
		if n := len(lines); n < len(want) {
			words = slices.DeleteFunc(words, func(w string) bool {
				return strings.Contains(w, "=") && !named(strings.Fields(want[n]), w)
			})
		}
		lines = append(lines, strings.Join(words, " "))
	}
	return lines
}

// named says whether one of words gives a value for the attribute that word
// gives one for.
func named(words []string, word string) bool {
	name, _, _ := strings.Cut(word, "=")
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, name+"=") })
}

// pairs of layers that can both deny a call, of those whose policies a file
// can hold.
var pairs = []string{"identity", "boundary", "scp", "rcp", "vpce", "trust"}

// later are the codes that need history: it is not read yet.
var later = []diagnose.Code{
	diagnose.RoleDeleted, diagnose.PlatformPropagation, diagnose.PlatformChangedSince,
}

// TestScenarioCoverage: the scenarios hold every code at least twice, but for
// those that need history, and every pair of layers denying together.
func TestScenarioCoverage(t *testing.T) {
	all := scenarios(t)
	if len(all) < 120 {
		t.Errorf("%d scenarios, 120 wanted", len(all))
	}
	codes, together := map[string]int{}, map[string]bool{}
	for _, s := range all {
		var layers []string
		for _, line := range s.wanted(t) {
			code, _, _ := strings.Cut(line, " ")
			codes[code]++
			if layer, _, _ := strings.Cut(code, "."); !slices.Contains(layers, layer) {
				layers = append(layers, layer)
			}
		}
		for _, a := range layers {
			for _, b := range layers {
				together[path.Join(a, b)] = true
			}
		}
	}
	for _, code := range diagnose.Codes() {
		if n := codes[string(code)]; n < 2 && !slices.Contains(later, code) {
			t.Errorf("%s in %d scenarios, 2 wanted", code, n)
		}
	}
	for i, a := range pairs {
		for _, b := range pairs[i+1:] {
			if !together[path.Join(a, b)] {
				t.Errorf("no scenario has %s and %s deny together", a, b)
			}
		}
	}
}
