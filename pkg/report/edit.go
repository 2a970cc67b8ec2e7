package report

import "strings"

// edit replaces a range of bytes of one line.
type edit struct {
	place
	with string
}

// lineEdits are the edits that hide the ExternalIds of a policy's text, by line
// counted from 1, each line's in order.
func lineEdits(text string) map[int][]edit {
	edits := map[int][]edit{}
	line, start := 1, 0
	for _, p := range externalIDs(text) {
		for {
			next := strings.IndexByte(text[start:], '\n')
			if next < 0 || start+next >= p.from {
				break
			}
			line, start = line+1, start+next+1
		}
		end := len(text)
		if next := strings.IndexByte(text[start:], '\n'); next >= 0 {
			end = start + next
		}
		edits[line] = append(edits[line], edit{place{p.from - start, min(p.to, end) - start}, hidden})
	}
	return edits
}

// apply makes the edits, which are in order and do not overlap, and gives where
// a column of the old line is in the new one: one inside of what was replaced
// moves to its beginning, its end to the end.
func apply(line string, edits []edit) (string, func(int) int) {
	if len(edits) == 0 {
		return line, func(i int) int { return i }
	}
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(line[at:e.from])
		b.WriteString(e.with)
		at = e.to
	}
	b.WriteString(line[at:])
	return b.String(), func(i int) int {
		shift := 0
		for _, e := range edits {
			switch {
			case i <= e.from:
				return i + shift
			case i < e.to:
				return e.from + shift
			}
			shift += len(e.with) - (e.to - e.from)
		}
		return i + shift
	}
}
