package trail

import (
	"slices"
	"strings"
)

// Event sources that switch roles.
const (
	sourceSTS    = "sts.amazonaws.com"
	sourceSignIn = "signin.amazonaws.com"
	sourceEKS    = "eks-auth.amazonaws.com"
)

// roleSwitch says whether a call of STS switches roles (IAM User Guide, "Logging
// IAM and AWS STS API calls with AWS CloudTrail").
func roleSwitch(source, name string) bool {
	if source != sourceSTS {
		return false
	}
	switch name {
	case "AssumeRole", "AssumeRoleWithWebIdentity", "AssumeRoleWithSAML", "AssumeRoot":
		return true
	}
	return false
}

// ofRoleSwitch says whether the record's call switches roles, whatever came of
// it.
func (r *Record) ofRoleSwitch() bool {
	return roleSwitch(r.Source, r.Name) || r.ofConsole() || r.ofPodIdentity()
}

func (r *Record) ofConsole() bool { return r.Source == sourceSignIn && r.Name == "SwitchRole" }

func (r *Record) ofPodIdentity() bool {
	return r.Source == sourceEKS && r.Name == "AssumeRoleForPodIdentity"
}

// classify says what the record is to us. Source, Name, ErrorCode, SwitchRole
// and Hint.Form decide.
func (r *Record) classify() Class {
	switch {
	case r.ofConsole():
		if r.SwitchRole == "Failure" || r.Hint.Form == FormConsole {
			return Denied
		}
	case r.ofRoleSwitch():
		return r.failure()
	}
	return NotOurs
}

// failure is the class of a role switch by its error.
func (r *Record) failure() Class {
	switch {
	case r.ErrorCode == "":
		return r.Hint.Form.class()
	case refusal(r.ErrorCode) && !r.Hint.Form.noPolicy():
		return Denied
	}
	return Failed
}

// refusals are how error codes begin that stand for a missing permission (AWS STS
// API Reference, "Common Error Types", has AccessDeniedException and
// NotAuthorized; EC2, VPC endpoints and older services have names of their own).
var refusals = []string{"AccessDenied", "NotAuthorized", "Unauthorized", "AuthorizationError", "Forbidden", "VpceAccessDenied"}

// refusal says that an error code stands for a missing permission, whichever
// service wrote it.
func refusal(code string) bool {
	code = strings.TrimPrefix(code, "Client.")
	return slices.ContainsFunc(refusals, func(r string) bool { return strings.HasPrefix(code, r) })
}

// class is the class that the message alone speaks for: no message is a success.
func (f Form) class() Class {
	switch {
	case f == FormNone:
		return NotOurs
	case f.noPolicy(), f == FormOther:
		return Failed
	}
	return Denied
}

// noPolicy says that the message names a reason that no policy decides,
// whatever the error code: a wrong MFA code comes as AccessDenied.
func (f Form) noPolicy() bool {
	switch f {
	case FormMFA, FormDuration, FormRegion, FormSourceIdentity, FormCredentials, FormIdentityToken, FormThrottled, FormInvalid:
		return true
	}
	return false
}

// callOf is the API call that an action authorizes: the companion actions are
// authorized within AssumeRole.
func callOf(action string) (source, name string) {
	service, name, ok := strings.Cut(action, ":")
	if !ok {
		return "", ""
	}
	switch action {
	case "sts:TagSession", "sts:SetSourceIdentity", "sts:SetContext":
		name = "AssumeRole"
	}
	return strings.ToLower(service) + ".amazonaws.com", name
}
