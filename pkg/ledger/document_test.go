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
	_, rest, _ = strings.Cut(rest, "<<END\n")
	text, _, _ := strings.Cut(rest, "\nEND\n")
	text = strings.NewReplacer( // as the shell does
		"$((end + 90 * 86400))", "1806278400", "$(date -u +%Y-%m-%dT%H:%M:%SZ)", "2026-12-01T00:00:00Z", "$until", "2027-01-31T00:00:00Z",
	).Replace(text)
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
