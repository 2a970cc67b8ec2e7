package trail

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// A member is one that is read of a record: its name, the first byte of the
// JSON type that CloudTrail gives it (0: several types, or told elsewhere), and
// what is read within it.
type member struct {
	name  string
	kind  byte
	inner []member
}

// texts names members that hold strings.
func texts(names ...string) []member {
	list := make([]member, len(names))
	for i, n := range names {
		list[i] = member{name: n, kind: '"'}
	}
	return list
}

func holds(name string, inner ...member) member { return member{name, '{', inner} }

// recordMembers is what is read of the record of a role switch (CloudTrail User
// Guide, "CloudTrail record contents" and "CloudTrail userIdentity element").
// Params.Unread tells the types within requestParameters.
var recordMembers = append(texts(
	"eventID", "eventTime", "eventSource", "eventName", "awsRegion", "sourceIPAddress", "userAgent",
	"errorCode", "errorMessage", "recipientAccountId", "vpcEndpointId", "vpcEndpointAccountId", "sharedEventID", "eventVersion",
),
	holds("userIdentity", append(texts(
		"type", "principalId", "arn", "accountId", "accessKeyId", "userName", "invokedBy", "identityProvider",
	),
		holds("onBehalfOf", texts("userId")...),
		holds("inScopeOf", texts("issuerType", "credentialsIssuedTo", "sourceArn", "sourceAccount")...),
		holds("sessionContext", append(texts("sourceIdentity", "ec2RoleDelivery", "assumedRoot", "signInSessionArn"),
			holds("sessionIssuer", texts("type", "principalId", "arn", "accountId", "userName")...),
			holds("attributes", texts("creationDate", "mfaAuthenticated")...),
			holds("webIdFederationData", texts("federatedProvider")...),
		)...),
	)...),
	holds(
		"requestParameters",
		member{name: "roleArn"}, member{name: "principalArn"}, member{name: "roleSessionName"}, member{name: "externalId"},
		member{name: "sourceIdentity"}, member{name: "serialNumber"}, member{name: "durationSeconds"}, member{name: "policy"},
		member{name: "tags"}, member{name: "principalTags"}, member{name: "incomingTransitiveTags"},
		member{name: "transitiveTagKeys"}, member{name: "policyArns"}, member{name: "providedContexts"}, member{name: "omitted"},
	),
	holds("responseElements", texts("SwitchRole")...),
	holds(
		"additionalEventData",
		append(texts("SwitchTo"), holds("RequestDetails", texts("endpointType", "awsServingRegion")...))...,
	),
	holds("tlsDetails", texts("clientProvidedHostHeader")...),
	holds("addendum", texts("originalEventID")...),
	member{name: "resources", kind: '['},
	member{name: "sessionCredentialFromConsole"},
)

// unread adds the members that are there but say nothing to be relied on: those
// of another type than theirs, those that stand there twice and differ, and
// those whose name is in another letter case.
// null is no wrong type: CloudTrail writes it for what is not there.
func unread(v value, within []member, path string, list []string) []string {
	var seen [mostMembers]value
	add := func(i int) {
		if at := path + within[i].name; !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	members(v, func(key []byte, m value) {
		i := indexOf(within, key)
		if i < 0 {
			if i = likeIndexOf(within, key); i >= 0 && string(m) != "null" {
				add(i)
			}
			return
		}
		switch {
		case seen[i] != nil:
			if !bytes.Equal(seen[i], m) {
				add(i)
			}
		case string(m) == "null":
		case within[i].kind != 0 && m[0] != within[i].kind:
			list = append(list, path+within[i].name)
		case within[i].inner != nil:
			list = unread(m, within[i].inner, path+within[i].name+".", list)
		}
		seen[i] = m
	})
	return list
}

// repeatedOf are those of the paths whose member stands more than once in its
// object.
func repeatedOf(object value, paths []string) []string {
	var list []string
	for _, path := range paths {
		within, steps := object, strings.Split(path, ".")
		for i, step := range steps {
			count := 0
			var next value
			members(within, func(key []byte, m value) {
				if string(key) == step {
					count, next = count+1, m
				}
			})
			if count > 1 && i == len(steps)-1 {
				list = append(list, path)
			}
			within = next
		}
	}
	return list
}

// mostMembers is how many are read of one object at most.
const mostMembers = 24

func indexOf(within []member, key []byte) int {
	for i := range within {
		if within[i].name == string(key) {
			return i
		}
	}
	return -1
}

// likeIndexOf is indexOf for a name in whichever letter case.
func likeIndexOf(within []member, key []byte) int {
	for i := range within {
		if len(within[i].name) == len(key) && strings.EqualFold(within[i].name, string(key)) {
			return i
		}
	}
	return -1
}

// without is an object without the members that the paths name.
func without(v value, within []member, path string, paths []string) value {
	out := value{'{'}
	members(v, func(key []byte, m value) {
		if i := indexOf(within, key); i >= 0 {
			at := path + within[i].name
			if slices.Contains(paths, at) {
				return
			}
			if within[i].inner != nil && m[0] == '{' {
				m = without(m, within[i].inner, at+".", paths)
			}
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = append(append(append(out, quotedName(key)...), ':'), m...)
	})
	return append(out, '}')
}

// quotedName is a member's name as JSON.
func quotedName(key []byte) []byte {
	b, err := json.Marshal(string(key))
	if err != nil {
		return []byte(`""`) // never: a string has a JSON form
	}
	return b
}

// Doubts says whether a member of the record, named as a path
// ("userIdentity.sessionContext"), could not be read: itself, what it stands in,
// or something within it.
func (r *Record) Doubts(path string) bool {
	return slices.ContainsFunc(r.Unread, func(u string) bool {
		return u == path || strings.HasPrefix(u, path+".") || strings.HasPrefix(path, u+".")
	})
}

// unclear says why it cannot be told whether a role switch failed, or nothing.
func (r *Record) unclear() string {
	if r.Class != NotOurs {
		return ""
	}
	for _, path := range []string{"errorCode", "errorMessage", "responseElements"} {
		if r.Doubts(path) && (path != "responseElements" || r.ofConsole()) {
			return "not a CloudTrail record: its " + path + " is not of the type that CloudTrail writes, or is there twice: hand over the record as CloudTrail wrote it"
		}
	}
	return ""
}
