// Package evidence is the vocabulary of knowing: three-valued truth, the
// layers that decide, where a fact comes from, and what could not be known.
//
// Everything here is a pure value, safe for concurrent use. The package holds
// no sentences: those are made by package locale from these values.
package evidence

// Tri is Kleene's three-valued truth. The zero value is Unknown, so that what
// nobody has set is never taken for known.
type Tri int8

// The three values; And is the minimum and Or the maximum.
const (
	False   Tri = -1
	Unknown Tri = 0
	True    Tri = 1
)

// Of is True or False.
func Of(b bool) Tri {
	if b {
		return True
	}
	return False
}

// And is false when one side is false, whatever the other may be.
func (t Tri) And(o Tri) Tri { return min(t, o) }

// Or is true when one side is true, whatever the other may be.
func (t Tri) Or(o Tri) Tri { return max(t, o) }

// Not swaps true and false and keeps unknown.
func (t Tri) Not() Tri { return -t }

// String is "true", "false" or "unknown".
func (t Tri) String() string {
	switch t {
	case True:
		return "true"
	case False:
		return "false"
	}
	return "unknown"
}

// Layer says whose word decides. The string is the contract of the report.
type Layer string

// The layers of the report (docs/report.schema.json).
const (
	Caller   Layer = "caller"   // who calls: root, federation token
	Role     Layer = "role"     // the role itself: exists or not
	Trust    Layer = "trust"    // the role's trust policy
	Identity Layer = "identity" // identity-based policies of user, groups or role
	Boundary Layer = "boundary" // the caller's permissions boundary
	Session  Layer = "session"  // the policy passed when the caller's session was made
	SCP      Layer = "scp"      // service control policies of the caller's account
	RCP      Layer = "rcp"      // resource control policies of the role's account
	VPCE     Layer = "vpce"     // the VPC endpoint's policy
	Platform Layer = "platform" // reasons that no policy decides
	Evidence Layer = "evidence" // what is missing
)

// OriginKind says what kind of source a fact has.
type OriginKind string

// The kinds of source, best known first.
const (
	FromEvent    OriginKind = "event"    // a field of the CloudTrail record
	FromMessage  OriginKind = "message"  // AWS's error message
	FromEstate   OriginKind = "estate"   // a file of the estate, or a read of AWS
	FromHistory  OriginKind = "history"  // another CloudTrail record
	FromOperator OriginKind = "operator" // --know, --context
	FromRule     OriginKind = "rule"     // documented behavior of AWS
)

// Origin is where a fact comes from. Ref is the field of the event
// ("userIdentity.arn"), the part of the estate, or the rule in a few words.
type Origin struct {
	Kind OriginKind
	Ref  string
}

// String is "kind:ref".
func (o Origin) String() string {
	if o == (Origin{}) {
		return ""
	}
	return string(o.Kind) + ":" + o.Ref
}

// Why says for what reason something is not known.
type Why string

// The reasons of estate.json, and two of our own.
const (
	Denied      Why = "denied"
	Throttled   Why = "throttled"
	Timeout     Why = "timeout"
	Truncated   Why = "truncated"
	NotRead     Why = "not_read"
	Unreadable  Why = "unreadable"    // read, but no JSON, or not understood
	NotInRecord Why = "not_in_record" // CloudTrail does not log it
)

// Gap is one thing that could not be known, why, and what would settle it.
// Code names the kind for locale ("policy", "account", "key", "organization",
// "session_policy", "history", "endpoint", "role", "companion", ...).
type Gap struct {
	Code       string
	Layer      Layer
	Account    string // 12 digits, or empty
	Subject    string // ARN, policy name, folder, ... what is not known
	Key        string // condition key, where one is unknown
	Permission string // the permission that would let it be read
	Why        Why
	Detail     string // free text of ours, never of the event
}

// State says what is known of a fact.
type State uint8

// The states of a fact. The zero value is the unknown one.
const (
	Missing State = iota // not known: there is a Gap
	Present              // known, with a value
	Absent               // known not to exist
)

// Fact is a value that is known, known to be absent, or missing with a gap.
// The zero Fact is missing.
type Fact[T any] struct {
	state State
	value T
	gap   Gap
}

// Known is a fact with a value.
func Known[T any](v T) Fact[T] { return Fact[T]{state: Present, value: v} }

// None is a fact known to be absent.
func None[T any]() Fact[T] { return Fact[T]{state: Absent} }

// Lacking is a fact that could not be known.
func Lacking[T any](g Gap) Fact[T] { return Fact[T]{gap: g} }

// State says what is known.
func (f Fact[T]) State() State { return f.state }

// Get gives the value, and true when it is known and present.
func (f Fact[T]) Get() (T, bool) { return f.value, f.state == Present }

// Gap gives the gap, and true when the fact is missing.
func (f Fact[T]) Gap() (Gap, bool) { return f.gap, f.state == Missing }

// Certainty grades a cause.
type Certainty uint8

// The grades, weakest first, so that they compare.
const (
	Possible Certainty = iota
	Likely
	Proved
)

// String is the word of the report.
func (c Certainty) String() string { return [...]string{"possible", "likely", "proved"}[c] }
