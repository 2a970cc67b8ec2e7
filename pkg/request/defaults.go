package request

import "slices"

// WithDefaults is a copy in which every key that is unknown, and that callers
// usually do not send, is absent: what the call would be if its caller did
// nothing special. Nothing else changes; a key that is there stays there.
func (r *Request) WithDefaults() *Request {
	out := *r
	out.Keys = r.Keys.withDefaults()
	return &out
}

func (k *Keys) withDefaults() Keys {
	out := *k
	out.list, out.families = supposed(k.list), supposed(k.families)
	if k.claims != nil {
		c := *k.claims
		c.State = c.usual()
		out.claims = &c
	}
	out.rest.State = k.rest.usual()
	return out
}

// supposed has copies of the keys that are usually something else than what is
// known of them; the others are the same.
func supposed(keys []*Key) []*Key {
	n := 0
	for _, k := range keys {
		if k.State != k.usual() {
			n++
		}
	}
	if n == 0 {
		return keys
	}
	out, changed := slices.Clone(keys), make([]Key, 0, n)
	for i, k := range keys {
		if s := k.usual(); s != k.State {
			changed = append(changed, *k)
			out[i] = &changed[len(changed)-1]
			out[i].State = s
		}
	}
	return out
}

// usual is the state of a key when what is not known of it is as it usually is.
func (k *Key) usual() KeyState {
	switch {
	case k.State == KeyUnknown && k.Usually == KeyAbsent:
		return KeyAbsent
	case (k.State == KeyUnknown || k.State == KeyPresentAny) && k.Usually == KeyPresent:
		return KeyPresent
	}
	return k.State
}
