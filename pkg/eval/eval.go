// Package eval is the engine: policies that apply, by layer and level, and a
// request, to a decision (Decide) or to a full trace of why (Explain).
//
// Three-valued: what is unknown stays unknown through every step (Kleene), so
// that a definite answer holds for every value of what is unknown. Kleene is
// sound, not complete: two Allows that together cover every value of one
// unknown key give Undetermined. Nothing short-circuits in Explain. Pure,
// deterministic, safe for concurrent use. The trace holds operands, never
// sentences.
package eval

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
	"github.com/assumewhy/assumewhy/pkg/request"
)

// Decision on one authorization or on the whole call.
type Decision uint8

// The decisions; the zero value decides nothing.
const (
	Undetermined Decision = iota
	Allowed
	ImplicitlyDenied
	ExplicitlyDenied
)

// String is the word of the vectors.
func (d Decision) String() string {
	return [...]string{"Undetermined", "Allowed", "ImplicitlyDenied", "ExplicitlyDenied"}[d]
}

// SetState says whether a layer has a say.
type SetState uint8

// The states; the zero value is the unknown one: all of the layer is a gap.
const (
	SetUnknown SetState = iota
	SetApplies
	SetExempt // the layer does not apply to this call; Why says by which rule
)

// Exempt names the rule by which a layer has no say.
type Exempt string

// The rules (semantics EV-12, EV-15 to EV-42).
const (
	NoBoundary      Exempt = "no_boundary"
	NoSessionPolicy Exempt = "no_session_policy"
	NoOrganization  Exempt = "no_organization"
	NotEnabled      Exempt = "not_enabled"        // policy type not enabled on the root
	Management      Exempt = "management_account" // of the caller (SCP) or the role (RCP)
	ServiceLinked   Exempt = "service_linked_role"
	ServiceCaller   Exempt = "service_caller"
	FederatedCaller Exempt = "federated_caller"
	NoEndpoint      Exempt = "no_endpoint"
	NotRoleAction   Exempt = "not_rcp_action"
)

// HardRule names a rule by which a caller is refused whatever policies say.
type HardRule string

// The rules (STS API, "AssumeRole"; IAM User Guide, "Compare AWS STS
// credentials").
const (
	RootCaller      HardRule = "root"             // root users cannot assume roles
	FederationToken HardRule = "federation_token" // GetFederationToken sessions call nothing of STS but GetCallerIdentity
)

// Set is one layer's policies. Identity, boundary, session, trust and endpoint
// have one level; SCPs and RCPs one for the root, each OU and the account.
// Within a level policies are a union; every level must allow.
type Set struct {
	State  SetState
	Why    Exempt
	Levels []Level
	Gaps   []evidence.Gap // of the layer as a whole, for SetUnknown
}

// Level is the policies of one level. A level with gaps is one where a policy
// could not be read: it may deny, and it may allow.
type Level struct {
	Target   string // ARN or id that the level belongs to
	Name     string
	Account  string
	Policies []*policy.Policy
	Gaps     []evidence.Gap
}

// Policies are all that apply to a call; package scope makes them.
type Policies struct {
	VPCE, RCP, SCP, Trust, Identity, Boundary, Session Set
}

// Needed says whether a layer must allow.
type Needed uint8

// The values of the report's "needed".
const (
	NeededYes     Needed = iota
	NeededNo             // an implicit deny there is ignored
	NeededDepends        // no trust statement grants for sure, so it depends on how one would; or AWS's pages disagree
	NeededExempt
)

// Grant is how a trust statement names the caller, which says what else must
// allow in the same account (semantics EV-10).
type Grant uint8

// The grant classes, strongest first.
const (
	GrantSession Grant = iota // the caller's session ARN
	GrantUser                 // the caller's user ARN
	GrantStar                 // "*"
	GrantRole                 // the caller's role ARN
	GrantAccount              // the caller's account
	GrantOther                // a service or an identity provider
	NumGrants
)

// Trace is the whole explanation.
//
// Best and Worst speak of the authorizations that apply for sure, like
// Decision: the call can be allowed only if Best is Allowed, and is allowed for
// every value of what is unknown if Worst is.
type Trace struct {
	Request  *request.Request
	Policies *Policies
	Decision Decision // of the first action, in order, that applies and is not allowed
	Best     Decision // every unknown resolved for the caller
	Worst    Decision // every unknown resolved against the caller
	HardRule HardRule // the rule that refuses the caller before any policy, or ""
	Actions  []ActionTrace
}

// ActionTrace is one authorization.
type ActionTrace struct {
	Action                *request.Action
	Decision, Best, Worst Decision
	Layer                 evidence.Layer          // first that denies, or for Undetermined first that is not definite
	Deny, Allow           evidence.Tri            // over all layers
	Grants                [NumGrants]evidence.Tri // trust Allow by class
	Layers                []LayerTrace            // vpce, rcp by level, scp by level, trust, identity, boundary, session
}

// LayerTrace is one layer at one level.
type LayerTrace struct {
	Layer      evidence.Layer
	Index      int // level from the root, 0 where there is one
	Set        *Set
	Level      *Level // nil when exempt or wholly unknown
	Needed     Needed
	Why        Exempt       // when exempt: by which rule
	Deny       evidence.Tri // explicit deny
	Allow      evidence.Tri // has an Allow (RCP: always true; exempt: true)
	Missing    evidence.Tri // implicit deny: an Allow is needed here and is not there
	Statements []StatementTrace
}

// Denies says whether the layer by itself refuses: explicitly, or by a missing
// Allow where one is needed.
func (l *LayerTrace) Denies() evidence.Tri {
	return l.Deny.Or(l.Missing)
}

// StatementTrace is one statement that decided, may decide, or nearly matched.
type StatementTrace struct {
	Policy     *policy.Policy
	Statement  *policy.Statement
	Match      evidence.Tri // all four together
	Principal  evidence.Tri // True where the kind of policy has none
	Action     evidence.Tri
	Resource   evidence.Tri
	Condition  evidence.Tri
	Grant      Grant            // trust: the strongest class by which it names the caller
	Conditions []ConditionTrace // all of the statement, in document order, when principal, action and resource are not false
}

// ConditionTrace is one condition of a statement.
type ConditionTrace struct {
	Condition *policy.Condition
	Result    evidence.Tri
	Key       *request.Key     // as the request has it
	State     request.KeyState // as this action sees it (companion actions see less)
	Note      string           // "conflict_g", "unknown_operator", "multivalued_without_set_operator", ..., or ""
}
