package reconstruct

import "strings"

// knows says whether the operator gave a value for a key, or for one of a
// family when name ends in "/".
func (b *builder) knows(name string) bool {
	for _, k := range b.known {
		if len(k.Values) == 0 {
			continue
		}
		if strings.EqualFold(k.Key, name) || strings.HasSuffix(name, "/") && hasPrefixFold(k.Key, name) {
			return true
		}
	}
	return false
}

func (b *builder) knowsAbsent(name string) bool {
	for _, k := range b.known {
		if strings.EqualFold(k.Key, name) && len(k.Values) == 0 && !k.Any {
			return true
		}
	}
	return false
}

func (b *builder) knowsAny(name string) bool {
	for _, k := range b.known {
		if strings.EqualFold(k.Key, name) && k.Any {
			return true
		}
	}
	return false
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// operatorKeys lets the operator's word stand over the event's.
func (b *builder) operatorKeys() {
	for _, k := range b.known {
		o := operator(k.Key)
		switch {
		case k.Any:
			b.unknown(k.Key, o)
		case len(k.Values) == 0:
			b.absent(k.Key, o)
		default:
			b.present(k.Key, o, k.Values...)
		}
	}
	const present, age = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
	if v, ok := b.given(present); ok && strings.EqualFold(v, "true") && !b.mentions(age) {
		b.presentAny(age, operator(present))
	}
}

// given is the one value that the operator gave for a key.
func (b *builder) given(name string) (string, bool) {
	for _, k := range b.known {
		if strings.EqualFold(k.Key, name) && len(k.Values) == 1 {
			return k.Values[0], true
		}
	}
	return "", false
}

// mentions says whether the operator said anything of a key.
func (b *builder) mentions(name string) bool {
	return b.knows(name) || b.knowsAbsent(name) || b.knowsAny(name)
}
