package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/audit"
	"github.com/assumewhy/assumewhy/pkg/collect/awsapi"
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/render"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// mostFaults is how many records of one input that could not be read are told
// one by one; further ones are counted.
const mostFaults = 20

// explainer explains the events of one run.
type explainer struct {
	*program
	estate  *estate.Estate // of all events; nil where reader reads that of each
	reader  *awsapi.Reader
	options audit.Options
	out     *printer

	notOurs, unreadable int
	broken              bool   // an input could not be read as a whole
	first               string // what the first of notOurs is
}

// run explains one input after the other. What cannot be read is told, and the
// rest goes on; the error is one of writing.
func (x *explainer) run(names []string) error {
	for _, name := range names {
		if err := x.input(name); err != nil {
			return err
		}
	}
	return x.out.finish()
}

func (x *explainer) input(name string) error {
	r, shown, err := x.open(name, "name the files in it, as in "+filepath.Join(name, "*.json"))
	if err != nil {
		x.broken = true
		x.fault(err)
		return nil
	}
	defer func() { _ = r.Close() }() // read only: nothing is lost
	before := x.unreadable
	for rec, err := range trail.Decode(r, shown) {
		switch {
		case err != nil:
			x.unread(err, before)
		case rec.Class == trail.NotOurs:
			if x.notOurs++; x.first == "" {
				x.first = called(rec)
			}
		default:
			if err := x.out.print(audit.Explain(rec, x.estateOf(rec), x.options)); err != nil {
				return err
			}
		}
	}
	if more := x.unreadable - before - mostFaults; more > 0 {
		x.say(fmt.Sprintf("%s: and %s more that could not be read", shown, thousands(more)))
	}
	return nil
}

// estateOf is what is known to explain a record from.
func (x *explainer) estateOf(rec *trail.Record) *estate.Estate {
	if x.reader == nil {
		return x.estate
	}
	return x.reader.Estate(context.Background(), reconstruct.SubjectOf(rec))
}

// unread tells what could not be read, or counts it; before is how many records
// were not readable in earlier inputs.
func (x *explainer) unread(err error, before int) {
	x.status = failed
	if !ofRecord(err) {
		x.broken = true
	} else if x.unreadable++; x.unreadable-before > mostFaults {
		return
	}
	x.fault(err)
}

// ofRecord tells an error that stands for a record from one about the input as
// a whole.
func ofRecord(err error) bool {
	var at *trail.RecordError
	return errors.As(err, &at) && at.Position.Record > 0
}

// called is which call a record tells of, and how it went: "GetObject of
// s3.amazonaws.com, without an error".
func called(r *trail.Record) string {
	const most = 100 // characters of a name
	how := "without an error"
	if r.ErrorCode != "" {
		how = fmt.Sprintf("with the error %.*s", most, r.ErrorCode)
	}
	what := fmt.Sprintf("%.*s", most, r.Name)
	if r.Source != "" { // an error message does not always tell
		what += fmt.Sprintf(" of %.*s", most, r.Source)
	}
	return withoutSecrets(what) + ", " + withoutSecrets(how)
}

// count says how many events there were, when not all were explained, and why
// the first was not when none was.
func (x *explainer) count() {
	explained := x.out.printed
	n := explained + x.notOurs + x.unreadable
	switch {
	case n == 0 && !x.broken:
		x.plain("0 events: nothing to explain")
		return
	case n == explained:
		return
	}
	parts := []string{fmt.Sprintf("%d explained", explained)}
	if x.notOurs > 0 {
		other := "1 not a failed role switch"
		if x.notOurs > 1 {
			other = fmt.Sprintf("%d not failed role switches", x.notOurs)
		}
		if explained == 0 {
			other += " (the first is " + x.first + ")"
		}
		parts = append(parts, other)
	}
	if x.unreadable > 0 {
		parts = append(parts, fmt.Sprintf("%d not readable", x.unreadable))
	}
	events := "events"
	if n == 1 {
		events = "event"
	}
	x.plain(fmt.Sprintf("%d %s: %s", n, events, strings.Join(parts, ", ")))
}

// plain writes one line that tells of no problem.
func (x *explainer) plain(line string) {
	fmt.Fprintln(x.Stderr, render.Visible(clean(line)))
}

// thousands is n with commas between its groups of three digits.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
