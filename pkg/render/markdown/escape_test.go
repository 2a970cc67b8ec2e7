package markdown

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
)

func TestProse(t *testing.T) {
	tests := map[string]string{
		"":         "",
		"  a   b ": "a b",
		"The role's trust policy does not trust user bob; it trusts carol only.": "The role's trust policy does not trust user bob; it trusts carol only.",
		"role Deployer in prod (444455556666)":                                   "role Deployer in prod (444455556666)",
		"2026-10-14 09:26:53Z, 3 h 26 min":                                       "2026-10-14 09:26:53Z, 3 h 26 min",
		"部署角色 (生产)":                                                              "部署角色 (生产)",
		"→ · – “x” ’":                                                            "→ · – “x” `’`",
		"ask @alice, or #12.":                                                    "ask `@alice`, or `#12`.",
		"alice@example.com":                                                      "`alice@example.com`",
		"(sts:AssumeRole)":                                                       "(`sts:AssumeRole`)",
		"a_b *c* ~d~ [e](f)":                                                     "`a_b *c* ~d~ [e](f`)",
		"https://example.com/.":                                                  "`https://example.com/`.",
		"www.example.com":                                                        "`www.example.com`",
		"<b>x</b> &lt;":                                                          "`<b>x</b> &lt`;",
		"GH-12 UTF-8 us-east-1":                                                  "`GH-12 UTF-8` us-east-1",
		"deadbee deadbeef1 1234567":                                              "`deadbee deadbeef1` 1234567",
		"1. x 2. y":                                                              `1\. x 2. y`,
		"12) x":                                                                  `12\) x`,
		"1":                                                                      "1",
		"- x":                                                                    "`-` x",
		"+ # > | = -- ---":                                                       "`+ # > | = -- ---`",
		"a``b ` ```x":                                                            "````a``b ` ```x````",
		"a\nb\x1b[1m \u202e":                                                     "`a\\nb\\x1b[1m \\u202e`",
		`\ \. a\`:                                                                "`\\ \\`. `a\\`",
		"say --know 'a:b=C', or --x y":                                           "say `--know 'a:b=C'`, or `--x` y",
		":tada: a:":                                                              "`:tada`: a:",
		"... () !":                                                               "`... () !`",
		"-a a- 'a' a-b a--b":                                                     "`-a a-` 'a' a-b `a--b`",
	}
	for in, want := range tests {
		if got := prose(in); got != want {
			t.Errorf("prose(%q)\n got %s\nwant %s", in, got, want)
		}
	}
	if got, want := cell(`a|b \| |`), "`a\\x7cb \\\\x7c \\x7c`"; got != want {
		t.Errorf("cell: got %s, want %s", got, want)
	}
}

func TestFenced(t *testing.T) {
	for in, want := range map[string]string{
		"x": "```", "`": "```", "```": "````", "a ````` b": "``````",
	} {
		got := fenced([]string{in, "y"})
		if got != want+"text\n"+in+"\ny\n"+want {
			t.Errorf("fenced(%q) = %q", in, got)
		}
	}
}

// places are where escaped text is put: what stands around it, as Markdown and
// as it reads.
var places = []struct {
	name, before, after string
	head, tail          string
	escape              func(string) string
}{
	{"paragraph", "", "", "", "", prose},
	{"after a paragraph", "x\n\n", "\n\ny", "x ", " y", prose},
	{"heading", "#### ", "", "", "", prose},
	{"list", "- ", "\n- x", "", " x", prose},
	{"bold", "", " x", "", " x", func(s string) string { return strong(prose(s)) }},
	{"cell", "| x |\n|---|\n| ", " |", "x ", "", cell},
	{"bold cell", "| x | y |\n|---|---|\n| ", ", x | y |", "x y ", ", x y", func(s string) string { return strong(cell(s)) }},
	{"block", "", "", "", "", func(s string) string { return fenced([]string{render.Visible(s)}) }},
}

// FuzzEscape: a text reads back as it is, wherever it stands, and makes nothing
// but text.
func FuzzEscape(f *testing.F) {
	for i, a := range rendertest.Fragments {
		b := rendertest.Fragments[i*37%len(rendertest.Fragments)]
		f.Add(a)
		f.Add(a + b)
		f.Add(b + " " + a)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range places {
			want := seen(s)
			if strings.Contains(p.name, "cell") {
				want = strings.ReplaceAll(want, "|", `\x7c`)
			}
			want = strings.Join(strings.Fields(p.head+want+p.tail), " ")
			if got := checkPage(t, p.before+p.escape(s)+p.after); got != want {
				t.Fatalf("%s: %q reads %q:\n%s", p.name, want, got, p.before+p.escape(s)+p.after)
			}
		}
	})
}
