package estate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Faults of a file: what is known of it all the same, and the one line.
func TestDetailsFaults(t *testing.T) {
	const none, unread = "none", "gap role unreadable"
	role := func(name string) string {
		return `{"RoleName":"` + name + `","Path":"/","Arn":"arn:aws:iam::111122223333:role/` + name + `"}`
	}
	whole := func(roles string) string {
		return `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[` + roles + `],"Policies":[]}`
	}
	for _, c := range []struct {
		name, text string
		first      string // state of role "one"
		absent     string // state of a role that is not there
		findings   []string
	}{
		{"whole", whole(role("one")), "known", none, nil},
		{"empty lists", whole(""), none, none, nil},
		{"truncated page", replace(whole(role("one")), `"Policies"`, `"IsTruncated":true,"Policies"`), "known", "gap role truncated", nil},
		{"not truncated", replace(whole(role("one")), `"Policies"`, `"IsTruncated":false,"NextToken":null,"Policies"`), "known", none, nil},
		{"next token", replace(whole(role("one")), `"Policies"`, `"NextToken":"abc","Policies"`), "known", "gap role truncated", nil},
		{"marker", replace(whole(role("one")), `"Policies"`, `"Marker":"abc","Policies"`), "known", "gap role truncated", nil},
		{"marker, not truncated", replace(whole(role("one")), `"Policies"`, `"Marker":"abc","IsTruncated":false,"Policies"`), "known", none, nil},
		{"no marker", replace(whole(role("one")), `"Policies"`, `"Marker":null,"Policies"`), "known", none, nil},
		{"not UTF-8", whole(role("one") + "," + role("tw\xff")), "known", unread, []string{"is not valid UTF-8"}},
		{"half a character", whole(role("one") + "," + role(`tw\ud800`)), "known", unread, []string{"is not valid UTF-8"}},
		{"cut", whole(role("one") + ",\n" + role("two"))[:220], "known", unread, []string{"is cut off after line 2"}},
		{"syntax", whole(role("one") + ",\n,"), "known", unread, []string{"line 2: no JSON: a value expected, found ','"}},
		{"two pages", whole(role("one")) + "\n" + whole(role("two")), "known", unread, []string{"line 2: no JSON: the end of the file expected"}},
		{"empty", "", unread, unread, []string{"is empty"}},
		{"array", "[]", unread, unread, []string{"no JSON object"}},
		{"binary", "\x00\x01", unread, unread, []string{"binary"}},
		{"no lists", "{}", "gap role not_read", "gap role not_read", []string{"has no UserDetailList", "has no GroupDetailList", "has no RoleDetailList", "has no Policies"}},
		{"null list", replace(whole(""), `"RoleDetailList":[]`, `"RoleDetailList":null`), "gap role not_read", "gap role not_read", []string{"has no RoleDetailList"}},
		{"list of another type", replace(whole(""), `"RoleDetailList":[]`, `"RoleDetailList":{}`), unread, unread, []string{"RoleDetailList is no list"}},
		{"list twice", replace(whole(role("one")), `"Policies"`, `"RoleDetailList":[],"Policies"`), "known", unread, []string{"has RoleDetailList twice"}},
		{"element no object", whole(role("one") + `,"two"`), "known", unread, []string{"number 2\" is no object"}},
		{"element without name", whole(role("one") + `,{"Arn":"arn:aws:iam::111122223333:role/two"}`), "known", unread, []string{"has no RoleName"}},
		{"element without arn", whole(role("one") + `,{"RoleName":"two"}`), "known", unread, []string{`the role "two" has no Arn`}},
		{"arn of another name", whole(role("one") + `,{"RoleName":"two","Arn":"arn:aws:iam::111122223333:role/three"}`), "known", unread, []string{"does not fit its name"}},
		{"arn of another path", whole(role("one") + `,{"RoleName":"two","Path":"/x/","Arn":"arn:aws:iam::111122223333:role/y/two"}`), "known", unread, []string{"does not fit its path"}},
		{"arn of a user", whole(role("one") + `,{"RoleName":"two","Arn":"arn:aws:iam::111122223333:user/two"}`), "known", unread, []string{"does not fit its name"}},
		{"another account", replace(whole(role("one")+","+role("two")), prod, dev), unread, unread, []string{"each of 2 out of 2 belongs to another account"}},
		{"twice the same", whole(role("one") + "," + role("one")), "known", none, nil},
		{"twice, differently", whole(role("one") + "," + replace(role("one"), `"Path":"/",`, "")), unread, none, []string{"stands there twice, differently"}},
		{"case", whole(role("one") + "," + role("One")), "known", none, []string{"differs only in case"}},
		{"escaped name", whole(replace(role("one"), `"one"`, `"\u006fne"`)), "known", none, nil},
		{"byte order mark", "\ufeff" + whole(role("one")), "known", none, nil},
		{"too deep", whole(role("one") + "," + strings.Repeat("[", 70)), "known", unread, []string{"nested deeper than 64 levels"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := New(Parts{Accounts: []Folder{details1(prod, c.text)}})
			a := account(t, e, prod)
			if got := state(a.Role("one")); got != c.first {
				t.Errorf("role: %s, want %s", got, c.first)
			}
			if got := state(a.Role("absent")); got != c.absent {
				t.Errorf("absent role: %s, want %s", got, c.absent)
			}
			wantFindings(t, e.Findings(), c.findings...)
			if len(c.findings) > 0 && c.absent != none && len(e.Gaps()) == 0 {
				t.Error("a finding without a gap")
			}
		})
	}
}

// An element of the right name whose inside does not fit is a gap, never half
// an entity.
func TestEntityFaults(t *testing.T) {
	for _, c := range []struct{ name, member, want string }{
		{"tags", `"Tags":{}`, "gap role unreadable"},
		{"tag without key", `"Tags":[{"Value":"x"}]`, "gap role unreadable"},
		{"inline", `"RolePolicyList":"x"`, "gap role unreadable"},
		{"inline element", `"RolePolicyList":[1]`, "gap role unreadable"},
		{"attached", `"AttachedManagedPolicies":1`, "gap role unreadable"},
		{"attached without arn", `"AttachedManagedPolicies":[{}]`, "gap role unreadable"},
		{"member twice", `"Tags":[],"Tags":[]`, "gap role unreadable"},
		{"inline without document", `"RolePolicyList":[{"PolicyName":"p"}]`, "known"},
		{"all null", `"Tags":null,"RolePolicyList":null,"AttachedManagedPolicies":null,"PermissionsBoundary":null`, "known"},
		{"boundary without arn", `"PermissionsBoundary":{}`, "known"},
		{"odd duration", `"MaxSessionDuration":"x"`, "known"},
	} {
		text := `{"UserDetailList":[],"GroupDetailList":[],"Policies":[],"RoleDetailList":[{"RoleName":"r","Arn":"arn:aws:iam::111122223333:role/r",` + c.member + `}]}`
		f := account(t, New(Parts{Accounts: []Folder{details1(prod, text)}}), prod).Role("r")
		if state(f) != c.want {
			t.Errorf("%s: %s, want %s", c.name, state(f), c.want)
		}
		r, ok := f.Get()
		switch {
		case !ok:
		case c.name == "inline without document" && (len(r.Inline) != 1 || !r.Inline[0].Document().Broken):
			t.Errorf("%s: %+v", c.name, r.Inline)
		case c.name == "boundary without arn" && state(r.Boundary) != "gap policy unreadable":
			t.Errorf("%s: %s", c.name, state(r.Boundary))
		}
	}
}

// oracle reads a file with encoding/json: the names of each list's objects.
func oracle(data []byte) map[string][]string {
	var top map[string]json.RawMessage
	if json.Unmarshal(data, &top) != nil {
		return nil
	}
	names := map[string][]string{}
	for _, sh := range shapes {
		var all []json.RawMessage
		if json.Unmarshal(top[sh.list], &all) != nil {
			continue
		}
		for _, raw := range all {
			var o map[string]json.RawMessage
			var name string
			if json.Unmarshal(raw, &o) == nil {
				_ = json.Unmarshal(o[sh.name], &name)
			}
			names[sh.list] = append(names[sh.list], name)
		}
	}
	return names
}

func indexed(d *details) map[string][]string {
	names := map[string][]string{}
	for _, l := range d.lists {
		for _, en := range l.entries {
			names[l.shape.list] = append(names[l.shape.list], en.name)
		}
	}
	return names
}

// FuzzAccount holds the index against encoding/json: every valid file gives
// the same names in the same order; an invalid one never gives a complete
// list; and whatever is there can be decoded without a panic.
func FuzzAccount(f *testing.F) {
	for _, s := range append(slices.Clone(scanSeeds), sample, awsPolicies, sample[:500], replace(sample, "Deploy", `D\u0065ploy`)) {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		d := readDetails(prod, File{Name: "f", Found: true, Data: data})
		// Lists that stand twice are added up, and escaped member names are not
		// looked for; encoding/json does both otherwise.
		once := !bytes.Contains(data, []byte(`\`))
		for _, sh := range shapes {
			once = once && bytes.Count(data, []byte(`"`+sh.list+`"`)) <= 1
		}
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
		switch valid := json.Valid(data) && !tooDeep(data); {
		case valid && once:
			want := oracle(data)
			if want == nil {
				want = map[string][]string{}
			}
			if diff := cmp.Diff(want, indexed(d)); diff != "" {
				t.Error(diff)
			}
		case !valid && d.lists[roles].lost == nil:
			t.Errorf("no JSON, but its roles are complete: %q", data)
		}
		decodeAll(t, data)
	})
}

func decodeAll(t *testing.T, data []byte) {
	e := New(Parts{Accounts: []Folder{details1(prod, string(data))}})
	a := account(t, e, prod)
	for _, n := range a.RoleNames() {
		if f := a.Role(n.Name); state(f) == "none" {
			t.Errorf("role %q is listed and absent", n.Name)
		}
	}
	for _, n := range a.UserNames() {
		if f := a.User(n.Name); state(f) == "none" {
			t.Errorf("user %q is listed and absent", n.Name)
		}
	}
}

// The order of elements and the way of writing do not matter to what is found.
func TestDifferential(t *testing.T) {
	for _, indent := range []string{"", " ", "    ", "\t"} {
		var out bytes.Buffer
		if err := json.Indent(&out, []byte(sample), "", indent); err != nil {
			t.Fatal(err)
		}
		d := readDetails(prod, File{Found: true, Data: out.Bytes()})
		if diff := cmp.Diff(oracle([]byte(sample)), indexed(d)); diff != "" {
			t.Error(diff)
		}
	}
	var out bytes.Buffer
	if err := json.Compact(&out, []byte(sample)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(oracle([]byte(sample)), indexed(readDetails(prod, File{Found: true, Data: out.Bytes()}))); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkIndex(b *testing.B) {
	var roles strings.Builder
	for i := range 2000 {
		if i > 0 {
			roles.WriteString(",")
		}
		fmt.Fprintf(&roles, `{"RoleName":"r%d","RoleId":"AROA%d","Path":"/","Arn":"arn:aws:iam::111122223333:role/r%d","AssumeRolePolicyDocument":
			{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole"}]},"Doc":%q}`,
			i, i, i, strings.Repeat("%7B%22a%22", 60))
	}
	data := []byte(`{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[` + roles.String() + `],"Policies":[]}`)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if d := readDetails(prod, File{Found: true, Data: data}); len(d.lists[2].entries) != 2000 {
			b.Fatal("roles")
		}
	}
}
