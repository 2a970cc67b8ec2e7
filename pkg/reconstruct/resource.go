package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// orgKeys fills in OrgID and OrgPaths of the principal or the resource. An
// account known to be outside the organization may be in another or in none:
// then the key has any value but ours.
func (b *builder) orgKeys(prefix, account string, applies bool) {
	id, paths := prefix+"OrgID", prefix+"OrgPaths"
	if !applies {
		b.absent(id, rule("the caller belongs to no account"))
		b.absent(paths, rule("the caller belongs to no account"))
		return
	}
	o := inEstate("organization")
	org, known := b.est.Organization().Get()
	switch {
	case account == "" || b.est.Organization().State() == evidence.Missing:
		b.unknown(id, o)
		b.unknown(paths, o)
	case !known:
		if b.est.Standalone(account) {
			b.absent(id, o)
			b.absent(paths, o)
			return
		}
		b.unknown(id, o)
		b.unknown(paths, o)
	case org.Has(account):
		b.value(id, org.ID(), o)
		if p, ok := org.Path(account); ok {
			b.present(paths, o, p)
			return
		}
		b.presentAny(paths, o)
	case org.ID() == "" || b.torn(account):
		b.unknown(id, o)
		b.unknown(paths, o)
	default:
		b.add(request.Key{Name: id, Bounds: never(org.ID()), Origin: o})
		b.add(request.Key{Name: paths, Bounds: &request.Bounds{NeverPrefix: org.ID() + "/"}, Origin: o})
	}
}

// resourceKeys fills in the properties of the role.
func (b *builder) resourceKeys() {
	role := b.s.Role
	b.value("aws:ResourceAccount", role.Account, b.roleNamedIn())
	b.orgKeys("aws:Resource", role.Account, true)
	o := inEstate("role tags")
	var tags []estate.Tag
	target, known := b.roleOf(role.Account, role.Name)
	if known = known && target.ARN == role.ARN; known {
		tags = target.Tags
	}
	for _, family := range []string{"aws:ResourceTag/", "iam:ResourceTag/"} {
		for _, t := range tags {
			b.present(family+t.Key, o, t.Value)
		}
		state := request.KeyUnknown
		if known {
			state = request.KeyAbsent
		}
		b.family(family, state, request.KeyUnknown, o)
	}
}

// roleNamedIn is the field that says which role is meant.
func (b *builder) roleNamedIn() evidence.Origin {
	switch {
	case b.simulated():
		return operator("role")
	case b.params() != nil && b.params().RoleARN != "":
		return event("requestParameters.roleArn")
	case b.params() != nil && b.params().TargetPrincipal != "":
		return event("requestParameters.targetPrincipal")
	case b.rec.Hint.RoleARN == "" && b.rec.SwitchTo != "":
		return event("additionalEventData.SwitchTo")
	case b.rec.Hint.RoleARN == "" && len(b.rec.Resources) > 0:
		return event("resources")
	}
	return event("errorMessage")
}

// torn says that the organization's tree was not read whole: an account that is
// not in it may be a member all the same. A policy that was not read (p-...)
// leaves the tree whole.
func (b *builder) torn(account string) bool {
	for _, g := range b.est.Gaps() {
		if g.Code == "organization" && (g.Account == "" || g.Account == account) && !strings.HasPrefix(g.Subject, "p-") {
			return true
		}
	}
	return false
}
