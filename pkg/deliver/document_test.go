package deliver

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRoutesDocument: the example of docs/routes.md can be read.
func TestRoutesDocument(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("..", "..", "docs", "routes.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(raw), "```json\n")
	text, _, found := strings.Cut(rest, "```")
	r, err := ReadRoutes(strings.NewReader(text), []string{"mail", "slack", "bus"})
	if !found || err != nil || len(r.Routes) != 3 {
		t.Errorf("%v: %v", r, err)
	}
	for list, values := range words {
		for _, v := range values {
			if !strings.Contains(string(raw), "`"+v+"`") {
				t.Errorf("%s: %s is not documented", list, v)
			}
		}
	}
}
