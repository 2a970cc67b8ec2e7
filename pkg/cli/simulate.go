package cli

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/diagnose"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// simulation is what the flags of `assumewhy simulate` say.
type simulation struct {
	principal, role, at string
	context             []string
	cases, conditions   string
	in                  estateFlag
	out                 outputFlags
}

// simulateCommand is `assumewhy simulate`.
func (p *program) simulateCommand() *cobra.Command {
	s := &simulation{}
	cmd := &cobra.Command{
		Use:   "simulate --principal ARN --role ARN --estate DIR",
		Short: "would this role switch work?",
		Long: `Tells whether a role switch would work that nobody has made yet. What the
principal, the role and the estate say is derived. Parameters of the call that
are not given (ExternalId, tags, source identity, MFA) are absent; network keys
are unknown.`,
		Example: `  assumewhy simulate --estate estate \
      --principal arn:aws:iam::111111111111:user/alice \
      --role arn:aws:iam::222222222222:role/Deployer
  assumewhy simulate --cases cases.jsonl`,
		Annotations: status("0 allowed, 3 denied, 4 undetermined, 1 something could not be read,\n2 the command line is not understood; with --cases and --conditions 0,\nor 1 when a line could not be read"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("simulate takes flags only and reads no events ('assumewhy explain' does): write '--flag VALUE', and quote a value that holds blanks")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.simulate(s, cmd.Flags())
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.principal, "principal", "", "who calls: `ARN` of a user, role, session or account root, a service, or an identity provider")
	f.StringVar(&s.role, "role", "", "`ARN` of the role to be assumed")
	s.in.register(f)
	f.StringArrayVar(&s.context, "context", nil, "what the call carries: a condition key as `KEY=VALUE`, again for a list; KEY= absent, KEY=? unknown, KEY=@FILE value in a file")
	f.StringVar(&s.at, "time", "", "`TIME` of the call (RFC 3339); now unless given")
	f.StringVar(&s.cases, "cases", "", "evaluate the cases in `FILE` instead, one JSON object a line")
	f.StringVar(&s.conditions, "conditions", "", "evaluate the condition blocks in `FILE` instead")
	s.out.register(f)
	s.out.completed(cmd, reportFormats)
	for flag, complete := range map[string]cobra.CompletionFunc{
		"principal": nothing, "role": nothing, "time": nothing, "context": conditionKeys,
		"estate": directories, "cases": anyFile, "conditions": anyFile,
	} {
		completes(cmd, flag, complete)
	}
	return cmd
}

func (p *program) simulate(s *simulation, flags *pflag.FlagSet) error {
	if err := full(flags); err != nil {
		return err
	}
	if flags.Changed("cases") || flags.Changed("conditions") {
		return p.batch(s, flags)
	}
	if err := s.out.check(); err != nil {
		return err
	}
	at, err := s.moment(p.Now)
	if err != nil {
		return err
	}
	if s.principal == "" || s.role == "" {
		return misuse("simulate wants --principal ARN and --role ARN (or --cases FILE)")
	}
	options := s.out.options()
	if options.Known, err = p.facts("context", s.context, true); err != nil {
		return err
	}
	e, err := s.in.open()
	if err != nil {
		return err
	}
	subject, err := s.subject(e)
	if err != nil {
		return err
	}
	r := audit.Simulate(subject, e, at, options)
	p.status = verdictStatus(diagnose.Verdict(r.Verdict))
	out := p.printer(&s.out)
	if err := out.print(r); err != nil {
		return err
	}
	if err := out.finish(); err != nil {
		return err
	}
	p.findings(s.in.dir, e)
	return nil
}

// moment is the time of the call.
func (s *simulation) moment(now func() time.Time) (time.Time, error) {
	if s.at == "" {
		return now().UTC(), nil
	}
	at, err := time.Parse(time.RFC3339, s.at)
	if err != nil {
		return at, misuse("--time is not understood: write a time such as 2026-10-14T09:26:53Z")
	}
	if at = at.UTC(); at.Year() < 1 || at.Year() > 9999 {
		return at, misuse("--time is outside the years 1 to 9999 (UTC): write a time such as 2026-10-14T09:26:53Z")
	}
	return at, nil
}

// partition is the form of a partition's name: aws, aws-cn, aws-us-gov, ...
var partition = regexp.MustCompile(`^aws(-[a-z0-9]+)*$`)

// oneOnly says that a principal names one, and is no pattern: the account in an
// ARN has 12 digits, and no wildcard or blank is in the name.
func oneOnly(principal string) bool {
	if strings.ContainsAny(principal, "*? \t\r\n") {
		return false
	}
	a, isARN := arn.Parse(principal)
	return !isARN || partition.MatchString(a.Partition) && len(a.Account) == 12 && strings.Trim(a.Account, "0123456789") == ""
}

// subject is who would assume which role.
func (s *simulation) subject(e *estate.Estate) (reconstruct.Subject, error) {
	subject, found := reconstruct.Principal(s.principal, e)
	if !found || !oneOnly(s.principal) {
		return subject, misuse("--principal %.200q is nobody who can call: give the ARN of a user, role, role session or account root, a service such as ec2.amazonaws.com, or an identity provider", s.principal)
	}
	if reconstruct.Missing(&subject.Caller, e) {
		return subject, misuse("--principal %.200q does not exist in the estate: give the ARN, with its path, as the account's authorization-details.json has it", s.principal)
	}
	if subject.Role = reconstruct.RoleOf(s.role); !subject.Role.IsRole || !oneOnly(s.role) {
		return subject, misuse("--role %.200q is not the ARN of a role: write it as in arn:aws:iam::111111111111:role/Deployer", s.role)
	}
	return subject, nil
}

// verdictStatus is the exit status that says what the report says.
func verdictStatus(v diagnose.Verdict) int {
	switch v {
	case diagnose.AllowedNow:
		return ok
	case diagnose.Denied, diagnose.NotAPolicyDenial:
		return denied
	case diagnose.Undetermined:
	}
	return undetermined
}

// alone are the flags that go with --cases and --conditions.
var alone = []string{"cases", "conditions", "color"}

// withBatch is the first flag given that does not go with them, or nothing.
func withBatch(flags *pflag.FlagSet) string {
	name := ""
	flags.Visit(func(f *pflag.Flag) {
		if name == "" && !slices.Contains(alone, f.Name) {
			name = f.Name
		}
	})
	return name
}
