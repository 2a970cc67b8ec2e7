package gates

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// listed is what these tests read of `go list -json`.
type listed struct {
	ImportPath string
	Dir        string
	Standard   bool
	Imports    []string
	Deps       []string
	Module     *struct{ Path string }
}

// root is the repository's top folder.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// inModule shortens an import path of this module to the path inside it.
func inModule(importPath string) string {
	return strings.TrimPrefix(importPath, Module+"/")
}

// listPackages runs `go list` at the top of the repository.
func listPackages(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.Command("go", append([]string{"list", "-json=ImportPath,Dir,Standard,Imports,Deps,Module"}, args...)...)
	cmd.Dir = root(t)
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list %v: %s", args, exit.Stderr)
		}
		t.Fatalf("go list %v: %v", args, err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) == 0 {
		t.Fatalf("go list %v names no package", args)
	}
	return packages
}

// purePackages lists the pure packages that exist.
func purePackages(t *testing.T) []listed {
	t.Helper()
	var pure []listed
	for _, p := range listPackages(t, "./pkg/...") {
		if IsPure(inModule(p.ImportPath)) {
			pure = append(pure, p)
		}
	}
	if len(pure) == 0 {
		t.Fatal("no pure package found: the list of rows does not fit the tree")
	}
	return pure
}
