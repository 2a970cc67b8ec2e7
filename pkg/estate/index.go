package estate

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// shape is how one list of the authorization details names things
// (IAM API: UserDetail, GroupDetail, RoleDetail, ManagedPolicyDetail).
type shape struct {
	list, name, id string
	kind           string   // resource type in the ARN
	part           string   // in estate.json
	noun           string   // in findings
	members        []string // that say what the element may do or be
}

var shapes = [...]shape{
	{"UserDetailList", "UserName", "UserId", "user", partUsers, "user", []string{
		"UserId", "UserPolicyList", "AttachedManagedPolicies", "PermissionsBoundary", "GroupList", "Tags",
	}},
	{"GroupDetailList", "GroupName", "GroupId", "group", partGroups, "group", []string{
		"GroupId", "GroupPolicyList", "AttachedManagedPolicies",
	}},
	{"RoleDetailList", "RoleName", "RoleId", "role", partRoles, "role", []string{
		"RoleId", "RolePolicyList", "AttachedManagedPolicies", "PermissionsBoundary", "AssumeRolePolicyDocument", "Tags",
	}},
	{"Policies", "PolicyName", "PolicyId", "policy", partPolicies, "policy", []string{"PolicyVersionList", "DefaultVersionId"}},
}

// meant is the member of AWS's that a name is another spelling of, in other
// letters' case or with marks between its words; "" when it is none, or that
// member itself. What stands under it is not read, and must not pass for not
// being there.
func (sh *shape) meant(key []byte) string { return meant(key, sh.members...) }

func meant(key []byte, members ...string) string {
	for _, m := range members {
		if len(key) >= len(m) && len(key) <= 2*len(m) && string(key) != m && sameWord(key, m) {
			return m
		}
	}
	return ""
}

// sameWord compares letters only, in any case.
func sameWord(key []byte, word string) bool {
	n := 0
	for _, c := range key {
		switch low := c | 0x20; {
		case low < 'a' || low > 'z':
		case n == len(word) || low != word[n]|0x20:
			return false
		default:
			n++
		}
	}
	return n == len(word)
}

// Places of the lists in shapes and in details.
const (
	users = iota
	groups
	roles
	policies
)

// entry is one element of a list, not decoded yet.
type entry struct {
	name, path, arn, id string
	raw                 []byte
	fault               string // why it cannot be used
	odd                 string // a member that is spelled otherwise, and how AWS writes it
}

// list is one indexed list. Elements that are not there do not exist, unless
// lost says that there may be more than was read.
type list struct {
	shape   *shape
	seen    bool
	entries []entry
	byName  map[string]int // by ARN for policies; -1 when two differ under one name
	byID    map[string]int
	lost    *evidence.Gap
}

// lose notes that the list may be longer than what was read. The first reason
// stays.
func (l *list) lose(account string, why evidence.Why, detail string) {
	if l.lost == nil {
		g := newGap(l.shape.part, account, "", why, detail)
		l.lost = &g
	}
}

// details is an indexed authorization-details.json.
type details struct {
	account  string
	lists    [4]list
	findings []Finding
	gaps     []evidence.Gap
	cells    cells
	foreign  bool // some element belongs to another account
}

// readDetails indexes a file: name, path, id, ARN and place of each element.
// What stands before a fault in the text counts, all behind it is a gap.
func readDetails(account string, f File) *details {
	d := &details{account: account}
	for i := range d.lists {
		d.lists[i].shape = &shapes[i]
	}
	if !f.Found && f.Problem == "" {
		d.loseAll(evidence.NotRead, f.Name+" is not there")
	} else if data, problem := plain(f); problem != "" {
		d.broken(f, problem)
	} else {
		d.scan(f, data)
	}
	for i := range d.lists {
		d.finish(f, &d.lists[i])
	}
	d.close(f)
	d.cells.size(d)
	return d
}

// broken is a file that says nothing (more).
func (d *details) broken(f File, problem string) {
	d.findings = append(d.findings, Finding{File: f.Name, Text: problem})
	d.loseAll(evidence.Unreadable, f.Name+" "+problem)
}

func (d *details) loseAll(why evidence.Why, detail string) {
	for i := range d.lists {
		d.lists[i].lose(d.account, why, detail)
	}
}

func (d *details) scan(f File, data []byte) {
	s := &scanner{data: data}
	if c := s.peek(); c == '[' || c == '"' {
		d.broken(f, "holds no JSON object at its top: put the whole output of aws iam get-account-authorization-details there")
		return
	}
	truncated, said, marker := false, false, false
	err := s.object(func(key []byte) error {
		for i := range d.lists {
			if string(key) == shapes[i].list {
				return d.scanList(f, s, &d.lists[i])
			}
		}
		if !sameWord(key, "IsTruncated") && !sameWord(key, "NextToken") && !sameWord(key, "Marker") {
			return s.skip()
		}
		v, err := s.value()
		if sameWord(key, "Marker") {
			marker = marker || !isNo(v)
			return err
		}
		said = said || sameWord(key, "IsTruncated")
		truncated = truncated || !isNo(v)
		return err
	})
	if err == nil {
		err = s.end()
	}
	if err != nil {
		d.broken(f, describe(data, err))
	}
	if truncated || marker && !said { // IsTruncated says what a marker means
		d.loseAll(evidence.Truncated, f.Name+" is one page of several")
	}
}

// isNo is a value that says that there is no further page.
func isNo(v []byte) bool {
	return bytes.Equal(v, []byte("false")) || bytes.Equal(v, []byte("null")) || bytes.Equal(v, []byte(`""`))
}

func (d *details) scanList(f File, s *scanner, l *list) error {
	if l.seen {
		d.findings = append(d.findings, Finding{f.Name, fmt.Sprintf("has %s twice: keep one", l.shape.list)})
		l.lose(d.account, evidence.Unreadable, l.shape.list+" stands there twice")
	}
	if c := s.peek(); c != '[' {
		v, err := s.value()
		if err == nil && !bytes.Equal(v, []byte("null")) {
			d.findings = append(d.findings, Finding{f.Name, l.shape.list + " is no list: write the file again"})
			l.lose(d.account, evidence.Unreadable, l.shape.list+" is no list")
			l.seen = true
		}
		return err
	}
	l.seen = true
	return s.array(func() error {
		en, err := scanEntry(s, l.shape)
		if err == nil {
			l.entries = append(l.entries, en)
		}
		return err
	})
}

func scanEntry(s *scanner, sh *shape) (entry, error) {
	var en entry
	c := s.peek()
	from := s.pos
	if c != '{' {
		en.fault = "is no object"
		return en, s.skip()
	}
	err := s.object(func(key []byte) error {
		var to *string
		switch {
		case string(key) == sh.name:
			to = &en.name
		case string(key) == sh.id:
			to = &en.id
		case string(key) == "Path":
			to = &en.path
		case string(key) == "Arn":
			to = &en.arn
		default:
			if m := sh.meant(key); m != "" && en.odd == "" {
				en.odd = fmt.Sprintf("has %.60q where AWS writes %s", key, m)
			}
			return s.skip()
		}
		v, err := s.value()
		if err == nil {
			*to, _ = text(v)
		}
		return err
	})
	en.raw = s.data[from:s.pos:s.pos]
	return en, err
}

// judge says what is wrong with an element, so far as its name tells.
func (en *entry) judge(account string, sh *shape) {
	a, ok := arn.Parse(en.arn)
	tail, isKind := strings.CutPrefix(a.Resource, sh.kind)
	switch {
	case en.fault != "":
	case strings.ContainsRune(en.name+en.path+en.arn+en.id, utf8.RuneError):
		en.fault = "has a name, path, id or Arn that is not valid UTF-8: write the file again"
	case en.name == "":
		en.fault = "has no " + sh.name
	case en.arn == "":
		en.fault = "has no Arn"
	case !ok || a.Service != "iam" || !isKind || !strings.HasSuffix(tail, "/"+en.name):
		en.fault = "has an Arn that does not fit its name"
	case en.path != "" && tail != en.path+en.name:
		en.fault = "has an Arn that does not fit its path"
	case a.Account != account && (sh.part != partPolicies || a.Account != "aws"):
		en.fault = foreign
	}
	if en.path == "" {
		en.path = strings.TrimSuffix(tail, en.name)
	}
}
