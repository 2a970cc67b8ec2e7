package estate

import (
	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// managed is a managed policy as it is attached to an entity of the account.
// AWS's own policies are the same everywhere, so any account's file will do
// when this one's lacks the document; the account's own are only in its file.
func (a *Account) managed(id string, kind policy.Kind, to string) evidence.Fact[*policy.Policy] {
	own, aws := a.document(id), isAWS(id)
	p, ok := own.Get()
	if !ok && aws {
		for _, other := range a.estate.accounts {
			if other == a {
				continue
			}
			if p, ok = other.document(id).Get(); ok {
				break
			}
		}
	}
	if !ok {
		g, missing := own.Gap()
		if !missing {
			g = newGap(partPolicies, a.id, id, evidence.NotRead, "attached, but its document is in no file")
		}
		g.Layer = evidence.Identity
		if kind == policy.KindBoundary {
			g.Layer = evidence.Boundary
		}
		return evidence.Lacking[*policy.Policy](g)
	}
	m := p.Meta
	m.Kind, m.AttachedTo, m.Account = kind, to, a.id
	return evidence.Known(p.As(m))
}

// isAWS says whether a policy is AWS's own (arn:aws:iam::aws:policy/...).
func isAWS(id string) bool {
	a, ok := arn.Parse(id)
	return ok && a.Service == "iam" && a.Account == "aws"
}

// document is a managed policy of the account's file, in its default version;
// absent when the file does not have it.
func (a *Account) document(id string) evidence.Fact[*policy.Policy] {
	d := a.details()
	return lookup(a, policies, d.lists[policies].byName, id, a.policyAt)
}

func (a *Account) policyAt(i int) evidence.Fact[*policy.Policy] {
	d := a.details()
	return d.cells.policies[i].get(func() evidence.Fact[*policy.Policy] {
		en := &d.lists[policies].entries[i]
		if g, ok := a.named(policies, en); ok {
			return evidence.Lacking[*policy.Policy](g)
		}
		o, err := readObject(en.raw)
		if err != nil || o.twin != "" {
			return evidence.Lacking[*policy.Policy](a.unreadable(policies, en, "a member stands there twice"))
		}
		if en.odd != "" {
			return evidence.Lacking[*policy.Policy](a.unreadable(policies, en, "it "+en.odd))
		}
		raw, problem := defaultVersion(o)
		if problem != "" {
			return evidence.Lacking[*policy.Policy](a.unreadable(policies, en, problem))
		}
		m := policy.Meta{Kind: policy.KindIdentity, Managed: "customer", ARN: en.arn, Name: en.name, Account: a.id}
		if isAWS(en.arn) {
			m.Managed = "aws"
		}
		tags, _ := readTags(o)
		for _, t := range tags {
			if t.Key == "Owner" {
				m.Owner = t.Value
			}
		}
		return evidence.Known(policy.New(m, raw))
	})
}

// version is one version of a managed policy.
type version struct {
	id   string
	flag []byte // IsDefaultVersion as it stands there, nil when it does not
	doc  []byte // nil when it has none
}

func readVersion(raw []byte) (version, bool) {
	o, err := readObject(raw)
	if err != nil || o.twin != "" {
		return version{}, false
	}
	for _, k := range o.keys {
		if meant([]byte(k), "VersionId", "IsDefaultVersion", "Document") != "" {
			return version{}, false
		}
	}
	v := version{id: o.str("VersionId")}
	if _, there := o.get("VersionId"); there && v.id == "" {
		return version{}, false
	}
	if flag, there := o.get("IsDefaultVersion"); there {
		v.flag = flag
	}
	if doc, there := o.get("Document"); there {
		v.doc = doc
	}
	return v, true
}

func (v *version) marked() bool { return string(v.flag) == "true" }

// unclear is said of a policy whose file says two things, or nothing that is
// understood, about the version in force.
const unclear = "the default version is not clear"

// defaultVersion is the document in force: of the version that is marked as
// the default, or, where none is marked either way, of the one that
// DefaultVersionId names. Where the two contradict each other neither counts.
func defaultVersion(o object) (raw []byte, problem string) {
	vals, ok := o.list("PolicyVersionList")
	if !ok {
		return nil, "PolicyVersionList is no list"
	}
	name := o.str("DefaultVersionId")
	if _, there := o.get("DefaultVersionId"); there && name == "" {
		return nil, unclear
	}
	var found []version
	for _, val := range vals {
		v, ok := readVersion(val)
		if !ok {
			return nil, "a policy version is not understood"
		}
		named := name != "" && v.id == name
		switch flag := string(v.flag); {
		case flag != "" && flag != "true" && flag != "false",
			named && flag == "false",
			v.marked() && name != "" && v.id != "" && !named:
			return nil, unclear
		case v.marked() || named:
			found = append(found, v)
		}
	}
	switch {
	case len(found) == 0:
		return nil, "no version is the default one"
	case len(found) > 1:
		return nil, unclear
	case found[0].doc == nil:
		return nil, "the default version has no Document"
	}
	return found[0].doc, ""
}
