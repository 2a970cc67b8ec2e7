package request

import (
	"fmt"
	"maps"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestKeysGet(t *testing.T) {
	k := NewKeys(
		[]Key{
			{Name: "sts:ExternalId", State: KeyPresent, Values: []string{"one"}},
			{Name: "aws:PrincipalTag/Team", State: KeyPresent, Values: []string{"blue"}},
			{Name: "STS:externalid", State: KeyPresent, Values: []string{"two"}},
		},
		[]Key{
			{Name: "aws:PrincipalTag/", State: KeyAbsent},
			{Name: "aws:PrincipalTag/dp:", State: KeyPresentAny},
		},
		Key{State: KeyUnknown},
	)
	tests := []struct {
		lower string
		state KeyState
		value string
	}{
		{"sts:externalid", KeyPresent, "two"},
		{"aws:principaltag/team", KeyPresent, "blue"},
		{"aws:principaltag/other", KeyAbsent, ""},
		{"aws:principaltag/dp:x", KeyPresentAny, ""},
		{"aws:principaltag/", KeyUnknown, ""}, // the family's name alone is no key
		{"aws:sourceip", KeyUnknown, ""},
	}
	for _, tt := range tests {
		got := k.Get(tt.lower)
		if got.State != tt.state || tt.value != "" && got.Values[0] != tt.value {
			t.Errorf("Get(%q) = %+v", tt.lower, got)
		}
	}
	if len(k.All()) != 2 || len(k.Families()) != 2 || k.Rest().State != KeyUnknown {
		t.Errorf("got %v, %v, %v", k.All(), k.Families(), k.Rest())
	}
	if k.Families()[0].Name != "aws:PrincipalTag/dp:" {
		t.Error("the longest prefix comes first")
	}
}

func TestKeysOrderDoesNotMatter(t *testing.T) {
	keys := []Key{{Name: "b"}, {Name: "A"}, {Name: "d"}, {Name: "C"}}
	want := NewKeys(slices.Clone(keys), nil, Key{})
	rng := rand.New(rand.NewSource(1))
	for range 50 {
		rng.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		got := NewKeys(slices.Clone(keys), nil, Key{})
		if diff := cmp.Diff(want.All(), got.All()); diff != "" {
			t.Fatal(diff)
		}
	}
	if want.All()[0].Name != "A" || want.All()[3].Name != "d" {
		t.Errorf("not sorted: %v", want.All())
	}
}

func TestFindIsGet(t *testing.T) {
	var many []Key
	for _, s := range Catalogue() {
		many = append(many, Key{Name: s.Name, State: KeyPresent})
	}
	for _, n := range []int{0, 3, len(many)} {
		k := NewKeys(many[:n], []Key{{Name: "saml:", State: KeyPresentAny}}, Key{State: KeyAbsent})
		for _, s := range Catalogue() {
			low := strings.ToLower(s.Name)
			if k.Find(IDOf(low), low) != k.Get(low) {
				t.Errorf("%s is found in two places", low)
			}
		}
	}
	if len(Catalogue()) >= slots {
		t.Error("the catalogue has outgrown its slots")
	}
	for i := range 300 {
		many = append(many, Key{Name: fmt.Sprintf("aa:%03d", i)})
	}
	k := NewKeys(many, nil, Key{})
	if k.Find(IDOf("sts:externalid"), "sts:externalid").State != KeyPresent {
		t.Error("a key behind the 255th is lost")
	}
}

func TestKeysZero(t *testing.T) {
	var k Keys
	if k.Get("aws:username").State != KeyUnknown {
		t.Error("in an empty context everything is unknown")
	}
}

func TestWithDefaults(t *testing.T) {
	r := &Request{Keys: NewKeys(
		[]Key{
			{Name: "sts:ExternalId", State: KeyUnknown, Usually: KeyAbsent},
			{Name: "sts:RoleSessionName", State: KeyPresentAny, Usually: KeyAbsent},
			{Name: "aws:SourceVpc", State: KeyUnknown},
			{Name: "aws:username", State: KeyPresent, Values: []string{"alice"}, Usually: KeyAbsent},
		},
		[]Key{{Name: "aws:RequestTag/", State: KeyUnknown, Usually: KeyAbsent}, {Name: "aws:ResourceTag/"}},
		Key{State: KeyUnknown, Usually: KeyAbsent},
	)}
	d := r.WithDefaults()
	for lower, want := range map[string]KeyState{
		"sts:externalid":      KeyAbsent,
		"sts:rolesessionname": KeyPresentAny,
		"aws:sourcevpc":       KeyUnknown,
		"aws:username":        KeyPresent,
		"aws:requesttag/a":    KeyAbsent,
		"aws:resourcetag/a":   KeyUnknown,
		"anything:else":       KeyAbsent,
	} {
		if got := d.Keys.Get(lower).State; got != want {
			t.Errorf("%s is %v, want %v", lower, got, want)
		}
	}
	for _, lower := range []string{"sts:externalid", "aws:requesttag/a", "anything:else"} {
		if r.Keys.Get(lower).State != KeyUnknown {
			t.Errorf("%s changed in the original", lower)
		}
	}
}

func TestNamed(t *testing.T) {
	r := &Request{Actions: []Action{{Name: "sts:AssumeRole"}, {Name: "sts:TagSession", Named: true}}}
	if r.Named().Name != "sts:TagSession" {
		t.Error("the action of the message")
	}
	r.Actions[1].Named = false
	if r.Named().Name != "sts:AssumeRole" {
		t.Error("else the first")
	}
}

func TestKeyStateWords(t *testing.T) {
	for s, want := range map[KeyState]string{
		KeyUnknown: "unknown", KeyPresent: "present", KeyPresentAny: "present_unknown", KeyAbsent: "absent",
	} {
		if s.String() != want {
			t.Errorf("%d is %q", s, s)
		}
	}
}

func TestSameAccount(t *testing.T) {
	for _, tt := range []struct {
		caller, role string
		want         bool
	}{
		{"111111111111", "111111111111", true},
		{"111111111111", "222222222222", false},
		{"", "", false},
	} {
		r := &Request{Caller: Caller{Account: tt.caller}, Role: Role{Account: tt.role}}
		if r.SameAccount() != tt.want {
			t.Errorf("%+v", tt)
		}
	}
}

// TestNewKeysOrder: keys of the catalogue and others come sorted by lower-case
// name, the last of one name counts, and each is found.
func TestNewKeysOrder(t *testing.T) {
	names := []string{"zzz", "sts:ExternalId", "aws:PrincipalTag/b", "aws:PrincipalTag/a", "aws:userid", "AWS:USERID", "aaa", "aws:SourceIp", "zzz", "example.com:sub", "aws:CurrentTime", "ZZZ"}
	keys := make([]Key, len(names))
	last := map[string]string{}
	for i, n := range names {
		keys[i] = Key{Name: n, State: KeyPresent, Values: []string{strconv.Itoa(i)}}
		last[strings.ToLower(n)] = keys[i].Values[0]
	}
	k := NewKeys(keys, nil, Key{})
	var got []string
	for _, key := range k.All() {
		got = append(got, strings.ToLower(key.Name))
	}
	if want := slices.Sorted(maps.Keys(last)); !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
	for low, want := range last {
		if found := k.Find(IDOf(low), low); len(found.Values) != 1 || found.Values[0] != want {
			t.Errorf("%s is %v, want %s", low, found.Values, want)
		}
		if k.Get(low) != k.Find(IDOf(low), low) {
			t.Errorf("%s is another one by number", low)
		}
	}
}
