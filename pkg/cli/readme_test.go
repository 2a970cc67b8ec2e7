package cli

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the answer into README.md")

// The answer in README.md is what the program prints today.
func TestReadmeAnswer(t *testing.T) {
	const open, end = "a test holds the two equal -->\n```\n", "```\n"
	readme := filepath.Join("..", "..", "README.md")
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(data), open)
	shown, after, ends := strings.Cut(rest, end)
	if !found || !ends {
		t.Fatalf("README.md has no block behind %q", open)
	}
	status, stdout, stderr := run(t, nil, "explain", sample(t, "01-trust-names-carol.json"),
		"--estate", filepath.Join(folder(t, "events"), "estate"))
	if status != ok || stderr != "" {
		t.Fatalf("status %d, %s", status, stderr)
	}
	if *update {
		if err := os.WriteFile(readme, []byte(before+open+stdout+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(stdout, shown); diff != "" {
		t.Errorf("run go test ./pkg/cli -run Readme -update (-printed +README):\n%s", diff)
	}
}
