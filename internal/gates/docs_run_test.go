package gates

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// stand-ins for the commands of the documents that a test cannot run as they
// are. The program's own status for a denied or undetermined call is no fault;
// AWS prints the account file of the samples; of make only what takes seconds
// is run, the rest is held to exist and to be understood; of go a benchmark
// and a fuzz target run once, and nothing is rewritten. Of what reads AWS the
// flags are held to be understood; of what deploys, the files and parameters.
const (
	standInProgram = `#!/bin/bash
case " $1 $* " in " collect "*|*" --live "*) set -- "$@" --help;; esac
"$PROGRAM" "$@"
s=$?
case "$1:$s" in simulate:[34]) exit 0;; esac
exit $s
`
	standInAWS = `#!/bin/bash
# files holds what a command reads to be there, JSON to be JSON, and what it
# overrides to be a parameter of the template.
files() {
  local a template=
  for a; do
    case "$a" in
    file://*.yaml|deploy/*.yaml) template="$ROOT/${a#file://}"; [ -f "$template" ] || { echo "there is no $a" >&2; exit 1; };;
    file://*.json) command -v python3 >/dev/null || continue; python3 -m json.tool "${a#file://}" >/dev/null || exit 1;;
    file://*) [ -f "${a#file://}" ] || { echo "there is no $a" >&2; exit 1; };;
    esac
  done
  parameters "$template" "$@"
}
parameters() {
  local template="$1" a on= name; shift
  for a; do
    case "$a:$on" in
    file://*.json:*)
      for name in $(sed -n 's/.*"ParameterKey": *"\([^"]*\)".*/\1/p' "${a#file://}"); do
        grep -q "^  $name:" "$template" || { echo "$template has no parameter $name" >&2; exit 1; }
      done;;
    ParameterKey=*) name="${a#*=}"; grep -q "^  ${name%%,*}:" "$template" || { echo "$template has no parameter $name" >&2; exit 1; };;
    --parameter-overrides:*) on=yes;;
    --*) on=;;
    *=*:yes) grep -q "^  ${a%%=*}:" "$template" || { echo "$template has no parameter ${a%%=*}" >&2; exit 1; };;
    esac
  done
}
# has holds what a command must not be without.
has() {
  local a; for a in "${@:2}"; do [ "$a" = "$1" ] && return; done
  echo "no $1 in: ${*:2}" >&2; exit 1
}
[ "$(basename "$0")" = sam ] && {
  case "$1" in
  build) ;;
  delete) has --region "$@"; has --stack-name "$@";;
  deploy) [ "$2" = --guided ] || has --region "$@"; has --stack-name "$@"; parameters "$ROOT/template.yaml" "$@";;
  *) echo "the documents' test knows no sam $*" >&2; exit 1;;
  esac
  exit 0
}
case "$1 $2" in
"iam get-account-authorization-details") cat "$ROOT/events/estate/accounts/123456789012/authorization-details.json";;
"iam list-open-id-connect-providers") echo '{"OpenIDConnectProviderList":[]}';;
"iam list-saml-providers") echo '{"SAMLProviderList":[]}';;
"ec2 describe-vpc-endpoints") echo '{"VpcEndpoints":[]}';;
"cloudtrail lookup-events") echo '{"Events":[]}';;
"cloudformation describe-stacks"|"secretsmanager get-secret-value"|"secretsmanager create-secret") echo something;;
"cloudformation list-stack-instances"|"organizations list-accounts") echo something;;
"cloudformation describe-stack-set-operation") has --operation-id "$@"; echo SUCCEEDED;;
"cloudformation deploy"|"cloudformation create-stack-set") files "$@";;
"cloudformation create-stack-instances"|"cloudformation delete-stack-instances"|"cloudformation update-stack-set") files "$@"; echo operation;;
"cloudformation delete-stack-set"|"cloudformation delete-stack"|"cloudformation wait") has --region "$@";;
"secretsmanager delete-secret"|"ssm delete-parameter"|"ssm put-parameter"|"sqs start-message-move-task") has --region "$@"; files "$@";;
"dynamodb query"|"dynamodb scan"|"dynamodb put-item"|"dynamodb delete-item"|"dynamodb delete-table") has --region "$@"; files "$@";;
"sts assume-role") exit 254;;
*) echo "the documents' test knows no aws $*" >&2; exit 1;;
esac
`
	standInMake = `#!/bin/bash
case " $* " in
*" help "*|*" build "*|*" demo "*) ;;
*) set -- -n "$@";;
esac
exec "$MAKE_ITSELF" -s -C "$ROOT" BIN="$BIN" "$@"
`
	standInGo = `#!/bin/bash
args=() once=
for a; do
  [ -n "$once" ] && { a=1x; once=; }
  case "$a" in
  -update) continue;;
  -benchtime|-fuzztime) once=yes;;
  -benchtime=*|-fuzztime=*) a="${a%%=*}=1x";;
  -count=*) a=-count=1;;
  esac
  args+=("$a")
done
cd "$ROOT" && exec "$GO_ITSELF" "${args[@]}"
`
)

// TestCommandsRun runs the commands of README and docs, a document's blocks one
// after the other in one folder that has the repository's events.
func TestCommandsRun(t *testing.T) {
	binary := program(t)
	itself := func(name string) string {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	shims := t.TempDir()
	for name, script := range map[string]string{"assumewhy": standInProgram, "aws": standInAWS, "sam": standInAWS, "make": standInMake, "go": standInGo} {
		if err := os.WriteFile(filepath.Join(shims, name), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	environment := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "MAKE") || strings.HasPrefix(v, "MFLAGS=") })
	environment = append(environment, "PATH="+shims+string(os.PathListSeparator)+os.Getenv("PATH"),
		"PROGRAM="+binary, "ROOT="+root(t), "BIN="+t.TempDir(), "MAKE_ITSELF="+itself("make"), "GO_ITSELF="+itself("go"))
	for name, text := range documents(t) {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for _, entry := range []string{"events", "docs", "testdata", "README.md"} {
				if err := os.Symlink(filepath.Join(root(t), entry), filepath.Join(dir, entry)); err != nil {
					t.Fatal(err)
				}
			}
			if err := os.Symlink(shims, filepath.Join(dir, "bin")); err != nil {
				t.Fatal(err)
			}
			for _, b := range Blocks(text) {
				cmd := exec.Command("bash", "-euo", "pipefail", "-c", b.Script)
				cmd.Dir, cmd.Env = dir, environment
				cmd.WaitDelay = time.Minute
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("line %d: %v\n%s\n%s", b.Line, err, b.Script, out)
				}
			}
		})
	}
}

// TestBlocks: what is marked as commands is found, and nothing else.
func TestBlocks(t *testing.T) {
	got := Blocks("text\n```sh\nmake demo\nls\n```\n```\nnot a command\n```\n```console\n$ make \\\n  help\noutput\n```\n")
	want := []Block{{Line: 3, Script: "make demo\nls\n"}, {Line: 10, Script: "make \\\n  help\n"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// TestDocsMarked: a block that begins with a command says that it is one, or
// no test would run it.
func TestDocsMarked(t *testing.T) {
	for name, text := range documents(t) {
		open := false
		for i, line := range strings.Split(text, "\n") {
			m := fence.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			if open = !open; !open || m[2] != "" {
				continue
			}
			first, _, _ := strings.Cut(strings.SplitN(text, "\n", i+3)[i+1], " ")
			if slices.Contains([]string{"make", "go", "aws", "sam", "git", "echo", "assumewhy", "./bin/assumewhy", "$"}, first) {
				t.Errorf("%s:%d: a block of commands that is not marked sh or console", name, i+1)
			}
		}
	}
}
