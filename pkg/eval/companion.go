package eval

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/request"
)

// keyClass says to which row of the table below a condition key belongs. Keys
// of the principal, the network, the time, the region, MFA and the resource's
// tags are common to every authorization of a call; those of the request are
// not.
type keyClass uint8

const (
	commonKey keyClass = iota
	externalID
	sessionName
	requestTags
	transitiveTags
	sourceIdentity
	requestContext
	samlAudience
	tokenClaim // other saml keys, and the claims of a provider
	numClasses
)

// cut is what becomes of a request key in a companion authorization.
type cut uint8

const (
	asPassed cut = iota
	notKnown     // the reference lists no such key for the action, and a list that omits it is no proof
	notThere     // measured, or of a kind with one that was measured
)

const companions = setContext - tagSession + 1

// cuts is which request keys the companion authorizations see
// (Service Authorization Reference, "Actions, resources, and condition keys for
// AWS Security Token Service"; IAM User Guide, "Pass session tags in AWS STS"
// and "Monitor and control actions taken with assumed roles").
var cuts = [numClasses][companions]cut{
	//                tagSession, setSourceIdentity, setContext
	commonKey:      {asPassed, asPassed, asPassed},
	externalID:     {notKnown, notKnown, notKnown},
	sessionName:    {notKnown, notThere, notKnown},
	requestTags:    {asPassed, notThere, notKnown},
	transitiveTags: {asPassed, notThere, notKnown},
	sourceIdentity: {notKnown, asPassed, notKnown},
	requestContext: {notKnown, notKnown, asPassed},
	samlAudience:   {asPassed, notKnown, notKnown},
	tokenClaim:     {notKnown, notKnown, notKnown},
}

// classify finds the class of a key by its lower-case name.
func classify(lower string) keyClass {
	switch lower {
	case "sts:externalid":
		return externalID
	case "sts:rolesessionname":
		return sessionName
	case "aws:tagkeys":
		return requestTags
	case "sts:transitivetagkeys":
		return transitiveTags
	case "sts:sourceidentity":
		return sourceIdentity
	case "sts:requestcontextproviders":
		return requestContext
	case "saml:aud":
		return samlAudience
	}
	switch {
	case strings.HasPrefix(lower, "aws:requesttag/"):
		return requestTags
	case strings.HasPrefix(lower, "sts:requestcontext/"):
		return requestContext
	case strings.HasPrefix(lower, "saml:"):
		return tokenClaim
	}
	if _, _, ok := request.SplitClaim(lower); ok {
		return tokenClaim
	}
	return commonKey
}

// state is what is known of a key in the authorization at hand. What was not
// passed is absent from all of them.
func (e *evaluator) state(k *request.Key, class keyClass) request.KeyState {
	if class == commonKey || k.State == request.KeyAbsent || e.id < tagSession || e.id > setContext {
		return k.State
	}
	if class >= samlAudience && !e.federated {
		return k.State // of the session that calls, not of a token in this call
	}
	switch cuts[class][e.id-tagSession] {
	case notThere:
		return request.KeyAbsent
	case notKnown:
		return request.KeyUnknown
	default:
		return k.State
	}
}
