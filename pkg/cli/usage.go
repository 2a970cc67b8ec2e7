package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/diagnose"
)

// usageError is a command line that is not understood: what is wrong with it
// and what to write instead, in one line. It never repeats the value of a flag
// that may hold a secret.
type usageError struct{ text string }

func (e *usageError) Error() string { return e.text }

// misuse makes one. What may be a secret is taken out of each argument by
// itself, so that what the line advises behind it stays.
func misuse(format string, args ...any) error {
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = withoutSecrets(arg)
		case error:
			args[i] = withoutSecrets(arg.Error())
		}
	}
	return &usageError{fmt.Sprintf(format, args...)}
}

// flagError puts what is wrong with a flag into one line of ours. Nothing
// behind the flag's name is repeated.
func flagError(cmd *cobra.Command, err error) error {
	help := fmt.Sprintf("'%s --help' lists them", cmd.CommandPath())
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			short, _, _ = strings.Cut(short, "=")
			name = "-" + short
		}
		if near := nearestFlag(cmd, strings.TrimLeft(name, "-")); near != "" {
			return misuse("%s has no flag %.60s: did you mean --%s?", cmd.Name(), name, near)
		}
		return misuse("%s has no flag %.60s: %s", cmd.Name(), name, help)
	case errors.As(err, &bare):
		kind, _ := pflag.UnquoteUsage(bare.GetFlag())
		return misuse("--%s wants %s behind it: '%s --help' tells more", bare.GetFlag().Name, kind, cmd.CommandPath())
	case errors.As(err, &wrong):
		return misuse("--%s does not take that value: %s", wrong.GetFlag().Name, help)
	}
	return misuse("a flag is not understood: %s", help)
}

// full refuses flags that are given with nothing behind them, as a variable of
// a shell that is not set leaves them, and those with a fact behind them, as
// when a value was forgotten.
func full(flags *pflag.FlagSet) (err error) {
	flags.Visit(func(f *pflag.Flag) {
		if err != nil || f.Value.Type() != "string" {
			return
		}
		kind, _ := pflag.UnquoteUsage(f)
		switch v := f.Value.String(); {
		case v == "":
			err = misuse("--%s is empty: it wants %s behind it", f.Name, kind)
		case externalID.MatchString(v):
			err = misuse("--%s holds an ExternalId: it wants %s behind it", f.Name, kind)
		}
	})
	return err
}

// nearestFlag is the flag that a misspelled one most likely means, or nothing.
func nearestFlag(cmd *cobra.Command, name string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return nearest(name, names)
}

// nearest is the name with the fewest letters to change, at most two and fewer
// than half of them, or one that name is the beginning of; the first of several.
func nearest(name string, names []string) string {
	best, least := "", min(2, (len(name)-1)/2)+1
	for _, n := range names {
		if d := diagnose.Distance(strings.ToLower(name), strings.ToLower(n), 2); d < least {
			best, least = n, d
		}
	}
	if best != "" || len(name) < 2 {
		return best
	}
	for _, n := range names {
		if strings.HasPrefix(n, name) {
			return n
		}
	}
	return ""
}
