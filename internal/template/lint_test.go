package template

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestLint holds the templates to CloudFormation's own schemas.
func TestLint(t *testing.T) {
	path, err := exec.LookPath("cfn-lint")
	if err != nil {
		Missing(t, "cfn-lint is not on the PATH: pip install cfn-lint")
	}
	for _, name := range All() {
		cmd := exec.Command(path, filepath.FromSlash(name))
		cmd.Dir = Root()
		if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
			t.Errorf("cfn-lint %s: %v\n%s", name, err, out)
		}
	}
}

// TestPlainYAML: CloudFormation knows no aliases, which cfn-lint and SAM resolve.
func TestPlainYAML(t *testing.T) {
	alias := regexp.MustCompile(`(^|[\s\[{:-]) *[&*][A-Za-z]\w*( |$|,|\])`)
	for _, name := range All() {
		for n, line := range lines(t, name) {
			code, _, _ := strings.Cut(line, " #")
			if alias.MatchString(code) && !strings.Contains(code, `"`) {
				t.Errorf("%s:%d: an alias: %s", name, n+1, line)
			}
		}
	}
}

// TestActionsSayWhy: each action of a role's policies has the call that needs it
// beside it.
func TestActionsSayWhy(t *testing.T) {
	action := regexp.MustCompile(`^\s+(- |Action: )[a-z0-9]+:[A-Z]\w+`)
	for _, name := range All() {
		inPolicies, found := false, 0
		for n, line := range lines(t, name) {
			switch strings.TrimSpace(line) {
			case "Policies:":
				inPolicies = true
			case "Tags: [{Key: application, Value: assumewhy}]":
				inPolicies = false
			}
			if inPolicies && action.MatchString(line) {
				found++
				if _, why, _ := strings.Cut(line, " # "); strings.TrimSpace(why) == "" {
					t.Errorf("%s:%d: no call that needs it: %s", name, n+1, line)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s: no actions found", name)
		}
	}
}

func lines(t *testing.T, name string) []string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(Root(), filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(raw), "\n")
}
