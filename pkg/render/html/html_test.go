package html

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
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

func written(t testing.TB, o Options, reports ...*report.Report) string {
	t.Helper()
	var out bytes.Buffer
	p := New(&out, o)
	for _, r := range reports {
		if err := p.Add(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// body is a page without its head, which is the same for all but the title.
func body(page string) string {
	_, rest, _ := strings.Cut(page, "<main>\n")
	return rest
}

func TestGolden(t *testing.T) {
	all := rendertest.Reports()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for suffix, o := range map[string]Options{".html": {}, ".verbose.html": {Verbose: true}} {
			t.Run(name+suffix, func(t *testing.T) {
				page := written(t, o, all[name])
				checkPage(t, page)
				got, file := body(page), filepath.Join("testdata", name+suffix)
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

// FuzzPage: whatever reports hold, their page has the elements of this package
// and no others, each begun and ended, links to itself alone, has every cause
// and keeps every text.
func FuzzPage(f *testing.F) {
	for i := range uint64(300) {
		f.Add(i, i%2 == 0, rendertest.Fragments[int(i)%len(rendertest.Fragments)])
	}
	f.Add(uint64(1), true, `"><script>alert(1)</script><img src=x onerror=y>`)
	f.Add(uint64(2), false, `</style></title></pre><!--`)
	f.Fuzz(func(t *testing.T, seed uint64, verbose bool, extra string) {
		first, second := rendertest.Random(seed, extra), rendertest.Random(seed+1, extra)
		page := written(t, Options{Verbose: verbose}, first, second)
		p := checkPage(t, page)
		if want := len(first.Causes) + len(second.Causes); strings.Count(page, `<section class="cause`) != want {
			t.Fatalf("%d causes, want %d", strings.Count(page, `<section class="cause`), want)
		}
		if p.count["h1"] != 2 || p.count["article"] != 2 || !slices.Equal(p.links, []string{"#r1", "#r2"}) {
			t.Fatalf("%d headlines, %d explanations, links %v", p.count["h1"], p.count["article"], p.links)
		}
		if written(t, Options{Verbose: verbose}, first, second) != page {
			t.Fatal("the same reports read otherwise the second time")
		}
		for _, r := range []*report.Report{first, second} {
			for _, want := range told(render.Tree(r)) {
				if !strings.Contains(p.text, seen(want)) {
					t.Fatalf("%q is not told:\n%s", seen(want), p.text)
				}
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
		case render.Chain:
			for _, h := range b.Hops {
				out = append(append(out, h.Who), h.Where...)
				for _, r := range h.Rows {
					out = append(out, r.Word, r.Note)
				}
			}
		case render.Cause:
			out = append(out, b.Code, b.Certainty, b.Owner, b.Because, b.Where)
			for _, l := range b.Quote.Excerpt(false) {
				out = append(out, l.Text)
			}
			for _, f := range b.Shown(false) {
				values, _ := f.Shown(false)
				for _, v := range values {
					out = append(out, v.Text)
				}
			}
		case render.Remedy:
			out = append(append(out, b.Where, b.Title, b.Risk), b.Command...)
		case render.Said:
			out = append(out, b.Text)
		case render.Foot:
			out = append(out, b.Items...)
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

// TestPolicy: the page allows its own style, by its hash, and nothing else; and
// the style asks for nothing.
func TestPolicy(t *testing.T) {
	page := written(t, Options{}, rendertest.Reports()["bare"])
	_, rest, _ := strings.Cut(page, "<style>")
	inline, _, _ := strings.Cut(rest, "</style>")
	sum := sha256.Sum256([]byte(inline))
	want := `<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-` +
		strings.ReplaceAll(base64.StdEncoding.EncodeToString(sum[:]), "+", "&#43;") + `&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;">`
	if !strings.Contains(strings.ReplaceAll(page, "+", "&#43;"), want) {
		t.Errorf("policy of the page is not %s", want)
	}
	for _, s := range []string{"url(", "@import", "http", "<", "javascript", "expression"} {
		if strings.Contains(inline, s) {
			t.Errorf("the style holds %q", s)
		}
	}
}

// TestMarks: what is marked is marked, to the byte.
func TestMarks(t *testing.T) {
	page := written(t, Options{}, rendertest.Reports()["untrusted"])
	for _, want := range []string{
		`<mark>&#34;arn:aws:iam::210000000029:user/carol&#34;</mark> },</code>`,
		`user/<mark>carol</mark></code>`, `user/<mark>bob</mark></code>`,
		`<li class="row bad blocks"><span class="layer">trust</span> <span class="result">✗ denies</span>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

// TestIndex: one explanation needs none, several have one; nothing is nothing.
func TestIndex(t *testing.T) {
	all := rendertest.Reports()
	if got := written(t, Options{}); got != "" {
		t.Errorf("a page of nothing: %q", got)
	}
	if p := checkPage(t, written(t, Options{}, all["sso"])); len(p.links) > 0 || p.count["nav"] > 0 {
		t.Errorf("an index of one: %v", p.links)
	}
	p := checkPage(t, written(t, Options{}, all["sso"], all["unread"], all["simulated"]))
	if !slices.Equal(p.links, []string{"#r1", "#r2", "#r3"}) {
		t.Errorf("links %v", p.links)
	}
	if want := "DENIED DeveloperAccess/alice@example.com → Deployer (prod) scp.region_deny 2026-10-14 09:26:53Z"; !strings.Contains(p.text, want) {
		t.Errorf("no %q in the index: %s", want, p.text)
	}
}

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteError(t *testing.T) {
	p := New(full{}, Options{})
	for _, err := range []error{p.Add(rendertest.Reports()["bare"]), p.Close()} {
		if !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write the page: ") {
			t.Errorf("error %v", err)
		}
	}
}
