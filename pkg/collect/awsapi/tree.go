package awsapi

import (
	"slices"

	"github.com/aws/aws-sdk-go-v2/service/organizations/types"
)

// organizationFile is organization.json.
type organizationFile struct {
	ID              string `json:"Id"`
	MasterAccountID string `json:"MasterAccountId"`
	Roots           []orgRoot
	Nodes           []orgNode
	Policies        []orgPolicy
	Attachments     []attachment
}

type orgRoot struct {
	ID          string        `json:"Id"`
	PolicyTypes *[]policyType `json:",omitempty"`
}

type policyType struct{ Type, Status string }

type orgNode struct {
	ID       string `json:"Id"`
	Name     string
	ParentID string `json:"ParentId"`
	State    string `json:",omitempty"`
}

type orgPolicy struct {
	ID              string `json:"Id"`
	Arn, Name, Type string
	AwsManaged      bool
	Content         string `json:",omitempty"`
}

type attachment struct {
	PolicyID string `json:"PolicyId"`
	TargetID string `json:"TargetId"`
}

func rootOf(r types.Root) orgRoot {
	list := []policyType{}
	for _, t := range r.PolicyTypes {
		list = append(list, policyType{string(t.Type), string(t.Status)})
	}
	return orgRoot{ID: text(r.Id), PolicyTypes: &list}
}

func orgPolicyOf(p *types.PolicySummary) orgPolicy {
	return orgPolicy{ID: text(p.Id), Arn: text(p.Arn), Name: text(p.Name), Type: string(p.Type), AwsManaged: p.AwsManaged}
}

// tree is what was read of the organization, for some accounts.
type tree struct {
	asked          []string
	id, management string
	fault          *fault // why nothing of it was read
	alone          string // where that is because there is none: the account that AWS said it of
	roots          []orgRoot
	rootsFault     *fault
	seen           string // the root that an account's path names
	nodes          map[string]orgNode
	policies       map[string]orgPolicy
	attachments    map[attachment]bool
	lostAccounts   map[string]*fault
	unattached     []lostTarget
}

// lostTarget is a target of which the policies of a type are not known.
type lostTarget struct {
	target, kind string
	fault        *fault
}

func newTree(accounts []string) *tree {
	return &tree{
		asked: accounts, nodes: map[string]orgNode{}, policies: map[string]orgPolicy{},
		attachments: map[attachment]bool{}, lostAccounts: map[string]*fault{},
	}
}

func (t *tree) lost(account string, f *fault) { t.lostAccounts[account] = f }

func (t *tree) add(n orgNode, parent string) {
	n.ParentID = parent
	t.nodes[n.ID] = n
}

func (t *tree) setParent(id, parent string) {
	n := t.nodes[id]
	n.ID = id
	if parent != "" {
		n.ParentID = parent
	}
	t.nodes[id] = n
}

func (t *tree) setName(id, name string) {
	n := t.nodes[id]
	n.Name = name
	t.nodes[id] = n
}

func (t *tree) attach(p orgPolicy, target string) {
	t.attachments[attachment{p.ID, target}] = true
	if have, ok := t.policies[p.ID]; !ok || have.Content == "" {
		t.policies[p.ID] = p
	}
}

// notAlone are the gaps of accounts of which it is not known that they are in no
// organization: AWS says it only of the account that asks.
func (t *tree) notAlone(read []string) []gap {
	var gaps []gap
	for _, id := range slices.Sorted(slices.Values(read)) {
		if id != t.alone {
			gaps = append(gaps, gap{id, "organization", "", t.fault.permission, t.fault.why()})
		}
	}
	return gaps
}

// document is organization.json, nil where there is none to write; the word of
// estate.json for it, and what is not known. read are the accounts that were
// read.
func (t *tree) document(read []string) (*organizationFile, string, []gap) {
	whole := func(f *fault) (*organizationFile, string, []gap) {
		return nil, "unknown", []gap{{"", "organization", "", f.permission, f.why()}}
	}
	switch {
	case t.fault != nil && t.fault.kind == noOrganization:
		if t.alone == "" {
			return whole(t.fault)
		}
		return nil, "none", t.notAlone(read)
	case t.fault != nil:
		return whole(t.fault)
	}
	o := &organizationFile{
		ID: t.id, MasterAccountID: t.management, Roots: t.roots, Nodes: t.complete(), Policies: sorted(t.policies), Attachments: []attachment{},
	}
	if len(o.Roots) == 0 && t.seen != "" {
		o.Roots = []orgRoot{{ID: t.seen}}
	}
	if len(o.Roots) == 0 {
		if f := t.any(); f != nil {
			return whole(f)
		}
	}
	for a := range t.attachments {
		if t.has(a.TargetID) {
			o.Attachments = append(o.Attachments, a)
		}
	}
	slices.SortFunc(o.Attachments, compareAttachments)
	return o, "known", t.gaps()
}

func compareAttachments(a, b attachment) int {
	if a.TargetID != b.TargetID {
		if a.TargetID < b.TargetID {
			return -1
		}
		return 1
	}
	if a.PolicyID < b.PolicyID {
		return -1
	}
	return 1
}

// complete are the nodes whose way up is known.
func (t *tree) complete() []orgNode {
	list := []orgNode{}
	for _, n := range sorted(t.nodes) {
		if n.ParentID != "" {
			list = append(list, n)
		}
	}
	return list
}

func (t *tree) has(target string) bool {
	if n, ok := t.nodes[target]; ok {
		return n.ParentID != ""
	}
	return target == t.seen || slices.ContainsFunc(t.roots, func(r orgRoot) bool { return r.ID == target })
}

// any is one of the faults that keep the tree from being known.
func (t *tree) any() *fault {
	for _, id := range t.asked {
		if f := t.lostAccounts[id]; f != nil {
			return f
		}
	}
	return t.rootsFault
}

// gaps are of accounts and of targets. A type that is not enabled has nothing
// to be attached.
func (t *tree) gaps() []gap {
	var gaps []gap
	for _, id := range t.asked {
		if f := t.lostAccounts[id]; f != nil {
			gaps = append(gaps, gap{"", "organization", id, f.permission, f.why()})
		}
	}
	for _, l := range t.unattached {
		if f := t.lostAccounts[l.target]; f == nil && t.has(l.target) && t.enabled(l.kind) {
			one := gap{"", "organization", l.target, l.fault.permission, l.fault.why()}
			if !slices.Contains(gaps, one) {
				gaps = append(gaps, one)
			}
		}
	}
	return gaps
}

// enabled says whether a policy type is, or may be, enabled.
func (t *tree) enabled(kind string) bool {
	if t.rootsFault != nil || len(t.roots) == 0 {
		return true
	}
	for _, r := range t.roots {
		for _, p := range *r.PolicyTypes {
			if p.Type == kind {
				return true
			}
		}
	}
	return false
}
