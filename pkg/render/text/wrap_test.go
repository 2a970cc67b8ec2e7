package text

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render"
)

func plain(p *page, list []cells) []string {
	var out []string
	for _, c := range list {
		shown := page{clusters: p.clusters}
		for _, x := range c {
			shown.cells(normal, cells{x})
		}
		out = append(out, string(shown.out))
	}
	return out
}

func TestWrap(t *testing.T) {
	p := newPage(Options{UTF8: true})
	tests := []struct {
		name, in     string
		first, width int
		want         []string
	}{
		{"nothing", "", 10, 10, []string{""}},
		{"fits", "one two", 7, 7, []string{"one two"}},
		{"at a blank", "one two three", 9, 9, []string{"one two", "three"}},
		{"blank at the edge", "one two", 3, 3, []string{"one", "two"}},
		{"first line apart", "one two three", 3, 9, []string{"one", "two three"}},
		{"many blanks", "one     two", 5, 5, []string{"one", "two"}},
		{"long word", "abcdefghij", 4, 4, []string{"abcd", "efgh", "ij"}},
		{"long ARN", "arn:aws:iam::210000000029:user/carol", 29, 29, []string{"arn:aws:iam::210000000029:", "user/carol"}},
		{"long word after a short one", "a bcdefghij", 4, 4, []string{"a", "bcde", "fghi", "j"}},
		{"a user's name", "does not trust user bob", 20, 20, []string{"does not trust", "user bob"}},
		{"no name", "that of the role of bob", 18, 18, []string{"that of the role", "of bob"}},
		{"a name too long for its line", "role abcdefghijk", 12, 12, []string{"role", "abcdefghijk"}},
		{"on a level", "Guard, on Root", 10, 10, []string{"Guard,", "on Root"}},
		{"a host", "token.example.githubusercontent.com", 22, 22, []string{"token.example.", "githubusercontent.com"}},
		{"a region in a path", "role/sso.example.com/eu-west-1/Name", 24, 24, []string{"role/sso.example.com/", "eu-west-1/Name"}},
		{"a region at the edge", "abcde.eu-west-1", 10, 10, []string{"abcde.", "eu-west-1"}},
		{"no stop begins a line", "NoMember, x", 8, 8, []string{"NoMembe", "r, x"}},
		{"parts of a name", "DeploymentForWorkloads", 16, 16, []string{"DeploymentFor", "Workloads"}},
		{"a date and its time", "had 2026-10-14 09:41:07Z. So", 17, 28, []string{"had", "2026-10-14 09:41:07Z. So"}},
		{"a time and its zone", "last 09:46:12 UTC", 14, 14, []string{"last", "09:46:12 UTC"}},
		{"a number and its unit", "made 2 h 33 min after it", 14, 14, []string{"made 2 h", "33 min after", "it"}},
		{"a number alone", "in statement 12 of it", 15, 15, []string{"in statement 12", "of it"}},
		{"wide characters", "部署角色", 5, 5, []string{"部署", "角色"}},
		{"marks have no width", "e\u0301e\u0301 e\u0301", 2, 2, []string{"e\u0301e\u0301", "e\u0301"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := plain(p, wrap(p.text(normal, tt.in), tt.first, tt.width))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("wrap(%q) (-want +got):\n%s", tt.in, diff)
			}
		})
	}
}

func TestFoldKeepsBlanks(t *testing.T) {
	p := newPage(Options{})
	got := plain(p, fold(p.text(normal, `aws iam put  "x y"`), 10))
	if diff := cmp.Diff([]string{"aws iam ", `put  "x y"`}, got); diff != "" {
		t.Errorf("fold (-want +got):\n%s", diff)
	}
}

func TestShorten(t *testing.T) {
	for _, tt := range []struct {
		in    string
		utf8  bool
		width int
		want  string
	}{
		{"abcdefghij", true, 10, "abcdefghij"},
		{"abcdefghij", true, 7, "abc…hij"},
		{"abcdefghij", false, 7, "ab...ij"},
		{"部署角色部署", true, 7, "部…部署"},
	} {
		p := newPage(Options{UTF8: tt.utf8})
		in := tt.in
		if got := plain(p, []cells{p.shorten(p.text(normal, in), tt.width)}); got[0] != tt.want {
			t.Errorf("shorten(%q, %d) = %q, want %q", tt.in, tt.width, got[0], tt.want)
		}
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		in    string
		utf8  bool
		want  string
		width int
	}{
		{"a → b…", true, "a → b…", 6},
		{"a → b…", false, "a -> b...", 9},
		{"部", true, "部", 2},
		{"部", false, `\u90e8`, 6},
		{"e\u0301", false, `e\u0301`, 7},
		{"x\x1by", true, `x\x1by`, 6},
	} {
		p := newPage(Options{UTF8: tt.utf8})
		c := p.text(normal, tt.in)
		if got := plain(p, []cells{c})[0]; got != tt.want || c.width() != tt.width {
			t.Errorf("text(%q) = %q of %d columns, want %q of %d", tt.in, got, c.width(), tt.want, tt.width)
		}
	}
}

// TestMarked: bytes of the text, also where it is escaped or wide.
func TestMarked(t *testing.T) {
	p := newPage(Options{UTF8: true})
	for _, tt := range []struct {
		in       string
		from, to int
		want     string
	}{
		{"abcd", 1, 3, ".^^."},
		{"a\x1bb", 1, 2, ".^^^^."},
		{"a部b", 1, 4, ".^."},
		{"abcd", -9, 99, "^^^^"},
		{"abcd", 3, 1, "...."},
		{"abcd", 2, 2, "...."},
	} {
		got := ""
		for _, x := range p.marked(normal, tt.in, []render.Range{{From: tt.from, To: tt.to}}) {
			if x.mark {
				got += "^"
			} else {
				got += "."
			}
		}
		if got != tt.want {
			t.Errorf("marks of %q[%d:%d] = %s, want %s", tt.in, tt.from, tt.to, got, tt.want)
		}
	}
}
