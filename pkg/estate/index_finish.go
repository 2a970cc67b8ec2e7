package estate

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// foreign is said of an element that belongs in another account's folder.
const foreign = "belongs to another account"

// finish judges the elements of a list and builds its indexes.
func (d *details) finish(f File, l *list) {
	sh := l.shape
	if !l.seen && l.lost == nil {
		d.findings = append(d.findings, Finding{f.Name, fmt.Sprintf(
			"has no %s: put the whole output of aws iam get-account-authorization-details there (an empty list is [])", sh.list)})
		l.lose(d.account, evidence.NotRead, f.Name+" has no "+sh.list)
	}
	tally := faults{}
	l.byName = make(map[string]int, len(l.entries))
	l.byID = make(map[string]int, len(l.entries))
	lower := make(map[string]int, len(l.entries))
	for i := range l.entries {
		en := &l.entries[i]
		en.judge(d.account, sh)
		if en.fault != "" {
			tally.add(i, en, en.fault)
			d.foreign = d.foreign || en.fault == foreign
			// It may be the one that is asked for.
			l.lose(d.account, evidence.Unreadable, f.Name+": an element of "+sh.list+" "+en.fault)
			continue
		}
		if en.odd != "" {
			tally.add(i, en, en.odd)
		}
		if l.add(i) {
			tally.add(i, en, "stands there twice, differently")
			continue
		}
		key := strings.ToLower(l.key(en))
		if j, ok := lower[key]; ok && l.key(&l.entries[j]) != l.key(en) {
			tally.add(i, en, "differs only in case from another one, which IAM does not allow in one account")
		}
		lower[key] = i
	}
	for _, t := range tally.all {
		d.findings = append(d.findings, Finding{f.Name, t.say(sh, len(l.entries))})
	}
}

// close notes what is lost. A file with an element of another account may be
// that account's: then no list in it says what this one lacks.
func (d *details) close(f File) {
	if d.foreign {
		d.loseAll(evidence.Unreadable, f.Name+" has what belongs to another account")
	}
	for i := range d.lists {
		if lost := d.lists[i].lost; lost != nil {
			d.gaps = append(d.gaps, *lost)
		}
	}
}

// key is what an element is looked up by: policies by ARN, since AWS's own and
// the account's may share a name.
func (l *list) key(en *entry) string {
	if l.shape.part == partPolicies {
		return en.arn
	}
	return en.name
}

// add indexes an element; true when another one of the same name or id says
// something else, which makes both unusable. Equal copies, as overlapping
// pages have them, are one.
func (l *list) add(i int) (clash bool) {
	en := &l.entries[i]
	for _, m := range []struct {
		index map[string]int
		key   string
	}{{l.byName, l.key(en)}, {l.byID, en.id}} {
		j, ok := m.index[m.key]
		switch {
		case m.key == "":
		case !ok:
			m.index[m.key] = i
		case j < 0 || !bytes.Equal(l.entries[j].raw, en.raw):
			m.index[m.key] = -1
			clash = true
		}
	}
	return clash
}

// find looks an element up. When it is not there, the gap says why it may
// exist all the same; without gap and entry it does not exist.
func (l *list) find(index map[string]int, key, account string) (at int, gap *evidence.Gap) {
	i, ok := index[key]
	switch {
	case ok && i >= 0:
		return i, nil
	case ok:
		g := newGap(l.shape.part, account, key, evidence.Unreadable, "it stands twice in the file, differently")
		return -1, &g
	case l.lost != nil:
		g := *l.lost
		g.Subject = key
		return -1, &g
	}
	return -1, nil
}

// faults are counted by kind, in order of first sight, so that two thousand
// roles in the wrong folder are one line.
type faults struct {
	all []fault
}

type fault struct {
	text, first string
	n           int
}

func (t *faults) add(i int, en *entry, text string) {
	for k := range t.all {
		if t.all[k].text == text {
			t.all[k].n++
			return
		}
	}
	first := en.arn
	if first == "" {
		first = en.name
	}
	if first == "" {
		first = fmt.Sprintf("number %d", i+1)
	}
	t.all = append(t.all, fault{text, first, 1})
}

func (t fault) say(sh *shape, all int) string {
	if t.n == 1 {
		return fmt.Sprintf("%s: the %s %.300q %s: correct it or write the file again", sh.list, sh.noun, t.first, t.text)
	}
	return fmt.Sprintf("%s: each of %d out of %d %s: correct them or move the file to the right folder (first: %.300q)",
		sh.list, t.n, all, t.text, t.first)
}
