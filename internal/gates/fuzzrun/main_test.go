package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseList(t *testing.T) {
	const text = `FuzzARN
FuzzGlob
ok  	example.com/m/arn	0.003s
?   	example.com/m/empty	[no test files]
ok  	example.com/m/none	0.002s
FuzzParse
ok  	example.com/m/policy	0.004s
`
	want := []target{
		{"example.com/m/arn", "FuzzARN"},
		{"example.com/m/arn", "FuzzGlob"},
		{"example.com/m/policy", "FuzzParse"},
	}
	if diff := cmp.Diff(want, parseList(text), cmp.AllowUnexported(target{})); diff != "" {
		t.Errorf("parseList (-want +got):\n%s", diff)
	}
}

func TestParseCounts(t *testing.T) {
	own, err := parseCounts("FuzzText=15000, FuzzRedact=20")
	if err != nil {
		t.Fatal(err)
	}
	c := counts{each: 100, own: own}
	for name, want := range map[string]int{"FuzzText": 100, "FuzzRedact": 20, "FuzzGlob": 100} {
		if got := c.of(target{name: name}); got != want {
			t.Errorf("%s: %d times, want %d", name, got, want)
		}
	}
	for _, bad := range []string{"FuzzText", "FuzzText=", "FuzzText=0", "Text=1", "=1"} {
		if _, err := parseCounts(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
	if err := c.known([]target{{name: "FuzzText"}}); err == nil {
		t.Error("a count for a target that there is not")
	}
}
