package arn

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestGlob(t *testing.T) {
	tests := []struct {
		pattern, text string
		want          bool
	}{
		{"", "", true},
		{"", "a", false},
		{"*", "", true},
		{"**", "anything", true},
		{"?", "", false},
		{"?", "a", true},
		{"?", "é", true},
		{"??", "é", false},
		{"a*c", "abc", true},
		{"a*c", "abcd", false},
		{"a*c*", "abcd", true},
		{"*a", "aaa", true},
		{"*ab", "aab", true},
		{"*ab*ab", "abab", true},
		{"*ab*ab", "ab", false},
		{"?*", "", false},
		{"*?", "x", true},
		{"a?c", "abc", true},
		{"a?c", "ac", false},
		{"role/*", "role/a/b/Name", true},
		{"Role/*", "role/Name", false},
		{"sts:assume*", "sts:assumerolewithsaml", true},
		{"日*語", "日本語", true},
		{"日?語", "日本語", true},
	}
	for _, tt := range tests {
		if got := CompileGlob(tt.pattern).Match(tt.text); got != tt.want {
			t.Errorf("%q matches %q: %v, want %v", tt.pattern, tt.text, got, tt.want)
		}
	}
}

func TestTokensKeepLiteralStars(t *testing.T) {
	tokens := []Token{{Text: "a"}, {Text: "*"}, {Text: "b"}}
	if !MatchTokens(tokens, "a*b") || MatchTokens(tokens, "axb") {
		t.Error("a star in a literal token must match only itself")
	}
}

func TestGlobAny(t *testing.T) {
	for pattern, want := range map[string]bool{"*": true, "***": true, "": false, "*a": false, "?": false} {
		if got := CompileGlob(pattern).Any(); got != want {
			t.Errorf("Any(%q) = %v", pattern, got)
		}
	}
}

// A pattern made to explode must stay within the product of both lengths.
func TestGlobIsBounded(t *testing.T) {
	g := CompileGlob(strings.Repeat("*a", 2000) + "b")
	text := strings.Repeat("a", 4000)
	if g.Match(text) { // exponential time would end in the test's timeout
		t.Error("must not match")
	}
}

// slowMatch is the obvious definition, exponential and short.
func slowMatch(pattern, text []rune) bool {
	if len(pattern) == 0 {
		return len(text) == 0
	}
	switch pattern[0] {
	case '*':
		return slowMatch(pattern[1:], text) || len(text) > 0 && slowMatch(pattern, text[1:])
	case '?':
		return len(text) > 0 && slowMatch(pattern[1:], text[1:])
	}
	return len(text) > 0 && text[0] == pattern[0] && slowMatch(pattern[1:], text[1:])
}

func FuzzGlob(f *testing.F) {
	for _, s := range [][2]string{{"*a*b", "xaxb"}, {"a?*", "ab"}, {"é?", "éx"}, {"***", ""}, {"role/*/x", "role/a/b/x"}} {
		f.Add(s[0], s[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 12 || len(text) > 16 || !utf8.ValidString(pattern) || !utf8.ValidString(text) {
			return // the oracle is exponential, and speaks of characters
		}
		got, want := CompileGlob(pattern).Match(text), slowMatch([]rune(pattern), []rune(text))
		if got != want {
			t.Errorf("%q matches %q: %v, the oracle says %v", pattern, text, got, want)
		}
	})
}
