package reconstruct_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// corpus is the folder of records that are not part of this repository.
func corpus(t *testing.T) string {
	dir := os.Getenv("ASSUMEWHY_CORPUS")
	if dir == "" {
		t.Skip("ASSUMEWHY_CORPUS is not set: the folder that holds samples/")
	}
	return filepath.Join(dir, "samples", "events")
}

// TestCorpus writes down, for every record of the corpus that is a failed role
// switch, the whole request: every key with state and origin. The values of
// other people's records stay out of the golden files; those of records
// composed for this project are in.
func TestCorpus(t *testing.T) {
	found, err := filepath.Glob(filepath.Join(corpus(t), "*.json"))
	if err != nil || len(found) == 0 {
		t.Fatal("no records", err)
	}
	seen := 0
	for _, path := range found {
		name := strings.TrimSuffix(filepath.Base(path), ".json")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for rec, err := range trail.Decode(bytes.NewReader(data), name) {
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if rec.Class == trail.NotOurs {
				continue
			}
			n++
			seen++
			golden(t, fmt.Sprintf("%s.%d", name, n), describe(rec, nothing(), strings.HasPrefix(name, "SYN-")))
		}
	}
	if seen < 40 {
		t.Errorf("only %d failed role switches", seen)
	}
}

// TestSamples does the same with values for some of this repository's events,
// against its estate.
func TestSamples(t *testing.T) {
	src, err := files.Open("../../events/estate")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{
		"01-trust-names-carol", "11-signed-in-as-permission-set", "20-external-id-console", "28-global-endpoint",
		"34-session-tags", "40-wrong-address", "46-github-branch", "53-team-tag", "56-behind-endpoint",
	} {
		data, err := os.ReadFile(filepath.Join("../../events", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		for rec, err := range trail.Decode(bytes.NewReader(data), name) {
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name, describe(rec, src.Estate(), true))
		}
	}
}

func nothing() *estate.Estate { return estate.New(estate.Parts{}) }

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s: -want +got\n%s", name, diff)
	}
}

// describe writes a request down, a line a key.
func describe(rec *trail.Record, e *estate.Estate, values bool) string {
	s := reconstruct.SubjectOf(rec)
	r := reconstruct.Request(s, e, nil)
	var b strings.Builder
	fmt.Fprintf(&b, "caller    kind %d, account known %t, role known %t, unique id %t\n",
		r.Caller.Kind, r.Caller.Account != "", r.Caller.RoleARN != "", r.Caller.UniqueID != "")
	fmt.Fprintf(&b, "role      known %t, is a role %t, same account %t\n", r.Role.ARN != "", r.Role.IsRole, r.SameAccount())
	fmt.Fprintf(&b, "console   %t\n", r.Console)
	for _, a := range r.Actions {
		fmt.Fprintf(&b, "action    %s applies %s named %t %s\n", a.Name, a.Applies, a.Named, a.Origin)
	}
	for _, k := range r.Keys.All() {
		line(&b, *k, values)
	}
	for _, k := range r.Keys.Families() {
		family := *k
		family.Name += "*"
		line(&b, family, values)
	}
	return b.String()
}

func line(b *strings.Builder, k request.Key, values bool) {
	fmt.Fprintf(b, "%-42s %-15s %s", k.Name, k.State, k.Origin)
	if k.State == request.KeyPresent && values {
		fmt.Fprintf(b, " = %s", strings.Join(k.Values, ", "))
	}
	if k.State != request.KeyPresent && k.Usually != request.KeyUnknown && k.State != k.Usually {
		fmt.Fprintf(b, " (usually %s)", k.Usually)
	}
	if k.Bounds != nil && k.Bounds.AtMost == "" {
		b.WriteString(" (never some values)")
	}
	b.WriteByte('\n')
}
