package render

import (
	"slices"
	"strings"
)

// maxValues is how many values of one fact are listed, unless all are asked for.
const maxValues = 6

// Sentences splits the headline into its first sentence and the rest, which
// begins with a blank.
func (l Lead) Sentences() (first, rest string) {
	if i := strings.Index(l.Headline, ". "); i >= 0 {
		return l.Headline[:i+1], l.Headline[i+1:]
	}
	return l.Headline, ""
}

// Shown gives the facts without those that are for a reader who asks for all.
func (c Cause) Shown(all bool) []Fact {
	if all {
		return c.Facts
	}
	return slices.DeleteFunc(slices.Clone(c.Facts), func(f Fact) bool { return f.Proof })
}

// Shown gives the values that are listed, and how many are only counted.
func (f Fact) Shown(all bool) (values []Value, more int) {
	if all || len(f.Values) <= maxValues {
		return f.Values, 0
	}
	return f.Values[:maxValues-1], len(f.Values) - maxValues + 1
}

// Shown leaves out gaps that do not matter here, and what would settle those
// that cannot change the answer, unless all is asked for.
func (u Unknowns) Shown(all bool) []Gaps {
	if all {
		return u.Groups
	}
	var out []Gaps
	for _, g := range u.Groups {
		if g.Tone == Faint {
			continue
		}
		if u.Settled {
			g.List = slices.Clone(g.List)
			for i := range g.List {
				g.List[i].Settle = ""
			}
		}
		out = append(out, g)
	}
	return out
}
