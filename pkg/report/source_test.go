package report

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// TestSource: a report says what the policies were read from, and what settles a
// gap there; also when it is told anew.
func TestSource(t *testing.T) {
	for source, want := range map[estate.Source]string{
		"": "estate directory", estate.FromFiles: "estate directory", estate.FromAWS: "create the reader role there",
	} {
		in := input(t, "sesame-2026")
		in.Estate = estate.New(estate.Parts{Source: source})
		in.Diagnosis.Gaps = []diagnose.Gap{{Gap: evidence.Gap{Code: "account", Account: "444455556666", Permission: "sts:AssumeRole"}}}
		r := Build(in)
		if r.Estate.Source != string(source) || !strings.Contains(r.Gaps[0].Settle, want) {
			t.Errorf("%q: %q, %s", source, r.Estate.Source, r.Gaps[0].Settle)
		}
		r.Gaps[0].Settle = ""
		if err := r.Speak("en"); err != nil || !strings.Contains(r.Gaps[0].Settle, want) {
			t.Errorf("%q told anew: %v %s", source, err, r.Gaps[0].Settle)
		}
	}
}
