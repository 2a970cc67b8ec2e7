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
	out.list, out.families = slices.Clone(k.list), slices.Clone(k.families)
	for i := range out.list {
		out.list[i].suppose()
	}
	for i := range out.families {
		out.families[i].suppose()
	}
	if k.claims != nil {
		c := *k.claims
		c.suppose()
		out.claims = &c
	}
	out.rest.suppose()
	return out
}

// suppose takes what is not known of a key for what it usually is.
func (k *Key) suppose() {
	switch {
	case k.State == KeyUnknown && k.Usually == KeyAbsent:
		k.State = KeyAbsent
	case (k.State == KeyUnknown || k.State == KeyPresentAny) && k.Usually == KeyPresent:
		k.State = KeyPresent
	}
}
