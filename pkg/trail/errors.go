package trail

import (
	"errors"
	"strconv"
)

// errUnpacked ends the reading of packed data that is too large.
var errUnpacked = errors.New("larger than 8 MiB when unpacked")

// RecordError says that one record could not be read, or that the input ended
// or broke off. The records around it are read all the same. Error is one line:
//
//	events.json: record 3 (byte 1042): not a CloudTrail record: it has no eventName
//
// It quotes nothing of the input but single characters, escaped.
type RecordError struct {
	Position Position
	Reason   string // what is wrong and, where something can be done, what to do
	Err      error  // the reader's own error; nil when the content is at fault
}

// Error is the message above. Without a record (Position.Record is 0) it is
// about the input as a whole.
func (e *RecordError) Error() string {
	s := e.Position.String() + ": " + e.Reason
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

// Unwrap gives the reader's own error, or nil.
func (e *RecordError) Unwrap() error { return e.Err }

// String is "file: record 3 (byte 1042)", or the file alone when Record is 0.
func (p Position) String() string {
	s := p.File
	if s == "" {
		s = "input"
	}
	if p.Record == 0 {
		return s
	}
	return s + ": record " + strconv.Itoa(p.Record) + " (byte " + strconv.FormatInt(p.Offset, 10) + ")"
}
