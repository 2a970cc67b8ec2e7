package policy

import "iter"

// nodeKind is a JSON type; true and false are one.
type nodeKind byte

// The kinds of a node.
const (
	objectNode nodeKind = iota
	listNode
	stringNode
	numberNode
	boolNode
	nullNode
)

// String is the word that findings use.
func (k nodeKind) String() string {
	return [...]string{"object", "list", "string", "number", "bool", "null"}[k]
}

// node is one JSON value with its place. Standard decoding loses places and
// duplicate members, and both are wanted here.
type node struct {
	from, to    int32 // bytes of the source, quotes and brackets included
	key, keyTo  int32 // of a member's name, quotes included
	first, next int32 // first item or member, next one of the same list or object; 0 for none
	kind        nodeKind
}

// tree is a scanned text. The nodes lie in one slice in the order of the text,
// the document's first; they hold no pointers, so a tree costs one allocation.
type tree struct {
	src   string
	nodes []node
}

// all are the members of an object or the items of a list.
func (t *tree) all(n node) iter.Seq[node] {
	return func(yield func(node) bool) {
		for i := n.first; i != 0; i = t.nodes[i].next {
			if !yield(t.nodes[i]) {
				return
			}
		}
	}
}

// values are the items of a list, or the value itself as the only one.
func (t *tree) values(n node) iter.Seq[node] {
	return func(yield func(node) bool) {
		if n.kind != listNode {
			yield(n)
			return
		}
		for i := n.first; i != 0; i = t.nodes[i].next {
			if !yield(t.nodes[i]) {
				return
			}
		}
	}
}

// count is how many items a list has, or members an object; of a scalar 1.
func (t *tree) count(n node) int {
	if n.kind != listNode && n.kind != objectNode {
		return 1
	}
	c := 0
	for i := n.first; i != 0; i = t.nodes[i].next {
		c++
	}
	return c
}

// name is a member's name without quotes and escapes.
func (t *tree) name(m node) string { return unquote(t.src[m.key:m.keyTo]) }

// text is the value of a string, or the JSON text of any other node.
func (t *tree) text(n node) string {
	if n.kind != stringNode {
		return t.src[n.from:n.to]
	}
	return unquote(t.src[n.from:n.to])
}
