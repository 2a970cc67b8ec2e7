package diagnose_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const events = "../../events"

// expected is one entry of events/expected/causes.json.
type expected struct {
	Why     string
	Verdict string
	Causes  []cause
}

type cause struct {
	Code           string
	Certainty      string
	Primary        bool
	Layer          string
	Account        string
	Owner          string
	DetailKind     string `json:"detail_kind"`
	Policy         string
	StatementIndex int `json:"statement_index"`
}

// TestEvents holds the whole set of causes of every sample event against the
// set written by hand: a cause too many fails as one too few does.
func TestEvents(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(events, "expected", "causes.json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]expected
	if err := json.Unmarshal(raw, &all); err != nil {
		t.Fatal(err)
	}
	src, err := files.Open(filepath.Join(events, "estate"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range all {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join(events, name))
			if err != nil {
				t.Fatal(err)
			}
			for rec, err := range trail.Decode(bytes.NewReader(data), name) {
				if err != nil {
					t.Fatal(err)
				}
				s := reconstruct.SubjectOf(rec)
				r := reconstruct.Request(s, src.Estate(), nil)
				d := diagnose.Diagnose(diagnose.Input{Subject: s, Request: r, Estate: src.Estate(), Policies: scope.Policies(src.Estate(), r)})
				got := expected{Why: want.Why, Verdict: string(d.Verdict), Causes: shorten(d.Causes)}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("-want +got\n%s\n%s", diff, dump(d))
				}
			}
		})
	}
	names := make([]string, 0, len(all))
	found, _ := filepath.Glob(filepath.Join(events, "[0-9]*.json"))
	for _, f := range found {
		names = append(names, filepath.Base(f))
	}
	for _, n := range names {
		if _, ok := all[n]; !ok {
			t.Errorf("%s has no expected causes", n)
		}
	}
	if len(names) < 25 || !slices.IsSorted(names) {
		t.Errorf("only %d events", len(names))
	}
}

func shorten(causes []diagnose.Cause) []cause {
	list := []cause{}
	for _, c := range causes {
		s := cause{
			Code: string(c.Code), Certainty: c.Certainty.String(), Primary: c.Primary, Layer: string(c.Layer),
			Account: c.Account, Owner: string(c.Owner), DetailKind: c.Detail.Kind, StatementIndex: -1,
		}
		if c.Policy != nil {
			s.Policy = c.Policy.Name
		}
		if c.Statement != nil {
			s.StatementIndex = c.Statement.Index
		}
		list = append(list, s)
	}
	return list
}

func dump(d *diagnose.Diagnosis) string {
	var b strings.Builder
	for _, a := range d.Trace.Actions {
		fmt.Fprintf(&b, "%s %v %v\n", a.Action.Name, a.Decision, a.Layer)
		for _, l := range a.Layers {
			fmt.Fprintf(&b, "   %-8s %d needed %d deny %v allow %v missing %v\n", l.Layer, l.Index, l.Needed, l.Deny, l.Allow, l.Missing)
		}
	}
	return b.String()
}
