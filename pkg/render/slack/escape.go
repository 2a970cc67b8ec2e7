package slack

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/render"
)

// Ours, so that a message stays one that is read: Slack takes more.
const (
	maxSentence = 1500
	maxValue    = 240
)

// entities are what Slack reads as control characters in text objects and in
// the text of a message ("Formatting text for app surfaces", "Escaping text").
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// literal gives s for a text element of rich text, which Slack shows as it is:
// it is made visible and cut, and has no other escape.
func literal(s string, most int) string { return cut(s, most, units) }

// plain gives s for a plain_text object or a message's text, at most so many
// characters with its escapes.
func plain(s string, most int) string {
	return entities.Replace(cut(s, most, func(s string) int { return units(entities.Replace(s)) }))
}

// prose gives s for mrkdwn: words of letters and digits as they are, and every
// word that holds anything else in a code span, in which Slack reads no markup,
// no emoji and no mention. mrkdwn has no escape for its own signs; a backtick,
// which would end the span, is shown as an escape.
func prose(s string) string {
	var out, run []string
	tail := ""
	end := func() {
		if len(run) > 0 {
			out = append(out, "`"+entities.Replace(strings.Join(run, " "))+"`"+tail)
		}
		run, tail = nil, ""
	}
	for _, w := range strings.Fields(strings.ReplaceAll(cut(s, maxValue, units), "`", render.Escape('`'))) {
		core := strings.TrimRight(w, ",.;")
		if simple(strings.TrimSuffix(strings.TrimPrefix(core, "("), ")")) {
			end()
			out = append(out, w)
			continue
		}
		if tail != "" {
			end()
		}
		if core == "" {
			core = w
		}
		run, tail = append(run, core), w[len(core):]
	}
	end()
	return strings.Join(out, " ")
}

// clock is a time of day, which is no emoji.
var clock = regexp.MustCompile(`^[0-9]{2}:[0-9]{2}:[0-9]{2}Z?$`)

// simple says that a word is letters and digits with hyphens and apostrophes
// between them, and holds nothing that Slack reads as markup or a link.
func simple(s string) bool {
	if clock.MatchString(s) {
		return true
	}
	between := false
	for _, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= utf8.RuneSelf:
			between = true
		case (c == '-' || c == '\'') && between:
			between = false
		default:
			return false
		}
	}
	return between
}

// cut makes s visible and, where size says that it is longer than most, cuts
// its end. Size is that of a string, and never less than of a part of it.
func cut(s string, most int, size func(string) int) string {
	shown := render.Visible(s)
	if size(shown) <= most {
		return shown
	}
	var b strings.Builder
	left := most - 1
	for p := range render.Pieces(s) {
		if left -= size(p.Text); left < 0 {
			break
		}
		b.WriteString(p.Text)
	}
	return b.String() + "…"
}

// units counts as UTF-16 does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// link is a link in mrkdwn with a label of ours, and empty unless the address
// is one of https that ends where it seems to.
func link(address, label string) string {
	rest, ok := strings.CutPrefix(address, "https://")
	if !ok || rest == "" || len(address) > maxText/4 || strings.ContainsFunc(rest, func(r rune) bool { return !inAddress(r) }) {
		return ""
	}
	return "<" + entities.Replace(address) + "|" + prose(label) + ">"
}

// inAddress are the characters of a URL (RFC 3986) but for quotes, brackets and
// what else could end it in mrkdwn.
func inAddress(r rune) bool {
	return r < utf8.RuneSelf && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' ||
		strings.ContainsRune("-._~:/?#@!$&()+,;=%", r))
}
