package report

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

func encoded(t testing.TB, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, r, false); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestSameInputSameBytes(t *testing.T) {
	first := encoded(t, Build(input(t, "sesame-2026")))
	for range 20 {
		if again := encoded(t, Build(input(t, "sesame-2026"))); again != first {
			t.Fatal(cmp.Diff(first, again))
		}
	}
	if strings.Count(first, "\n") != 1 || !strings.HasSuffix(first, "\n") {
		t.Error("it is not one line")
	}
}

// TestNoListIsNull looks at every list of every report.
func TestNoListIsNull(t *testing.T) {
	var walk func(v reflect.Value, path string)
	walk = func(v reflect.Value, path string) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i), path+"."+v.Type().Field(i).Name)
			}
		case reflect.Pointer:
			if !v.IsNil() {
				walk(v.Elem(), path)
			}
		case reflect.Slice, reflect.Map:
			if v.IsNil() {
				t.Errorf("%s is null", path)
			}
			for i := 0; v.Kind() == reflect.Slice && i < v.Len(); i++ {
				walk(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
			}
		default:
		}
	}
	for name, r := range reports(t) {
		walk(reflect.ValueOf(r), name)
	}
}

func TestRoundTrip(t *testing.T) {
	for name, r := range reports(t) {
		for _, pretty := range []bool{false, true} {
			var b bytes.Buffer
			if err := Encode(&b, r, pretty); err != nil {
				t.Fatal(err)
			}
			back, err := Decode(&b)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if diff := cmp.Diff(r, back); diff != "" {
				t.Errorf("%s (-built +decoded):\n%s", name, diff)
			}
		}
	}
}

func TestDecode(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{"schema":"assumewhy.report/v2"}`, `its schema is "assumewhy.report/v2"`},
		{`{}`, `its schema is ""`},
		{`{"schema":"assumewhy.report/v1"`, "unexpected EOF"},
		{`{"schema":"assumewhy.report/v1"}{}`, "more behind the report"},
		{`[]`, "decode report"},
	} {
		if _, err := Decode(strings.NewReader(test.text)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", test.text, err, test.want)
		}
	}
	r, err := Decode(strings.NewReader(`{"schema":"assumewhy.report/v1","of_tomorrow":1}`))
	if err != nil || r.Causes == nil || r.Accounts == nil {
		t.Errorf("a report of a later version: %v, %v", r, err)
	}
}

// TestSentencesComeFromTheRecord: a stored report says the same when it speaks
// again, so that another language can be made of it.
func TestSentencesComeFromTheRecord(t *testing.T) {
	for name, r := range reports(t) {
		back, err := Decode(strings.NewReader(encoded(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		back.Headline, back.Next = "", ""
		for i := range back.Causes {
			back.Causes[i].Because = ""
		}
		if err := back.Speak("en"); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if err := back.Speak("tlh"); err == nil || back.Lang != "en" {
			t.Errorf("an unknown language: %v, %q", err, back.Lang)
		}
	}
}

func TestLayers(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Diagnosis.Trace.Actions[1].Action.Applies = evidence.True
	var got []string
	for _, l := range Build(in).Layers {
		got = append(got, strings.Join([]string{l.Action, l.Layer, l.Target, l.Account, l.Needed, l.Result, l.Exempt}, " "))
	}
	want := []string{
		"sts:AssumeRole boundary  210000000029 exempt none no_boundary",
		"sts:AssumeRole scp ou-ab12-11111111 100000000001 yes unknown ",
		"sts:AssumeRole trust arn:aws:iam::320000000031:role/Deployer 320000000031 yes denies ",
		"sts:TagSession trust arn:aws:iam::320000000031:role/Deployer 320000000031 yes denies ",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLayerResult(t *testing.T) {
	p := trustOf(trustText)
	allow := eval.StatementTrace{Policy: p, Statement: &policy.Statement{Effect: policy.Allow, Index: 0}, Match: evidence.True}
	deny := eval.StatementTrace{Policy: p, Statement: &policy.Statement{Effect: policy.Deny, Index: 1}, Match: evidence.True}
	maybe := eval.StatementTrace{Policy: p, Statement: &policy.Statement{Effect: policy.Deny, Index: 2}}
	all := []eval.StatementTrace{allow, deny, maybe}
	for _, test := range []struct {
		name      string
		layer     eval.LayerTrace
		want      string
		explicit  bool
		statement int
	}{
		{"allows", eval.LayerTrace{Deny: evidence.False, Allow: evidence.True, Missing: evidence.False, Statements: all}, "allows", false, 0},
		{"explicit", eval.LayerTrace{Deny: evidence.True, Allow: evidence.True, Missing: evidence.False, Statements: all}, "denies", true, 1},
		{"may deny", eval.LayerTrace{Deny: evidence.Unknown, Allow: evidence.True, Missing: evidence.False, Statements: all}, "unknown", false, 2},
		{"missing", eval.LayerTrace{Deny: evidence.False, Allow: evidence.False, Missing: evidence.True}, "denies", false, -1},
		{"not needed", eval.LayerTrace{Deny: evidence.False, Allow: evidence.False, Missing: evidence.False, Needed: eval.NeededNo}, "none", false, -1},
		{"exempt", eval.LayerTrace{Needed: eval.NeededExempt}, "none", false, -1},
		{"nothing read", eval.LayerTrace{}, "unknown", false, -1},
	} {
		word, explicit, by := result(&test.layer)
		at := -1
		if by != nil {
			at = by.Statement.Index
		}
		if word != test.want || explicit != test.explicit || at != test.statement {
			t.Errorf("%s: %s %v statement %d, want %s %v %d", test.name, word, explicit, at, test.want, test.explicit, test.statement)
		}
	}
}

func TestAccountsNamed(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Diagnosis.Causes[0].Trusted = []string{"440000000043", "arn:aws:iam::550000000055:root", "not 123456789012"}
	in.Subject.Record.RecipientAccount = "12345678901x"
	r := Build(in)
	want := []string{"100000000001", "210000000029", "320000000031", "440000000043", "550000000055"}
	var got []string
	for id := range r.Accounts {
		got = append(got, id)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if r.Event.Account != "" {
		t.Errorf("event.account is %q", r.Event.Account)
	}
}

func TestSimulated(t *testing.T) {
	r := reports(t)["simulated"]
	want := Event{Name: "simulate", Time: at}
	if diff := cmp.Diff(want, r.Event); diff != "" {
		t.Error(diff)
	}
	if r.Caller.Type != "IAMUser" {
		t.Errorf("caller.type is %q", r.Caller.Type)
	}
}

func TestKnownAndGaps(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Known = []reconstruct.Known{
		{Key: "aws:SourceIp", Values: []string{"192.0.2.1"}},
		{Key: "sts:ExternalId"},
		{Key: "aws:SourceVpc", Any: true},
		{Key: "aws:MultiFactorAuthPresent", Values: []string{"false"}},
		{Key: "aws:RequestTag/team", Values: []string{"blue"}}, // may be anything
		{Key: "STS:ExternalID", Values: []string{"true"}},
	}
	in.Diagnosis.Gaps = append(in.Diagnosis.Gaps, in.Diagnosis.Gaps[0], diagnose.Gap{Gap: evidence.Gap{Code: "of_tomorrow", Subject: "something"}})
	r := Build(in)
	if diff := cmp.Diff([]Known{
		{"aws:SourceIp", "present", []string{"192.0.2.1"}},
		{"sts:ExternalId", "absent", []string{}},
		{"aws:MultiFactorAuthPresent", "present", []string{"false"}},
		{"aws:RequestTag/team", "present", []string{}},
		{"STS:ExternalID", "present", []string{}},
	}, r.Known); diff != "" {
		t.Error(diff)
	}
	if len(r.Gaps) != 2 || r.Gaps[1].Code != "other" || r.Gaps[1].What == "" {
		t.Errorf("gaps: %+v", r.Gaps)
	}
}

func TestUnknownLanguageIsEnglish(t *testing.T) {
	in := input(t, "sesame-2026")
	in.Lang = "tlh"
	if r := Build(in); r.Lang != "en" || r.Headline == "" {
		t.Errorf("%q: %q", r.Lang, r.Headline)
	}
}

func BenchmarkBuild(b *testing.B) {
	in := input(b, "sesame-2026")
	for b.Loop() {
		Build(in)
	}
}
