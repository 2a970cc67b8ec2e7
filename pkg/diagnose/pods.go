package diagnose

import (
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/reconstruct"
)

// podIdentity: EKS Pod Identity assumes the role of an association for the node
// that asks. The record has the node and the cluster, not the role; what the
// node's own policies allow decides nothing, so the request is the service's
// (Amazon EKS User Guide, "EKS Pod Identities").
func (q *inquiry) podIdentity() {
	if q.final || !reconstruct.PodIdentity(q.Subject.Record) || q.Request.Role.ARN != "" {
		return
	}
	account := q.Subject.Caller.Account
	q.role0.gap = evidence.Gap{Code: "role", Layer: evidence.Role, Account: account, Why: evidence.NotInRecord}
	q.add(Cause{
		Code: EvidenceRoleUnknown, Layer: evidence.Evidence, Account: account, Owner: OwnerCaller,
		Detail: Detail{Kind: "pod_identity"},
	})
	q.gap(q.role0.gap, true)
	q.final, q.unsaid = true, true
}
