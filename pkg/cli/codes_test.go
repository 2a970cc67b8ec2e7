package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/locale"
)

// certainties are the words of a scenario's want.
var certainties = map[string]evidence.Certainty{
	"possible": evidence.Possible, "likely": evidence.Likely, "proved": evidence.Proved,
}

// yielded reads the causes of a scenario's first event out of its want.
func (s *scenario) yielded(t testing.TB) []diagnose.Yield {
	t.Helper()
	var list []diagnose.Yield
	for i, line := range s.wanted(t) {
		words := strings.Fields(line)
		switch {
		case i == 0:
		case len(words) == 1 && !strings.Contains(words[0], "."): // the next event's verdict
			return list
		case len(words) > 1 && slices.Contains(diagnose.Codes(), diagnose.Code(words[0])):
			certainty, known := certainties[words[1]]
			if !known {
				t.Errorf("%s: %q is no certainty", s.name, words[1])
			}
			list = append(list, diagnose.Yield{Code: diagnose.Code(words[0]), Certainty: certainty})
		}
	}
	return list
}

// shows says whether a scenario yields a code.
func (s *scenario) shows(t testing.TB, code diagnose.Code) bool {
	t.Helper()
	return slices.ContainsFunc(s.yielded(t), func(y diagnose.Yield) bool { return y.Code == code })
}

// clearer says whether a scenario shows a code better than another: as the
// primary cause, then with fewer causes beside it.
func (s *scenario) clearer(t testing.TB, other *scenario, code diagnose.Code) bool {
	t.Helper()
	a, b := s.yielded(t), other.yielded(t)
	if x, y := a[0].Code == code, b[0].Code == code; x != y {
		return x
	}
	return len(a) < len(b)
}

// chooseExamples gives each code its example: the one that it has, or else that
// of the scenarios that yield it which shows it best, the first of several.
func chooseExamples(t *testing.T) map[diagnose.Code]diagnose.Example {
	t.Helper()
	all := scenarios(t)
	chosen := map[diagnose.Code]diagnose.Example{}
	for _, e := range diagnose.Catalogue() {
		if e.History {
			continue
		}
		var best *scenario
		for _, s := range all {
			if !s.shows(t, e.Code) {
				continue
			}
			if best == nil || s.name == e.Example.Scenario || best.name != e.Example.Scenario && s.clearer(t, best, e.Code) {
				best = s
			}
		}
		if best != nil {
			chosen[e.Code] = diagnose.Example{Scenario: best.name, Yields: best.yielded(t)}
		}
	}
	return chosen
}

// examplesSource is pkg/diagnose/catalogue_examples.go.
func examplesSource(t *testing.T, examples map[diagnose.Code]diagnose.Example) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`package diagnose

// Written by make docs, out of testdata/scenarios: it keeps the scenario that is
// named here, and gives a code without one the clearest that yields it.

import "github.com/assumewhy/assumewhy/pkg/evidence"

// examples are the scenarios that the catalogue shows, and what each yields.
var examples = map[Code]Example{
`)
	names := map[evidence.Certainty]string{evidence.Possible: "Possible", evidence.Likely: "Likely", evidence.Proved: "Proved"}
	for _, e := range diagnose.Catalogue() {
		if x, ok := examples[e.Code]; ok {
			fmt.Fprintf(&b, "%q: {Scenario: %q, Yields: []Yield{\n", e.Code, x.Scenario)
			for _, y := range x.Yields {
				fmt.Fprintf(&b, "{%q, evidence.%s},\n", y.Code, names[y.Certainty])
			}
			b.WriteString("}},\n")
		}
	}
	b.WriteString("}\n")
	source, err := format.Source([]byte(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// TestCodesDocs: the examples of the catalogue and the page docs/codes.md follow
// from catalogue and scenarios, and every code that needs no history has one.
func TestCodesDocs(t *testing.T) {
	examples := chooseExamples(t)
	entries := diagnose.Catalogue()
	for i := range entries {
		example, has := examples[entries[i].Code]
		if entries[i].Example = example; has == entries[i].History {
			t.Errorf("%s: has a scenario %t, needs history %t", entries[i].Code, has, entries[i].History)
		}
	}
	var page bytes.Buffer
	if err := (catalogue{entries: entries, words: english(t)}).markdown(&page); err != nil {
		t.Fatal(err)
	}
	root := folder(t, ".")
	for name, want := range map[string][]byte{
		filepath.Join(root, "pkg", "diagnose", "catalogue_examples.go"): examplesSource(t, examples),
		filepath.Join(root, "docs", "codes.md"):                         page.Bytes(),
	} {
		if *update && !t.Failed() {
			if err := os.WriteFile(name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(have)); diff != "" {
			t.Errorf("run make docs: %s (-wanted +file):\n%s", filepath.Base(name), diff)
		}
	}
}

// TestCodesScenarioKinds: what a scenario says of the details of a cause is in
// the catalogue, if the report's schema knows it.
func TestCodesScenarioKinds(t *testing.T) {
	schema, err := os.ReadFile(filepath.Join(folder(t, "docs"), "report.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string][]string{}
	for _, e := range diagnose.Catalogue() {
		kinds[string(e.Code)] = e.Details
	}
	for _, s := range scenarios(t) {
		for _, line := range s.wanted(t) {
			words := strings.Fields(line)
			for _, w := range words {
				kind, ok := strings.CutPrefix(w, "detail=")
				if known, is := kinds[words[0]]; ok && is && !slices.Contains(known, kind) && strings.Contains(string(schema), `"`+kind+`"`) {
					t.Errorf("%s: the catalogue's entry of %s has no detail %q", s.name, words[0], kind)
				}
			}
		}
	}
}

// TestCodesText: no line is wider than the terminal, but for a name that is; no
// control characters without color; and the same twice.
func TestCodesText(t *testing.T) {
	for _, e := range diagnose.Catalogue() {
		e.Example = diagnose.Example{Scenario: "trust-x", Yields: []diagnose.Yield{{Code: e.Code, Certainty: evidence.Likely}, {Code: diagnose.CallerWrongIdentity, Certainty: evidence.Likely}}}
		for _, width := range []int{1, 40, 80, 120} {
			var plain, again, colored bytes.Buffer
			c := catalogue{entries: []diagnose.Entry{e}, words: english(t), whole: true}
			for _, w := range []*bytes.Buffer{&plain, &again} {
				if err := c.text(w, width, false); err != nil {
					t.Fatal(err)
				}
			}
			if err := c.text(&colored, width, true); err != nil {
				t.Fatal(err)
			}
			if plain.String() != again.String() || strings.Contains(plain.String(), "\x1b") || !strings.Contains(colored.String(), "\x1b[1m"+string(e.Code)) {
				t.Errorf("%s at %d columns: color or order", e.Code, width)
			}
			for line := range strings.Lines(plain.String()) {
				line = strings.TrimSuffix(line, "\n")
				if len(line) > max(width, 40) && len(strings.Fields(line)) > 1 || line != strings.TrimRight(line, " ") {
					t.Errorf("%s at %d columns: %q", e.Code, width, line)
				}
			}
			for _, want := range []string{"role_account", "trust-x.txtar", string(e.Code) + " likely primary", "caller.wrong_identity likely"} {
				if !strings.Contains(strings.Join(strings.Fields(plain.String()), " "), want) && (want != "role_account" || slices.Contains(e.Owners, diagnose.OwnerRoleAccount)) {
					t.Errorf("%s at %d columns: no %q", e.Code, width, want)
				}
			}
		}
	}
}

// TestCodesJSON: one object with every code once, no array null.
func TestCodesJSON(t *testing.T) {
	status, out, stderr := run(t, nil, "codes", "--format", "json")
	if status != ok || stderr != "" || strings.Contains(out, ":null") || strings.Count(out, "\n") != 1 {
		t.Fatalf("status %d, %s%s", status, stderr, out)
	}
	var got codesJSON
	d := json.NewDecoder(strings.NewReader(out))
	d.DisallowUnknownFields()
	if err := d.Decode(&got); err != nil {
		t.Fatal(err)
	}
	var codes []diagnose.Code
	for _, c := range got.Codes {
		codes = append(codes, diagnose.Code(c.Code))
		if c.Title == "" || c.Rank < 1 || len(c.Owners) == 0 || c.Part == "" {
			t.Errorf("%+v", c)
		}
	}
	slices.Sort(codes)
	if diff := cmp.Diff(slices.Sorted(slices.Values(diagnose.Codes())), codes); diff != "" || got.Schema != "assumewhy.codes/v1" || got.Lang != "en" {
		t.Errorf("%s %s:\n%s", got.Schema, got.Lang, diff)
	}
	_, again, _ := run(t, nil, "codes", "--format", "json")
	if again != out {
		t.Error("not the same twice")
	}
}

func english(t *testing.T) *locale.Language {
	t.Helper()
	words, err := locale.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return words
}
