package sns

import (
	"fmt"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/deliver"
	"github.com/assumewhy/assumewhy/pkg/report"
)

// maxSubject is how long a subject may be: SNS takes up to 100 characters.
const maxSubject = 99

// Subject is the subject of a mail: "assumewhy: bob cannot assume Deployer in
// prod (trust.no_principal)", in printable ASCII, under 100 characters. Names
// that are too long lose their middle, the code stays whole.
func Subject(m *deliver.Message) string {
	code, _ := deliver.Primary(m.Report)
	for longest := 64; ; longest -= 4 {
		s := subject(m, code, longest)
		if len(s) <= maxSubject {
			return s
		}
		if longest <= 8 {
			return s[:maxSubject]
		}
	}
}

func subject(m *deliver.Message, code string, longest int) string {
	r := m.Report
	name := func(s, unknown string) string {
		if s = ascii(s); s == "" {
			return unknown
		}
		if len(s) > longest {
			head := (longest - 2) / 2
			s = s[:head] + ".." + s[len(s)-(longest-2-head):]
		}
		return s
	}
	verb := "cannot assume"
	switch {
	case r.Verdict == "allowed_now":
		verb = "could not assume"
	case m.Kind == deliver.Update || m.Kind == deliver.Again:
		verb = "still cannot assume"
	}
	s := fmt.Sprintf("assumewhy: %s %s %s", name(callerName(r), "a caller"), verb, name(last(r.Role.ARN), "a role"))
	if r.Role.Account != "" {
		in := r.Accounts[r.Role.Account].Name
		if in == "" {
			in = r.Role.Account
		}
		s += " in " + name(in, r.Role.Account)
	}
	if m.Kind == deliver.Update {
		s += fmt.Sprintf(", %d times", m.Repeats.Count)
	}
	if code != "" {
		s += " (" + name(code, "") + ")"
	}
	return s
}

func callerName(r *report.Report) string {
	if r.Caller.SessionName != "" {
		return r.Caller.SessionName
	}
	return last(r.Caller.ARN)
}

func last(arn string) string {
	if i := strings.LastIndexAny(arn, "/:"); i >= 0 {
		return arn[i+1:]
	}
	return arn
}

// ascii is a text with a question mark for each character that is not printable
// ASCII, so that none ends the header or begins another.
func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return '?'
		}
		return r
	}, s)
}
