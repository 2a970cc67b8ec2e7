package awsproxy

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Deny refuses a call as its service does.
func Deny(c Call) *Answer {
	switch service(c) {
	case "organizations":
		return &Answer{Status: http.StatusBadRequest, Code: "AccessDeniedException"}
	case "ec2":
		return &Answer{Status: http.StatusForbidden, Code: "UnauthorizedOperation"}
	}
	return &Answer{Status: http.StatusForbidden, Code: "AccessDenied"}
}

// Throttle says of a call that there were too many.
func Throttle(c Call) *Answer {
	switch service(c) {
	case "organizations":
		return &Answer{Status: http.StatusBadRequest, Code: "TooManyRequestsException"}
	case "ec2":
		return &Answer{Status: http.StatusServiceUnavailable, Code: "RequestLimitExceeded"}
	}
	return &Answer{Status: http.StatusBadRequest, Code: "Throttling"}
}

func service(c Call) string {
	name, _, _ := strings.Cut(c.Action, ":")
	return name
}

// write writes the answer in the form of the service: JSON, or XML.
func (a *Answer) write(w http.ResponseWriter, c Call) {
	body := a.Body
	switch {
	case body != "":
	case service(c) == "organizations":
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		body = fmt.Sprintf(`{"__type":%q,"Message":"told by the test"}`, a.Code)
	case service(c) == "ec2":
		body = fmt.Sprintf(`<Response><Errors><Error><Code>%s</Code><Message>told by the test</Message></Error></Errors></Response>`, a.Code)
	default:
		body = fmt.Sprintf(`<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>told by the test</Message></Error></ErrorResponse>`, a.Code)
	}
	w.WriteHeader(a.Status)
	_, _ = w.Write([]byte(body))
}

// step lets waiting calls through together, when none has come for a while.
type step struct {
	quiet time.Duration
	mu    sync.Mutex
	round int
	gate  chan struct{} // of those that wait now; nil when none does
	timer *time.Timer
}

func newStep(quiet time.Duration) *step { return &step{quiet: quiet} }

// wait waits for the round, and says which it is.
func (s *step) wait() int {
	s.mu.Lock()
	if s.gate == nil {
		s.round++
		s.gate = make(chan struct{})
		s.timer = time.AfterFunc(s.quiet, s.open)
	} else {
		s.timer.Reset(s.quiet)
	}
	gate, round := s.gate, s.round
	s.mu.Unlock()
	<-gate
	return round
}

func (s *step) open() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gate != nil {
		close(s.gate)
		s.gate = nil
	}
}
