package request

import (
	"math"
	"slices"
	"strings"
)

// Keys is the request context: keys by name, families of keys ("aws:PrincipalTag/")
// and what holds for every other key. Names compare case-insensitively
// (IAM JSON policy elements: Condition).
type Keys struct {
	list     []*Key   // sorted by lower-case name
	lower    []string // their names in lower case
	slots    [slots]uint8
	families []*Key   // Name ends in "/" or ":", longest prefix first
	prefixes []string // their names in lower case
	claims   *Key     // what holds for claims of identity providers that are not named; nil: the rest
	rest     Key
}

// slots is room for every key of the catalogue. A slot holds the key's place in
// the list, from 1; keys behind the 255th are found by name.
const slots = 128

// NewKeys builds a context. A family is a Key whose Name is a prefix
// ("aws:PrincipalTag/"); rest is the answer for any key not named. The last of
// two keys of the same name wins. The context keeps the keys where they are:
// they belong to it from now on.
func NewKeys(keys, families []Key, rest Key) Keys {
	k := Keys{list: make([]*Key, 0, len(keys)), lower: make([]string, 0, len(keys)), rest: rest}
	var numbered [slots]named // by number, which is the order of names
	var others []named
	for i := range keys {
		n, id := named{key: &keys[i]}, keys[i].ID
		if id > 0 {
			n.low = lowers[id]
		} else {
			n.low, id = spelling(keys[i].Name)
		}
		if id > 0 {
			numbered[id] = n
		} else {
			others = append(others, n)
		}
	}
	slices.SortStableFunc(others, func(a, b named) int { return strings.Compare(a.low, b.low) })
	for id, n := range numbered {
		if n.key == nil {
			continue
		}
		others = k.addBefore(n.low, others)
		if k.add(n); len(k.list) <= math.MaxUint8 {
			k.slots[id] = uint8(len(k.list))
		}
	}
	k.addBefore("", others)
	if len(families) > 0 {
		k.families = longestFirst(families)
		k.prefixes = make([]string, len(k.families))
		for i := range k.families {
			k.prefixes[i] = lowerOf(k.families[i].Name)
		}
	}
	return k
}

// longestFirst orders families by the length of their names; those of one
// length stay in their order.
func longestFirst(families []Key) []*Key {
	order := make([]*Key, len(families))
	for i := range families {
		order[i] = &families[i]
	}
	slices.SortStableFunc(order, func(a, b *Key) int { return len(b.Name) - len(a.Name) })
	return order
}

type named struct {
	low string
	key *Key
}

func (k *Keys) add(n named) { k.list, k.lower = append(k.list, n.key), append(k.lower, n.low) }

// addBefore adds those of sorted keys that come before a name, or all for "",
// and gives the others. Of two of one name the last is added.
func (k *Keys) addBefore(low string, sorted []named) []named {
	for len(sorted) > 0 && (low == "" || sorted[0].low < low) {
		if len(sorted) == 1 || sorted[1].low != sorted[0].low {
			k.add(sorted[0])
		}
		sorted = sorted[1:]
	}
	return sorted
}

// Get looks a key up by its lower-case name. It never gives nil: a key that
// nobody named is that of its family, or the rest.
func (k *Keys) Get(lower string) *Key {
	if i, ok := slices.BinarySearch(k.lower, lower); ok {
		return k.list[i]
	}
	return k.unnamed(lower)
}

// Find is Get for a key whose number is known (IDOf).
func (k *Keys) Find(id KeyID, lower string) *Key {
	if id == 0 || len(k.list) > math.MaxUint8 {
		return k.Get(lower)
	}
	if i := k.slots[id]; i > 0 {
		return k.list[i-1]
	}
	return k.unnamed(lower)
}

func (k *Keys) unnamed(lower string) *Key {
	for i, prefix := range k.prefixes {
		if len(lower) > len(prefix) && lower[:len(prefix)] == prefix {
			return k.families[i]
		}
	}
	if k.claims != nil && isClaim(lower) {
		return k.claims
	}
	return &k.rest
}

// isClaim says that a name is a claim's: "HOST[/PATH]:claim", also with the
// scheme that some write before the host and that no key has.
func isClaim(lower string) bool {
	_, _, ok := SplitClaim(strings.TrimPrefix(strings.TrimPrefix(lower, "https://"), "http://"))
	return ok
}

// WithClaims is the context in which c answers for every claim of an identity
// provider that is neither named nor of a family.
func (k Keys) WithClaims(c Key) Keys {
	k.claims = &c
	return k
}

// All gives the keys that are named, sorted by lower-case name.
func (k *Keys) All() []*Key { return k.list }

// Families gives the families, longest prefix first.
func (k *Keys) Families() []*Key { return k.families }

// Rest is what holds for every key that is neither named nor of a family.
func (k *Keys) Rest() Key { return k.rest }
