package report

import (
	"encoding/json"
	"regexp"
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
	if rec := in.Subject.Record; rec != nil {
		list = append(list, textSecrets(string(rec.RequestParameters), 0)...)
		if rec.Params != nil && rec.Params.ExternalID != nil {
			list = append(list, *rec.Params.ExternalID)
		}
	}
	for _, k := range in.Known {
		if isExternalID(k.Key) {
			list = append(list, k.Values...)
		}
	}
	if in.Request != nil {
		for _, k := range in.Request.Keys.All() {
			if len(k.Values) > 0 && isExternalID(k.Name) {
				list = append(list, k.Values...)
			}
		}
	}
	for i := range in.Diagnosis.Causes {
		c := &in.Diagnosis.Causes[i]
		if c.Condition != nil && isExternalID(c.Condition.Key) {
			list = append(list, c.Condition.Got...)
			for _, w := range c.Condition.Wanted {
				if !onlyAsks(c.Condition.Operator, w) {
					list = append(list, w)
				}
			}
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
	if p == nil {
		return nil
	}
	return searched(p).secrets
}

// findings are what a policy's text holds, searched once for all reports.
type findings struct {
	secrets []string
	lines   []string
	edits   map[int][]edit // by line, counted from 1
}

func searched(p *policy.Policy) *findings { return p.Searched(search).(*findings) }

func search(d *policy.Document) any {
	if d == nil {
		return &findings{}
	}
	return &findings{
		secrets: slices.Clip(textSecrets(d.Text, 0)),
		lines:   strings.Split(d.Text, "\n"),
		edits:   lineEdits(d.Text),
	}
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

// shortestPiece is how long a piece of a pattern must be to be a secret itself.
const shortestPiece = 8

// pieces are what an ExternalId holds for sure that a value with wildcards,
// policy variables or blanks around it matches, or was copied from.
func pieces(s string) []string {
	var list []string
	if t := strings.TrimSpace(s); t != s {
		list = append(list, t)
	}
	if !strings.ContainsAny(s, "*?$") {
		return list
	}
	for _, p := range strings.FieldsFunc(variable.ReplaceAllString(s, "*"), func(r rune) bool { return r == '*' || r == '?' }) {
		if len(p) >= shortestPiece && !strings.HasPrefix(p, "arn:") {
			list = append(list, p)
		}
	}
	for _, m := range variable.FindAllStringSubmatch(s, -1) {
		if len(m[1]) >= shortest {
			list = append(list, m[1])
		}
	}
	return list
}

// variable is a policy variable, with its default value if it has one (IAM User
// Guide, "IAM policy elements: Variables and tags").
var variable = regexp.MustCompile(`\$\{[^}]*?(?:,\s*'([^'}]*)'\s*)?\}`)

// longestFirst sorts the values so that one within another is replaced last,
// and adds their pieces and how JSON writes each.
func longestFirst(list []string) []string {
	for _, s := range list {
		list = append(list, pieces(s)...)
	}
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
	operator := "" // the last key whose value is an object
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
			before := len(list)
			list, i = held(text, colon+1, 0, list)
			if len(list) == before+1 && onlyAsks(operator, text[list[before].from:list[before].to]) {
				list = list[:before]
			}
			continue
		}
		if !isKey && strings.HasPrefix(fold(value), "sts:") && isExternalID(value) {
			// A list in the place of {"key": value}: what follows is the value.
			list, i = held(text, end, 1, list)
			continue
		}
		if isKey {
			if open := skipSpace(text, colon+1); open < len(text) && text[open] == '{' {
				operator = value
			}
		}
		if !isKey && holdsExternalID(value) {
			list = append(list, inside)
		}
		i = end
	}
	return list
}

// onlyAsks says that a value asks whether an ExternalId is there at all, and is
// none itself: "true" or "false" under the operator Null.
func onlyAsks(operator, value string) bool {
	return strings.EqualFold(operator, "Null") && (strings.EqualFold(value, "true") || strings.EqualFold(value, "false"))
}

// held adds the strings and scalars of the value at i, and says where it ends;
// of the rest of a value where depth is its level in it.
func held(text string, i, depth int, list []place) ([]place, int) {
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
