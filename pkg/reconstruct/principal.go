package reconstruct

import (
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

var fromType = event("userIdentity.type")

// principalKeys fills in the properties of the principal
// (IAM User Guide, "AWS global condition context keys", properties of the principal).
func (b *builder) principalKeys() {
	c := b.s.Caller
	switch c.Kind {
	case request.User:
		b.value("aws:PrincipalArn", c.ARN, event("userIdentity.arn"))
		b.present("aws:PrincipalType", fromType, "User")
		b.value("aws:userid", c.UniqueID, event("userIdentity.principalId"))
		b.value("aws:username", c.UserName, event("userIdentity.userName"))
	case request.RoleSession:
		b.value("aws:PrincipalArn", c.RoleARN, b.roleOrigin)
		b.present("aws:PrincipalType", fromType, "AssumedRole")
		b.value("aws:userid", c.PrincipalID, event("userIdentity.principalId"))
		b.absent("aws:username", rule("only IAM users have a user name"))
	case request.Root:
		b.value("aws:PrincipalArn", c.ARN, event("userIdentity.arn"))
		b.present("aws:PrincipalType", fromType, "Account")
		b.value("aws:userid", c.Account, event("userIdentity.accountId"))
		b.absent("aws:username", rule("only IAM users have a user name"))
	case request.FederatedUser:
		b.value("aws:PrincipalArn", c.ARN, event("userIdentity.arn"))
		b.present("aws:PrincipalType", fromType, "FederatedUser")
		b.value("aws:userid", c.PrincipalID, event("userIdentity.principalId"))
		b.absent("aws:username", rule("only IAM users have a user name"))
	case request.Service, request.OIDC, request.SAML:
		b.absent("aws:PrincipalArn", rule("the caller has no ARN of its own"))
		for _, k := range []string{"aws:PrincipalType", "aws:userid"} {
			b.unknown(k, rule("not documented for this caller"))
		}
		b.absent("aws:username", rule("only IAM users have a user name"))
	default:
		for _, k := range []string{"aws:PrincipalArn", "aws:PrincipalType", "aws:userid", "aws:username"} {
			b.unknown(k, fromType)
		}
	}
	b.principalAccount()
	b.principalService()
	b.principalTags()
}

// value is present, with an unknown value where the event lacks it.
func (b *builder) value(name, v string, o evidence.Origin) {
	if v == "" {
		b.presentAny(name, o)
		return
	}
	b.present(name, o, v)
}

func (b *builder) principalAccount() {
	o := event("userIdentity.accountId")
	switch {
	case b.s.Caller.Kind == request.Service || b.federated():
		b.absent("aws:PrincipalAccount", rule("the caller belongs to no account"))
	case b.s.Caller.Kind == request.CallerUnknown && b.s.Caller.Account == "":
		b.unknown("aws:PrincipalAccount", o)
	default:
		b.value("aws:PrincipalAccount", b.s.Caller.Account, o)
	}
}

func (b *builder) principalService() {
	switch {
	case b.s.Caller.Kind == request.Service:
		o := event("userIdentity.invokedBy")
		b.present("aws:PrincipalIsAWSService", fromType, "true")
		b.value("aws:PrincipalServiceName", b.s.Caller.ARN, o)
		b.presentAny("aws:PrincipalServiceNamesList", o)
		return
	case b.federated():
		b.absent("aws:PrincipalIsAWSService", rule("a federated caller does not sign"))
	case b.s.Caller.Kind == request.CallerUnknown && !b.ofAccount():
		for _, k := range []string{"aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList"} {
			b.unknown(k, fromType)
		}
		return
	default:
		b.present("aws:PrincipalIsAWSService", fromType, "false")
	}
	b.absent("aws:PrincipalServiceName", rule("the caller is no service"))
	b.absent("aws:PrincipalServiceNamesList", rule("the caller is no service"))
}

// ofAccount says that the caller is somebody of an account, though the record
// does not say who.
func (b *builder) ofAccount() bool { return b.rec != nil && b.rec.Identity.Type == "AWSAccount" }

// principalTags come from the estate. A session tag of the same key would
// stand over the role's tag; the event does not show session tags, so a role
// session's tags are what they usually are.
func (b *builder) principalTags() {
	const family = "aws:PrincipalTag/"
	switch b.s.Caller.Kind {
	case request.User:
		tags, ok := b.userTags()
		if !ok {
			b.family(family, request.KeyUnknown, request.KeyUnknown, inEstate("user tags"))
			return
		}
		for _, t := range tags {
			b.present(family+t.Key, inEstate("user tags"), t.Value)
		}
		b.family(family, request.KeyAbsent, request.KeyAbsent, inEstate("user tags"))
	case request.RoleSession:
		tags, ok := b.callerRoleTags()
		if !ok {
			b.family(family, request.KeyUnknown, request.KeyUnknown, inEstate("role tags"))
			return
		}
		for _, t := range tags {
			b.add(request.Key{
				Name: family + t.Key, State: request.KeyPresentAny, Usually: request.KeyPresent,
				Values: []string{t.Value}, Origin: inEstate("role tags"),
			})
		}
		b.family(family, request.KeyUnknown, request.KeyAbsent, inEstate("role tags"))
	case request.Service:
		if b.byService(rolesAnywhere) {
			// The parts of the certificate are handed over as such tags.
			b.family(family, request.KeyUnknown, request.KeyUnknown, event("userIdentity"))
			return
		}
		b.family(family, request.KeyAbsent, request.KeyAbsent, rule("a service has no tags"))
	default:
		b.family(family, request.KeyUnknown, request.KeyUnknown, rule("not documented for this caller"))
	}
}

func (b *builder) userTags() ([]estate.Tag, bool) {
	a, ok := b.est.Account(b.s.Caller.Account).Get()
	if !ok {
		return nil, false
	}
	u, ok := a.User(b.s.Caller.UserName).Get()
	if !ok {
		return nil, false
	}
	return u.Tags, true
}

func (b *builder) callerRoleTags() ([]estate.Tag, bool) {
	r, ok := b.roleOf(b.s.Caller.Account, b.s.Caller.RoleName)
	if !ok {
		return nil, false
	}
	return r.Tags, true
}
