// Package slack makes messages for Slack of a report: [Alert] for the security
// channel, which sees policy detail, [Repeat] for the thread below it, and
// [Requester] for whoever made the call, who learns what they may know and can
// do. A [Message] in JSON is the payload of an incoming webhook, and, with
// channel and thread_ts beside it, of chat.postMessage and chat.update
// (Slack API, "Sending messages using incoming webhooks", "chat.postMessage").
//
// All text of the report is hostile, and is escaped in one place, escape.go, so
// that it makes no markup, no mention, no link and no emoji. Where Slack takes
// text that it does not parse (rich text, plain_text), it gets that; only labels
// in bold and links of our own are mrkdwn. Messages stay within Slack's limits
// ("Block Kit", "Blocks") whatever a report holds.
//
// Pure and deterministic, safe for concurrent use; it never fails. It knows
// nothing of channels, threads and people: package deliver finds those.
package slack

// Message is one message. Text is what notifications and screen readers get in
// the place of the blocks ("chat.postMessage"): no markup is read in it.
type Message struct {
	Text        string  `json:"text"`
	Mrkdwn      bool    `json:"mrkdwn"`       // false: Text is no markup
	UnfurlLinks bool    `json:"unfurl_links"` // false: links of ours need no preview
	UnfurlMedia bool    `json:"unfurl_media"`
	Blocks      []Block `json:"blocks"`
}

// Block is a block of Slack's Block Kit: of Type header with Text, section with
// Fields, context or rich_text with Elements.
type Block struct {
	Type     string    `json:"type"`
	Text     *Text     `json:"text,omitempty"`
	Fields   []Text    `json:"fields,omitempty"`
	Elements []Element `json:"elements,omitempty"`
}

// Text is a text object ("Text object").
type Text struct {
	Type     string `json:"type"` // plain_text, mrkdwn
	Text     string `json:"text"`
	Emoji    *bool  `json:"emoji,omitempty"`    // of plain_text: false, so that :tada: stays text
	Verbatim bool   `json:"verbatim,omitempty"` // of mrkdwn: nothing is linked by itself
}

// Element is a text object of a context block, or a part of a rich_text block
// ("Rich text block"): rich_text_section or rich_text_preformatted with
// Elements, which are of Type text with Text and Style.
type Element struct {
	Type     string    `json:"type"`
	Text     string    `json:"text,omitempty"`
	Emoji    *bool     `json:"emoji,omitempty"`
	Verbatim bool      `json:"verbatim,omitempty"`
	Style    *Style    `json:"style,omitempty"`
	Elements []Element `json:"elements,omitempty"`
}

// Style is how a text element looks.
type Style struct {
	Bold bool `json:"bold,omitempty"`
	Code bool `json:"code,omitempty"`
}

// The limits that are Slack's ("Header block", "Section block", "Context
// block", "Text object", "Blocks"), and ours within them. Characters are counted
// as UTF-16 does, which is never fewer than any other way.
const (
	maxHeader  = 150  // characters of a header
	maxText    = 3000 // characters of any other text object
	maxField   = 2000 // characters of a section's field
	maxFields  = 10   // of a section
	maxContext = 10   // elements of a context block
	maxBlocks  = 50   // of a message
)

// no is the false that has to be said.
var no = new(bool)

func header(s string) Block {
	return Block{Type: "header", Text: &Text{Type: "plain_text", Text: plain(s, maxHeader), Emoji: no}}
}

func context(elements ...Element) Block { return Block{Type: "context", Elements: elements} }

// rich is a rich_text block of its parts.
func rich(parts ...Element) Block { return Block{Type: "rich_text", Elements: parts} }

// section is a part of a rich_text block that reads on. Empty texts, which
// Slack refuses, are left out.
func section(texts ...Element) Element {
	e := Element{Type: "rich_text_section"}
	for _, t := range texts {
		if t.Text != "" {
			e.Elements = append(e.Elements, t)
		}
	}
	return e
}

// preformatted is a code block; text is visible.
func preformatted(text string) Element {
	return Element{Type: "rich_text_preformatted", Elements: []Element{{Type: "text", Text: text}}}
}

// text, bold and code are texts of a section.
func text(s string) Element { return Element{Type: "text", Text: literal(s, maxSentence)} }

func bold(s string) Element {
	e := text(s)
	e.Style = &Style{Bold: true}
	return e
}

func code(s string) Element {
	e := text(s)
	e.Style = &Style{Code: true}
	return e
}

// raw is a text of ours between two others.
func raw(s string) Element { return Element{Type: "text", Text: s} }
