package trail

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// record reads one CloudTrail record (CloudTrail User Guide, "CloudTrail record
// contents"). Whatever a member holds, reading goes on: a member of another type
// than its own is unknown, and for role switches named in Unread.
func record(object value) *Record {
	r := &Record{}
	r.read(object)
	given := r.RequestParameters
	if r.ofRoleSwitch() {
		if paths := unread(object, recordMembers, "", nil); paths != nil {
			*r = Record{Unread: paths, Repeated: repeatedOf(object, paths)}
			r.read(without(object, recordMembers, "", paths))
		}
	}
	r.settle()
	r.RequestParameters = given
	return r
}

func (r *Record) read(object value) {
	members(object, func(key []byte, v value) {
		if !r.plain(key, v) {
			r.nested(key, v)
		}
	})
}

// settle fills in what follows from several members.
func (r *Record) settle() {
	if roleSwitch(r.Source, r.Name) {
		r.Params = r.parameters()
	}
	r.Hint = ParseMessage(r.ErrorMessage)
	r.Class = r.classify()
}

// parameters reads requestParameters. Without the role, which every call but
// AssumeRoot must name, they are not the whole of what was passed, and what is
// not in them cannot be called absent: then nil, as when there are none; where
// the role is there and not read, they are Partial (STS API Reference,
// "AssumeRole").
func (r *Record) parameters() *Params {
	p := params(value(r.RequestParameters))
	if p == nil {
		return nil
	}
	for _, path := range r.Unread {
		if name, ok := strings.CutPrefix(path, "requestParameters."); ok {
			p.unread(name)
		}
	}
	if p.RoleARN == "" && r.Name != "AssumeRoot" {
		if !slices.Contains(p.Unread, "roleArn") {
			return nil
		}
		p.Partial = true
	}
	return p
}

// plain reads the members that are strings.
func (r *Record) plain(key []byte, v value) bool {
	var to *string
	switch string(key) {
	case "eventID":
		to = &r.ID
	case "sharedEventID":
		to = &r.SharedID
	case "eventVersion":
		to = &r.Version
	case "eventSource":
		to = &r.Source
	case "eventName":
		to = &r.Name
	case "awsRegion":
		to = &r.Region
	case "sourceIPAddress":
		to = &r.SourceIP
	case "userAgent":
		to = &r.UserAgent
	case "errorCode":
		to = &r.ErrorCode
	case "errorMessage":
		to = &r.ErrorMessage
	case "recipientAccountId":
		to = &r.RecipientAccount
	case "vpcEndpointId":
		to = &r.EndpointID
	case "vpcEndpointAccountId":
		to = &r.EndpointAccount
	default:
		return false
	}
	*to = v.text()
	return true
}

// nested reads the other members.
func (r *Record) nested(key []byte, v value) {
	switch string(key) {
	case "eventTime":
		r.Time = v.instant()
	case "addendum":
		r.OriginalID = v.get("originalEventID").text()
	case "sessionCredentialFromConsole":
		r.FromConsole = v.flag()
	case "tlsDetails":
		r.HasTLS = v[0] == '{'
		r.Host = v.get("clientProvidedHostHeader").text()
	case "additionalEventData":
		details := v.get("RequestDetails")
		r.EndpointType = details.get("endpointType").text()
		r.ServingRegion = details.get("awsServingRegion").text()
		r.SwitchTo = v.get("SwitchTo").text()
	case "responseElements":
		r.SwitchRole = v.get("SwitchRole").text()
	case "requestParameters":
		r.RequestParameters = json.RawMessage(bytes.ToValidUTF8(bytes.Clone(v), []byte("\uFFFD")))
	case "userIdentity":
		r.Identity = identity(v)
	case "resources":
		r.Resources = resources(v)
	}
}

// resources reads resources[]; entries that are no objects are left out.
func resources(v value) []Resource {
	var all []Resource
	elements(v, func(e value) {
		if e[0] != '{' {
			return
		}
		var one Resource
		members(e, func(key []byte, m value) {
			switch string(key) {
			case "ARN":
				one.ARN = m.text()
			case "accountId":
				one.Account = m.text()
			case "type":
				one.Type = m.text()
			}
		})
		all = append(all, one)
	})
	return all
}
