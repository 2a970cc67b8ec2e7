package gates

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestImportFault(t *testing.T) {
	tests := []struct {
		importer, imported string
		fault              bool
	}{
		{"pkg/policy", "pkg/arn", false},
		{"pkg/arn", "pkg/policy", true},
		{"pkg/arn", "pkg/arn/inner", true},
		{"pkg/render/text", "pkg/render", false},
		{"pkg/render", "pkg/render/text", true},
		{"pkg/render/text", "pkg/render/slack", true},
		{"pkg/render/text", "pkg/render/textual", true},
		{"pkg/render/textual", "pkg/render/text", true},
		{"pkg/render/text", "pkg/report", false},
		{"pkg/cli", "pkg/collect/files", false},
		{"pkg/cli", "pkg/render/text", false},
		{"pkg/audit", "pkg/collect", false},
		{"pkg/audit", "pkg/collect/files", true},
		{"pkg/collect/files", "pkg/collect", false},
		{"pkg/report", "pkg/collect", true},
		{"pkg/unheard", "pkg/arn", true},
		{"pkg/cli", "pkg/unheard", true},
		{"pkg/cli", "internal/gates", true},
		{"pkg/cli", "cmd/assumewhy", true},
		{"cmd/assumewhy", "pkg/cli", false},
		{"functions/auditor", "pkg/deliver/sns", false},
		{"functions/auditor", "functions/dashboard", true},
	}
	for _, tt := range tests {
		got := ImportFault(tt.importer, tt.imported)
		if (got != "") != tt.fault {
			t.Errorf("ImportFault(%s, %s) = %q, want a fault: %v", tt.importer, tt.imported, got, tt.fault)
		}
	}
}

// TestRowOrder holds the tree to Rows. Test files are free: a test may use
// whatever shows its package at work.
func TestRowOrder(t *testing.T) {
	for _, p := range listPackages(t, "./...") {
		path := inModule(p.ImportPath)
		if strings.HasPrefix(path, "pkg/") && rowOf(path) < 0 {
			t.Errorf("%s is in no row: add it to Rows", path)
		}
		for _, imported := range p.Imports {
			if !strings.HasPrefix(imported, Module+"/") {
				continue
			}
			if fault := ImportFault(path, inModule(imported)); fault != "" {
				t.Errorf("%s imports %s: %s", path, inModule(imported), fault)
			}
		}
	}
}

// TestRowNamesInLint holds what .golangci.yml repeats of the pure core, the names
// of its packages and the modules it may import, to the lists here.
func TestRowNamesInLint(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), ".golangci.yml"))
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`"\*\*/pkg/\{([a-z,]+)\}/\*\*"[^{}]*? allow:\n((?: +- \S+\n)+)`).FindSubmatch(text)
	if rule == nil {
		t.Fatal(`.golangci.yml has no rule for "**/pkg/{…}/**" with a list of what is allowed`)
	}
	if diff := cmp.Diff(strings.Join(PureNames(), ","), string(rule[1])); diff != "" {
		t.Errorf("pure packages in .golangci.yml (-want +got):\n%s", diff)
	}
	want := append([]string{"$gostd", Module + "/pkg"}, PureModules...)
	got := strings.Fields(strings.ReplaceAll(string(rule[2]), "- ", ""))
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("imports allowed in .golangci.yml (-want +got):\n%s", diff)
	}
}
