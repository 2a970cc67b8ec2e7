package report

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/policy"
)

// The bounds of a quote: maxQuoted lines at most, whatever is marked, of which a
// format shows the marked ones first; maxUnmarked where nothing is marked. before
// and after are the lines around what is marked; the Sid is quoted where that
// makes no more than nearSid lines. Of a list of values, maxValues are marked.
const (
	maxQuoted   = 40
	maxUnmarked = 8
	nearSid     = 8
	before      = 2
	after       = 1
	maxValues   = 4
)

// quote takes the lines of a statement that matter: those that are marked with
// what stands around them, from the line of the Sid where that is near. What
// belongs to an ExternalId is hidden, and the marks moved with it.
func quote(p *policy.Policy, s *policy.Statement, marks []policy.Span) Quote {
	if p == nil || s == nil {
		return Quote{}
	}
	doc := p.Document()
	if doc == nil || doc.Broken {
		return Quote{}
	}
	text := searched(p)
	lines, edits := text.lines, text.edits
	marks, closing := widened(lines, marks)
	first, last := window(lines, s, marks, closing)
	if first < 1 || last < first {
		return Quote{}
	}
	q := Quote{First: first}
	for n := first; n <= last; n++ {
		line, move := apply(lines[n-1], edits[n])
		q.Lines = append(q.Lines, line)
		for _, m := range marks {
			if m.Line == n {
				q.Mark = append(q.Mark, mark(m, line, move))
			}
		}
	}
	return q
}

// allowing quotes of a policy that does not allow a call what it does allow: the
// actions of its first Allow statements.
func allowing(p *policy.Policy) Quote {
	if p == nil || p.Document() == nil {
		return Quote{}
	}
	var all *policy.Statement
	var marks []policy.Span
	list := p.Document().Statements
	for i := range list {
		s := &list[i]
		if s.Effect != policy.Allow || s.ActionSpan.Line == 0 || len(marks) == maxValues {
			continue
		}
		if all == nil {
			all = &policy.Statement{First: s.First}
		}
		all.Last = s.Last
		marks = append(marks, s.ActionSpan)
	}
	return quote(p, all, marks)
}

// mark is a span in the line as it is shown.
func mark(m policy.Span, line string, move func(int) int) Mark {
	from := min(max(move(m.From), 0), len(line))
	return Mark{Line: m.Line, From: from, To: min(max(move(m.To), from), len(line))}
}

// window gives the first and the last line to quote, counted from 1. closing is
// the line that ends the last list of which values are marked, or 0.
func window(lines []string, s *policy.Statement, marks []policy.Span, closing int) (first, last int) {
	begin, end := max(s.First, 1), min(s.Last, len(lines))
	if end < begin {
		return 0, -1
	}
	if begin < end && isBracket(lines[begin-1]) {
		begin++
	}
	if begin < end && isBracket(lines[end-1]) {
		end--
	}
	low, high := end+1, 0
	for _, m := range marks {
		if m.Line >= begin && m.Line <= end {
			low, high = min(low, m.Line), max(high, m.Line)
		}
	}
	if high == 0 {
		return begin, min(end, begin+maxUnmarked-1)
	}
	first, last = max(begin, low-before), min(end, high+after)
	if closing > high {
		last = min(end, closing)
	}
	if sid := sidLine(lines, begin, low); sid > 0 && last-sid < nearSid {
		first = min(first, sid)
	}
	return first, min(last, first+maxQuoted-1)
}

// isBracket says whether a line only opens or closes the statement.
func isBracket(line string) bool { return strings.Trim(line, " \t\r{}[],") == "" }

// sidLine is the line of the statement's Sid at or before what is marked; 0
// where there is none.
func sidLine(lines []string, begin, low int) int {
	for n := begin; n <= low; n++ {
		if strings.HasPrefix(strings.TrimLeft(lines[n-1], " \t{"), `"Sid"`) {
			return n
		}
	}
	return 0
}

// widened puts in place of a mark on the first line of a member that runs over
// several lines marks on its values: they are what was compared. It also gives
// the line on which the last such member ends.
func widened(lines []string, marks []policy.Span) (out []policy.Span, closing int) {
	for _, m := range marks {
		inner, end := members(lines, m)
		if len(inner) == 0 {
			inner = []policy.Span{m}
		}
		for _, i := range inner {
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
		closing = max(closing, end)
	}
	return out, closing
}

// members are the values on lines of their own in what a mark opens, and the
// line that closes it; none where it opens nothing.
func members(lines []string, m policy.Span) (values []policy.Span, closing int) {
	if m.Line < 1 || m.Line > len(lines) || !opens(lines[m.Line-1]) || m.To < len(strings.TrimRight(lines[m.Line-1], " \t\r")) {
		return nil, 0
	}
	depth := 1
	for n := m.Line + 1; n <= min(len(lines), m.Line+maxQuoted); n++ {
		line := strings.TrimRight(lines[n-1], " \t\r,")
		switch {
		case isBracket(line) && !opens(line):
			depth--
		case opens(line):
			depth++
		case len(values) < maxValues:
			from := len(line) - len(strings.TrimLeft(line, " \t"))
			values = append(values, policy.Span{Line: n, From: from, To: len(line)})
		}
		if depth == 0 {
			return values, n
		}
	}
	return values, 0
}

// opens says whether a line ends in what opens a list or an object.
func opens(line string) bool {
	line = strings.TrimRight(line, " \t\r")
	return strings.HasSuffix(line, "[") || strings.HasSuffix(line, "{")
}
