package awsapi

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"

	"github.com/aws/smithy-go"
)

// Account gives the account of the ambient credentials. The error is one line
// that says what to do: without it nothing can be read.
func (r *Reader) Account(ctx context.Context) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, r.config.Timeout)
	defer cancel()
	account, f := newGathering(ctx, r).identity()
	if f != nil {
		return "", fmt.Errorf("reading AWS: %s", advice(f, r.config.AWS.Region))
	}
	return account, nil
}

// advice says what is wrong with the credentials, and what to do. What AWS or
// the SDK said is repeated only as the code of the error.
func advice(f *fault, region string) string {
	var api smithy.APIError
	coded := errors.As(f.err, &api)
	var dns *net.DNSError
	said := ""
	if f.err != nil {
		said = strings.ToLower(f.err.Error())
	}
	switch {
	case f.kind == unsigned && strings.Contains(api.ErrorCode(), "Expired"), strings.Contains(said, "token has expired"),
		strings.Contains(said, "session has expired"), strings.Contains(said, "sso session"):
		return "the credentials have expired: sign in again, as with 'aws sso login', or get new ones"
	case f.kind == unsigned:
		return fmt.Sprintf("AWS does not know the credentials (%s): check AWS_PROFILE, the AWS_ variables, and whether the region %s is enabled for the account", api.ErrorCode(), region)
	case f.kind == refused && coded && api.ErrorCode() == "RegionDisabledException":
		return fmt.Sprintf("the region %s is not enabled for the account: set AWS_REGION to one that is", region)
	case f.kind == refused:
		return "the credentials may not even ask who they are (sts:GetCallerIdentity): use others"
	case errors.As(f.err, &dns):
		return fmt.Sprintf("there is no AWS STS in the region %s, or no network: check AWS_REGION", region)
	case strings.Contains(said, "credentials"):
		return "there are no credentials: set AWS_PROFILE, sign in with 'aws sso login', or set the AWS_ variables"
	case f.kind == throttled:
		return "AWS throttles the calls: try again later"
	case f.kind == late:
		return "AWS did not answer in time: check the network and AWS_REGION, and try again"
	}
	return "AWS STS could not be asked who the credentials are: check the network and AWS_REGION"
}
