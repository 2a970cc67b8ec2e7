package cases_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/assumewhy/assumewhy/pkg/eval/cases"
)

// What is wrong with a line is said in the words of its writer.
func TestPlainErrors(t *testing.T) {
	tests := []struct{ line, want string }{
		{`nope`, "is no JSON: write one JSON object a line"},
		{`[1]`, "is no JSON object: write {...}"},
		{`42`, "is no JSON object: write {...}"},
		{`null`, "is no JSON object: write {...}"},
		{`{"id":"a"`, "is no JSON: the line ends in the middle of it"},
		{`{"id":"é",}`, "is no JSON: a fault at character 11 of the line"},
		{`{"id":"g"} {"id":"h"}`, "is more than one JSON value: write one JSON object a line"},
		{`{"context":"x"}`, "context is no object"},
		{`{"context":{"sts:ExternalId":{"b":"hidden"}}}`, "a value in the context is no text, number or truth value, nor a list of them"},
		{`{"principal":3}`, "principal is no text"},
		{`{"id":3}`, "id is no text"},
		{`{"identity_policies":{}}`, "identity_policies is no list"},
		{`{"scps":[{}]}`, "scps is no list"},
		{`{"actions":"sts:AssumeRole"}`, "actions is no list"},
		{`{"principal_in_management_account":"x"}`, "principal_in_management_account is neither true nor false"},
		{`{"principal":"x","action":"a"}`, `principal "x" is no user, session, root, service or identity provider`},
	}
	for _, tt := range tests {
		if _, err := cases.Parse([]byte(tt.line)); err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %q", tt.line, err, tt.want)
		}
	}
}

// A line that cannot be read is told by its number in the file.
func TestLineNumbers(t *testing.T) {
	in := "\n" + `{"id":"a","ctx":7}` + "\n\n" + `{"id":"b","cond":{}}` + "\n" + `{"id":"c","cond":3}` + "\n"
	var out bytes.Buffer
	if _, err := cases.Conditions(&out, strings.NewReader(in)); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"a","line":2,"error":"ctx is no object"}` + "\n" + `{"id":"b","result":"match"}` + "\n" +
		`{"id":"c","line":5,"error":"cond is no condition block"}` + "\n"
	if got := out.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Nothing in the output is obeyed by a terminal, and it says what it said.
func TestOutputIsEscaped(t *testing.T) {
	const id = "a\u202e\u009b\u007f\u2028\U000e0041é\U0001f600"
	var out bytes.Buffer
	quoted, err := json.Marshal(id)
	if err != nil {
		t.Fatal(err)
	}
	in := fmt.Sprintf("{\"id\":%s,\"cond\":{}}\n{\"id\":%[1]s,\"cond\":1}\n{\"id\":\"\xff\",\"ctx\":\"", quoted)
	if _, err := cases.Conditions(&out, strings.NewReader(in)); err != nil {
		t.Fatal(err)
	}
	for _, r := range out.String() {
		if r != '\n' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%U is in the output %q", r, out.String())
		}
	}
	if want := `{"id":"a\u202e\u009b\u007f\u2028\udb40\udc41é😀","result":"match"}`; !strings.HasPrefix(out.String(), want+"\n") {
		t.Errorf("got %s, want %s", out.String(), want)
	}
	dec := json.NewDecoder(&out)
	for range 2 {
		var a struct{ ID string }
		if err := dec.Decode(&a); err != nil || a.ID != id {
			t.Errorf("id %q, %v", a.ID, err)
		}
	}
}

// No name of a type of this program is in an error, whatever the line.
func FuzzPlainErrors(f *testing.F) {
	for _, s := range []string{`{"context":[]}`, `{"scps":[[{}],3]}`, `{"ctx":{"a":[[]]}}`, `{"version":{}}`, `[`, `"`, `{"id":{}}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, line string) {
		if strings.Contains(line, "json") || strings.Contains(line, "Go ") || strings.Contains(line, "cases.") || strings.Contains(line, "unmarshal") {
			t.Skip("the line itself has the words")
		}
		for _, run := range []func(io.Writer, io.Reader) (cases.Count, error){cases.Decisions, cases.Conditions} {
			var out bytes.Buffer
			if _, err := run(&out, strings.NewReader(line)); err != nil {
				t.Fatal(err)
			}
			for _, word := range []string{"json:", "Go ", "cases.", "unmarshal"} {
				if strings.Contains(out.String(), word) {
					t.Errorf("%q: %q is in %s", line, word, out.String())
				}
			}
		}
	})
}
