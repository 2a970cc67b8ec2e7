package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/estate"
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// Input is what a diagnosis is made of. Policies and Request belong together:
// package scope made the one from the other.
type Input struct {
	Subject  reconstruct.Subject
	Request  *request.Request
	Estate   *estate.Estate
	Policies *eval.Policies
}

// rule finds causes of one kind and adds them to the case.
type rule struct {
	name string
	find func(*inquiry)
}

// rules in the order in which they look. A rule may look at what those before
// it found; the order of the report is made by the ranking, not by this list.
func rules() []rule {
	return []rule{
		{"failures that no policy decides", (*inquiry).platform},
		{"roles that a service assumes for the caller", (*inquiry).podIdentity},
		{"callers that cannot assume roles", (*inquiry).hardCaller},
		{"the role: none, not there, elsewhere", (*inquiry).role},
		{"accounts that are suspended", (*inquiry).suspended},
		{"identities that were deleted or made again", (*inquiry).recreated},
		{"layers that deny", (*inquiry).layers},
		{"identity providers that do not fit the token", (*inquiry).providers},
		{"MFA codes that AWS refused without saying so", (*inquiry).opaqueMFA},
		{"what AWS's message names", (*inquiry).message},
		{"layers that may deny", (*inquiry).unknowns},
		{"companions that AWS's message names", (*inquiry).companionByMessage},
		{"identities behind the caller that would work", (*inquiry).chained},
		{"identities beside it that would work", (*inquiry).siblings},
		{"what could not be read", (*inquiry).unreadable},
	}
}

// inquiry is one diagnosis while it is made.
type inquiry struct {
	Input
	hint   trail.Hint
	plain  *eval.Trace // with what is known
	usual  *eval.Trace // with what callers usually send, where they send nothing special
	gone   bool        // the caller was deleted
	behind bool        // the identity that the caller's session was made from would work
	final  bool        // a cause was found beside which nothing else is asked
	unsaid bool        // the record does not say which role a service assumed for the caller
	causes []Cause
	gaps   []Gap
	role0  roleFinding
}

// Diagnose finds the causes of the call.
func Diagnose(in Input) *Diagnosis {
	q := &inquiry{Input: in}
	if in.Subject.Record != nil {
		q.hint = in.Subject.Record.Hint
	}
	q.plain = eval.Explain(in.Request, in.Policies)
	q.usual = eval.Explain(in.Request.WithDefaults(), in.Policies.WithDefaults())
	for _, r := range rules() {
		if q.final {
			break
		}
		r.find(q)
	}
	d := &Diagnosis{Trace: q.plain, RoleState: q.role0.state, RoleOwner: q.role0.owner}
	q.doubtful()
	rank(q.causes)
	d.Causes = q.causes
	d.Verdict = q.verdict()
	d.Agreement = q.agreement()
	q.collectGaps(d)
	d.Gaps = q.gaps
	return d
}

// simulated says that nobody has made the call, so that AWS has denied nothing.
func (q *inquiry) simulated() bool { return q.Subject.Record == nil }

func (q *inquiry) add(c Cause) {
	if c.Action == "" {
		c.Action = q.Request.Named().Name
	}
	if c.Code == CompanionSetSourceIdentity && q.inherited() && c.Detail.Kind != "layer_unknown" {
		c.Detail.Kind = "inherited"
	}
	q.causes = append(q.causes, c)
}

// certain says whether a cause is proved or likely.
func (q *inquiry) certain() bool {
	for i := range q.causes {
		if q.causes[i].Certainty >= evidence.Likely {
			return true
		}
	}
	return false
}

// verdict is the first that fits.
func (q *inquiry) verdict() Verdict {
	for i := range q.causes {
		if noPolicyDecides(q.causes[i].Code) {
			return NotAPolicyDenial
		}
	}
	switch {
	case q.unsaid:
		return Undetermined
	case q.certain():
		return Denied
	case q.plain.Decision == eval.Allowed && !q.perhaps() && len(q.contradicted()) == 0:
		return AllowedNow
	case q.plain.Decision == eval.Allowed:
		return Undetermined
	case q.plain.Decision != eval.Undetermined:
		return Denied
	}
	return Undetermined
}

// perhaps says that something is listed that may deny the call.
func (q *inquiry) perhaps() bool {
	for i := range q.causes {
		if q.causes[i].Layer != evidence.Evidence {
			return true
		}
	}
	return false
}

// trace of one authorization in both readings.
func (q *inquiry) action(i int) (plain, usual *eval.ActionTrace) {
	return &q.plain.Actions[i], &q.usual.Actions[i]
}

// namedIndex is the authorization that failed: the one that AWS's message
// names, or the first that is not allowed.
func (q *inquiry) namedIndex() int {
	for i := range q.Request.Actions {
		if q.Request.Actions[i].Named {
			return i
		}
	}
	return 0
}
