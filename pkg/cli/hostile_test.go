package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Texts that would act on a terminal or a reader if they were printed raw, as
// they stand in JSON: escapes, a bell, marks and overrides of direction,
// separators, controls of one byte, nothing to be seen, a tag, markup, and bytes
// that are no text.
var hostileTexts = []string{
	`\u001b[31m\u001b]0;title\u0007\u202eevil\u2066\u200f\u061c`,
	`\u2028\u2029\u0085\u009b1m\u0000\u007f\r\n\t\u200b\ufeff\udb40\udc41 ` + "\u202e\u200f",
	"\xff\xfe\xc3(\x80\u200e" + `<script>|x|` + "`" + `*_[a](http://example.com)\ud800`,
}

// views are the ways to look at an answer.
var views = [][]string{
	{"--format", "text", "--verbose"},
	{"--format", "json", "--verbose"},
	{"--format", "markdown", "--verbose"},
	{"--format", "text"},
	{"--format", "json", "--pretty"},
	{"--format", "markdown"},
	{"--format", "slack"},
	{"--format", "html", "--verbose"},
	{"--format", "slack", "--pretty"},
}

// raw is the first character of a text that must not be printed as it is, or 0.
func raw(text string) rune {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(text[i:]); n == 1 {
				return r
			}
		}
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) {
			return r
		}
	}
	return 0
}

// inject puts a text into the middle of a string or a member's name.
func (n node) inject(text []byte, other string) []byte {
	middle := (n.from + n.to) / 2
	for middle > n.from+1 && text[middle-1] == '\\' || middle == n.from {
		middle--
	}
	return node{from: max(middle, n.from+1), to: max(middle, n.from+1)}.with(text, other)
}

// thinned is usual, or with the race detector watching, which makes all slower,
// watched.
func thinned(usual, watched int) int {
	if raced() {
		return watched
	}
	return usual
}

// Whatever is in any string of a record: nothing of it is printed raw. All
// variants of one event are one input; each event has its view and its text in
// turn, so that each field meets each of them. (Every second field of an event
// is tried, another half in the next event.)
func TestHostileRecords(t *testing.T) {
	dir := filepath.Join(folder(t, "events"), "estate")
	for i, name := range sampleNames(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var in bytes.Buffer
		variants := map[string]string{}
		for k, n := range nodesOf(t, text) {
			if text[n.from] != '"' || n.name || (k/2+i)%thinned(2, 24) != 0 {
				continue
			}
			hostile := hostileTexts[(i/len(views)+len(variants))%len(hostileTexts)]
			middle := n.inject(text, hostile)
			instead := n.with(text, `"`+hostile+`"`)
			variants[n.path] = string(middle) + "\n" + string(instead)
			in.WriteString(variants[n.path] + "\n")
		}
		view := append([]string{"explain", "--estate", dir}, views[i%len(views)]...)
		_, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = &in; s.Columns = 80 + i%2*40 }, view...)
		if raw(stdout) == 0 && raw(stderr) == 0 {
			if !raced() && len(stdout) < 500 {
				t.Errorf("%s: only %q and %q came out", filepath.Base(name), stdout, stderr)
			}
			continue
		}
		for path, variant := range variants {
			_, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(variant); s.Columns = 80 + i%2*40 }, view...)
			if c := raw(stdout + stderr); c != 0 {
				t.Errorf("%s, %s: %q is printed in %q", filepath.Base(name), path, c, view[3:])
			}
		}
	}
}

// The same of the strings and the members' names of an estate in which every
// layer denies, and of those of one in which one file is no JSON.
func TestHostileEstates(t *testing.T) {
	turn := 0
	for _, name := range []string{"estate.json", "organization.json", "caller", "target", "providers", "endpoints"} {
		files := smallFiles("every")
		text := []byte(files[name])
		dir := t.TempDir()
		for _, n := range nodesOf(t, text) {
			if text[n.from] != '"' {
				continue
			}
			if turn++; turn%thinned(2, 12) != 0 {
				continue
			}
			hostile, view := hostileTexts[turn/2%len(hostileTexts)], views[turn/2%len(views)]
			files[name] = string(n.inject(text, hostile))
			if turn%10 == 0 {
				files[name] = files[name][:n.to+len(hostile)+3]
			}
			write(t, dir, files)
			_, stdout, stderr := run(t, func(s *Surroundings) { s.Stdin = strings.NewReader(deniedEvent) }, append([]string{"explain", "--estate", dir}, view...)...)
			if c := raw(stdout + stderr); c != 0 {
				t.Errorf("%s, %s: %q is printed in %q", name, n.path, c, view)
			}
			if stdout == "" {
				t.Errorf("%s, %s: no answer; %s", name, n.path, stderr)
			}
		}
	}
}
