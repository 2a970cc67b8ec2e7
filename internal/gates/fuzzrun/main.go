// Command fuzzrun runs every fuzz target of the packages that it is given, one
// after the other, each for a fixed count of executions. The targets come from
// `go test -list`, so that a new one needs no entry anywhere; no target at all
// is a failure, since then the step guards nothing.
//
// A count and not a duration: when a duration ends, Go may report the workers'
// own deadline as a failure of the target (golang/go#75804).
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// targetLimit is how long one target may take before it counts as hanging.
const targetLimit = 5 * time.Minute

// target is one fuzz test, run by its own name.
type target struct{ pkg, name string }

func main() {
	match := flag.String("match", "^Fuzz", "regular expression of the targets' names")
	count := flag.Int("count", 100000, "executions of each target")
	slow := flag.String("slow", "", "the targets that are slow, each with its own count: FuzzText=15000,FuzzRedact=15000")
	flag.Parse()
	own, err := parseCounts(*slow)
	if err == nil {
		err = run(*match, counts{each: *count, own: own}, flag.Args())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "fuzzrun:", err)
		os.Exit(1)
	}
}

// counts says how often a target is tried: one that does much in each execution
// has a count of its own.
type counts struct {
	each int
	own  map[string]int
}

func (c counts) of(t target) int {
	if n, slow := c.own[t.name]; slow {
		return min(n, c.each)
	}
	return c.each
}

// known says whether every count of its own belongs to a target: one that was
// renamed would be run too often.
func (c counts) known(targets []target) error {
	for _, name := range slices.Sorted(maps.Keys(c.own)) {
		if !slices.ContainsFunc(targets, func(t target) bool { return t.name == name }) {
			return fmt.Errorf("-slow names %s, and there is no such target", name)
		}
	}
	return nil
}

// parseCounts reads NAME=COUNT,NAME=COUNT.
func parseCounts(text string) (map[string]int, error) {
	own := map[string]int{}
	for _, pair := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		name, count, _ := strings.Cut(pair, "=")
		n, err := strconv.Atoi(count)
		if err != nil || n < 1 || !strings.HasPrefix(name, "Fuzz") {
			return nil, fmt.Errorf("-slow %q: write NAME=COUNT, as in FuzzText=15000", pair)
		}
		own[name] = n
	}
	return own, nil
}

func run(match string, count counts, packages []string) error {
	cmd := exec.Command("go", append([]string{"test", "-list", match}, packages...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("list the targets: %w\n%s", err, out)
	}
	targets := parseList(string(out))
	if len(targets) == 0 {
		return fmt.Errorf("no fuzz target matches %s in %s", match, strings.Join(packages, " "))
	}
	if match == "^Fuzz" && slices.Contains(packages, "./...") {
		if err := count.known(targets); err != nil {
			return err
		}
	}
	var failed []string
	for _, t := range targets {
		start := time.Now()
		text, err := fuzz(t, count.of(t))
		verdict := "ok  "
		if err != nil {
			verdict = "FAIL"
			failed = append(failed, t.name)
			fmt.Printf("%s%v\n", text, err)
		}
		fmt.Printf("%s %s %s %d times %.1fs\n", verdict, t.name, t.pkg, count.of(t), time.Since(start).Seconds())
	}
	fmt.Printf("%d fuzz targets, %d failed\n", len(targets), len(failed))
	if len(failed) > 0 {
		return errors.New("failed: " + strings.Join(failed, ", "))
	}
	return nil
}

// parseList reads the output of `go test -list`: the names of a package's
// targets, then the package's own line.
func parseList(text string) []target {
	var targets []target
	var names []string
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch {
		case len(words) == 1 && strings.HasPrefix(words[0], "Fuzz"):
			names = append(names, words[0])
		case len(words) > 1 && words[0] == "ok":
			for _, name := range names {
				targets = append(targets, target{pkg: words[1], name: name})
			}
			names = nil
		}
	}
	return targets
}

// fuzz runs one target and gives what it printed. Minimizing is kept short: it
// makes a smaller example of a failure and finds none.
func fuzz(t target, count int) (string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), targetLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-fuzz", "^"+t.name+"$",
		"-fuzztime", fmt.Sprintf("%dx", count), "-fuzzminimizetime", "100x", t.pkg)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		err = fmt.Errorf("still running after %s", targetLimit)
	}
	return string(out), err
}
