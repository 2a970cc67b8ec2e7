package report

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestBounded: a text that no AWS call can hold is cut in its middle, and says how
// much of it is left out; any other is kept.
func TestBounded(t *testing.T) {
	for _, s := range []string{"", "Deployer", strings.Repeat("k", maxValue)} {
		if got := bounded(s); got != s {
			t.Errorf("%d bytes became %d", len(s), len(got))
		}
	}
	for _, s := range []string{strings.Repeat("k", maxValue+1), "a" + strings.Repeat("k", 1<<20) + "z", "a" + strings.Repeat("é", 1<<15) + "z"} {
		got := bounded(s)
		if len(got) > 2*ends+40 || !utf8.ValidString(got) || !strings.Contains(got, " bytes)…") || got[0] != s[0] || got[len(got)-1] != s[len(s)-1] {
			t.Errorf("%d bytes became %q", len(s), got)
		}
	}
}

// TestBoundQuote: of a long line the ends and what is marked stay to be seen, and
// the marks stay where they belong.
func TestBoundQuote(t *testing.T) {
	long := strings.Repeat("x", 100_000)
	line := `"` + long + `",   "MARKED", "` + long + `": "` + long + `"`
	from := strings.Index(line, `"MARKED"`)
	second := strings.LastIndex(line, `: "`) + 2
	q := Quote{First: 7, Lines: []string{"short", line}, Mark: []Mark{{7, 0, 5}, {8, from, from + 8}, {8, second, len(line)}}}
	boundQuote(&q)
	got := q.Lines[1]
	if q.Lines[0] != "short" || q.Mark[0] != (Mark{7, 0, 5}) {
		t.Errorf("the short line became %q, %v", q.Lines[0], q.Mark[0])
	}
	if len(got) > maxLine {
		t.Errorf("the long line has %d bytes still", len(got))
	}
	if m := q.Mark[1]; got[m.From:m.To] != `"MARKED"` {
		t.Errorf("marked is %q", got[m.From:m.To])
	}
	if m := q.Mark[2]; m.To != len(got) || !strings.HasPrefix(got[m.From:], `"xxx`) || !strings.Contains(got[m.From:m.To], " bytes)…") {
		t.Errorf("the long mark is %v of %d: %q", m, len(got), got[m.From:m.To])
	}
}

// TestBoundReport: every text of a report is bounded, the lines of a quote by their
// own bound.
func TestBoundReport(t *testing.T) {
	long := strings.Repeat("k", 1<<20)
	r := &Report{Causes: []Cause{{Statement: Statement{Sid: long}, Condition: Condition{Key: long, Wanted: []string{long}}, Quote: Quote{First: 1, Lines: []string{long}}}}}
	bound(r)
	r.eachString(func(s string) string {
		if len(s) > maxValue {
			t.Errorf("a text of %d bytes is left", len(s))
		}
		return s
	})
}
