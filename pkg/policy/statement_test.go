package policy

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// finding is what most tests look at: "code element text".
func words(fs []Finding) []string {
	var out []string
	for _, f := range fs {
		out = append(out, strings.TrimSpace(f.Code+" "+f.Element+" "+f.Text))
	}
	return out
}

// One statement each; a good one is {"Effect":"Allow","Action":"sts:*"}. Any
// finding inside a statement makes it Unknown.
func TestStatementFindings(t *testing.T) {
	const good = `"Effect":"Allow","Action":"sts:*"`
	for _, tt := range []struct {
		stmt string // members
		want []string
	}{
		{good, nil},
		{good + `,"Sid":"","Condition":{}`, nil},
		{good + `,"Principal":"*","Resource":["*"]`, nil},
		{good + `,"Principal":{"AWS":"1","Service":["a","b"],"Federated":"c","CanonicalUser":"d"}`, nil},
		{good + `,"Condition":{"Bool":{"a":true},"Null":{"b":[false,"true"]},"NumericEquals":{"c":[1,2.50]}}`, nil},

		{``, []string{"missing_element Effect Effect", "missing_element Action Action"}},
		{`"Action":"a:b"`, []string{"missing_element Effect Effect"}},
		{`"Effect":"Allow"`, []string{"missing_element Action Action"}},
		{`"Effect":"allow","Action":"a:b"`, []string{"unknown_effect Effect allow"}},
		{`"Effect":" Deny","Action":"a:b"`, []string{"unknown_effect Effect  Deny"}},
		{`"Effect":"","Action":"a:b"`, []string{"unknown_effect Effect"}},
		{`"Effect":["Allow"],"Action":"a:b"`, []string{"wrong_type Effect list"}},
		{`"Effect":null,"Action":"a:b"`, []string{"wrong_type Effect null"}},
		{`"effect":"Allow","Action":"a:b"`, []string{"unknown_element effect effect", "missing_element Effect Effect"}},
		{good + `,"Comment":"x"`, []string{"unknown_element Comment Comment"}},
		{good + `,"conditions":{}`, []string{"unknown_element conditions conditions"}},
		{good + `,"Sid":1`, []string{"wrong_type Sid number"}},

		{`"Effect":"Allow","Action":{}`, []string{"wrong_type Action object"}},
		{`"Effect":"Allow","Action":null`, []string{"wrong_type Action null"}},
		{`"Effect":"Allow","Action":["a:b",true,["c:d"]]`, []string{"wrong_type Action bool", "wrong_type Action list"}},
		{`"Effect":"Allow","Action":[]`, []string{"empty_element Action list"}},
		{good + `,"Resource":7`, []string{"wrong_type Resource number"}},
		{good + `,"NotResource":[]`, []string{"empty_element NotResource list"}},

		{good + `,"Action":"sts:*"`, []string{"duplicate_member Action Action"}},
		{good + `,"\u0041ction":"sts:*"`, []string{"duplicate_member Action Action"}},
		{good + `,"Sid":"a","Sid":"a"`, []string{"duplicate_member Sid Sid"}},
		{good + `,"Effect":"Deny"`, []string{"duplicate_member Effect Effect"}},
		{good + `,"Condition":{},"Condition":{}`, []string{"duplicate_member Condition Condition"}},
		{good + `,"x":1,"x":1`, []string{"unknown_element x x", "duplicate_member x x"}},
		{good + `,"NotAction":"a:b"`, []string{"exclusive_elements NotAction NotAction"}},
		{`"Effect":"Deny","NotAction":"a:b","Action":"a:b"`, []string{"exclusive_elements Action Action"}},
		{good + `,"Resource":"*","NotResource":"*"`, []string{"exclusive_elements NotResource NotResource"}},
		{good + `,"NotPrincipal":"*","Principal":"*"`, []string{"exclusive_elements Principal Principal"}},

		{good + `,"Principal":"111111111111"`, []string{"unknown_principal Principal 111111111111"}},
		{good + `,"Principal":["*"]`, []string{"wrong_type Principal list"}},
		{good + `,"Principal":null`, []string{"wrong_type Principal null"}},
		{good + `,"Principal":{}`, []string{"empty_element Principal object"}},
		{good + `,"Principal":{"AWS":[]}`, []string{"empty_element Principal list"}},
		{good + `,"Principal":{"AWS":111111111111}`, []string{"wrong_type Principal number"}},
		{good + `,"Principal":{"aws":"1"}`, []string{"unknown_principal Principal aws"}},
		{good + `,"NotPrincipal":{"*":"*"}`, []string{"unknown_principal NotPrincipal *"}},
		{good + `,"Principal":{"AWS":"1","Service":"a","AWS":"2"}`, []string{"duplicate_member Principal AWS"}},

		{good + `,"Condition":[]`, []string{"wrong_type Condition list"}},
		{good + `,"Condition":null`, []string{"wrong_type Condition null"}},
		{good + `,"Condition":{"Bool":"x"}`, []string{"wrong_type Condition string"}},
		{good + `,"Condition":{"Bool":{}}`, []string{"empty_element Condition Bool"}},
		{good + `,"Condition":{"Bool":{"a":[]}}`, []string{"empty_element Condition a"}},
		{good + `,"Condition":{"Bool":{"a":null}}`, []string{"wrong_type Condition null"}},
		{good + `,"Condition":{"Bool":{"a":{"b":"c"}}}`, []string{"wrong_type Condition object"}},
		{good + `,"Condition":{"Bool":{"a":"1","a":"1"}}`, []string{"duplicate_member Condition a"}},
		{good + `,"Condition":{"Bool":{"aws:A":"1","AWS:a":"1"}}`, []string{"duplicate_member Condition AWS:a"}},
		{good + `,"Condition":{"Bool":{"a":"1"},"Bool":{"b":"1"}}`, []string{"duplicate_member Condition Bool"}},
		{good + `,"Condition":{"Bool":{"a":"1"},"bool":{"b":"1"}}`, []string{"duplicate_member Condition bool"}},
		{good + `,"Condition":{"Bool":{"a":"1"},"BoolIfExists":{"a":"1"}}`, nil},
	} {
		d := Parse([]byte(`{"Statement":{` + tt.stmt + `}}`))
		if d.Broken || len(d.Statements) != 1 {
			t.Errorf("%s: broken %v, %d statements", tt.stmt, d.Broken, len(d.Statements))
			continue
		}
		if diff := cmp.Diff(tt.want, words(d.Findings)); diff != "" {
			t.Errorf("%s:\n%s", tt.stmt, diff)
		}
		if got, want := d.Statements[0].Unknown, len(tt.want) > 0; got != want {
			t.Errorf("%s: Unknown is %v", tt.stmt, got)
		}
		for _, f := range d.Findings {
			if f.Statement != 0 || f.Span == (Span{}) {
				t.Errorf("%s: finding %+v has no place", tt.stmt, f)
			}
		}
	}
}

// An Effect written twice is neither of the two.
func TestStatementEffects(t *testing.T) {
	for members, want := range map[string]Effect{
		`"Effect":"Allow"`:                   Allow,
		`"Effect":"Deny"`:                    Deny,
		`"Effect":"\u0044eny"`:               Deny,
		`"Effect":"Allow","Effect":"Deny"`:   EffectUnknown,
		`"Effect":"Deny","x":1`:              Deny,
		`"Effect":"DENY"`:                    EffectUnknown,
		`"Effect":1`:                         EffectUnknown,
		`"Sid":"a"`:                          EffectUnknown,
		`"Effect":"Allow","effect":"Allow"`:  Allow,
		`"Effect":"Allow","Effect":"Allow"`:  EffectUnknown,
		`"Effect":{"Allow":true},"Sid":"Up"`: EffectUnknown,
	} {
		d := Parse([]byte(`{"Statement":[{` + members + `,"Action":"a:b"}]}`))
		if got := d.Statements[0].Effect; got != want {
			t.Errorf("%s: effect %d, want %d", members, got, want)
		}
	}
}

// What is wrong in one statement does not touch the next, nor the index.
func TestStatementsAreApart(t *testing.T) {
	d := Parse([]byte(`{"Id":"x","Statement":[7,{"Effect":"Allow","Action":"a:b","x":1},` +
		`{"Effect":"Deny","Action":"a:b"},null]}`))
	type brief struct {
		Index   int
		Effect  Effect
		Unknown bool
	}
	var got []brief
	for _, s := range d.Statements {
		got = append(got, brief{s.Index, s.Effect, s.Unknown})
	}
	want := []brief{{0, EffectUnknown, true}, {1, Allow, true}, {2, Deny, false}, {3, EffectUnknown, true}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var at []int
	for _, f := range d.Findings {
		at = append(at, f.Statement)
	}
	if diff := cmp.Diff([]int{0, 1, 3}, at); diff != "" {
		t.Errorf("statements of findings:\n%s", diff)
	}
}

// Of two elements that exclude each other, and of two of one name, the first
// is kept for show.
func TestStatementKeepsWhatIsThere(t *testing.T) {
	s := Parse([]byte(`{"Statement":{"Effect":"Deny","NotAction":["a:b",1,"c:d"],"Action":"e:f",` +
		`"Principal":{"AWS":"1","x":"2","AWS":["3"]},"Resource":"r","Resource":"q"}}`)).Statements[0]
	texts := func(items []Item) (out []string) {
		for _, i := range items {
			out = append(out, i.Text)
		}
		return out
	}
	if diff := cmp.Diff([]string{"a:b", "c:d"}, texts(s.Actions)); diff != "" || !s.NotAction {
		t.Errorf("NotAction %v:\n%s", s.NotAction, diff)
	}
	if diff := cmp.Diff([]string{"r"}, texts(s.Resources)); diff != "" || s.NotResource || !s.HasResource {
		t.Errorf("resources:\n%s", diff)
	}
	var who []string
	for _, p := range s.Principals {
		who = append(who, p.Type+" "+p.Text)
	}
	if diff := cmp.Diff([]string{"AWS 1", "AWS 3"}, who); diff != "" || !s.HasPrincipal || s.NotPrincipal {
		t.Errorf("principals:\n%s", diff)
	}
}

func TestDocumentFindings(t *testing.T) {
	const stmt = `{"Effect":"Allow","Action":"a:b"}`
	const variable = `{"Effect":"Allow","Action":"a:b","Resource":"${aws:userid}"}`
	const condition = `{"Effect":"Deny","Action":"a:b","Condition":{"StringEquals":{"a":["x","${b}"]}}}`
	for _, tt := range []struct {
		doc     string // members
		want    []string
		unknown []bool // of the statements
	}{
		{`"Version":"2012-10-17","Id":"x","Statement":[]`, nil, nil},
		{`"Statement":` + stmt, nil, []bool{false}},
		{`"Statement":[` + stmt + `],"Comment":"x"`, []string{"unknown_element Comment Comment"}, []bool{false}},
		{`"a":1,"a":2,"Statement":[` + stmt + `]`, []string{"unknown_element a a", "duplicate_member a a"}, []bool{false}},
		{`"Id":1,"Statement":[` + stmt + `]`, []string{"wrong_type Id number"}, []bool{false}},
		{`"Id":"x","Id":"y","Statement":[` + stmt + `]`, []string{"duplicate_member Id Id"}, []bool{false}},
		{`"Statement":[` + variable + `]`, nil, []bool{false}},
		{`"Version":"2008-10-17","Statement":[` + variable + `]`, nil, []bool{false}},
		{
			`"Version":"2012-10-18","Statement":[` + variable + `,` + stmt + `,` + condition + `]`,
			[]string{"unknown_version Version 2012-10-18"},
			[]bool{true, false, true},
		},
		{
			`"Statement":[` + variable + `,` + stmt + `],"Version":20121017`,
			[]string{"wrong_type Version number"},
			[]bool{true, false},
		},
		{
			`"version":"2012-10-17","Statement":[` + variable + `,` + stmt + `]`,
			[]string{"unknown_element version version"},
			[]bool{true, false},
		},
	} {
		d := Parse([]byte(`{` + tt.doc + `}`))
		if d.Broken {
			t.Errorf("%s: broken", tt.doc)
		}
		if diff := cmp.Diff(tt.want, words(d.Findings)); diff != "" {
			t.Errorf("%s:\n%s", tt.doc, diff)
		}
		var unknown []bool
		for _, s := range d.Statements {
			unknown = append(unknown, s.Unknown)
		}
		if diff := cmp.Diff(tt.unknown, unknown); diff != "" {
			t.Errorf("%s: Unknown:\n%s", tt.doc, diff)
		}
		for _, f := range d.Findings {
			if f.Statement != -1 {
				t.Errorf("%s: finding %+v is not the document's", tt.doc, f)
			}
		}
	}
}

// Many members of one object take no square of time.
func TestManyMembers(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"Statement":[{`)
	for i := range 60_000 {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strings.Repeat("x", i%7) + string(rune('\u1000'+i%20_000)) + `":1`)
	}
	b.WriteString(`}]}`)
	d := Parse([]byte(b.String()))
	if d.Broken || !d.Statements[0].Unknown || len(d.Findings) != 60_000+2 {
		t.Errorf("broken %v, %d findings", d.Broken, len(d.Findings))
	}
}

func TestRepeated(t *testing.T) {
	for _, tt := range []struct {
		names string
		form  func(string) string
		want  string // a mark for each name
	}{
		{"", exact, ""},
		{"a", exact, "."},
		{"a b c", exact, "..."},
		{"a b a a B", exact, "..xx."},
		{"a b A a B", anyCase, "..xxx"},
		{"a b c d e f g h i j", exact, ".........."},
		{"a b c d e f g h i j i a H b", exact, "..........xx.x"},
		{"a b c d e f g h i j I a H b", anyCase, "..........xxxx"},
	} {
		var members []string
		for _, n := range strings.Fields(tt.names) {
			members = append(members, `"`+n+`":1`)
		}
		sc := newScanner("{" + strings.Join(members, ",") + "}")
		if !sc.document() {
			t.Fatal(tt.names)
		}
		dup := sc.repeated(sc.nodes[0], tt.form)
		got := ""
		for m := range sc.all(sc.nodes[0]) {
			if dup[m.key] {
				got += "x"
			} else {
				got += "."
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s, want %s", tt.names, got, tt.want)
		}
	}
}
