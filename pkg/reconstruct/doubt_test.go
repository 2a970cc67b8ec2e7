package reconstruct_test

import (
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// TestDoubts: a field that is there and could not be read makes the keys that
// come from it unknown, whatever they would be without the field; the operator's
// word stands over it.
func TestDoubts(t *testing.T) {
	user := func(more string) string {
		return `{"type":"IAMUser","principalId":"AIDAALICE","arn":"` + asUser + `","accountId":"` + ours + `","userName":"alice"` + more + `}`
	}
	tests := []struct {
		name, caller string
		edits        map[string]string
		want         map[string]string
	}{
		{"sessionContext is no object", "user", map[string]string{"userIdentity": user(`,"sessionContext":7`)}, map[string]string{
			mfaKey: "unknown", "aws:TokenIssueTime": "unknown", "aws:SourceIdentity": "unknown", "aws:AssumedRoot": "unknown",
			"aws:FederatedProvider": "unknown", "ec2:RoleDelivery": "unknown", "aws:username": "alice",
		}},
		{"mfaAuthenticated is no string", "user", map[string]string{"userIdentity": user(`,"sessionContext":{"attributes":{"mfaAuthenticated":false}}`)}, map[string]string{
			mfaKey: "unknown", ageKey: "unknown", "aws:SourceIdentity": "absent",
		}},
		{"two times of one session", "user", map[string]string{"userIdentity": user(`,"sessionContext":{"attributes":{"creationDate":"2026-09-01T09:00:00Z","creationDate":"2026-09-01T08:00:00Z"}}`)}, map[string]string{
			"aws:TokenIssueTime": "unknown",
		}},
		{"invokedBy is no string", "user", map[string]string{"userIdentity": user(`,"invokedBy":[]`)}, map[string]string{
			"aws:ViaAWSService": "unknown", "aws:CalledVia": "unknown", "aws:CalledViaFirst": "unknown",
		}},
		{"onBehalfOf is no object", "user", map[string]string{"userIdentity": user(`,"onBehalfOf":"bob"`)}, map[string]string{"identitystore:UserId": "unknown"}},
		{"two names", "user", map[string]string{"userIdentity": user(`,"userName":"bob"`)}, map[string]string{"aws:username": "unknown", "aws:userid": "AIDAALICE"}},
		{"the endpoint is no string", "user", map[string]string{"vpcEndpointId": "7"}, map[string]string{
			"aws:SourceIp": "unknown", "aws:SourceVpce": "unknown", "aws:SourceVpc": "unknown", "aws:VpcSourceIp": "unknown",
		}},
		{"the region is no string", "user", map[string]string{"awsRegion": "{}"}, map[string]string{"aws:RequestedRegion": "unknown"}},
		{"parameters are no object", "user", map[string]string{"requestParameters": `"x"`}, map[string]string{
			"sts:ExternalId": "unknown", "aws:TagKeys": "unknown", "aws:RequestTag/Team": "unknown", "sts:SourceIdentity": "unknown",
		}},
		{"one parameter twice", "user", map[string]string{"requestParameters": `{"roleArn":"` + roleARN + `","externalId":"a","externalId":"b"}`}, map[string]string{
			"sts:ExternalId": "present_unknown", "aws:TagKeys": "absent",
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			keys(t, ask(t, tt.caller, tt.edits, nothing()), tt.want)
		})
	}
	known := reconstruct.Known{Key: "aws:SourceIp", Values: []string{"203.0.113.12"}}
	keys(t, ask(t, "user", map[string]string{"sourceIPAddress": "7"}, nothing(), known), map[string]string{"aws:SourceIp": "203.0.113.12"})
	if r := ask(t, "user", map[string]string{"vpcEndpointId": "7"}, nothing()); !r.Network.Unread {
		t.Error("whether there is an endpoint passes for known")
	}
}
