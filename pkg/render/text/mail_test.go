package text

import (
	"bytes"
	"strings"
	"testing"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
)

// TestMail: whatever a report holds, a mail has no line of carets, none that is
// too wide, and what the sender adds.
func TestMail(t *testing.T) {
	for seed := range uint64(300) {
		o := Options{UTF8: seed%2 == 0}
		var out bytes.Buffer
		if err := Mail(&out, rendertest.Random(seed, "x"), "Severity: low", o); err != nil {
			t.Fatal(err)
		}
		checkCharacters(t, out.String(), o)
		if strings.Count(out.String(), "\n  Severity: low\n") != 1 {
			t.Errorf("seed %d: %s", seed, out.String())
		}
		for line := range strings.Lines(out.String()) {
			line = strings.TrimSuffix(line, "\n")
			if line != "" && strings.Trim(line, " ^|│") == "" && strings.Contains(line, "^") {
				t.Errorf("seed %d: carets: %q", seed, line)
			}
			if w := uniseg.StringWidth(line); w > fallback {
				t.Errorf("seed %d: %d columns: %q", seed, w, line)
			}
		}
	}
}
