// Package diagnose turns a trace of the engine into causes: what denies the
// call, how sure that is, who owns it, and which of them the reader should act
// on first.
//
// Rules are values in an explicit list. Pure and deterministic. It never lists
// as possible what a careful person would not name; what could not be known is
// a gap.
package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Verdict on the call.
type Verdict string

// The verdicts of the report, the first that fits.
const (
	NotAPolicyDenial Verdict = "not_a_policy_denial"
	AllowedNow       Verdict = "allowed_now"
	Denied           Verdict = "denied"
	Undetermined     Verdict = "undetermined"
)

// Owner says whose the cause is to change.
type Owner string

// The owners of the report.
const (
	OwnerCaller           Owner = "caller"
	OwnerCallerAccount    Owner = "caller_account"
	OwnerRoleAccount      Owner = "role_account"
	OwnerOrganization     Owner = "organization"
	OwnerEndpoint         Owner = "endpoint_owner"
	OwnerIdentityProvider Owner = "identity_provider"
)

// Grade says why a cause is likely.
type Grade string

// The grades of likely; empty for proved and possible.
const (
	ByElimination Grade = "elimination" // everything else allows
	ByDefault     Grade = "default"     // what callers send when they do nothing special
	ByMessage     Grade = "message"     // AWS's message names this policy type
	ByConflict    Grade = "conflict"    // AWS's pages disagree, and nothing else denies
	ByRecord      Grade = "record"      // so it is by the record, but AWS's message names another caller or role
)

// Detail says how near it came. Kind is of the code's own list ("spelling",
// "case", "path", "account", "name", "other_principal", "console", ...).
type Detail struct {
	Kind    string
	Nearest string // the nearest name, pattern or principal
	Wanted  string
	Got     string
}

// Condition is the condition at fault. Wanted are the policy's values with
// variables filled in where they could be; Got are the request's values.
type Condition struct {
	Operator string
	Key      string
	Wanted   []string
	Got      []string
	State    request.KeyState
	Secret   bool // values are ExternalIds: never printed
}

// Fact is one piece of evidence for a cause: terse, not a sentence, in no
// language ("aws:SourceIp 203.0.113.7").
type Fact struct {
	Origin evidence.Origin
	Text   string
}

// Cause is one reason why the call was denied.
type Cause struct {
	Code      Code
	Detail    Detail
	Certainty evidence.Certainty
	Grade     Grade
	Primary   bool
	Explicit  bool // an explicit deny

	Layer   evidence.Layer
	Level   int
	Target  string // level's id, for SCPs and RCPs
	Account string // account that owns what has to change
	Owner   Owner
	Action  string // authorization it belongs to

	Policy    *policy.Policy // nil when no policy is at fault or it could not be read
	Statement *policy.Statement
	Marks     []policy.Span // what to mark in the quoted lines
	Condition *Condition

	Trusted []string // trust.no_principal and kin: who is trusted instead, in document order
	Would   string   // caller.wrong_identity, caller.chained_session: the identity that would work

	Evidence []Fact
}

// Gap is what could not be known, and what it touches.
type Gap struct {
	evidence.Gap
	Affects []evidence.Layer
	Decides bool // it could change the answer
}

// Agreement of AWS's message with our answer.
type Agreement string

// The values of the report's aws_says.agrees.
const (
	Agrees    Agreement = "yes"
	Disagrees Agreement = "no"
	Silent    Agreement = "silent"
)

// Diagnosis is the whole answer, before it is put into words.
type Diagnosis struct {
	Verdict   Verdict
	Causes    []Cause // primary first, then in the order of the ranking
	Gaps      []Gap
	Trace     *eval.Trace
	Agreement Agreement
	RoleState evidence.State // does the role exist: Present yes, Absent no, Missing unknown
	RoleOwner string         // owner tag of the role, role account or policy
}
