package diagnose_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// declared reads the codes out of code.go, in order.
func declared(t *testing.T) []diagnose.Code {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []diagnose.Code
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, v := range spec.Values {
			if lit, ok := v.(*ast.BasicLit); ok {
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, diagnose.Code(text))
			}
		}
		return true
	})
	return list
}

// TestCatalogueIsWhole: a code that is declared has a place in the ranking and
// one entry, and nothing else has.
func TestCatalogueIsWhole(t *testing.T) {
	want := slices.Sorted(slices.Values(declared(t)))
	if len(want) < 70 {
		t.Fatalf("code.go declares %d codes", len(want))
	}
	var entries []diagnose.Code
	for _, e := range diagnose.Catalogue() {
		entries = append(entries, e.Code)
	}
	slices.Sort(entries)
	if diff := cmp.Diff(want, entries); diff != "" {
		t.Errorf("catalogue (-declared +entries):\n%s", diff)
	}
	if diff := cmp.Diff(want, slices.Sorted(slices.Values(diagnose.Codes()))); diff != "" {
		t.Errorf("ranking (-declared +ranked):\n%s", diff)
	}
}

// TestCatalogueAgrees holds an entry's fields to one another and to the ranking.
func TestCatalogueAgrees(t *testing.T) {
	entries := diagnose.Catalogue()
	for i, e := range entries {
		layer := evidence.Layer(e.Part())
		switch e.Part() {
		case "companion":
			layer = ""
		case "role":
			layer = evidence.Role
		}
		if e.Layer != layer {
			t.Errorf("%s: layer %q, want %q", e.Code, e.Layer, layer)
		}
		if len(e.Owners) == 0 {
			t.Errorf("%s: nobody can act", e.Code)
		}
		if e.History && e.Example.Scenario != "" {
			t.Errorf("%s: needs history and has an example", e.Code)
		}
		if i > 0 && e.Part() != entries[i-1].Part() && slices.ContainsFunc(entries[:i], func(o diagnose.Entry) bool { return o.Part() == e.Part() }) {
			t.Errorf("%s: its part is in two places", e.Code)
		}
	}
	slices.SortStableFunc(entries, func(a, b diagnose.Entry) int { return a.Rank() - b.Rank() })
	for i, e := range entries[1:] {
		if e.Group < entries[i].Group {
			t.Errorf("%s is ranked behind %s, of a later group", e.Code, entries[i].Code)
		}
	}
}

// TestCatalogueDetails: the kinds of detail are those of the report's schema,
// each in the entry of at least one code.
func TestCatalogueDetails(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "report.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if d, ok := v["detail"].(map[string]any); ok {
				if p, ok := d["properties"].(map[string]any); ok {
					for _, k := range p["kind"].(map[string]any)["enum"].([]any) {
						listed = append(listed, k.(string))
					}
				}
			}
			for _, x := range v {
				walk(x)
			}
		case []any:
			for _, x := range v {
				walk(x)
			}
		}
	}
	var schema any
	if err := json.Unmarshal(raw, &schema); err != nil {
		t.Fatal(err)
	}
	walk(schema)
	var used []string
	for _, e := range diagnose.Catalogue() {
		for _, k := range e.Details {
			used = append(used, k)
			if !slices.Contains(listed, k) {
				t.Errorf("%s: the schema has no kind of detail %q", e.Code, k)
			}
		}
	}
	for _, k := range listed {
		if k != "" && !slices.Contains(used, k) {
			t.Errorf("no entry has the kind of detail %q", k)
		}
	}
}
