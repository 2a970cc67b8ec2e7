package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// trace lists every authorization, layer, statement and condition; one that is
// not known to be asked for on one line.
func (n namer) trace(t *report.Trace) Trace {
	list := Trace{Word: n.w.whole, Sum: n.sum(t)}
	for i := range t.Actions {
		a := &t.Actions[i]
		item := Item{Text: a.Action, Note: term(n.w.decisions, a.Decision)}
		switch {
		case i > 0 && n.appliesTo(a.Action) == "false":
			item.Note = n.w.notPart
		case i > 0 && !n.applies(a.Action):
			then := join(" ", item.Note, label(n.w.how, n.unlike(t.Actions[0].Layers, a.Layers)))
			item.Note = fmt.Sprintf(n.w.onlyIf, term(n.w.passed, a.Action), then)
		default:
			for j := range a.Layers {
				item.Items = append(item.Items, n.traceLayer(&a.Layers[j], a.Action))
			}
		}
		list.Items = append(list.Items, item)
	}
	return list
}

// sum is the decision and, where what is not known can change it, between what
// it lies.
func (n namer) sum(t *report.Trace) string {
	word := func(s string) string { return term(n.w.decisions, s) }
	if t.Best == t.Worst {
		return word(t.Decision)
	}
	return word(t.Decision) + fmt.Sprintf(n.w.between, word(t.Best), word(t.Worst))
}

// unlike names the layers that say something else than they do of the first
// authorization, and what.
func (n namer) unlike(first, layers []report.TraceLayer) string {
	var list []string
	for i := range layers {
		if l := &layers[i]; !says(first, l) {
			list = append(list, join(": ", n.traceName(l), n.layerSays(l)))
		}
	}
	return strings.Join(list, "; ")
}

// says tells that one of the layers is the same and says the same.
func says(layers []report.TraceLayer, l *report.TraceLayer) bool {
	return slices.ContainsFunc(layers, func(o report.TraceLayer) bool {
		return o.Layer == l.Layer && o.Level == l.Level && o.Target == l.Target &&
			o.Needed == l.Needed && o.Deny == l.Deny && o.Allow == l.Allow
	})
}

// traceName is a layer's name, with the level of an SCP or RCP.
func (n namer) traceName(l *report.TraceLayer) string {
	name := term(n.w.layers, l.Layer)
	if l.Layer != "scp" && l.Layer != "rcp" {
		return name
	}
	level := n.target(l.Target)
	if level == "" {
		level = strconv.Itoa(l.Level)
	}
	return join(" ", name, level)
}

func (n namer) traceLayer(l *report.TraceLayer, action string) Item {
	item := Item{Text: n.traceName(l), Note: n.layerSays(l)}
	switch {
	case l.Needed == "exempt":
		return item
	case l.Deny == "true", l.Needed == "yes" && l.Allow == "false":
		item.Mark = Blocks
	case l.Deny == "unknown", l.Needed == "yes" && l.Allow == "unknown":
		item.Mark = Unclear
	}
	for i := range l.Statements {
		item.Items = append(item.Items, n.traceStatement(&l.Statements[i], action))
	}
	return item
}

// layerSays puts the two questions to a layer, and whether its Allow is needed,
// into few words.
func (n namer) layerSays(l *report.TraceLayer) string {
	var idle string
	switch l.Needed {
	case "no":
		idle = n.w.unneeded
	case "depends":
		idle = n.w.depends
	}
	switch {
	case l.Needed == "exempt":
		return n.freed(l)
	case l.Deny == "true":
		return n.w.denies
	case l.Deny == "unknown" && l.Allow == "unknown":
		return n.w.unknownValue
	case l.Deny == "unknown" && l.Allow == "true":
		return n.w.mayDeny
	case l.Deny == "unknown":
		return join(", ", n.w.mayDeny, n.w.noAllow, idle)
	case l.Allow == "true":
		return n.w.allows
	case l.Allow == "unknown":
		return join(", ", n.w.mayAllow, idle)
	}
	return join(", ", n.w.noAllow, idle)
}

// freed says why a layer has no say, or that there is none.
func (n namer) freed(l *report.TraceLayer) string {
	for i := range n.r.Layers {
		o := &n.r.Layers[i]
		if o.Layer != l.Layer || o.Level != l.Level || o.Target != l.Target || o.Needed != l.Needed {
			continue
		}
		if why := term(n.w.exempt, o.Exempt); why != "" {
			return why
		}
		return n.w.none
	}
	return n.w.noSay
}

// traceStatement names of a statement that does not match, or may not, the
// elements by which.
func (n namer) traceStatement(s *report.TraceStatement, action string) Item {
	name := policyName(&s.Policy)
	if s.Policy.Kind == "trust" {
		name = ""
	}
	item := Item{Text: join(", ", join(" ", s.Effect, name), fmt.Sprintf(n.w.statement, statementName(&s.Statement)))}
	var elements []string
	for _, e := range []struct{ name, match string }{
		{n.w.principal, s.Principal}, {n.w.action, s.Action}, {n.w.resource, s.Resource}, {n.w.conditions, s.Condition},
	} {
		if e.match == s.Match && (e.name != n.w.conditions || len(s.Conditions) > 0) {
			elements = append(elements, e.name)
		}
	}
	switch by := n.and(elements); s.Match {
	case "true":
		item.Note = n.w.matches
	case "false":
		item.Note = join(" ", n.w.noMatch, label(n.w.byIts, by))
	default:
		item.Note = join(", ", n.w.mayMatch, label(n.w.dependsOnIts, by))
	}
	if len(s.Wanted) > 0 {
		wants := n.w.wanted
		if s.Effect == "Deny" { // nobody wants to match it
			wants = n.w.listed
		}
		item.Facts = []Fact{
			{Label: wants, Values: values(s.Wanted...), More: n.w.more},
			{Label: n.w.got, Values: values(n.asked(s, action)), More: n.w.more},
		}
	}
	for i := range s.Conditions {
		item.Items = append(item.Items, n.traceCondition(&s.Conditions[i]))
	}
	return item
}

// asked is what the call had for the first element by which a statement does
// not match.
func (n namer) asked(s *report.TraceStatement, action string) string {
	switch {
	case s.Principal == s.Match && n.r.Caller.RoleARN != "":
		return n.r.Caller.RoleARN
	case s.Principal == s.Match:
		return n.r.Caller.ARN
	case s.Action == s.Match:
		return action
	}
	return n.r.Role.ARN
}

func (n namer) traceCondition(c *report.TraceCondition) Item {
	item := Item{Text: join(" ", c.Operator, c.Key), Note: join(": ", term(n.w.truth, c.Result), term(n.w.remarks, c.Note))}
	if len(c.Wanted) > 0 {
		item.Facts = append(item.Facts, Fact{Label: n.w.listed, Values: values(c.Wanted...), More: n.w.more})
	}
	if got := n.got(&report.Cause{Condition: c.Condition}); len(got) > 0 {
		item.Facts = append(item.Facts, Fact{Label: n.w.got, Values: got, More: n.w.more})
	}
	return item
}

// label is a format with its value, or empty where there is none.
func label(format, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(format, value)
}
