package report

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/locale"
)

const schemaFile = "../../docs/report.schema.json"

func schema(t testing.TB) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func tree(t testing.TB, r *Report) map[string]any {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, r, false); err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(&b)
	if err != nil {
		t.Fatal(err)
	}
	return v.(map[string]any)
}

// reports are built ones of every shape.
func reports(t testing.TB) map[string]*Report {
	t.Helper()
	verbose := input(t, "sesame-2026")
	verbose.Verbose = true
	simulated := input(t, "sesame-2026")
	simulated.Simulated, simulated.Subject.Record, simulated.Time = true, nil, simulated.Request.Time
	noRole := input(t, "sesame-2026")
	noRole.Request, noRole.Diagnosis.Trace = nil, nil
	broken := input(t, "sesame\xff\xfe")
	broken.Subject.Record.RecipientAccount = "not an account"
	return map[string]*Report{
		"denied": Build(input(t, "sesame-2026")), "verbose": Build(verbose), "simulated": Build(simulated),
		"no role": Build(noRole), "empty": Build(Input{}), "broken text": Build(broken),
	}
}

func TestReportsFitTheSchema(t *testing.T) {
	s := schema(t)
	for name, r := range reports(t) {
		if err := s.Validate(tree(t, r)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaIsClosed: whatever is changed in a report, the schema refuses it:
// an unknown member, a missing one, a null, a value of no set.
func TestSchemaIsClosed(t *testing.T) {
	s := schema(t)
	r := reports(t)["verbose"]
	r.Remedies = []Remedy{{Owner: "caller", Kind: "wait", Changes: []PolicyChange{{}}}}
	r.Known = []Known{{Key: "aws:SourceIp", State: "absent"}}
	r.Changes = []Change{{}}
	fill(r)
	whole := tree(t, r)
	if err := s.Validate(whole); err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range mutations(whole, "") {
		n++
		undo := m.do()
		if err := s.Validate(whole); err == nil {
			t.Errorf("%s is not refused", m.what)
		}
		undo()
	}
	if n < 400 {
		t.Errorf("only %d mutations", n)
	}
	if err := s.Validate(whole); err != nil {
		t.Fatalf("the mutations were not undone: %v", err)
	}
}

type mutation struct {
	what string
	do   func() (undo func())
}

// mutations goes through the whole tree.
func mutations(v any, path string) []mutation {
	var list []mutation
	switch v := v.(type) {
	case map[string]any:
		if path != ".accounts" {
			list = append(list, set(v, "unheard_of", "x", path+" with an unknown member"))
		} else {
			list = append(list, set(v, "dev", map[string]any{"name": ""}, path+" with a name for an id"))
		}
		for _, k := range sorted(v) {
			at := path + "." + k
			if path != ".accounts" {
				list = append(list, remove(v, k, at+" missing"))
			}
			if at != ".trace" && k != "before" && k != "after" {
				list = append(list, set(v, k, nil, at+" null"))
			}
			if _, isNumber := v[k].(json.Number); isNumber {
				list = append(list, set(v, k, "1", at+" as text"))
			} else {
				list = append(list, set(v, k, json.Number("1"), at+" as a number"))
			}
			if slices.Contains(closed, k) && (k != "name" || path == "") {
				list = append(list, set(v, k, "no such word", at+" with another word"))
			}
			list = append(list, mutations(v[k], at)...)
		}
	case []any:
		if len(v) > 0 { // the others are of the same form
			list = append(list, mutations(v[0], path+"[0]")...)
		}
	}
	return list
}

// closed are the members whose values are sets or of a fixed form.
var closed = []string{
	"schema", "lang", "exists", "applies", "verdict", "layer", "needed", "result", "exempt", "code", "certainty", "owner",
	"kind", "managed", "got_state", "state", "agrees", "decision", "best", "worst", "deny", "allow", "effect", "match",
	"principal", "note", "time", "account", "incident", "fingerprint", "read_at",
}

func sorted(m map[string]any) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func set(m map[string]any, k string, v any, what string) mutation {
	return mutation{what, func() func() {
		old, had := m[k]
		m[k] = v
		return func() {
			if had {
				m[k] = old
			} else {
				delete(m, k)
			}
		}
	}}
}

func remove(m map[string]any, k, what string) mutation {
	return mutation{what, func() func() {
		old := m[k]
		delete(m, k)
		return func() { m[k] = old }
	}}
}

// enum reads a set of values of the schema.
func enum(t *testing.T, def, member string) []string {
	t.Helper()
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Defs map[string]struct {
			Properties map[string]struct{ Enum []string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	list := s.Defs[def].Properties[member].Enum
	slices.Sort(list)
	return list
}

// codesOf reads the constants of diagnose that are of type Code.
func codesOf(t *testing.T) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "../diagnose/code.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if id, ok := v.Type.(*ast.Ident); ok && id.Name == "Code" {
				s, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, s)
			}
		}
		return true
	})
	slices.Sort(list)
	return list
}

// TestVocabulary: schema, program and sentences have the same words.
func TestVocabulary(t *testing.T) {
	l, err := locale.For("en")
	if err != nil {
		t.Fatal(err)
	}
	codes := codesOf(t)
	if len(codes) < 70 {
		t.Fatalf("only %d codes found", len(codes))
	}
	notes := []string{
		"", eval.NoteUnknownOperator, eval.NoteNoSetOperator, eval.NoteVariableInBool, eval.NoteMFAOfSession,
		eval.NoteSourceVpcArn, eval.NoteAnyIfExists, eval.NoteIPv6, eval.NoteNoValue,
	}
	slices.Sort(notes)
	kinds := append([]string{"", other}, detailKinds...)
	slices.Sort(kinds)
	for _, test := range []struct {
		what      string
		want, got []string
	}{
		{"codes of the schema", codes, enum(t, "cause", "code")},
		{"codes with sentences", codes, l.Codes()},
		{"codes of gaps", l.GapCodes(), enum(t, "gap", "code")},
		{"kinds of detail", kinds, enum(t, "detail", "kind")},
		{"notes of conditions", notes, enum(t, "trace_condition", "note")},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-program +schema or sentences):\n%s", test.what, diff)
		}
	}
}

// TestSchemaDescribesEveryMember: each property has a description, its own or
// that of what it refers to.
func TestSchemaDescribesEveryMember(t *testing.T) {
	raw, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var whole map[string]any
	if err := json.Unmarshal(raw, &whole); err != nil {
		t.Fatal(err)
	}
	var walk func(v any, path string)
	walk = func(v any, path string) {
		m, ok := v.(map[string]any)
		if !ok {
			return
		}
		if props, ok := m["properties"].(map[string]any); ok {
			if m["additionalProperties"] != false || len(m["required"].([]any)) != len(props) {
				t.Errorf("%s is not closed, or not all of it is required", path)
			}
			for name, p := range props {
				one := p.(map[string]any)
				if one["description"] == nil && one["$ref"] == nil {
					t.Errorf("%s.%s has no description", path, name)
				}
			}
		}
		for _, k := range sorted(m) {
			walk(m[k], strings.TrimPrefix(path+"/"+k, "/"))
		}
	}
	walk(whole, "")
}
