package text

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
)

// ours are the color codes that this package writes.
var ours = regexp.MustCompile(`\x1b\[(0|(0;)?(1|2|31|1;31|33|1;33|36|1;36))m`)

// FuzzText: whatever a report holds, no line is wider than the page, nothing
// reaches the terminal that it would obey, no line is forged, and every cause
// is there.
func FuzzText(f *testing.F) {
	for i := range uint64(400) {
		f.Add(i, uint8(i*37), rendertest.Fragments[int(i)%len(rendertest.Fragments)])
	}
	f.Fuzz(func(t *testing.T, seed uint64, how uint8, extra string) {
		o := Options{
			Width: 40 + int(how>>3)*3, Color: how&1 != 0, UTF8: how&2 != 0, Verbose: how&4 != 0,
		}
		r := rendertest.Random(seed, strings.ReplaceAll(extra, "CAUSE", ""))
		var out bytes.Buffer
		if err := Write(&out, r, o); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		if o.Color {
			text = ours.ReplaceAllString(text, "")
			o.Color = false
			var bare bytes.Buffer
			if err := Write(&bare, r, o); err != nil || bare.String() != text {
				t.Errorf("color changes more than colors: %q", text)
			}
		}
		checkCharacters(t, text, o)
		codes := 0
		for line := range strings.Lines(text) {
			line = strings.TrimSuffix(line, "\n")
			if w := uniseg.StringWidth(line); w > o.Width {
				t.Errorf("%d columns of %d: %q", w, o.Width, line)
			}
			if strings.HasSuffix(line, " ") {
				t.Errorf("blanks at the end: %q", line)
			}
			if strings.HasPrefix(line, "CAUSE") {
				if codes >= len(r.Causes) || !strings.HasPrefix(line, "CAUSE  "+r.Causes[codes].Code) {
					t.Errorf("cause %d is not there or forged: %q", codes, line)
				}
				codes++
			}
		}
		if codes != len(r.Causes) {
			t.Errorf("%d causes are shown, want %d", codes, len(r.Causes))
		}
	})
}

func checkCharacters(t *testing.T, text string, o Options) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("no UTF-8: %q", text)
	}
	for _, c := range text {
		switch {
		case c == '\n':
		case !o.UTF8 && c > '~':
			t.Errorf("%U without UTF8", c)
		case unicode.IsControl(c), unicode.Is(unicode.Cf, c), unicode.Is(unicode.Bidi_Control, c),
			unicode.Is(unicode.Z, c) && c != ' ', unicode.Is(unicode.Co, c):
			t.Errorf("%U reaches the terminal", c)
		}
	}
}
