package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// template is a compiled text of a policy that may hold policy variables
// (IAM policy elements: Variables and tags).
type template struct {
	text   string      // as written
	tokens []arn.Token // when there are no variables
	parts  []part      // when there are
	plain  bool        // no wildcard, no variable: text is the value
	all    bool        // "*": every text matches
	open   bool        // text and a "*" behind it: what begins with it matches
}

// part is a piece of text, or a variable when name or bad is set.
type part struct {
	token    arn.Token
	name     string // lower-case key name of a variable
	id       request.KeyID
	class    keyClass
	fallback string // its default value
	hasFall  bool
	bad      bool // a variable that cannot be understood: it may be anything
}

func (p *part) variable() bool { return p.bad || p.name != "" }

// newTemplate compiles a text. Without variables "${...}" is text like any
// other; without wildcards so are "*" and "?".
func newTemplate(text string, variables, wildcards bool) template {
	t := template{text: text}
	if !variables || !strings.Contains(text, "${") {
		t.tokens = pieces(nil, text, wildcards)
		t.plain = len(t.tokens) == 0 || len(t.tokens) == 1 && t.tokens[0].Kind == arn.Literal
		t.all = len(t.tokens) == 1 && t.tokens[0].Kind == arn.Many
		t.open = len(t.tokens) == 2 && t.tokens[0].Kind == arn.Literal && t.tokens[1].Kind == arn.Many
		return t
	}
	for text != "" {
		i := strings.Index(text, "${")
		if i < 0 {
			i = len(text)
		}
		for _, tok := range pieces(nil, text[:i], wildcards) {
			t.parts = append(t.parts, part{token: tok})
		}
		if text = text[i:]; text == "" {
			break
		}
		n := closing(text)
		v := newVariable(text[:n])
		if v.bad {
			// Where it ends is not known either: of the whole nothing is.
			t.parts = []part{v}
			return t
		}
		t.parts = append(t.parts, v)
		text = text[n:]
	}
	t.settle()
	return t
}

// settle turns parts without any variable ("${*}" alone) into tokens.
func (t *template) settle() {
	for i := range t.parts {
		if t.parts[i].variable() {
			return
		}
	}
	for i := range t.parts {
		t.tokens = append(t.tokens, t.parts[i].token)
	}
	t.parts = nil
}

func pieces(dst []arn.Token, text string, wildcards bool) []arn.Token {
	if wildcards {
		return arn.Tokens(dst, text)
	}
	if text == "" {
		return dst
	}
	return append(dst, arn.Token{Text: text})
}

// closing is the length of the variable that text begins with, "${" and "}"
// included: a brace between quotes does not end it. Without an end it is all
// of the text.
func closing(text string) int {
	quoted := false
	for i := 2; i < len(text); i++ {
		switch text[i] {
		case '\'':
			quoted = !quoted
		case '}':
			if !quoted {
				return i + 1
			}
		}
	}
	return len(text)
}

// newVariable reads "${name}", "${name, 'default'}", "${*}", "${?}", "${$}".
func newVariable(text string) part {
	body, ok := strings.CutSuffix(text[2:], "}")
	if !ok {
		return part{bad: true}
	}
	if body == "*" || body == "?" || body == "$" {
		return part{token: arn.Token{Text: body}}
	}
	name, rest, has := strings.Cut(body, ",")
	p := part{name: strings.ToLower(strings.TrimSpace(name)), hasFall: has}
	if has {
		rest = strings.TrimSpace(rest)
		if len(rest) < 2 || rest[0] != '\'' || rest[len(rest)-1] != '\'' {
			return part{bad: true}
		}
		p.fallback = rest[1 : len(rest)-1]
	}
	if p.name == "" || strings.ContainsAny(p.name, "${'*?") {
		return part{bad: true}
	}
	p.id, p.class = request.IDOf(p.name), classify(p.name)
	return p
}

// tokensOf puts the values of variables in. The state is KeyPresent when all
// are known, KeyAbsent when one has no value (then nothing equals the text),
// else KeyUnknown: then "*" stands for what is not known, so that the tokens
// match at least all that the text may turn out to be.
func (e *evaluator) tokensOf(t *template, dst []arn.Token) ([]arn.Token, request.KeyState) {
	state := request.KeyPresent
	for i := range t.parts {
		p := &t.parts[i]
		if !p.variable() {
			dst = append(dst, p.token)
			continue
		}
		text, s := e.variable(p)
		switch s {
		case request.KeyAbsent:
			return dst, request.KeyAbsent
		case request.KeyPresent:
			dst = append(dst, arn.Token{Text: text})
		default:
			state = request.KeyUnknown
			dst = append(dst, arn.Token{Kind: arn.Many})
		}
	}
	return dst, state
}

// variable is the value of one variable: KeyPresent with a text, KeyAbsent, or
// KeyUnknown. Only single-valued keys have one.
func (e *evaluator) variable(p *part) (string, request.KeyState) {
	if p.bad {
		return "", request.KeyUnknown
	}
	k := e.req.Keys.Find(p.id, p.name)
	state := e.state(k, p.class)
	if state == request.KeyPresent && len(k.Values) == 0 {
		state = request.KeyAbsent
	}
	switch {
	case state == request.KeyAbsent && p.hasFall:
		return p.fallback, request.KeyPresent
	case state == request.KeyAbsent:
		return "", request.KeyAbsent
	case state == request.KeyPresent && len(k.Values) == 1 && !k.Multi:
		return k.Values[0], request.KeyPresent
	}
	return "", request.KeyUnknown
}

// matches says whether the text, with its variables, matches s.
func (e *evaluator) matches(t *template, s string) evidence.Tri {
	switch {
	case t.plain:
		return evidence.Of(t.text == s)
	case t.all:
		return evidence.True
	case t.open:
		return evidence.Of(strings.HasPrefix(s, t.tokens[0].Text))
	case t.parts == nil:
		return evidence.Of(arn.MatchTokens(t.tokens, s))
	}
	var buf [12]arn.Token
	tokens, state := e.tokensOf(t, buf[:0])
	if state == request.KeyAbsent || !arn.MatchTokens(tokens, s) {
		return evidence.False
	}
	if state == request.KeyUnknown {
		return evidence.Unknown
	}
	return evidence.True
}

// mayMatch says whether the text matches a value that is not known: never when
// a variable has no value, always when it is "*".
func (e *evaluator) mayMatch(t *template) evidence.Tri {
	if t.all {
		return evidence.True
	}
	if t.parts == nil {
		return evidence.Unknown
	}
	var buf [12]arn.Token
	if _, state := e.tokensOf(t, buf[:0]); state == request.KeyAbsent {
		return evidence.False
	}
	return evidence.Unknown
}
