package template

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

// page reads a page of docs.
func page(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(Root(), "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// part is the text of a page that the expression finds once.
func part(t *testing.T, name, expression string) string {
	t.Helper()
	found := regexp.MustCompile(expression).FindAllStringSubmatch(page(t, name), -1)
	if len(found) != 1 {
		t.Fatalf("docs/%s: %d times %s", name, len(found), expression)
	}
	return found[0][1]
}

// TestDocsRoutes: the routes of the pages are routes; those of docs/deploy.md for
// the smallest deployment, which has no channel but mail.
func TestDocsRoutes(t *testing.T) {
	for name, is := range map[string]struct {
		expression string
		channels   []string
	}{
		"deploy.md": {"(?s)<<'END'\n(\\{\"schema\".*?)\nEND", []string{"mail"}},
		"routes.md": {"(?s)```json\n(\\{\"schema\".*?)```", []string{"mail", "slack", "bus"}},
	} {
		if _, err := deliver.ReadRoutes(strings.NewReader(part(t, name, is.expression)), is.channels); err != nil {
			t.Errorf("docs/%s: %v", name, err)
		}
	}
}

// TestDocsSuppression: what the commands write is an item that the ledger reads,
// and that is forgotten when the page says; both pages have the same commands.
func TestDocsSuppression(t *testing.T) {
	const expression = "(?s)<!-- suppression -->\n```sh\n(.*?)```"
	script := part(t, "routes.md", expression)
	if script != part(t, "deploy.md", expression) {
		t.Error("docs/deploy.md and docs/routes.md have different examples")
	}
	cmd := exec.Command("bash", "-euo", "pipefail", "-c", "aws() { echo table; }\n"+script)
	cmd.Dir = t.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	raw, err := os.ReadFile(filepath.Join(cmd.Dir, "suppression.json"))
	if err != nil {
		t.Fatal(err)
	}
	var item struct {
		PK, SK, Body struct{ S string }
		Expires      struct{ N string }
	}
	if err := json.Unmarshal(raw, &item); err != nil {
		t.Fatal(err)
	}
	var s ledger.Suppression
	dec := json.NewDecoder(strings.NewReader(item.Body.S))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		t.Fatal(err)
	}
	s.ID = item.SK.S // as the ledger reads it
	at, err := strconv.ParseInt(item.Expires.N, 10, 64)
	if err != nil || item.PK.S != "suppression" || !time.Unix(at, 0).Equal(s.Expires.Add(90*24*time.Hour)) {
		t.Errorf("%+v of %+v: %v", item, s, err)
	}
	if err := s.Validate(s.Made); err != nil {
		t.Error(err)
	}
}

// TestDocsTable: the table of parameters has those of the template, with
// their defaults.
func TestDocsTable(t *testing.T) {
	var got, wanted []string
	for _, m := range regexp.MustCompile("(?m)^\\| `(\\w+)` \\| `?([^|`]*?)`? \\| \\S").FindAllStringSubmatch(part(t, "deploy.md", "(?s)<!-- parameters -->\n(.*?)<!-- end -->"), -1) {
		got = append(got, m[1]+"="+strings.TrimSpace(m[2]))
	}
	for name, p := range object(Load(t, Hub)["Parameters"]) {
		wanted = append(wanted, fmt.Sprint(name, "=", At(p, "Default")))
	}
	slices.Sort(got)
	slices.Sort(wanted)
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("template.yaml (-) and docs/deploy.md (+):\n%s", diff)
	}
}

// TestDocsCost: the sums of the table of costs are sums.
func TestDocsCost(t *testing.T) {
	var sum [3]int
	sums := 0
	for _, line := range strings.Split(part(t, "deploy.md", "(?s)<!-- cost -->\n(.*?)\n\n"), "\n")[2:] {
		cells := strings.Split(strings.Trim(line, "| "), "|")
		total := strings.Contains(cells[0], "**")
		for i, cell := range cells[1:] {
			cents, err := strconv.Atoi(strings.Replace(strings.Trim(cell, " *"), ".", "", 1))
			switch {
			case err != nil:
				t.Fatalf("%s: %v", line, err)
			case !total:
				sum[i] += cents
			case sum[i] != cents:
				t.Errorf("%s: column %d is %d cents", line, i+1, sum[i])
			}
		}
		if total {
			sums++
		}
	}
	if sums != 2 {
		t.Errorf("%d sums", sums)
	}
}

// TestDocsParameters: every parameter that the page names is one, and every role
// action of docs/permissions.md is granted.
func TestDocsParameters(t *testing.T) {
	parameters := map[string]bool{}
	for _, name := range All() {
		for p := range object(Load(t, name)["Parameters"]) {
			parameters[p] = true
		}
	}
	for _, m := range regexp.MustCompile("`([A-Z][a-z]+[A-Z]\\w+)(=\\w+)?`").FindAllStringSubmatch(page(t, "deploy.md"), -1) {
		if !parameters[m[1]] {
			t.Errorf("docs/deploy.md names %s, which is no parameter", m[1])
		}
	}
	_, table, _ := strings.Cut(page(t, "permissions.md"), "| action of the auditor |")
	var named []string
	for _, m := range regexp.MustCompile("`([a-z0-9]+:[A-Z]\\w+)`").FindAllStringSubmatch(table, -1) {
		named = append(named, m[1])
	}
	wanted := append([]string{"sts:AssumeRole"}, itself...)
	slices.Sort(named)
	slices.Sort(wanted)
	if named = slices.Compact(named); !slices.Equal(named, wanted) {
		t.Errorf("docs/permissions.md names %v\nthe auditor has %v", named, wanted)
	}
}
