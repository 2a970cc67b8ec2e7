package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// Directives to the shells' scripts.
const (
	noFiles = cobra.ShellCompDirectiveNoFileComp
	onlyDir = cobra.ShellCompDirectiveFilterDirs
)

// shells are those that there is a script for, and where it goes.
var shells = []struct {
	name, use string
	write     func(*cobra.Command, io.Writer) error
}{
	{"bash", "source <(assumewhy completion bash)", func(c *cobra.Command, w io.Writer) error { return c.GenBashCompletionV2(w, true) }},
	{"zsh", "source <(assumewhy completion zsh)", (*cobra.Command).GenZshCompletion},
	{"fish", "assumewhy completion fish | source", func(c *cobra.Command, w io.Writer) error { return c.GenFishCompletion(w, true) }},
	{"powershell", "assumewhy completion powershell | Out-String | Invoke-Expression", (*cobra.Command).GenPowerShellCompletionWithDesc},
}

// completionCommand is `assumewhy completion SHELL`.
func (p *program) completionCommand(root *cobra.Command) *cobra.Command {
	var names, uses []string
	for _, s := range shells {
		names, uses = append(names, s.name), append(uses, "  "+s.use)
	}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "the script by which a shell completes commands",
		Long: `Prints the script by which a shell (bash, zsh, fish or powershell) completes
commands, flags, condition keys and codes. It needs no files and asks only this
program. The examples switch it on in a running shell; a line of the shell's
start file switches it on for good. bash needs the package bash-completion.`,
		Example:     strings.Join(uses, "\n"),
		Annotations: status("0 the script was printed, 1 it could not be written, 2 the command line is not\nunderstood"),
		ValidArgs:   names,
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return misuse("completion wants the name of a shell: %s", strings.Join(names, ", "))
			}
			i := slices.Index(names, args[0])
			if i < 0 {
				return misuse("there is no script for %.60q: use %s", args[0], strings.Join(names, ", "))
			}
			if err := shells[i].write(root, p.Stdout); err != nil {
				return fmt.Errorf("writing the script: %w", err)
			}
			return nil
		},
	}
}

// completeCommand answers the shells' scripts: a line for each word that may
// come next, and last a colon with a directive. It stands in the place of
// cobra's own, which repeats arguments in its errors; of what was typed this one
// repeats nothing.
func (p *program) completeCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:                cobra.ShellCompRequestCmd,
		Aliases:            []string{cobra.ShellCompNoDescRequestCmd},
		Hidden:             true,
		DisableFlagParsing: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			words, directive := offers(root, args)
			for _, w := range words {
				word, told, _ := strings.Cut(w, "\t")
				if told != "" && cmd.CalledAs() != cobra.ShellCompNoDescRequestCmd {
					word += "\t" + told
				}
				fmt.Fprintln(p.Stdout, word)
			}
			_, err := fmt.Fprintf(p.Stdout, ":%d\n", directive)
			return err
		},
	}
}

// offers are the words that may stand in the place of the last of args, each
// with a tab and a few words on it where there are some.
func offers(root *cobra.Command, args []string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 0 {
		return nil, noFiles
	}
	words, begin := args[:len(args)-1], args[len(args)-1]
	if len(words) == 0 || len(words) == 1 && words[0] == "help" {
		return subcommands(root, begin), noFiles
	}
	i := slices.IndexFunc(root.Commands(), func(c *cobra.Command) bool { return c.Name() == words[0] && c.IsAvailableCommand() })
	if i < 0 {
		return nil, noFiles
	}
	cmd := root.Commands()[i]
	flag, typed, dashes := wordsOf(cmd, words[1:])
	if name, value, ok := strings.Cut(begin, "="); ok && !dashes && flag == nil && strings.HasPrefix(name, "--") {
		flag, begin = cmd.Flags().Lookup(name[2:]), value
		if flag == nil {
			return nil, noFiles
		}
	}
	switch {
	case flag != nil:
		if f, ok := cmd.GetFlagCompletionFunc(flag.Name); ok {
			return f(cmd, typed, begin)
		}
		return nil, noFiles
	case strings.HasPrefix(begin, "-") && begin != "-" && !dashes:
		return flagNames(cmd, begin), noFiles
	case cmd.ValidArgsFunction != nil:
		return cmd.ValidArgsFunction(cmd, typed, begin)
	case len(typed) == 0:
		return beginning(cmd.ValidArgs, begin), noFiles
	}
	return nil, noFiles
}

// wordsOf reads the words behind a command: the flag whose value comes next, the
// arguments, and whether two dashes have ended the flags.
func wordsOf(cmd *cobra.Command, words []string) (next *pflag.Flag, typed []string, dashes bool) {
	for _, w := range words {
		switch {
		case next != nil:
			next = nil
		case dashes || !strings.HasPrefix(w, "-") || w == "-":
			typed = append(typed, w)
		case w == "--":
			dashes = true
		case strings.HasPrefix(w, "--"):
			if f := cmd.Flags().Lookup(w[2:]); f != nil && f.NoOptDefVal == "" {
				next = f
			}
		}
	}
	return next, typed, dashes
}

func subcommands(root *cobra.Command, begin string) []string {
	var list []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && strings.HasPrefix(c.Name(), begin) {
			list = append(list, c.Name()+"\t"+c.Short)
		}
	}
	return list
}

func flagNames(cmd *cobra.Command, begin string) []string {
	var list []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if name := "--" + f.Name; strings.HasPrefix(name, begin) {
			_, usage := pflag.UnquoteUsage(f)
			list = append(list, name+"\t"+usage)
		}
	})
	return list
}

func beginning(words []string, begin string) []string {
	var list []string
	for _, w := range words {
		if strings.HasPrefix(w, begin) {
			list = append(list, w)
		}
	}
	return list
}

// completes registers what may stand behind a flag of cmd. The only error is a
// flag that is not there or has it already: a test asks for every flag's.
func completes(cmd *cobra.Command, flag string, f cobra.CompletionFunc) {
	_ = cmd.RegisterFlagCompletionFunc(flag, f)
}

// oneOf completes by a list of words.
func oneOf(words ...string) cobra.CompletionFunc {
	return func(_ *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
		return beginning(words, begin), noFiles
	}
}

// directories and anyFile leave it to the shell; nothing offers nothing.
func directories(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, onlyDir
}

func anyFile(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func nothing(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, noFiles
}

// conditionKeys completes KEY=VALUE up to the sign between, or to the slash
// behind which a tag's name is to be written.
func conditionKeys(_ *cobra.Command, _ []string, begin string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(begin, "=") {
		return nil, noFiles
	}
	var list []string
	for _, s := range request.Catalogue() {
		name := s.Name
		if !s.Family {
			name += "="
		}
		if len(begin) <= len(name) && strings.EqualFold(name[:len(begin)], begin) {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list, noFiles | cobra.ShellCompDirectiveNoSpace
}
