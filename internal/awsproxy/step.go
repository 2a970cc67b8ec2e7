package awsproxy

import (
	"sync"
	"time"
)

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
