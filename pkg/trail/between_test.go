package trail

import (
	"strings"
	"testing"
)

// TestRecordsInText: a record that stands within a line of text is read as the
// record that it is, and what a log writes before it is nothing to complain of.
func TestRecordsInText(t *testing.T) {
	rec := func(id string) string {
		return `{"eventVersion":"1.11","eventID":"` + id + `","eventSource":"sts.amazonaws.com","eventName":"AssumeRole","errorCode":"AccessDenied","errorMessage":"` + full + `"}`
	}
	a, b := rec("a"), rec("b")
	for text, want := range map[string]string{
		a + " xx " + b:                                        "a b",
		"log: " + a + "\nlog: " + b + "\n":                    "a b",
		"2026-10-14T09:48:18Z INFO " + a + "\n" + b:           "a b",
		"log: { " + a:                                         "a",
		"log: " + strings.Replace(a, "{", "{\n  ", 1):         "a",
		full + "\nlog: " + a:                                  "message a",
		"log: " + full + " " + a:                              "message a",
		"log: {\"Records\":[" + a + "," + b + "]}":            "a b",
		strings.Repeat("x", 70<<10) + a:                       "a",
		"x" + strings.Repeat("{", 5000) + a:                   "a",
		"x {\"eventVersion\" " + full:                         "message",
		"log: {\"level\":\"error\",\"msg\":\"" + full + "\"}": "message",
		a + "\nxx\n":                                          "a error",
	} {
		var got []string
		for r, err := range Decode(strings.NewReader(text), "x") {
			switch {
			case err != nil:
				got = append(got, "error")
			case r.MessageOnly:
				got = append(got, "message")
			default:
				got = append(got, r.ID)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%.100s: %v, want %s", text, got, want)
		}
	}
}
