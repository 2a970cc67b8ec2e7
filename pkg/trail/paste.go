package trail

import (
	"bytes"
	"encoding/json"
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

// message reads text that is no JSON, up to a line that begins with a bracket,
// as what people paste: error messages of AWS among the noise of a terminal, a
// log or a chat. A message that is there twice (a client has tried again) is
// one.
func (d *reading) message(start int64) {
	var lines []string
	var at []int64
	size := 0
	for more := true; more; {
		at = append(at, d.s.offset())
		raw := d.s.line(maxText)
		lines = append(lines, unadorned(string(raw)))
		size += len(raw)
		ahead := d.s.ahead(64)
		rest := bytes.TrimLeft(ahead, " \t\r\n")
		more = len(ahead) > 0 && !d.done && size < maxPaste && (len(rest) == 0 || !looksJSON(rest))
	}
	at[0] = start
	type key struct{ code, message, call string }
	seen, budget := map[key]bool{}, maxJoins
	for i := 0; i < len(lines); {
		if !mayBegin(lines[i:]) {
			i++
			continue
		}
		r, n := d.pasted(lines[i:], &budget)
		if r == nil {
			i++
			continue
		}
		if next := i + n; r.RequestID == "" && next < len(lines) && strings.HasPrefix(strings.TrimLeft(lines[next], " "), "status code: ") {
			if m := requestID.FindStringSubmatch(lines[next]); m != nil {
				r.RequestID = m[1]
			}
		}
		if k := (key{r.ErrorCode, r.ErrorMessage, r.Source + r.Name}); !seen[k] {
			seen[k] = true
			d.emit(at[i], r)
		}
		i += n
	}
	if len(seen) == 0 {
		d.fail(start, unrecognized(strings.Join(lines, " ")), nil)
	}
}

// unrecognized says why text is nothing that can be explained, and what would be.
func unrecognized(text string) string {
	switch {
	case strings.Contains(text, strings.TrimSpace(wordEncoded)):
		return "an encoded authorization failure message, which AWS STS does not write: aws sts decode-authorization-message reads it"
	case json.Valid([]byte(text)):
		return "is JSON, but no CloudTrail record: hand over the whole record, from its { to its }"
	}
	return "neither JSON nor an error message of AWS: hand over CloudTrail records, or the message, such as \"User: ... is not authorized to perform: sts:AssumeRole on resource: ...\""
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

// read is FromMessage, or nil.
func (d *reading) read(text string) *Record {
	r, ok := FromMessage(text, d.file)
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

// mayBegin says that an error may begin in the first of the lines.
func mayBegin(lines []string) bool {
	has := func(s string) bool {
		return slices.ContainsFunc(beginnings, func(b string) bool { return strings.Contains(s, b) })
	}
	if has(lines[0]) || len(lines) == 1 || has(lines[1]) {
		return has(lines[0])
	}
	return has(lines[0]+lines[1]) || has(lines[0]+" "+strings.TrimLeft(lines[1], " "))
}

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
	return r.Hint.Resource != "" && strings.HasSuffix(text, r.Hint.Resource)
}

// whole says that a message does not go on in the next line.
func (h Hint) whole() bool {
	return h.Form != FormOther && (h.Form != FormDenied || h.Resource != "" || h.PolicyType != "" || h.Explicit)
}
