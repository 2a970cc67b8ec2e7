package policy

import (
	"slices"
	"strings"
)

// layout makes the display text of a scanned document: the tree of that text.
//
// A document whose author wrote no line break between any two members or items
// (one long line, as the API and compact encoders give it) is indented by two
// spaces, each member and item on its own line, as Indent of encoding/json does.
// If that would exceed MaxSize (deeply nested lists of many items) its lines
// are left alone.
//
// Any other document keeps its lines, blank ones too, and loses only
//   - the white space that all lines after the first have in common: the first
//     line begins with the opening bracket wherever that stood, so the common
//     white space is the indentation of the file around it. A document that
//     stands alone has its last bracket in the first column and loses nothing.
//     Where the closing bracket shares the last line with other things, one
//     step (a tab or two spaces) is left, since every line is then inside;
//   - white space at the end of lines; CR LF and CR become LF.
//
// Laying out a display text again changes nothing.
func layout(sc *scanner) tree {
	if !sc.lines {
		in := indenter{tree: tree{sc.src, slices.Clone(sc.nodes)}}
		in.b.Grow(2 * len(sc.src))
		if in.value(0, 0); in.b.Len() <= MaxSize {
			return tree{in.b.String(), in.nodes}
		}
	}
	text := outdent(sc.src)
	if text == sc.src {
		return sc.tree
	}
	again := newScanner(text)
	again.document() // only white space has changed
	return again.tree
}

// indenter writes a scanned text anew, scalars and keys byte for byte. Its
// nodes hold old places where it has not been and new ones where it has.
type indenter struct {
	tree
	b strings.Builder
}

func (in *indenter) value(at int32, depth int) {
	n := &in.nodes[at]
	from := int32(in.b.Len())
	switch {
	case from > MaxSize: // given up: see layout
	case n.first != 0 && n.kind == objectNode:
		in.b.WriteByte('{')
		for i := n.first; i != 0; i = in.nodes[i].next {
			m := &in.nodes[i]
			in.line(i != n.first, depth+1)
			key := int32(in.b.Len())
			in.b.WriteString(in.src[m.key:m.keyTo])
			m.key, m.keyTo = key, int32(in.b.Len())
			in.b.WriteString(": ")
			in.value(i, depth+1)
		}
		in.line(false, depth)
		in.b.WriteByte('}')
	case n.first != 0:
		in.b.WriteByte('[')
		for i := n.first; i != 0; i = in.nodes[i].next {
			in.line(i != n.first, depth+1)
			in.value(i, depth+1)
		}
		in.line(false, depth)
		in.b.WriteByte(']')
	case n.kind == objectNode:
		in.b.WriteString("{}")
	case n.kind == listNode:
		in.b.WriteString("[]")
	default:
		in.b.WriteString(in.src[n.from:n.to])
	}
	n.from, n.to = from, int32(in.b.Len())
}

const spaces = "                                                                " +
	"                                                                " // two for each of MaxDepth levels

func (in *indenter) line(comma bool, depth int) {
	if comma {
		in.b.WriteByte(',')
	}
	in.b.WriteByte('\n')
	in.b.WriteString(spaces[:2*depth])
}

// outdent takes off what layout says. JSON strings hold no raw line break, so
// every line's leading and trailing white space stands between tokens.
func outdent(src string) string {
	if !strings.ContainsAny(src, "\r\n") {
		return src
	}
	src = strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(src, "\n")
	cut := surplus(lines)
	for i, l := range lines {
		l = strings.TrimRight(l, " \t")
		if i > 0 && l != "" {
			l = l[cut:]
		}
		lines[i] = l
	}
	return strings.Join(lines, "\n")
}

// surplus is the number of leading bytes to take off every line but the first.
func surplus(lines []string) int {
	common, first := "", true
	for _, l := range lines[1:] {
		body := strings.TrimLeft(l, " \t")
		switch lead := l[:len(l)-len(body)]; {
		case body == "":
		case first:
			common, first = lead, false
		default:
			common = sharedPrefix(common, lead)
		}
	}
	last := strings.TrimLeft(lines[len(lines)-1], " \t")
	if strings.HasPrefix(last, "}") || strings.HasPrefix(last, "]") {
		return len(common)
	}
	step := 2
	if strings.HasSuffix(common, "\t") {
		step = 1
	}
	return max(0, len(common)-step)
}

func sharedPrefix(a, b string) string {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return a[:n]
}
