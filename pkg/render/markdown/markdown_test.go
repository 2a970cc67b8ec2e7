package markdown

import (
	"bytes"
	"errors"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

func written(t testing.TB, r *report.Report, o Options) string {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestGolden(t *testing.T) {
	all := rendertest.Reports()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for suffix, o := range map[string]Options{".md": {}, ".verbose.md": {Verbose: true}} {
			t.Run(name+suffix, func(t *testing.T) {
				got := written(t, all[name], o)
				checkPage(t, got)
				file := filepath.Join("testdata", name+suffix)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", file, diff)
				}
			})
		}
	}
}

// FuzzMarkdown: whatever a report holds, its page has the elements that this
// package makes and no others, links and notifies nothing, shows every cause in
// a heading of its own, and keeps the text of each block.
func FuzzMarkdown(f *testing.F) {
	for i := range uint64(300) {
		f.Add(i, i%2 == 0, rendertest.Fragments[int(i)%len(rendertest.Fragments)])
	}
	f.Fuzz(func(t *testing.T, seed uint64, verbose bool, extra string) {
		r := rendertest.Random(seed, extra)
		source := written(t, r, Options{Verbose: verbose})
		text := checkPage(t, source)
		page := asHTML(t, source)
		if got := strings.Count(page, "<h4>CAUSE: "); got != len(r.Causes) {
			t.Fatalf("%d causes are shown, want %d:\n%s", got, len(r.Causes), source)
		}
		if got := strings.Count(page, "<h3>"); got != 1 {
			t.Fatalf("%d headlines:\n%s", got, source)
		}
		if again := written(t, r, Options{Verbose: verbose}); again != source {
			t.Fatal("the same report reads otherwise the second time")
		}
		for _, want := range told(render.Tree(r)) {
			if !strings.Contains(text, seen(want)) {
				t.Fatalf("%q is not told:\n%s", seen(want), source)
			}
		}
	})
}

// told are texts of a tree that every page has in full.
func told(blocks []render.Block) []string {
	var out []string
	for _, b := range blocks {
		switch b := b.(type) {
		case render.Head:
			out = append(out, b.Caller, b.Role, b.Time)
		case render.Lead:
			out = append(out, b.Headline, b.Next)
		case render.Cause:
			out = append(out, b.Code, b.Owner, b.Because, b.Where)
			for _, l := range b.Quote.Excerpt(false) {
				out = append(out, strings.TrimRight(l.Text, " "))
			}
		case render.Remedy:
			out = append(append(out, b.Where, b.Title, b.Risk), b.Command...)
		case render.Said:
			out = append(out, b.Text)
		case render.Foot:
			out = append(out, b.Items...)
		case render.Chain:
			for _, h := range b.Hops {
				out = append(out, strings.ReplaceAll(h.Who, "|", `\x7c`))
			}
		case render.Unknowns:
			for _, g := range b.Shown(false) {
				for _, x := range g.List {
					out = append(out, x.What)
				}
			}
		case render.Trace:
		}
	}
	return out
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteError(t *testing.T) {
	for _, err := range []error{Write(full{}, rendertest.Reports()["bare"], Options{}), Rule(full{})} {
		if !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write the ") {
			t.Errorf("error %v, want one that says what was written and wraps %v", err, errFull)
		}
	}
}

// TestTwo: explanations one behind the other stay apart.
func TestTwo(t *testing.T) {
	var out bytes.Buffer
	for i, r := range []*report.Report{rendertest.Reports()["bare"], rendertest.Reports()["untrusted"]} {
		if i > 0 {
			if err := Rule(&out); err != nil {
				t.Fatal(err)
			}
		}
		if err := Write(&out, r, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	page := asHTML(t, out.String())
	checkPage(t, out.String())
	if strings.Count(page, "<hr>") != 1 || strings.Count(page, "<h3>") != 2 || strings.Contains(page, "<h2>") {
		t.Errorf("page:\n%s", page)
	}
}

func ExampleWrite() {
	r := &report.Report{
		Verdict: "denied", Headline: "The trust policy of role Deployer does not trust user bob.",
		Next:   "Ask the owner of Deployer to trust bob.",
		Event:  report.Event{Time: "2026-10-14T09:26:53Z"},
		Caller: report.Caller{ARN: "arn:aws:iam::210000000029:user/bob", Type: "IAMUser"},
		Role:   report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"},
		Causes: []report.Cause{{Code: "trust.no_principal", Certainty: "proved"}},
	}
	if err := Write(os.Stdout, r, Options{}); err != nil {
		panic(err)
	}
	// Output:
	// ### DENIED: bob → role Deployer
	//
	// 2026-10-14 09:26:53Z
	//
	// **The trust policy of role Deployer does not trust user bob.**
	//
	// **Next:** Ask the owner of Deployer to trust bob.
	//
	// #### CAUSE: `trust.no_principal` · proved
	//
	// #### UNKNOWN: nothing that could change this answer
}
