package policy

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// Every document of the conformance cases is one that AWS would accept:
// nothing in it may become a finding or unknown.
func TestCorpusDocuments(t *testing.T) {
	root := os.Getenv("ASSUMEWHY_CORPUS")
	if root == "" {
		t.Skip("ASSUMEWHY_CORPUS is not set")
	}
	n := 0
	for _, name := range []string{"decisions.jsonl", "live-verified.jsonl", "bench-case.json"} {
		f, err := os.Open(filepath.Join(root, "vectors", name))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		lines := json.NewDecoder(bufio.NewReader(f))
		for lines.More() {
			var c map[string]json.RawMessage
			if err := lines.Decode(&c); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for field, raw := range c {
				for _, doc := range documents(raw) {
					n++
					d := Parse(doc)
					if d.Broken || len(d.Findings) > 0 {
						t.Errorf("%s %s %s: %+v\n%s", name, c["id"], field, d.Findings, d.Text)
					}
					checkPlaces(t, d)
				}
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d documents found", n)
	}
}

// documents are the objects with a Statement in raw, at any depth of lists.
func documents(raw json.RawMessage) []json.RawMessage {
	var doc struct{ Statement json.RawMessage }
	if json.Unmarshal(raw, &doc) == nil && doc.Statement != nil {
		return []json.RawMessage{raw}
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		return nil
	}
	var out []json.RawMessage
	for _, r := range list {
		out = append(out, documents(r)...)
	}
	return out
}
