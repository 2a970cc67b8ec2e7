package reconstruct_test

import (
	"strings"
	"testing"

	"github.com/assumewhy/assumewhy/pkg/reconstruct"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/scope"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// TestPodIdentity: the call that AWS STS judges is the service's own; of the
// node that asked for it, only the subject tells. Where the node itself was
// refused, the node is the caller.
func TestPodIdentity(t *testing.T) {
	const node = `{"eventSource":"eks-auth.amazonaws.com","eventName":"AssumeRoleForPodIdentity","errorCode":"AccessDenied","errorMessage":"%","eventTime":"2026-10-14T06:13:13Z",
		"userIdentity":{"type":"AssumedRole","principalId":"AROARUNNER:i-0a1b2c3d4e5f60718","arn":"arn:aws:sts::` + ours + `:assumed-role/runner/i-0a1b2c3d4e5f60718","accountId":"` + ours + `",
		"sessionContext":{"sourceIdentity":"alice","attributes":{"mfaAuthenticated":"true","creationDate":"2026-10-14T05:00:00Z"}}},
		"sourceIPAddress":"203.0.113.10","vpcEndpointId":"vpce-1","tlsDetails":{"tlsVersion":"TLSv1.3"},"requestParameters":{"clusterName":"c"}}`
	for message, service := range map[string]bool{
		"Unauthorized Exception! EKS does not have permissions to assume the associated role.":                                                                           true,
		"User: arn:aws:sts::" + ours + ":assumed-role/runner/i-0a1b2c3d4e5f60718 is not authorized to perform: eks-auth:AssumeRoleForPodIdentity on resource: arn:aws:x": false,
	} {
		for rec, err := range trail.Decode(strings.NewReader(strings.Replace(node, "%", message, 1)), "x") {
			if err != nil {
				t.Fatal(err)
			}
			e, s := whole(t), reconstruct.SubjectOf(rec)
			r := reconstruct.Request(s, e, nil)
			if got := r.Caller.Kind == request.Service && r.Caller.ARN == "pods.eks.amazonaws.com"; got != service || s.Caller.RoleName != "runner" {
				t.Errorf("%s: caller %+v of subject %+v", message, r.Caller, s.Caller)
			}
			p := scope.Policies(e, r)
			if got := p.Identity.Why != "" && p.Session.Why != "" && p.SCP.Why != "" && p.VPCE.Why != ""; got != service {
				t.Errorf("%s: exempt %t", message, got)
			}
			if !service {
				continue
			}
			for _, key := range []string{"aws:SourceIp", "aws:SourceVpce", "aws:TokenIssueTime", "aws:SourceIdentity", "aws:MultiFactorAuthPresent"} {
				if k := r.Keys.Get(key); k.State == request.KeyPresent {
					t.Errorf("%s is of the other call: %+v", key, k)
				}
			}
		}
	}
}
