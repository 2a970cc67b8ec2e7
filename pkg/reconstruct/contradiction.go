package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// Fields of a record that AWS's message may contradict.
const (
	FieldIdentity = "userIdentity"
	FieldRole     = "requestParameters.roleArn"
)

// Contradicted says whether AWS's message beside a field, FieldIdentity or
// FieldRole, says other than the field: who called, or which role was asked for.
// AWS writes both of one request (CloudTrail User Guide, "CloudTrail userIdentity
// element"), so that a record in which they differ was put together or changed,
// and it is not known which of the two is true.
func (s Subject) Contradicted(field string) bool {
	switch {
	case s.Record == nil:
		return false
	case field == FieldIdentity:
		return otherCaller(s.Record)
	}
	return field == FieldRole && otherRole(s.Record)
}

// otherCaller says that AWS's message names, by ARN, another caller than
// userIdentity. What userIdentity leaves open contradicts nothing.
func otherCaller(r *trail.Record) bool {
	a, ok := arn.Parse(r.Hint.Principal)
	if r.MessageOnly || !ok || a.Service != "iam" && a.Service != "sts" {
		return false
	}
	id := r.Identity
	kind, _, _ := strings.Cut(a.Resource, "/")
	want := map[string]string{"user": "IAMUser", "assumed-role": "AssumedRole", "root": "Root", "federated-user": "FederatedUser"}[kind]
	switch id.Type {
	case "IAMUser", "AssumedRole", "Root", "FederatedUser":
		if want != "" && want != id.Type {
			return true
		}
	case "WebIdentityUser", "SAMLUser", "AWSService":
		return want != ""
	}
	return id.ARN != "" && id.ARN != r.Hint.Principal || id.Account != "" && a.Account != "" && id.Account != a.Account
}

// otherRole says that AWS's message names another role than the parameters.
func otherRole(r *trail.Record) bool {
	p := r.Params
	return !r.MessageOnly && p != nil && p.RoleARN != "" && r.Hint.RoleARN != "" && p.RoleARN != r.Hint.RoleARN
}
