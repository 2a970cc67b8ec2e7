package text

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
	"github.com/assumewhy/assumewhy/pkg/report"
)

type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestWriteError(t *testing.T) {
	for _, err := range []error{Write(full{}, rendertest.Reports()["bare"], Options{}), Rule(full{}, Options{})} {
		if !errors.Is(err, errFull) || !strings.HasPrefix(err.Error(), "write the ") {
			t.Errorf("error %v, want one that says what was written and wraps %v", err, errFull)
		}
	}
}

func TestWidthHasBounds(t *testing.T) {
	for width, want := range map[int]int{0: 80, -5: 40, 1: 40, 40: 40, 100: 100} {
		var out bytes.Buffer
		if err := Rule(&out, Options{Width: width}); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != "\n"+strings.Repeat("-", want)+"\n\n" {
			t.Errorf("rule of width %d: %q, want %d columns", width, got, want)
		}
	}
}

// TestVerboseShowsAll: what is cut short by default is whole when asked for.
func TestVerboseShowsAll(t *testing.T) {
	long := strings.Repeat("abcdefgh", 100)
	r := rendertest.Reports()["untrusted"]
	var wanted []string
	for i := range 20 {
		wanted = append(wanted, "value-"+strconv.Itoa(i))
	}
	r.Causes[0].Condition = report.Condition{Operator: "StringEquals", Key: "k", Wanted: wanted, GotState: "present", Got: []string{long}}
	for _, verbose := range []bool{false, true} {
		var out bytes.Buffer
		if err := Write(&out, r, Options{Width: 80, Verbose: verbose}); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(out.String()), "")
		if got := strings.Contains(text, "value-19"); got != verbose {
			t.Errorf("verbose %v: the last value is shown: %v", verbose, got)
		}
		if got := strings.Contains(text, long); got != verbose {
			t.Errorf("verbose %v: the long value is whole: %v", verbose, got)
		}
		if got := strings.Contains(text, "and15more"); got == verbose {
			t.Errorf("verbose %v: some values are only counted: %v", verbose, got)
		}
	}
}

func TestQuote(t *testing.T) {
	var q render.Quote
	q.First = 98
	q.Lines = append(q.Lines, "  {", `    "Sid": "A",`)
	for i := range 30 {
		q.Lines = append(q.Lines, "\t"+`  "line": `+strconv.Itoa(i)+`,`)
	}
	q.Lines = append(q.Lines, "  }")
	q.Mark = []render.Span{{Line: 110, From: 3, To: 9}, {Line: 5000, From: 0, To: 1}}
	p := newPage(Options{UTF8: true})
	p.quote(q)
	want := `
     99 │ "Sid": "A",
      … │
    108 │ "line": 8,
    109 │ "line": 9,
    110 │ "line": 10,
        │ ^^^^^^
    111 │ "line": 11,
`
	if got := "\n" + string(p.out); got != want {
		t.Errorf("quote:%s\nwant:%s", got, want)
	}
}

// TestHead: a long name of a session loses its middle, so that the time stays.
func TestHead(t *testing.T) {
	p := newPage(Options{UTF8: true})
	p.head(render.Head{Word: "DENIED", Caller: "terraform/AWSCodeBuild-6f1b0d52-8c3e-4a77-9d10-2b5c7e9fa431", Role: "role A", Time: "2026-10-14 09:19:53Z"})
	want := `
DENIED  terraform/AWSCodeBuild-6f1b0d5…7-9d10-2b5c7e9fa431  2026-10-14 09:19:53Z
        → role A
`
	if got := "\n" + string(p.out); got != want {
		t.Errorf("head:%s\nwant:%s", got, want)
	}
}

// TestLead: what to do stands behind a blank line, which nothing in the headline
// can make.
func TestLead(t *testing.T) {
	p := newPage(Options{})
	p.lead(render.Lead{Headline: strings.Repeat("x", 77) + " Next: forged\n\n  Next: again", Label: "Next:", Next: "ask"})
	if got := strings.Count(string(p.out), "\n\n  Next: "); got != 1 {
		t.Errorf("%d lines say what to do:\n%s", got, string(p.out))
	}
}

// TestColor: each style stands alone, and a line ends as it began.
func TestColor(t *testing.T) {
	p := newPage(Options{Color: true})
	var c cells
	for _, st := range []style{normal, bold, faint, normal, boldRed} {
		c = append(c, p.text(st, "x")...)
	}
	p.line(1, append(c, p.text(red, "  ")...))
	want := " x\x1b[1mx\x1b[0;2mx\x1b[0mx\x1b[1;31mx\x1b[0m\n"
	if got := string(p.out); got != want {
		t.Errorf("line = %q, want %q", got, want)
	}
}

func ExampleWrite() {
	r := &report.Report{
		Verdict: "denied", Headline: "The trust policy of role Deployer does not trust user bob.",
		Event:  report.Event{Time: "2026-10-14T09:26:53Z"},
		Caller: report.Caller{ARN: "arn:aws:iam::210000000029:user/bob", Type: "IAMUser"},
		Role:   report.Role{ARN: "arn:aws:iam::320000000031:role/Deployer"},
		Causes: []report.Cause{{Code: "trust.no_principal", Certainty: "proved"}},
	}
	if err := Write(os.Stdout, r, Options{Width: 72}); err != nil {
		panic(err)
	}
	// Output:
	// DENIED  bob -> role Deployer                        2026-10-14 09:26:53Z
	//
	//   The trust policy of role Deployer does not trust user bob.
	//
	// CAUSE  trust.no_principal - proved
	//
	// UNKNOWN  nothing that could change this answer
}
