package cli

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// offered are the words that the program offers, without what it says of them,
// and the directive.
func offered(t *testing.T, words ...string) ([]string, string) {
	t.Helper()
	status, out, stderr := run(t, nil, append([]string{cobra.ShellCompNoDescRequestCmd}, words...)...)
	if status != ok || stderr != "" {
		t.Fatalf("%q: status %d, %s", words, status, stderr)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	last := lines[len(lines)-1]
	if !strings.HasPrefix(last, ":") {
		t.Fatalf("%q: no directive in %q", words, out)
	}
	return lines[:len(lines)-1], last
}

func TestCompletion(t *testing.T) {
	const none, files, dirs, open = ":4", ":0", ":16", ":6"
	for _, test := range []struct {
		words     string // what is typed, a blank between words; the last is completed
		want      string
		directive string
	}{
		{"", "codes collect completion explain simulate version", none},
		{"ex", "explain", none},
		{"gone", "", none},
		{"gone x", "", none},
		{"help si", "simulate", none},
		{"help explain ", "", none},
		{"explain ", "", files},
		{"explain --estate d ev", "", files},
		{"explain --est", "--estate", none},
		{"explain -- --est", "", files},
		{"explain --estate ", "", dirs},
		{"explain --estate=", "", dirs},
		{"explain --format ", "text markdown html slack json", none},
		{"explain --color ", "auto always never", none},
		{"explain --color=a", "auto always", none},
		{"explain --gone=a", "", none},
		{"explain --lang ", "en", none},
		{"explain --know aws:sourcev", "aws:SourceVpc= aws:SourceVpcArn= aws:SourceVpce=", open},
		{"explain --know=sts:Ext", "sts:ExternalId=", open},
		{"explain --know sts:ExternalId=hus", "", none},
		{"explain --verbose --f", "--format", none},
		{"simulate --context aws:principalt", "aws:PrincipalTag/ aws:PrincipalType=", open},
		{"simulate --cases ", "", files},
		{"simulate --principal ", "", none},
		{"simulate ", "", none},
		{"explain --li", "--live", none},
		{"explain --live --reader-role ", "", none},
		{"collect ", "", none},
		{"collect --out ", "", dirs},
		{"collect --acc", "--accounts", none},
		{"collect --external-id ", "", none},
		{"codes platform.s", "platform.sts_region platform.session_duration", none},
		{"codes trust.expired ", "", none},
		{"codes --format ", "text json markdown", none},
		{"completion ", "bash zsh fish powershell", none},
		{"completion bash ", "", none},
		{"version ", "", none},
	} {
		words, directive := offered(t, strings.Split(test.words, " ")...)
		if got := strings.Join(words, " "); got != test.want || directive != test.directive {
			t.Errorf("%q: %q %s, want %q %s", test.words, got, directive, test.want, test.directive)
		}
	}
}

// TestCompletionTellsMore: with the request that the scripts make by default
// each word is explained, in one line.
func TestCompletionTellsMore(t *testing.T) {
	_, out, stderr := run(t, nil, cobra.ShellCompRequestCmd, "codes", "caller.ro")
	if out != "caller.root\troot users cannot assume roles\n:4\n" || stderr != "" {
		t.Errorf("%q %q", out, stderr)
	}
	if words, _ := offered(t, "codes", ""); len(words) != len(diagnose.Codes()) {
		t.Errorf("%d codes are offered of %d", len(words), len(diagnose.Codes()))
	}
	if status, out, _ := run(t, nil, cobra.ShellCompRequestCmd); status != ok || out != ":4\n" {
		t.Errorf("nothing typed: %d %q", status, out)
	}
}

// TestCompletionOfEveryFlag: each flag that takes a value says what may stand
// behind it, if only that nothing is known of it.
func TestCompletionOfEveryFlag(t *testing.T) {
	p := &program{Surroundings: Surroundings{Stdout: &bytes.Buffer{}, Stderr: &bytes.Buffer{}, Getenv: func(string) string { return "" }}}
	for _, cmd := range p.root().Commands() {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if _, found := cmd.GetFlagCompletionFunc(f.Name); found != (f.NoOptDefVal == "") {
				t.Errorf("%s --%s: completion %t", cmd.Name(), f.Name, found)
			}
		})
	}
}

// TestCompletionRepeatsNothing: a secret that was typed is in no answer.
func TestCompletionRepeatsNothing(t *testing.T) {
	for _, words := range [][]string{
		{"explain", "--know", "sts:ExternalId=hush-hush", ""},
		{"explain", "--know", "sts:ExternalId=hush-hush"},
		{"explain", "--gone", "hush-hush", "--also=hush-hush", ""},
		{"hush-hush", "hush-hush"},
		{"-hush-hush", "hush-hush", ""},
	} {
		status, out, stderr := run(t, nil, append([]string{cobra.ShellCompRequestCmd}, words...)...)
		if status != ok || strings.Contains(out+stderr, "hush") {
			t.Errorf("%q: %d %q %q", words, status, out, stderr)
		}
	}
}

// TestCompletionScripts: there is a script for each shell, which asks this
// program, and which the shells that are here can read.
func TestCompletionScripts(t *testing.T) {
	var made []string
	for _, s := range shells {
		status, out, stderr := run(t, nil, "completion", s.name)
		if status != ok || stderr != "" || !strings.Contains(out, cobra.ShellCompRequestCmd) || !strings.Contains(out, "assumewhy") {
			t.Errorf("%s: status %d, %s", s.name, status, stderr)
		}
		if slices.Contains(made, out) {
			t.Errorf("%s: the script of another shell", s.name)
		}
		made = append(made, out)
		readable := map[string][]string{"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute", "/dev/stdin"}}[s.name]
		shell, err := exec.LookPath(s.name)
		if err != nil || readable == nil {
			t.Logf("%s is not here to read its script", s.name)
			continue
		}
		cmd := exec.Command(shell, readable...)
		cmd.Stdin = strings.NewReader(out)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", s.name, err, said)
		}
	}
	if diff := cmp.Diff(len(shells), len(made)); diff != "" {
		t.Error(diff)
	}
}
