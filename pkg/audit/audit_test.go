package audit_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const events = "../../events"

func sampleEstate(t testing.TB) *estate.Estate {
	t.Helper()
	src, err := files.Open(filepath.Join(events, "estate"))
	if err != nil {
		t.Fatal(err)
	}
	return src.Estate()
}

func sampleEvents(t testing.TB) map[string][]byte {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(events, "*.json"))
	if err != nil || len(found) < 25 {
		t.Fatalf("%d events: %v", len(found), err)
	}
	all := map[string][]byte{}
	for _, f := range found {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(f)] = data
	}
	return all
}

// explain gives the report of the one record in data as JSON.
func explain(t testing.TB, data []byte, e *estate.Estate, o audit.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	for rec, err := range trail.Decode(bytes.NewReader(data), "event") {
		if err != nil {
			t.Fatal(err)
		}
		if err := report.Encode(&out, audit.Explain(rec, e, o), false); err != nil {
			t.Fatal(err)
		}
	}
	return out.Bytes()
}

// TestSchema: the report of every sample event, with and without the trace, is
// what the schema says, and is read back as it was written.
func TestSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("../../docs/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	e := sampleEstate(t)
	for name, data := range sampleEvents(t) {
		for _, o := range []audit.Options{{Lang: "en", Version: "test"}, {Lang: "en", Version: "test", Verbose: true}} {
			got := explain(t, data, e, o)
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(v); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			r, err := report.Decode(bytes.NewReader(got))
			if err != nil {
				t.Fatal(err)
			}
			var again bytes.Buffer
			if err := report.Encode(&again, r, false); err != nil || !bytes.Equal(again.Bytes(), got) {
				t.Errorf("%s: read back and written it is another report (%v)", name, err)
			}
		}
	}
}

// TestSameBytes: a thousand answers, each from an estate read anew, are the
// same byte for byte.
func TestSameBytes(t *testing.T) {
	all := sampleEvents(t)
	for _, name := range []string{"03-trust-and-path.json", "12-permission-set-and-no-allow.json", "25-people-only.json", "28-global-endpoint.json"} {
		data := all[name]
		if data == nil {
			t.Fatal("no event", name)
		}
		want := explain(t, data, sampleEstate(t), audit.Options{Lang: "en", Verbose: true})
		for range 250 {
			if got := explain(t, data, sampleEstate(t), audit.Options{Lang: "en", Verbose: true}); !bytes.Equal(got, want) {
				t.Fatalf("%s: another answer:\n%s\n%s", name, want, got)
			}
		}
	}
}

// TestOrderOfTheFile: the order in which the organization's file lists nodes,
// policies and attachments changes nothing but which of two equal policies is
// named first.
func TestOrderOfTheFile(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(events, "estate", "organization.json"))
	if err != nil {
		t.Fatal(err)
	}
	var org map[string]any
	if err := json.Unmarshal(raw, &org); err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{"Nodes", "Policies", "Attachments"} {
		list := org[member].([]any)
		for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
			list[i], list[j] = list[j], list[i]
		}
	}
	turned, err := json.Marshal(org)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(events, "estate"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "organization.json"), turned, 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := files.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range sampleEvents(t) {
		want := summary(t, explain(t, data, sampleEstate(t), audit.Options{Lang: "en"}))
		if got := summary(t, explain(t, data, src.Estate(), audit.Options{Lang: "en"})); got != want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, want)
		}
	}
}

func summary(t *testing.T, raw []byte) string {
	t.Helper()
	r, err := report.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	words := []string{r.Verdict}
	for _, c := range r.Causes {
		words = append(words, c.Code, c.Certainty, c.Policy.Name)
	}
	return strings.Join(words, " ")
}

// TestSimulate: the same engine answers for a call that nobody has made.
func TestSimulate(t *testing.T) {
	e := sampleEstate(t)
	at := time.Date(2026, 10, 14, 9, 0, 0, 0, time.UTC)
	for who, want := range map[string]string{
		"arn:aws:iam::123456789012:user/bob":   "denied",
		"arn:aws:iam::123456789012:user/carol": "denied",
	} {
		s, ok := reconstruct.Principal(who, e)
		if !ok {
			t.Fatal(who)
		}
		s.Role = reconstruct.RoleOf("arn:aws:iam::444455556666:role/Deployer")
		r := audit.Simulate(s, e, at, audit.Options{Lang: "en"})
		if r.Verdict != want || r.Event.Name != "simulate" {
			t.Errorf("%s: %s, event %q", who, r.Verdict, r.Event.Name)
		}
	}
}
