package diagnose

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestRefusalKind: AWS's message says what of the call was refused, else the
// error code does.
func TestRefusalKind(t *testing.T) {
	tests := []struct {
		code          Code
		errorCode     string
		message, want string
	}{
		{PlatformMFACode, "AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ", "code"},
		{PlatformMFACode, "AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.", "serial"},
		{PlatformMFACode, "AccessDenied", "MultiFactorAuthentication failed", ""},
		{PlatformSessionDuration, "ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.", "maximum"},
		{PlatformSessionDuration, "ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.", "chaining"},
		{PlatformCredentials, "ExpiredToken", "The security token included in the request is expired", "expired"},
		{PlatformCredentials, "InvalidClientTokenId", "The security token included in the request is invalid.", "invalid"},
		{PlatformCredentials, "SignatureDoesNotMatch", "Signature expired: 20261014T081512Z is now earlier than 20261014T093011Z", "clock"},
		{PlatformCredentials, "SignatureDoesNotMatch", "", "signature"},
		{PlatformCredentials, "MissingAuthenticationToken", "Request is missing Authentication Token", "missing"},
		{PlatformRequestInvalid, "ValidationError", "arn:aws:iam::111122223333:role/ is invalid", "role_arn"},
		{PlatformRequestInvalid, "ValidationError", "Request ARN is invalid", "role_arn"},
		{PlatformRequestInvalid, "ValidationError", "1 validation error detected: Value 'x' at 'serialNumber' failed to satisfy constraint: arn:", ""},
		{PlatformRequestInvalid, "ValidationError", "1 validation error detected: Value 'a b' at 'roleSessionName' failed", "session_name"},
		{PlatformRequestInvalid, "PackedPolicyTooLarge", "", "packed_size"},
		{PlatformRequestInvalid, "MalformedPolicyDocument", "Syntax errors in policy.", "session_policy"},
		{PlatformRequestInvalid, "ValidationError", "The source identity is already set for this assume role session", "source_identity"},
		{PlatformThrottled, "Throttling", "Rate exceeded", ""},
	}
	for _, c := range tests {
		if got := refusalKind(c.code, &trail.Record{ErrorCode: c.errorCode, ErrorMessage: c.message}); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.code, c.message, got, c.want)
		}
	}
}

// TestMessageAccount: the account whose region is not active is the one that
// AWS's message names.
func TestMessageAccount(t *testing.T) {
	for message, want := range map[string]string{
		"STS is not activated in this region for account:444455556666. Your account administrator": "444455556666",
		"STS is not activated in this region for account: 444455556666.":                           "444455556666",
		"STS is not activated in this region for account:4444555566667.":                           "",
		"": "",
	} {
		if got := messageAccount(message); got != want {
			t.Errorf("%q: %q", message, got)
		}
	}
}
