package eval

import "github.com/assumewhy/assumewhy/pkg/evidence"

// WithDefaults are the same policies where the one thing that usually is not
// there, a policy passed when the caller's session was made, is taken not to
// be there. Nothing else changes.
func (p *Policies) WithDefaults() *Policies {
	out := *p
	if p.Session.State == SetUnknown && unread(p.Session.Gaps) {
		out.Session = Set{State: SetExempt, Why: NoSessionPolicy}
	}
	return &out
}

// unread says that nothing is missing but the session policy.
func unread(gaps []evidence.Gap) bool {
	for _, g := range gaps {
		if g.Code != "session_policy" {
			return false
		}
	}
	return len(gaps) > 0
}
