package main

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGatesAreWhole: a gate without a reason to look for would take any red.
func TestGatesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	for _, g := range gates() {
		if g.name == "" || len(g.target) == 0 || g.file == "" || g.change == nil || g.want == "" {
			t.Errorf("gate %q lacks a field", g.name)
		}
		if seen[g.name] {
			t.Errorf("two gates are named %q", g.name)
		}
		seen[g.name] = true
	}
}

// TestTryTellsRedFromGreen drives try with a Makefile of its own.
func TestTryTellsRedFromGreen(t *testing.T) {
	tests := []struct {
		name, want string
		g          gate
	}{
		{"red", "", gate{want: "boom", change: replace("true", "echo boom; false")}},
		{"green", "NOT RED", gate{want: "boom", change: replace("true", "echo boom")}},
		{"another reason", "RED FOR", gate{want: "boom", change: replace("true", "false")}},
		{"nothing changed", "NOT PLANTED", gate{want: "boom", change: replace("absent", "x")}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			makefile := filepath.Join(dir, "Makefile")
			const before = "all:\n\t@true\n"
			if err := os.WriteFile(makefile, []byte(before), 0o600); err != nil {
				t.Fatal(err)
			}
			tt.g.file, tt.g.target = "Makefile", []string{"all"}
			got, err := tree{dir}.try(tt.g)
			if err != nil {
				t.Fatal(err)
			}
			if len(got) < len(tt.want) || got[:len(tt.want)] != tt.want || (tt.want == "" && got != "") {
				t.Errorf("try() = %q, want %q…", got, tt.want)
			}
			after, err := os.ReadFile(makefile)
			if err != nil {
				t.Fatal(err)
			}
			if string(after) != before {
				t.Errorf("the fault is still there:\n%s", after)
			}
		})
	}
}
