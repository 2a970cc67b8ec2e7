package estate

import (
	"fmt"
	"strconv"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// cells hold what was decoded, one for each element.
type cells struct {
	users    []lazy[evidence.Fact[*User]]
	groups   []lazy[evidence.Fact[*Group]]
	roles    []lazy[evidence.Fact[*Role]]
	policies []lazy[evidence.Fact[*policy.Policy]]
	names    [4]lazy[[]Name]
}

func (c *cells) size(d *details) {
	c.users = make([]lazy[evidence.Fact[*User]], len(d.lists[users].entries))
	c.groups = make([]lazy[evidence.Fact[*Group]], len(d.lists[groups].entries))
	c.roles = make([]lazy[evidence.Fact[*Role]], len(d.lists[roles].entries))
	c.policies = make([]lazy[evidence.Fact[*policy.Policy]], len(d.lists[policies].entries))
}

func (a *Account) user(i int) evidence.Fact[*User] {
	d := a.details()
	return d.cells.users[i].get(func() evidence.Fact[*User] {
		en := &d.lists[users].entries[i]
		ent, o, gap := a.entity(users, en, "UserPolicyList")
		if gap != nil {
			return evidence.Lacking[*User](*gap)
		}
		u := &User{Entity: ent}
		if raw, ok := o.get("GroupList"); ok {
			names, ok := strs(raw)
			if !ok {
				return evidence.Lacking[*User](a.unreadable(users, en, "GroupList is no list of names"))
			}
			for _, n := range names {
				u.Groups = append(u.Groups, a.group(n))
			}
		}
		return evidence.Known(u)
	})
}

func (a *Account) groupAt(i int) evidence.Fact[*Group] {
	d := a.details()
	return d.cells.groups[i].get(func() evidence.Fact[*Group] {
		ent, _, gap := a.entity(groups, &d.lists[groups].entries[i], "GroupPolicyList")
		if gap != nil {
			return evidence.Lacking[*Group](*gap)
		}
		return evidence.Known(&Group{Entity: ent})
	})
}

func (a *Account) role(i int) evidence.Fact[*Role] {
	d := a.details()
	return d.cells.roles[i].get(func() evidence.Fact[*Role] {
		ent, o, gap := a.entity(roles, &d.lists[roles].entries[i], "RolePolicyList")
		if gap != nil {
			return evidence.Lacking[*Role](*gap)
		}
		r := &Role{Entity: ent}
		if raw, ok := o.get("MaxSessionDuration"); ok {
			if n, err := strconv.ParseUint(string(raw), 10, 24); err == nil {
				r.MaxSession = time.Duration(n) * time.Second
			}
		}
		if raw, ok := o.get("AssumeRolePolicyDocument"); ok {
			r.Trust = evidence.Known(policy.New(policy.Meta{
				Kind: policy.KindTrust, Name: r.Name, AttachedTo: r.ARN, Account: a.id,
			}, raw))
		} else {
			g := a.unreadable(roles, &d.lists[roles].entries[i], "the file has no AssumeRolePolicyDocument")
			g.Layer, g.Permission, g.Why = evidence.Trust, "iam:GetRole", evidence.NotRead
			r.Trust = evidence.Lacking[*policy.Policy](g)
		}
		return evidence.Known(r)
	})
}

// unreadable is the gap of an element that is there but not understood.
func (a *Account) unreadable(which int, en *entry, detail string) evidence.Gap {
	return newGap(shapes[which].part, a.id, en.arn, evidence.Unreadable, detail)
}

// entity reads what users, groups and roles have in common. One member that
// does not fit makes the whole entity a gap: half of its policies would be
// worse than none.
func (a *Account) entity(which int, en *entry, inline string) (Entity, object, *evidence.Gap) {
	if g, ok := a.named(which, en); ok {
		return Entity{}, object{}, &g
	}
	bad := func(format string, args ...any) (Entity, object, *evidence.Gap) {
		g := a.unreadable(which, en, fmt.Sprintf(format, args...))
		return Entity{}, object{}, &g
	}
	o, err := readObject(en.raw)
	if err != nil || o.twin != "" {
		return bad("member %.60q stands there twice", o.twin)
	}
	for _, k := range o.keys {
		if name := shapes[which].meant([]byte(k)); name != "" {
			return bad("it has %.60q where AWS writes %s", k, name)
		}
	}
	e := Entity{Name: en.name, Path: en.path, ARN: en.arn, ID: en.id, Account: a.id}
	e.Created, _ = instant(o.str("CreateDate"))
	var ok bool
	if e.Tags, ok = readTags(o); !ok {
		return bad("Tags is no list of keys and values")
	}
	if e.Inline, ok = a.inline(o, inline, &e); !ok {
		return bad("%s is no list of policies", inline)
	}
	if !a.attach(o, &e) {
		return bad("AttachedManagedPolicies is no list of policies")
	}
	e.Attached = append(e.Attached, a.partial.unread(which, &e)...)
	e.Boundary = a.boundary(o, &e)
	return e, o, nil
}

func readTags(o object) ([]Tag, bool) {
	vals, ok := o.list("Tags")
	if !ok {
		return nil, false
	}
	var tags []Tag
	for _, v := range vals {
		t, err := readObject(v)
		key, isKey := t.text("Key")
		value, isValue := t.text("Value")
		if err != nil || t.twin != "" || !isKey || !isValue {
			return nil, false
		}
		tags = append(tags, Tag{Key: key, Value: value})
	}
	return tags, true
}

// inline reads the inline policies; one without a document keeps its place,
// as a policy that cannot be read.
func (a *Account) inline(o object, member string, e *Entity) ([]*policy.Policy, bool) {
	vals, ok := o.list(member)
	if !ok {
		return nil, false
	}
	var all []*policy.Policy
	for _, v := range vals {
		p, err := readObject(v)
		if err != nil || p.twin != "" {
			return nil, false
		}
		raw, _ := p.get("PolicyDocument")
		all = append(all, policy.New(policy.Meta{
			Kind: policy.KindIdentity, Managed: "inline", Name: p.str("PolicyName"), AttachedTo: e.ARN, Account: a.id,
		}, raw))
	}
	return all, true
}

// attach reads the attached managed policies.
func (a *Account) attach(o object, e *Entity) bool {
	vals, ok := o.list("AttachedManagedPolicies")
	if !ok {
		return false
	}
	for _, v := range vals {
		p, err := readObject(v)
		id := p.str("PolicyArn")
		if err != nil || id == "" || p.twin != "" {
			return false
		}
		e.AttachedN = append(e.AttachedN, id)
		e.Attached = append(e.Attached, a.managed(id, policy.KindIdentity, e.ARN))
	}
	return true
}

// boundary reads the permissions boundary.
func (a *Account) boundary(o object, e *Entity) evidence.Fact[*policy.Policy] {
	raw, ok := o.get("PermissionsBoundary")
	if !ok {
		return evidence.None[*policy.Policy]()
	}
	b, err := readObject(raw)
	id := b.str("PermissionsBoundaryArn")
	if err != nil || id == "" || b.twin != "" {
		g := newGap(partPolicies, a.id, e.ARN, evidence.Unreadable, "PermissionsBoundary has no PermissionsBoundaryArn")
		g.Layer = evidence.Boundary
		return evidence.Lacking[*policy.Policy](g)
	}
	return a.managed(id, policy.KindBoundary, e.ARN)
}
