package diagnose

import (
	"sort"

	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/policy"
)

// ranking is the order in which causes of the same certainty are named: one
// line a place. Codes of one place are ordered by level, policy, statement,
// condition and code.
var ranking = [][]Code{
	{CallerRoot},
	{CallerFederationToken},
	{PlatformMFACode},
	{PlatformSTSRegion},
	{PlatformSessionDuration},
	{PlatformCredentials},
	{PlatformIdentityToken},
	{PlatformRequestInvalid},
	{PlatformThrottled},

	{PlatformPropagation},
	{PlatformChangedSince},

	// explicit denies, by layer
	{IdentityQuarantined},
	{IdentitySessionRevoked},
	{IdentityMFARequired},
	{IdentityExplicitDeny},
	{BoundaryExplicitDeny},
	{SessionExplicitDeny},
	{SCPRegionDeny},
	{SCPPerimeter},
	{SCPExplicitDeny},
	{RCPExplicitDeny},
	{VPCEExplicitDeny},
	{TrustExplicitDeny},

	{RoleNotARole},
	{RoleDeleted},
	{RoleOtherAccount},
	{RoleNotFound},
	{CallerAccountSuspended},
	{RoleAccountSuspended},
	{CallerRecreated},

	// implicit denies
	{CallerSelfAssume},
	{
		TrustOrphanedPrincipal, TrustSessionARN, TrustWildcardPrincipal, TrustServiceOnly, TrustFederatedOnly,
		TrustActionMismatch, TrustExternalIDMissing, TrustExternalIDWrong, TrustExternalIDConsole,
		TrustMFAMissing, TrustMFATooOld, TrustMFALostInChain, TrustSourceIP, TrustSourceNetwork,
		TrustOrganization, TrustPrincipalARN, TrustPrincipalTag, TrustResourceTag, TrustRequestTag,
		TrustSessionName, TrustSourceIdentity, TrustExpired, TrustNotYetValid, TrustRequestedRegion,
		TrustConfusedDeputy, TrustOIDCSubject, TrustOIDCAudience, TrustOIDCProvider, TrustOIDCClaim,
		TrustSAMLProvider, TrustSAMLAttribute,
	},
	{TrustCondition},
	{TrustNoPrincipal},
	{TrustNoAllow},
	{CompanionTagSession, CompanionSetSourceIdentity, CompanionSetContext},
	{IdentityNoAllow, IdentityResourceMismatch, IdentityCondition},
	{BoundaryNoAllow},
	{SessionNoAllow},
	{SCPNoAllow},
	{VPCENoAllow},
	{CallerWrongIdentity, CallerChainedSession},

	{EvidenceUnreadable},
	{EvidenceRoleUnknown},
	{EvidenceContradiction},
}

// Codes gives every code, in the order of the ranking.
func Codes() []Code {
	var list []Code
	for _, place := range ranking {
		list = append(list, place...)
	}
	return list
}

var placeOf = func() map[Code]int {
	m := map[Code]int{}
	for i, place := range ranking {
		for _, c := range place {
			m[c] = i
		}
	}
	return m
}()

// rank orders the causes and marks the one to act on first. What accompanies
// another cause comes after the causes of its certainty and never leads them.
func rank(causes []Cause) {
	sort.SliceStable(causes, func(i, j int) bool { return before(&causes[i], &causes[j]) })
	for i := range causes {
		if !accompanies(causes[i].Code) {
			causes[i].Primary = true
			return
		}
	}
	if len(causes) > 0 {
		causes[0].Primary = true
	}
}

func accompanies(c Code) bool { return c == CallerWrongIdentity || c == CallerChainedSession }

func before(a, b *Cause) bool {
	if a.Certainty != b.Certainty {
		return a.Certainty > b.Certainty
	}
	if x, y := place(a), place(b); x != y {
		return x < y
	}
	if x, y := companionLayer(a), companionLayer(b); x != y {
		return x < y
	}
	if a.Level != b.Level {
		return a.Level < b.Level
	}
	if x, y := policyKey(a), policyKey(b); x != y {
		return x < y
	}
	if x, y := statementIndex(a), statementIndex(b); x != y {
		return x < y
	}
	if x, y := mark(a), mark(b); x.Line != y.Line || x.From != y.From {
		return x.Line < y.Line || x.Line == y.Line && x.From < y.From
	}
	return a.Code < b.Code
}

// place is the code's place in the ranking. The codes that a Deny and a missing
// Allow share stand where the one or the other stands.
func place(c *Cause) int {
	switch {
	case c.Explicit && (companionCode(c.Action) == c.Code || c.Layer == evidence.Trust):
		return placeOf[explicitOf[c.Layer]]
	case !c.Explicit && c.Code == IdentityMFARequired:
		return placeOf[IdentityCondition]
	}
	return placeOf[c.Code]
}

// companionLayer orders what a companion authorization lacks in several layers
// as explicit denies are: a level counts within its layer alone.
func companionLayer(c *Cause) int {
	if companionCode(c.Action) != c.Code {
		return 0
	}
	return placeOf[explicitOf[c.Layer]]
}

var explicitOf = map[evidence.Layer]Code{
	evidence.Identity: IdentityExplicitDeny, evidence.Boundary: BoundaryExplicitDeny,
	evidence.Session: SessionExplicitDeny, evidence.SCP: SCPExplicitDeny, evidence.RCP: RCPExplicitDeny,
	evidence.VPCE: VPCEExplicitDeny, evidence.Trust: TrustExplicitDeny,
}

func policyKey(c *Cause) string {
	if c.Policy == nil {
		return ""
	}
	return first(c.Policy.ARN, c.Policy.Name)
}

func statementIndex(c *Cause) int {
	if c.Statement == nil {
		return -1
	}
	return c.Statement.Index
}

func mark(c *Cause) policy.Span {
	if len(c.Marks) == 0 {
		return policy.Span{}
	}
	return c.Marks[0]
}
