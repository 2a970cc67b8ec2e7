package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go/logging"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
)

// usualRegion is where IAM and AWS Organizations are asked when no region is
// set: what they say is the same in every region.
const usualRegion = "us-east-1"

// readerFlags are the flags that say how AWS is read.
type readerFlags struct {
	role, organization, externalID string
}

// readerFlagNames are these flags, so that a command can tell that one was given.
var readerFlagNames = []string{"reader-role", "organization-role", "external-id"}

func (r *readerFlags) register(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.role, "reader-role", "", "`NAME` of the role to assume in other accounts; without it only the account of the credentials is read")
	f.StringVar(&r.organization, "organization-role", "", "`ARN` of the role that reads AWS Organizations; without it the credentials do")
	f.StringVar(&r.externalID, "external-id", "", "ExternalId to send with both, in a file: `@FILE`")
	for _, name := range readerFlagNames {
		completes(cmd, name, nothing)
	}
}

// reader makes a reader with the ambient credentials, and asks AWS whose they
// are: without an answer nothing else would have one.
func (p *program) reader(ctx context.Context, r *readerFlags) (*awsapi.Reader, error) {
	c := awsapi.Config{ReaderRole: r.role, OrganizationRole: r.organization, Now: p.Now}
	if r.externalID != "" {
		file, isFile := strings.CutPrefix(r.externalID, "@")
		if !isFile || file == "" {
			return nil, misuse("--external-id: give it as @FILE, a file that holds the ExternalId: a command line stays in the shell's history")
		}
		secret, err := contents(file, "--external-id: give it as @FILE, the name of a file")
		if err != nil {
			return nil, fmt.Errorf("reading the file of --external-id: %w", err)
		}
		c.ExternalID = secret
	}
	if err := (awsapi.Config{ReaderRole: r.role, OrganizationRole: r.organization, Now: p.Now}).Validate(); err != nil {
		return nil, misuse("%s", strings.TrimPrefix(err.Error(), "reading AWS: "))
	}
	var err error
	// What goes wrong is a gap of the answer, or an error: the SDK's own words
	// would stand between the lines of this program.
	if c.AWS, err = config.LoadDefaultConfig(ctx, config.WithAppID("assumewhy"), config.WithLogger(logging.Nop{})); err != nil {
		return nil, ambient(err)
	}
	if c.AWS.Region == "" {
		c.AWS.Region = usualRegion
	}
	reader, err := awsapi.New(c)
	if err != nil {
		return nil, err
	}
	if _, err := reader.Account(ctx); err != nil {
		return nil, err
	}
	return reader, nil
}

// ambient says in one line why the AWS configuration of this user cannot be
// used. What it holds is not repeated.
func ambient(err error) error {
	var profile config.SharedConfigProfileNotExistError
	if errors.As(err, &profile) {
		return fmt.Errorf("reading AWS: there is no profile %.80q: check AWS_PROFILE, or 'aws configure list-profiles'", os.Getenv("AWS_PROFILE"))
	}
	return errors.New("reading AWS: the configuration in ~/.aws or the AWS_ variables is not understood: 'aws sts get-caller-identity' tells more")
}

// stray is a reader's flag that was given without what it belongs to, or "".
func stray(flags *pflag.FlagSet) string {
	for _, name := range readerFlagNames {
		if flags.Changed(name) {
			return name
		}
	}
	return ""
}
