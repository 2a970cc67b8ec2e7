package deliver

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// queued says whether a text is one that a message of Amazon SQS may hold (API
// Reference, "SendMessage").
func queued(raw []byte) bool {
	return len(raw) <= 256<<10 && utf8.Valid(raw) && !strings.ContainsFunc(string(raw), func(r rune) bool {
		return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF
	})
}

// TestKeptFits: whatever a report holds, its delivery fits a queue, says what was
// cut, and can be sent and kept again.
func TestKeptFits(t *testing.T) {
	for _, size := range []int{0, 200, 5000} {
		d := Delivery{Channel: "mail", Message: message(t)}
		d.Message.Report.Event.UserAgent = "\x00\u202e\ufffe\uffff<!channel>\xff"
		for range size {
			d.Message.Report.Layers = append(d.Message.Report.Layers, report.Layer{Layer: "scp", Target: strings.Repeat("\u2028", 30)})
		}
		d.Message.Report.Schema = report.Schema
		before := len(d.Message.Report.Layers)
		raw, err := d.Encode()
		if err != nil || !queued(raw) {
			t.Fatalf("%d layers: %d bytes, %v", size, len(raw), err)
		}
		if len(d.Message.Report.Layers) != before {
			t.Error("the report that was given is changed")
		}
		again, err := Decode(raw)
		if err != nil {
			t.Fatal(err)
		}
		if cut := len(again.Message.Cut) > 0; cut != (size == 5000) || len(again.Message.Cut) != len(d.Message.Cut) {
			t.Errorf("%d layers: %v is cut", size, again.Message.Cut)
		}
		second, err := again.Encode()
		if err != nil || !queued(second) || len(again.Message.Cut) != len(d.Message.Cut) {
			t.Errorf("%d layers, again: %v, cut %v", size, err, again.Message.Cut)
		}
		finding, err := JSON(&again.Message, 1<<20)
		if err != nil || size == 5000 && !strings.Contains(string(finding), `"cut":["trace","changes","layers"]`) {
			t.Errorf("%d layers: %v, %.200s", size, err, finding)
		}
	}
	if _, err := (&Delivery{Channel: "mail"}).Encode(); err == nil {
		t.Error("a delivery without a report is kept")
	}
}
