package render

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestExcerptFarApart: every mark is shown with what stands before it, and the
// end of a list; where that is too much, the marks come first.
func TestExcerptFarApart(t *testing.T) {
	q := Quote{First: 1}
	for i := range 30 {
		q.Lines = append(q.Lines, "line "+strconv.Itoa(i+1))
	}
	q.Lines = append(q.Lines, "]")
	shown := func(lines ...int) string {
		q.Mark = nil
		for _, n := range lines {
			q.Mark = append(q.Mark, Span{Line: n, From: 0, To: 4})
		}
		var list []string
		for _, l := range q.Excerpt(false) {
			if l.Skipped {
				list = append(list, "…")
			} else {
				list = append(list, strconv.Itoa(l.Number))
			}
		}
		return strings.Join(list, " ")
	}
	for _, test := range []struct{ got, want string }{
		{shown(2, 20), "1 2 3 … 18 19 20 21 … 31"},
		{shown(2, 5), "1 2 3 4 5 6 … 31"},
		{shown(), "1 2 3 4 5 6 7 8 9 10"},
		{shown(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24), "2 … 4 … 6 … 8 … 10 … 12 … 14 … 16 … 18 … 20"},
	} {
		if test.got != test.want {
			t.Errorf("lines %s, want %s", test.got, test.want)
		}
	}
	if all := q.Excerpt(true); len(all) != 31 {
		t.Errorf("%d lines of all, want 31", len(all))
	}
}

// TestExcerpt: braces, blanks that all lines begin with and tabs are gone, and
// the marks are still at the same characters.
func TestExcerpt(t *testing.T) {
	q := Quote{
		First: 7, Lines: []string{"{", "    \t\"Sid\":\t\"A\",", "", "      \"Effect\"", "  },"},
		Mark: []Span{{8, 12, 15}, {8, 3, 3}, {10, -4, 99}, {11, 0, 1}},
	}
	want := []Line{
		{Number: 8, Text: `"Sid":  "A",`, Marks: []Range{{8, 11}}},
		{Number: 9, Text: ""},
		{Number: 10, Text: `"Effect"`, Marks: []Range{{-10, 93}}},
	}
	if d := cmp.Diff(want, q.Excerpt(false)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	for first, want := range map[int]int{math.MinInt: 1, 0: 1, math.MaxInt: math.MaxInt32} {
		if got := (Quote{First: first, Lines: []string{"x"}}).Excerpt(true); len(got) != 1 || got[0].Number != want {
			t.Errorf("first line %d: %v, want number %d", first, got, want)
		}
	}
	if got := (Quote{}).Excerpt(true); got != nil {
		t.Errorf("no lines: %v", got)
	}
}

func TestCarets(t *testing.T) {
	tests := []struct {
		text          string
		marks         []Range
		shown, carets string
	}{
		{"abc", nil, "abc", ""},
		{"abc", []Range{{1, 2}}, "abc", " ^"},
		{"abc", []Range{{-5, 1}, {2, 99}}, "abc", "^ ^"},
		{"a\x1bb", []Range{{2, 3}}, `a\x1bb`, "     ^"},
		{"a\x1bb", []Range{{1, 2}}, `a\x1bb`, " ^^^^"},
		{"部署x", []Range{{3, 7}}, "部署x", "  ^^^"},
		{"e\u0301x", []Range{{3, 4}}, "e\u0301x", " ^"},
		{"", []Range{{0, 4}}, "", ""},
	}
	for _, tt := range tests {
		if shown, carets := Carets(tt.text, tt.marks); shown != tt.shown || carets != tt.carets {
			t.Errorf("Carets(%q, %v) = %q, %q, want %q, %q", tt.text, tt.marks, shown, carets, tt.shown, tt.carets)
		}
	}
}

func TestShown(t *testing.T) {
	f := Fact{Values: make([]Value, 7)}
	for all, want := range map[bool][2]int{true: {7, 0}, false: {5, 2}} {
		if values, more := f.Shown(all); len(values) != want[0] || more != want[1] {
			t.Errorf("all %v: %d values and %d more, want %v", all, len(values), more, want)
		}
	}
	c := Cause{Facts: []Fact{{Label: "wanted"}, {Label: "by", Proof: true}}}
	if len(c.Shown(true)) != 2 || len(c.Shown(false)) != 1 || len(c.Facts) != 2 {
		t.Errorf("facts %v and %v of %v", c.Shown(true), c.Shown(false), c.Facts)
	}
	u := Unknowns{Settled: true, Groups: []Gaps{{List: []Gap{{"a", "b"}}}, {Tone: Faint, List: []Gap{{"c", "d"}}}}}
	if d := cmp.Diff([]Gaps{{List: []Gap{{What: "a"}}}}, u.Shown(false)); d != "" {
		t.Errorf("gaps (-want +got):\n%s", d)
	}
	if d := cmp.Diff(u.Groups, u.Shown(true)); d != "" || u.Groups[0].List[0].Settle != "b" {
		t.Errorf("all gaps (-want +got):\n%s", d)
	}
	for headline, want := range map[string]string{"A. B. C": "A.| B. C", "A": "A|", "": "|", "1.5": "1.5|"} {
		if first, rest := (Lead{Headline: headline}).Sentences(); first+"|"+rest != want {
			t.Errorf("sentences of %q: %q, want %q", headline, first+"|"+rest, want)
		}
	}
}
