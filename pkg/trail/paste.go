package trail

import (
	"bytes"
	"slices"
	"strings"
)

// Limits of pasted text: bytes of a line, lines of one message, and bytes that
// are looked at together.
const (
	maxText  = 16 << 10
	maxLines = 16
	maxPaste = MaxRecord
	maxJoins = 128 << 10 // bytes of lines joined to others, in one text; then each line is read alone
)

// message reads text that is no JSON, up to a line that begins with a bracket or
// a record within a line (what stands before that one, as a log writes it, is
// nothing to complain of), as what people paste: error messages of AWS among the noise of a terminal, a
// log or a chat. A message that is there twice (a client has tried again) is
// one.
func (d *reading) message(start int64) {
	var lines []string
	var at []int64
	size := 0
	for more := true; more; {
		from := d.s.offset()
		raw := d.s.line(maxText)
		for _, one := range apart(unadorned(string(raw))) {
			lines, at = append(lines, one), append(at, from)
		}
		size += len(raw)
		ahead := d.s.ahead(64)
		rest := bytes.TrimLeft(ahead, " \t\r\n")
		more = len(ahead) > 0 && !d.done && size < maxPaste && (len(rest) == 0 || !looksJSON(rest))
	}
	at[0] = start
	type key struct{ code, message, call string }
	seen, budget := map[key]bool{}, maxJoins
	begins := make([]bool, len(lines))
	for i, l := range lines {
		begins[i] = beginsIn(l)
	}
	var above told
	for i := 0; i < len(lines); {
		above.look(lines, i)
		if last := i+1 == len(lines); !begins[i] && (last || begins[i+1] || !beginsAcross(lines[i], lines[i+1])) {
			i++
			continue
		}
		r, n := d.pasted(lines[i:], &budget)
		if r == nil {
			i++
			continue
		}
		if next := i + n; r.RequestID == "" && next < len(lines) && strings.HasPrefix(strings.TrimLeft(lines[next], " "), "status code: ") {
			r.RequestID = requestOf(lines[next])
		}
		if k := (key{r.ErrorCode, r.ErrorMessage, r.Source + r.Name}); !seen[k] {
			seen[k] = true
			above.tell(r)
			d.emit(at[i], r)
		}
		above = told{}
		i += n
	}
	if next := d.s.ahead(history); len(seen) == 0 && (len(next) == 0 || next[0] != '{' || d.s.before() == '\n' || !opensRecord(next[1:])) {
		d.fail(start, unrecognized(strings.Join(lines, " ")), nil)
	}
}

// apart splits a line that holds several denials, one behind the other, so that
// each has its own; what a client says before a denial stays with it.
func apart(line string) []string {
	if strings.Count(line, wordDenied) < 2 {
		return []string{line}
	}
	var list []string
	begun := 0
	found := deniedWords.FindAllStringIndex(line, -1)
	for i := 1; i < len(found); i++ {
		end, next := found[i-1][1], found[i][0]
		for _, word := range []string{"An error occurred (", "operation error "} {
			if at := strings.Index(line[end:next], word); at >= 0 {
				next = end + at
			}
		}
		list, begun = append(list, line[begun:next]), next
	}
	return append(list, line[begun:])
}

// pasted reads the error that begins with the first of the lines, and says how
// many lines it takes; nil when there is none. It may go on in further lines of
// its paragraph: the fewest that make it whole are taken.
func (d *reading) pasted(lines []string, budget *int) (first *Record, taken int) {
	var w wrapping
	broken := false
	for i, line := range lines[:min(len(lines), maxLines)] {
		if strings.Trim(line, " ") == "" || len(w.soft)+len(line) > maxText || i > 0 && *budget < 0 || first != nil && opens(line) {
			break
		}
		if i > 0 {
			*budget -= len(w.soft) + len(line)
		}
		w.add(line)
		soft := d.read(w.soft)
		hard := soft
		if i > 0 {
			hard = d.read(w.hard)
		}
		if broken || hard.role() != "" && soft.role() == "" {
			soft, w.soft = hard, w.hard
		}
		switch more := i+1 < len(lines); {
		case soft == nil:
		case soft.Hint.whole() && more && soft.atEnd(w.soft) && w.goesOn(lines[i+1]):
			broken = true // the rest of the name is in the next line
		case soft.Hint.whole() && (soft.role() != "" || soft.Hint.Form != FormDenied || !soft.atEnd(w.soft)):
			return soft, i + 1
		case first == nil || first.Hint.Form == FormOther && soft.Hint.Form != FormOther:
			first, taken = soft, i+1
		}
	}
	return first, taken
}

// read is the record of a message in joined lines, or nil.
func (d *reading) read(text string) *Record {
	r, ok := fromText(text, d.file)
	if !ok {
		return nil
	}
	return r
}

// role is that of the message, if there is one.
func (r *Record) role() string {
	if r == nil {
		return ""
	}
	return r.Hint.RoleARN
}

// beginnings are words with one of which every error begins.
var beginnings = func() []string {
	list := []string{wordUser, "An error occurred (", "operation error ", "api error ", "Not authorized to perform "}
	for _, p := range fixed {
		list = append(list, p.begin+p.has)
	}
	return list
}()

// beginsIn says that an error may begin in a line.
func beginsIn(line string) bool {
	return slices.ContainsFunc(beginnings, func(b string) bool { return strings.Contains(line, b) })
}

// beginsAcross says that an error may begin with words of which some are at the
// end of a line and the rest in the next, with a blank between them or none.
func beginsAcross(line, next string) bool {
	last := byte(' ')
	if line != "" {
		last = line[len(line)-1]
	}
	bare := strings.TrimLeft(next, " ")
	across := func(s seam) bool {
		fits := strings.HasPrefix(next, s.tail) || s.tail[0] == ' ' && strings.HasPrefix(bare, s.tail[1:])
		return fits && strings.HasSuffix(line, s.head)
	}
	return slices.ContainsFunc(seams[last], across) || slices.ContainsFunc(seams[0], across)
}

// A seam is one of the places in which a beginning may be broken in two.
type seam struct{ head, tail string }

// seams by the last byte of the head; those without a head are under 0.
var seams = func() (list [256][]seam) {
	for _, b := range beginnings {
		if b[0] == ' ' {
			list[0] = append(list[0], seam{"", b})
		}
		for k := 1; k < len(b); k++ {
			list[b[k-1]] = append(list[b[k-1]], seam{b[:k], b[k:]})
		}
	}
	return list
}()

// opens says that a line begins another error.
func opens(line string) bool {
	for _, s := range []string{"An error occurred (", "operation error ", "Error: "} {
		if strings.Contains(line, s) {
			return true
		}
	}
	return false
}

// atEnd says that a text ends with the role that its message names.
func (r *Record) atEnd(text string) bool {
	return r.Hint.Resource != "" && strings.HasSuffix(strings.TrimRight(text, ".,"), strings.TrimRight(r.Hint.Resource, ".,"))
}

// whole says that a message does not go on in the next line.
func (h Hint) whole() bool {
	return h.Form != FormOther && (h.Form != FormDenied || h.Resource != "" || h.PolicyType != "" || h.Explicit)
}
