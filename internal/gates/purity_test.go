package gates

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// clockNames are the names of package time that read the clock or wait for it.
var clockNames = []string{
	"Now", "Since", "Until", "After", "AfterFunc", "Sleep", "Tick", "NewTicker", "NewTimer",
}

// TestPureDependencies: nothing that a pure package is built from reaches the
// outside, however many imports away.
func TestPureDependencies(t *testing.T) {
	pure := purePackages(t)
	args := []string{"-deps"}
	for _, p := range pure {
		args = append(args, p.ImportPath)
	}
	known := map[string]listed{}
	for _, p := range listPackages(t, args...) {
		known[p.ImportPath] = p
	}
	for _, p := range pure {
		for _, dep := range p.Deps {
			if fault := dependencyFault(known[dep]); fault != "" {
				t.Errorf("%s depends on %s: %s", inModule(p.ImportPath), dep, fault)
			}
		}
	}
}

func dependencyFault(dep listed) string {
	switch {
	case dep.Standard && slices.Contains(ImpureStandard, dep.ImportPath):
		return "no package of the pure core may"
	case dep.Standard:
		return ""
	case dep.Module == nil:
		return "its module is not known"
	case dep.Module.Path == Module:
		if !IsPure(inModule(dep.ImportPath)) {
			return "it is not pure"
		}
		return ""
	case !slices.Contains(PureModules, dep.Module.Path):
		return "module " + dep.Module.Path + " is not on the list of the pure core"
	}
	return ""
}

// TestPureSyntax: no pure package starts a goroutine, uses a channel, reads the
// clock or touches package os.
func TestPureSyntax(t *testing.T) {
	for _, p := range purePackages(t) {
		names, err := filepath.Glob(filepath.Join(p.Dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range syntaxFaults(t, filepath.Base(name), src) {
				t.Errorf("%s/%s", inModule(p.ImportPath), fault)
			}
		}
	}
}

// syntaxFaults gives "file:line: what" for everything impure in a file.
func syntaxFaults(t *testing.T, name string, src []byte) []string {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	add := func(n ast.Node, what string) {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", name, fset.Position(n.Pos()).Line, what))
	}
	clock := clockName(file, add)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			add(n, "go statement")
		case *ast.ChanType:
			add(n, "channel type")
		case *ast.SendStmt:
			add(n, "send on a channel")
		case *ast.SelectStmt:
			add(n, "select statement")
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				add(n, "receive from a channel")
			}
		case *ast.SelectorExpr:
			if id, ok := n.X.(*ast.Ident); ok && clock != "" && id.Name == clock && slices.Contains(clockNames, n.Sel.Name) {
				add(n, "time."+n.Sel.Name)
			}
		}
		return true
	})
	return faults
}

// clockName gives the name under which a file knows package time, and reports
// the imports that are faults in themselves.
func clockName(file *ast.File, add func(ast.Node, string)) string {
	clock := ""
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		switch {
		case path == "os" || strings.HasPrefix(path, "os/") || path == "syscall" || path == "io/ioutil":
			add(spec, "imports "+path)
		case path == "time" && spec.Name == nil:
			clock = "time"
		case path == "time" && spec.Name.Name == ".":
			add(spec, "dot import of time")
		case path == "time":
			clock = spec.Name.Name
		}
	}
	return clock
}

func TestSyntaxFaults(t *testing.T) {
	tests := []struct {
		name, src string
		want      []string
	}{
		{"clean", "package p\nimport \"time\"\nvar t = time.Unix(0, 0).After(time.Time{})\n", nil},
		{"goroutine", "package p\nfunc f() {\n\tgo f()\n}\n", []string{"f.go:3: go statement"}},
		{"channel type", "package p\nvar c chan int\n", []string{"f.go:2: channel type"}},
		{"channel use", "package p\nfunc f(c C) {\n\tc <- 1\n\t<-c\n\tselect {}\n}\n", []string{
			"f.go:3: send on a channel", "f.go:4: receive from a channel", "f.go:5: select statement",
		}},
		{"clock", "package p\nimport \"time\"\nvar t = time.Now()\n", []string{"f.go:3: time.Now"}},
		{"clock renamed", "package p\nimport clock \"time\"\nvar f = clock.Since\n", []string{"f.go:3: time.Since"}},
		{"clock by dot", "package p\nimport . \"time\"\nvar t = Now()\n", []string{"f.go:2: dot import of time"}},
		{"another Now", "package p\nimport time \"example.com/time\"\nvar t = time.Now()\n", nil},
		{"os", "package p\nimport \"os\"\nvar e = os.Getenv\n", []string{"f.go:2: imports os"}},
		{"os renamed", "package p\nimport env \"os\"\nvar e = env.Getenv\n", []string{"f.go:2: imports os"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, syntaxFaults(t, "f.go", []byte(tt.src))); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
