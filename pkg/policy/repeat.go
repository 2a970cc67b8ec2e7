package policy

import (
	"slices"
	"strings"
)

// How names of members are compared: elements exactly, operators and condition
// keys whatever their case, as AWS does. Two spellings of one operator or key
// might both count or only one of them: AWS does not say, so they are
// duplicates.
func exact(name string) string   { return name }
func anyCase(name string) string { return strings.ToLower(name) }

// few is up to how many names are compared one by one: faster than a map for
// what policies hold, while an object of many thousands must not take the
// square of that.
const few = 8

// repeated says which members of an object, by the offset of their key, have
// the name of one before them.
func (t *tree) repeated(n node, form func(string) string) map[int32]bool {
	if n.first == 0 || t.nodes[n.first].next == 0 {
		return nil
	}
	var (
		room [few]string
		some = room[:0]
		more map[string]bool
		out  map[int32]bool
	)
	for m := range t.all(n) {
		name := form(t.name(m))
		switch {
		case slices.Contains(some, name) || more[name]:
			if out == nil {
				out = map[int32]bool{}
			}
			out[m.key] = true
		case len(some) < few:
			some = append(some, name)
		default:
			if more == nil {
				more = map[string]bool{}
			}
			more[name] = true
		}
	}
	return out
}
