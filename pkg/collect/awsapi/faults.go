package awsapi

import (
	"context"
	"errors"
	"net"

	"github.com/aws/smithy-go"
)

// kind is what an API error comes to.
type kind uint8

const (
	broken         kind = iota // AWS or the way to it failed
	absent                     // what was asked for does not exist
	noOrganization             // the account is in no organization
	refused                    // the permission is missing
	unsigned                   // the credentials are not, or no longer, good
	throttled                  // too many calls, even after the retries
	late                       // no answer in time
	unasked                    // the configuration does not let it be read
)

// fault is why something was not read. The zero account is any.
type fault struct {
	kind       kind
	permission string // "iam:GetRole"
	account    string
	err        error
}

// why is the word of estate.json.
func (f *fault) why() string {
	switch f.kind {
	case refused, unsigned:
		return "denied"
	case throttled:
		return "throttled"
	case late, broken:
		return "timeout"
	default:
		return "not_read"
	}
}

// passing says that the same read may well succeed in a moment.
func (f *fault) passing() bool { return f.kind == throttled || f.kind == late || f.kind == broken }

// kinds are the error codes that mean something here (IAM, Organizations, STS
// and EC2 API references, "Common Errors" and the errors of each action).
// Whatever is not in it is broken machinery.
var kinds = map[string]kind{
	"NoSuchEntity":                        absent,
	"NoSuchEntityException":               absent,
	"AccountNotFoundException":            absent,
	"ChildNotFoundException":              absent,
	"OrganizationalUnitNotFoundException": absent,
	"ParentNotFoundException":             absent,
	"PolicyNotFoundException":             absent,
	"TargetNotFoundException":             absent,
	"InvalidVpcEndpointId.NotFound":       absent,

	"AWSOrganizationsNotInUseException": noOrganization,

	"AccessDenied":                 refused,
	"AccessDeniedException":        refused,
	"AuthFailure":                  refused,
	"OptInRequired":                refused,
	"RegionDisabledException":      refused,
	"UnauthorizedOperation":        refused,
	"Client.UnauthorizedOperation": refused,

	"ExpiredToken":                unsigned,
	"ExpiredTokenException":       unsigned,
	"IncompleteSignature":         unsigned,
	"InvalidAccessKeyId":          unsigned,
	"InvalidClientTokenId":        unsigned,
	"MissingAuthenticationToken":  unsigned,
	"RequestExpired":              unsigned,
	"SignatureDoesNotMatch":       unsigned,
	"UnrecognizedClientException": unsigned,

	"BandwidthLimitExceeded":                 throttled,
	"EC2ThrottledException":                  throttled,
	"LimitExceededException":                 throttled,
	"PriorRequestNotComplete":                throttled,
	"RequestLimitExceeded":                   throttled,
	"RequestThrottled":                       throttled,
	"RequestThrottledException":              throttled,
	"SlowDown":                               throttled,
	"Throttling":                             throttled,
	"ThrottlingException":                    throttled,
	"ThrottledException":                     throttled,
	"TooManyRequestsException":               throttled,
	"ProvisionedThroughputExceededException": throttled,
}

// classify says what an error of the SDK comes to.
func classify(err error) kind {
	var api smithy.APIError
	if errors.As(err, &api) {
		if k, ok := kinds[api.ErrorCode()]; ok {
			return k
		}
	}
	var timeout net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return late
	case errors.As(err, &timeout) && timeout.Timeout():
		return late
	}
	var canceled *smithy.CanceledError
	if errors.As(err, &canceled) {
		return late
	}
	return broken
}
