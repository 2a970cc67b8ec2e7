package slack

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestProse(t *testing.T) {
	tests := map[string]string{
		"": "", "  a   b ": "a b", "user bob in dev (111122223333)": "user bob in dev (111122223333)",
		"alice@example.com in dev":       "`alice@example.com` in dev",
		"trust.no_principal, proved":     "`trust.no_principal`, proved",
		"a_b *c* ~d~":                    "`a_b *c* ~d~`",
		"a.b, c.d":                       "`a.b`, `c.d`",
		"<!channel> & <@U1>":             "`&lt;!channel&gt; &amp; &lt;@U1&gt;`",
		"`x` ```":                        "`\\x60x\\x60 \\x60\\x60\\x60`",
		"a\nb":                           "`a\\nb`",
		"2026-10-14 09:26:53Z":           "2026-10-14 09:26:53Z",
		":tada: 12:30 x:":                "`:tada: 12:30 x:`",
		"生产环境 (1)":                       "生产环境 (1)",
		"((x)) -a a- ...":                "`((x)) -a a- ...`",
		"198.51.100.7, us-east-1":        "`198.51.100.7`, us-east-1",
		strings.Repeat("x", maxValue+10): strings.Repeat("x", maxValue-1) + "…",
	}
	for in, want := range tests {
		if got := prose(in); got != want {
			t.Errorf("prose(%q)\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestPlain(t *testing.T) {
	tests := []struct {
		in   string
		most int
		want string
	}{
		{"a < b & c > d", 50, "a &lt; b &amp; c &gt; d"},
		{"&lt;", 50, "&amp;lt;"},
		{"<!channel>", 50, "&lt;!channel&gt;"},
		{"abcdef", 6, "abcdef"},
		{"abcdefg", 6, "abcde…"},
		{"<<<<", 10, "&lt;&lt;…"},
		{"ab\x1b[1m", 5, "ab…"},
		{"👍👍👍👍", 5, "👍👍…"},
	}
	for _, tt := range tests {
		if got := plain(tt.in, tt.most); got != tt.want {
			t.Errorf("plain(%q, %d) = %q, want %q", tt.in, tt.most, got, tt.want)
		}
	}
}

func TestLink(t *testing.T) {
	tests := map[string]string{
		"https://example.com/a?b=1&c=2": "<https://example.com/a?b=1&amp;c=2|report>",
		"http://example.com/":           "", "https://": "", "javascript:alert(1)": "", "": "",
		"https://example.com/a|b": "", "https://example.com/>": "", "https://example.com/ x": "", "https://example.com/\n": "", "https://exämple.com/": "",
	}
	for in, want := range tests {
		if got := link(in, "report"); got != want {
			t.Errorf("link(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestConsole(t *testing.T) {
	const id = "5d7e0f3a-1111-4222-8333-444455556666"
	event := report.Event{ID: id, Region: "eu-central-1"}
	arn := func(partition, name string) string { return "arn:" + partition + ":iam::320000000031:role/" + name }
	tests := []struct {
		name string
		r    report.Report
		want Links
	}{
		{"aws", report.Report{Event: event, Role: report.Role{ARN: arn("aws", "team/Deployer"), Exists: "yes"}}, Links{
			Trail: "https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/events/" + id,
			Role:  "https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/Deployer",
		}},
		{"aws-cn", report.Report{Event: report.Event{ID: id, Region: "cn-northwest-1"}, Role: report.Role{ARN: arn("aws-cn", "a=b"), Exists: "yes"}}, Links{
			Trail: "https://cn-northwest-1.console.amazonaws.cn/cloudtrailv2/home?region=cn-northwest-1#/events/" + id,
			Role:  "https://cn-north-1.console.amazonaws.cn/iam/home?region=cn-north-1#/roles/details/a=b",
		}},
		{"aws-us-gov", report.Report{Event: report.Event{ID: id, Region: "us-gov-east-1"}, Role: report.Role{ARN: arn("aws-us-gov", "x"), Exists: "yes"}}, Links{
			Trail: "https://us-gov-east-1.console.amazonaws-us-gov.com/cloudtrailv2/home?region=us-gov-east-1#/events/" + id,
			Role:  "https://us-gov-west-1.console.amazonaws-us-gov.com/iam/home?region=us-gov-west-1#/roles/details/x",
		}},
		{"another partition", report.Report{Event: event, Role: report.Role{ARN: arn("aws-later", "x"), Exists: "yes"}}, Links{}},
		{"no such role", report.Report{Role: report.Role{ARN: arn("aws", "x"), Exists: "no"}}, Links{}},
		{"role not read", report.Report{Role: report.Role{ARN: arn("aws", "x"), Exists: "unknown"}}, Links{}},
		{"outside", report.Report{Role: report.Role{ARN: arn("aws", "x"), Account: "320000000031", Exists: "yes"}, Accounts: map[string]report.Account{"320000000031": {Outside: true}}}, Links{}},
		{"by the caller", report.Report{Event: event, Caller: report.Caller{ARN: "arn:aws:iam::210000000029:user/bob"}}, Links{
			Trail: "https://eu-central-1.console.aws.amazon.com/cloudtrailv2/home?region=eu-central-1#/events/" + id,
		}},
		{"hostile", report.Report{
			Event: report.Event{ID: id + "|x>", Region: "evil.example.com/"},
			Role:  report.Role{ARN: arn("aws", "x|y><!channel>#&\n"), Exists: "yes"},
		}, Links{Role: "https://us-east-1.console.aws.amazon.com/iam/home?region=us-east-1#/roles/details/x%7Cy%3E%3C%21channel%3E%23&%0A"}},
		{"nothing", report.Report{}, Links{}},
	}
	for _, tt := range tests {
		if got := Console(Links{}, &tt.r); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
	given := Links{Report: "https://a.example.com", Trail: "https://b.example.com", Role: "https://c.example.com"}
	if got := Console(given, &tests[0].r); got != given {
		t.Errorf("what is given is changed: %+v", got)
	}
}
