package report

import (
	"strings"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/eval"
)

// The bounds of a comparison: longer lists of parts, and longer parts, are
// compared by what they begin and end with; more than maxLetters other letters
// are another word.
const (
	maxParts   = 96
	maxLetters = 3
)

// Differences gives the byte ranges, [from,to), by which two values differ, in
// each of them: part by part (ARNs, paths, subjects of tokens), letter by letter
// where few letters differ. What a wildcard of wanted covers is no difference;
// what only one of them has is marked in that one.
func Differences(wanted, got string) (inWanted, inGot [][2]int) {
	inWanted, inGot = [][2]int{}, [][2]int{}
	if wanted == "" || got == "" || strings.TrimSpace(wanted) == hidden || strings.TrimSpace(got) == hidden || wanted == got {
		return inWanted, inGot
	}
	d := differ{wanted: inWanted, got: inGot}
	for _, p := range pair(parts(wanted), parts(got)) {
		d.part(p[0], p[1])
	}
	return d.wanted, d.got
}

// Literally gives the text that Differences compares as it stands, for an
// operator that knows no wildcards: signs of the same length that are none stand
// for them.
func Literally(operator, wanted string) string {
	op, ok := eval.ParseOperator(operator)
	if !ok || op.Family != eval.FamilyString && op.Family != eval.FamilyStringIgnoreCase {
		return wanted
	}
	return noWildcards.Replace(wanted)
}

var noWildcards = strings.NewReplacer("*", "\x01", "?", "\x02")

// differences are those of what the call had.
func differences(c *Cause) [][2]int {
	_, list := Differences(Literally(c.Condition.Operator, c.Detail.Wanted), c.Detail.Got)
	return list
}

// differ collects ranges; left and right are how far both were read.
type differ struct {
	wanted, got [][2]int
	left, right int
}

// part compares two parts that stand for each other; one of them may be empty.
func (d *differ) part(wanted, got string) {
	left, right := d.left, d.right
	d.left, d.right = left+len(wanted), right+len(got)
	if wanted == got || covers(wanted, got) {
		return
	}
	a, b := withoutEnd(wanted), withoutEnd(got)
	if a == b {
		return
	}
	if wanted == "" || got == "" { // the whole of what only one of them has
		a, b = wanted, got
	}
	if star := strings.IndexAny(a, "*?"); star >= 0 { // what stands before it is all that can differ
		a = a[:star]
	}
	ours, theirs := lettersApart(a, b)
	for _, r := range ours {
		d.wanted = extend(d.wanted, left+r[0], left+r[1])
	}
	for _, r := range theirs {
		d.got = extend(d.got, right+r[0], right+r[1])
	}
}

// extend adds a range, to the last one where they touch.
func extend(list [][2]int, from, to int) [][2]int {
	if n := len(list); n > 0 && list[n-1][1] == from {
		list[n-1][1] = to
		return list
	}
	return append(list, [2]int{from, to})
}

// lettersApart are the letters that differ, or the whole where less than half is
// common: a reader sees another word then, not other letters.
func lettersApart(a, b string) (ours, theirs [][2]int) {
	if len(a) <= maxParts && len(b) <= maxParts && ascii(a) && ascii(b) && mayPair(a, b) {
		pairs := pair(strings.Split(a, ""), strings.Split(b, ""))
		n, at, to := 0, 0, 0
		for _, p := range pairs {
			if p[0] != p[1] {
				n++
				if p[0] != "" {
					ours = extend(ours, at, at+1)
				}
				if p[1] != "" {
					theirs = extend(theirs, to, to+1)
				}
			}
			at, to = at+len(p[0]), to+len(p[1])
		}
		if n <= maxLetters && 2*n < max(len(a), len(b)) {
			return ours, theirs
		}
	}
	head := commonHead(a, b)
	tail := commonTail(a[head:], b[head:])
	if 2*(head+tail) < max(len(a), len(b)) {
		head, tail = 0, 0
	}
	return span(a, head, tail), span(b, head, tail)
}

// mayPair rules out words of which more than maxLetters letters must differ. A
// star stands for any number.
func mayPair(a, b string) bool {
	return strings.Contains(a, "*") || diagnose.Distance(a, b, maxLetters) <= maxLetters
}

// span is what lies between the first head and the last tail bytes.
func span(s string, head, tail int) [][2]int {
	if head+tail >= len(s) {
		return nil
	}
	return [][2]int{{head, len(s) - tail}}
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// parts splits behind each colon and slash.
func parts(s string) []string {
	list := make([]string, 0, 12) // an ARN of a role in a path has as many
	for s != "" {
		i := strings.IndexAny(s, ":/") + 1
		if i == 0 {
			i = len(s)
		}
		list, s = append(list, s[:i]), s[i:]
	}
	return list
}

// covers says whether a part that ends in a star takes in another.
func covers(pattern, part string) bool {
	if !takesAll(pattern) {
		return false
	}
	head := pattern[:len(pattern)-1]
	return strings.HasPrefix(part, head) && !strings.ContainsAny(head, "*?")
}

// What it costs to let two parts stand for each other that differ, and to leave
// one without another.
const (
	almost  = 1 // alike but for what separates them from the next
	another = 2
	unlike  = 3 // separated otherwise: a path and a name
	alone   = 2
)

func price(a, b string) int {
	switch {
	case a == b, covers(a, b):
		return 0
	case withoutEnd(a) == withoutEnd(b):
		return almost
	case strings.HasSuffix(a, ":") != strings.HasSuffix(b, ":"), strings.HasSuffix(a, "/") != strings.HasSuffix(b, "/"):
		return unlike
	}
	return another
}

// withoutEnd is a part without the colons and slashes at its end.
func withoutEnd(s string) string {
	for s != "" && (s[len(s)-1] == ':' || s[len(s)-1] == '/') {
		s = s[:len(s)-1]
	}
	return s
}

// pair puts parts that stand for each other side by side at the least price; a
// part that stands alone has an empty one beside it. A star at the end takes in
// all that is left.
func pair(a, b []string) [][2]string {
	if len(a) > maxParts || len(b) > maxParts {
		return [][2]string{{strings.Join(a, ""), strings.Join(b, "")}}
	}
	list := make([][2]string, 0, max(len(a), len(b)))
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] && !takesAll(a[len(a)-1]) { // nothing is cheaper
		list, a, b = append(list, [2]string{a[0], b[0]}), a[1:], b[1:]
	}
	prices := prices(a, b)
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		here := prices[i][j]
		switch {
		case i == len(a)-1 && takesAll(a[i]) && here == 0:
			return append(list, [2]string{a[i], strings.Join(b[j:], "")})
		case i < len(a) && j < len(b) && here == prices[i+1][j+1]+price(a[i], b[j]):
			list, i, j = append(list, [2]string{a[i], b[j]}), i+1, j+1
		case i < len(a) && here == prices[i+1][j]+alone:
			list, i = append(list, [2]string{a[i], ""}), i+1
		default:
			list, j = append(list, [2]string{"", b[j]}), j+1
		}
	}
	return list
}

func takesAll(part string) bool { return len(part) > 0 && part[len(part)-1] == '*' }

// prices are those of pairing a[i:] with b[j:].
func prices(a, b []string) [][]int {
	table, all := make([][]int, len(a)+1), make([]int, (len(a)+1)*(len(b)+1))
	for i := len(a); i >= 0; i-- {
		table[i], all = all[:len(b)+1], all[len(b)+1:]
		for j := len(b); j >= 0; j-- {
			switch {
			case i == len(a)-1 && takesAll(a[i]) && covers(a[i], strings.Join(b[j:], "")):
			case i == len(a):
				table[i][j] = alone * (len(b) - j)
			case j == len(b):
				table[i][j] = table[i+1][j] + alone
			default:
				table[i][j] = min(table[i+1][j+1]+price(a[i], b[j]), table[i+1][j]+alone, table[i][j+1]+alone)
			}
		}
	}
	return table
}

func commonHead(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (n < len(b) && !utf8.RuneStart(b[n]) || n < len(a) && !utf8.RuneStart(a[n])) {
		n--
	}
	return n
}

func commonTail(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(b[len(b)-n]) {
		n--
	}
	return n
}
