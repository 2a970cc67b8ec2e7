package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// failure is what an error code says of a call that no policy decided. Kind is
// what of the call was refused, where the code alone tells it.
type failure struct {
	prefix    string
	code      Code
	kind      string
	certainty evidence.Certainty
}

// The kinds of the failures that are possible only: AWS failed by itself, or
// with an error that is not known here.
const (
	kindService = "service"
	kindUnknown = "unknown_code"
)

// failures are by how their error code begins, the first that fits (AWS STS API
// Reference, "AssumeRole", errors, and "Common errors"; AWS SDKs and Tools
// Reference Guide, "Retry behavior", for the names of throttling). That AWS
// failed by itself says nothing of why.
var failures = []failure{
	{"RegionDisabled", PlatformSTSRegion, "", evidence.Proved},

	{"ExpiredToken", PlatformCredentials, "expired", evidence.Proved},
	{"TokenRefreshRequired", PlatformCredentials, "expired", evidence.Proved},
	{"InvalidClientTokenId", PlatformCredentials, "invalid", evidence.Proved},
	{"UnrecognizedClient", PlatformCredentials, "invalid", evidence.Proved},
	{"AuthFailure", PlatformCredentials, "", evidence.Proved},
	{"OptInRequired", PlatformCredentials, "", evidence.Proved},
	{"SignatureDoesNotMatch", PlatformCredentials, "signature", evidence.Proved},
	{"InvalidSignature", PlatformCredentials, "signature", evidence.Proved},
	{"IncompleteSignature", PlatformCredentials, "", evidence.Proved},
	{"RequestExpired", PlatformCredentials, "clock", evidence.Proved},
	{"RequestTimeTooSkewed", PlatformCredentials, "clock", evidence.Proved},
	{"RequestInTheFuture", PlatformCredentials, "clock", evidence.Proved},
	{"MissingAuthenticationToken", PlatformCredentials, "missing", evidence.Proved},

	{"InvalidIdentityToken", PlatformIdentityToken, "", evidence.Proved},
	{"IDPRejectedClaim", PlatformIdentityToken, "", evidence.Proved},
	{"IDPCommunicationError", PlatformIdentityToken, "", evidence.Proved},

	{"MalformedPolicyDocument", PlatformRequestInvalid, "session_policy", evidence.Proved},
	{"PackedPolicyTooLarge", PlatformRequestInvalid, "packed_size", evidence.Proved},
	{"Validation", PlatformRequestInvalid, "", evidence.Proved},
	{"InvalidParameter", PlatformRequestInvalid, "", evidence.Proved},
	{"InvalidInput", PlatformRequestInvalid, "", evidence.Proved},
	{"InvalidAction", PlatformRequestInvalid, "", evidence.Proved},
	{"InvalidQueryParameter", PlatformRequestInvalid, "", evidence.Proved},
	{"MalformedQueryString", PlatformRequestInvalid, "", evidence.Proved},
	{"MissingAction", PlatformRequestInvalid, "", evidence.Proved},
	{"MissingParameter", PlatformRequestInvalid, "", evidence.Proved},

	{"Throttl", PlatformThrottled, "", evidence.Proved},
	{"RequestThrottled", PlatformThrottled, "", evidence.Proved},
	{"PriorRequestNotComplete", PlatformThrottled, "", evidence.Proved},
	{"TooManyRequests", PlatformThrottled, "", evidence.Proved},
	{"RequestLimitExceeded", PlatformThrottled, "", evidence.Proved},
	{"BandwidthLimitExceeded", PlatformThrottled, "", evidence.Proved},
	{"LimitExceeded", PlatformThrottled, "", evidence.Proved},
	{"SlowDown", PlatformThrottled, "", evidence.Proved},
	{"EC2ThrottledException", PlatformThrottled, "", evidence.Proved},

	{"ServiceUnavailable", PlatformThrottled, kindService, evidence.Possible},
	{"InternalFailure", PlatformThrottled, kindService, evidence.Possible},
	{"InternalError", PlatformThrottled, kindService, evidence.Possible},
	{"InternalServerError", PlatformThrottled, kindService, evidence.Possible},
}

// failureOf finds an error code; some services write before it whose fault it is
// ("Client.RequestLimitExceeded").
func failureOf(errorCode string) failure {
	for _, side := range []string{"Client.", "Server."} {
		errorCode = strings.TrimPrefix(errorCode, side)
	}
	for _, f := range failures {
		if strings.HasPrefix(errorCode, f.prefix) {
			return f
		}
	}
	return failure{"", PlatformRequestInvalid, kindUnknown, evidence.Possible}
}
