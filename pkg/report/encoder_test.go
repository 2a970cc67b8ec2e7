package report

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// reference is what Encode has to write: encoding/json and EscapeJSON.
func reference(t testing.TB, r *Report, pretty bool) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if pretty {
		enc.SetIndent("", "  ")
	}
	if err := enc.Encode(r); err != nil {
		t.Fatal(err)
	}
	return string(EscapeJSON(b.Bytes()))
}

func written(t testing.TB, r *Report, pretty bool) string {
	t.Helper()
	var b strings.Builder
	if err := Encode(&b, r, pretty); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestEncoder: every field of a report is written, in its order and under its
// name, whether lists are null, empty or long.
func TestEncoder(t *testing.T) {
	withAny := wholeReport(2)
	withAny.Accounts = map[string]Account{"222222222222": {Name: "b<&>"}, "111111111111": {Outside: true}, "333333333333": {}}
	change := &withAny.Remedies[1].Changes[0]
	change.Before = map[string]any{"Sid": "\u202e<&>\u00e9", "n": []any{1.5, nil, true}}
	change.Patch = []any{map[string]any{"op": "add"}, "x\u2028", nil}
	for name, r := range map[string]*Report{
		"zero": {}, "empty lists": wholeReport(0), "one element": wholeReport(1), "three elements": wholeReport(3), "any": withAny,
	} {
		for _, pretty := range []bool{false, true} {
			if got, want := written(t, r, pretty), reference(t, r, pretty); got != want {
				t.Errorf("%s, pretty %v:\n got %s\nwant %s", name, pretty, got, want)
			}
		}
	}
}

// TestEncoderRefuses: what is no JSON is an error, not half a report.
func TestEncoderRefuses(t *testing.T) {
	r := wholeReport(1)
	r.Remedies[0].Changes[0].After = func() {}
	var b strings.Builder
	if err := Encode(&b, r, false); err == nil || b.Len() > 0 {
		t.Errorf("error %v, %d bytes written", err, b.Len())
	}
}

// TestEncoderText: every character alone, and every byte that is none.
func TestEncoderText(t *testing.T) {
	check := func(s string) {
		t.Helper()
		r := &Report{Headline: s}
		if got, want := written(t, r, false), reference(t, r, false); got != want {
			t.Errorf("%q:\n got %s\nwant %s", s, got, want)
		}
	}
	for c := rune(0); c < 0x3000; c++ {
		check(string(c))
	}
	for c := rune(0x3000); c <= 0x10FFFF; c += 61 {
		check("a" + string(c) + "b")
	}
	for c := range 256 {
		check("é" + string([]byte{byte(c)}) + `"`)
	}
	for _, s := range []string{"\ufeff", "\ufffd", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\U000e0001x", "a\x7f\u0085\\\"\b\f\n\r\t"} {
		check(s)
	}
}

func BenchmarkEncode(b *testing.B) {
	r := wholeReport(3)
	var w bytes.Buffer
	b.ReportAllocs()
	for b.Loop() {
		w.Reset()
		if err := Encode(&w, r, false); err != nil {
			b.Fatal(err)
		}
	}
}
