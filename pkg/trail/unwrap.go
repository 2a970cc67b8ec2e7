package trail

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// terminal is what a terminal obeys and does not show: control sequences
// (ECMA-48), titles and links.
var terminal = regexp.MustCompile("\x1b\\[[0-?]*[ -/]*[@-~]|\u009b[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)?|\x1b[ -/]*[0-~]")

// unadorned is a line of pasted text without what terminals, chats and mail
// programs put into it: colors, invisible characters, other blanks than the
// plain one, quotes that are not plain, a border or a quote mark in front.
// Blanks in front stay unless a border goes.
func unadorned(line string) string {
	line = strings.ToValidUTF8(line, "\uFFFD")
	if strings.ContainsAny(line, "\x1b\u009b") {
		line = terminal.ReplaceAllString(line, "")
	}
	line = strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || unicode.Is(unicode.Z, c):
			return ' '
		case c == '“' || c == '”' || c == '„' || c == '«' || c == '»':
			return '"'
		case c == '‘' || c == '’':
			return '\''
		case c == '\u2011': // a hyphen at which no line is broken
			return '-'
		case unicode.IsControl(c) || unicode.Is(unicode.Cf, c):
			return -1
		}
		return c
	}, line)
	const border = "|│┃╷╵╭╰╮╯─━┌└"
	if bare := strings.TrimLeft(line, " >"+border); strings.TrimLeft(line, " ") != bare {
		line = bare
	}
	return strings.TrimRight(line, " "+border)
}

// narrowest is how wide a terminal is at least: a line that is shorter was not
// broken by one.
const narrowest = 40

// A wrapping is the lines of one paragraph, joined one after the other in the
// two ways in which text is wrapped: at a blank, and where the line was full.
type wrapping struct {
	lines []string
	width int    // of the widest line but the last
	soft  string // each line's end is a blank
	hard  string // a full line goes on in the next
}

// add takes a further line.
func (w *wrapping) add(line string) {
	if len(w.lines) > 0 {
		w.width = max(w.width, utf8.RuneCountInString(w.lines[len(w.lines)-1]))
		w.soft += " "
	}
	w.lines = append(w.lines, line)
	w.soft += strings.TrimLeft(line, " ")
	var b strings.Builder
	for i, l := range w.lines {
		b.WriteString(l)
		if i < len(w.lines)-1 && !w.full(l) {
			b.WriteByte(' ')
		}
	}
	w.hard = b.String()
}

// full says that a line ended because there was no more room. A blank at its
// end is lost when it is copied: then it is one shorter.
func (w *wrapping) full(line string) bool {
	return w.width >= narrowest && utf8.RuneCountInString(line) == w.width || unfinished(line)
}

// unfinished says that a line ends in the middle of an ARN.
func unfinished(line string) bool {
	word := line[strings.LastIndexByte(line, ' ')+1:]
	return strings.HasPrefix(word, "arn:") && strings.TrimRight(word, ":/-") != word
}

// goesOn says that the next line is the rest of a name with which the paragraph
// so far ends: the line before was as full as those above it, and the next one
// begins with letters of a name and has nothing else, or a reason of AWS's.
func (w *wrapping) goesOn(next string) bool {
	last := w.lines[len(w.lines)-1]
	if len(w.lines) < 2 || utf8.RuneCountInString(last) != w.width || w.width < narrowest {
		return false
	}
	word, rest, _ := strings.Cut(next, " ")
	for _, c := range []byte(word) {
		if !isNameByte(c) && c != '/' {
			return false
		}
	}
	rest = " " + rest
	return word != "" && (rest == " " || strings.HasPrefix(rest, wordImplicit) || strings.HasPrefix(rest, wordExplicit))
}
