package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// refusedFirst are the causes beside which AWS asks no policy.
var refusedFirst = []string{"caller.root", "caller.federation_token"}

// unasked says that AWS refused the call before it asked any policy.
func (n namer) unasked() bool {
	return n.r.Verdict == "not_a_policy_denial" || slices.ContainsFunc(n.r.Causes, func(c report.Cause) bool {
		return c.Primary && slices.Contains(refusedFirst, c.Code)
	})
}

// idleRow is the row of a layer that AWS did not ask, and what it would say.
func (n namer) idleRow(l *report.Layer) Row {
	row := Row{Layer: term(n.w.layers, l.Layer), Word: n.w.notAsked, Tone: Faint}
	switch {
	case slices.ContainsFunc(n.r.Gaps, func(g report.Gap) bool { return g.Code == "afterwards" && g.Layer == l.Layer }):
		row.Note = n.w.wouldDeny
	case l.Result == "allows" && n.r.Verdict == "not_a_policy_denial":
		row.Note = n.w.wouldAllow
	}
	return row
}

// row puts one layer's word into one row.
func (n namer) row(l *report.Layer) Row {
	row := Row{Layer: term(n.w.layers, l.Layer)}
	if n.unasked() && l.Needed != "exempt" {
		return n.idleRow(l)
	}
	switch l.Result {
	case "allows":
		row.Word, row.Note = n.w.allows, n.decided(l)
	case "denies":
		n.denies(l, &row)
	case "none":
		row.Word, row.Tone = n.w.none, Faint
		if why, ok := n.idle(l); ok {
			row.Word, row.Note = n.w.dash, why
		}
	case "unknown":
		row.Word, row.Tone, row.Mark, row.Note = n.w.unknown, Doubt, Unclear, n.why(l)
	default:
		row.Word, row.Tone, row.Mark = l.Result, Doubt, Unclear
	}
	if l.Needed == "exempt" {
		row.Mark, row.Tone, row.Note = NoMark, Faint, term(n.w.exempt, l.Exempt)
		if l.Exempt == "service_caller" && n.r.Caller.Type != "AWSService" {
			row.Note = n.w.relayed
		}
		if l.Result != "none" || row.Note != "" {
			row.Word = n.w.dash
		}
	}
	return row
}

// idle says why a missing Allow does not count.
func (n namer) idle(l *report.Layer) (why string, ok bool) {
	switch l.Needed {
	case "no":
		return n.w.notNeeded, true
	case "depends":
		return n.w.depends, true
	}
	return "", false
}

// denies tells a refusal that counts from a missing Allow that nobody needs.
func (n namer) denies(l *report.Layer, row *Row) {
	row.Word, row.Tone, row.Mark = n.w.denies, Bad, Blocks
	why, idle := n.idle(l)
	switch {
	case l.Explicit:
		row.Note = n.denied(l)
	case idle:
		row.Word, row.Tone, row.Mark, row.Note = n.w.dash, Faint, NoMark, why
	default:
		row.Note = n.missing(l)
	}
}

// denied names the Deny that the first cause of the layer is about, and says how
// many more there are: the row and the causes below it speak of the same.
func (n namer) denied(l *report.Layer) string {
	own, count := *l, 0
	for i := range n.r.Causes {
		c := &n.r.Causes[i]
		if !n.of(c, l) {
			continue
		}
		if count == 0 {
			own.Policy, own.Statement = c.Policy, c.Statement
		}
		count++
	}
	if count < 2 {
		return n.decided(&own)
	}
	return join(", ", n.decided(&own), fmt.Sprintf(n.w.more, count-1))
}

// of says that a cause is a Deny of this layer, at this level. One that denies
// several authorizations of the call is a cause of one of them alone.
func (n namer) of(c *report.Cause, l *report.Layer) bool {
	same := c.Policy == l.Policy && c.Statement == l.Statement
	if c.Layer != l.Layer || c.Certainty == "possible" || c.Action != "" && c.Action != l.Action && !same || !n.explicit(c) {
		return false
	}
	return same || l.Layer != "scp" && l.Layer != "rcp" || c.Policy.AttachedTo == l.Target
}

// decided names the policy and statement that decided. A role has one trust
// policy and a caller one boundary, which need no name of their own.
func (n namer) decided(l *report.Layer) string {
	name := policyName(&l.Policy)
	switch at := n.level(l); {
	case l.Layer == "trust":
		name = ""
	case at != "":
		name = join(" ", name, fmt.Sprintf(n.w.attached, at))
	case name != "":
		name = fmt.Sprintf(n.w.policy, name)
	}
	return join(", ", name, n.statement(&l.Statement))
}

// level names the root, OU or account of an SCP or RCP, without its id where
// it has a name: rows are short.
func (n namer) level(l *report.Layer) string {
	if l.Layer != "scp" && l.Layer != "rcp" {
		return ""
	}
	at := l.Target
	if at == "" {
		at = l.Policy.AttachedTo
	}
	if name := n.levelName(at); name != "" {
		return name
	}
	return n.target(at)
}

// otherAction are the causes where somebody is let in, but not for this action.
var otherAction = []string{
	"trust.action_mismatch", "companion.tag_session", "companion.set_source_identity", "companion.set_context",
}

// missing says of an implicit deny what came nearest, by the first cause of
// the same layer.
func (n namer) missing(l *report.Layer) string {
	for i := range n.r.Causes {
		c := &n.r.Causes[i]
		if c.Layer != l.Layer || c.Action != "" && c.Action != l.Action || n.explicit(c) {
			continue
		}
		if at := c.Policy.AttachedTo; n.level(l) != "" && at != "" && at != l.Target {
			continue
		}
		switch near := c.Statement != (report.Statement{}); {
		case near && l.Layer == "vpce" && c.Detail.Kind == "other_principal":
			return fmt.Sprintf(n.w.otherCallers, statementName(&c.Statement))
		case c.Condition.Key != "":
			return join(", ", fmt.Sprintf(n.w.condition, statementName(&c.Statement), n.key(c.Condition.Key)), n.moreConditions(c))
		case near && l.Layer != "trust" && strings.Contains(c.Detail.Wanted, ":role/"):
			return fmt.Sprintf(n.w.otherRoles, statementName(&c.Statement))
		}
	}
	if at := n.level(l); at != "" {
		return fmt.Sprintf(n.w.levelNone, at)
	}
	if l.Layer == "identity" && slices.ContainsFunc(n.r.Causes, func(c report.Cause) bool {
		return c.Code == "caller.recreated" && c.Detail.Kind == "deleted"
	}) {
		return n.w.gone
	}
	if slices.ContainsFunc(n.r.Causes, func(c report.Cause) bool {
		return c.Layer == l.Layer && c.Action == l.Action && slices.Contains(otherAction, c.Code)
	}) {
		return fmt.Sprintf(n.w.allowNoneOf, l.Action)
	}
	if s := n.sharedCondition(l); s != "" {
		return s
	}
	if l.Layer == "trust" {
		return n.w.trustNone
	}
	return n.w.allowNone
}

// moreConditions counts the further conditions of the same statement that fail.
func (n namer) moreConditions(first *report.Cause) string {
	count := 0
	for i := range n.r.Causes {
		c := &n.r.Causes[i]
		if c.Layer == first.Layer && c.Action == first.Action && c.Policy == first.Policy && c.Statement == first.Statement &&
			c.Certainty != "possible" && c.Condition.Key != "" && c.Condition.Key != first.Condition.Key {
			count++
		}
	}
	if count == 0 {
		return ""
	}
	return fmt.Sprintf(n.w.more, count)
}

// sharedCondition is the condition that another authorization of the call fails
// in the same layer: one that two fail alike is told as a cause once.
func (n namer) sharedCondition(l *report.Layer) string {
	for i := range n.r.Causes {
		c := &n.r.Causes[i]
		if c.Layer == l.Layer && c.Action != l.Action && c.Condition.Key != "" && !n.explicit(c) {
			return fmt.Sprintf(n.w.condition, statementName(&c.Statement), n.key(c.Condition.Key))
		}
	}
	return ""
}

// why says what an unknown layer waits for.
func (n namer) why(l *report.Layer) string {
	var keys []string
	for i := range n.r.Gaps {
		g := &n.r.Gaps[i]
		if g.Layer != l.Layer && (g.Layer != "" || !slices.Contains(g.Affects, l.Layer)) {
			continue
		}
		switch {
		case g.Code == "unseen":
			return fmt.Sprintf(n.w.unseen, tail(g.Subject))
		case g.Code == "companion": // an action of its own, and not what this one depends on
		case g.Key != "":
			keys = append(keys, n.key(g.Key))
		case g.Code == "session_policy":
			return n.w.notInEvent
		default:
			return n.unread()
		}
	}
	for i := range n.r.Causes {
		if c := &n.r.Causes[i]; len(keys) == 0 && c.Layer == l.Layer && c.Condition.Key != "" {
			keys = append(keys, n.key(c.Condition.Key))
		}
	}
	switch {
	case len(keys) > 0:
		return fmt.Sprintf(n.w.dependsOn, n.and(keys))
	case n.r.Role.ARN == "":
		return n.w.needsRole
	case n.r.Caller.ARN == "":
		return n.w.needsCaller
	case slices.ContainsFunc(n.r.Gaps, func(g report.Gap) bool { return g.Code == "account" && g.Account == l.Account }):
		return n.unread()
	}
	return n.w.undecided
}

// unread says that policies could not be read, or that none were given.
func (n namer) unread() string {
	if n.r.Estate.Empty {
		return n.w.notGiven
	}
	return n.w.unread
}

// key is a condition key, in people's word where they have one.
func (n namer) key(key string) string { return term(n.w.keys, key) }

// statement is "statement OnlyCarol", or its number as people count; empty
// where no statement is named.
func (n namer) statement(s *report.Statement) string {
	if *s == (report.Statement{}) {
		return ""
	}
	return fmt.Sprintf(n.w.statement, statementName(s))
}

func statementName(s *report.Statement) string {
	if s.Sid != "" {
		return s.Sid
	}
	return strconv.Itoa(s.Index + 1)
}

// policyName is a policy's name, by its ARN where the report has no name.
func policyName(p *report.Policy) string {
	if p.Name != "" {
		return p.Name
	}
	return tail(p.ARN)
}
