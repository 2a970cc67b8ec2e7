// Package trail decodes CloudTrail records from every envelope they come in,
// as a stream in which one bad record does not end the rest, and says of each
// record whether it is a denied role switch, another failure of one, or not
// ours. It parses AWS's error message as a hint: the message is text that the
// caller can influence.
//
// Pure and deterministic: it reads from an io.Reader it is handed and opens
// nothing. What it gives is safe for concurrent use as long as nobody changes it.
// Limits: MaxRecord bytes a record, MaxDepth levels of nesting in one JSON text,
// MaxEnvelopes nested envelopes, MaxUnpacked bytes of packed data in one; beyond
// them, an error for that record alone.
package trail

import (
	"encoding/json"
	"strings"
	"time"
	"unicode"
)

// Limits of the decoder.
const (
	MaxRecord    = 1 << 20
	MaxDepth     = 64
	MaxEnvelopes = 4
)

// Class says what a record is to us.
type Class uint8

// The classes.
const (
	NotOurs Class = iota // a success, another call, another service
	Denied               // a denied role switch
	Failed               // a role switch that failed for a reason no policy decides
)

// Position is where a record stands: file name as given, record number in it
// from 1, byte offset of its envelope.
type Position struct {
	File   string
	Record int
	Offset int64
}

// Record is one CloudTrail record. Unknown strings are empty. All text is
// hostile.
type Record struct {
	Position Position
	Class    Class

	ID                string // eventID
	OriginalID        string // addendum.originalEventID
	SharedID          string
	Version           string
	Time              time.Time // eventTime, UTC; zero when missing or not readable
	Source            string    // eventSource
	Name              string    // eventName
	Region            string    // awsRegion
	SourceIP          string    // sourceIPAddress
	UserAgent         string
	ErrorCode         string
	ErrorMessage      string
	RecipientAccount  string
	EndpointID        string // vpcEndpointId
	EndpointAccount   string // vpcEndpointAccountId
	HasTLS            bool   // tlsDetails present
	Host              string // tlsDetails.clientProvidedHostHeader
	EndpointType      string // additionalEventData.RequestDetails.endpointType
	ServingRegion     string // additionalEventData.RequestDetails.awsServingRegion
	SwitchTo          string // console: additionalEventData.SwitchTo
	SwitchRole        string // console: responseElements.SwitchRole, "Failure" or "Success"
	FromConsole       bool   // sessionCredentialFromConsole
	Identity          Identity
	Params            *Params // nil when requestParameters is null or missing
	Resources         []Resource
	Hint              Hint
	RequestParameters json.RawMessage // as in the record, without the white space between tokens
	MessageOnly       bool            // nothing but AWS's message is known
	RequestID         string          // MessageOnly: the id that the client shows beside the message

	// Unread names the members that are there with a type that is not theirs,
	// twice and different, or in another letter case, as paths ("userIdentity.sessionContext"), in the order
	// of the record: what they hold is unknown, not absent. Of role switches alone.
	Unread []string
	// Repeated are those of Unread that stand there more than once: nobody knows
	// which of their values holds.
	Repeated []string
}

// Resource is one entry of resources[].
type Resource struct {
	ARN, Account, Type string
}

// Identity is userIdentity.
type Identity struct {
	Type        string // CloudTrail's word
	PrincipalID string
	ARN         string
	Account     string
	AccessKeyID string // never printed
	UserName    string
	InvokedBy   string
	Provider    string // identityProvider
	OnBehalfOf  string // onBehalfOf.userId
	Scope       *Scope // inScopeOf
	Session     *Session
}

// Scope is userIdentity.inScopeOf.
type Scope struct {
	IssuerType          string
	CredentialsIssuedTo string
	SourceARN           string
	SourceAccount       string
}

// Session is userIdentity.sessionContext.
type Session struct {
	IssuerType        string // "" when sessionIssuer is {}
	IssuerID          string
	IssuerARN         string // with path
	IssuerAccount     string
	IssuerName        string
	Created           time.Time // attributes.creationDate
	MFA               string    // attributes.mfaAuthenticated: "true", "false" or ""
	SourceIdentity    string
	FederatedProvider string // webIdFederationData.federatedProvider
	RoleDelivery      string // ec2RoleDelivery
	AssumedRoot       string
	SignInSession     string // signInSessionArn
}

// Tag is a session tag.
type Tag struct{ Key, Value string }

// Params is requestParameters of a role switch. A pointer is nil when the
// member is missing: with Params there, a missing member was not passed.
type Params struct {
	RoleARN         string
	SessionName     *string
	ExternalID      *string // never printed
	SourceIdentity  *string
	SerialNumber    *string
	Duration        *int64
	Tags            []Tag // tags, or principalTags sorted by key
	TransitiveKeys  []string
	IncomingTags    []Tag // incomingTransitiveTags sorted by key
	HasPolicy       bool
	ProvidedContext bool
	PrincipalARN    string // WithSAML: provider
	TargetPrincipal string // AssumeRoot: the account, by id or by its root user's ARN
	TaskPolicy      string // AssumeRoot: ARN of the task's managed policy
	// Unread names the members above that are there with a type that is not
	// theirs, or masked: they were passed, and what they hold is unknown. Sorted.
	Unread []string
	// Partial says that they are what pasted text tells, or lack the role: what
	// is not among them may have been passed as well.
	Partial bool
}

// Clean says that the resource of a message has no white space in it, so that it
// is what AWS was asked for and no more.
func (h *Hint) Clean() bool { return strings.IndexFunc(h.Resource, unicode.IsSpace) < 0 }

// Hint is what AWS's message says. It decides nothing by itself.
type Hint struct {
	Form       Form
	Principal  string
	Action     string // "sts:AssumeRole", as in the message
	Resource   string // as in the message; trust it only when RoleARN is set
	RoleARN    string // Resource, when it is a well-formed role ARN and the message was not cut
	Cut        bool   // 1,024 bytes or more, and the resource is the last token
	PolicyType string // "service control policy", ... as AWS writes it; empty when not named
	Explicit   bool   // "with an explicit deny"
	Via        string // "service control policy" of "transitively through a"
	PolicyARN  string // ARN or p-...
	AuthID     string // access troubleshooter
}

// Form says which of AWS's messages it is.
type Form uint8

// The forms.
const (
	FormNone      Form = iota // no message
	FormDenied                // "User: ... is not authorized to perform: ..."
	FormFederated             // "Not authorized to perform sts:AssumeRoleWith..."
	FormOpaque                // "An unknown error occurred"
	FormRoot                  // "Roles may not be assumed by root accounts."
	FormMFA                   // MultiFactorAuthentication failed
	FormDuration              // DurationSeconds exceeds ...
	FormRegion                // STS is not activated in this region

	FormPlain          // "Not authorized to perform sts:AssumeRole", without any detail
	FormConsole        // the console's "Invalid information in one or more fields."
	FormEndpoint       // "The request was denied due to a VPC endpoint policy"
	FormPodIdentity    // "Unauthorized Exception! EKS does not have permissions to assume the associated role."
	FormSourceIdentity // "The source identity is already set for this assume role session"
	FormCredentials    // the caller's credentials are expired or not valid
	FormIdentityToken  // the web identity token or the SAML assertion was refused
	FormThrottled      // "Rate exceeded"
	FormInvalid        // a parameter, a session policy or its packed size was refused

	FormOther // anything else
)
