package rendertest

import (
	"math/rand/v2"
	"reflect"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Fragments are what a name could hold to take over a terminal or a page, or to
// pass for a line of ours.
var Fragments = []string{
	"bob", " ", "  ", " CAUSE  forged", "arn:aws:iam::210000000029:user/bob", strings.Repeat("x", 97), "\nCAUSE  forged", "\r\nUNKNOWN  nothing",
	"\x1b[31m", "\x1b]0;title\a", "\u009b2J", "\b\b\b", "\x7f", "\x00", "\t", "\v\f", "\u0085",
	"\u202e", "\u2066", "\u2069", "\u200f", "\u061c", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028CAUSE  forged", "\u2029",
	"\U000e0041", "\ufe0f", "\u034f", "\u3164", "\u115f", "\u00a0", "\u3000", "\ue000", "\ufffd", "\U0010ffff",
	"\xff", "\xc3", "\xed\xa0\x80", "e\u0301", strings.Repeat("\u0301", 40), "\u0e01\u0e34\u0e48", "\u0627\u0644",
	"部署角色", "ｱ", "한글", "\u1100\u1161\u11a8", "\u1161", "👩‍👩‍👧", "🇩🇪", "🇩", "👍🏽", "½", "…", "→", "%s%d%!", `\`, `"`, "{{.}}", "<!channel>",
	"@alice", "alice@example.com", "#123", "org/repo#1", "GH-12", "deadbeef1234567", "https://example.com/x?y=1&z", "www.example.com", "mailto:bob@example.com",
	"[x](https://example.com)", "![x](https://example.com/x.png)", "<b>", "</details>", "<!--", "-->", "<https://example.com>", "&lt;", "&#64;alice", "&amp",
	"`", "```", "````\n", "~~~", "~~x~~", "*", "**x**", "_x_", "__", "|", "\\|", "| a | b |", "|---|---|", "# x", "#", "1.", "2)", "- ", "+", "-", "---", "===", "> ",
	"    x", "[ ]", "[x]: https://example.com", "[^1]", "$x$", "$$", ":tada:", "!", "\\", "\\`", "\n\n", "\n---\n", "\n# x", "“x”", "'", "’", "(", ")", "((x))", ".", ",", ":", ";", "?",
	"210000000029", "2026-10-14T09:26:53Z", "role/", "arn:aws:iam::320000000031:role/Deployer", "AWSReservedSSO_A_0", "/", ":",
}

// closed are words of the report's closed sets, so that random reports reach
// all that is shown.
var closed = []string{
	"denied", "allowed_now", "undetermined", "not_a_policy_denial", "sts:AssumeRole", "sts:TagSession", "yes", "no", "depends", "exempt",
	"allows", "denies", "unknown", "none", "true", "false", "identity", "boundary", "session", "scp", "rcp", "vpce", "trust",
	"role_account", "caller_account", "organization", "present", "absent", "present_unknown", "proved", "likely", "possible",
	"AssumedRole", "IAMUser", "Root", "StringNotEquals", "sts:ExternalId", "estate:trusts", "estate:level", "inline", "silent",
}

// scramble fills every string, number and list below v.
func scramble(rng *rand.Rand, extra string, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(randomText(rng, extra))
	case reflect.Int:
		v.SetInt([]int64{0, 1, 2, 3, 5, 40, -1, 1 << 62, -1 << 62}[rng.IntN(9)])
	case reflect.Bool:
		v.SetBool(rng.IntN(2) == 0)
	case reflect.Struct:
		for i := range v.NumField() {
			scramble(rng, extra, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			scramble(rng, extra, v.Index(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), rng.IntN(4), 4))
		for i := range v.Len() {
			scramble(rng, extra, v.Index(i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		for range rng.IntN(3) {
			key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
			scramble(rng, extra, key)
			scramble(rng, extra, value)
			v.SetMapIndex(key, value)
		}
	case reflect.Pointer:
		if rng.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			scramble(rng, extra, v.Elem())
		}
	default: // interfaces stay empty
	}
}

func randomText(rng *rand.Rand, extra string) string {
	switch rng.IntN(4) {
	case 0:
		return closed[rng.IntN(len(closed))]
	case 1:
		return extra
	}
	var b strings.Builder
	for range rng.IntN(5) {
		b.WriteString(Fragments[rng.IntN(len(Fragments))])
	}
	return b.String()
}

// Random is a report with hostile text everywhere but in the codes of its
// causes: [Fragments], extra, and words of the report's closed sets.
func Random(seed uint64, extra string) *report.Report {
	rng := rand.New(rand.NewPCG(seed, 1))
	r := &report.Report{}
	scramble(rng, extra, reflect.ValueOf(r).Elem())
	known := []string{"trust.no_principal", "trust.external_id_mismatch", "scp.region_deny", "evidence.role_unknown"}
	for i := range r.Causes {
		r.Causes[i].Code = known[rng.IntN(len(known))]
	}
	return r
}
