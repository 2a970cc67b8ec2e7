package diagnose

import (
	"slices"
	"strings"

	"github.com/assumewhy/assumewhy/pkg/evidence"
)

// Entry is what the catalogue holds of one code. The words for it are in
// package locale.
type Entry struct {
	Code Code
	// Layer is whose policy, or what else, is at fault; empty for the codes of
	// companions, whose cause has the layer that denies the companion.
	Layer evidence.Layer
	// Group is the part of the ranking that the code stands in. The codes of a
	// Deny and of a missing Allow alike stand where a missing Allow does.
	Group Group
	// Owners are those who can act, whoever comes first most often.
	Owners []Owner
	// Details are the words that Detail.Kind may have.
	Details []string
	// History says that only a history of changes, or of how sessions were
	// made, can tell this cause. No rule tells it yet.
	History bool
	// Example is a scenario that yields the code. Codes that need history have
	// none.
	Example Example
}

// Part is the code's part before the dot: caller, trust, scp and so on.
func (e Entry) Part() string {
	part, _, _ := strings.Cut(string(e.Code), ".")
	return part
}

// Rank is the code's place in the ranking, from 1. Codes that share a place
// are ordered by what they are about.
func (e Entry) Rank() int { return placeOf[e.Code] + 1 }

// Example names a file of testdata/scenarios, without its suffix, and the whole
// set of causes that it yields, the primary one first.
type Example struct {
	Scenario string
	Yields   []Yield
}

// Yield is one cause of an example.
type Yield struct {
	Code      Code
	Certainty evidence.Certainty
}

// Group is a part of the ranking: among causes of the same certainty those of
// an earlier group are named first.
type Group uint8

// The groups, in the order of the ranking.
const (
	NoPolicyDecided Group = iota + 1 // AWS's error says that no policy decided
	SettledSince                     // the policies of the moment, or today's, allow it
	ExplicitDenies                   // a Deny matches
	Nobody                           // role, caller or account is not there, or is another
	MissingAllow                     // what has to allow does not
	NotKnown                         // what is missing to judge
)

// Catalogue lists an entry for every code, part by part, as they are declared.
func Catalogue() []Entry {
	list := slices.Clone(catalogue)
	for i := range list {
		list[i].Example = examples[list[i].Code]
	}
	return list
}

// What a code's Detail.Kind may be, where several codes share it.
var (
	nearResource = []string{"account", "path", "name", "case", "pattern"}
	tagDetails   = []string{"missing", "other_value"}
)

// callerOwners is whoever keeps the policies of the caller: of a permission
// set's role that is IAM Identity Center.
var callerOwners = []Owner{OwnerCallerAccount, OwnerIdentityProvider}

// catalogue in the order of the codes' declaration. The entries of companions
// list every owner whose layer may deny one.
var catalogue = slices.Concat(callerEntries, roleEntries, trustEntries, conditionEntries, organizationEntries, platformEntries)

var callerEntries = []Entry{
	{Code: IdentityNoAllow, Layer: evidence.Identity, Group: MissingAllow, Owners: callerOwners},
	{Code: IdentityResourceMismatch, Layer: evidence.Identity, Group: MissingAllow, Owners: callerOwners, Details: nearResource},
	{Code: IdentityCondition, Layer: evidence.Identity, Group: MissingAllow, Owners: callerOwners},
	{Code: IdentityExplicitDeny, Layer: evidence.Identity, Group: ExplicitDenies, Owners: callerOwners},
	{Code: IdentityMFARequired, Layer: evidence.Identity, Group: ExplicitDenies, Owners: callerOwners},
	{Code: IdentitySessionRevoked, Layer: evidence.Identity, Group: ExplicitDenies, Owners: callerOwners},
	{Code: IdentityQuarantined, Layer: evidence.Identity, Group: ExplicitDenies, Owners: callerOwners},
	{Code: BoundaryNoAllow, Layer: evidence.Boundary, Group: MissingAllow, Owners: callerOwners, Details: nearResource},
	{Code: BoundaryExplicitDeny, Layer: evidence.Boundary, Group: ExplicitDenies, Owners: callerOwners},
	{Code: SessionNoAllow, Layer: evidence.Session, Group: MissingAllow, Owners: []Owner{OwnerCaller}},
	{Code: SessionExplicitDeny, Layer: evidence.Session, Group: ExplicitDenies, Owners: []Owner{OwnerCaller}},
	{Code: CallerRoot, Layer: evidence.Caller, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}},
	{Code: CallerFederationToken, Layer: evidence.Caller, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}},
	{Code: CallerWrongIdentity, Layer: evidence.Caller, Group: MissingAllow, Owners: []Owner{OwnerCaller}, Details: []string{"user", "permission_set", "pod_role"}},
	{Code: CallerChainedSession, Layer: evidence.Caller, Group: MissingAllow, Owners: []Owner{OwnerCaller}},
	{Code: CallerSelfAssume, Layer: evidence.Caller, Group: MissingAllow, Owners: []Owner{OwnerCaller}},
	{Code: CallerRecreated, Layer: evidence.Caller, Group: Nobody, Owners: []Owner{OwnerCaller}, Details: []string{"recreated", "deleted"}},
	{Code: CallerAccountSuspended, Layer: evidence.Caller, Group: Nobody, Owners: []Owner{OwnerOrganization}},
}

var roleEntries = []Entry{
	{Code: RoleNotFound, Layer: evidence.Role, Group: Nobody, Owners: []Owner{OwnerCaller}, Details: []string{"spelling", "case", "path", "sso_suffix", "partition"}},
	{Code: RoleDeleted, Layer: evidence.Role, Group: Nobody, Owners: []Owner{OwnerRoleAccount}, History: true},
	{Code: RoleOtherAccount, Layer: evidence.Role, Group: Nobody, Owners: []Owner{OwnerCaller}, Details: []string{"account"}},
	{Code: RoleNotARole, Layer: evidence.Role, Group: Nobody, Owners: []Owner{OwnerCaller}, Details: []string{
		"user", "group", "assumed_role", "instance_profile", "policy", "root", "federated_user", "other",
	}},
	{Code: RoleAccountSuspended, Layer: evidence.Role, Group: Nobody, Owners: []Owner{OwnerOrganization}},
}

var organizationEntries = []Entry{
	{Code: CompanionTagSession, Group: MissingAllow, Owners: companionOwners, Details: []string{"layer_unknown"}},
	{Code: CompanionSetSourceIdentity, Group: MissingAllow, Owners: companionOwners, Details: []string{"inherited", "layer_unknown"}},
	{Code: CompanionSetContext, Group: MissingAllow, Owners: companionOwners, Details: []string{"layer_unknown"}},
	{Code: SCPExplicitDeny, Layer: evidence.SCP, Group: ExplicitDenies, Owners: []Owner{OwnerOrganization}},
	{Code: SCPNoAllow, Layer: evidence.SCP, Group: MissingAllow, Owners: []Owner{OwnerOrganization}, Details: nearResource},
	{Code: SCPRegionDeny, Layer: evidence.SCP, Group: ExplicitDenies, Owners: []Owner{OwnerOrganization}, Details: []string{"global_endpoint"}},
	{Code: SCPPerimeter, Layer: evidence.SCP, Group: ExplicitDenies, Owners: []Owner{OwnerOrganization}},
	{Code: RCPExplicitDeny, Layer: evidence.RCP, Group: ExplicitDenies, Owners: []Owner{OwnerOrganization}},
	{Code: VPCEExplicitDeny, Layer: evidence.VPCE, Group: ExplicitDenies, Owners: []Owner{OwnerEndpoint}},
	{Code: VPCENoAllow, Layer: evidence.VPCE, Group: MissingAllow, Owners: []Owner{OwnerEndpoint}, Details: append([]string{"other_principal"}, nearResource...)},
}

var companionOwners = []Owner{OwnerRoleAccount, OwnerCallerAccount, OwnerIdentityProvider, OwnerOrganization, OwnerEndpoint, OwnerCaller}

var platformEntries = []Entry{
	{Code: PlatformPropagation, Layer: evidence.Platform, Group: SettledSince, Owners: []Owner{OwnerCaller}, History: true},
	{Code: PlatformChangedSince, Layer: evidence.Platform, Group: SettledSince, Owners: []Owner{OwnerCaller}, History: true},
	{Code: PlatformMFACode, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}, Details: []string{"code", "serial"}},
	{Code: PlatformSTSRegion, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerRoleAccount}},
	{Code: PlatformSessionDuration, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}, Details: []string{"maximum", "chaining"}},
	{Code: PlatformCredentials, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}, Details: []string{
		"expired", "invalid", "signature", "clock", "missing",
	}},
	{Code: PlatformIdentityToken, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{
		OwnerCaller, OwnerRoleAccount, OwnerIdentityProvider,
	}, Details: []string{"provider_missing", "audience", "expired", "signature", "unreachable", "rejected"}},
	{Code: PlatformRequestInvalid, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}, Details: []string{
		"role_arn", "session_name", "external_id", "duration", "packed_size", "session_policy", "source_identity", kindUnknown,
	}},
	{Code: PlatformThrottled, Layer: evidence.Platform, Group: NoPolicyDecided, Owners: []Owner{OwnerCaller}, Details: []string{kindService}},
	{Code: EvidenceUnreadable, Layer: evidence.Evidence, Group: NotKnown, Owners: []Owner{
		OwnerRoleAccount, OwnerCallerAccount, OwnerOrganization, OwnerEndpoint, OwnerIdentityProvider,
	}, Details: []string{"trust", "identity", "boundary", "session", "scp", "rcp", "vpce"}},
	{Code: EvidenceRoleUnknown, Layer: evidence.Evidence, Group: NotKnown, Owners: []Owner{OwnerCaller}, Details: []string{"cut", "no_resource", "no_arn", "pod_identity", "unread"}},
	{Code: EvidenceContradiction, Layer: evidence.Evidence, Group: NotKnown, Owners: []Owner{OwnerRoleAccount}},
}
