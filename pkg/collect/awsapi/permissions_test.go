package awsapi_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/internal/awsproxy"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
)

var update = flag.Bool("update", false, "write the table of docs/permissions.md")

// testPermissions: what the cases have called is what the list names, no more
// and no less.
func testPermissions(t *testing.T, s *awsproxy.Server) {
	var want []string
	for _, p := range awsapi.Permissions() {
		want = append(want, p.Action)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, s.Seen(agent)); diff != "" {
		t.Errorf("listed (-) and called (+): %s", diff)
	}
}

// TestPermissionsDocument: docs/permissions.md has the table of the list.
func TestPermissionsDocument(t *testing.T) {
	const begin, end = "<!-- table -->\n", "<!-- end -->"
	name := filepath.Join("..", "..", "..", "docs", "permissions.md")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(data), begin)
	have, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", name)
	}
	var b strings.Builder
	b.WriteString("| action | who needs it | for | when |\n|---|---|---|---|\n")
	for _, p := range awsapi.Permissions() {
		when := "`explain --live`, `collect`"
		if p.Whole {
			when = "`collect`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", p.Action, p.Grantee, p.Why, when)
	}
	if *update {
		if err := os.WriteFile(name, []byte(head+begin+b.String()+end+tail), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(b.String(), have); diff != "" {
		t.Errorf("run go test ./pkg/collect/awsapi -run Document -update: %s", diff)
	}
}
