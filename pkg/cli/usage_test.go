package cli

import (
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

func TestNearest(t *testing.T) {
	names := []string{"explain", "simulate", "version", "verbose", "estate"}
	tests := []struct{ name, want string }{
		{"explian", "explain"},
		{"EXPLAIN", "explain"},
		{"explainn", "explain"},
		{"simul", "simulate"},
		{"simulte", "simulate"},
		{"est", "estate"},
		{"e", ""},
		{"", ""},
		{"x", ""},
		{"collect", ""},
		{"abcdefg", ""},
	}
	for _, tt := range tests {
		if got := nearest(tt.name, names); got != tt.want {
			t.Errorf("nearest to %q is %q, want %q", tt.name, got, tt.want)
		}
	}
}

// commands gives the program's commands.
func commands(t *testing.T) []*cobra.Command {
	t.Helper()
	var shown []*cobra.Command
	for _, c := range (&program{}).root().Commands() {
		if c.IsAvailableCommand() {
			shown = append(shown, c)
		}
	}
	if len(shown) < 3 {
		t.Fatalf("%d commands", len(shown))
	}
	return shown
}

// Help pages fit a terminal of 80 columns, name every flag and show two
// examples or more.
func TestHelpPages(t *testing.T) {
	_, first, _ := run(t, nil, "--help")
	pages := map[string]string{"assumewhy": first}
	for _, c := range commands(t) {
		status, stdout, stderr := run(t, nil, c.Name(), "--help")
		if status != ok || stderr != "" {
			t.Errorf("%s --help: status %d, %s", c.Name(), status, stderr)
		}
		pages[c.Name()] = stdout
		if !regexp.MustCompile(`(?m)^  ` + c.Name() + ` `).MatchString(first) {
			t.Errorf("the first page does not name %s", c.Name())
		}
		if n := strings.Count(c.Example, "assumewhy "+c.Name()); n < 2 {
			t.Errorf("%s: %d examples, want 2 or more", c.Name(), n)
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(stdout, "--"+f.Name) || f.Usage == "" {
				t.Errorf("%s --help does not tell of --%s", c.Name(), f.Name)
			}
		})
	}
	for name, text := range pages {
		for _, line := range strings.Split(text, "\n") {
			if len(line) > helpColumns {
				t.Errorf("%s --help: %d columns: %s", name, len(line), line)
			}
		}
	}
}

// The examples of the help pages are command lines that are understood: their
// flags exist.
func TestHelpExamples(t *testing.T) {
	for _, c := range commands(t) {
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(withoutAWS(c.Example), -1) {
			if c.Flags().Lookup(strings.TrimPrefix(flag, "--")) == nil {
				t.Errorf("%s: an example names %s, which is no flag", c.Name(), flag)
			}
		}
	}
}

// withoutAWS leaves out commands of the AWS CLI.
func withoutAWS(example string) string {
	return regexp.MustCompile(`(?s)\baws [^|]*\|`).ReplaceAllString(example, "")
}

func TestVerdictStatus(t *testing.T) {
	tests := map[diagnose.Verdict]int{
		diagnose.AllowedNow: 0, diagnose.Denied: 3, diagnose.NotAPolicyDenial: 3, diagnose.Undetermined: 4, "": 4,
	}
	for verdict, want := range tests {
		if got := verdictStatus(verdict); got != want {
			t.Errorf("%q exits %d, want %d", verdict, got, want)
		}
	}
}
