package cli

import (
	"slices"
	"time"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// CloudTrail has two records of a role switch that fails in the console: that of
// AssumeRole, and the console's own, SwitchRole. They come close to each other.
const (
	mostApart   = time.Minute
	mostPending = 16 // records that wait for the other one
)

// twice knows the last records of the console, so that what both of a pair say
// is printed once. The zero value knows none.
type twice struct{ pending []half }

// half is one record of a pair.
type half struct {
	incident, says string
	own            bool // the console's own record
	at             time.Time
}

// told says that the other record of the same switch was printed and says the
// same. Each record is the other half of one alone.
func (t *twice) told(r *report.Report) bool {
	at, err := time.Parse(time.RFC3339Nano, r.Event.Time)
	own := r.Event.Name == "SwitchRole"
	if err != nil || r.Incident == "" || !own && r.Event.SourceIP != "AWS Internal" {
		return false
	}
	mine := half{r.Incident, r.Fingerprint + "\n" + r.Headline + "\n" + r.Next, own, at}
	i := slices.IndexFunc(t.pending, func(h half) bool {
		return h.incident == mine.incident && h.says == mine.says && h.own != own && h.at.Sub(at).Abs() <= mostApart
	})
	if i >= 0 {
		t.pending = slices.Delete(t.pending, i, i+1)
		return true
	}
	if len(t.pending) == mostPending {
		t.pending = slices.Delete(t.pending, 0, 1)
	}
	t.pending = append(t.pending, mine)
	return false
}
