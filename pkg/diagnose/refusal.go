package diagnose

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// refusals map words of AWS's messages to what of the call was refused. The
// first that fits counts (AWS STS API Reference, errors of "AssumeRole" and
// "Common errors").
var refusals = []struct {
	code        Code
	words, kind string
}{
	{PlatformMFACode, "invalid MFA one time pass code", "code"},
	{PlatformMFACode, "MFA serial number", "serial"},
	{PlatformSessionDuration, "1 hour session limit", "chaining"},
	{PlatformSessionDuration, "MaxSessionDuration", "maximum"},
	{PlatformSessionDuration, "'durationSeconds'", "maximum"},
	{PlatformCredentials, "Signature expired", "clock"},
	{PlatformCredentials, "Signature not yet current", "clock"},
	{PlatformCredentials, "request signature we calculated", "signature"},
	{PlatformCredentials, "is missing Authentication Token", "missing"},
	{PlatformCredentials, "is expired", "expired"},
	{PlatformCredentials, "provided token has expired", "expired"},
	{PlatformCredentials, "is invalid", "invalid"},
	{PlatformRequestInvalid, "source identity is already set", "source_identity"},
	{PlatformRequestInvalid, "Packed ", "packed_size"},
	{PlatformRequestInvalid, " in policy", "session_policy"},
	{PlatformRequestInvalid, "This policy contains", "session_policy"},
	{PlatformRequestInvalid, "'roleSessionName'", "session_name"},
	{PlatformRequestInvalid, "for roleSessionName", "session_name"},
	{PlatformRequestInvalid, "'roleArn'", "role_arn"},
	{PlatformRequestInvalid, "ARN is invalid", "role_arn"},
	{PlatformRequestInvalid, "'durationSeconds'", "duration"},
	{PlatformRequestInvalid, "'externalId'", "external_id"},
}

// refused says what of the call AWS refused, and how much of it was asked for.
func (q *inquiry) refused(c *Cause, r *trail.Record) {
	c.Detail.Kind = refusalKind(c.Code, r)
	switch c.Code {
	case PlatformRequestInvalid, PlatformThrottled:
		if c.Certainty != evidence.Proved {
			c.Detail.Got = r.ErrorCode
		}
	case PlatformSTSRegion:
		// The region has to be active in the role's account
		// (IAM User Guide, "Manage AWS STS in an AWS Region").
		c.Account, c.Owner = first(messageAccount(r.ErrorMessage), q.Request.Role.Account), OwnerRoleAccount
	case PlatformSessionDuration:
		if r.Params != nil && r.Params.Duration != nil {
			c.Detail.Got = strconv.FormatInt(*r.Params.Duration, 10)
		}
		c.Detail.Wanted = q.longest(c.Detail.Kind)
	}
}

func refusalKind(code Code, r *trail.Record) string {
	for _, f := range refusals {
		if f.code == code && strings.Contains(r.ErrorMessage, f.words) {
			return f.kind
		}
	}
	if code == PlatformRequestInvalid && strings.HasPrefix(r.ErrorMessage, "arn:") {
		return "role_arn" // AWS begins with what it was given
	}
	if f := failureOf(r.ErrorCode); f.code == code && (f.certainty == evidence.Proved || forms[r.Hint.Form] == "") {
		return f.kind // the message does not tell it
	}
	return ""
}

// inAccount is how AWS's message names the account whose region is not active.
var inAccount = regexp.MustCompile(`\baccount: ?([0-9]{12})\b`)

func messageAccount(message string) string {
	if m := inAccount.FindStringSubmatch(message); m != nil {
		return m[1]
	}
	return ""
}

// longest is the longest session in seconds: an hour in a chain, else the role's
// maximum where it is known (IAM User Guide, "Roles terms and concepts").
func (q *inquiry) longest(kind string) string {
	if kind == "chaining" {
		return "3600"
	}
	acc, ok := q.Estate.Account(q.Request.Role.Account).Get()
	if !ok {
		return ""
	}
	role, ok := acc.Role(q.Request.Role.Name).Get()
	if !ok || role.ARN != q.Request.Role.ARN || role.MaxSession == 0 {
		return ""
	}
	return strconv.FormatInt(int64(role.MaxSession/time.Second), 10)
}
