package diagnose

import "testing"

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
