package gates

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCommands(t *testing.T) {
	tests := []struct {
		name, markdown string
		want           []Command
	}{
		{"prose is no command", "make it so\n", nil},
		{"other languages are not read", "```json\nmake demo\n```\n", nil},
		{"sh", "```sh\nmake demo\n```\nmake no\n", []Command{{2, []string{"make", "demo"}}}},
		{"after a block of another language", "```json\n{}\n```\n```sh\nmake demo\n```\n", []Command{{5, []string{"make", "demo"}}}},
		{"console reads prompts only", "```console\n$ make demo\nmake output\n```\n", []Command{{2, []string{"make", "demo"}}}},
		{
			"variables, pipes and lists", "```sh\nA=1 make test PKG=./x | tee out && make lint; make fmt\n```\n",
			[]Command{
				{2, []string{"make", "test", "PKG=./x"}},
				{2, []string{"tee", "out"}},
				{2, []string{"make", "lint"}},
				{2, []string{"make", "fmt"}},
			},
		},
		{
			"continued line", "```sh\nassumewhy explain \\\n  --estate events/estate # why\n```\n",
			[]Command{{2, []string{"assumewhy", "explain", "--estate", "events/estate"}}},
		},
		{
			"quotes keep operators and signs", "```sh\nassumewhy explain 'a | b' --know k=\"# x\"\n# make gone\n```\n",
			[]Command{{2, []string{"assumewhy", "explain", "a | b", "--know", "k=# x"}}},
		},
		{"open quote", "```sh\necho 'a b\n```\n", []Command{{2, []string{"echo", "a b"}}}},
		{"nested fence", "````md\n```sh\nmake gone\n```\n````\n", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Commands(tt.markdown)); diff != "" {
				t.Errorf("Commands (-want +got):\n%s", diff)
			}
		})
	}
}
