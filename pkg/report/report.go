// Package report is the versioned, self-contained record of one explanation:
// the only thing stored, sent and replayed. Build copies out and redacts,
// Encode and Decode are its JSON (docs/report.schema.json).
//
// Pure and deterministic. ExternalIds are replaced here, not when it is
// rendered; access keys never enter.
package report

// Schema is the value of the report's "schema" member. Fields may be added,
// none changes its meaning.
const Schema = "assumewhy.report/v1"

// Report is one explanation. Arrays are never null, times RFC 3339 UTC with Z,
// unknown strings empty.
type Report struct {
	Schema      string             `json:"schema"`
	Lang        string             `json:"lang"`
	Event       Event              `json:"event"`
	Accounts    map[string]Account `json:"accounts"`
	Caller      Caller             `json:"caller"`
	Role        Role               `json:"role"`
	Actions     []Action           `json:"actions"`
	Verdict     string             `json:"verdict"`
	Headline    string             `json:"headline"`
	Next        string             `json:"next"` // what to do and who must do it, or empty
	Layers      []Layer            `json:"layers"`
	Causes      []Cause            `json:"causes"`
	Remedies    []Remedy           `json:"remedies"`
	Gaps        []Gap              `json:"gaps"`
	Known       []Known            `json:"known"`
	Changes     []Change           `json:"changes"`
	AWSSays     AWSSays            `json:"aws_says"`
	Estate      Estate             `json:"estate"`
	Incident    string             `json:"incident"`
	Fingerprint string             `json:"fingerprint"`
	Tool        Tool               `json:"tool"`
	Trace       *Trace             `json:"trace"`
}

// Event is the record that was explained.
type Event struct {
	ID        string `json:"id"`
	Time      string `json:"time"`
	Account   string `json:"account"`
	Region    string `json:"region"`
	Name      string `json:"name"`
	ErrorCode string `json:"error_code"`
	SourceIP  string `json:"source_ip"`
	UserAgent string `json:"user_agent"`
}

// Account is what is known of an account that is named.
type Account struct {
	Name    string `json:"name"`
	Outside bool   `json:"outside"` // the organization was read, and it is not in it
}

// Caller is who called. Type is CloudTrail's word.
type Caller struct {
	ARN         string `json:"arn"`
	Account     string `json:"account"`
	Type        string `json:"type"`
	RoleARN     string `json:"role_arn"`
	SessionName string `json:"session_name"`
	PrincipalID string `json:"principal_id"`
}

// Role is the target.
type Role struct {
	ARN       string `json:"arn"`
	Account   string `json:"account"`
	Exists    string `json:"exists"` // yes, no, unknown
	OwnerName string `json:"owner_name"`
}

// Action is one authorization of the call.
type Action struct {
	Name    string `json:"name"`
	Applies string `json:"applies"` // true, false, unknown
}

// Policy names a policy.
type Policy struct {
	Kind       string `json:"kind"`
	Managed    string `json:"managed"`
	ARN        string `json:"arn"`
	Name       string `json:"name"`
	AttachedTo string `json:"attached_to"`
}

// Statement names a statement: Index from 0, Line from 1 in the display text.
type Statement struct {
	Index int    `json:"index"`
	Sid   string `json:"sid"`
	Line  int    `json:"line"`
}

// Layer is one layer's word on one authorization, at one level.
type Layer struct {
	Action    string    `json:"action"`
	Layer     string    `json:"layer"`
	Level     int       `json:"level"`
	Target    string    `json:"target"`
	Name      string    `json:"target_name"` // of an organizational unit or account, as Target is its id
	Account   string    `json:"account"`
	Needed    string    `json:"needed"` // yes, no, depends, exempt
	Result    string    `json:"result"` // allows, denies, unknown, none
	Exempt    string    `json:"exempt"` // why it has no say (management_account, no_boundary, ...), or empty
	Explicit  bool      `json:"explicit"`
	Policy    Policy    `json:"policy"`
	Statement Statement `json:"statement"`
}

// Detail says how near it came. Diff are the byte ranges of Got that differ
// from Wanted, [from,to).
type Detail struct {
	Kind    string   `json:"kind"`
	Nearest string   `json:"nearest"`
	Wanted  string   `json:"wanted"`
	Got     string   `json:"got"`
	Diff    [][2]int `json:"diff"`
}

// Quote is lines of the policy, First the number of the first.
type Quote struct {
	First int      `json:"first"`
	Lines []string `json:"lines"`
	Mark  []Mark   `json:"mark"`
}

// Mark is what to point at: byte columns of a line of the quote.
type Mark struct {
	Line int `json:"line"`
	From int `json:"from"`
	To   int `json:"to"`
}

// Condition is the condition at fault.
type Condition struct {
	Operator string   `json:"operator"`
	Key      string   `json:"key"`
	Wanted   []string `json:"wanted"`
	Got      []string `json:"got"`
	GotState string   `json:"got_state"`
}

// Evidence is one fact for a cause.
type Evidence struct {
	Origin string `json:"origin"`
	Fact   string `json:"fact"`
}

// Cause is one reason.
type Cause struct {
	Code      string     `json:"code"`
	Detail    Detail     `json:"detail"`
	Certainty string     `json:"certainty"`
	Primary   bool       `json:"primary"`
	Layer     string     `json:"layer"`
	Account   string     `json:"account"`
	Owner     string     `json:"owner"`
	Action    string     `json:"action"`
	Policy    Policy     `json:"policy"`
	Statement Statement  `json:"statement"`
	Quote     Quote      `json:"quote"`
	Condition Condition  `json:"condition"`
	Because   string     `json:"because"`
	Evidence  []Evidence `json:"evidence"`
}

// Remedy is what would help, proved by evaluating again (none yet).
type Remedy struct {
	Title        string         `json:"title"`
	Owner        string         `json:"owner"`
	OwnerName    string         `json:"owner_name"`
	Account      string         `json:"account"`
	Kind         string         `json:"kind"`
	Changes      []PolicyChange `json:"changes"`
	Verified     bool           `json:"verified"`
	Sufficient   bool           `json:"sufficient"`
	Alternatives []string       `json:"alternatives"`
	Leaves       []string       `json:"leaves"`
	Risk         string         `json:"risk"`
}

// PolicyChange is one changed document.
type PolicyChange struct {
	Policy         Policy `json:"policy"`
	Before         any    `json:"before"`
	After          any    `json:"after"`
	Patch          []any  `json:"patch"`
	CLI            string `json:"cli"`
	Terraform      string `json:"terraform"`
	CloudFormation string `json:"cloudformation"`
}

// Gap is what could not be known.
type Gap struct {
	Code       string   `json:"code"`
	Layer      string   `json:"layer"`
	Account    string   `json:"account"`
	Subject    string   `json:"subject"`
	Key        string   `json:"key"`
	Permission string   `json:"permission"`
	Affects    []string `json:"affects"`
	What       string   `json:"what"`
	Settle     string   `json:"settle"`
}

// Known is a fact that the operator gave. Values are those of keys whose values
// are no secret whatever they are: truths, times and addresses.
type Known struct {
	Key    string   `json:"key"`
	State  string   `json:"state"` // present, absent
	Values []string `json:"values"`
}

// Change is one change from history (none yet).
type Change struct {
	Time          string `json:"time"`
	EventName     string `json:"event_name"`
	Actor         string `json:"actor"`
	What          string `json:"what"`
	EventID       string `json:"event_id"`
	SecondsBefore int    `json:"seconds_before"`
}

// AWSSays is AWS's own message and whether it agrees.
type AWSSays struct {
	Message    string `json:"message"`
	PolicyType string `json:"policy_type"`
	Explicit   bool   `json:"explicit"`
	PolicyARN  string `json:"policy_arn"`
	Agrees     string `json:"agrees"` // yes, no, silent
}

// Estate says when and from what the policies were read.
type Estate struct {
	ReadAt string `json:"read_at"`
	Empty  bool   `json:"empty"`  // no policies were given at all
	Source string `json:"source"` // files, aws, or empty
}

// Tool is what made the report.
type Tool struct {
	Version string `json:"version"`
}

// Trace is the whole trace, with --verbose only.
type Trace struct {
	Decision string        `json:"decision"`
	Best     string        `json:"best"`
	Worst    string        `json:"worst"`
	Actions  []TraceAction `json:"actions"`
}

// TraceAction is the trace of one authorization.
type TraceAction struct {
	Action   string       `json:"action"`
	Decision string       `json:"decision"`
	Layers   []TraceLayer `json:"layers"`
}

// TraceLayer is the trace of one layer at one level.
type TraceLayer struct {
	Layer      string           `json:"layer"`
	Level      int              `json:"level"`
	Target     string           `json:"target"`
	Needed     string           `json:"needed"`
	Deny       string           `json:"deny"`
	Allow      string           `json:"allow"`
	Statements []TraceStatement `json:"statements"`
}

// TraceStatement is the trace of one statement. Wanted are the values of the
// first of principal, action and resource by which it does not match.
type TraceStatement struct {
	Policy     Policy           `json:"policy"`
	Statement  Statement        `json:"statement"`
	Effect     string           `json:"effect"`
	Match      string           `json:"match"`
	Principal  string           `json:"principal"`
	Action     string           `json:"action"`
	Resource   string           `json:"resource"`
	Condition  string           `json:"condition"`
	Wanted     []string         `json:"wanted"`
	Conditions []TraceCondition `json:"conditions"`
}

// TraceCondition is the trace of one condition.
type TraceCondition struct {
	Condition
	Result string `json:"result"`
	Note   string `json:"note"`
}
