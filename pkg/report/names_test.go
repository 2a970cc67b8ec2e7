package report

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

const alice = "alice@example.com"

// TestNames: what is an address, and what only looks a little like one.
func TestNames(t *testing.T) {
	n := &names{account: "210000000029", own: []string{"a=b@example.com", "dave@corp"}}
	p := n.pseudonym(alice)
	if !strings.HasPrefix(p, "name-") || len(p) != len("name-")+12 {
		t.Fatalf("%q", p)
	}
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{alice, p},
		{"arn:aws:sts::210000000029:assumed-role/Dev/" + alice, "arn:aws:sts::210000000029:assumed-role/Dev/" + p},
		{"AROAEXAMPLE:" + alice, "AROAEXAMPLE:" + p},
		{"User: " + alice + ".", "User: " + p + "."},
		{`"` + alice + `", "` + alice + `"`, `"` + p + `", "` + p + `"`},
		{`alice\u0040example.com alice%40example.com`, p + " " + p},
		{"Alice@example.com", n.pseudonym("Alice@example.com")},
		{"josé.o'neil@münchen.example", "josé.o'" + n.pseudonym("neil@münchen.example")},
		{"ali*@example.com", n.pseudonym("ali*@example.com")},
		{"alice@*", n.pseudonym("alice@*")},
		{"*:alice@ex?mple.com", "*:" + n.pseudonym("alice@ex?mple.com")},
		{"a=b@example.com", n.pseudonym("a=b@example.com")},
		{"x dave@corp y", "x " + n.pseudonym("dave@corp") + " y"},
		{"dave@corporate.example", n.pseudonym("dave@corporate.example")},
		{"*@example.com", "*@example.com"},
		{"${aws:username}@example.com", "${aws:username}@example.com"},
		{"example/app/.github/workflows/deploy.yml@refs/heads/main", "example/app/.github/workflows/deploy.yml@refs/heads/main"},
		{"tool@v1.2.3", "tool@v1.2.3"},
		{"bob", "bob"},
		{"@", "@"},
		{"a@b", "a@b"},
	} {
		if got := n.replace(test.text); got != test.want {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
		if got := n.replace(n.replace(test.text)); got != test.want {
			t.Errorf("%q twice: %q", test.text, got)
		}
	}
	if p == (&names{account: "320000000031"}).pseudonym(alice) {
		t.Error("one name has one pseudonym in two accounts")
	}
}

// TestHashNames: a report of the same call with and without, side by side.
func TestHashNames(t *testing.T) {
	calling := func(hash bool, owner string) *Report {
		in := input(t, "sesame-2026")
		text := strings.ReplaceAll(trustText, "user/carol", "user/"+alice)
		trust := trustOf(text)
		in.Diagnosis = diagnosis(trust, &trust.Document().Statements[0], in.Request, "sesame-2026")
		in.Subject.Caller.ARN = "arn:aws:sts::210000000029:assumed-role/Dev/" + alice
		in.Subject.Caller.SessionName = alice
		in.Subject.Record.ErrorMessage = strings.ReplaceAll(in.Subject.Record.ErrorMessage, bobARN, in.Subject.Caller.ARN)
		in.Subject.Record.Identity.Session = &trail.Session{SourceIdentity: "alice@corp"}
		in.Request.Caller = in.Subject.Caller
		in.Known = []reconstruct.Known{{Key: "aws:SourceIdentity", Values: []string{"alice@corp"}}}
		in.Diagnosis.RoleOwner = owner
		in.HashNames, in.Verbose = hash, true
		return Build(in)
	}
	plain, hashed := calling(false, "team@example.com"), calling(true, "team@example.com")
	if n := strings.Count(encoded(t, plain), alice); n < 4 {
		t.Fatalf("the address stands %d times where it may", n)
	}
	if text := encoded(t, hashed); strings.Contains(text, "alice") || !strings.Contains(text, "/name-") {
		t.Errorf("%s", text)
	}
	if hashed.Role.OwnerName != "team@example.com" {
		t.Errorf("the owner of the role is %q", hashed.Role.OwnerName)
	}
	if r := calling(true, "Alice <alice@corp>"); strings.Contains(encoded(t, r), "alice@") {
		t.Errorf("the caller owns the role: %q", r.Role.OwnerName)
	}
	if diff := cmp.Diff([]string{plain.Incident, plain.Fingerprint, plain.Verdict}, []string{hashed.Incident, hashed.Fingerprint, hashed.Verdict}); diff != "" {
		t.Error(diff)
	}
	if hashed.Caller.SessionName != (&names{account: "210000000029"}).pseudonym(alice) {
		t.Errorf("the session name is %q", hashed.Caller.SessionName)
	}
	marked(t, plain, hashed)
}

// marked: marks point at what they pointed at.
func marked(t *testing.T, plain, hashed *Report) {
	t.Helper()
	n := &names{account: "210000000029"}
	seen := 0
	for i := range plain.Causes {
		p, h := plain.Causes[i].Quote, hashed.Causes[i].Quote
		for j, m := range p.Mark {
			was, is := p.Lines[m.Line-p.First][m.From:m.To], h.Lines[m.Line-h.First][h.Mark[j].From:h.Mark[j].To]
			if is != n.replace(was) || !utf8.ValidString(is) {
				t.Errorf("%q is marked, where %q was", is, was)
			}
			if is != was {
				seen++
			}
		}
	}
	if seen == 0 {
		t.Error("no mark was on a name")
	}
}
