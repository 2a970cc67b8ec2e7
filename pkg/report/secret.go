package report

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// secretsOf collects every value of an ExternalId that the input holds: in the
// policies, in the request, in the event, and in what the operator said.
func secretsOf(in Input) []string {
	var list []string
	if rec := in.Subject.Record; rec != nil && rec.Params != nil && rec.Params.ExternalID != nil {
		list = append(list, *rec.Params.ExternalID)
	}
	for _, k := range in.Known {
		if isExternalID(k.Key) {
			list = append(list, k.Values...)
		}
	}
	if in.Request != nil {
		for _, k := range in.Request.Keys.All() {
			if isExternalID(k.Name) {
				list = append(list, k.Values...)
			}
		}
	}
	for i := range in.Diagnosis.Causes {
		c := &in.Diagnosis.Causes[i]
		if c.Condition != nil && isExternalID(c.Condition.Key) {
			list = append(append(list, c.Condition.Wanted...), c.Condition.Got...)
		}
		list = append(list, policySecrets(c.Policy)...)
	}
	if in.Diagnosis.Trace != nil {
		list = append(list, traceSecrets(in.Diagnosis.Trace.Policies)...)
	}
	return longestFirst(list)
}

func traceSecrets(p *eval.Policies) []string {
	var list []string
	if p == nil {
		return list
	}
	for _, s := range []*eval.Set{&p.Trust, &p.Identity, &p.Boundary, &p.Session, &p.SCP, &p.RCP, &p.VPCE} {
		for i := range s.Levels {
			for _, q := range s.Levels[i].Policies {
				list = append(list, policySecrets(q)...)
			}
		}
	}
	return list
}

// policySecrets are the ExternalIds of one document, as they are meant and as
// they are written.
func policySecrets(p *policy.Policy) []string {
	if p == nil || p.Document() == nil {
		return nil
	}
	return textSecrets(p.Document().Text, 0)
}

// maxWrapped is how often JSON text may hold JSON text in a string and still be
// searched; the whole string is hidden however deep.
const maxWrapped = 4

func textSecrets(text string, depth int) []string {
	var list []string
	for _, h := range externalIDs(text) {
		raw := text[h.from:h.to]
		list = append(list, raw)
		s, ok := decoded(raw)
		if ok && s != raw {
			list = append(list, s)
		}
		if ok && depth < maxWrapped && holdsExternalID(s) {
			list = append(list, textSecrets(s, depth+1)...)
		}
	}
	return list
}

// longestFirst sorts the values so that one within another is replaced last,
// and adds how JSON writes each.
func longestFirst(list []string) []string {
	for _, s := range list {
		if !utf8.ValidString(s) {
			list = append(list, validUTF8(s), strings.ToValidUTF8(s, "\uFFFD"))
		}
		if b, err := json.Marshal(s); err == nil {
			if w := string(b[1 : len(b)-1]); w != s {
				list = append(list, w)
			}
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return slices.Compact(list)
}

// place is a range of bytes in a policy's text.
type place struct{ from, to int }

// externalIDs finds the values of sts:ExternalId in the text of a policy, by its
// tokens alone: whatever the operator, list or single value, also where the
// statement is not understood; and the strings that hold JSON text in which one
// is named. Of a string the place is what stands between the quotes.
func externalIDs(text string) []place {
	var list []place
	for i := 0; i < len(text); {
		if text[i] != '"' {
			i++
			continue
		}
		end := stringEnd(text, i)
		colon := skipSpace(text, end)
		inside, isKey := place{i + 1, max(i+1, end-1)}, colon < len(text) && text[colon] == ':'
		value, ok := decoded(text[inside.from:inside.to])
		if !ok {
			value = text[inside.from:inside.to]
		}
		if isKey && isExternalID(value) {
			if holdsExternalID(value) {
				list = append(list, inside)
			}
			list, i = held(text, colon+1, list)
			continue
		}
		if !isKey && holdsExternalID(value) {
			list = append(list, inside)
		}
		i = end
	}
	return list
}

// held adds the strings and scalars of the value at i, and says where it ends.
func held(text string, i int, list []place) ([]place, int) {
	depth := 0
	for i < len(text) {
		switch c := text[i]; c {
		case '"':
			end := stringEnd(text, i)
			list = append(list, place{i + 1, max(i+1, end-1)})
			i = end
		case '[', '{':
			depth++
			i++
			continue
		case ']', '}':
			depth--
			i++
		case ',', ':', ' ', '\t', '\n', '\r':
			if depth == 0 && c == ',' {
				return list, i
			}
			i++
			continue
		default:
			end := i + len(text[i:]) - len(strings.TrimLeftFunc(text[i:], inScalar))
			list = append(list, place{i, max(end, i+1)})
			i = max(end, i+1)
		}
		if depth <= 0 {
			return list, i
		}
	}
	return list, i
}

func inScalar(r rune) bool { return !strings.ContainsRune(" \t\r\n,:]}[{\"", r) }

// stringEnd is the offset behind the closing quote of the string at i.
func stringEnd(text string, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func skipSpace(text string, i int) int {
	return i + len(text[i:]) - len(strings.TrimLeft(text[i:], " \t\r\n"))
}

// decoded is what the inside of a JSON string means.
func decoded(inside string) (string, bool) {
	if strings.IndexByte(inside, '\\') < 0 && utf8.ValidString(inside) {
		return inside, true
	}
	var s string
	err := json.Unmarshal([]byte(`"`+inside+`"`), &s)
	return s, err == nil
}
