package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// Tree gives the parts of an explanation in the order in which they are read:
// what happened and what to do, the proof, what is not known. Parts that a
// report has nothing for are left out; no cause ever is.
func Tree(r *report.Report) []Block {
	n := namer{r, wordsOf(r.Lang)}
	blocks := []Block{n.head()}
	if l := n.lead(); l.Headline+l.Next != "" {
		blocks = append(blocks, l)
	}
	c := n.chain()
	if len(c.Hops) > 0 {
		blocks = append(blocks, c)
	}
	for i := range r.Causes {
		blocks = append(blocks, n.cause(&r.Causes[i]))
	}
	for i := range r.Remedies {
		blocks = append(blocks, n.remedies(&r.Remedies[i])...)
	}
	if s := n.said(len(c.Hops) > 0); s.Text != "" {
		blocks = append(blocks, s)
	}
	if u := n.unknowns(); len(n.r.Gaps) > 0 || n.r.Verdict != "undetermined" && n.r.Verdict != "" {
		blocks = append(blocks, u)
	}
	if r.Trace != nil {
		blocks = append(blocks, n.trace(r.Trace))
	}
	if f := n.foot(); len(f.Items) > 0 {
		blocks = append(blocks, f)
	}
	return blocks
}

// Again gives the parts of a report that says the same as one before it: which
// call it was, and that it was told.
func Again(r *report.Report) []Block {
	n := namer{r, wordsOf(r.Lang)}
	blocks := []Block{n.head(), Lead{Headline: n.w.again}}
	if r.Incident != "" {
		blocks = append(blocks, Foot{Items: []string{fmt.Sprintf(n.w.incident, r.Incident)}})
	}
	return blocks
}

func (n namer) head() Head {
	h := Head{Word: n.w.verdicts[n.r.Verdict], Role: n.roleIn(), Time: moment(n.r.Event.Time)}
	h.Caller, _ = n.caller()
	switch n.r.Verdict {
	case "denied", "not_a_policy_denial":
		h.Tone = Bad
	case "allowed_now":
		h.Tone = Good
		if n.r.Event.Name == report.Simulate {
			h.Word = n.w.allowed
		}
	case "undetermined":
		h.Tone = Doubt
		if n.r.Event.Name != report.Simulate { // AWS has denied it
			h.Word = n.w.unexplained
		}
	default:
		h.Tone, h.Word = Doubt, n.w.verdicts["undetermined"]
	}
	return h
}

// lead says what to do by the first remedy, which is proved, where there is one.
func (n namer) lead() Lead {
	l := Lead{Headline: n.r.Headline, Label: n.w.first, Next: n.r.Next}
	if len(n.r.Remedies) > 0 {
		l.Next = n.r.Remedies[0].Title
	}
	return l
}

// said is AWS's own message, where it is all there is to go by, or says
// something else than the answer does; told is whether there is a chain.
func (n namer) said(told bool) Said {
	m := n.r.AWSSays.Message
	if n.r.Verdict == "not_a_policy_denial" || n.r.AWSSays.Agrees == "no" || !told || n.byMessage() {
		return Said{Label: n.w.says, Text: m}
	}
	return Said{}
}

// byMessage says that the answer rests on AWS's message alone.
func (n namer) byMessage() bool {
	for i := range n.r.Causes {
		for _, e := range n.r.Causes[i].Evidence {
			if e.Origin == "rule:certainty" && e.Fact == "message" {
				return true
			}
		}
	}
	return false
}

func (n namer) remedies(r *report.Remedy) []Block {
	owner := n.account(r.Account)
	if owner == "" {
		owner = term(n.w.owners, r.Owner)
	}
	if r.OwnerName != "" {
		owner = fmt.Sprintf(n.w.ownerNamed, owner, r.OwnerName)
	}
	proof := n.w.claimed
	if r.Verified && r.Sufficient {
		proof = n.w.proved
	}
	block := Remedy{Word: n.w.fix, Where: owner + ", " + proof, Title: r.Title, Risk: r.Risk}
	for i := range r.Changes {
		if cli := r.Changes[i].CLI; cli != "" {
			block.Command = append(block.Command, strings.Split(cli, "\n")...)
		}
	}
	return []Block{block}
}

// unknowns puts first what could change the answer: what touches a layer, where
// no cause is proved. A proved cause denies whatever the rest may be; then a gap
// can only hide another. Where evidence is what is missing, every gap counts.
//
// What without effect is left is for a reader who asks for all.
func (n namer) unknowns() Unknowns {
	u := Unknowns{Word: n.w.gaps, Sum: n.w.nothing}
	touching := Gaps{Tone: Doubt}
	if slices.ContainsFunc(n.r.Causes, func(c report.Cause) bool { return c.Certainty == "proved" }) {
		touching, u.Settled = Gaps{Title: n.w.asWell}, true
	}
	blind := n.blind()
	notes, later := Gaps{Title: n.w.notes}, Gaps{Title: n.w.later}
	rest := Gaps{Title: n.w.besides, Tone: Faint}
	for i := range n.r.Gaps {
		if n.inFoot(&n.r.Gaps[i], blind) || u.Settled && n.r.Gaps[i].Code == "message" && n.r.AWSSays.Agrees == "no" {
			continue // AWS's own reason stands in the headline, too
		}
		g := Gap{What: n.r.Gaps[i].What, Settle: n.r.Gaps[i].Settle}
		if g.What == "" {
			g.What = join(" ", n.r.Gaps[i].Code, n.r.Gaps[i].Subject, n.r.Gaps[i].Key)
		}
		switch {
		case slices.Contains(touching.List, g) || slices.Contains(rest.List, g): // alike but for what they affect
		case n.r.Gaps[i].Code == "quarantine":
			notes.List = append(notes.List, g)
		case n.r.Gaps[i].Code == "afterwards":
			later.List = append(later.List, g)
		case blind && n.r.Gaps[i].Code != "companion" || len(n.r.Gaps[i].Affects) > 0:
			touching.List = append(touching.List, g)
		default:
			rest.List = append(rest.List, g)
		}
	}
	switch count := len(touching.List); {
	case touching.Tone != Doubt || count == 0:
	case count == 1:
		u.Sum = n.w.oneGap
	default:
		u.Sum = fmt.Sprintf(n.w.manyGaps, count)
	}
	u.Groups = slices.DeleteFunc([]Gaps{touching, notes, later, rest}, func(g Gaps) bool { return len(g.List) == 0 })
	return u
}

// join puts the parts that are not empty together.
func join(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
