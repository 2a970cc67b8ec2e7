package slack

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// The only forms that mrkdwn of ours has: words, code spans and labels in bold;
// links.
var (
	word   = `(?:[(]?(?:[0-9A-Za-z\x{80}-\x{10ffff}]+[-']?)*[0-9A-Za-z\x{80}-\x{10ffff}][)]?[,.;]*|[(]?[0-9]{2}:[0-9]{2}:[0-9]{2}Z?[)]?[,.;]*)`
	span   = "(?:`[^`\\n<>]+`[,.;]*)"
	words  = `(?:(?:` + word + `|` + span + `)(?: (?:` + word + `|` + span + `))*)?`
	value  = regexp.MustCompile(`^\*[A-Za-z ]+\*\n` + words + `$`)
	oneURL = `<https://[0-9A-Za-z._~:/?#@!$()+,;=%&-]+\|[a-zA-Z ]+>`
	linked = regexp.MustCompile(`^` + oneURL + `(?: · ` + oneURL + `)*$`)
	entity = regexp.MustCompile(`&(amp|lt|gt);`)
)

// checkMessage holds a message to Slack's limits and to what it may be made of.
func checkMessage(t testing.TB, m Message) {
	t.Helper()
	if m.Mrkdwn || m.UnfurlLinks || m.UnfurlMedia {
		t.Errorf("markup or previews are on: %+v", m)
	}
	if len(m.Blocks) == 0 || len(m.Blocks) > 50 {
		t.Errorf("%d blocks", len(m.Blocks))
	}
	checkEscaped(t, m.Text, 3000)
	for i, b := range m.Blocks {
		switch b.Type {
		case "header":
			if i > 0 || b.Text == nil || len(b.Fields)+len(b.Elements) > 0 {
				t.Errorf("header %+v", b)
				continue
			}
			checkObject(t, *b.Text, 150)
		case "section":
			if b.Text != nil || len(b.Elements) > 0 || len(b.Fields) == 0 || len(b.Fields) > 10 {
				t.Errorf("section %+v", b)
			}
			for _, f := range b.Fields {
				checkObject(t, f, 2000)
				if f.Type != "mrkdwn" || !value.MatchString(f.Text) {
					t.Errorf("field %q", f.Text)
				}
			}
		case "context":
			checkContext(t, b)
		case "rich_text":
			checkRich(t, b)
		default:
			t.Errorf("block %q", b.Type)
		}
	}
}

func checkContext(t testing.TB, b Block) {
	t.Helper()
	if b.Text != nil || len(b.Fields) > 0 || len(b.Elements) == 0 || len(b.Elements) > 10 {
		t.Errorf("context %+v", b)
	}
	for _, e := range b.Elements {
		if e.Style != nil || len(e.Elements) > 0 {
			t.Errorf("context element %+v", e)
		}
		if e.Type == "mrkdwn" {
			if !linked.MatchString(e.Text) || !e.Verbatim {
				t.Errorf("links %q", e.Text)
			}
			continue
		}
		checkObject(t, Text{Type: e.Type, Text: e.Text, Emoji: e.Emoji, Verbatim: e.Verbatim}, 3000)
	}
}

// checkObject checks a text object.
func checkObject(t testing.TB, x Text, most int) {
	t.Helper()
	checkEscaped(t, x.Text, most)
	switch {
	case x.Text == "":
		t.Error("an empty text object")
	case x.Type == "plain_text" && (x.Emoji == nil || *x.Emoji || x.Verbatim):
		t.Errorf("emoji are on: %+v", x)
	case x.Type == "mrkdwn" && (!x.Verbatim || x.Emoji != nil):
		t.Errorf("links are found: %+v", x)
	case x.Type != "plain_text" && x.Type != "mrkdwn":
		t.Errorf("type %q", x.Type)
	}
}

// checkEscaped wants no control character of Slack's but in an entity.
func checkEscaped(t testing.TB, s string, most int) {
	t.Helper()
	if n := len(utf16.Encode([]rune(s))); n > most {
		t.Errorf("%d characters of %d: %q", n, most, s)
	}
	if strings.ContainsAny(entity.ReplaceAllString(s, ""), "<>&") {
		t.Errorf("not escaped: %q", s)
	}
	checkCharacters(t, s)
}

func checkRich(t testing.TB, b Block) {
	t.Helper()
	if b.Text != nil || len(b.Fields) > 0 || len(b.Elements) == 0 {
		t.Errorf("rich text %+v", b)
	}
	for _, part := range b.Elements {
		if part.Type != "rich_text_section" && part.Type != "rich_text_preformatted" || part.Text != "" || len(part.Elements) == 0 {
			t.Errorf("part %+v", part)
		}
		for _, e := range part.Elements {
			if e.Type != "text" || e.Text == "" || e.Emoji != nil || e.Verbatim || len(e.Elements) > 0 {
				t.Errorf("element %+v", e)
			}
			if n := len(utf16.Encode([]rune(e.Text))); n > 4000 {
				t.Errorf("%d characters", n)
			}
			checkCharacters(t, e.Text)
		}
	}
}

// checkCharacters wants UTF-8 in which nothing acts and all is seen.
func checkCharacters(t testing.TB, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("no UTF-8: %q", s)
	}
	for _, c := range s {
		if c != '\n' && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co, unicode.Cs) || unicode.Is(unicode.Zs, c) && c != ' ' {
			t.Errorf("%U in %q", c, s)
		}
	}
}
