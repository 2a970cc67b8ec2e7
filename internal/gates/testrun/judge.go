package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// corpusVariable names the folder of data that some tests need.
const corpusVariable = "ASSUMEWHY_CORPUS"

// event is one line of `go test -json` (see `go doc cmd/test2json`).
type event struct {
	Action     string
	Package    string
	ImportPath string // of build-output
	Test       string
	Output     string
}

// judge reads the events of one run. Output is held until its test is judged,
// so that what passed prints one line a package.
type judge struct {
	out io.Writer
	ci  bool

	held     map[string]map[string]*strings.Builder // by package, then by test
	unjudged map[string][]string                    // tests with output, in order
	passed   int
	failed   int
	skipped  int
	// corpus are the tests skipped for want of the corpus.
	corpus []string
	// blamed are the packages that have a failed test.
	blamed map[string]bool
}

func newJudge(out io.Writer, ci bool) *judge {
	return &judge{
		out: out, ci: ci,
		held: map[string]map[string]*strings.Builder{}, unjudged: map[string][]string{}, blamed: map[string]bool{},
	}
}

// read takes events until the end; a line that is no event is passed on.
func (j *judge) read(r io.Reader) error {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var e event
			if json.Unmarshal(line, &e) != nil || e.Action == "" {
				fmt.Fprintf(j.out, "%s", line)
			} else {
				j.take(e)
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("after %d tests: %w", j.passed+j.failed+j.skipped, err)
		}
	}
}

func (j *judge) take(e event) {
	switch e.Action {
	case "output":
		j.hold(e)
	case "build-output":
		fmt.Fprint(j.out, e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			j.packageDone(e)
		} else {
			j.testDone(e)
		}
	}
}

func (j *judge) hold(e event) {
	tests := j.held[e.Package]
	if tests == nil {
		tests = map[string]*strings.Builder{}
		j.held[e.Package] = tests
	}
	if tests[e.Test] == nil {
		tests[e.Test] = &strings.Builder{}
		j.unjudged[e.Package] = append(j.unjudged[e.Package], e.Test)
	}
	tests[e.Test].WriteString(e.Output)
}

// release gives what a test has printed, and forgets it.
func (j *judge) release(pkg, test string) string {
	text := j.held[pkg][test]
	if text == nil {
		return ""
	}
	delete(j.held[pkg], test)
	return text.String()
}

func (j *judge) testDone(e event) {
	text := j.release(e.Package, e.Test)
	switch e.Action {
	case "pass":
		j.passed++
	case "fail":
		j.failed++
		j.blamed[e.Package] = true
		fmt.Fprint(j.out, text)
	case "skip":
		j.skipped++
		if strings.Contains(text, corpusVariable) {
			j.corpus = append(j.corpus, e.Package+" "+e.Test)
		}
	}
}

// packageDone prints go test's own line for a package whose tests passed, and
// all that is still held of one that failed: a panic, a race or a deadline
// leaves tests without a verdict.
func (j *judge) packageDone(e event) {
	if e.Action == "fail" {
		if !j.blamed[e.Package] {
			j.failed++ // it does not build, or ended before its time
		}
		for _, test := range j.unjudged[e.Package] {
			fmt.Fprint(j.out, j.release(e.Package, test))
		}
	} else {
		for _, line := range strings.SplitAfter(j.release(e.Package, ""), "\n") {
			if strings.HasPrefix(line, "ok ") && !strings.HasSuffix(line, "[no tests to run]\n") {
				fmt.Fprint(j.out, line)
			}
		}
	}
	delete(j.held, e.Package)
	delete(j.unjudged, e.Package)
}

// close gives the closing line, and whether all is well.
func (j *judge) close() (line string, ok bool) {
	if n := len(j.corpus); n > 0 && !j.ci {
		fmt.Fprintf(j.out, "%d tests skipped: %s does not name the folder of vectors/ and samples/\n", n, corpusVariable)
	}
	if j.ci {
		for _, test := range j.corpus {
			fmt.Fprintf(j.out, "FAIL %s: skipped for want of %s, which CI must have\n", test, corpusVariable)
		}
		j.skipped -= len(j.corpus)
		j.failed += len(j.corpus)
	}
	if j.passed+j.failed == 0 {
		fmt.Fprintln(j.out, "FAIL no test ran")
		return "0 passed, 0 failed", false
	}
	return fmt.Sprintf("%d passed, %d failed, %d skipped", j.passed, j.failed, j.skipped), j.failed == 0
}
