package estate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// Organization is the tree of an organization and the policies on it, as
// organization.json gives them.
type Organization struct {
	id, management string
	roots          []root
	nodes          map[string]*node
	order          []string // of nodes, as in the file
	policies       map[string]*orgPolicy
	attached       map[string][]string          // policy ids by target, in file order
	pairs          map[[2]string]bool           // attachments seen: target, policy id
	strays         map[policy.Kind]evidence.Gap // attachments to what is not in the tree
	broken         string                       // why no account's levels are known
	file           string
	known          *manifest
	asked          []string // the accounts that it was read for; nil for all
	findings       []Finding
}

type root struct {
	id    string
	types enabling
}

type node struct {
	id, name, parent, state string
	twice                   bool

	// of an account, which is asked for again and again
	way        lazy[way]
	scps, rcps lazy[evidence.Fact[[]Level]]
}

type orgPolicy struct {
	kind policy.Kind // empty for types that say nothing about role switches
	any  bool        // the type is not known, so it may be of any kind
	doc  evidence.Fact[*policy.Policy]
}

// orgResult is what reading organization.json gave.
type orgResult struct {
	fact     evidence.Fact[*Organization]
	findings []Finding
	gaps     []evidence.Gap
}

// Organization is the organization; absent when estate.json says that there is
// none.
func (e *Estate) Organization() evidence.Fact[*Organization] {
	if e == nil {
		return evidence.Lacking[*Organization](newGap(partOrganization, "", "", evidence.NotRead, ""))
	}
	return e.org.get(func() orgResult { return e.readOrganization() }).fact
}

// AccountName is the name of the account, or of the organizational unit of that
// id, in the organization, "" when not known.
func (e *Estate) AccountName(id string) string {
	o, ok := e.Organization().Get()
	if !ok || o.nodes[id] == nil || o.nodes[id].twice {
		return ""
	}
	return o.nodes[id].name
}

func (e *Estate) readOrganization() orgResult {
	f, said := e.orgFile, e.known().organization
	there := f.Found || f.Problem != ""
	if g, ok := e.known().whole("", partOrganization); ok {
		return orgResult{fact: evidence.Lacking[*Organization](g)}
	}
	switch {
	case there && (said == "none" || said == "unknown"):
		return lostOrganization(f, evidence.Unreadable, "is there, but estate.json says organization "+said+": correct estate.json or remove the file")
	case said == "none":
		return orgResult{fact: evidence.None[*Organization]()}
	case !there && said == "known":
		if f.Name == "" {
			f.Name = "organization.json"
		}
		return lostOrganization(f, evidence.NotRead, "is not there, but estate.json says organization known: add the file or write unknown")
	case !there:
		g := newGap(partOrganization, "", "", evidence.NotRead, "")
		if h, ok := e.known().anyWhole(partOrganization); ok {
			g = h
		}
		return orgResult{fact: evidence.Lacking[*Organization](g), gaps: []evidence.Gap{g}}
	}
	top, problem := open(f)
	if problem != "" {
		return lostOrganization(f, evidence.Unreadable, problem)
	}
	o := parseOrganization(f.Name, top, e.known())
	o.asked = e.asked
	r := orgResult{fact: evidence.Known(o), findings: o.findings}
	for _, find := range o.findings {
		r.gaps = append(r.gaps, newGap(partOrganization, "", find.File, evidence.Unreadable, find.Text))
	}
	return r
}

func lostOrganization(f File, why evidence.Why, text string) orgResult {
	g := newGap(partOrganization, "", f.Name, why, text)
	return orgResult{
		fact: evidence.Lacking[*Organization](g), findings: []Finding{{f.Name, text}}, gaps: []evidence.Gap{g},
	}
}

func (o *Organization) find(format string, args ...any) {
	o.findings = append(o.findings, Finding{o.file, fmt.Sprintf(format, args...)})
}

// spoil makes the levels of every account a gap.
func (o *Organization) spoil(format string, args ...any) {
	o.find(format, args...)
	if o.broken == "" {
		o.broken = fmt.Sprintf(format, args...)
	}
}

// isAccountID says whether an id is of an account: twelve digits.
func isAccountID(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 12
}

func parseOrganization(file string, top object, known *manifest) *Organization {
	o := &Organization{
		id: top.str("Id"), management: top.str("MasterAccountId"), file: file, known: known,
		nodes: map[string]*node{}, policies: map[string]*orgPolicy{},
		attached: map[string][]string{}, pairs: map[[2]string]bool{},
		strays: map[policy.Kind]evidence.Gap{},
	}
	if !strings.HasPrefix(o.id, "o-") {
		o.find("has no Id (o-...): add it, as aws organizations describe-organization prints it")
		o.id = ""
	}
	if !isAccountID(o.management) {
		o.find("has no MasterAccountId of 12 digits: add it, as aws organizations describe-organization prints it")
		o.management = ""
	}
	o.each(top, "Roots", o.addRoot)
	switch {
	case len(o.roots) == 0:
		o.spoil("has no root in Roots: add it, as aws organizations list-roots prints it")
	case len(o.roots) > 1:
		o.spoil("has %d roots: an organization has one", len(o.roots))
	}
	o.each(top, "Nodes", o.addNode)
	o.each(top, "Policies", o.addPolicy)
	o.each(top, "Attachments", o.attach)
	o.checkParents()
	return o
}

// each reads the objects of one list. What is not understood may concern any
// account.
func (o *Organization) each(top object, member string, add func(object)) {
	raw, _ := top.get(member)
	list, ok := elements(raw)
	if !ok {
		o.spoil("has no list %s: write the file again (an empty list is [])", member)
		return
	}
	for i, v := range list {
		e, err := readObject(v)
		if err != nil || e.twin != "" {
			o.spoil("%s: element %d is not understood: correct it or write the file again", member, i+1)
			continue
		}
		add(e)
	}
}

func (o *Organization) addRoot(e object) {
	r := root{id: e.str("Id"), types: o.readEnabling(e)}
	if r.id == "" {
		o.spoil("Roots has an element without Id: correct it")
		return
	}
	o.roots = append(o.roots, r)
}

func (o *Organization) addNode(e object) {
	n := &node{id: e.str("Id"), name: e.str("Name"), parent: e.str("ParentId"), state: e.str("State")}
	if n.state == "" {
		n.state = e.str("Status")
	}
	switch {
	case n.id == "":
		o.spoil("Nodes has an element without Id: correct it")
	case o.isRoot(n.id): // the root again, as a node: Roots has said all
	case o.nodes[n.id] != nil:
		o.find("Nodes has %.60q twice: keep one", n.id)
		o.nodes[n.id].twice = true
	default:
		o.nodes[n.id] = n
		o.order = append(o.order, n.id)
	}
}

func (o *Organization) isRoot(id string) bool {
	for _, r := range o.roots {
		if r.id == id {
			return true
		}
	}
	return false
}

// checkParents looks for parents that are not there and for cycles, in file
// order, each said once.
func (o *Organization) checkParents() {
	if o.broken != "" {
		return
	}
	told := map[string]bool{twiceWord: true} // said when the node was read
	level := map[string]int{}                // of nodes that are known to lead to the root
	lost := map[string]bool{}                // nodes that do not: what is below one has its fault
	for _, id := range o.order {
		n := o.nodes[id]
		if above, ok := level[n.parent]; ok && !n.twice && above < maxLevels && !isAccountID(n.parent) {
			level[id] = above + 1
			continue
		}
		if lost[n.parent] {
			lost[id] = true
			continue
		}
		path, at, why := o.climb(id)
		for i, passed := range path {
			level[passed] = i
		}
		lost[id] = why != ""
		if why == "" || told[why] || told[at] {
			continue
		}
		told[at] = true
		if why == deepWord {
			told[why] = true
		}
		o.find("Nodes: %.60q %s: correct its ParentId", at, why)
	}
}

// maxLevels is far above what AWS allows (five levels of OUs).
const maxLevels = 64

// usualLevels are those of nearly every account: root, five levels of OUs, and
// the account.
const usualLevels = 7

const (
	twiceWord = "stands there twice"
	deepWord  = "is nested deeper than 64 levels"
)

// climb goes from a node up to the root. path is root first; at and why name
// the node where the way ends too early.
func (o *Organization) climb(id string) (path []string, at, why string) {
	path = make([]string, 0, usualLevels)
	for at = id; !o.isRoot(at); {
		n := o.nodes[at]
		switch {
		case slices.Contains(path, at):
			return nil, lowest(o.nodes, at), "is its own ancestor"
		case len(path) >= maxLevels:
			return nil, id, deepWord
		case n.twice:
			return nil, at, twiceWord
		case o.nodes[n.parent] == nil && !o.isRoot(n.parent):
			return nil, at, fmt.Sprintf("has the parent %.60q, which is not there", n.parent)
		case isAccountID(n.parent):
			return nil, at, "has an account as its parent"
		}
		path = append(path, at)
		at = n.parent
	}
	path = append(path, at)
	slices.Reverse(path)
	return path, "", ""
}

// lowest is the member of a cycle that sorts first, so that a cycle has one
// name wherever it was entered.
func lowest(nodes map[string]*node, at string) string {
	low := at
	for n := nodes[at].parent; n != at; n = nodes[n].parent {
		low = min(low, n)
	}
	return low
}
