package slack

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// since is a storm, and reportLink where a report may be kept.
var since = render.Repeats{Times: 14, Over: 20 * time.Minute, Last: time.Date(2026, 10, 14, 9, 46, 12, 0, time.UTC)}

const reportLink = "https://assumewhy.example.com/incident/7f3a91c2d4e5f607?a=1&b=2"

// all are the messages of a report, by kind.
func all(r *report.Report) map[string]Message {
	list := map[string]Message{
		"alert":   Alert(r, Console(Links{Report: reportLink}, r), render.Repeats{}),
		"updated": Alert(r, Links{}, since),
	}
	list["repeat"], _ = Repeat(r, since)
	if m, ok := Requester(r); ok {
		list["requester"] = m
	}
	return list
}

func TestGolden(t *testing.T) {
	reports := rendertest.Reports()
	for _, name := range slices.Sorted(maps.Keys(reports)) {
		t.Run(name, func(t *testing.T) {
			messages := all(reports[name])
			for _, m := range messages {
				checkMessage(t, m)
			}
			delete(messages, "updated") // the alert with a line more
			var got bytes.Buffer
			enc := json.NewEncoder(&got)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", " ")
			if err := enc.Encode(messages); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
		})
	}
}

// FuzzMessages: whatever a report holds, its messages stay within Slack's
// limits and are made of text alone.
func FuzzMessages(f *testing.F) {
	for i := range uint64(300) {
		f.Add(i, rendertest.Fragments[int(i)%len(rendertest.Fragments)])
	}
	f.Add(uint64(1), strings.Repeat("<!channel> & `", 3000))
	f.Fuzz(func(t *testing.T, seed uint64, extra string) {
		r := rendertest.Random(seed, extra)
		first := all(r)
		for _, m := range first {
			checkMessage(t, m)
		}
		if diff := cmp.Diff(first, all(r)); diff != "" {
			t.Errorf("the same report reads otherwise the second time: %s", diff)
		}
	})
}

// slackSays are what acts in Slack, if it is read as markup.
var slackSays = []string{
	"<!channel>", "<!here|here>", "<@U123>", "<#C123|general>", "<https://example.com|click>", "<!subteam^S1>", "<!date^1^{date}|x>",
	"@here", "#general", "*bold*", "_it_", "~no~", "`code`", "```", "> quote", ":tada:", "https://example.com", "mailto:bob@example.com",
	"a\n*CAUSE*\nforged", "&lt;!channel&gt;", "\u202egnp", "\x1b[31m", "\u200b",
}

// TestHostileNames: in whatever field it stands, nothing of an event is a
// mention, a link, markup or an emoji.
func TestHostileNames(t *testing.T) {
	for _, s := range slackSays {
		for _, r := range rendertest.Reports() {
			r.Caller = report.Caller{ARN: "arn:aws:sts::210000000029:assumed-role/ops/" + s, Account: "210000000029", Type: "AssumedRole", SessionName: s, RoleARN: "arn:aws:iam::210000000029:role/" + s}
			r.Role.ARN, r.Role.OwnerName, r.Headline, r.Next = "arn:aws:iam::320000000031:role/"+s, s, s+" "+s, s
			r.Accounts = map[string]report.Account{"210000000029": {Name: s}, "320000000031": {Name: s}}
			r.Event.SourceIP, r.Event.Region, r.Event.Time, r.Event.ID, r.Incident = s, s, s, s, s
			for _, m := range all(r) {
				checkMessage(t, m)
				raw, err := json.Marshal(m)
				if err != nil || bytes.ContainsAny(raw, "<>") {
					t.Errorf("%q, %v", raw, err)
				}
			}
		}
	}
}

func TestRepeat(t *testing.T) {
	r := rendertest.Reports()["untrusted"]
	if m, ok := Repeat(r, render.Repeats{}); ok || len(m.Blocks) > 0 {
		t.Errorf("what was not again: %+v", m)
	}
	m, ok := Repeat(r, since)
	if want := "again 14 times in 20 minutes, last 09:46:12 UTC"; !ok || m.Blocks[0].Elements[0].Elements[0].Text != want {
		t.Errorf("%+v, want %q", m, want)
	}
	updated := Alert(r, Links{}, since)
	foot := updated.Blocks[len(updated.Blocks)-1].Elements[0].Text
	if !strings.HasPrefix(foot, "again 14 times in 20 minutes, last 09:46:12 UTC · incident 7f3a91c2d4e5f607") {
		t.Errorf("the updated alert ends with %q", foot)
	}
}

// TestAtMostEightLines: a long statement is cut, and says where.
func TestAtMostEightLines(t *testing.T) {
	for name, r := range rendertest.Reports() {
		b := render.BriefOf(r)
		if b.Cause == nil {
			continue
		}
		lines := 0
		for _, l := range quoted(*b.Cause) {
			if before, _, ok := strings.Cut(l, "│"); ok && strings.Trim(before, " 0123456789") == "" && strings.TrimSpace(before) != "" {
				lines++
			}
		}
		if lines > 8 || len(r.Causes[0].Quote.Lines) > 0 && lines == 0 {
			t.Errorf("%s: %d lines", name, lines)
		}
	}
}

func ExampleAlert() {
	r := &report.Report{
		Verdict: "denied", Headline: "The trust policy of role Deployer does not trust user bob.",
		Caller: report.Caller{ARN: "arn:aws:iam::210000000029:user/bob", Type: "IAMUser"},
		Role:   report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"},
	}
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	if err := enc.Encode(Alert(r, Links{}, render.Repeats{}).Blocks[0]); err != nil {
		panic(err)
	}
	// Output:
	// {
	//  "type": "header",
	//  "text": {
	//   "type": "plain_text",
	//   "text": "Denied role switch: bob → Deployer",
	//   "emoji": false
	//  }
	// }
}
