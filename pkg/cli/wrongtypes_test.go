package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// sampleNames are the sample events, in order.
func sampleNames(t testing.TB) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(folder(t, "events"), "*.json"))
	if err != nil || len(found) < 60 {
		t.Fatalf("%d sample events: %v", len(found), err)
	}
	return found
}

func sampleEstate(t testing.TB) *estate.Estate {
	t.Helper()
	source, err := files.Open(filepath.Join(folder(t, "events"), "estate"))
	if err != nil {
		t.Fatal(err)
	}
	return source.Estate()
}

// outcome is what became of one text that holds one record.
type outcome struct {
	reports   []*report.Report
	notOurs   int
	failures  []string
	provedSet []string // codes that are proved
}

func explained(text []byte, e *estate.Estate) outcome {
	var o outcome
	for rec, err := range trail.Decode(bytes.NewReader(text), "event.json") {
		switch {
		case err != nil:
			o.failures = append(o.failures, err.Error())
		case rec.Class == trail.NotOurs:
			o.notOurs++
		default:
			r := audit.Explain(rec, e, audit.Options{Lang: "en"})
			o.reports = append(o.reports, r)
			for _, c := range r.Causes {
				if c.Certainty == "proved" {
					o.provedSet = append(o.provedSet, c.Code)
				}
			}
		}
	}
	return o
}

// mayEnd says that a record is rightly no failed role switch any more, when the
// node has become other: another call, or one without an error.
func mayEnd(path, other string) bool {
	name := path[strings.LastIndexByte(path, '.')+1:]
	switch name {
	case "eventName", "eventSource":
		return strings.HasPrefix(other, `"x`)
	case "errorCode", "errorMessage", "SwitchRole", "responseElements":
		return other == "null" || other == `""` || other == `"x"` || name == "responseElements"
	}
	return false
}

// Every node of every sample event in turn becomes a value of every other type:
// the record is explained, or named with file and position. What is not known
// for it is never taken for absent: nothing is proved that the whole record does
// not prove, and nothing comes out as allowed. (One of three combinations is
// tried: each path with each type occurs in several events.)
func TestWrongTypesInRecords(t *testing.T) {
	e := sampleEstate(t)
	turn, tried := 0, 0
	for _, name := range sampleNames(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		before := explained(text, e)
		for _, n := range nodesOf(t, text) {
			for _, other := range otherTypes {
				if n.name || !strings.HasPrefix(n.path, "detail") || other[0] == n.kind(text) {
					continue
				}
				if turn++; turn%thinned(3, 29) != 0 {
					continue
				}
				tried++
				at := fmt.Sprintf("%s: %s is %s", filepath.Base(name), n.path, other)
				judge(t, at, n.path, other, before, explained(n.with(text, other), e))
			}
		}
	}
	if tried < thinned(5000, 500) {
		t.Errorf("only %d combinations", tried)
	}
}

func judge(t *testing.T, at, path, other string, before, after outcome) {
	t.Helper()
	switch {
	case len(after.reports)+after.notOurs+len(after.failures) != 1:
		t.Errorf("%s: %d reports, %d not ours, errors %q", at, len(after.reports), after.notOurs, after.failures)
	case after.notOurs > 0 && !mayEnd(path, other):
		t.Errorf("%s: passed over", at)
	case len(after.failures) > 0 && !strings.HasPrefix(after.failures[0], "event.json: record 1 (byte "):
		t.Errorf("%s: %s", at, after.failures[0])
	}
	for _, r := range after.reports {
		if r.Verdict == "allowed_now" && before.reports[0].Verdict != "allowed_now" {
			t.Errorf("%s: allowed", at)
		}
	}
	for _, code := range after.provedSet {
		if !slices.Contains(before.provedSet, code) {
			t.Errorf("%s: proves %s; before: %s", at, code, before.provedSet)
		}
	}
}
