package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// internal is what CloudTrail writes for calls that AWS makes for the console
// (userIdentity, sourceIPAddress and userAgent alike).
const internal = "AWS Internal"

// SubjectOf says from the event alone who wanted which role.
func SubjectOf(r *trail.Record) Subject {
	s := Subject{Record: r, Caller: callerOf(r), Console: isConsole(r)}
	s.Role, s.RoleRaw = roleOf(r)
	return s
}

// PodIdentity says that EKS Pod Identity asked for the role of an association:
// the record has the node and the cluster, not the role.
func PodIdentity(r *trail.Record) bool {
	return r != nil && (r.Name == "AssumeRoleForPodIdentity" || r.Hint.Form == trail.FormPodIdentity)
}

// isConsole says whether the console made the call: such a call cannot carry
// an ExternalId, tags, a source identity or an MFA code
// (IAM User Guide, "Switch from a user to an IAM role (console)").
func isConsole(r *trail.Record) bool {
	if strings.EqualFold(r.Name, "SwitchRole") {
		return true
	}
	return r.Identity.InvokedBy == internal || r.SourceIP == internal || r.UserAgent == internal
}

// callerOf reads userIdentity (CloudTrail User Guide, "CloudTrail userIdentity
// element"), and AWS's message where the record has none.
func callerOf(r *trail.Record) request.Caller {
	id := r.Identity
	c := request.Caller{ARN: id.ARN, Account: id.Account, PrincipalID: id.PrincipalID}
	if c.ARN == "" && r.Hint.Principal != "" {
		c.ARN = r.Hint.Principal
	}
	switch id.Type {
	case "AWSService":
		return request.Caller{Kind: request.Service, ARN: id.InvokedBy}
	case "WebIdentityUser":
		return request.Caller{
			Kind: request.OIDC, ARN: id.Provider, Provider: id.Provider,
			PrincipalID: id.PrincipalID, UserName: id.UserName,
		}
	case "SAMLUser":
		return samlCaller(r)
	}
	readARN(&c)
	switch id.Type {
	case "IAMUser":
		c.Kind, c.UserName, c.UniqueID = request.User, first(id.UserName, c.UserName), id.PrincipalID
	case "AssumedRole":
		sessionCaller(&c, id)
	case "Root":
		c.Kind = request.Root
	case "FederatedUser":
		c.Kind = request.FederatedUser
	}
	if c.Account == "" && c.Kind != request.CallerUnknown {
		c.Account = r.RecipientAccount
	}
	if c.Kind == request.CallerUnknown && c.ARN == "" {
		unsigned(&c, r)
	}
	return c
}

// readARN fills a caller from its ARN: kind, account and names.
func readARN(c *request.Caller) {
	a, ok := arn.Parse(c.ARN)
	if !ok {
		return
	}
	c.Account = first(c.Account, a.Account)
	kind, rest, _ := strings.Cut(a.Resource, "/")
	switch {
	case a.Service == "iam" && a.Resource == "root":
		c.Kind = request.Root
	case a.Service == "iam" && kind == "user":
		c.Kind, c.UserName = request.User, rest[strings.LastIndexByte(rest, '/')+1:]
	case a.Service == "sts" && kind == "assumed-role":
		c.Kind = request.RoleSession
		c.RoleName, c.SessionName, _ = strings.Cut(rest, "/")
		c.Linked = strings.HasPrefix(c.RoleName, "AWSServiceRoleFor")
	case a.Service == "sts" && kind == "federated-user":
		c.Kind = request.FederatedUser
	}
}

// unsigned is for records that do not say who called: AssumeRoleWithSAML and
// AssumeRoleWithWebIdentity are not signed, so their caller is that of an
// assertion or a token, whoever it is.
func unsigned(c *request.Caller, r *trail.Record) {
	switch r.Name {
	case "AssumeRoleWithSAML":
		c.Kind, c.Account = request.SAML, ""
	case "AssumeRoleWithWebIdentity":
		c.Kind, c.Account = request.OIDC, ""
	}
}

// sessionCaller reads a role session. The session's ARN drops the role's path;
// sessionIssuer has it.
func sessionCaller(c *request.Caller, id trail.Identity) {
	c.Kind = request.RoleSession
	unique, name, ok := strings.Cut(id.PrincipalID, ":")
	if ok {
		c.UniqueID, c.SessionName = unique, first(c.SessionName, name)
	}
	c.Chained = id.Scope == nil && id.OnBehalfOf == ""
	s := id.Session
	if s == nil {
		return
	}
	c.RoleARN = s.IssuerARN
	c.RoleName = first(s.IssuerName, c.RoleName)
	c.UniqueID = first(s.IssuerID, c.UniqueID)
	if s.IssuerARN != "" {
		c.Linked = linked(s.IssuerARN)
	}
	c.Chained = c.Chained && s.RoleDelivery == "" && s.FederatedProvider == "" && !strings.Contains(s.IssuerARN, ":role/aws-reserved/")
}

func linked(roleARN string) bool { return strings.Contains(roleARN, ":role/aws-service-role/") }

// samlCaller takes the provider from the parameters; userIdentity has only a
// hash of it.
func samlCaller(r *trail.Record) request.Caller {
	c := request.Caller{Kind: request.SAML, PrincipalID: r.Identity.PrincipalID, UserName: r.Identity.UserName}
	if r.Params != nil {
		c.Provider = r.Params.PrincipalARN
	}
	for _, res := range r.Resources {
		if c.Provider == "" && res.Type == "AWS::IAM::SAMLProvider" {
			c.Provider = res.ARN
		}
	}
	c.ARN = c.Provider
	return c
}

func first(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
