package cli

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run the program as a user does: this test binary is
// then the program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"assumewhy": func() { os.Exit(Main(Process())) },
	})
}

// folder gives the absolute path of a folder of the repository.
func folder(t testing.TB, name string) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestScripts runs testdata/script. In a script $EVENTS is the folder of the
// sample events and $CASES that of the engine's cases.
func TestScripts(t *testing.T) {
	events, cases := folder(t, "events"), folder(t, "pkg/eval/testdata")
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("EVENTS", events)
			env.Setenv("CASES", cases)
			env.Setenv("GORACE", "atexit_sleep_ms=0") // else each raced process waits a second for reports
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}
