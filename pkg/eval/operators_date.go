package eval

import (
	"cmp"
	"strconv"
	"time"
)

// instant is a moment: seconds since 1970 and nanoseconds.
type instant struct {
	sec  int64
	nsec int
}

// layouts are the forms of W3C's note on ISO 8601 (date and time formats), and
// two that are near it: an offset without colon, and a time without offset,
// which is taken for UTC. Seconds may have a fraction.
var layouts = []string{
	time.RFC3339,
	"2006-01-02T15:04Z07:00",
	"2006-01-02",
	"2006-01",
	"2006",
	"2006-01-02T15:04:05Z0700",
	"2006-01-02T15:04:05",
	"2006-01-02T15:04",
}

// parseInstant reads a date in one of AWS's forms (IAM JSON policy elements:
// Condition operators, "Date condition operators"): ISO 8601, or seconds since
// 1970. Four digits alone are a year.
func parseInstant(s string) (instant, bool) {
	if len(s) != 4 {
		if n, err := strconv.ParseInt(s, 10, 64); err == nil {
			return instant{sec: n}, true
		}
	}
	if len(s) < 4 || len(s) > 64 {
		return instant{}, false
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil {
			return instant{sec: t.Unix(), nsec: t.Nanosecond()}, true
		}
	}
	return instant{}, false
}

// compare is the sign of i minus o.
func (i instant) compare(o instant) int {
	if c := cmp.Compare(i.sec, o.sec); c != 0 {
		return c
	}
	return cmp.Compare(i.nsec, o.nsec)
}

// Instant reads a date as condition values write it.
func Instant(s string) (time.Time, bool) {
	i, ok := parseInstant(s)
	return time.Unix(i.sec, int64(i.nsec)).UTC(), ok
}
