package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// What may stand around a word of a sentence and is no markup there.
const (
	opening = `("'“‘`
	closing = `.,;:!?)"'”’`
)

// prose gives s as the text of one block: plain words as they are, and each
// word that holds anything else (a name with an underscore, an ARN, a mention,
// a link, markup) as a code span, in which nothing is read as markup, no link
// is made and nobody is notified. Such words side by side are one code span, as
// a command is. Blanks in a row are one, as on any page.
func prose(s string) string {
	var list []token
	for w := range strings.SplitSeq(render.Visible(s), " ") {
		if w == "" {
			continue
		}
		t := word(w)
		if n := len(list) - 1; n >= 0 && t.follows(list[n]) {
			list[n].core += " " + t.core
			list[n].tail = t.tail
			continue
		}
		list = append(list, t)
	}
	words := make([]string, len(list))
	for i, t := range list {
		words[i] = t.text(i == 0)
	}
	return strings.Join(words, " ")
}

// cell is prose in a table, where no escape of a pipe is understood by all.
func cell(s string) string { return prose(strings.ReplaceAll(s, "|", render.Escape('|'))) }

// strong puts prose or a cell in bold, unless it is empty.
func strong(escaped string) string {
	if escaped == "" {
		return ""
	}
	return "**" + escaped + "**"
}

// token is a word with the punctuation of its sentence around it.
type token struct {
	head, core, tail string
	code             bool
}

// word takes a word apart. Quotes around code belong to it.
func word(w string) token {
	t := token{core: strings.TrimLeft(w, opening)}
	t.head = w[:len(w)-len(t.core)]
	rest := t.core
	t.core = strings.TrimRight(rest, closing)
	t.tail = rest[len(t.core):]
	switch {
	case t.core == "":
		return token{core: w, code: true}
	case plain(t.core):
		return t
	}
	t.code = true
	if n := len(t.head) - 1; n >= 0 && t.tail != "" && t.head[n] == t.tail[0] {
		t.core = t.head[n:] + t.core + t.tail[:1]
		t.head, t.tail = t.head[:n], t.tail[1:]
	}
	return t
}

// follows says that two tokens are one run of code.
func (t token) follows(before token) bool {
	return t.code && before.code && before.tail == "" && t.head == ""
}

// text is the token as Markdown; first says that a block begins with it.
func (t token) text(first bool) string {
	switch {
	case t.code:
		return t.head + code(t.core) + t.tail
	case first && t.head == "" && strings.Trim(t.core, "0123456789") == "" && t.tail != "":
		return t.core + `\` + t.tail // else a list begins here
	}
	return t.head + t.core + t.tail
}

// What looks like a word and is linked all the same: an issue of a tracker and
// a commit (GitHub Docs, "Autolinked references and URLs"). What looks like
// markup and is a time.
var (
	issue  = regexp.MustCompile(`(^|[^0-9A-Za-z-])[A-Za-z]+-[0-9]+($|[^0-9A-Za-z-])`)
	commit = regexp.MustCompile(`^[0-9a-fA-F]{7,64}$`)
	clock  = regexp.MustCompile(`^[0-9]{2}:[0-9]{2}:[0-9]{2}Z?$`)
)

// plain says that a word is letters and digits, hyphens and apostrophes between
// them. All that Markdown and what is built on it reads as markup is ASCII.
func plain(s string) bool {
	if clock.MatchString(s) {
		return true
	}
	if issue.MatchString(s) || commit.MatchString(s) && strings.Trim(s, "0123456789") != "" {
		return false
	}
	inside := false
	for i, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= utf8.RuneSelf:
			inside = true
		case (c == '-' || c == '\'') && inside && i < len(s)-1:
			inside = false
		default:
			return false
		}
	}
	return true
}

// code is a code span that holds s whatever is in it. s is visible, not empty,
// and neither begins nor ends with a blank.
func code(s string) string {
	fence := strings.Repeat("`", longest(s)+1)
	pad := ""
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		pad = " "
	}
	return fence + pad + s + pad + fence
}

// fenced is a code block that holds the lines whatever is in them; they are
// visible.
func fenced(lines []string) string {
	text := strings.Join(lines, "\n")
	fence := strings.Repeat("`", max(longest(text)+1, 3))
	return fence + "text\n" + text + "\n" + fence
}

// longest is the length of the longest run of backticks.
func longest(s string) int {
	most, run := 0, 0
	for _, c := range []byte(s) {
		run++
		if c != '`' {
			run = 0
		}
		most = max(most, run)
	}
	return most
}
