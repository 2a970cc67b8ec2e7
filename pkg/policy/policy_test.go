package policy

import (
	"sync"
	"testing"
)

// One document, used at once by many, is parsed and compiled once. Run with
// the race detector.
func TestPolicyConcurrentFirstUse(t *testing.T) {
	p := New(Meta{Kind: KindIdentity, Name: "a"}, []byte(`{"Statement":[]}`))
	q := p.As(Meta{Kind: KindBoundary, Name: "a"})
	var builds int // guarded by the promise that build runs once
	build := func(d *Document) any {
		builds++
		return d
	}
	const n = 16
	docs := make([]*Document, n)
	memos := make([]any, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			of := []*Policy{p, q}[i%2]
			docs[i] = of.Document()
			memos[i] = of.Compiled(build)
		})
	}
	wg.Wait()
	for i := range n {
		if docs[i] != docs[0] || memos[i] != any(docs[0]) {
			t.Fatalf("use %d: another document or compiled form than use 0", i)
		}
	}
	if builds != 1 {
		t.Errorf("built %d times, want 1", builds)
	}
}

func TestPolicyAs(t *testing.T) {
	p := New(Meta{Kind: KindIdentity, AttachedTo: "alice"}, []byte(`{"Statement":[]}`))
	q := p.As(Meta{Kind: KindBoundary, AttachedTo: "bob"})
	if p.Kind != KindIdentity || p.AttachedTo != "alice" || q.Kind != KindBoundary || q.AttachedTo != "bob" {
		t.Errorf("metas are %+v and %+v", p.Meta, q.Meta)
	}
	if p.Document() != q.Document() {
		t.Error("the documents are not the same one")
	}
}

func TestDocumentVariables(t *testing.T) {
	for version, want := range map[string]bool{
		`"Version":"2012-10-17",`: true,
		`"Version":"2008-10-17",`: false,
		`"Version":"2020-01-01",`: false,
		``:                        false,
	} {
		if got := Parse([]byte(`{` + version + `"Statement":[]}`)).Variables(); got != want {
			t.Errorf("%s: variables %v, want %v", version, got, want)
		}
	}
}
