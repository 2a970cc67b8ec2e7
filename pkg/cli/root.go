package cli

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
)

// Set by the linker (-X).
var (
	version = "dev"
	commit  = ""
)

// rootHelp is the first page that anyone sees.
const rootHelp = `assumewhy tells why an AWS role switch (sts:AssumeRole) was denied, who has to
change what, and whether a call would work.

Usage: assumewhy COMMAND

Commands:
%s
Examples:
  assumewhy explain event.json --estate estate
  assumewhy simulate --estate estate \
      --principal arn:aws:iam::111111111111:user/alice \
      --role arn:aws:iam::222222222222:role/Deployer

'assumewhy COMMAND --help' tells more about a command.
It reads the files that it is given; AWS only by collect and explain --live.
`

// helpColumns is how wide a help page is at most.
const helpColumns = 80

// statusNote is the annotation that holds a command's exit statuses.
const statusNote = "status"

func status(text string) map[string]string { return map[string]string{statusNote: text} }

// root is the whole command line.
func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:                "assumewhy",
		SilenceErrors:      true,
		SilenceUsage:       true,
		DisableFlagParsing: true, // so that a misspelled command is told before its flags are
		Args:               cobra.ArbitraryArgs,
		RunE:               p.noCommand,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.AddCommand(p.explainCommand(), p.simulateCommand(), p.collectCommand(), p.codesCommand(), p.completionCommand(root), p.versionCommand(), p.completeCommand(root))
	for _, c := range root.Commands() {
		c.DisableFlagsInUseLine = true
		c.Flags().SortFlags = false
		c.Flags().BoolP("help", "h", false, "this page")
		c.SetFlagErrorFunc(flagError)
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		fmt.Fprint(p.Stdout, page(cmd)) // p.Stdout keeps why it could not be written
	})
	root.SetHelpCommand(helpCommand(root))
	return root
}

// noCommand answers a command line whose first word is no command.
func (p *program) noCommand(cmd *cobra.Command, args []string) error {
	const commands = "'assumewhy --help' lists the commands"
	if len(args) == 0 {
		return cmd.Help()
	}
	word, _, _ := strings.Cut(args[0], "=")
	switch {
	case word == "-h" || word == "--help":
		return cmd.Help()
	case word == "--version":
		_, err := fmt.Fprintln(p.Stdout, versionLine())
		return err
	case strings.HasPrefix(word, "-"):
		return misuse("no flag %.60s goes before a command: %s", word, commands)
	}
	return unknownCommand(cmd, word)
}

func unknownCommand(root *cobra.Command, word string) error {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	if near := nearest(word, names); near != "" {
		return misuse("there is no command %.60q: did you mean %s?", word, near)
	}
	if strings.HasSuffix(word, ".json") || strings.HasSuffix(word, ".gz") {
		return misuse("there is no command %.60q: did you mean 'assumewhy explain' before the file?", word)
	}
	return misuse("there is no command %.60q: 'assumewhy --help' lists them", word)
}

// page is the help of a command.
func page(cmd *cobra.Command) string {
	var b strings.Builder
	if !cmd.HasParent() {
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(&b, "  %-10s %s\n", c.Name(), c.Short)
			}
		}
		return fmt.Sprintf(rootHelp, b.String())
	}
	fmt.Fprintf(&b, "%s\n\nUsage: %s\n", cmd.Long, cmd.UseLine())
	if cmd.Example != "" {
		fmt.Fprintf(&b, "\nExamples:\n%s\n", cmd.Example)
	}
	fmt.Fprintf(&b, "\nFlags:\n%s", cmd.LocalFlags().FlagUsagesWrapped(helpColumns))
	if text := cmd.Annotations[statusNote]; text != "" {
		fmt.Fprintf(&b, "\nExit status:\n  %s\n", strings.ReplaceAll(text, "\n", "\n  "))
	}
	return b.String()
}

// helpCommand is `assumewhy help COMMAND`, for those who try that first.
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:    "help [COMMAND]",
		Hidden: true,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return root.Help()
			}
			for _, c := range root.Commands() {
				if c.Name() == args[0] {
					return c.Help()
				}
			}
			return unknownCommand(root, args[0])
		},
	}
}

// versionCommand is `assumewhy version`.
func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "version, commit and Go version",
		Long:    "Prints the version, the commit it was built from, and the version of Go.",
		Example: "  assumewhy version\n  assumewhy version | cut -d' ' -f2",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("version takes no arguments")
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.Stdout, versionLine())
			return err
		},
	}
}

// versionLine is "assumewhy v1.2.3 (commit 0123456789ab, go1.26.8)".
func versionLine() string {
	built := "commit " + commit
	if commit == "" {
		built = "commit unknown"
	}
	return fmt.Sprintf("assumewhy %s (%s, %s)", version, built, runtime.Version())
}
