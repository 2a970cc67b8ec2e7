package text

import (
	"regexp"
	"slices"
	"strings"
)

// wrap breaks c into lines of at most first, then width columns: at blanks,
// else behind a separator of ARNs and paths near the end, else anywhere. It
// drops the blanks at which it breaks; it gives at least one line.
func wrap(c cells, first, width int) []cells {
	lines := make([]cells, 0, usualLines(c, min(first, width)))
	room := first
	for {
		c = trimRight(c)
		end := fit(c, room)
		if end == len(c) {
			return append(lines, c)
		}
		end = breakAt(c, end, room)
		lines = append(lines, trimRight(c[:end]))
		c = trimLeft(c[end:])
		room = width
	}
}

// usualLines is how many lines of at most width columns nearly every text takes.
func usualLines(c cells, width int) int {
	if n := len(c); n > width && width > 0 {
		return n/width + 2
	}
	return 1
}

// fold breaks c into lines of at most width columns and keeps every blank, for
// lines whose columns matter.
func fold(c cells, width int) []cells {
	var lines []cells
	for {
		end := fit(c, width)
		if end == len(c) {
			return append(lines, c)
		}
		end = breakAt(c, end, width)
		lines = append(lines, c[:end])
		c = c[end:]
	}
}

// fit counts the cells that have room, at least one.
func fit(c cells, room int) int {
	w := 0
	for i := range c {
		if w += int(c[i].width); w > room && i > 0 {
			return i
		}
	}
	return len(c)
}

// breakAt finds the place to break c, of which end cells have room.
func breakAt(c cells, end, room int) int {
	if c[end].is(' ') && !glued(c, end+1) {
		return end
	}
	glue := 0 // a blank that should hold, for want of a better one
	for i := end; i > 0; i-- {
		if !c[i-1].is(' ') || blank(c[:i]) {
			continue
		}
		if !glued(c, i) {
			return i
		}
		glue = max(glue, i)
	}
	if glue > 0 {
		return glue
	}
	if c[end].is(' ') {
		return end
	}
	return insideWord(c, end, room)
}

// insideWord breaks where parts of ARNs, paths, host names and other names end,
// in this order, so that no part is broken that fits; never before a stop.
func insideWord(c cells, end, room int) int {
	for _, stops := range []string{"/:=,", ".", "-_@"} {
		for i := end; i > max(end-2*room/3, 1); i-- {
			if c[i-1].of(stops) && !inRegion(c, i) {
				return i
			}
		}
	}
	for i := end; i > max(end-room/2, 1); i-- { // where the next word of a name begins
		if c[i].isIn('A', 'Z') && c[i-1].isIn('a', 'z') {
			return i
		}
	}
	if end > 2 && c[end].of(",;.:)]}") {
		return end - 1
	}
	return end
}

// inRegion tells that a break at i is behind a hyphen of a region's name, such
// as us-gov-west-1.
func inRegion(c cells, i int) bool {
	if !c[i-1].is('-') {
		return false
	}
	from, to := i-1, i-1
	for from > 0 && partOfRegion(c[from-1]) {
		from--
	}
	for to < len(c) && partOfRegion(c[to]) {
		to++
	}
	return region.MatchString(joined(c[from:to]))
}

func partOfRegion(x cell) bool { return x.is('-') || x.isIn('a', 'z') || x.isIn('0', '9') }

// isIn tells that a cell is one character of a range.
func (x cell) isIn(first, last rune) bool { return x.more == 0 && x.char >= first && x.char <= last }

// of tells that a cell is one of some characters.
func (x cell) of(chars string) bool { return x.more == 0 && strings.ContainsRune(chars, x.char) }

var region = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)

// Words that should stay with the name behind them. Any other than of a caller
// or role needs a name that shows it is one, by a capital, a digit or a stop.
var (
	introductions = []string{"user", "role", "session", "group", "depends"}
	others        = []string{"account", "statement", "policy", "condition", "tag", "on", "OU", "SCP", "RCP"}
	// These are no names.
	followers = []string{"a", "and", "can", "cannot", "does", "for", "from", "in", "is", "may", "name", "of", "or", "than", "that", "the", "to", "trusts", "was", "whether", "with"}
)

// glued tells that the word before the blank at i-1 introduces the name behind
// it, which is short enough to go along.
func glued(c cells, i int) bool {
	const maxIntroduction, maxName = 12, 32
	from, to := i-1, i
	for from > 0 && !c[from-1].is(' ') && i-from <= maxIntroduction {
		from--
	}
	before := c[from:max(i-1, from)]
	for len(before) > 0 && before[0].char == '(' {
		before = before[1:]
	}
	if i < len(c) && len(before) > 0 && before[0].isIn('0', '9') && together(joined(before), c[i:]) {
		return true
	}
	introduced := slices.ContainsFunc(introductions, before.spell)
	if !introduced && !slices.ContainsFunc(others, before.spell) {
		return false // as nearly every word
	}
	for to < len(c) && !c[to].is(' ') && to-i <= maxName {
		to++
	}
	name := joined(c[i:to])
	if to-i > maxName || slices.Contains(followers, name) {
		return false
	}
	return introduced || strings.ContainsAny(name, "0123456789:/_ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

// together tells that a word that begins with a digit and the one behind it are
// one: a date and its time,
// a time and its zone, a number and its unit.
func together(before string, behind cells) bool {
	const dateWidth = len("2026-01-31")
	end := slices.IndexFunc(behind, func(x cell) bool { return x.is(' ') })
	if end < 0 {
		end = len(behind)
	}
	word := joined(behind[:min(end, len("00:00:00.000Z,"))])
	switch {
	case len(before) == dateWidth && before[4] == '-' && before[7] == '-':
		return len(word) > 2 && word[2] == ':'
	case strings.Contains(before, ":"):
		return strings.HasPrefix(word, "UTC")
	}
	return strings.Trim(before, "0123456789") == "" && slices.Contains(units, strings.TrimRight(word, ",.;)"))
}

var units = []string{"d", "h", "min", "s", "seconds", "minutes", "hours", "days", "levels"}

// spell tells that joined gives a word of ASCII, without a copy.
func (c cells) spell(word string) bool {
	if len(c) != len(word) {
		return false
	}
	for i := range c {
		if c[i].char != rune(word[i]) {
			return false
		}
	}
	return true
}

// joined is the text of cells, of clusters their first characters.
func joined(c cells) string {
	var b strings.Builder
	b.Grow(len(c))
	for _, x := range c {
		b.WriteRune(x.char)
	}
	return b.String()
}

func blank(c cells) bool { return len(trimRight(c)) == 0 }

func trimLeft(c cells) cells {
	for len(c) > 0 && c[0].is(' ') {
		c = c[1:]
	}
	return c
}
