package policy

import (
	"strings"
	"unicode/utf8"
)

// Limits of a document. AWS's own are far lower: an endpoint policy may have
// 20,480 characters, others less.
const (
	MaxSize  = 1 << 20 // bytes as read
	MaxDepth = 64      // objects and lists within one another
	maxShown = 4096    // bytes of what is no JSON that Text keeps
)

// Parse reads a document: a JSON object, URL-encoded (RFC 3986) JSON, or a JSON
// string of either. It never fails: see Document.Broken and Findings.
func Parse(raw []byte) *Document {
	if len(raw) > MaxSize {
		return broken(string(raw[:maxShown]), fault{code: TooLarge})
	}
	src := unwrap(string(raw))
	sc := newScanner(src)
	if !sc.document() {
		return broken(src, sc.fault)
	}
	t := layout(sc)
	d := &Document{Text: t.src}
	r := reader{tree: t, doc: d, starts: lineStarts(t.src), stmt: -1}
	r.document(t.nodes[0])
	return d
}

// broken is a document of which there is nothing to evaluate. Its text is the
// beginning of what was read, in valid UTF-8.
func broken(src string, f fault) *Document {
	shown := src
	if len(shown) > maxShown {
		shown = shown[:maxShown]
		for i := len(shown); i > len(shown)-utf8.UTFMax; i-- {
			if utf8.RuneStart(src[i]) {
				shown = shown[:i]
				break
			}
		}
	}
	// Up to the fault the text is valid, so places before it keep their offset.
	shown = strings.ToValidUTF8(shown, "\ufffd")
	at := min(f.at, len(shown))
	end := at
	if at < len(shown) {
		_, size := utf8.DecodeRuneInString(shown[at:])
		end += size
	}
	r := reader{tree: tree{src: shown}, starts: lineStarts(shown)}
	return &Document{Text: shown, Broken: true, Findings: []Finding{{
		Statement: -1, Code: f.code, Text: strings.TrimRight(shown[at:end], "\r\n"), Span: r.span(int32(at), int32(end)),
	}}}
}
