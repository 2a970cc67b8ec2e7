package policy

// principals reads Principal or NotPrincipal: "*", or an object from type to
// one value or several.
func (r *reader) principals(element string, n node) []Principal {
	if n.kind == stringNode {
		if it := r.item(n); it.Text == "*" {
			return []Principal{{Type: "*", Item: it}}
		}
		r.find(element, UnknownPrincipal, r.text(n), r.valueSpan(n))
		return nil
	}
	if n.kind != objectNode {
		r.wrongType(element, n)
		return nil
	}
	if n.first == 0 {
		r.find(element, EmptyElement, "object", r.valueSpan(n))
	}
	var out []Principal
	dup := r.repeated(n, exact)
	for m := range r.all(n) {
		name := r.name(m)
		if dup[m.key] {
			r.find(element, DuplicateMember, name, r.keySpan(m))
		}
		switch name {
		case "AWS", "Service", "Federated", "CanonicalUser":
		default:
			r.find(element, UnknownPrincipal, name, r.keySpan(m))
			continue
		}
		for _, it := range r.texts(element, m) {
			out = append(out, Principal{Type: name, Item: it})
		}
	}
	return out
}

// conditions reads a Condition block: operator to key to one value or several.
// An empty block is one without conditions.
func (r *reader) conditions(n node) []Condition {
	if n.kind != objectNode {
		r.wrongType("Condition", n)
		return nil
	}
	pairs := 0
	for m := range r.all(n) {
		pairs += r.count(m)
	}
	out := make([]Condition, 0, pairs)
	dup := r.repeated(n, anyCase)
	for m := range r.all(n) {
		op := r.name(m)
		if dup[m.key] {
			r.find("Condition", DuplicateMember, op, r.keySpan(m))
		}
		if _, _, _, ok := SplitOperator(op); !ok {
			r.find("Condition", UnknownOperator, op, r.keySpan(m))
		}
		if m.kind != objectNode {
			r.wrongType("Condition", m)
			continue
		}
		if m.first == 0 {
			r.find("Condition", EmptyElement, op, r.memberSpan(m))
		}
		out = r.operator(out, op, m)
	}
	return out
}

// operator adds the conditions of one operator: one for each key.
func (r *reader) operator(out []Condition, op string, n node) []Condition {
	dup := r.repeated(n, anyCase)
	for m := range r.all(n) {
		key := r.name(m)
		if dup[m.key] {
			r.find("Condition", DuplicateMember, key, r.keySpan(m))
		}
		out = append(out, Condition{Operator: op, Key: key, Values: r.scalars(key, m), Span: r.memberSpan(m)})
	}
	return out
}

// scalars reads the values of a condition key: strings, booleans, numbers.
func (r *reader) scalars(key string, n node) []Item {
	out := make([]Item, 0, r.count(n))
	if n.kind == listNode && n.first == 0 {
		r.find("Condition", EmptyElement, key, r.memberSpan(n))
	}
	for v := range r.values(n) {
		switch v.kind {
		case stringNode, boolNode, numberNode:
			out = append(out, r.item(v))
		default:
			r.wrongType("Condition", v)
		}
	}
	return out
}
