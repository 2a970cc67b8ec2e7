package render

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// history is the code of the gap that nobody knows the changes of policies
// between the call and now.
const history = "history"

// inFoot says whether a gap is told at the foot, by the age of the policies: that
// of history, where something else explains the denial.
func (n namer) inFoot(g *report.Gap, blind bool) bool {
	return g.Code == history && len(g.Affects) == 0 && !blind
}

// blind says whether evidence is what is missing: then every gap counts.
func (n namer) blind() bool {
	return slices.ContainsFunc(n.r.Causes, func(c report.Cause) bool { return c.Primary && c.Layer == "evidence" })
}

func (n namer) foot() Foot {
	var f Foot
	add := func(s string) {
		if s != "" {
			f.Items = append(f.Items, s)
		}
	}
	simulated := n.r.Event.Name == report.Simulate
	if n.r.Incident != "" && !simulated {
		add(fmt.Sprintf(n.w.incident, n.r.Incident))
	}
	if n.r.AWSSays.Message != "" {
		add(n.w.agrees[n.r.AWSSays.Agrees])
	}
	add(n.age(simulated))
	var given []string
	for _, k := range n.r.Known {
		if len(k.Values) > 0 {
			given = append(given, k.Key+"="+strings.Join(k.Values, ","))
			continue
		}
		given = append(given, join(" ", k.Key, k.State))
	}
	if len(given) > 0 {
		add(fmt.Sprintf(n.w.given, strings.Join(given, ", ")))
	}
	return f
}

// age says when the policies were read, how long after the call that was, and
// where nobody knows it, that they may have changed in between.
func (n namer) age(simulated bool) string {
	blind := n.blind()
	unknown := slices.ContainsFunc(n.r.Gaps, func(g report.Gap) bool { return n.inFoot(&g, blind) })
	at := n.r.Estate.ReadAt
	if at == "" {
		if unknown && !simulated {
			return n.w.noTime
		}
		return ""
	}
	s := fmt.Sprintf(n.w.read, moment(at))
	read, err := time.Parse(time.RFC3339Nano, at)
	call, err2 := time.Parse(time.RFC3339Nano, n.r.Event.Time)
	if simulated || err != nil || err2 != nil {
		return s
	}
	format, passed := n.w.after, read.Sub(call)
	if passed < 0 {
		format, passed = n.w.before, -passed
	}
	s = join(", ", s, fmt.Sprintf(format, n.passed(passed)))
	if unknown {
		s += n.w.unchanged
	}
	return s
}

// passed is a time in its two largest units: "3 h 3 min", "12 d".
func (n namer) passed(d time.Duration) string {
	left := int64(max(d, 0) / time.Second) // the longest duration has no opposite
	var parts []string
	for i, unit := range []int64{24 * 60 * 60, 60 * 60, 60, 1} {
		if count := left / unit; count > 0 || i == 3 && len(parts) == 0 {
			parts = append(parts, strconv.FormatInt(count, 10)+" "+n.w.units[i])
		} else if len(parts) > 0 {
			break
		}
		left %= unit
		if len(parts) == 2 || len(parts) == 1 && i == 2 {
			break
		}
	}
	return strings.Join(parts, " ")
}
