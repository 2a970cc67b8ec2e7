package cli

import (
	"encoding/json"
	"fmt"
	"io"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// codesSchema names the form of the catalogue in JSON. Fields may be added,
// none changes its meaning.
const codesSchema = "assumewhy.codes/v1"

type codesJSON struct {
	Schema string      `json:"schema"`
	Lang   string      `json:"lang"`
	Codes  []codeEntry `json:"codes"`
}

// codeEntry is one code. Arrays are never null; layer is empty for companions,
// scenario is empty for a code without an example.
type codeEntry struct {
	Code         string       `json:"code"`
	Part         string       `json:"part"`
	Layer        string       `json:"layer"`
	Rank         int          `json:"rank"`
	Owners       []string     `json:"owners"`
	NeedsHistory bool         `json:"needs_history"`
	Title        string       `json:"title"`
	Means        string       `json:"means"`
	ToldApart    string       `json:"told_apart"`
	MendedBy     string       `json:"mended_by"`
	Details      []codeDetail `json:"details"`
	Example      codeExample  `json:"example"`
}

type codeDetail struct {
	Kind  string `json:"kind"`
	Means string `json:"means"`
}

type codeExample struct {
	Scenario string      `json:"scenario"`
	Causes   []codeYield `json:"causes"`
}

type codeYield struct {
	Code      string `json:"code"`
	Certainty string `json:"certainty"`
	Primary   bool   `json:"primary"`
}

func (c catalogue) json(w io.Writer, pretty bool) error {
	all := codesJSON{Schema: codesSchema, Lang: c.words.Tag, Codes: []codeEntry{}}
	for _, e := range c.entries {
		all.Codes = append(all.Codes, c.entryJSON(e))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	if pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(all); err != nil {
		return fmt.Errorf("writing the codes: %w", err)
	}
	return nil
}

func (c catalogue) entryJSON(e diagnose.Entry) codeEntry {
	w := c.words.Code(string(e.Code))
	out := codeEntry{
		Code: string(e.Code), Part: e.Part(), Layer: string(e.Layer), Rank: e.Rank(),
		Owners: []string{}, NeedsHistory: e.History,
		Title: w.Title, Means: w.Means, ToldApart: w.Apart, MendedBy: w.Mends,
		Details: []codeDetail{}, Example: codeExample{Scenario: e.Example.Scenario, Causes: []codeYield{}},
	}
	for _, o := range e.Owners {
		out.Owners = append(out.Owners, string(o))
	}
	for _, k := range e.Details {
		out.Details = append(out.Details, codeDetail{Kind: k, Means: w.Kinds[k]})
	}
	for i, y := range e.Example.Yields {
		out.Example.Causes = append(out.Example.Causes, codeYield{Code: string(y.Code), Certainty: y.Certainty.String(), Primary: i == 0})
	}
	return out
}
