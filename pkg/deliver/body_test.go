package deliver

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

func TestJSONFits(t *testing.T) {
	m := message(t)
	whole, err := JSON(&m, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	before := fmt.Sprintf("%+v", m.Report)
	shortest := 0
	for limit := len(whole); limit > 500; limit -= 97 {
		raw, err := JSON(&m, limit)
		if err != nil {
			if shortest == 0 {
				t.Errorf("nothing was cut to fit %d of %d bytes: %v", limit, len(whole), err)
			}
			break
		}
		var f finding
		if err := json.Unmarshal(raw, &f); err != nil {
			t.Fatal(err)
		}
		if len(raw) > limit || len(raw) < len(whole) && len(f.Cut) == 0 || f.Report.Incident != m.Report.Incident || f.Report.Headline != m.Report.Headline {
			t.Errorf("limit %d: %d bytes, cut %v", limit, len(raw), f.Cut)
		}
		shortest = len(raw)
	}
	if fmt.Sprintf("%+v", m.Report) != before {
		t.Error("the report that was given is changed")
	}
}

// TestJSONHostile: what an event holds leaves no control character in the JSON.
func TestJSONHostile(t *testing.T) {
	for seed := range uint64(50) {
		m := message(t)
		m.Report = rendertest.Random(seed, "<!channel>")
		raw, err := JSON(&m, 1<<22)
		if err != nil {
			t.Fatal(err)
		}
		if !json.Valid(raw) || strings.ContainsFunc(string(raw), func(r rune) bool { return r < ' ' || r == 0x7f || r == 0x202e }) {
			t.Fatalf("seed %d: %q", seed, raw)
		}
	}
}

func TestSince(t *testing.T) {
	first := time.Date(2026, 10, 14, 9, 26, 12, 0, time.UTC)
	for count, want := range map[int]render.Repeats{
		0: {}, 1: {}, 15: {Times: 14, Over: 20 * time.Minute, Last: first.Add(20 * time.Minute)},
	} {
		if got := (Repeats{Count: count, First: first, Last: first.Add(20 * time.Minute)}).Since(); got != want {
			t.Errorf("%d: %+v, want %+v", count, got, want)
		}
	}
}

func TestAddress(t *testing.T) {
	q := Requesters{Domains: []string{"example.com"}, Tag: "email"}
	for _, test := range []struct {
		source, tag, session, want string
	}{
		{"alice@example.com", "bob@example.com", "carol@example.com", "alice@example.com"},
		{"ticket-1", "bob@example.com", "carol@example.com", "bob@example.com"},
		{"", "", "Carol@Example.com", "carol@example.com"},
		{"", "", "carol@example.net", ""},
		{"", "", "carol", ""},
		{"", "", "Carol <carol@example.com>", ""},
		{"", "", `"carol@example.com"@example.net`, ""},
		{"", "", "carol@example.com\r\nBcc: dave@example.com", ""},
		{"", "", strings.Repeat("x", 300) + "@example.com", ""},
		{"", "", "", ""},
	} {
		if got := q.Address(test.source, map[string]string{"email": test.tag}, test.session); got != test.want {
			t.Errorf("%+v: %q", test, got)
		}
	}
	if got := (Requesters{}).Address("alice@example.com", nil, ""); got != "" {
		t.Errorf("nobody is to be written to, and %q is", got)
	}
}

func facts() Facts {
	return Facts{
		Report: &report.Report{
			Verdict: "denied", Role: report.Role{Account: "444455556666", ARN: "arn:aws:iam::444455556666:role/Deployer"},
			Caller: report.Caller{Account: "111122223333", ARN: "arn:aws:sts::111122223333:assumed-role/Dev/bob", RoleARN: "arn:aws:iam::111122223333:role/Dev"},
			Causes: []report.Cause{{Code: "possible.one"}, {Code: "trust.no_principal", Certainty: "proved", Primary: true, Account: "777788889999"}},
		},
		OUs: []string{"ou-ab12-11111111", "r-ab12"}, Tags: map[string]string{"Owner": "team-platform"},
	}
}

func TestRoutes(t *testing.T) {
	channels := []string{"slack", "mail", "pager", "bus"}
	for _, test := range []struct {
		name, routes string
		want         []string
	}{
		{"none", ``, []string{"mail"}},
		{"account of the role", `{"match":{"accounts":["444455556666"]},"to":["slack"]}`, []string{"slack"}},
		{"account of the caller", `{"match":{"accounts":["999999999999","1111*"]},"to":["slack"]}`, []string{"slack"}},
		{"account of who acts", `{"match":{"accounts":["777788889999"]},"to":["slack"]}`, []string{"slack"}},
		{"another account", `{"match":{"accounts":["999999999999"]},"to":["slack"]}`, []string{"mail"}},
		{"OU", `{"match":{"ous":["ou-ab12-11111111"]},"to":["slack"]}`, []string{"slack"}},
		{"root", `{"match":{"ous":["r-ab12"]},"to":["slack"]}`, []string{"slack"}},
		{"tag", `{"match":{"tags":{"Owner":["team-x","team-p*"]}},"to":["slack"]}`, []string{"slack"}},
		{"no such tag", `{"match":{"tags":{"owner":["*"]}},"to":["slack"]}`, []string{"mail"}},
		{"code", `{"match":{"codes":["trust.*"]},"to":["slack"]}`, []string{"slack"}},
		{"code of another cause", `{"match":{"codes":["caller.*"]},"to":["slack"]}`, []string{"mail"}},
		{"caller and role", `{"match":{"callers":["arn:aws:iam::111122223333:role/Dev"],"roles":["arn:aws:iam::444455556666:*"]},"to":["slack"]}`, []string{"slack"}},
		{"all lists must fit", `{"match":{"codes":["trust.*"],"certainties":["likely"]},"to":["slack"]}`, []string{"mail"}},
		{"severity and verdict", `{"match":{"severities":["medium"],"verdicts":["denied"]},"to":["slack"]}`, []string{"slack"}},
		{"first one decides", `{"match":{"codes":["*"]},"to":["slack"]},{"match":{"codes":["*"]},"to":["pager"]}`, []string{"slack"}},
		{"go on", `{"match":{"codes":["*"]},"to":["slack","bus"],"go_on":true},{"match":{"codes":["*"]},"to":["pager","slack"]}`, []string{"slack", "bus", "pager"}},
		{"silence", `{"match":{"codes":["trust.*"]},"to":[]}`, []string{}},
	} {
		file := `{"schema":"assumewhy.routes/v1","routes":[` + test.routes + `],"default":["mail"]}`
		r, err := ReadRoutes(strings.NewReader(file), channels)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if diff := cmp.Diff(test.want, r.To(facts())); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
}

func TestReadRoutesRefuses(t *testing.T) {
	route := func(s string) string {
		return `{"schema":"assumewhy.routes/v1","routes":[{"name":"n",` + s + `}]}`
	}
	for file, want := range map[string]string{
		``:                                    "EOF",
		`{"schema":"assumewhy.routes/v2"}`:    `the schema is "assumewhy.routes/v2"`,
		`{"schema":"assumewhy.routes/v1"} {}`: "more behind the routes",
		"{\"schema\":\"assumewhy.routes/v1\",\n\"rutes\":[]}":         `line 2: json: unknown field "rutes"`,
		route(`"match":{"account":["x"]},"to":[]`):                    `unknown field "account"`,
		route(`"match":{"codes":["x"]}`):                              `route 1 ("n"): it has no "to"`,
		route(`"match":{"codes":["x"]},"to":["fax"]`):                 `route 1 ("n"): there is no channel "fax", there are: slack`,
		route(`"match":{},"to":["slack"]`):                            "it matches everything",
		route(`"to":["slack"]`):                                       "it matches everything",
		route(`"match":{"codes":[]},"to":["slack"]`):                  "codes is empty",
		route(`"match":{"codes":[""]},"to":["slack"]`):                "an empty value fits nothing",
		route(`"match":{"codes":["a*b"]},"to":["slack"]`):             "star that is not at its end",
		route(`"match":{"accounts":["12345"]},"to":["slack"]`):        "not an account id",
		route(`"match":{"ous":["Workloads"]},"to":["slack"]`):         "not the id of an OU",
		route(`"match":{"certainties":["sure"]},"to":["slack"]`):      "none of: proved, likely, possible",
		route(`"match":{"severities":["worst"]},"to":["slack"]`):      "none of: high",
		route(`"match":{"verdicts":["bad"]},"to":["slack"]`):          "none of: denied",
		route(`"match":{"tags":{"Owner":[]}},"to":["slack"]`):         `"Owner" has no values`,
		route(`"match":{"codes":["trsut.no_principal"]},"to":[]`):     `codes: "trsut.no_principal" is none`,
		route(`"match":{"roles":["Deployer"]},"to":[]`):               `roles: "Deployer" is no ARN`,
		route(`"match":{"tags":{"Owner":["a*b"]}},"to":[]`):           "star that is not at its end",
		route(`"match":{"codes":["trust.*"]},"to":["slack"],"to":[]`): `"to" is there twice`,
		`{"schema":"assumewhy.routes/v1"}`:                            `there is no "default"`,
		strings.Repeat("[", 1000):                                     "unexpected EOF",
		`{"schema":"assumewhy.routes/v1","default":["fax"]}`:          `default: there is no channel "fax"`,
		strings.Repeat(" ", maxRoutes+1):                              "more than",
	} {
		if _, err := ReadRoutes(strings.NewReader(file), []string{"slack"}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.90s: %v, want %q", file, err, want)
		}
	}
}
