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
