package cli

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/report"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

var every = flag.Int("every", 8, "TestMutations tries one change in so many")

// TestMutations changes every scenario in many ways and holds the laws that no
// input may break:
//
//   - there is a report for each record, or a line for what is none; no panic;
//   - the same input gives the same bytes twice;
//   - hiding knowledge never makes a call allowed, and never proves a cause in
//     a layer where none was proved;
//   - an Allow that becomes a Deny never makes a call allowed.
//
// With the flag -every 1, as `make mutations` runs it, no change is left out.
func TestMutations(t *testing.T) {
	changed, turn := 0, 0
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			before := s.parts(t)
			e := before.estate()
			base := before.explain(t, e)
			for _, m := range before.mutations(t) {
				if turn++; turn%*every != 0 {
					continue
				}
				changed++
				e, again := e, e
				if m.estate {
					e, again = m.files.estate(), m.files.estate()
				}
				after := m.files.explain(t, e)
				if again := m.files.explain(t, again); !slices.EqualFunc(after, again, same) {
					t.Errorf("%s: two answers for one input", m.name)
				}
				if m.law == nil {
					continue
				}
				for i := range min(len(base), len(after)) {
					if fault := m.law(base[i].report, after[i].report); fault != "" {
						t.Errorf("%s: %s\nbefore: %s\nafter:  %s", m.name, fault, strings.Join(summary(base[i].report), "; "), strings.Join(summary(after[i].report), "; "))
					}
				}
			}
			hideKeys(t, before, e, func() bool {
				if turn++; turn%*every != 0 {
					return false
				}
				changed++
				return true
			})
		})
	}
	t.Logf("%d changes", changed)
	if changed < 1000 {
		t.Errorf("%d changes, thousands expected", changed)
	}
}

// parts are the files of a scenario by name: events, and the estate's.
type parts map[string][]byte

// mutation is a scenario with one change, and the law that its reports keep
// towards the unchanged one's; nil is none but those for all.
type mutation struct {
	name   string
	files  parts
	estate bool // the estate is what changed
	law    func(before, after *report.Report) string
}

func (s *scenario) parts(t *testing.T) parts {
	t.Helper()
	p := parts{}
	if s.estate != "" {
		base := os.DirFS(filepath.Join(filepath.Dir(s.path), s.estate))
		err := fs.WalkDir(base, ".", func(name string, entry fs.DirEntry, err error) error {
			if err == nil && !entry.IsDir() {
				p["estate/"+name], err = fs.ReadFile(base, name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range s.archive.Files {
		if f.Name != "want" && f.Name != "text" {
			p[f.Name] = f.Data
		}
	}
	return p
}

// answer is the report of one record and its bytes.
type answer struct {
	report *report.Report
	raw    []byte
}

func same(a, b answer) bool { return bytes.Equal(a.raw, b.raw) }

// explain gives the answers for all events.
func (p parts) explain(t *testing.T, e *estate.Estate) []answer {
	t.Helper()
	var all []answer
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if !strings.HasPrefix(name, "event") {
			continue
		}
		for rec, err := range trail.Decode(bytes.NewReader(p[name]), name) {
			if err != nil {
				if strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), name) {
					t.Errorf("not one line that names the file: %v", err)
				}
				continue
			}
			if rec.Class == trail.NotOurs {
				continue
			}
			r := audit.Explain(rec, e, audit.Options{Lang: "en"})
			var out bytes.Buffer
			if err := report.Encode(&out, r, false); err != nil {
				t.Fatal(err)
			}
			all = append(all, answer{r, out.Bytes()})
		}
	}
	return all
}

// estate is the estate of the files.
func (p parts) estate() *estate.Estate {
	found := func(name string) estate.File {
		data, ok := p["estate/"+name]
		return estate.File{Name: name, Data: data, Found: ok}
	}
	var folders []estate.Folder
	for _, name := range slices.Sorted(maps.Keys(p)) {
		words := strings.Split(name, "/")
		if len(words) != 4 || words[1] != "accounts" || slices.ContainsFunc(folders, func(f estate.Folder) bool { return f.ID == words[2] }) {
			continue
		}
		files := map[estate.Part][]byte{}
		for part, file := range map[estate.Part]string{estate.Details: "authorization-details.json", estate.IdentityProviders: "identity-providers.json", estate.Endpoints: "vpc-endpoints.json"} {
			if data, ok := p[path.Join("estate/accounts", words[2], file)]; ok {
				files[part] = data
			}
		}
		folders = append(folders, estate.Fixed(words[2], files))
	}
	return estate.New(estate.Parts{Manifest: found("estate.json"), Organization: found("organization.json"), Accounts: folders})
}

// with is a copy in which one file is another, or gone.
func (p parts) with(name string, data []byte) parts {
	c := maps.Clone(p)
	if c[name] = data; data == nil {
		delete(c, name)
	}
	return c
}

// mutations are the changed scenarios.
func (p parts) mutations(t *testing.T) []mutation {
	t.Helper()
	var all []mutation
	for _, name := range slices.Sorted(maps.Keys(p)) {
		data := p[name]
		if strings.HasPrefix(name, "event") {
			all = append(all, p.cuts(name)...)
			all = append(all, p.lost(name)...)
			continue
		}
		if name == "estate/estate.json" {
			continue
		}
		all = append(all, mutation{"without " + name, p.with(name, nil), true, hidden})
		all = append(all, mutation{"cut " + name, p.with(name, data[:len(data)/2]), true, hidden})
		all = append(all, p.flips(t, name)...)
		all = append(all, p.drops(t, name)...)
	}
	return all
}

// cuts end the record early.
func (p parts) cuts(name string) []mutation {
	var all []mutation
	data := p[name]
	for i := range 12 {
		at := len(data) * i / 12
		all = append(all, mutation{fmt.Sprintf("%s cut at %d", name, at), p.with(name, data[:at:at]), false, nil})
	}
	return all
}

// lost takes one member after the other out of the record.
func (p parts) lost(name string) []mutation {
	var all []mutation
	var v any
	if json.Unmarshal(p[name], &v) != nil {
		return nil
	}
	eachMember(v, "", func(at string, object map[string]any, member string) {
		kept := object[member]
		delete(object, member)
		raw, err := json.Marshal(v)
		object[member] = kept
		if err == nil {
			all = append(all, mutation{name + " without " + at, p.with(name, raw), false, nil})
		}
	})
	return all
}

// flips turn one Effect after the other round.
func (p parts) flips(t *testing.T, name string) []mutation {
	t.Helper()
	var all []mutation
	v := parsed(t, p[name])
	eachMember(v, "", func(at string, object map[string]any, member string) {
		was, _ := object[member].(string)
		now, effect := map[string]string{"Allow": "Deny", "Deny": "Allow"}[was]
		if member != "Effect" || !effect {
			return
		}
		object[member] = now
		m := mutation{name: name + " " + at + " is " + now, files: p.with(name, encoded(t, v)), estate: true}
		if now == "Deny" {
			m.law = worse
		}
		object[member] = was
		all = append(all, m)
	})
	return all
}

// drops make one policy after the other unreadable, and take one policy after
// the other away.
func (p parts) drops(t *testing.T, name string) []mutation {
	t.Helper()
	var all []mutation
	v := parsed(t, p[name])
	documents := []string{"AssumeRolePolicyDocument", "PolicyDocument", "Document", "Content"}
	eachMember(v, "", func(at string, object map[string]any, member string) {
		if !slices.Contains(documents, member) {
			return
		}
		was := object[member]
		object[member] = "no policy"
		all = append(all, mutation{name + " " + at + " not readable", p.with(name, encoded(t, v)), true, hidden})
		object[member] = map[string]any{"Version": "2012-10-17", "Statement": []any{}}
		all = append(all, mutation{name + " " + at + " empty", p.with(name, encoded(t, v)), true, nil})
		object[member] = was
	})
	return all
}

func parsed(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return nil // the scenario is about a file that is none
	}
	return v
}

func encoded(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// eachMember visits every member of every object, in order.
func eachMember(v any, at string, visit func(at string, object map[string]any, member string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			visit(at+"/"+name, v, name)
			eachMember(v[name], at+"/"+name, visit)
		}
	case []any:
		for i := range v {
			eachMember(v[i], fmt.Sprintf("%s/%d", at, i), visit)
		}
	}
}
