package text

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/assumewhy/assumewhy/pkg/render/rendertest"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

func TestGolden(t *testing.T) {
	variants := []struct {
		name string
		o    Options
	}{
		{"80", Options{Width: 80, UTF8: true}},
		{"120", Options{Width: 120, UTF8: true, Verbose: true}},
		{"80.color", Options{Width: 80, UTF8: true, Color: true}},
		{"60.ascii", Options{Width: 60}},
		{"40", Options{Width: 40, UTF8: true}},
	}
	all := rendertest.Reports()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, v := range variants {
			t.Run(name+"."+v.name, func(t *testing.T) {
				var got bytes.Buffer
				if err := Write(&got, all[name], v.o); err != nil {
					t.Fatal(err)
				}
				file := filepath.Join("testdata", name+"."+v.name+".txt")
				if *update {
					if err := os.WriteFile(file, got.Bytes(), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(want), got.String()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", file, diff)
				}
			})
		}
	}
}
