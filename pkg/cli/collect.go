package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/collect/files"
)

// collectCommand is `assumewhy collect`.
func (p *program) collectCommand() *cobra.Command {
	var out string
	var accounts []string
	var from readerFlags
	cmd := &cobra.Command{
		Use:   "collect --out DIR",
		Short: "write an estate directory from AWS",
		Long: `Reads accounts and the organization from AWS, with the credentials of the
environment, and writes them to an estate directory for explain and simulate.
It changes nothing in AWS. What cannot be read is a gap in estate.json, with the
permission that is missing.

The files hold policies as they are, ExternalIds included; only this user can
read them. They take the place of an earlier run's when all is read: a run that
is interrupted, or that cannot write, leaves those as they were. history/ stays.`,
		Example: `  assumewhy collect --out estate
  assumewhy collect --out estate --reader-role assumewhy-reader \
      --external-id @secret.txt --accounts 111111111111,222222222222`,
		Annotations: status("0 the directory was written, gaps or not, 1 it was not written,\n2 the command line is not understood"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse("collect takes flags only: write --out DIR")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := full(cmd.Flags()); err != nil {
				return err
			}
			if out == "" {
				return misuse("collect wants --out DIR, the directory to write")
			}
			for _, id := range accounts {
				if len(id) != 12 || strings.Trim(id, "0123456789") != "" {
					return misuse("--accounts has %.40q: write account ids of 12 digits, with commas between them", id)
				}
			}
			slices.Sort(accounts)
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			return p.collect(ctx, out, slices.Compact(accounts), &from)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "`DIR` to write")
	cmd.Flags().StringSliceVar(&accounts, "accounts", nil, "`IDS` of the accounts to read, with commas between; all of the organization unless given")
	from.register(cmd)
	completes(cmd, "out", directories)
	completes(cmd, "accounts", nothing)
	return cmd
}

func (p *program) collect(ctx context.Context, out string, accounts []string, from *readerFlags) (err error) {
	w, err := files.NewWriter(out)
	if err != nil {
		return err
	}
	defer func() {
		if closed := w.Close(); err == nil {
			err = closed
		}
	}()
	r, err := p.reader(ctx, from)
	if err == nil {
		err = r.Snapshot(ctx, awsapi.Snapshot{
			Accounts: accounts, Put: w.Put,
			Progress: func(line string) { fmt.Fprintln(p.Stderr, line) },
		})
	}
	if err != nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted: nothing was written to %s: run it again", out)
	}
	return err
}
