package ledger

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSuppressionsDocument: the example of docs/routes.md suppresses something.
func TestSuppressionsDocument(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "routes.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "\n## Suppressions\n")
	_, rest, _ = strings.Cut(rest, "```json\n")
	text, _, _ := strings.Cut(rest, "```")
	var item map[string]struct{ S string }
	if err := json.Unmarshal([]byte(text), &item); err != nil {
		t.Fatal(err)
	}
	s := Suppression{ID: item["sk"].S}
	if err := json.Unmarshal([]byte(item["body"].S), &s); err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(s.Expires.Add(-time.Hour)); err != nil || item["pk"].S != "suppression" {
		t.Errorf("%+v: %v", s, err)
	}
}
