package trail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// MaxUnpacked bounds what the data of one CloudWatch Logs subscription may
// unpack to, in bytes. AWS packs one batch of at most 1 MiB of log events.
const MaxUnpacked = 8 << 20

// A form says how an envelope holds what is in it.
type form uint8

const (
	list     form = iota // an array whose elements are records or envelopes
	document             // an object, or a string that holds a JSON text
	packed               // a string: base64 of a gzip stream of JSON text
)

// An envelope is one wrapping that AWS puts around records, known by the name
// of one member.
type envelope struct {
	name   string // in the words of an error
	member string
	form   form
	within string // the member that usually holds it: both count as one envelope
	only   bool   // seen inside within alone
}

// envelopes is every wrapping that is understood. Of the documents, the first
// that fits is opened.
var envelopes = []envelope{
	// CloudTrail User Guide, "CloudTrail log file examples"; Lambda Developer
	// Guide, the events of Amazon SQS and Amazon SNS.
	{name: "log file or batch", member: "Records", form: list},
	{name: "LookupEvents output", member: "Events", form: list},
	{name: "CloudWatch Logs events", member: "logEvents", form: list, within: "data"},
	{name: "queue messages", member: "Messages", form: list},

	{name: "EventBridge event", member: "detail", form: document},
	{name: "record of a Lambda destination", member: "requestPayload", form: document},
	{name: "CloudWatch Logs subscription", member: "awslogs", form: document},
	{name: "CloudWatch Logs data", member: "data", form: packed, within: "awslogs", only: true},
	{name: "LookupEvents entry", member: "CloudTrailEvent", form: document, within: "Events"},
	{name: "SQS message", member: "body", form: document, within: "Records"},
	{name: "SQS message", member: "Body", form: document, within: "Messages"},
	{name: "SNS record", member: "Sns", form: document, within: "Records"},
	{name: "SNS notification", member: "Message", form: document, within: "Sns"},
	{name: "CloudWatch Logs event", member: "message", form: document, within: "logEvents"},
}

// nesting is how many envelopes are around a value, and the innermost of them.
type nesting struct {
	level  int
	inner  *envelope
	packed bool // something around it was packed
}

func (n nesting) name() string {
	if n.inner == nil {
		return "input"
	}
	return n.inner.name
}

// into is the nesting inside e, or why e is not opened.
func (n nesting) into(e *envelope) (nesting, string) {
	if e.within == "" || n.inner == nil || n.inner.member != e.within {
		n.level++
	}
	if n.level > MaxEnvelopes {
		return n, fmt.Sprintf("in more than %d nested envelopes", MaxEnvelopes)
	}
	if n.packed && e.form == packed {
		return n, "packed data inside packed data"
	}
	return nesting{level: n.level, inner: e, packed: n.packed || e.form == packed}, ""
}

// listNamed is the list envelope of a member, given as its name in quotes and a
// colon, or nil.
func listNamed(key []byte) *envelope {
	name := key[1 : len(key)-2]
	for i := range envelopes {
		if envelopes[i].form == list && string(name) == envelopes[i].member {
			return &envelopes[i]
		}
	}
	return nil
}

// open reads a whole object, which is well formed: a record, or an envelope.
func (d *reading) open(object []byte, in nesting, offset int64) {
	var held [16]value
	var source, name value
	twice, body := "", false
	members(object, func(key []byte, v value) {
		switch string(key) {
		case "eventSource":
			if source != nil && !bytes.Equal(source, v) {
				twice = "eventSource"
			}
			source = v
		case "eventName":
			if name != nil && !bytes.Equal(name, v) {
				twice = "eventName"
			}
			name = v
		default:
			body = body || bodyMember(key)
			for i := range envelopes {
				if envelopes[i].member == string(key) {
					held[i] = v
				}
			}
		}
	})
	if source.text() != "" && name.text() != "" && !bytes.HasPrefix(source, []byte(`"aws:`)) {
		d.hand(offset, record(object), twice)
		return
	}
	if body && source == nil && name == nil && d.body(object, offset) {
		return
	}
	empty := false
	for i := range envelopes {
		e := &envelopes[i]
		if !e.fits(held[i], in) {
			continue
		}
		if string(held[i]) == "[]" {
			empty = true // another envelope may be beside it
			continue
		}
		if e.form == list {
			// Of an object inside an object; the others were walked as they came.
			(&reading{decoder: d.decoder, s: textSource(object), at: offset}).documents(in)
			return
		}
		inner, why := in.into(e)
		if why != "" {
			d.fail(offset, why, nil)
			return
		}
		d.unwrap(e, held[i], inner, offset)
		return
	}
	if !empty {
		d.fail(offset, notRecord(source, name), nil)
	}
}

// hand gives out a record, or says why it cannot be told what it records. twice
// is the member that says which call it was, when it says two things.
func (d *reading) hand(offset int64, r *Record, twice string) {
	why := r.unclear()
	if twice != "" {
		why = "not a CloudTrail record: it has two different values of " + twice
	}
	if why != "" {
		d.fail(offset, why, nil)
		return
	}
	d.emit(offset, r)
}

// fits says whether v is what e holds.
func (e *envelope) fits(v value, in nesting) bool {
	if len(v) == 0 || e.only && (in.inner == nil || in.inner.member != e.within) {
		return false
	}
	switch e.form {
	case document:
		return v[0] == '{' || v[0] == '"'
	case packed:
		return v[0] == '"'
	}
	return v[0] == '['
}

// unwrap reads what e holds.
func (d *reading) unwrap(e *envelope, v value, in nesting, offset int64) {
	inner := &reading{decoder: d.decoder, at: offset}
	switch {
	case v[0] == '{':
		inner.open(v, in, offset)
		return
	case e.form == packed:
		data, err := base64.StdEncoding.DecodeString(v.text())
		switch {
		case err != nil:
			d.fail(offset, "the "+e.name+" is not base64: copy the event again", nil)
			return
		case len(data) > 0 && data[0] != 0x1f:
			d.fail(offset, "the "+e.name+" is not gzip data: copy the event again", nil)
			return
		}
		z, err := unzip(bytes.NewReader(data), "event")
		if err != nil {
			d.fail(offset, "unpacking the "+e.name, err)
			return
		}
		inner.s = newSource(&capped{io.LimitedReader{R: z, N: MaxUnpacked}})
	default:
		text := v.text()
		if e.member == "message" && strings.HasPrefix(text, control) {
			return // CloudWatch Logs tests that the destination can be reached
		}
		inner.s = textSource([]byte(text))
	}
	inner.documents(in)
}

// control begins the text of a message of type CONTROL_MESSAGE (CloudWatch Logs
// User Guide, "Log group-level subscription filters").
const control = "CWL CONTROL MESSAGE"

// capped is a reader that fails at its limit instead of ending there.
type capped struct{ io.LimitedReader }

func (c *capped) Read(p []byte) (int, error) {
	if c.N <= 0 {
		return 0, errUnpacked
	}
	return c.LimitedReader.Read(p)
}

// notRecord says what an object lacks to be a record.
func notRecord(source, name value) string {
	why := "not a CloudTrail record: "
	switch {
	case bytes.HasPrefix(source, []byte(`"aws:`)):
		return why + "a notification of another service: hand over the object that it is about"
	case len(source) == 0 && len(name) == 0:
		return why + "neither eventSource nor eventName, and no envelope that is known"
	case source.text() == "":
		return why + "it has no eventSource"
	}
	return why + "it has no eventName"
}
