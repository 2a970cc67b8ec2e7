package request

import (
	"maps"
	"slices"
	"strings"
)

// Type is the type of a condition key's value
// (Service Authorization Reference, "Condition keys" tables).
type Type uint8

// The types of value.
const (
	String Type = iota
	Bool
	Date
	Numeric
	IP
	ARNType
)

// Spec is what is known of a condition key by its name alone.
type Spec struct {
	Name   string // canonical spelling; of a family the prefix with its "/"
	Type   Type
	Multi  bool // multivalued: needs ForAllValues or ForAnyValue
	Family bool // Name is a prefix, the rest is a tag key or a context name
}

// catalogue is every key that a call of the AssumeRole family may carry
// (IAM User Guide, "AWS global condition context keys" and "IAM and AWS STS
// condition context keys"), save the claims of identity providers, which are
// in providers.go.
var catalogue = []Spec{
	// principal
	{Name: "aws:PrincipalArn", Type: ARNType},
	{Name: "aws:PrincipalAccount"},
	{Name: "aws:PrincipalOrgID"},
	{Name: "aws:PrincipalOrgPaths", Multi: true},
	{Name: "aws:PrincipalTag/", Family: true},
	{Name: "aws:PrincipalIsAWSService", Type: Bool},
	{Name: "aws:PrincipalServiceName"},
	{Name: "aws:PrincipalServiceNamesList", Multi: true},
	{Name: "aws:PrincipalType"},
	{Name: "aws:userid"},
	{Name: "aws:username"},
	// session
	{Name: "aws:TokenIssueTime", Type: Date},
	{Name: "aws:MultiFactorAuthPresent", Type: Bool},
	{Name: "aws:MultiFactorAuthAge", Type: Numeric},
	{Name: "aws:SourceIdentity"},
	{Name: "aws:FederatedProvider"},
	{Name: "aws:AssumedRoot", Type: Bool},
	{Name: "aws:SignInSessionArn", Type: ARNType},
	{Name: "aws:ChatbotSourceArn", Type: ARNType},
	{Name: "aws:Ec2InstanceSourceVpc"},
	{Name: "aws:Ec2InstanceSourcePrivateIPv4", Type: IP},
	{Name: "ec2:RoleDelivery", Type: Numeric},
	{Name: "ec2:SourceInstanceArn", Type: ARNType},
	{Name: "lambda:SourceFunctionArn", Type: ARNType},
	{Name: "ssm:SourceInstanceArn", Type: ARNType},
	{Name: "glue:RoleAssumedBy"},
	{Name: "glue:CredentialIssuingService"},
	{Name: "codebuild:BuildArn", Type: ARNType},
	{Name: "codebuild:ProjectArn", Type: ARNType},
	{Name: "identitystore:UserId"},
	// network
	{Name: "aws:SourceIp", Type: IP},
	{Name: "aws:VpcSourceIp", Type: IP},
	{Name: "aws:SourceVpce"},
	{Name: "aws:SourceVpc"},
	{Name: "aws:SourceVpcArn", Type: ARNType},
	{Name: "aws:VpceAccount"},
	{Name: "aws:VpceOrgID"},
	{Name: "aws:VpceOrgPaths", Multi: true},
	{Name: "aws:SecureTransport", Type: Bool},
	{Name: "aws:ViaCustomerDomain", Type: Bool},
	// resource
	{Name: "aws:ResourceAccount"},
	{Name: "aws:ResourceOrgID"},
	{Name: "aws:ResourceOrgPaths", Multi: true},
	{Name: "aws:ResourceTag/", Family: true},
	{Name: "iam:ResourceTag/", Family: true},
	// request
	{Name: "aws:RequestedRegion"},
	{Name: "aws:CurrentTime", Type: Date},
	{Name: "aws:EpochTime", Type: Date},
	{Name: "aws:UserAgent"},
	{Name: "aws:referer"},
	{Name: "aws:ViaAWSService", Type: Bool},
	{Name: "aws:CalledVia", Multi: true},
	{Name: "aws:CalledViaFirst"},
	{Name: "aws:CalledViaLast"},
	{Name: "aws:CalledViaAWSMCP"},
	{Name: "aws:ViaAWSMCPService", Type: Bool},
	{Name: "aws:IsMcpServiceAction", Type: Bool},
	{Name: "aws:RequestTag/", Family: true},
	{Name: "aws:TagKeys", Multi: true},
	{Name: "sts:TransitiveTagKeys", Multi: true},
	{Name: "aws:SourceAccount"},
	{Name: "aws:SourceArn", Type: ARNType},
	{Name: "aws:SourceOrgID"},
	{Name: "aws:SourceOrgPaths", Multi: true},
	// STS and federation
	{Name: "sts:ExternalId"},
	{Name: "sts:RoleSessionName"},
	{Name: "sts:SourceIdentity"},
	{Name: "sts:RequestContext/", Family: true},
	{Name: "sts:RequestContextProviders", Type: ARNType, Multi: true},
	{Name: "sts:RoleAuthorizedByIdp", Type: Bool},
	{Name: "sts:DurationSeconds", Type: Numeric},
	{Name: "sts:AWSServiceName"},
	{Name: "sts:IdentityTokenAudience", Multi: true},
	{Name: "sts:SigningAlgorithm"},
	{Name: "sts:TaskPolicyArn", Type: ARNType},
	{Name: "saml:aud"},
	{Name: "saml:iss"},
	{Name: "saml:sub"},
	{Name: "saml:sub_type"},
	{Name: "saml:doc"},
	{Name: "saml:namequalifier"},
	{Name: "saml:cn", Multi: true},
	{Name: "saml:commonName", Multi: true},
	{Name: "saml:eduOrgHomePageURI", Multi: true},
	{Name: "saml:eduOrgIdentityAuthNPolicyURI", Multi: true},
	{Name: "saml:eduOrgLegalName", Multi: true},
	{Name: "saml:eduOrgSuperiorURI", Multi: true},
	{Name: "saml:eduOrgWhitePagesURI", Multi: true},
	{Name: "saml:eduPersonAffiliation", Multi: true},
	{Name: "saml:eduPersonAssurance", Multi: true},
	{Name: "saml:eduPersonEntitlement", Multi: true},
	{Name: "saml:eduPersonNickname", Multi: true},
	{Name: "saml:eduPersonOrgDN"},
	{Name: "saml:eduPersonOrgUnitDN", Multi: true},
	{Name: "saml:eduPersonPrimaryAffiliation"},
	{Name: "saml:eduPersonPrimaryOrgUnitDN"},
	{Name: "saml:eduPersonPrincipalName"},
	{Name: "saml:eduPersonScopedAffiliation", Multi: true},
	{Name: "saml:eduPersonTargetedID", Multi: true},
	{Name: "saml:givenName"},
	{Name: "saml:mail"},
	{Name: "saml:name"},
	{Name: "saml:organizationStatus"},
	{Name: "saml:primaryGroupSID"},
	{Name: "saml:surname"},
	{Name: "saml:uid"},
	{Name: "saml:x500UniqueIdentifier"},
}

// Catalogue gives every key known by name, in the order of AWS's pages.
func Catalogue() []Spec { return append([]Spec(nil), catalogue...) }

// KeyID numbers the keys of the catalogue in the order of their lower-case
// names, so that they need not be looked up by name again and again. Zero is a
// key that is not in it.
type KeyID uint8

// known is a name of the catalogue.
type known struct {
	lower string
	id    KeyID
	spec  *Spec
}

// specs indexes the catalogue by lower-case name; names holds each canonical
// spelling, so that its lower-case form need not be made again; lowers are those
// forms by number.
var specs, names, lowers = index()

func index() (map[string]*Spec, map[string]known, [slots]string) {
	byLower := make(map[string]*Spec, len(catalogue))
	spelled := make(map[string]known, 2*len(catalogue))
	var numbered [slots]string
	for i := range catalogue {
		byLower[strings.ToLower(catalogue[i].Name)] = &catalogue[i]
	}
	for i, lower := range slices.Sorted(maps.Keys(byLower)) {
		k := known{lower: lower, id: KeyID(i + 1), spec: byLower[lower]}
		spelled[k.spec.Name], spelled[lower], numbered[k.id] = k, k, lower
	}
	return byLower, spelled, numbered
}

// IDOf is the number of a key by its lower-case name.
func IDOf(lower string) KeyID { return names[lower].id }

// Identify gives a key its number, and its name and Multi as AWS has them.
func (k *Key) Identify() {
	if n, ok := names[k.Name]; ok { // spelled as AWS does, as most are
		k.Name, k.ID, k.Multi = n.spec.Name, n.id, n.spec.Multi
		return
	}
	name, spec, known := spell(k.Name)
	k.Name, k.ID = name, names[name].id
	if known {
		k.Multi = spec.Multi
	}
}

// Lookup gives what is known of a key by its name, in any case. A key with a
// tag part ("aws:PrincipalTag/team") gives its family. The part behind the
// first "/" is the tag key, whatever stands in it.
func Lookup(name string) (Spec, bool) {
	if k, ok := names[name]; ok {
		return *k.spec, true // spelled as AWS does, as most are
	}
	if i := strings.IndexByte(name, '/'); i >= 0 {
		if k, ok := names[name[:i+1]]; ok && k.spec.Family {
			return *k.spec, true // so, too; no other key has a slash in its name
		}
	}
	low := strings.ToLower(name)
	if s := specs[low]; s != nil && !s.Family {
		return *s, true
	}
	if i := strings.IndexByte(low, '/'); i >= 0 {
		if s := specs[low[:i+1]]; s != nil && s.Family {
			return *s, true
		}
	}
	if _, claim, ok := SplitClaim(name); ok {
		return Spec{Name: name, Multi: strings.EqualFold(claim, "amr")}, true
	}
	return Spec{}, false
}

// Canonical is the name as AWS spells it; the tag part stays as it is written.
// A name that is not in the catalogue is given back unchanged.
func Canonical(name string) string {
	canonical, _, _ := spell(name)
	return canonical
}

// spell is Canonical and Lookup at once.
func spell(name string) (canonical string, s Spec, ok bool) {
	s, ok = Lookup(name)
	switch {
	case !ok:
		return name, s, false
	case s.Family && strings.HasPrefix(name, s.Name):
		return name, s, true
	case s.Family && len(name) >= len(s.Name):
		return s.Name + name[len(s.Name):], s, true
	}
	return s.Name, s, true
}

// lowerOf is strings.ToLower without making the common names anew.
func lowerOf(name string) string {
	low, _ := spelling(name)
	return low
}

// spelling is lowerOf with the key's number.
func spelling(name string) (string, KeyID) {
	if k, ok := names[name]; ok {
		return k.lower, k.id
	}
	low := strings.ToLower(name)
	return low, names[low].id
}
