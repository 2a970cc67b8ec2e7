package reconstruct

import (
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// sessionKeys fills in the properties of the caller's session
// (IAM User Guide, "AWS global condition context keys", properties of the
// role session).
func (b *builder) sessionKeys() {
	s := b.session()
	switch {
	case !s.Created.IsZero():
		b.present("aws:TokenIssueTime", event("userIdentity.sessionContext.attributes.creationDate"), timestamp(s.Created))
	case b.temporary():
		b.presentAny("aws:TokenIssueTime", event("userIdentity.sessionContext.attributes.creationDate"))
	case b.hidden() || b.simulated() && b.s.Caller.Kind == request.User:
		b.unknown("aws:TokenIssueTime", event("userIdentity.sessionContext"))
	default:
		b.absent("aws:TokenIssueTime", event("userIdentity.sessionContext"))
	}
	b.mfaKeys()
	b.sessionText("aws:SourceIdentity", s.SourceIdentity, "sourceIdentity")
	b.sessionText("aws:AssumedRoot", s.AssumedRoot, "assumedRoot")
	b.sessionText("aws:SignInSessionArn", s.SignInSession, "signInSessionArn")
	b.sessionText("ec2:RoleDelivery", numeric(s.RoleDelivery), "ec2RoleDelivery")
	b.federatedProvider()
	b.instanceKeys()
	b.serviceSessionKeys()
	b.onBehalf()
}

// temporary says that the caller's credentials are a session's. Whoever switches
// roles in the console has signed in to it.
func (b *builder) temporary() bool {
	k := b.s.Caller.Kind
	return k == request.RoleSession || k == request.FederatedUser || b.session() != &noSession || b.signIn()
}

// sessionText is a field of sessionContext that CloudTrail writes when the
// session has it.
func (b *builder) sessionText(key, value, field string) {
	o := event("userIdentity.sessionContext." + field)
	if value == "" && b.hidden() {
		b.add(request.Key{Name: key, Usually: request.KeyAbsent, Origin: o})
		return
	}
	b.text(key, value, o)
}

// mfaKeys says what is known of multi-factor authentication. An IAM user may
// send a code with the call itself, which a denied record does not show; a
// role session cannot, since the device must be the calling user's. What a
// role session's own record says of MFA is contradicted by AWS's pages.
func (b *builder) mfaKeys() {
	const present, age = "aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"
	o := event("userIdentity.sessionContext.attributes.mfaAuthenticated")
	c, s := b.s.Caller, b.session()
	switch {
	case b.federated() || c.Kind == request.Service:
		b.absent(present, rule("no temporary credentials"))
		b.absent(age, rule("no temporary credentials"))
	case c.Kind == request.User || c.Kind == request.Root:
		b.userMFA(present, age)
	case b.simulated() && c.Kind == request.RoleSession:
		b.add(request.Key{Name: present, Bounds: never("true"), Usually: request.KeyAbsent, Origin: rule("a role session carries no MFA")})
		b.absent(age, rule("a role session carries no MFA"))
	case c.Kind == request.CallerUnknown, s.MFA != "false" && c.Chained:
		b.unknown(present, o)
		b.unknown(age, o)
	default:
		b.add(request.Key{Name: present, Bounds: never("true"), Usually: request.KeyPresent, Values: []string{"false"}, Origin: o})
		b.absent(age, o)
	}
}

// userMFA is that of a user. Where the credentials carry no MFA, without a code
// on the call the key is absent for a long-term key and false for a session.
func (b *builder) userMFA(present, age string) {
	o := event("userIdentity.sessionContext.attributes.mfaAuthenticated")
	mfa := b.session().MFA
	if mfa == "true" {
		b.present(present, o, mfa)
		b.mfaAge(age)
		return
	}
	if b.temporary() && mfa != "false" {
		b.presentAny(present, o)
		b.unknown(age, o)
		return
	}
	// A long-term key has no such key, or with a code true: never false.
	k := request.Key{Name: present, Usually: request.KeyAbsent, Origin: o}
	switch {
	case mfa == "false":
		k.Usually, k.Values = request.KeyPresent, []string{"false"}
	case !b.hidden():
		k.Bounds = never("false")
	}
	if b.params() != nil && b.params().SerialNumber != nil || b.unread("serialNumber") {
		sent := event("requestParameters.serialNumber")
		b.add(request.Key{Name: present, Usually: request.KeyPresent, Values: []string{"true"}, Origin: sent})
		b.unknown(age, sent)
		return
	}
	if b.shown() || b.s.Console || b.simulated() {
		k.State, k.Bounds = k.Usually, nil
		b.add(k)
		b.absent(age, o)
		return
	}
	b.add(k)
	b.add(request.Key{Name: age, Usually: request.KeyAbsent, Origin: o})
}

// never rules out one value.
func never(value string) *request.Bounds { return &request.Bounds{Never: []string{value}} }

// clockSkew is by how many seconds the times of a record and of what AWS
// compares may differ.
const clockSkew = 60

// mfaAge is how long ago a user signed in with MFA: when the session was made,
// unless a code was sent with the call itself. So it is not older than that.
func (b *builder) mfaAge(age string) {
	o := event("userIdentity.sessionContext.attributes.creationDate")
	made := b.session().Created
	if made.IsZero() || b.at.Before(made) {
		b.presentAny(age, o)
		return
	}
	seconds := int(b.at.Sub(made).Seconds())
	b.add(request.Key{
		Name: age, State: request.KeyPresentAny, Usually: request.KeyPresent,
		Values: []string{strconv.Itoa(seconds)}, Bounds: &request.Bounds{AtMost: strconv.Itoa(seconds + clockSkew)}, Origin: o,
	})
}

func (b *builder) federatedProvider() {
	const key = "aws:FederatedProvider"
	switch b.s.Caller.Kind {
	case request.OIDC:
		b.value(key, b.s.Caller.Provider, event("userIdentity.identityProvider"))
	case request.SAML:
		b.absent(key, rule("OIDC federation only"))
	default:
		b.sessionText(key, b.session().FederatedProvider, "webIdFederationData.federatedProvider")
	}
}

// instanceKeys are those of EC2 instance credentials. The instance's ARN can
// be guessed from the session name, its region not.
func (b *builder) instanceKeys() {
	o := event("userIdentity.sessionContext.ec2RoleDelivery")
	vpc := []string{"aws:Ec2InstanceSourceVpc", "aws:Ec2InstanceSourcePrivateIPv4"}
	if b.session().RoleDelivery != "" {
		b.presentAny("ec2:SourceInstanceArn", o)
		for _, k := range vpc {
			b.presentAny(k, o)
		}
		return
	}
	for _, k := range append(vpc, "ec2:SourceInstanceArn") {
		if b.hidden() {
			b.add(request.Key{Name: k, Usually: request.KeyAbsent, Origin: o})
			continue
		}
		b.absent(k, o)
	}
}

// serviceSessionKeys are there when a service issued the session's credentials.
func (b *builder) serviceSessionKeys() {
	names := []string{
		"aws:ChatbotSourceArn", "codebuild:BuildArn", "codebuild:ProjectArn", "glue:CredentialIssuingService",
		"glue:RoleAssumedBy", "lambda:SourceFunctionArn", "ssm:SourceInstanceArn",
	}
	o := event("userIdentity.inScopeOf")
	for _, k := range names {
		switch {
		case b.s.Caller.Kind != request.RoleSession && b.s.Caller.Kind != request.CallerUnknown:
			b.absent(k, rule("only sessions of that service have it"))
		case k == "lambda:SourceFunctionArn" && b.lambdaARN() != "":
			b.present(k, o, b.lambdaARN())
		default:
			b.unknown(k, o)
		}
	}
}

func (b *builder) lambdaARN() string {
	if b.rec == nil || b.rec.Identity.Scope == nil {
		return ""
	}
	v := b.rec.Identity.Scope.CredentialsIssuedTo
	if a, ok := arn.Parse(v); ok && a.Service == "lambda" {
		return v
	}
	return ""
}

// onBehalf is the person behind a session of IAM Identity Center. CloudTrail
// names them since 2026 only.
func (b *builder) onBehalf() {
	const key = "identitystore:UserId"
	o := event("userIdentity.onBehalfOf.userId")
	switch {
	case b.rec != nil && b.rec.Identity.OnBehalfOf != "":
		b.present(key, o, b.rec.Identity.OnBehalfOf)
	case b.hidden() || strings.Contains(b.s.Caller.RoleARN, ":role/aws-reserved/sso.amazonaws.com/"):
		b.add(request.Key{Name: key, Usually: request.KeyAbsent, Origin: o})
	default:
		b.absent(key, o)
	}
}

// numeric drops the fraction that CloudTrail writes ("2.0") from what the
// condition key has as a number.
func numeric(s string) string { return strings.TrimSuffix(s, ".0") }
