package main

import (
	"io"
	"log/slog"
	"strings"
	"sync"

	"github.com/assumewhy/assumewhy/pkg/report"
)

// lines writes whole lines, one at a time, with what a terminal must not get raw
// escaped: the log and the metrics share one output.
type lines struct {
	mu sync.Mutex
	to io.Writer
}

func (l *lines) Write(line []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.to.Write(report.EscapeJSON(line))
	return len(line), err
}

// newLog makes the log: JSON, one object a line.
func newLog(out io.Writer, level slog.Level) *slog.Logger {
	return slog.New(slog.NewJSONHandler(out, &slog.HandlerOptions{Level: level}))
}

// longest is how much of a text that others wrote goes into the log.
const longest = 128

// id is an identifier as the log may have it: what others wrote into it is cut,
// and what identifiers do not hold is replaced.
func id(s string) string {
	if len(s) > longest {
		s = s[:longest]
	}
	return strings.Map(func(c rune) rune {
		if c <= ' ' || c > '~' {
			return '_'
		}
		return c
	}, report.WithoutKeys(s))
}

// reason is an error as the log may have it: in one line, without keys, and not
// longer than a log's reader would read.
func reason(err error) string {
	const most = 500
	s := report.WithoutKeys(strings.Join(strings.Fields(err.Error()), " "))
	if len(s) > most {
		s = s[:most] + "..."
	}
	return strings.ToValidUTF8(s, "?")
}
