package main

import (
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	const (
		passed  = `{"Action":"pass","Package":"p","Test":"TestA"}`
		pkgPass = `{"Action":"pass","Package":"p"}`
		pkgFail = `{"Action":"fail","Package":"p"}`
		skipMsg = `{"Action":"output","Package":"p","Test":"TestS","Output":"set ASSUMEWHY_CORPUS to run this\n"}`
		skip    = `{"Action":"skip","Package":"p","Test":"TestS"}`
	)
	tests := []struct {
		name   string
		ci     bool
		events []string
		line   string
		ok     bool
		shows  []string
		hides  []string
	}{
		{
			name: "passes quietly",
			events: []string{
				`{"Action":"output","Package":"p","Test":"TestA","Output":"noise\n"}`, passed,
				`{"Action":"output","Package":"p","Output":"-test.shuffle 1\n"}`,
				`{"Action":"output","Package":"p","Output":"PASS\n"}`,
				`{"Action":"output","Package":"p","Output":"ok  \tp\t0.1s\n"}`, pkgPass,
			},
			line: "1 passed, 0 failed, 0 skipped", ok: true,
			shows: []string{"ok  \tp\t0.1s"}, hides: []string{"noise", "shuffle", "PASS"},
		},
		{
			name: "a failing test shows its output",
			events: []string{
				passed, `{"Action":"output","Package":"p","Test":"TestB","Output":"want 1\n"}`,
				`{"Action":"fail","Package":"p","Test":"TestB"}`,
				`{"Action":"output","Package":"p","Output":"FAIL\tp\t0.1s\n"}`, pkgFail,
			},
			line: "1 passed, 1 failed, 0 skipped", shows: []string{"want 1", "FAIL\tp"},
		},
		{
			name: "a test without verdict is shown with its package",
			events: []string{
				passed, `{"Action":"output","Package":"p","Test":"TestHang","Output":"panic: deadline\n"}`, pkgFail,
			},
			line: "1 passed, 1 failed, 0 skipped", shows: []string{"panic: deadline"},
		},
		{
			name: "what does not build fails",
			events: []string{
				`{"Action":"build-output","ImportPath":"p","Output":"p.go:1: undefined: x\n"}`,
				`{"Action":"build-fail","ImportPath":"p"}`, pkgFail,
			},
			line: "0 passed, 1 failed, 0 skipped", shows: []string{"undefined: x"},
		},
		{
			name: "what does not build counts beside a failed test",
			events: []string{
				`{"Action":"fail","Package":"q","Test":"TestB"}`, `{"Action":"fail","Package":"q"}`, pkgFail,
			},
			line: "0 passed, 2 failed, 0 skipped",
		},
		{
			name: "a package without a matching test is not named",
			events: []string{
				passed, pkgPass, `{"Action":"output","Package":"q","Output":"ok  \tq\t0.1s [no tests to run]\n"}`,
				`{"Action":"pass","Package":"q"}`,
			},
			line: "1 passed, 0 failed, 0 skipped", ok: true, hides: []string{"ok  \tq"},
		},
		{name: "no test is red", events: []string{pkgPass}, line: "0 passed, 0 failed", shows: []string{"no test ran"}},
		{
			name:   "skipped for want of the corpus",
			events: []string{passed, skipMsg, skip, pkgPass},
			line:   "1 passed, 0 failed, 1 skipped", ok: true, shows: []string{"1 tests skipped"},
		},
		{
			name: "skipped for want of the corpus in CI", ci: true,
			events: []string{passed, skipMsg, skip, pkgPass},
			line:   "1 passed, 1 failed, 0 skipped", shows: []string{"FAIL p TestS"},
		},
		{
			name: "skipped for another reason in CI", ci: true,
			events: []string{passed, skip, pkgPass},
			line:   "1 passed, 0 failed, 1 skipped", ok: true,
		},
		{
			name:   "a line that is no event is passed on",
			events: []string{"go: warning", passed, pkgPass},
			line:   "1 passed, 0 failed, 0 skipped", ok: true, shows: []string{"go: warning"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			j := newJudge(&out, tt.ci)
			if err := j.read(strings.NewReader(strings.Join(tt.events, "\n"))); err != nil {
				t.Fatal(err)
			}
			line, ok := j.close()
			if line != tt.line || ok != tt.ok {
				t.Errorf("close() = %q, %v, want %q, %v", line, ok, tt.line, tt.ok)
			}
			for _, want := range tt.shows {
				if !strings.Contains(out.String(), want) {
					t.Errorf("output lacks %q:\n%s", want, out.String())
				}
			}
			for _, noise := range tt.hides {
				if strings.Contains(out.String(), noise) {
					t.Errorf("output has %q:\n%s", noise, out.String())
				}
			}
		})
	}
}
