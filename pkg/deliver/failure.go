package deliver

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Failure is why a channel did not take a message. Its text is made of words of
// this program and of short codes of the service, never of addresses or bodies.
type Failure struct {
	Channel   string
	What      string
	Code      string        // the service's word for it, cleaned, or empty
	Temporary bool          // it may pass: try again
	After     time.Duration // not before, 0 where the service did not say
}

// Error is the failure in a line.
func (f *Failure) Error() string {
	s := "deliver to " + f.Channel + ": " + f.What
	if f.Code != "" {
		s += " (" + f.Code + ")"
	}
	if f.After > 0 {
		s += fmt.Sprintf(", try again in %s", f.After.Round(time.Second))
	}
	return s
}

// failure makes a Failure of any error: what is none is told by its kind alone,
// since its text may hold an address.
func failure(channel string, err error) *Failure {
	var f *Failure
	switch {
	case errors.As(err, &f):
		if f.Channel == "" {
			f.Channel = channel
		}
		return f
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Failure{Channel: channel, What: "no answer in time", Temporary: true}
	}
	return &Failure{Channel: channel, What: "it could not be sent", Temporary: true}
}

// After is how long a channel asks to wait before it is tried again; 0 where it
// does not say.
func After(err error) time.Duration {
	var f *Failure
	if errors.As(err, &f) {
		return f.After
	}
	return 0
}

// Code keeps of a service's word what can be one: at most 60 letters, digits,
// underscores, dots and hyphens; else it is empty.
func Code(word string) string {
	if len(word) > 60 {
		return ""
	}
	for _, c := range word {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '_' && c != '.' && c != '-' {
			return ""
		}
	}
	return word
}
