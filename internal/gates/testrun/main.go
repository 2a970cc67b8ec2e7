// Command testrun runs `go test` with the arguments after "--" and judges its
// events: it prints go test's own line for each package, the whole output of
// what failed, and at the end "N passed, N failed, N skipped", tests and
// subtests counted alike.
//
// It fails where go test fails, where no test ran, and, with CI=true in the
// environment, where a test was skipped for want of ASSUMEWHY_CORPUS: a test
// that CI silently leaves out guards nothing.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
)

func main() {
	summary := flag.String("summary", "", "file to which the closing line is written as well")
	flag.Parse()
	ok, err := run(*summary, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "testrun:", err)
	}
	if err != nil || !ok {
		os.Exit(1)
	}
}

func run(summary string, args []string) (bool, error) {
	cmd := exec.Command("go", append([]string{"test", "-json"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return false, fmt.Errorf("open the output of go test: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return false, fmt.Errorf("start go test: %w", err)
	}
	judge := newJudge(os.Stdout, os.Getenv("CI") == "true")
	if err := judge.read(out); err != nil {
		return false, fmt.Errorf("read the output of go test: %w", err)
	}
	// The exit status counts beside the events: it alone tells of a package
	// pattern that matches nothing.
	exit := cmd.Wait()
	line, ok := judge.close()
	fmt.Println(line)
	if summary != "" {
		if err := os.WriteFile(summary, []byte(line+"\n"), 0o600); err != nil {
			return false, fmt.Errorf("write the summary: %w", err)
		}
	}
	return ok && exit == nil, nil
}
