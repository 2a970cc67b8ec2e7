package diagnose

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// platform recognizes failures that no policy decides, by AWS's message and
// error code.
func (q *inquiry) platform() {
	r := q.Subject.Record
	if r == nil {
		return
	}
	code, certainty := platformCode(r)
	if code == "" {
		return
	}
	c := Cause{
		Code: code, Certainty: certainty, Layer: evidence.Platform,
		Account: q.Request.Caller.Account, Owner: OwnerCaller,
		Evidence: []Fact{{Origin: evidence.Origin{Kind: evidence.FromEvent, Ref: "errorCode"}, Text: r.ErrorCode}},
	}
	if code == PlatformIdentityToken {
		q.token(&c)
	} else {
		q.refused(&c, r)
	}
	q.add(c)
	q.role0.state = q.roleState()
	q.final = true
}

// forms maps the messages that say their reason to it.
var forms = map[trail.Form]Code{
	trail.FormMFA:            PlatformMFACode,
	trail.FormDuration:       PlatformSessionDuration,
	trail.FormRegion:         PlatformSTSRegion,
	trail.FormSourceIdentity: PlatformRequestInvalid,
	trail.FormCredentials:    PlatformCredentials,
	trail.FormIdentityToken:  PlatformIdentityToken,
	trail.FormThrottled:      PlatformThrottled,
	trail.FormInvalid:        PlatformRequestInvalid,
}

// platformCode is the reason of a call that no policy decided, and how sure it
// is: AWS's words tell it, else the error code.
func platformCode(r *trail.Record) (Code, evidence.Certainty) {
	if c := forms[r.Hint.Form]; c == PlatformRequestInvalid && tooLong(r) {
		return PlatformSessionDuration, evidence.Proved
	} else if c != "" {
		return c, evidence.Proved
	}
	if r.Class != trail.Failed {
		return "", 0
	}
	e := failureOf(r.ErrorCode)
	if strings.HasPrefix(e.prefix, "ExpiredToken") && unsigned(r) {
		return PlatformIdentityToken, evidence.Proved // no credentials of AWS were used
	}
	return e.code, e.certainty
}

// tooLong says that AWS refused a duration that is longer than any role's
// maximum may be.
func tooLong(r *trail.Record) bool {
	return strings.Contains(r.ErrorMessage, "'durationSeconds'") && strings.Contains(r.ErrorMessage, "less than or equal")
}

// unsigned says that the call brings a token or an assertion in the place of
// credentials of AWS.
func unsigned(r *trail.Record) bool {
	return r.Name == "AssumeRoleWithWebIdentity" || r.Name == "AssumeRoleWithSAML"
}

// noPolicyDecides says whether a code is one of the failures of rank 1 that
// make the verdict "not a policy denial".
func noPolicyDecides(c Code) bool {
	switch c {
	case PlatformMFACode, PlatformSTSRegion, PlatformSessionDuration, PlatformCredentials,
		PlatformIdentityToken, PlatformRequestInvalid, PlatformThrottled:
		return true
	}
	return false
}

// hardCaller: the root user and GetFederationToken sessions cannot call
// AssumeRole, whatever the policies say
// (AWS STS API Reference, "AssumeRole"; IAM User Guide, "Compare AWS STS credentials").
func (q *inquiry) hardCaller() {
	code := Code("")
	switch q.Request.Caller.Kind {
	case request.Root:
		code = CallerRoot
	case request.FederatedUser:
		code = CallerFederationToken
	}
	if q.hint.Form == trail.FormRoot {
		code = CallerRoot
	}
	if code == "" {
		return
	}
	q.add(Cause{
		Code: code, Certainty: evidence.Proved, Layer: evidence.Caller,
		Account: q.Request.Caller.Account, Owner: OwnerCaller,
		Evidence: []Fact{{Origin: evidence.Origin{Kind: evidence.FromEvent, Ref: "userIdentity.type"}, Text: q.Request.Caller.ARN}},
	})
	q.role0.state = q.roleState()
	q.final = true
}

// roleState looks the role up for a call whose role is no question.
func (q *inquiry) roleState() evidence.State {
	acc, ok := q.Estate.Account(q.Request.Role.Account).Get()
	if !ok || q.Request.Role.Name == "" {
		return evidence.Missing
	}
	f := acc.Role(q.Request.Role.Name)
	if r, ok := f.Get(); ok && r.ARN != q.Request.Role.ARN {
		return evidence.Absent
	}
	return f.State()
}
