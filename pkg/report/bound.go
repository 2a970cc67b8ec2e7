package report

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"
)

// What a report keeps of one text, in bytes. Nothing that AWS takes is longer: an
// ARN has 2,048 characters at most (IAM User Guide, "IAM and AWS STS quotas"), and
// CloudTrail cuts messages and user agents at 1,024 (CloudTrail User Guide,
// "CloudTrail record contents"). A line of a policy may be longer where its author
// wrote it so.
const (
	maxValue = 2048
	maxLine  = 4096
	ends     = 512 // of a text that is cut, and of a mark, that stay
	around   = 256 // of what stands around a mark
	maxMarks = 8   // of one line around which text stays
)

// bound cuts what is longer in the middle, where it says how much is left out.
func bound(r *Report) {
	lines := make([][]string, len(r.Causes))
	for i := range r.Causes {
		q := &r.Causes[i].Quote
		boundQuote(q)
		lines[i], q.Lines = q.Lines, nil
	}
	r.eachString(bounded)
	for i := range r.Causes {
		r.Causes[i].Quote.Lines = lines[i]
	}
}

func bounded(s string) string {
	if len(s) <= maxValue {
		return s
	}
	out, _ := apply(s, cuts(s, nil))
	return out
}

func boundQuote(q *Quote) {
	for i, line := range q.Lines {
		if len(line) <= maxLine {
			continue
		}
		var marks []Mark
		for _, m := range q.Mark {
			if m.Line == q.First+i && len(marks) < maxMarks {
				marks = append(marks, m)
			}
		}
		shown, move := apply(line, cuts(line, marks))
		q.Lines[i] = shown
		for j := range q.Mark {
			if m := &q.Mark[j]; m.Line == q.First+i {
				m.From, m.To = min(move(m.From), len(shown)), min(move(m.To), len(shown))
			}
		}
	}
}

// cuts are the parts of a text that are left out: all but its ends, and the ends
// of what is marked with what stands around these.
func cuts(s string, marks []Mark) []edit {
	keep := []place{{0, ends}, {len(s) - ends, len(s)}}
	for _, m := range marks {
		keep = append(keep, place{m.From - around, min(m.From+ends, m.To)}, place{max(m.To-ends, m.From), m.To + around})
	}
	slices.SortFunc(keep, func(a, b place) int { return cmp.Compare(a.from, b.from) })
	var list []edit
	at := 0
	for _, k := range keep {
		from, to := atRune(s, at), atRune(s, k.from)
		if with := fmt.Sprintf("…(%d bytes)…", to-from); to-from > len(with) {
			list = append(list, edit{place{from, to}, with})
		}
		at = max(at, k.to)
	}
	return list
}

// atRune is the beginning of the character at i.
func atRune(s string, i int) int {
	i = min(max(i, 0), len(s))
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}
