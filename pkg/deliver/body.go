package deliver

import (
	"encoding/json"
	"fmt"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// FindingSchema is the value of a finding's "schema" member.
const FindingSchema = "assumewhy.finding/v1"

// finding is a message for programs: what goes to the bus and to queues.
type finding struct {
	Schema   string         `json:"schema"`
	Kind     Kind           `json:"kind"`
	Incident string         `json:"incident"`
	Severity string         `json:"severity"`
	Repeats  Repeats        `json:"repeats"`
	Cut      []string       `json:"cut"` // what of the report was left out to fit; empty arrays stand for it
	Report   *report.Report `json:"report"`
}

// parts are what a report can go without, in the order in which it is cut.
var parts = []struct {
	name string
	cut  func(*report.Report)
}{
	{"trace", func(r *report.Report) { r.Trace = nil }},
	{"changes", func(r *report.Report) { r.Changes = []report.Change{} }},
	{"layers", func(r *report.Report) { r.Layers = []report.Layer{} }},
	{"remedies", func(r *report.Report) { r.Remedies = []report.Remedy{} }},
	{"evidence", func(r *report.Report) {
		eachCause(r, func(c *report.Cause) { c.Evidence = []report.Evidence{} })
	}},
	{"quotes", func(r *report.Report) {
		eachCause(r, func(c *report.Cause) { c.Quote = report.Quote{Lines: []string{}, Mark: []report.Mark{}} })
	}},
	{"conditions", func(r *report.Report) {
		eachCause(r, func(c *report.Cause) { c.Condition.Wanted, c.Condition.Got = []string{}, []string{} })
	}},
	{"gaps", func(r *report.Report) { r.Gaps = []report.Gap{} }},
	{"other causes", func(r *report.Report) {
		kept := []report.Cause{}
		for i := range r.Causes {
			if r.Causes[i].Primary {
				kept = append(kept, r.Causes[i])
			}
		}
		r.Causes = kept
	}},
	{"accounts", func(r *report.Report) { r.Accounts = map[string]report.Account{} }},
}

func eachCause(r *report.Report, f func(*report.Cause)) {
	causes := append([]report.Cause{}, r.Causes...)
	for i := range causes {
		f(&causes[i])
	}
	r.Causes = causes
}

// JSON is a message as JSON of schema assumewhy.finding/v1, in at most limit
// bytes: what the report has to go without is named in its member "cut".
func JSON(m *Message, limit int) ([]byte, error) {
	slim := *m.Report
	f := finding{
		Schema: FindingSchema, Kind: m.Kind, Incident: m.Report.Incident, Severity: m.Report.Severity(),
		Repeats: m.Repeats, Report: &slim,
	}
	raw, _, err := within(limit, &slim, func(cut []string) ([]byte, error) {
		f.Cut = append(append([]string{}, m.Cut...), cut...)
		return json.Marshal(f)
	})
	return raw, err
}

// within encodes until it fits limit bytes, each time with less of the report.
// encode is told what was cut so far.
func within(limit int, slim *report.Report, encode func(cut []string) ([]byte, error)) (raw []byte, cut []string, err error) {
	for n := 0; ; n++ {
		if raw, err = encode(cut); err != nil {
			return nil, nil, fmt.Errorf("encode finding: %w", err)
		}
		if raw = report.EscapeJSON(raw); len(raw) <= limit {
			return raw, cut, nil
		}
		if n == len(parts) {
			return nil, nil, &Failure{What: fmt.Sprintf("the finding does not fit %d bytes", limit)}
		}
		parts[n].cut(slim)
		cut = append(cut, parts[n].name)
	}
}

// Primary gives the code and certainty of the first cause; empty where there is
// none.
func Primary(r *report.Report) (code, certainty string) {
	for i := range r.Causes {
		if r.Causes[i].Primary {
			return r.Causes[i].Code, r.Causes[i].Certainty
		}
	}
	return "", ""
}

// Since is how often it happened after the first time.
func (r Repeats) Since() render.Repeats {
	if r.Count < 2 {
		return render.Repeats{}
	}
	return render.Repeats{Times: r.Count - 1, Over: r.Last.Sub(r.First), Last: r.Last}
}
