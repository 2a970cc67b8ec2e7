package trail

import "strings"

// uncut takes off the end of a cut message what is left of words that AWS wrote
// behind the resource, so that the parts before it can be read: the pointer to
// the access troubleshooter, or a reason that was only begun.
func uncut(s string) (rest, tail string) {
	if i := strings.LastIndex(s, wordConsole); i >= 0 {
		_, more, _ := strings.Cut(s[i+len(wordConsole):], " ")
		if more == "" || strings.HasPrefix(wordAuthID[1:], more) || strings.HasPrefix(" "+more, wordAuthID) {
			return s[:i], s[i:]
		}
	}
	for _, word := range []string{wordConsole, wordImplicit, wordExplicit} {
		for n := len(word) - 1; n > 1; n-- {
			if strings.HasSuffix(s, word[:n]) {
				return s[:len(s)-n], s[len(s)-n:]
			}
		}
	}
	if i := strings.LastIndex(s, wordExplicit); i >= 0 {
		i += len(wordExplicit)
		for _, next := range []string{" in the ", " in an "} {
			if rest := s[i:]; len(rest) <= len(next) && rest == next[:len(rest)] {
				return s[:i], rest
			}
		}
		for n := len(wordARN); n > 0; n-- {
			if strings.HasSuffix(s, wordARN[:n]) {
				return s[:len(s)-n], s[len(s)-n:]
			}
		}
	}
	if i := strings.LastIndex(s, wordImplicit); i >= 0 && !strings.Contains(s[i:], " action") {
		return s[:i], s[i:]
	}
	return s, ""
}
