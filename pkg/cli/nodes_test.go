package cli

import (
	"bytes"
	"encoding/json"
	"strconv"
	"testing"
)

// node is one value, or one member's name, in a JSON text: where it stands, and
// its path from the top ("detail.userIdentity.arn", "resources.0.ARN").
type node struct {
	path     string
	from, to int
	name     bool // a member's name, not a value
}

// kind is the first byte of a value, with every number a zero and every literal
// but null a t.
func (n node) kind(text []byte) byte {
	switch c := text[n.from]; {
	case c == '-' || c >= '0' && c <= '9':
		return '0'
	case c == 'f':
		return 't'
	default:
		return c
	}
}

// nodesOf lists the values and members' names of a JSON text, outer ones first.
func nodesOf(t testing.TB, text []byte) []node {
	t.Helper()
	w := &walker{t: t, text: text, dec: json.NewDecoder(bytes.NewReader(text))}
	w.dec.UseNumber()
	w.value("")
	return w.nodes
}

type walker struct {
	t     testing.TB
	text  []byte
	dec   *json.Decoder
	nodes []node
}

// token reads one token and gives where it begins.
func (w *walker) token() (json.Token, int) {
	at := int(w.dec.InputOffset())
	for bytes.IndexByte([]byte(" \t\r\n,:"), w.text[at]) >= 0 {
		at++
	}
	tok, err := w.dec.Token()
	if err != nil {
		w.t.Fatal(err)
	}
	return tok, at
}

func (w *walker) value(path string) {
	tok, from := w.token()
	i := len(w.nodes)
	w.nodes = append(w.nodes, node{path: path, from: from})
	switch tok {
	case json.Delim('{'):
		for w.dec.More() {
			name, at := w.token()
			inner := join(path, name.(string))
			w.nodes = append(w.nodes, node{path: inner, from: at, to: int(w.dec.InputOffset()), name: true})
			w.value(inner)
		}
		w.token()
	case json.Delim('['):
		for k := 0; w.dec.More(); k++ {
			w.value(join(path, strconv.Itoa(k)))
		}
		w.token()
	}
	w.nodes[i].to = int(w.dec.InputOffset())
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// with is the text with something else in the place of the node.
func (n node) with(text []byte, other string) []byte {
	out := make([]byte, 0, len(text)+len(other))
	out = append(append(out, text[:n.from]...), other...)
	return append(out, text[n.to:]...)
}

// deep is an object of as many levels.
func deep(levels int) string {
	return string(bytes.Repeat([]byte(`{"a":`), levels)) + "1" + string(bytes.Repeat([]byte("}"), levels))
}

// otherTypes are values of every JSON type.
var otherTypes = []string{"null", "true", "7", `"x"`, "[]", "{}", `[{"a":["b"]}]`, `{"a":{"b":7}}`, "-1e400", `""`}

func TestNodesOf(t *testing.T) {
	text := []byte(`{"a": [1, {"b" : null}], "c":"d"}`)
	var got []string
	for _, n := range nodesOf(t, text) {
		got = append(got, n.path+"="+string(text[n.from:n.to]))
	}
	want := []string{"=" + string(text), `a="a"`, `a=[1, {"b" : null}]`, "a.0=1", `a.1={"b" : null}`, `a.1.b="b"`, "a.1.b=null", `c="c"`, `c="d"`}
	if len(got) != len(want) {
		t.Fatalf("%q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}
