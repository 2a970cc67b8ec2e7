// Package estate is what is known of AWS accounts: users, groups, roles with
// their policies and tags, identity providers, endpoints, and the
// organization's tree and policies. Each part is known, known to be absent, or
// a gap.
//
// What is not in a file does not exist only when the file is known to be whole:
// a page of several, a file that is cut, an element that cannot be read or a gap
// of estate.json make what is not found a gap, never an absence.
//
// Values are immutable and safe for concurrent use. An account's files are read
// and its entities decoded on first use, so that a large estate costs only what
// is asked of it. The package opens no files: a collector hands over their
// bytes, or a function that gives them (Folder).
package estate

import (
	"time"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// Tag of a user, role or policy.
type Tag struct{ Key, Value string }

// Entity is what users, groups and roles have in common.
type Entity struct {
	Name      string
	Path      string // "/" or "/a/b/"
	ARN       string
	ID        string // AIDA..., AROA..., AGPA...
	Account   string
	Created   time.Time
	Tags      []Tag                           // in file order
	Inline    []*policy.Policy                // in file order
	Attached  []evidence.Fact[*policy.Policy] // a missing document is a gap
	AttachedN []string                        // ARNs of Attached, same order; a last one of Attached may have none
	Boundary  evidence.Fact[*policy.Policy]   // None: no boundary
}

// User is an IAM user.
type User struct {
	Entity
	Groups []evidence.Fact[*Group]
}

// Group is an IAM group.
type Group struct{ Entity }

// Role is an IAM role. Trust is missing when the file has no trust policy.
type Role struct {
	Entity
	Trust      evidence.Fact[*policy.Policy]
	MaxSession time.Duration // 0 when not known
}

// Name is the short form of an entity, for near names.
type Name struct{ Name, Path, ARN string }

// Providers are the identity providers of an account.
type Providers struct {
	OIDC []OIDCProvider
	SAML []string // ARNs
}

// OIDCProvider is one OpenID Connect provider; Audiences is missing when only
// the list was read.
type OIDCProvider struct {
	ARN       string
	URL       string
	Audiences evidence.Fact[[]string]
}

// Endpoint is a VPC endpoint.
type Endpoint struct {
	ID, VPC, Owner string
	Policy         evidence.Fact[*policy.Policy]
}

// Level is one step of the path from the organization's root to an account.
type Level struct {
	Target   string // r-..., ou-..., account id
	Name     string
	Policies []evidence.Fact[*policy.Policy] // attached directly, in file order
}
