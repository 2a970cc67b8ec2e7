package report

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// externalIDWord is sts:ExternalId in small letters alone.
const externalIDWord = "stsexternalid"

// maxSlips is how many letters of sts:ExternalId may be wrong in a key that is
// still taken for it.
const maxSlips = 2

// isExternalID says whether a condition key is meant to be sts:ExternalId: in
// any case, with other marks or hidden characters in it, with another prefix or
// none, or misspelled by a letter or two. What AWS ignores under a misspelled key is
// the secret all the same.
func isExternalID(key string) bool {
	if len(key) > maxKey {
		return mentionsExternalID(key)
	}
	if !nearExternalID(key) {
		return false
	}
	word := letters(key)
	name := letters(key[strings.LastIndexByte(key, ':')+1:])
	return strings.Contains(word, "externalid") || diagnose.Distance(word, externalIDWord, maxSlips) <= maxSlips || diagnose.Distance(name, "externalid", 1) <= 1
}

// maxKey is the length from which on a key is not compared letter by letter.
const maxKey = 256

// mentionsExternalID says whether a text speaks of an ExternalId.
func mentionsExternalID(text string) bool { return strings.Contains(letters(text), "externalid") }

// tellsOfExternalID says whether a sentence does, also under a misspelled key.
func tellsOfExternalID(fact string) bool {
	return mentionsExternalID(fact) || slices.ContainsFunc(strings.Fields(fact), isExternalID)
}

// holdsExternalID says whether a string is itself JSON text, encoded or not,
// that speaks of an ExternalId.
func holdsExternalID(value string) bool {
	const key = "sts:externalid"
	_, behind, _ := strings.Cut(fold(value), key)
	return (strings.ContainsAny(value, `{["\%=`) || behind != "") && mentionsExternalID(value)
}

// nearExternalID rules out names that have too few of the letters of ExternalId:
// nearly all, at little cost. A slip takes at most one of them away.
func nearExternalID(key string) bool {
	var has uint32
	for i := range len(key) {
		if key[i] >= utf8.RuneSelf {
			return true // letters looks closer
		}
		if c := key[i] | 0x20; c >= 'a' && c <= 'z' {
			has |= 1 << (c - 'a')
		}
	}
	return bits.OnesCount32(has&externalIDLetters) >= bits.OnesCount32(externalIDLetters)-maxSlips
}

var externalIDLetters = func() (set uint32) {
	for _, c := range "externalid" {
		set |= 1 << (c - 'a')
	}
	return set
}()

// letters are the ASCII letters of a text, also those of full width, in small
// letters.
func letters(s string) string {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if c, ok := letter(r); ok {
			b = append(b, c)
		}
	}
	return string(b)
}

// letter gives a letter as letters does.
func letter(r rune) (small byte, ok bool) {
	if r >= 0xFF21 && r <= 0xFF5A {
		r -= 0xFEE0
	}
	c := r | 0x20
	return byte(c), r < 0x80 && c >= 'a' && c <= 'z'
}
