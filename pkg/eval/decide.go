package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Decide answers the call: the decision of the first of its authorizations, in
// order, that applies for sure and is not allowed. One of which it is not known
// whether the call needs it never changes the answer. It is Explain without the
// trace.
func Decide(r *request.Request, p *Policies) Decision {
	e := newEvaluator(r, p, nil)
	out := Undetermined // nothing is known to be authorized
	for i := range r.Actions {
		a := &r.Actions[i]
		if a.Applies != evidence.True {
			continue
		}
		if out = e.decide(a.Name); out != Allowed {
			return out
		}
	}
	return out
}

// decide answers one authorization.
func (e *evaluator) decide(action string) Decision {
	if hardRule(e.req, action) != "" {
		return ImplicitlyDenied
	}
	e.begin(action)
	if e.id == getCallerIdentity {
		return Allowed // no policy can deny it
	}
	e.layers()
	return conclude(e.sum.deny, e.allowed())
}

// conclude is the decision of what denies and what allows. It is certain where
// every value of what is unknown gives the same; where all of them deny but not
// all explicitly, the denial is implicit.
func conclude(deny, allow evidence.Tri) Decision {
	switch {
	case deny == evidence.True:
		return ExplicitlyDenied
	case allow == evidence.False:
		return ImplicitlyDenied
	case deny == evidence.False && allow == evidence.True:
		return Allowed
	}
	return Undetermined
}

// best and worst are the decisions when every unknown is resolved for the
// caller, and against.
func best(deny, allow evidence.Tri) Decision {
	return conclude(evidence.Of(deny == evidence.True), evidence.Of(allow != evidence.False))
}

func worst(deny, allow evidence.Tri) Decision {
	return conclude(evidence.Of(deny != evidence.False), evidence.Of(allow == evidence.True))
}
