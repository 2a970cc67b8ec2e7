package cli

import (
	"slices"

	"github.com/spf13/cobra"
)

// explanation is what the flags of `assumewhy explain` say.
type explanation struct {
	out   outputFlags
	in    estateFlag
	known []string
	live  bool
	from  readerFlags
}

// explainCommand is `assumewhy explain`.
func (p *program) explainCommand() *cobra.Command {
	e := &explanation{}
	cmd := &cobra.Command{
		Use:   "explain [EVENT...] --estate DIR | --live",
		Short: "why the role switches in CloudTrail events were denied",
		Long: `Tells why each failed role switch in the EVENT files was denied, who has to
change what, and what is not known. Without EVENT, or for -, it reads standard
input.

An EVENT file holds CloudTrail records in any envelope that AWS delivers them
in (EventBridge, SQS, SNS, CloudWatch Logs, log file, lookup-events), one or
many, gzip compressed or not. AWS's error message alone will do as well.`,
		Example: `  assumewhy explain event.json --estate estate
  aws cloudtrail lookup-events --lookup-attributes \
      AttributeKey=EventName,AttributeValue=AssumeRole |
      assumewhy explain --estate estate --know sts:ExternalId=@secret.txt`,
		Annotations: status("0 every failed role switch was explained, 1 something could not be read,\n2 the command line is not understood"),
		RunE: func(cmd *cobra.Command, names []string) error {
			return p.explain(cmd, names, e)
		},
	}
	e.in.register(cmd.Flags())
	cmd.Flags().BoolVar(&e.live, "live", false, "read AWS itself, with the credentials of the environment, instead of a directory")
	e.from.register(cmd)
	cmd.Flags().StringArrayVar(&e.known, "know", nil, "what you know of the call, a condition key as `KEY=VALUE`, again for more; KEY= absent, KEY=@FILE value in a file")
	e.out.register(cmd.Flags())
	e.out.completed(cmd, reportFormats)
	completes(cmd, "estate", directories)
	completes(cmd, "know", conditionKeys)
	cmd.ValidArgsFunction = anyFile
	return cmd
}

func (p *program) explain(cmd *cobra.Command, names []string, e *explanation) error {
	if err := full(cmd.Flags()); err != nil {
		return err
	}
	if err := e.out.check(); err != nil {
		return err
	}
	switch name := stray(cmd.Flags()); {
	case e.live && cmd.Flags().Changed("estate"):
		return misuse("--live reads AWS and --estate a directory: give one of them")
	case !e.live && name != "":
		return misuse("--%s says how AWS is read: add --live", name)
	}
	names, err := p.inputs(names)
	if err != nil {
		return err
	}
	options := e.out.options()
	if options.Known, err = p.facts("know", e.known, false); err != nil {
		return err
	}
	x := &explainer{program: p, options: options, out: p.printer(&e.out)}
	if e.live {
		x.reader, err = p.reader(cmd.Context(), &e.from)
	} else {
		x.estate, err = e.in.open()
	}
	if err != nil {
		return err
	}
	if err := x.run(names); err != nil {
		return err
	}
	if x.estate != nil && p.findings(e.in.dir, x.estate) {
		p.status = failed
	}
	x.count()
	return nil
}

// inputs are the names to read.
func (p *program) inputs(names []string) ([]string, error) {
	if len(names) == 0 {
		if p.StdinTerminal {
			return nil, misuse("no events: name event files, or pipe events in, as in 'assumewhy explain event.json --estate DIR'")
		}
		return []string{"-"}, nil
	}
	if slices.Contains(names, "") {
		return nil, misuse("a file name is empty: name event files, or - for standard input")
	}
	if slices.ContainsFunc(names, misplaced) {
		return nil, misuse("a fact is given without --know: write --know KEY=VALUE")
	}
	if i := slices.Index(names, "-"); i >= 0 && slices.Contains(names[i+1:], "-") {
		return nil, misuse("standard input (-) is named twice: name it once")
	}
	return names, nil
}
