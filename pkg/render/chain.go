package render

import (
	"fmt"
	"slices"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// The layers by the side on which they are shown, in the order of the picture.
var (
	callerSide = []string{"caller", "identity", "boundary", "session", "scp", "vpce"}
	roleSide   = []string{"role", "rcp", "trust"} // and layers that this version does not know
	bothSides  = slices.Concat(callerSide, roleSide)
	// These codes explain what another row shows.
	accompanying = []string{
		"caller.wrong_identity", "caller.chained_session", "caller.recreated", "caller.self_assume", "role.other_account",
	}
	quiet = []string{"session", "vpce"} // few calls have one: shown only when there is
)

// chain is empty where nothing was evaluated, or nothing for a caller or a role
// that is known.
func (n namer) chain() Chain {
	var c Chain
	if len(n.r.Layers) == 0 || n.r.Caller.ARN+n.r.Caller.Account+n.r.Role.ARN == "" {
		return c
	}
	main := n.mainAction()
	mine, theirs := n.rows(main)
	c.Columns, c.Hops = n.w.columns, []Hop{n.callerHop(mine), n.roleHop(theirs)}
	var seen []string
	for i := range n.r.Layers {
		a := n.r.Layers[i].Action
		if a == main || slices.Contains(seen, a) || !n.applies(a) {
			continue
		}
		seen = append(seen, a)
		mine, theirs := n.rows(a)
		// A session policy that is not in the event is said once, above.
		rows := slices.DeleteFunc(append(mine, theirs...), func(r Row) bool {
			return r.Mark == NoMark || r.Note == n.w.notInEvent
		})
		if len(rows) > 0 {
			label := n.w.noAction
			if a == n.r.Layers[0].Action {
				label = n.w.itself // the table above is of what it needs besides
			}
			c.Also = append(c.Also, Also{Action: fmt.Sprintf(label, a), Rows: rows})
		}
	}
	return c
}

// mainAction is the authorization that the primary cause is about, so that the
// mark in the chain and the first cause speak of the same.
func (n namer) mainAction() string {
	for i := range n.r.Causes {
		if c := &n.r.Causes[i]; c.Primary && c.Action != "" {
			for j := range n.r.Layers {
				if n.r.Layers[j].Action == c.Action {
					return c.Action
				}
			}
		}
	}
	return n.r.Layers[0].Action
}

func (n namer) applies(action string) bool { return n.appliesTo(action) == "true" }

// appliesTo says whether the call needs an action, in the report's words.
func (n namer) appliesTo(action string) string {
	for _, a := range n.r.Actions {
		if a.Name == action {
			return a.Applies
		}
	}
	return "true"
}

func (n namer) callerHop(rows []Row) Hop {
	c := &n.r.Caller
	_, long := n.caller()
	h := Hop{Who: long, Rows: n.callerRows(rows)}
	if c.SessionName != "" {
		h.Where = append(h.Where, fmt.Sprintf(n.w.session, c.SessionName))
	}
	if name := provider(c.ARN); name != "" {
		h.Where = append(h.Where, name)
	}
	if c.Account != "" {
		h.Where = append(h.Where, n.account(c.Account))
	}
	return h
}

func (n namer) roleHop(rows []Row) Hop {
	h := Hop{Who: n.role(), Rows: n.roleRows(rows)}
	if id := n.r.Role.Account; id != "" {
		h.Where = append(h.Where, n.account(id))
	}
	if n.r.Role.Exists == "unknown" && n.r.Role.ARN != "" {
		h.Where = append(h.Where, n.w.perhaps)
	}
	return h
}

// barred is the row of what refuses the call before any policy does: what the
// caller is, or that there is no such role.
func (n namer) barred(layer string) []Row {
	for i := range n.r.Causes {
		c := &n.r.Causes[i]
		if c.Layer != layer || c.Certainty == "possible" || slices.Contains(accompanying, c.Code) {
			continue
		}
		row := Row{Layer: term(n.w.layers, layer), Mark: Blocks, Tone: Bad, Word: n.w.denies, Note: term(n.w.barred, c.Code)}
		switch {
		case c.Code == "role.not_found" || c.Code == "role.deleted":
			row.Word = n.w.missing
		case c.Detail.Got == "CLOSED":
			row.Note = n.w.closed
		}
		return []Row{row}
	}
	return nil
}

// callerRows leaves out what is not known where the caller is refused for what
// it is.
func (n namer) callerRows(rows []Row) []Row {
	barred := n.barred("caller")
	if len(barred) > 0 {
		rows = slices.DeleteFunc(rows, func(r Row) bool { return r.Mark == Unclear })
	}
	return append(barred, rows...)
}

// roleRows leaves out what the policies of a role would say that is not there.
func (n namer) roleRows(rows []Row) []Row {
	barred := n.barred("role")
	if len(barred) > 0 && n.r.Role.Exists == "no" {
		return barred
	}
	return append(barred, rows...)
}

// rows gives the rows of one authorization, by side.
func (n namer) rows(action string) (caller, role []Row) {
	var layers []*report.Layer
	for i := range n.r.Layers {
		if n.r.Layers[i].Action == action {
			layers = append(layers, &n.r.Layers[i])
		}
	}
	slices.SortStableFunc(layers, func(a, b *report.Layer) int { return place(a.Layer) - place(b.Layer) })
	for len(layers) > 0 {
		name, end := layers[0].Layer, 1
		for end < len(layers) && layers[end].Layer == name {
			end++
		}
		rows := n.layerRows(layers[:end])
		if slices.Contains(callerSide, name) {
			caller = append(caller, rows...)
		} else {
			role = append(role, rows...)
		}
		layers = layers[end:]
	}
	return caller, role
}

// place orders layers as they are shown.
func place(layer string) int {
	if i := slices.Index(bothSides, layer); i >= 0 {
		return i
	}
	return len(bothSides)
}

// layerRows makes one row of all levels that allow, and one of each other.
func (n namer) layerRows(levels []*report.Layer) []Row {
	var rows []Row
	allow := 0
	for _, l := range levels {
		switch {
		case len(levels) > 1 && l.Result == "allows" && !n.unasked():
			allow++
		case n.unasked() && (slices.Contains(quiet, l.Layer) || l.Result == "unknown" && slices.Contains(callerSide, l.Layer)):
		case l.Result == "none" && l.Needed != "no" && l.Needed != "depends" && slices.Contains(quiet, l.Layer):
		default:
			rows = append(rows, n.row(l))
		}
	}
	if rows = n.merged(rows); allow == 0 {
		return rows
	}
	row := Row{Layer: term(n.w.layers, levels[0].Layer), Word: n.w.allows}
	switch {
	case len(rows) == 0:
		row.Note = fmt.Sprintf(n.w.levels, allow)
	case allow == 1:
		row.Note = n.w.oneOther
	default:
		row.Note = fmt.Sprintf(n.w.otherLevels, allow)
	}
	return append(rows, row)
}

// merged makes one row of levels that are unknown for the same reason, or have
// no say.
func (n namer) merged(rows []Row) []Row {
	var out []Row
	for len(rows) > 0 {
		same := 1
		for same < len(rows) && rows[same] == rows[0] && rows[0].Mark != Blocks {
			same++
		}
		row := rows[0]
		if same > 1 && row.Mark == Unclear {
			row.Note = join(": ", fmt.Sprintf(n.w.levels, same), row.Note)
		}
		out = append(out, row)
		rows = rows[same:]
	}
	return out
}
