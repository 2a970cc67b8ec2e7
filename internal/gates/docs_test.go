package gates

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// buildFlags are the variables of `make build` that the tests set, to find them
// again in what the program says of itself.
var buildFlags = []string{"VERSION=v0.0.0-gate", "COMMIT=0123456789ab"}

// program builds the command line as `make build` does.
func program(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.Command("make", append([]string{"-s", "build", "BIN=" + dir}, buildFlags...)...)
	cmd.Dir = root(t)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "MAKE") || strings.HasPrefix(v, "MFLAGS=") })
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("make build: %v\n%s", err, out)
	}
	return filepath.Join(dir, "assumewhy")
}

// help gives what the program prints for --help, whatever its exit status.
func help(t *testing.T, program string, subcommand ...string) string {
	t.Helper()
	out, err := exec.Command(program, append(subcommand, "--help")...).CombinedOutput()
	if len(out) == 0 {
		t.Fatalf("assumewhy %v --help prints nothing (%v)", subcommand, err)
	}
	return string(out)
}

// TestBuildSetsVersion: a -X with the wrong variable path is silently ignored
// by the linker, so the built program is asked.
func TestBuildSetsVersion(t *testing.T) {
	out, err := exec.Command(program(t), "version").CombinedOutput()
	if err != nil {
		t.Fatalf("assumewhy version: %v\n%s", err, out)
	}
	for _, flag := range buildFlags {
		if _, value, _ := strings.Cut(flag, "="); !strings.Contains(string(out), value) {
			t.Errorf("assumewhy version prints %q, without %s", out, flag)
		}
	}
}

// TestDocsCommands: the commands in README and docs exist.
func TestDocsCommands(t *testing.T) {
	makefile, err := os.ReadFile(filepath.Join(root(t), "Makefile"))
	if err != nil {
		t.Fatal(err)
	}
	face := face{targets: targets(string(makefile)), flags: map[string]string{}}
	binary := program(t)
	face.commands = help(t, binary)
	for name, text := range documents(t) {
		for _, c := range Commands(text) {
			if sub := subcommand(c); sub != "" && hasCommand(face.commands, sub) {
				face.flags[sub] = help(t, binary, sub)
			}
			for _, fault := range face.faults(c) {
				t.Errorf("%s:%d: %s", name, c.Line, fault)
			}
		}
	}
}

// face is what a document may name: targets of make, and what the program's
// help says of its subcommands and of the flags of each.
type face struct {
	targets  []string
	commands string
	flags    map[string]string
}

func (f face) faults(c Command) []string {
	var faults []string
	if c.Words[0] == "make" {
		for _, word := range c.Words[1:] {
			if !strings.HasPrefix(word, "-") && !strings.Contains(word, "=") && !slices.Contains(f.targets, word) {
				faults = append(faults, "make has no target "+word)
			}
		}
		return faults
	}
	if path.Base(c.Words[0]) != "assumewhy" {
		return nil
	}
	sub := subcommand(c)
	known := f.commands
	if sub != "" {
		if !hasCommand(f.commands, sub) {
			return []string{"assumewhy has no command " + sub}
		}
		known += f.flags[sub]
	}
	for _, word := range c.Words[1:] {
		flag, _, _ := strings.Cut(word, "=")
		if strings.HasPrefix(flag, "--") && flag != "--" && !hasFlag(known, flag) {
			faults = append(faults, strings.TrimSpace("assumewhy "+sub)+" has no flag "+flag)
		}
	}
	return faults
}

// subcommand is the first word after the program's name, where it is no flag.
func subcommand(c Command) string {
	if path.Base(c.Words[0]) != "assumewhy" || len(c.Words) < 2 || strings.HasPrefix(c.Words[1], "-") {
		return ""
	}
	return c.Words[1]
}

// hasCommand tells whether a line of the program's help begins with a command,
// the program's name before it or not: a word in the prose is no command.
func hasCommand(help, name string) bool {
	return regexp.MustCompile(`(?m)^\s*(assumewhy\s+)?` + regexp.QuoteMeta(name) + `($|[\s,])`).MatchString(help)
}

// hasFlag tells whether a help text names a flag, with two dashes or, as
// package flag writes it, with one.
func hasFlag(help, flag string) bool {
	name := regexp.QuoteMeta(strings.TrimPrefix(flag, "--"))
	return regexp.MustCompile(`(^|[^\w-])--?` + name + `($|[^\w-])`).MatchString(help)
}

// targets reads the targets that a Makefile documents or declares phony.
func targets(makefile string) []string {
	var names []string
	for _, m := range regexp.MustCompile(`(?m)^([a-z][a-z-]*):`).FindAllStringSubmatch(makefile, -1) {
		names = append(names, m[1])
	}
	return names
}

// documents reads every page of the repository, by its path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	for _, pattern := range []string{"*.md", "docs/*.md", "events/*.md", "testdata/*/*.md"} {
		names, err := filepath.Glob(filepath.Join(root(t), filepath.FromSlash(pattern)))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			short, err := filepath.Rel(root(t), name)
			if err != nil {
				t.Fatal(err)
			}
			texts[filepath.ToSlash(short)] = string(text)
		}
	}
	return texts
}

// TestDocsArchitecture: every package is in the table of docs/architecture.md.
func TestDocsArchitecture(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range listPackages(t, "./pkg/...") {
		name := strings.TrimPrefix(inModule(p.ImportPath), "pkg/")
		parent, folder := path.Split(name)
		if !inTable(string(text), name) && (parent == "" || !inTable(string(text), folder)) {
			t.Errorf("docs/architecture.md: no row of a table names `%s`", name)
		}
	}
}

// inTable tells whether a row of a Markdown table names a package, as code.
func inTable(markdown, name string) bool {
	for _, line := range strings.Split(markdown, "\n") {
		if strings.HasPrefix(line, "|") && (strings.Contains(line, "`"+name+"`") || strings.Contains(line, "`pkg/"+name+"`")) {
			return true
		}
	}
	return false
}

// TestDocsChangelog: what is being built has its place in CHANGELOG.md.
func TestDocsChangelog(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root(t), "CHANGELOG.md"))
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^## \[Unreleased\]$`).Match(text) {
		t.Error("CHANGELOG.md has no section ## [Unreleased]")
	}
}

func TestFaceFaults(t *testing.T) {
	face := face{
		targets:  []string{"demo", "test"},
		commands: "Usage: assumewhy COMMAND\n  explain   says what to change\n  assumewhy simulate --role ARN\n",
		flags:    map[string]string{"explain": "  --estate DIR\n  -verbose  all of it\n"},
	}
	tests := []struct {
		words []string
		want  int
	}{
		{[]string{"make", "demo", "EVENTS=x", "-s"}, 0},
		{[]string{"make", "demo", "gone"}, 1},
		{[]string{"assumewhy", "explain", "x.json", "--estate", "d", "--verbose"}, 0},
		{[]string{"./bin/assumewhy", "explain", "--estate=d", "-"}, 0},
		{[]string{"assumewhy", "explain", "--est", "d", "--gone"}, 2},
		{[]string{"assumewhy", "gone"}, 1},
		{[]string{"assumewhy", "sim"}, 1},
		{[]string{"assumewhy", "simulate"}, 0},
		{[]string{"assumewhy", "change"}, 1},
		{[]string{"jq", "--gone"}, 0},
	}
	for _, tt := range tests {
		if got := face.faults(Command{Words: tt.words}); len(got) != tt.want {
			t.Errorf("faults of %v: %q, want %d", tt.words, got, tt.want)
		}
	}
}
