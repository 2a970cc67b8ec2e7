package cli

import (
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/eval/cases"
)

// batch evaluates a file of cases or of condition blocks, one answer a line.
func (p *program) batch(s *simulation, flags *pflag.FlagSet) error {
	name, run := s.cases, cases.Decisions
	if flags.Changed("conditions") {
		if flags.Changed("cases") {
			return misuse("--cases and --conditions are two runs: give one of them")
		}
		name, run = s.conditions, cases.Conditions
	}
	if other := withBatch(flags); other != "" {
		return misuse("--%s does not go with a file of cases: leave one of them out", other)
	}
	r, shown, err := p.open(name, "name one file of it, with one JSON object a line")
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }() // read only: nothing is lost
	return p.report(shown, r, run)
}

// report runs the lines of r and says how many could not be read.
func (p *program) report(name string, r io.Reader, run func(io.Writer, io.Reader) (cases.Count, error)) error {
	n, err := run(p.Stdout, r)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", name, err)
	case n.Lines == 0:
		return fmt.Errorf("%s: no cases in it: write one JSON object a line", name)
	case n.Failed > 0:
		p.fault(fmt.Errorf("%s: %d of %d lines could not be read: line %d: %w (each has an \"error\" in the output)", name, n.Failed, n.Lines, n.First, n.Fault))
	}
	return nil
}
