package template

import (
	"debug/elf"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/trail"
)

// makeIt runs a target of the Makefile.
func makeIt(t *testing.T, arguments ...string) string {
	t.Helper()
	cmd := exec.Command("make", append([]string{"-s"}, arguments...)...)
	cmd.Dir = Root()
	cmd.Env = slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "MAKE") || strings.HasPrefix(v, "MFLAGS=") })
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("make %v: %v\n%s", arguments, err, out)
	}
	return string(out)
}

// TestBuild: what `sam build` would run for each function makes a program for the
// architecture of the template.
func TestBuild(t *testing.T) {
	source := strings.Join(lines(t, Hub), "\n")
	functions := regexp.MustCompile(`(?m)^  (\w+):\n    Type: AWS::Serverless::Function\n    Metadata:\n      BuildMethod: makefile`).FindAllStringSubmatch(source, -1)
	if len(functions) != strings.Count(source, "Type: AWS::Serverless::Function") || len(functions) == 0 {
		t.Fatalf("functions that are built by the Makefile: %v", functions)
	}
	for _, f := range functions {
		dir := t.TempDir()
		makeIt(t, "build-"+f[1], "ARTIFACTS_DIR="+dir)
		program, err := elf.Open(filepath.Join(dir, "bootstrap"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = program.Close() }()
		libraries, err := program.ImportedLibraries()
		if program.Machine != elf.EM_AARCH64 || program.Section(".debug_info") != nil || len(libraries) > 0 || err != nil {
			t.Errorf("%s: machine %s, libraries %v, %v", f[1], program.Machine, libraries, err)
		}
		if rest, err := os.ReadDir(dir); err != nil || len(rest) != 1 {
			t.Errorf("the package of %s holds %v, %v", f[1], rest, err)
		}
	}
}

// TestSendTestEvent: what `make send-test-event` sends is a denied call of the
// account that it is sent in, a new one each time, and one that the rules would
// let through.
func TestSendTestEvent(t *testing.T) {
	dir := t.TempDir()
	fake := filepath.Join(dir, "aws")
	script := `#!/bin/bash
case "$1 $2" in
"cloudformation describe-stacks") [ "$4" = staging ] && echo https://queue.example.com/events;;
"sts get-caller-identity") echo 444455556666;;
"sqs send-message") [ "$4" = https://queue.example.com/events ] && printf %s "$6" > "$(dirname "$0")/sent" && echo id;;
*) echo "no $*" >&2; exit 1;;
esac
`
	if err := os.WriteFile(fake, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	said := makeIt(t, "send-test-event", "AWS="+fake, "STACK=staging")
	raw, err := os.ReadFile(filepath.Join(dir, "sent"))
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var body map[string]any
	if err := json.Unmarshal(raw, &body); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	n := 0
	for r, err := range trail.Decode(strings.NewReader(string(raw)), "queue") {
		n++
		if err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse(time.RFC3339, word(At(body, "detail", "eventTime")))
		if err != nil || time.Since(at).Abs() > time.Hour {
			t.Errorf("it happened at %s", at)
		}
		if r.Class != trail.Denied || strings.Contains(string(raw), "123456789012") || r.ID == "00000000-0000-0000-0000-000000000000" || len(r.ID) != 36 {
			t.Errorf("%s: %+v", raw, r)
		}
	}
	role := regexp.MustCompile(`on resource: arn:aws:iam::444455556666:role/(assumewhy-test-[1-9][0-9]+)"`).FindStringSubmatch(string(raw))
	if n != 1 || role == nil || !strings.Contains(said, role[1]) {
		t.Errorf("%d records of role %v, said %q", n, role, said)
	}
	if yes, err := matches(pairs(t, "denied")["hub"][0], body); !yes || err != nil {
		t.Errorf("the rules would not let it through: %v", err)
	}
}

// TestBuildWithoutFolder: the target is sam's, and says so to who calls it alone.
func TestBuildWithoutFolder(t *testing.T) {
	cmd := exec.Command("make", "-s", "build-AuditorFunction", "ARTIFACTS_DIR=")
	cmd.Dir = Root()
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "ARTIFACTS_DIR is not set: run sam build") {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestRedeliver: what lies in the queue of the undelivered is sent to the queue of
// events as it is, and deleted only after that; what cannot be sent stays.
func TestRedeliver(t *testing.T) {
	bodies := []string{`{"detail":{"errorMessage":"a 'b' \t $HOME *"}}`, "None of it is \"JSON\"\nand it has two lines"}
	for name, refused := range map[string]bool{"sent": false, "refused": true} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for i, b := range bodies {
				if err := os.WriteFile(filepath.Join(dir, "queue-"+string(rune('1'+i))), []byte(b), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			script := `#!/bin/bash
cd "$(dirname "$0")"
case "$1 $2" in
"cloudformation describe-stacks") case "$*" in *UndeliveredUrl*) echo from;; *EventsQueueUrl*) echo to;; esac;;
"sqs receive-message") [ "$4" = from ] || exit 1
  for f in queue-*; do [ -f "$f" ] && printf '%s\t%s\n' "$f" "$(cat "$f")" && exit; done; echo None;;
"sqs send-message") [ "$4" = to ] && [ ! -f refuse ] && cp "${6#file://}" "sent-$(ls | grep -c sent)";;
"sqs delete-message") [ "$4" = from ] && [ "$(ls | grep -c sent)" -gt "$(ls | grep -c gone)" ] && mv "$6" "gone-$6";;
*) echo "no $*" >&2; exit 1;;
esac
`
			fake := filepath.Join(dir, "aws")
			if err := os.WriteFile(fake, []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			if refused {
				if err := os.WriteFile(filepath.Join(dir, "refuse"), nil, 0o600); err != nil {
					t.Fatal(err)
				}
				cmd := exec.Command("make", "-s", "redeliver", "AWS="+fake)
				cmd.Dir = Root()
				out, err := cmd.CombinedOutput()
				if left, _ := filepath.Glob(filepath.Join(dir, "queue-*")); err == nil || len(left) != len(bodies) {
					t.Errorf("%v, %d left\n%s", err, len(left), out)
				}
				return
			}
			said := makeIt(t, "redeliver", "AWS="+fake)
			for i, b := range bodies {
				got, err := os.ReadFile(filepath.Join(dir, "sent-"+string(rune('0'+i))))
				if err != nil || string(got) != b {
					t.Errorf("sent %q, %v; want %q", got, err, b)
				}
			}
			if left, _ := filepath.Glob(filepath.Join(dir, "queue-*")); len(left) != 0 || !strings.Contains(said, "sent on: 2") {
				t.Errorf("%d left, said %q", len(left), said)
			}
		})
	}
}
