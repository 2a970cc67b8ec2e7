package estate

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// Folder is one account of the estate. Read gives one of its files; it is
// called at most once for each, on first use, and must be safe for concurrent
// calls for different parts. A nil Read has no files.
type Folder struct {
	ID      string
	Read    func(Part) File
	Partial Partial // of an account that was not read as a whole
}

// Source is what an estate was read from, so that it can be said what would have
// to be done to read more: put it into the files, or let AWS be read.
type Source string

// The sources. Empty: nothing was read, or it is not said from what.
const (
	FromFiles Source = "files"
	FromAWS   Source = "aws"
)

// Parts are what a collector hands over.
type Parts struct {
	Manifest     File // estate.json
	Organization File // organization.json
	// Asked are the accounts that Organization was read for; of others it does
	// not say whether they are members. Nil: it is the whole organization.
	Asked    []string
	Accounts []Folder
	Source   Source
	Findings []Finding      // what the collector could not read
	Gaps     []evidence.Gap // what that makes unknown
}

// Estate is all that is known. The zero value knows nothing: every account and
// the organization are gaps.
type Estate struct {
	manifest *manifest
	orgFile  File
	asked    []string
	source   Source
	org      lazy[orgResult]
	accounts []*Account // sorted by id
	findings []Finding
	gaps     []evidence.Gap
}

// New makes an estate. Nothing but estate.json is read here: all else on first
// use. Of two folders with one id the first counts.
func New(p Parts) *Estate {
	e := &Estate{
		manifest: readManifest(p.Manifest),
		orgFile:  p.Organization,
		asked:    slices.Clone(p.Asked),
		source:   p.Source,
		findings: slices.Clone(p.Findings),
		gaps:     slices.Clone(p.Gaps),
	}
	for _, f := range p.Accounts {
		if f.Read == nil {
			f.Read = func(Part) File { return File{} }
		}
		e.accounts = append(e.accounts, &Account{id: f.ID, estate: e, read: f.Read, partial: f.Partial})
	}
	slices.SortStableFunc(e.accounts, func(a, b *Account) int { return strings.Compare(a.id, b.id) })
	e.accounts = slices.CompactFunc(e.accounts, func(a, b *Account) bool { return a.id == b.id })
	return e
}

// Fixed is a folder of files that are in memory already.
func Fixed(id string, files map[Part][]byte) Folder {
	return Folder{ID: id, Read: func(p Part) File {
		data, ok := files[p]
		return File{Name: "accounts/" + id + "/" + FileName(p), Found: ok, Data: data}
	}}
}

// FileName is the name of a part in an account's folder.
func FileName(p Part) string {
	return [...]string{"authorization-details.json", "identity-providers.json", "vpc-endpoints.json"}[p]
}

// known is estate.json, also of the zero Estate.
func (e *Estate) known() *manifest {
	if e == nil || e.manifest == nil {
		return &manifest{}
	}
	return e.manifest
}

// Account is what is known of an account; an account without a folder is a
// gap, never absent.
func (e *Estate) Account(id string) evidence.Fact[*Account] {
	if e != nil {
		i, ok := slices.BinarySearchFunc(e.accounts, id, func(a *Account, id string) int { return strings.Compare(a.id, id) })
		if ok {
			return evidence.Known(e.accounts[i])
		}
		for _, g := range e.gaps {
			if g.Code == "account" && (g.Account == id || g.Account == "") {
				g.Account = id
				return evidence.Lacking[*Account](g)
			}
		}
	}
	for _, h := range e.known().holes {
		if h.account == id && id != "" && h.part != partOrganization && h.part != partHistory {
			return evidence.Lacking[*Account](h.gapOf(id, "", ""))
		}
	}
	return evidence.Lacking[*Account](newGap("", id, "", evidence.NotRead, ""))
}

// Accounts are all that have a folder, sorted by id. Their files are read when
// they are asked for something.
func (e *Estate) Accounts() []*Account {
	if e == nil {
		return nil
	}
	return slices.Clone(e.accounts)
}

// Given says whether anything was handed over to know from, if only an empty
// directory.
func (e *Estate) Given() bool { return e != nil && e.manifest != nil }

// Source is what it was read from.
func (e *Estate) Source() Source {
	if e == nil {
		return ""
	}
	return e.source
}

// ReadAt is when the estate was read, in UTC; zero when not known.
func (e *Estate) ReadAt() time.Time { return e.known().readAt }

// Gaps are those of estate.json in its order, those of the collector, and
// those of the files read so far: a file that nobody asked for has none yet.
func (e *Estate) Gaps() []evidence.Gap {
	var all []evidence.Gap
	for _, h := range e.known().holes {
		all = append(all, h.gap)
	}
	if e == nil {
		return all
	}
	all = append(all, e.gaps...)
	if o, ok := e.org.made(); ok {
		all = append(all, o.gaps...)
	}
	for _, a := range e.accounts {
		all = append(all, a.gaps()...)
	}
	return all
}

// Findings are what could not be read or does not hold together, of
// estate.json, the collector, the organization and the account files read so
// far, sorted by file. Files that nobody asked for are not read for it: see
// ReadAll.
func (e *Estate) Findings() []Finding {
	all := slices.Clone(e.known().findings)
	if e == nil {
		return all
	}
	all = append(all, e.findings...)
	if o, ok := e.org.made(); ok {
		all = append(all, o.findings...)
	}
	for _, a := range e.accounts {
		all = append(all, a.findings()...)
	}
	slices.SortStableFunc(all, func(a, b Finding) int { return strings.Compare(a.File, b.File) })
	return trim(all)
}

// maxFindings of one file are told; the rest is one more line.
const maxFindings = 20

func trim(all []Finding) []Finding {
	var out []Finding
	for i := 0; i < len(all); {
		n := 1
		for i+n < len(all) && all[i+n].File == all[i].File {
			n++
		}
		out = append(out, all[i:i+min(n, maxFindings)]...)
		if n > maxFindings {
			out = append(out, Finding{all[i].File, fmt.Sprintf("and %d more findings", n-maxFindings)})
		}
		i += n
	}
	return out
}

// ReadAll reads every file, so that Findings and Gaps are those of the whole
// estate.
func (e *Estate) ReadAll() {
	if e == nil {
		return
	}
	e.Organization()
	for _, a := range e.accounts {
		a.readAll()
	}
}
