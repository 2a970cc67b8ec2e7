package main

import (
	"regexp"
	"strings"
)

// gate is one fault and the make target that must see it.
type gate struct {
	name string
	// target are the arguments of make; env is one variable set for it.
	target []string
	env    string
	// file is changed, or made where it does not exist, by change.
	file   string
	change func(before string) string
	// want is what the output must say, so that red has the right reason.
	want string
}

// home is the package that faults are planted in: the top row, which needs no
// other and builds fastest.
const home = "pkg/arn/"

// planted is the name of the file that carries a fault.
const (
	planted     = home + "zz_planted.go"
	plantedTest = home + "zz_planted_test.go"
)

func gates() []gate {
	all := testGates()
	all = append(all, sourceGates()...)
	return append(all, treeGates()...)
}

// testGates break what `go test` and the fuzz targets see.
func testGates() []gate {
	test := []string{"test", "PKG=./" + home}
	fuzz := []string{"fuzz", "PKG=./" + home, "FUZZ_COUNT=50"}
	return []gate{
		{
			name: "failing test", target: test, file: plantedTest, want: "FAIL: TestPlanted",
			change: testFile(`func TestPlanted(t *testing.T) { t.Error("planted") }`),
		},
		{
			name: "data race", target: test, file: plantedTest, want: "DATA RACE",
			change: testFile(`func TestPlanted(_ *testing.T) {
	n, done := 0, make(chan bool)
	go func() { n++; close(done) }()
	n++
	<-done
}`),
		},
		{
			name: "corpus missing in CI", target: test, env: "CI=true", file: plantedTest, want: "CI must have",
			change: testFile(`func TestPlanted(t *testing.T) { t.Skip("ASSUMEWHY_CORPUS is not set") }`),
		},
		{
			name: "no test ran", target: test, file: "Makefile", want: "no test ran",
			change: replace(`-run '$(RUN)'`, `-run '^NoSuchTest$$'`),
		},
		{
			name: "fuzz target that fails", target: fuzz, file: plantedTest, want: "FAIL FuzzPlanted",
			change: testFile(`func FuzzPlanted(f *testing.F) {
	f.Fuzz(func(t *testing.T, s string) { t.Error(s) })
}`),
		},
		{
			name: "too many allocations", target: []string{"allocs", "PKG=./pkg/eval"}, file: "pkg/eval/alloc_test.go", want: "Explain allocates",
			change: replace("n > 16", "n > 1"),
		},
		{
			name: "no fuzz target", target: fuzz, file: "Makefile", want: "no fuzz target",
			change: replace(`-match '$(FUZZ)'`, `-match '^FuzzNone$$'`),
		},
	}
}

// sourceGates break what reads the source: formatter, vet, linter, purity.
func sourceGates() []gate {
	lint := []string{"lint", "PKG=./" + home}
	return []gate{
		{
			name: "unformatted file", target: []string{"fmt-check"}, file: planted, want: planted,
			change: goFile("func planted() int {\n\n\treturn 1\n}"),
		},
		{
			name: "vet fault", target: []string{"vet", "PKG=./" + home}, file: planted, want: "Sprintf",
			change: goFile("import \"fmt\"\n\nvar _ = fmt.Sprintf(\"%d\", \"planted\")"),
		},
		{
			name: "lint fault", target: lint, file: planted, want: "(errcheck)",
			change: goFile("import \"strconv\"\n\n// Planted drops an error.\nfunc Planted() { strconv.Atoi(\"1\") }"),
		},
		{
			name: "undocumented name", target: lint, file: planted, want: "(revive)",
			change: goFile("func Planted() {}"),
		},
		{
			name: "import refused", target: lint, file: planted, want: "(depguard)",
			change: goFile("import \"os\"\n\nvar _ = os.Args"),
		},
		{
			name: "file too long", target: lint, file: planted, want: "file-length-limit",
			change: goFile(strings.Repeat("// One line more.\n", 400)),
		},
		{
			name: "lint setting unknown", target: lint, file: ".golangci.yml", want: "additional properties",
			change: replace("linters:\n", "linters:\n  planted: true\n"),
		},
		purity("impure dependency", "TestPureDependencies", `import _ "net/http"`),
		purity("goroutine in the core", "go statement", "func planted() { go planted() }"),
		purity("channel in the core", "channel type", "var _ chan int"),
		purity("clock in the core", "time.Now", "import \"time\"\n\nvar _ = time.Now()"),
		purity("os in the core", "imports os", "import \"os\"\n\nvar _ = os.Args"),
		purity("row order", "TestRowOrder", "import _ \""+module+"/pkg/policy\""),
		{
			name: "package without a row", target: []string{"purity"}, file: "pkg/planted/planted.go", want: "is in no row",
			change: func(string) string { return "package planted\n" },
		},
	}
}

const module = "github.com/assumewhy/assumewhy"

// purity is a fault that the purity tests must see.
func purity(name, want, source string) gate {
	return gate{name: name, target: []string{"purity"}, file: planted, want: want, change: goFile(source)}
}

// treeGates break the build, the modules and the documents.
func treeGates() []gate {
	docs := []string{"docs-check"}
	return []gate{
		{
			name: "build failure", target: []string{"build"}, file: "cmd/assumewhy/zz_planted.go", want: "undefined: planted",
			change: func(string) string { return "package main\n\nvar _ = planted\n" },
		},
		{
			name: "version not set", target: docs, file: "Makefile", want: "TestBuildSetsVersion",
			change: replace("pkg/cli.version", "cli.version"),
		},
		{
			name: "untidy go.mod", target: []string{"tidy-check"}, file: "go.mod", want: "// indirect",
			change: func(text string) string {
				return regexp.MustCompile(`(?m)^(.*github\.com/google/go-cmp v\S+)$`).ReplaceAllString(text, "$1 // indirect")
			},
		},
		{
			name: "untidy tools/go.mod", target: []string{"tidy-check"}, file: "tools/go.mod", want: "diff current/go.mod",
			change: replace("\tmvdan.cc/gofumpt\n", ""),
		},
		{
			name: "unknown make target", target: docs, file: "README.md", want: "make has no target planted",
			change: appended("\n```sh\nmake planted\n```\n"),
		},
		{
			name: "unknown command", target: docs, file: "README.md", want: "assumewhy has no command planted",
			change: appended("\n```sh\nassumewhy planted\n```\n"),
		},
		{
			name: "unknown flag", target: docs, file: "README.md", want: "has no flag --planted",
			change: appended("\n```console\n$ ./bin/assumewhy explain --planted\n```\n"),
		},
		{
			name: "package without a line in the docs", target: docs, file: "docs/architecture.md", want: "no row of a table names `arn`",
			change: replace("| `arn` |", "| |"),
		},
		{
			name: "answer in the README", target: []string{"test", "PKG=./pkg/cli", "RUN=TestReadme"}, file: "README.md", want: "TestReadmeAnswer",
			change: replace("CAUSE  trust.no_principal", "CAUSE  trust.planted"),
		},
		{
			name: "linter's list of pure packages", target: []string{"purity"}, file: ".golangci.yml", want: "FAIL",
			change: replace("{arn,", "{"),
		},
		{
			name: "changelog without a place", target: docs, file: "CHANGELOG.md", want: "TestDocsChangelog",
			change: replace("## [Unreleased]", "## [1.0.0]"),
		},
	}
}

// goFile makes a file of the home package.
func goFile(source string) func(string) string {
	return func(string) string { return "package arn\n\n" + source + "\n" }
}

// testFile makes a test file of the home package.
func testFile(source string) func(string) string {
	return goFile("import \"testing\"\n\n" + source)
}

func replace(before, after string) func(string) string {
	return func(text string) string { return strings.Replace(text, before, after, 1) }
}

func appended(text string) func(string) string {
	return func(before string) string { return before + text }
}
