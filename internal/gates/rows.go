// Package gates holds the rules that this repository keeps about itself, and
// the tests that hold the tree to them: which packages are pure, which may
// import which, and that README and docs name only what exists.
//
// The one list of packages is [Rows]; .golangci.yml repeats the pure ones,
// because its format cannot refer to Go, and a test holds the two equal.
// The rules read the tree's own source and the answers of `go list`; they
// judge the build of the platform they run on, and test files only where it
// is said.
package gates

import (
	"fmt"
	"slices"
	"strings"
)

// Module is the module path of this repository.
const Module = "github.com/assumewhy/assumewhy"

// Row is one folder under pkg, its sub-folders included.
type Row struct {
	// Name is the folder's name under pkg.
	Name string
	// Pure says that the row knows no SDK, network, files, clock,
	// environment, goroutines, channels or logging.
	Pure bool
	// Adapters says that the row's sub-folders are adapters to the outside,
	// which only wiring and the command line import.
	Adapters bool
}

// Rows are the packages under pkg, top to bottom: a package imports only
// packages of rows above its own.
var Rows = []Row{
	{Name: "arn", Pure: true},
	{Name: "evidence", Pure: true},
	{Name: "policy", Pure: true},
	{Name: "request", Pure: true},
	{Name: "trail", Pure: true},
	{Name: "estate", Pure: true},
	{Name: "eval", Pure: true},
	{Name: "scope", Pure: true},
	{Name: "timeline", Pure: true},
	{Name: "reconstruct", Pure: true},
	{Name: "diagnose", Pure: true},
	{Name: "remedy", Pure: true},
	{Name: "locale", Pure: true},
	{Name: "report", Pure: true},
	{Name: "render", Pure: true},
	{Name: "collect", Adapters: true},
	{Name: "ledger", Adapters: true},
	{Name: "deliver", Adapters: true},
	{Name: "audit"},
	{Name: "dashboard"},
	{Name: commandLine},
}

// commandLine is the one row that may import adapters.
const commandLine = "cli"

// PureModules are the modules, besides this one, that a pure package may
// depend on, directly or through others.
var PureModules = []string{"github.com/rivo/uniseg", "golang.org/x/text"}

// ImpureStandard are the packages of the standard library that no pure package
// may depend on, directly or through others. (os is judged by direct import
// alone, since fmt itself depends on it.)
var ImpureStandard = []string{"net", "net/http", "os/exec", "log", "log/slog"}

// PureNames gives the names of the pure rows, top to bottom.
func PureNames() []string {
	var names []string
	for _, r := range Rows {
		if r.Pure {
			names = append(names, r.Name)
		}
	}
	return names
}

// IsPure tells whether a package, given by its path inside the module
// (pkg/render/text), belongs to a pure row.
func IsPure(path string) bool {
	i := rowOf(path)
	return i >= 0 && Rows[i].Pure
}

// ImportFault says what is wrong with one package of the module importing
// another, both given by their path inside the module; empty where nothing is.
func ImportFault(importer, imported string) string {
	if isWiring(imported) {
		return "nothing imports cmd and functions"
	}
	if !strings.HasPrefix(importer, "pkg/") {
		return "" // wiring and internal import any package
	}
	from, to := rowOf(importer), rowOf(imported)
	switch {
	case from < 0:
		return fmt.Sprintf("%s is in no row: add it to Rows", importer)
	case to < 0:
		return fmt.Sprintf("%s is in no row", imported)
	case from == to:
		if !strings.HasPrefix(importer, imported+"/") {
			return "inside a row only a sub-folder imports its parent"
		}
	case to > from:
		return fmt.Sprintf("row %s is below row %s", Rows[to].Name, Rows[from].Name)
	case isAdapter(imported) && Rows[from].Name != commandLine:
		return "adapters are imported by cmd, functions and cli only"
	}
	return ""
}

// rowOf gives the index in Rows of a package, -1 where it has none.
func rowOf(path string) int {
	rest, ok := strings.CutPrefix(path, "pkg/")
	if !ok {
		return -1
	}
	name, _, _ := strings.Cut(rest, "/")
	return slices.IndexFunc(Rows, func(r Row) bool { return r.Name == name })
}

func isAdapter(path string) bool {
	i := rowOf(path)
	return i >= 0 && Rows[i].Adapters && strings.Count(path, "/") > 1
}

func isWiring(path string) bool {
	return strings.HasPrefix(path, "cmd/") || strings.HasPrefix(path, "functions/")
}
