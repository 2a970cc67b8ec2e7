package locale

import (
	"strconv"
	"strings"
)

// digits goes on after words: by which digits the account id that a policy has
// differs from the one that the call has, where they are so near that one may be
// a slip; else nothing. Whose says whose the second is.
func digits(words, policy, call, whose string) string {
	at := differing(policy, call)
	if len(at) == 0 {
		return ""
	}
	from, to := at[0], at[len(at)-1]+1
	which := " in the " + ordinal(from+1) + " digit"
	if len(at) == 2 {
		which = " in the " + ordinal(from+1) + " and the " + ordinal(to) + " digit"
	}
	if to-from > len(at) {
		return words + which
	}
	return words + which + ", " + policy[from:to] + " in the policy's and " + call[from:to] + " in " + whose
}

// differing are the places at which two account ids differ, where these are no
// more than two.
func differing(a, b string) []int {
	var at []int
	for i := 0; i < len(a) && len(a) == len(b); i++ {
		if a[i] != b[i] {
			at = append(at, i)
		}
	}
	if len(at) > 2 || strings.ContainsAny(a, "*?") {
		return nil
	}
	return at
}

// ordinal is "2nd".
func ordinal(n int) string {
	switch n {
	case 1:
		return "1st"
	case 2:
		return "2nd"
	case 3:
		return "3rd"
	}
	return strconv.Itoa(n) + "th"
}
