// Command plant shows that the gates of `make check` can fail: it copies the
// tree, plants one fault at a time, runs the one make target that should see
// it, and expects red for the right reason. Each target is run first on the
// copy without a fault and must be green there, or else red would prove
// nothing. It prints one line a gate and fails if any is not as expected.
//
// Two copies are worked on at a time, at a fixed place, so that a second run
// finds Go's and the linter's caches warm.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// workers is how many copies are worked on at a time.
const workers = 2

func main() {
	work := flag.String("work", filepath.Join("bin", "gates"), "folder for the copies")
	only := flag.String("only", "", "run only the gates whose name contains this")
	flag.Parse()
	if err := run(*work, *only); err != nil {
		fmt.Fprintln(os.Stderr, "plant:", err)
		os.Exit(1)
	}
}

func run(work, only string) error {
	start := time.Now()
	groups := grouped(gates(), only)
	if len(groups) == 0 {
		return fmt.Errorf("no gate's name contains %q", only)
	}
	queue := make(chan []gate, len(groups))
	for _, g := range groups {
		queue <- g
	}
	close(queue)

	var wg sync.WaitGroup
	var mu sync.Mutex
	var wrong []string
	count := 0
	report := func(g gate, fault string, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		count++
		verdict := "red as expected"
		if fault != "" {
			verdict = fault
			wrong = append(wrong, g.name)
		}
		fmt.Printf("%-28s %5.1fs  %s\n", g.name, took.Seconds(), verdict)
	}
	broken := make([]error, workers)
	for i := range workers {
		wg.Go(func() {
			dir := filepath.Join(work, fmt.Sprint(i+1))
			broken[i] = tend(dir, queue, report)
		})
	}
	wg.Wait()
	if err := errors.Join(broken...); err != nil {
		return err
	}
	fmt.Printf("%d gates, %d not as expected, %.0fs\n", count, len(wrong), time.Since(start).Seconds())
	if len(wrong) > 0 {
		return errors.New("not as expected: " + strings.Join(wrong, ", "))
	}
	return nil
}

// tend works through the queue on one copy of the tree.
func tend(dir string, queue <-chan []gate, report func(gate, string, time.Duration)) error {
	tree, err := copyTree(".", dir)
	if err != nil {
		return err
	}
	for group := range queue {
		green := ""
		if out, red := tree.run(group[0]); red {
			green = "RED WITHOUT A FAULT\n" + out
		}
		for _, g := range group {
			start := time.Now()
			fault := green
			if fault == "" {
				if fault, err = tree.try(g); err != nil {
					return err
				}
			}
			report(g, fault, time.Since(start))
			if green != "" {
				green = "RED WITHOUT A FAULT, as above"
			}
		}
	}
	return nil
}

// grouped puts gates that run the same target together, in their order: the
// green run is shared.
func grouped(all []gate, only string) [][]gate {
	var groups [][]gate
	place := map[string]int{}
	for _, g := range all {
		if !strings.Contains(g.name, only) {
			continue
		}
		key := g.env + " " + strings.Join(g.target, " ")
		if _, ok := place[key]; !ok {
			place[key] = len(groups)
			groups = append(groups, nil)
		}
		groups[place[key]] = append(groups[place[key]], g)
	}
	return groups
}
