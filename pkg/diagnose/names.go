package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
)

// nearestRole finds the role that was probably meant: the same name in another
// path or case, a permission set's role with another suffix, or a name that
// differs by a slip of the keyboard.
func nearestRole(acc *estate.Account, path, name string) Detail {
	best, kind := nearestName(acc.RoleNames(), path, name)
	return Detail{Kind: kind, Nearest: best.ARN}
}

// Nearest is the name, of all of an account's roles, that was probably meant by
// path and name of one that does not exist; false where none is near.
func Nearest(names []estate.Name, path, name string) (estate.Name, bool) {
	best, kind := nearestName(names, path, name)
	return best, kind != ""
}

func nearestName(names []estate.Name, path, name string) (best estate.Name, bestKind string) {
	bestCost, lower := 1<<30, strings.ToLower(name)
	for _, n := range names {
		kind, cost := likeName(n, path, name, lower)
		if kind != "" && cost < bestCost {
			best, bestKind, bestCost = n, kind, cost
		}
	}
	return best, bestKind
}

// likeName says how a role's name is like the one asked for, which is given in
// lower case, too, and at what cost.
func likeName(n estate.Name, path, name, lower string) (string, int) {
	switch {
	case n.Name == name && n.Path == path:
		return "partition", 0
	case n.Name == name && !strings.EqualFold(n.Path, path):
		return "path", 0
	case strings.EqualFold(n.Name, name):
		return "case", 1
	case ssoName(name) != "" && ssoName(n.Name) == ssoName(name):
		return "sso_suffix", 2
	}
	limit := max(1, len(name)/5)
	if d := Distance(strings.ToLower(n.Name), lower, limit); d <= limit {
		if n.Path != path {
			d++
		}
		return "spelling", 2 + d
	}
	return "", 0
}

// ssoName is a permission set's role name without its suffix of 16 hex digits;
// empty for other roles
// (IAM Identity Center User Guide, "Referencing permission sets in resource policies").
func ssoName(name string) string {
	i := strings.LastIndexByte(name, '_')
	if !strings.HasPrefix(name, "AWSReservedSSO_") || i < len("AWSReservedSSO_") || len(name)-i-1 != 16 {
		return ""
	}
	return name[:i]
}

// Distance is the number of letters to insert, delete, replace or swap with
// their neighbor; anything over limit comes back as limit+1.
func Distance(a, b string, limit int) int {
	var xs, ys [nearly]rune
	x, y := runes(xs[:0], a), runes(ys[:0], b)
	if len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	var rows [3][nearly + 1]int
	before, last, row := rows[0][:], rows[1][:], rows[2][:]
	if len(y) > nearly {
		before, last, row = make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	}
	for j := range len(y) + 1 {
		last[j] = j
	}
	least, leastBefore := 0, 0 // of the last two rows
	for i := 1; i <= len(x) && min(least, leastBefore) <= limit; i++ {
		leastBefore, least = least, i
		row[0] = i
		from, to := max(1, i-limit), min(len(y), i+limit) // what lies farther off is over the limit
		if from > 1 {
			row[from-1] = limit + 1
		}
		for j := from; j <= to; j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
			least = min(least, row[j])
		}
		if to < len(y) {
			row[to+1] = limit + 1
		}
		before, last, row = last, row, before
	}
	if min(least, leastBefore) > limit {
		return limit + 1 // no later row can have less
	}
	return min(last[len(y)], limit+1)
}

// nearly is the length up to which most names are, in characters: as much as
// is compared without asking for memory.
const nearly = 64

func runes(dst []rune, s string) []rune {
	for _, r := range s {
		dst = append(dst, r)
	}
	return dst
}
