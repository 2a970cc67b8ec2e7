package template

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/ledger"
)

func deployPage(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(Root(), "docs", "deploy.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestDocsRoutes: the routes of docs/deploy.md are routes.
func TestDocsRoutes(t *testing.T) {
	found := regexp.MustCompile("(?s)<!-- routes -->\n```json\n(.*?)```|<<'END'\n(\\{\"schema\".*?)\nEND").FindAllStringSubmatch(deployPage(t), -1)
	if len(found) != 2 {
		t.Fatalf("%d examples of routes", len(found))
	}
	for _, m := range found {
		if _, err := deliver.ReadRoutes(strings.NewReader(m[1]+m[2]), []string{"mail", "slack", "bus"}); err != nil {
			t.Error(err)
		}
	}
}

// TestDocsSuppression: the item of docs/deploy.md is one that the ledger reads,
// and is forgotten when the page says.
func TestDocsSuppression(t *testing.T) {
	m := regexp.MustCompile(`(?s)<<'END'\n(\{"pk".*?)\nEND`).FindStringSubmatch(deployPage(t))
	if m == nil {
		t.Fatal("no example")
	}
	var item struct {
		PK, SK, Body struct{ S string }
		Expires      struct{ N string }
	}
	if err := json.Unmarshal([]byte(m[1]), &item); err != nil {
		t.Fatal(err)
	}
	var s ledger.Suppression
	dec := json.NewDecoder(strings.NewReader(item.Body.S))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&s); err != nil {
		t.Fatal(err)
	}
	at, err := strconv.ParseInt(item.Expires.N, 10, 64)
	if err != nil || item.PK.S != "suppression" || item.SK.S != s.ID || !time.Unix(at, 0).Equal(s.Expires.Add(90*24*time.Hour)) {
		t.Errorf("%+v of %+v: %v", item, s, err)
	}
	if err := s.Validate(s.Made); err != nil {
		t.Error(err)
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
	for _, m := range regexp.MustCompile("`([A-Z][a-z]+[A-Z]\\w+)(=\\w+)?`").FindAllStringSubmatch(deployPage(t), -1) {
		if !parameters[m[1]] {
			t.Errorf("docs/deploy.md names %s, which is no parameter", m[1])
		}
	}
	raw, err := os.ReadFile(filepath.Join(Root(), "docs", "permissions.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, page, _ := strings.Cut(string(raw), "| action of the auditor |")
	var named []string
	for _, m := range regexp.MustCompile("`([a-z0-9]+:[A-Z]\\w+)`").FindAllStringSubmatch(page, -1) {
		named = append(named, m[1])
	}
	wanted := append([]string{"sts:AssumeRole"}, itself...)
	slices.Sort(named)
	slices.Sort(wanted)
	if named = slices.Compact(named); !slices.Equal(named, wanted) {
		t.Errorf("docs/permissions.md names %v\nthe auditor has %v", named, wanted)
	}
}
