package estate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// Policies that every organization has, which need no document.
const (
	fullSCP = "p-FullAWSAccess"
	fullRCP = "p-RCPFullAWSAccess"
)

// builtIn are their documents, as AWS publishes them (Organizations User
// Guide, "Service control policies" and "Resource control policies").
var builtIn = map[string]struct{ name, kind, text string }{
	fullSCP: {"FullAWSAccess", typeSCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`},
	fullRCP: {"RCPFullAWSAccess", typeRCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}`},
}

func (o *Organization) addPolicy(e object) {
	id := e.str("Id")
	if id == "" {
		o.spoil("Policies has an element without Id: correct it")
		return
	}
	m := policy.Meta{ARN: e.str("Arn"), Name: e.str("Name"), Managed: managedBy(e)}
	kind := orgKinds[e.str("Type")]
	m.Kind = kind
	p := &orgPolicy{kind: kind}
	fault := kindFault(id, m.ARN, e.str("Type"))
	if fault != "" {
		o.find("Policies: %.60q %s", id, fault)
		p.any = true
	}
	raw, ok := e.get("Content")
	if b, is := builtIn[id]; is && !ok {
		raw, ok = []byte(b.text), true
	}
	switch g, named := o.known.of("", partOrganization, id, m.ARN); {
	case named:
		p.doc = evidence.Lacking[*policy.Policy](g)
	case o.policies[id] != nil:
		o.find("Policies has %.60q twice: keep one", id)
		p.any = o.policies[id].any || p.kind != o.policies[id].kind
		p.doc = o.lacking(id, "it stands twice in the file")
	case fault != "":
		p.doc = o.lacking(id, "it "+fault)
	case !ok:
		p.doc = o.lacking(id, "the file has no Content of it")
	default:
		p.doc = evidence.Known(policy.New(m, raw))
	}
	o.policies[id] = p
}

func (o *Organization) lacking(subject, detail string) evidence.Fact[*policy.Policy] {
	g := newGap(partOrganization, "", subject, evidence.Unreadable, detail)
	g.Permission = "organizations:DescribePolicy"
	return evidence.Lacking[*policy.Policy](g)
}

// attach reads one attachment. Policies and nodes have been read before.
func (o *Organization) attach(e object) {
	id, target := e.str("PolicyId"), e.str("TargetId")
	if id == "" || target == "" {
		o.spoil("Attachments has an element without PolicyId or TargetId: correct it")
		return
	}
	if o.policies[id] == nil {
		o.policies[id] = o.unseen(id)
	}
	if o.nodes[target] == nil && !o.isRoot(target) {
		o.find("Attachments: the target %.60q of %.60q is not among Nodes: add it or remove the attachment", target, id)
		o.stray(id, target)
	}
	if pair := [2]string{target, id}; !o.pairs[pair] {
		o.pairs[pair] = true
		o.attached[target] = append(o.attached[target], id)
	}
}

// stray notes an attachment to what is not in the tree: its target may be
// misspelled, so it may be any. The first of a kind is enough; RCPFullAWSAccess is
// on every target anyway.
func (o *Organization) stray(id, target string) {
	p := o.policies[id]
	if id == fullRCP && !p.any {
		return
	}
	for _, k := range orgKinds {
		if _, have := o.strays[k]; !have && (p.any || p.kind == k) {
			o.strays[k] = newGap(partOrganization, "", id, evidence.Unreadable,
				fmt.Sprintf("it is attached to %.60q, which is not among Nodes", target))
		}
	}
}

// unseen is a policy that only an attachment names.
func (o *Organization) unseen(id string) *orgPolicy {
	if b, ok := builtIn[id]; ok {
		kind := orgKinds[b.kind]
		return &orgPolicy{kind: kind, doc: evidence.Known(policy.New(policy.Meta{Kind: kind, Name: b.name, Managed: "aws"}, []byte(b.text)))}
	}
	if g, ok := o.known.of("", partOrganization, id); ok {
		return &orgPolicy{any: true, doc: evidence.Lacking[*policy.Policy](g)}
	}
	o.find("Attachments: the policy %.60q is not among Policies: add it or remove the attachment", id)
	return &orgPolicy{any: true, doc: o.lacking(id, "the file has an attachment of it, but not the policy")}
}

// ID is the organization's id (o-...), "" when the file does not say.
func (o *Organization) ID() string { return o.id }

// Management is the id of the management account, "" when the file does not
// say: then it may be any.
func (o *Organization) Management() string { return o.management }

// Has says whether an account is in the organization: among Nodes, or its
// management account.
func (o *Organization) Has(account string) bool {
	return isAccountID(account) && (o.nodes[account] != nil || account == o.management)
}

// State is the account's state in AWS's word (ACTIVE, SUSPENDED,
// PENDING_CLOSURE, ...), "" when not known.
func (o *Organization) State(account string) string {
	if n := o.nodes[account]; n != nil && !n.twice {
		return n.state
	}
	return ""
}

// Path is the account's path as aws:PrincipalOrgPaths has it:
// "o-x/r-x/ou-x/ou-y/". False when the account is outside the organization or
// its path is not known.
func (o *Organization) Path(account string) (string, bool) {
	w := o.wayTo(account)
	if w.gap != nil || o.id == "" {
		return "", false
	}
	return w.text, true
}

// way is how an account is reached from the root.
type way struct {
	path []string      // from the root to the account, both included
	gap  *evidence.Gap // why it is not known
	text string        // as Path gives it
}

func (o *Organization) wayTo(account string) way {
	n := o.nodes[account]
	if n == nil {
		return o.newWay(account)
	}
	return n.way.get(func() way { return o.newWay(account) })
}

func (o *Organization) newWay(account string) way {
	path, gap := o.path(account)
	if gap != nil {
		return way{gap: gap}
	}
	return way{path: path, text: o.id + "/" + strings.Join(path[:len(path)-1], "/") + "/"}
}

// path is the way from the root to an account, both included, or why it is
// not known.
func (o *Organization) path(account string) ([]string, *evidence.Gap) {
	if g, ok := o.known.whole(account, partOrganization); ok {
		return nil, &g
	}
	if g, ok := o.known.of(account, partOrganization, account); ok {
		return nil, &g
	}
	why := o.broken
	if why == "" && (!o.Has(account) || o.nodes[account] == nil) {
		why = "the account is not among the organization's Nodes"
	}
	var path []string
	if why == "" {
		var at string
		if path, at, why = o.climb(account); why == "" {
			return path, nil
		}
		why = fmt.Sprintf("%.60q %s", at, why)
	}
	g := newGap(partOrganization, account, account, evidence.Unreadable, why)
	g.Permission = "organizations:ListParents"
	return nil, &g
}

// Levels are the root, the OUs and the account, root first, each with the SCPs
// or RCPs attached to it directly. Absent when the policy type is not enabled
// on the root. A gap when the account is outside the organization (it may have
// one of its own), or its path or the root's policy types are not known.
// RCPFullAWSAccess is always there, since AWS does not let it be detached.
func (o *Organization) Levels(account string, k policy.Kind) evidence.Fact[[]Level] {
	n := o.nodes[account]
	switch {
	case n != nil && k == policy.KindSCP:
		return n.scps.get(func() evidence.Fact[[]Level] { return o.newLevels(account, k) })
	case n != nil && k == policy.KindRCP:
		return n.rcps.get(func() evidence.Fact[[]Level] { return o.newLevels(account, k) })
	}
	return o.newLevels(account, k)
}

func (o *Organization) newLevels(account string, k policy.Kind) evidence.Fact[[]Level] {
	w := o.wayTo(account)
	path, gap := w.path, w.gap
	if gap == nil {
		state, why := o.roots[0].types.of(k)
		g := newGap(partOrganization, account, path[0], evidence.NotRead, why)
		g.Permission = "organizations:ListRoots"
		switch state {
		case typeOff:
			return evidence.None[[]Level]()
		case typeUnclear:
			g.Why = evidence.Unreadable
			gap = &g
		case typeUnsaid:
			gap = &g
		}
	}
	if gap != nil {
		g := *gap // of both kinds
		g.Layer = layerOf(k)
		return evidence.Lacking[[]Level](g)
	}
	levels := make([]Level, 0, len(path))
	for _, target := range path {
		levels = append(levels, o.level(target, account, k))
	}
	return evidence.Known(levels)
}

func layerOf(k policy.Kind) evidence.Layer {
	if k == policy.KindRCP {
		return evidence.RCP
	}
	return evidence.SCP
}

func (o *Organization) level(target, account string, k policy.Kind) Level {
	l := Level{Target: target, Name: "Root"}
	owner := o.management
	if n := o.nodes[target]; n != nil {
		l.Name = n.name
		if target == account {
			owner = account
		}
	}
	if k == policy.KindRCP && !slices.Contains(o.attached[target], fullRCP) {
		l.Policies = append(l.Policies, place(o.unseenRCP(), target, owner, k))
	}
	for _, id := range o.attached[target] {
		if p := o.policies[id]; p.any || p.kind == k {
			l.Policies = append(l.Policies, place(p.doc, target, owner, k))
		}
	}
	if g, ok := o.strays[k]; ok {
		l.Policies = append(l.Policies, place(evidence.Lacking[*policy.Policy](g), target, owner, k))
	}
	if g, ok := o.known.of(account, partOrganization, target); ok {
		l.Policies = append(l.Policies, place(evidence.Lacking[*policy.Policy](g), target, owner, k))
	}
	return l
}

// unseenRCP is RCPFullAWSAccess where the file does not attach it.
func (o *Organization) unseenRCP() evidence.Fact[*policy.Policy] {
	if p := o.policies[fullRCP]; p != nil {
		return p.doc
	}
	return o.unseen(fullRCP).doc
}

// place is a policy as it is attached to a target.
func place(f evidence.Fact[*policy.Policy], target, owner string, k policy.Kind) evidence.Fact[*policy.Policy] {
	p, ok := f.Get()
	if !ok {
		g, _ := f.Gap()
		g.Layer = layerOf(k)
		return evidence.Lacking[*policy.Policy](g)
	}
	m := p.Meta
	m.Kind, m.AttachedTo, m.Account = k, target, owner
	return evidence.Known(p.As(m))
}

// managedBy says who wrote a policy of the organization: AWS or the customer.
func managedBy(e object) string {
	if raw, ok := e.get("AwsManaged"); ok && string(raw) == "true" {
		return "aws"
	}
	return "customer"
}
