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
	list     []Key    // sorted by lower-case name
	lower    []string // their names in lower case
	slots    [slots]uint8
	families []Key    // Name ends in "/" or ":", longest prefix first
	prefixes []string // their names in lower case
	rest     Key
}

// slots is room for every key of the catalogue. A slot holds the key's place in
// the list, from 1; keys behind the 255th are found by name.
const slots = 128

// NewKeys builds a context. A family is a Key whose Name is a prefix
// ("aws:PrincipalTag/"); rest is the answer for any key not named. The last of
// two keys of the same name wins.
func NewKeys(keys, families []Key, rest Key) Keys {
	order := make([]named, len(keys))
	for i := range keys {
		order[i].low, order[i].id = spelling(keys[i].Name)
		order[i].key = &keys[i]
	}
	slices.SortStableFunc(order, func(a, b named) int { return strings.Compare(a.low, b.low) })
	k := Keys{list: make([]Key, 0, len(keys)), lower: make([]string, 0, len(keys)), rest: rest}
	for i, n := range order {
		if i+1 < len(order) && order[i+1].low == n.low {
			continue
		}
		k.list, k.lower = append(k.list, *n.key), append(k.lower, n.low)
		if n.id > 0 && len(k.list) <= math.MaxUint8 {
			k.slots[n.id] = uint8(len(k.list))
		}
	}
	if len(families) > 0 {
		k.families = slices.Clone(families)
		slices.SortStableFunc(k.families, func(a, b Key) int { return len(b.Name) - len(a.Name) })
		k.prefixes = make([]string, len(k.families))
		for i := range k.families {
			k.prefixes[i] = lowerOf(k.families[i].Name)
		}
	}
	return k
}

type named struct {
	low string
	id  KeyID
	key *Key
}

// Get looks a key up by its lower-case name. It never gives nil: a key that
// nobody named is that of its family, or the rest.
func (k *Keys) Get(lower string) *Key {
	if i, ok := slices.BinarySearch(k.lower, lower); ok {
		return &k.list[i]
	}
	return k.unnamed(lower)
}

// Find is Get for a key whose number is known (IDOf).
func (k *Keys) Find(id KeyID, lower string) *Key {
	if id == 0 || len(k.list) > math.MaxUint8 {
		return k.Get(lower)
	}
	if i := k.slots[id]; i > 0 {
		return &k.list[i-1]
	}
	return k.unnamed(lower)
}

func (k *Keys) unnamed(lower string) *Key {
	for i, prefix := range k.prefixes {
		if len(lower) > len(prefix) && lower[:len(prefix)] == prefix {
			return &k.families[i]
		}
	}
	return &k.rest
}

// All gives the keys that are named, sorted by lower-case name.
func (k *Keys) All() []Key { return k.list }

// Families gives the families, longest prefix first.
func (k *Keys) Families() []Key { return k.families }

// Rest is what holds for every key that is neither named nor of a family.
func (k *Keys) Rest() Key { return k.rest }
