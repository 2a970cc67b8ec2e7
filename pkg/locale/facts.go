package locale

// Account is an AWS account as people know it. Name may be empty. Outside: the
// organization was read, and the account is not in it.
type Account struct {
	ID, Name string
	Outside  bool
}

// Principal is a user, session, role, service or other identity. Kind is one of
// "user", "session", "role", "root", "account", "federated", "service", "oidc",
// "saml", "provider", "everyone", or "" for any other. Name is the user's, the
// session's, the service's; Role is the session's role.
type Principal struct {
	Kind    string
	Name    string
	Role    string
	Account Account
}

// Target is the role of the call. Name is empty when it is not known; Owner is
// the value of its owner tag.
type Target struct {
	ARN     string
	Name    string
	Path    string
	Account Account
	Owner   string
}

// Call is what every sentence of a report may speak of.
type Call struct {
	Caller    Principal
	Role      Target
	API       string // "AssumeRole", "AssumeRoleWithWebIdentity", ...
	Region    string
	Simulated bool              // it was not made: the question is whether it would work
	Console   bool              // the console made it, for somebody who switched roles
	Workload  bool              // the caller is a program on EC2, Lambda or the like, as its session says
	NoEstate  bool              // no policies were given at all
	FromAWS   bool              // they were read from AWS itself: there are no files to add to, and no command line to answer on
	Pasted    bool              // AWS's message is all that is known of it
	CallerARN string            // empty where it is not known
	Names     map[string]string // of accounts, by id

	brief bool // the headline has named the role and its account already
}

// Policy is a policy as people name it. Attached names the level of an SCP or
// RCP, or the entity that the policy is attached to.
type Policy struct {
	Kind       string // identity, boundary, session, trust, scp, rcp, vpce; empty for none
	Managed    string // inline, customer, aws
	Name       string
	AttachedTo string // ARN, r-..., ou-..., account id
	LevelName  string // of an organizational unit
}

// Statement names a statement. Number counts from 1; 0 means none.
type Statement struct {
	Number int
	Sid    string
}

// Condition is the condition at fault. Its values are redacted already.
type Condition struct {
	Operator string
	Key      string
	Wanted   []string
	Got      []string
	State    string            // present, present_unknown, absent, unknown
	Units    map[string]string // names of organizational units, by id

	names     map[string]string // of accounts, by id
	simulated bool
}

// Detail says how near it came, see package diagnose.
type Detail struct{ Kind, Nearest, Wanted, Got string }

// Cause is one cause, with what its sentence may need.
type Cause struct {
	Call
	Code      string
	Primary   bool   // the headline is made of it
	Certainty string // proved, likely, possible
	Grade     string // elimination, default, message, conflict, record; empty where there is none
	Shared    bool   // other causes are likely for the same want of another
	Explicit  bool
	Layer     string
	Owner     string  // caller, caller_account, role_account, organization, endpoint_owner, identity_provider
	Of        Account // the account that owns what has to change
	Action    string
	Detail    Detail
	Policy    Policy
	Statement Statement
	Condition Condition
	Trusted   []Principal // who is trusted instead
	Would     Principal   // the identity that would work
	Behind    bool        // it stands behind the caller's session
	Meant     string      // the role that was probably meant, where another cause names it
	IfNearest string      // would the same call on the nearest role work: allowed, denied, unknown
	Until     string      // when a Deny ends that holds for a span of time
	Open      bool        // something that was read may deny the call
	Change    string      // platform.*: the change from history, in its own words
}

// Gap is something that could not be known.
type Gap struct {
	Call
	Code       string
	Layer      string
	Of         Account
	Subject    string
	Key        string
	Permission string
	Decides    bool
	Alone      bool // no cause is proved or likely
	Named      bool // AWS's message names the session policy, or it denies for sure
	Present    bool // the call has the key, with a value that is not known
	Chained    bool // a cause asks whether MFA is carried on
	Aged       bool // a cause takes the age of the MFA sign-in from the session's
}

// Message is AWS's own message. PolicyType is in AWS's words ("identity-based
// policy"), Disagrees says that the policies that were read do not bear it out.
type Message struct {
	PolicyType string
	Explicit   bool
	Disagrees  bool
}

// Headline is what the first line speaks of. Primary is nil when there is no
// cause. Others are the causes beside it that are proved or likely to deny.
type Headline struct {
	Call
	Verdict string // denied, undetermined, allowed_now, not_a_policy_denial
	Primary *Cause
	Others  []*Cause
	Perhaps []*Cause // beside it, only possible
	Gap     *Gap     // the gap to settle first, where there is no cause
	Message Message
}
