package diagnose_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// later are the codes that no rule gives yet: history has to be read first.
var later = []diagnose.Code{
	diagnose.RoleDeleted, diagnose.PlatformPropagation, diagnose.PlatformChangedSince,
}

// TestEveryCodeHasAnExample: a code that a rule may give is in the expected set
// of an example or of a sample event, and one that none gives is in no set.
func TestEveryCodeHasAnExample(t *testing.T) {
	var text strings.Builder
	for _, table := range []map[string]example{moreCauses, trustCauses, restCauses, fineCauses, federatedCauses, chainedCauses} {
		for _, c := range table {
			text.WriteString(c.want + "\n")
		}
	}
	raw, err := os.ReadFile(filepath.Join(events, "expected", "causes.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]expected
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	for _, e := range all {
		for _, c := range e.Causes {
			text.WriteString(" " + c.Code + " \n")
		}
	}
	for _, code := range diagnose.Codes() {
		has := strings.Contains(text.String(), " "+string(code)+" ")
		if waits := slices.Contains(later, code); has == waits {
			t.Errorf("%s: in an example %t, waits for a later rule %t", code, has, waits)
		}
	}
}
