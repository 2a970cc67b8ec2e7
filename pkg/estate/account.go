package estate

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// Account is what is known of one account. Its files are read when it is first
// asked for what they hold.
type Account struct {
	id        string
	estate    *Estate
	read      func(Part) File
	partial   Partial
	detail    lazy[*details]
	provider  lazy[providerFile]
	endpoints lazy[*endpointFile]
}

// ID is the account id, 12 digits.
func (a *Account) ID() string { return a.id }

func (a *Account) details() *details {
	return a.detail.get(func() *details { return readDetails(a.id, a.read(Details)) })
}

// Role looks a role up by its exact name. It is absent only when the list of
// roles is known to be complete.
func (a *Account) Role(name string) evidence.Fact[*Role] {
	d := a.details()
	return lookup(a, roles, d.lists[roles].byName, name, a.role)
}

// RoleByID looks a role up by its unique id (AROA...).
func (a *Account) RoleByID(id string) evidence.Fact[*Role] {
	d := a.details()
	return lookup(a, roles, d.lists[roles].byID, id, a.role)
}

// User looks a user up by its exact name.
func (a *Account) User(name string) evidence.Fact[*User] {
	d := a.details()
	return lookup(a, users, d.lists[users].byName, name, a.user)
}

// UserByID looks a user up by its unique id (AIDA...).
func (a *Account) UserByID(id string) evidence.Fact[*User] {
	d := a.details()
	return lookup(a, users, d.lists[users].byID, id, a.user)
}

// RoleNames are the roles that are known, in file order. There may be more:
// Role says. Callers must not change the slice.
func (a *Account) RoleNames() []Name { return a.names(roles) }

// UserNames are the users that are known, in file order. Callers must not
// change the slice.
func (a *Account) UserNames() []Name { return a.names(users) }

// group is a group that a user is a member of, so it does exist.
func (a *Account) group(name string) evidence.Fact[*Group] {
	d := a.details()
	f := lookup(a, groups, d.lists[groups].byName, name, a.groupAt)
	if f.State() != evidence.Absent {
		return f
	}
	return evidence.Lacking[*Group](newGap(partGroups, a.id, name, evidence.NotRead, "a user's group that the file does not hold"))
}

// lookup finds an element and decodes it. A gap of estate.json that names it
// wins over the file, which then holds it only in part; a gap of the whole
// part only says that what is missing may exist.
func lookup[T any](a *Account, which int, index map[string]int, key string, decode func(int) evidence.Fact[T]) evidence.Fact[T] {
	l := &a.details().lists[which]
	known := a.estate.known()
	if g, ok := known.of(a.id, l.shape.part, key); ok {
		return evidence.Lacking[T](g)
	}
	i, gap := l.find(index, key, a.id)
	if i >= 0 {
		return decode(i)
	}
	if a.partial.lacks(which, key) {
		return evidence.None[T]()
	}
	if g, ok := known.whole(a.id, l.shape.part); ok {
		g.Subject = key
		return evidence.Lacking[T](g)
	}
	if gap != nil {
		return evidence.Lacking[T](*gap)
	}
	return evidence.None[T]()
}

// named is the gap of estate.json that names an element by name, id or ARN.
func (a *Account) named(which int, en *entry) (evidence.Gap, bool) {
	return a.estate.known().of(a.id, shapes[which].part, en.name, en.arn, en.id)
}

// names are the short forms of a list's usable elements.
func (a *Account) names(which int) []Name {
	d := a.details()
	return d.cells.names[which].get(func() []Name {
		l := &d.lists[which]
		out := make([]Name, 0, len(l.entries))
		for i := range l.entries {
			if en := &l.entries[i]; en.fault == "" {
				out = append(out, Name{Name: en.name, Path: en.path, ARN: en.arn})
			}
		}
		return a.partial.more(which, out)
	})
}

func (a *Account) readAll() {
	a.details()
	a.Providers()
	a.endpointList()
}

func (a *Account) findings() []Finding {
	var all []Finding
	if d, ok := a.detail.made(); ok {
		all = append(all, d.findings...)
	}
	if p, ok := a.provider.made(); ok {
		all = append(all, p.findings...)
	}
	if e, ok := a.endpoints.made(); ok {
		all = append(all, e.findings...)
	}
	return all
}

func (a *Account) gaps() []evidence.Gap {
	var all []evidence.Gap
	if d, ok := a.detail.made(); ok {
		all = append(all, d.gaps...)
	}
	if p, ok := a.provider.made(); ok {
		all = append(all, p.gaps...)
	}
	if e, ok := a.endpoints.made(); ok {
		all = append(all, e.gaps...)
	}
	return all
}
