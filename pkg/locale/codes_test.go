package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// maxTitle fits beside the longest code in 80 columns.
const maxTitle = 47

// TestCodeWords: each language has all the words of the catalogue for every
// code, and no word for what is no code.
func TestCodeWords(t *testing.T) {
	for _, tag := range Languages() {
		l, err := For(tag)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range diagnose.Catalogue() {
			w := l.Code(string(e.Code))
			for name, text := range map[string]string{"title": w.Title, "means": w.Means, "apart": w.Apart, "mends": w.Mends} {
				if text == "" || text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
					t.Errorf("%s: %s: %s %q", tag, e.Code, name, text)
				}
			}
			limit := maxTitle
			if e.History {
				limit -= len(" *")
			}
			if n := len([]rune(w.Title)); n > limit {
				t.Errorf("%s: %s: title of %d letters: %s", tag, e.Code, n, w.Title)
			}
			kinds := slices.Sorted(slices.Values(e.Details))
			if diff := cmp.Diff(kinds, slices.Sorted(maps.Keys(w.Kinds))); diff != "" {
				t.Errorf("%s: %s: kinds of detail (-entry +words):\n%s", tag, e.Code, diff)
			}
			if l.Part(e.Part()) == "" || l.Ranking(int(e.Group)) == "" {
				t.Errorf("%s: %s: no words for its part or its group", tag, e.Code)
			}
			for _, o := range e.Owners {
				if l.Owner(string(o)) == "" {
					t.Errorf("%s: %s: no words for owner %s", tag, e.Code, o)
				}
			}
		}
		if w := l.Code("trust.gone"); w.Title != "" || l.Ranking(0) != "" || l.Ranking(99) != "" {
			t.Errorf("%s: words for what is no code: %+v", tag, w)
		}
	}
}

// TestEnglishCodesAreSentences: plain English, each text one to four sentences,
// without a code that does not exist.
func TestEnglishCodesAreSentences(t *testing.T) {
	codes := map[string]bool{}
	for _, c := range diagnose.Codes() {
		codes[string(c)] = true
	}
	for code, w := range enCodes {
		if !codes[code] {
			t.Errorf("%s is no code", code)
		}
		for _, text := range []string{w.Means, w.Apart, w.Mends} {
			if !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "!—–“”’") {
				t.Errorf("%s: not plain: %q", code, text)
			}
			if n := strings.Count(text, ". "); n > 3 {
				t.Errorf("%s: %d sentences: %q", code, n+1, text)
			}
			for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz_.", r) }) {
				word = strings.Trim(word, ".")
				part, reason, dotted := strings.Cut(word, ".")
				if dotted && enParts[part] != "" && reason != "" && !codes[word] {
					t.Errorf("%s names %s, which is no code", code, word)
				}
			}
		}
		for kind, text := range w.Kinds {
			if strings.HasSuffix(text, ".") || text == "" {
				t.Errorf("%s: %s: a clause, please: %q", code, kind, text)
			}
		}
		if strings.HasSuffix(w.Title, ".") {
			t.Errorf("%s: a title has no stop: %q", code, w.Title)
		}
	}
	if len(enCodes) != len(codes) {
		t.Errorf("words for %d codes of %d", len(enCodes), len(codes))
	}
}
