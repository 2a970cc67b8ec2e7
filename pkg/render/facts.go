package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// facts are the rows under the quote: what was wanted, what came instead, what
// was nearest, and by what it is known.
func (n namer) facts(c *report.Cause) []Fact {
	would, rest := n.evidence(c)
	if (c.Code == "caller.wrong_identity" || c.Code == "caller.chained_session") && len(would.Values) > 0 {
		return []Fact{would}
	}
	wanted, got := n.wanted(c), n.got(c)
	var facts []Fact
	add := func(f Fact) {
		if len(f.Values) > 0 {
			facts = append(facts, f)
		}
	}
	if c.Condition.Key != "" && len(c.Quote.Lines) == 0 {
		add(Fact{Label: n.w.test, Values: values(join(" ", c.Condition.Operator, c.Condition.Key))})
	}
	wants, gets := n.labels(c)
	if c.Code != "platform.session_duration" { // single digits of two numbers say nothing
		n.point(c, wanted, got)
	}
	if strings.EqualFold(c.Condition.Key, "aws:MultiFactorAuthAge") || c.Code == "platform.session_duration" {
		n.timed(wanted)
		n.timed(got)
	}
	add(Fact{Label: wants, Values: wanted})
	add(Fact{Label: gets, Tone: gotTone(c), Values: n.noted(c, got)})
	if near := c.Detail.Nearest; near != "" && !holds(wanted, near) && near != c.Detail.Got && !filledIn(c) && c.Code != "trust.session_arn" && c.Layer != "evidence" {
		if slices.Contains(provided, c.Code) {
			if trusts := &rest[0]; !holds(trusts.Values, near) {
				trusts.Values = append(values(near), trusts.Values...)
			}
		} else if !holds(rest[0].Values, near) {
			add(Fact{Label: n.nearLabel(c), Values: values(near)})
		}
	}
	for _, f := range append(rest[:1:1], would, rest[1]) {
		add(f)
	}
	for i := range facts {
		facts[i].More = n.w.more
	}
	return facts
}

// timed puts the unit behind numbers of seconds.
func (n namer) timed(list []Value) {
	for i, v := range list {
		if v.Text != "" && v.Text[len(v.Text)-1] >= '0' && v.Text[len(v.Text)-1] <= '9' {
			list[i].Text = fmt.Sprintf(n.w.seconds, v.Text)
		}
	}
}

// filledIn says that what is wanted is the nearest with the caller's own values in
// the place of its variables.
func filledIn(c *report.Cause) bool {
	return strings.Contains(c.Detail.Nearest, "${") && c.Detail.Wanted != "" && c.Detail.Wanted != c.Detail.Nearest
}

// provided are the causes where nobody of the caller's kind is trusted.
var provided = []string{"trust.federated_only", "trust.service_only"}

// labels are those of what a policy says and of what the call was.
func (n namer) labels(c *report.Cause) (wants, gets string) {
	switch {
	case slices.Contains(otherAction, c.Code) && c.Condition.Key == "":
		return n.w.permits, n.w.needs
	case c.Code == "platform.session_duration":
		return n.w.atMost, n.w.asked
	case strings.HasSuffix(c.Code, ".account_suspended"):
		return n.w.wanted, n.w.state
	case c.Layer == "role":
		return n.w.near, n.w.got // a name that there is, instead of the one asked for
	}
	return n.w.wanted, n.w.got
}

// nearLabel is that of the policy which AWS's message names, or of what is
// nearest.
func (n namer) nearLabel(c *report.Cause) string {
	for _, e := range c.Evidence {
		if e.Origin == "rule:certainty" && e.Fact == "message" {
			return n.w.named
		}
	}
	return n.w.near
}

// gotTone is doubtful where the call's value is not known.
func gotTone(c *report.Cause) Tone {
	if state := c.Condition.GotState; state == "unknown" || state == "present_unknown" {
		return Doubt
	}
	return Bad
}

// evidence are the rows of which identity would work, of who is trusted, and by
// what the rest is known, which is [Fact.Proof]. Evidence that the sentence, the
// head of the cause or another row tells is left out.
func (n namer) evidence(c *report.Cause) (would Fact, rest []Fact) {
	trusts, seen := Fact{Label: n.w.trusts}, Fact{Label: n.w.seen, Tone: Faint, Proof: true}
	would = Fact{Label: n.w.would, Tone: Good}
	for _, e := range c.Evidence {
		switch e.Origin {
		case "rule:certainty", "rule:effect", "rule:nearest", "rule:until", levelOrigin:
		case "estate:trusts":
			if e.Fact != c.Detail.Wanted && e.Fact != c.Detail.Got && c.Code != "trust.session_arn" {
				trusts.Values = append(trusts.Values, Value{Text: e.Fact})
			}
		case "estate:would":
			would.Values = append(would.Values, Value{Text: e.Fact})
		default:
			if !n.tells(c, e.Fact) && c.Layer != "evidence" {
				seen.Values = append(seen.Values, Value{Text: e.Fact, Note: n.origin(e.Origin)})
			}
		}
	}
	return would, []Fact{trusts, seen}
}

// tells says whether a piece of evidence is what the call is shown to have had.
func (n namer) tells(c *report.Cause, fact string) bool {
	is := c.Condition.Key + " "
	return fact == is+c.Condition.GotState || slices.ContainsFunc(n.got(c), func(v Value) bool {
		return fact == v.Text || fact == is+v.Text
	})
}

// noted puts the origin of what the call had beside it.
func (n namer) noted(c *report.Cause, got []Value) []Value {
	for _, e := range c.Evidence {
		for i := range got {
			is := c.Condition.Key + " "
			if e.Fact == got[i].Text || e.Fact == is+got[i].Text || e.Fact == is+c.Condition.GotState {
				got[i].Note = n.origin(e.Origin)
				if ref, ok := strings.CutPrefix(e.Origin, "event:"); ok && c.Condition.GotState == "unknown" && got[i].Text == n.w.unknownValue {
					got[i].Note = fmt.Sprintf(n.w.wouldBe, ref)
				}
			}
		}
	}
	return got
}

// origin words where a fact is from: "from the event: awsRegion".
func (n namer) origin(s string) string {
	kind, ref, _ := strings.Cut(s, ":")
	if format, ok := n.w.origins[kind]; ok {
		return fmt.Sprintf(format, ref)
	}
	return s
}

func holds(list []Value, text string) bool {
	return slices.ContainsFunc(list, func(v Value) bool { return v.Text == text })
}

// got are the request's values, or a word where there is none, or none that is
// shown.
func (n namer) got(c *report.Cause) []Value {
	if strings.EqualFold(c.Condition.Key, "sts:ExternalId") && c.Condition.GotState == "present" {
		return values(n.w.other)
	}
	switch c.Condition.GotState {
	case "absent":
		return values(n.w.absent)
	case "unknown":
		if c.Detail.Got != "" && (c.Code == "trust.mfa_missing" || c.Code == "trust.source_ip") {
			return values(c.Detail.Got)
		}
		if c.Certainty == "proved" {
			return values(n.w.noneWould)
		}
		return values(n.w.unknownValue)
	case "present_unknown":
		if c.Detail.Got != "" && c.Code == "trust.mfa_too_old" {
			return values(c.Detail.Got)
		}
		if c.Certainty == "proved" {
			return values(n.w.noneWould)
		}
		return values(n.w.unrecorded)
	}
	if len(c.Condition.Got) > 0 {
		return values(c.Condition.Got...)
	}
	if c.Detail.Got != "" {
		return values(c.Detail.Got)
	}
	return nil
}

// explicit tells a Deny, by the layer that it decided.
func (n namer) explicit(c *report.Cause) bool {
	for i := range n.r.Layers {
		l := &n.r.Layers[i]
		if l.Explicit && l.Layer == c.Layer && l.Policy == c.Policy && l.Statement == c.Statement {
			return true
		}
	}
	for _, e := range c.Evidence {
		if e.Origin == "rule:effect" {
			return true
		}
	}
	return strings.HasSuffix(c.Code, "explicit_deny")
}

func values(texts ...string) []Value {
	list := make([]Value, len(texts))
	for i, t := range texts {
		list[i].Text = t
	}
	return list
}

// point marks where the one value that was wanted and the one that came differ.
// Marks under nearly all of a value point at nothing and are left out.
func (n namer) point(c *report.Cause, wanted, got []Value) {
	shown := c.Condition.GotState == "" || c.Condition.GotState == "present"
	if i := slices.IndexFunc(wanted, func(v Value) bool { return v.Text == c.Detail.Nearest }); len(wanted) > 1 && c.Detail.Kind != "" && i >= 0 {
		wanted = wanted[i : i+1] // the one that is meant
	}
	if len(wanted) != 1 || len(got) != 1 || !shown || got[0].Text == n.w.other {
		return
	}
	if w := wanted[0].Text; w != c.Detail.Wanted && !slices.Contains(c.Condition.Wanted, w) {
		return // words about the value
	}
	left, right := report.Differences(report.Literally(c.Condition.Operator, wanted[0].Text), got[0].Text)
	if tight(left, wanted[0].Text) && tight(right, got[0].Text) {
		wanted[0].Diff, got[0].Diff = ranges(left), ranges(right)
	}
}

func ranges(list [][2]int) []Range {
	var out []Range
	for _, d := range list {
		out = append(out, Range{d[0], d[1]})
	}
	return out
}

// tight tells that marks leave a good part of a text alone.
func tight(marks [][2]int, text string) bool {
	n := 0
	for _, m := range marks {
		n += m[1] - m[0]
	}
	return 4*n <= 3*len(text)
}
