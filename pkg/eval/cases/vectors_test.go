package cases_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/eval/cases"
)

// expected is what a vector demands.
type expected struct {
	ID           string `json:"id"`
	Expected     string `json:"expected"`
	Layer        string `json:"expected_layer"`
	DeniedAction string `json:"denied_action"`
	Want         string `json:"want"`
}

// got is a line of output.
type got struct {
	ID           string  `json:"id"`
	Decision     string  `json:"decision"`
	Layer        *string `json:"layer"`
	DeniedAction *string `json:"denied_action"`
	Result       string  `json:"result"`
	Error        string  `json:"error"`
}

func readLines[T any](t *testing.T, raw []byte) []T {
	t.Helper()
	var out []T
	for _, line := range bytes.Split(bytes.TrimSpace(raw), []byte("\n")) {
		var v T
		if err := json.Unmarshal(line, &v); err != nil {
			t.Fatalf("line %s: %v", line, err)
		}
		out = append(out, v)
	}
	return out
}

func checkDecisions(t *testing.T, path string, least int) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	n, err := cases.Decisions(&out, bytes.NewReader(raw))
	if err != nil || n.Failed > 0 || n.Lines < least {
		t.Fatalf("%+v, %v", n, err)
	}
	wants, gots := readLines[expected](t, raw), readLines[got](t, out.Bytes())
	for i, w := range wants {
		g := gots[i]
		if g.ID != w.ID || g.Decision != w.Expected || g.Layer == nil || g.DeniedAction == nil {
			t.Errorf("%s: got %+v, want %s", w.ID, g, w.Expected)
			continue
		}
		if w.Layer != "" && *g.Layer != w.Layer {
			t.Errorf("%s: layer %q, want %q", w.ID, *g.Layer, w.Layer)
		}
		if w.DeniedAction != "" && *g.DeniedAction != w.DeniedAction {
			t.Errorf("%s: denied action %q, want %q", w.ID, *g.DeniedAction, w.DeniedAction)
		}
		if allowed := g.Decision == "Allowed"; allowed != (*g.Layer == "") || allowed != (*g.DeniedAction == "") {
			t.Errorf("%s: layer and action are empty when, and only when, the call is allowed: %q, %q", w.ID, *g.Layer, *g.DeniedAction)
		}
	}
}

func TestDecisionVectors(t *testing.T) {
	checkDecisions(t, "../testdata/decisions.jsonl", 101)
	checkDecisions(t, "../testdata/bench-case.json", 1)
	checkDecisions(t, "../testdata/threevalued.jsonl", 45)
}

// Results that were measured in AWS by their author; they are not part of this
// repository.
func TestLiveVerified(t *testing.T) {
	corpus := os.Getenv("ASSUMEWHY_CORPUS")
	if corpus == "" {
		t.Skip("ASSUMEWHY_CORPUS is not set")
	}
	checkDecisions(t, filepath.Join(corpus, "vectors", "live-verified.jsonl"), 28)
}

func TestConditionVectors(t *testing.T) {
	raw, err := os.ReadFile("../testdata/conditions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	n, err := cases.Conditions(&out, bytes.NewReader(raw))
	if err != nil || n.Failed > 0 || n.Lines < 106 {
		t.Fatalf("%+v, %v", n, err)
	}
	wants, gots := readLines[expected](t, raw), readLines[got](t, out.Bytes())
	for i, w := range wants {
		if g := gots[i]; g.ID != w.ID || g.Result != w.Want {
			t.Errorf("%s: got %+v, want %s", w.ID, g, w.Want)
		}
	}
}
