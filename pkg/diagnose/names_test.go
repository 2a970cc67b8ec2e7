package diagnose

import (
	"strings"
	"testing"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"a", "", 1},
		{"role", "role", 0},
		{"role", "rle", 1},
		{"role", "rule", 1},
		{"roel", "role", 1}, // two neighbors swapped are one slip
		{"kitten", "sitting", 3},
		{"Rolle", "Role", 1},
		{"höhe", "hohe", 1},
		{"abcdefgh", "stuvwxyz", 5}, // over the limit
		{"a", "abcdefgh", 5},
	} {
		if got := Distance(c.a, c.b, 4); got != c.want {
			t.Errorf("distance of %q and %q is %d, want %d", c.a, c.b, got, c.want)
		}
		if got := Distance(c.b, c.a, 4); got != c.want {
			t.Errorf("distance of %q and %q is %d, want %d", c.b, c.a, got, c.want)
		}
	}
}

// TestDistanceLimit: within the limit the distance is what it is without one,
// beyond it one more than the limit; names longer than usual are no exception.
func TestDistanceLimit(t *testing.T) {
	words := []string{"", "a", "ab", "ba", "abc", "acb", "deploy", "deplyo", "dpeloy", "deployer", "externalid", "extrenaldi", "ünï", "uni", "\xff\xfe"}
	for i, n := 0, len(words); i < n; i++ {
		words = append(words, strings.Repeat("role-", 20)+words[i])
	}
	for _, a := range words {
		for _, b := range words {
			exact := Distance(a, b, 1000)
			for limit := range 6 {
				if got, want := Distance(a, b, limit), min(exact, limit+1); got != want {
					t.Errorf("Distance(%q, %q, %d) = %d, want %d", a, b, limit, got, want)
				}
			}
		}
	}
}
