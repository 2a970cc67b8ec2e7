package arn

import (
	"strings"
	"unicode/utf8"
)

// TokenKind is what one token of a pattern matches.
type TokenKind uint8

// The kinds of token.
const (
	Literal TokenKind = iota // exactly Text
	One                      // any one character: "?"
	Many                     // any text, the empty one too: "*"
)

// Token is one piece of a pattern. Text is set for Literal only; a "*" within
// it is the character, so that what was put in for a policy variable never
// becomes a wildcard.
type Token struct {
	Kind TokenKind
	Text string
}

// Glob is a compiled pattern of "*" and "?"
// (IAM JSON policy elements: Resource, "Using wildcards in resource ARNs").
// The zero Glob matches the empty text.
type Glob struct {
	tokens []Token
}

// CompileGlob compiles a pattern in which every "*" and "?" is a wildcard.
func CompileGlob(pattern string) Glob { return Glob{tokens: Tokens(nil, pattern)} }

// Match says whether the pattern matches the whole of s, case-sensitively.
func (g Glob) Match(s string) bool { return MatchTokens(g.tokens, s) }

// Any says whether the pattern is "*" and matches every text.
func (g Glob) Any() bool { return len(g.tokens) == 1 && g.tokens[0].Kind == Many }

// Tokens appends the tokens of a pattern to dst. Runs of "*" become one.
func Tokens(dst []Token, pattern string) []Token {
	for len(pattern) > 0 {
		switch i := strings.IndexAny(pattern, "*?"); {
		case i < 0:
			return append(dst, Token{Text: pattern})
		case i > 0:
			dst = append(dst, Token{Text: pattern[:i]})
			pattern = pattern[i:]
		case pattern[0] == '?':
			dst = append(dst, Token{Kind: One})
			pattern = pattern[1:]
		default:
			if n := len(dst); n == 0 || dst[n-1].Kind != Many {
				dst = append(dst, Token{Kind: Many})
			}
			pattern = pattern[1:]
		}
	}
	return dst
}

// MatchTokens says whether the tokens match the whole of s. "?" is one
// character (a rune; a byte that is no UTF-8 counts as one). Time is bounded
// by the product of both lengths: only the last "*" is ever taken back.
func MatchTokens(tokens []Token, s string) bool {
	t, i := 0, 0
	star, from := -1, 0 // token behind the last "*", and where it last began
	for {
		if t == len(tokens) {
			if i == len(s) {
				return true
			}
		} else if tok := &tokens[t]; tok.Kind == Many {
			t++
			if t == len(tokens) {
				return true
			}
			star, from = t, i
			continue
		} else if n := step(tok, s[i:]); n >= 0 {
			t, i = t+1, i+n
			continue
		}
		if star < 0 || from >= len(s) {
			return false
		}
		_, n := utf8.DecodeRuneInString(s[from:])
		from += n
		t, i = star, from
	}
}

// step is how many bytes of s a literal or a "?" takes, -1 when it does not
// match.
func step(tok *Token, s string) int {
	if tok.Kind == Literal {
		if strings.HasPrefix(s, tok.Text) {
			return len(tok.Text)
		}
		return -1
	}
	if s == "" {
		return -1
	}
	_, n := utf8.DecodeRuneInString(s)
	return n
}
