package locale

import (
	"strconv"
	"strings"
	"time"
)

// maxEpoch is the last second that is told as a date: the end of the year 9999.
const maxEpoch = 253402300799

// moment is a time as the head of an answer writes it, in UTC, beside what the
// policy has where that is another day or number: whoever reads it compares it
// with the event's. Of the age of a sign-in it is the number with its unit.
func moment(key, v string) string {
	switch strings.ToLower(key) {
	case "aws:epochtime":
		if n, err := strconv.ParseInt(v, 10, 64); err == nil && n >= 0 && n <= maxEpoch {
			return inUTC(time.Unix(n, 0)) + " (" + v + ")"
		}
	case "aws:currenttime", "aws:tokenissuetime":
		t, err := time.Parse(time.RFC3339, v)
		switch {
		case err == nil && strings.HasSuffix(v, "Z"):
			return inUTC(t)
		case err == nil:
			return inUTC(t) + " (" + v + ")"
		}
	case "aws:multifactorauthage":
		if _, err := strconv.Atoi(v); err == nil {
			return v + " seconds"
		}
	}
	return v
}

func inUTC(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

// lasted is how long a number of seconds is: "3 h 2 min"; empty where it is
// none.
func lasted(seconds string) string {
	n, err := strconv.Atoi(seconds)
	switch {
	case err != nil || n < 0:
		return ""
	case n < 60:
		return strconv.Itoa(n) + " s"
	case n < 3600:
		return strconv.Itoa(n/60) + " min"
	}
	return strconv.Itoa(n/3600) + " h " + strconv.Itoa(n/60%60) + " min"
}

func (w en) expiredFault(c *Cause) string {
	if len(c.Condition.Wanted) == 0 && c.Detail.Wanted == "" {
		return w.trust(c) + " allowed the call until a date that has passed"
	}
	if c.Explicit {
		return w.trust(c) + " explicitly denies calls after " + w.date(c)
	}
	return w.trust(c) + " allowed the call until " + w.date(c) + " only"
}

func (w en) notYetFault(c *Cause) string {
	if c.Explicit {
		return w.trust(c) + " explicitly denies calls before " + w.date(c)
	}
	return w.trust(c) + " does not allow the call before " + w.date(c)
}

func (w en) notYetNext(c *Cause) string {
	return "Try again after " + w.date(c) + ", or ask " + w.roleOwner(&c.Call) + " to allow it earlier."
}

func (w en) date(c *Cause) string {
	if len(c.Condition.Wanted) == 0 && c.Detail.Wanted == "" {
		return "a date that is still to come"
	}
	if c.Detail.Wanted != "" {
		return w.cut(moment(c.Condition.Key, enSeconds(c.Detail.Wanted)))
	}
	return w.wanted(c)
}
