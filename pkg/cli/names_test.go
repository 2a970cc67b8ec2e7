package cli

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/files"
	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/deliver/sns"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/html"
	"github.com/assumewhy/assumewhy/pkg/render/markdown"
	"github.com/assumewhy/assumewhy/pkg/render/slack"
	"github.com/assumewhy/assumewhy/pkg/render/text"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const canaryMail = "@canary.example"

// sessionNames finds session names of more than a few letters.
var sessionNames = regexp.MustCompile(`assumed-role/[^/" ]+/([A-Za-z0-9+=,._-]{4,})`)

// mailed gives every person and every session in the files below dir a name that
// is an e-mail address, the same everywhere.
func mailed(t *testing.T, dir string) {
	t.Helper()
	words := []string{"alice", "bob", "carol", "dave"}
	each := func(f func(name string, data []byte)) {
		err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			f(name, data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	each(func(_ string, data []byte) {
		for _, m := range sessionNames.FindAllSubmatch(data, -1) {
			words = append(words, regexp.QuoteMeta(string(m[1])))
		}
	})
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	word := regexp.MustCompile(`\b(` + strings.Join(slices.Compact(words), "|") + `)\b(?:@example\.com)?`)
	each(func(name string, data []byte) {
		if err := os.WriteFile(name, word.ReplaceAll(data, []byte("${1}"+canaryMail)), 0o600); err != nil {
			t.Fatal(err)
		}
	})
}

// outputs are a report in every format.
func outputs(t *testing.T, r *report.Report) map[string]string {
	t.Helper()
	out := map[string]string{}
	write := func(name string, f func(b *bytes.Buffer) error) {
		var b bytes.Buffer
		if err := f(&b); err != nil {
			t.Fatal(err)
		}
		out[name] = b.String()
	}
	write("json", func(b *bytes.Buffer) error { return report.Encode(b, r, false) })
	write("text", func(b *bytes.Buffer) error { return text.Write(b, r, text.Options{Width: 80, Verbose: true}) })
	write("markdown", func(b *bytes.Buffer) error { return markdown.Write(b, r, markdown.Options{Verbose: true}) })
	write("html", func(b *bytes.Buffer) error {
		p := html.New(b, html.Options{Verbose: true})
		if err := p.Add(r); err != nil {
			return err
		}
		return p.Close()
	})
	write("slack", func(b *bytes.Buffer) error {
		return json.NewEncoder(b).Encode(slack.Alert(r, slack.Console(slack.Links{}, r), render.Repeats{}))
	})
	write("requester", func(b *bytes.Buffer) error {
		m, _ := slack.Requester(r)
		return json.NewEncoder(b).Encode(m)
	})
	m := &deliver.Message{Kind: deliver.Alert, Report: r}
	write("subject", func(b *bytes.Buffer) error { b.WriteString(sns.Subject(m)); return nil })
	write("finding", func(b *bytes.Buffer) error {
		raw, err := deliver.JSON(m, 1<<20)
		b.Write(raw)
		return err
	})
	return out
}

// TestNamesHashed: in every second scenario all people and sessions have e-mail
// addresses for names; none is left in any format, and nothing else changes:
// verdict, causes, incident and fingerprint are what they are without.
func TestNamesHashed(t *testing.T) {
	seen := map[string]int{}
	for n, s := range scenarios(t) {
		if n%thinned(2, 12) != 0 {
			continue
		}
		dir := t.TempDir()
		args := s.unpack(t, dir)
		mailed(t, dir)
		e := &estate.Estate{}
		if source, err := files.Open(filepath.Join(dir, "estate")); err == nil {
			e = source.Estate()
		}
		for _, name := range args[1:] {
			if !strings.HasPrefix(filepath.Base(name), "event") {
				continue
			}
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for rec, err := range trail.Decode(bytes.NewReader(data), name) {
				if err != nil || rec.Class != trail.Denied && rec.Class != trail.Failed {
					continue
				}
				plain, hashed := s.hashed(t, rec, e)
				for format, out := range outputs(t, plain) {
					seen[format] += strings.Count(out, canaryMail)
				}
				for format, out := range outputs(t, hashed) {
					if i := strings.Index(strings.ToLower(out), "canary"); i >= 0 {
						t.Errorf("%s, %s: ...%s...", s.name, format, out[max(0, i-100):min(len(out), i+50)])
					}
				}
			}
		}
	}
	t.Logf("without hashing: %v", seen)
	for _, format := range []string{"json", "text", "markdown", "html", "slack", "subject", "finding"} {
		if seen[format] == 0 {
			t.Errorf("no address was in %s to begin with", format)
		}
	}
}

// hashed is the report with pseudonyms, held to the one without.
func (s *scenario) hashed(t *testing.T, rec *trail.Record, e *estate.Estate) (plain, hashed *report.Report) {
	t.Helper()
	plain = audit.Explain(rec, e, audit.Options{Verbose: true})
	hashed = audit.Explain(rec, e, audit.Options{Verbose: true, HashNames: true})
	facts := func(r *report.Report) []string {
		list := []string{r.Incident, r.Fingerprint, r.Verdict}
		for i := range r.Causes {
			list = append(list, r.Causes[i].Code, r.Causes[i].Certainty, r.Causes[i].Detail.Kind)
		}
		return list
	}
	if diff := cmp.Diff(facts(plain), facts(hashed)); diff != "" {
		t.Errorf("%s: %s", s.name, diff)
	}
	return plain, hashed
}
