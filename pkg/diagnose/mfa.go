package diagnose

import (
	"slices"

	"github.com/assumewhy/assumewhy/pkg/eval"
	"github.com/assumewhy/assumewhy/pkg/evidence"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// opaqueMFA: the call sent the serial number of an MFA device, AWS denied it
// without a reason, and with MFA granted every policy allows it. So it was
// probably the code or the serial number that AWS did not take: CloudTrail has no
// more than "An unknown error occurred" where AWS STS fails before it asks any
// policy.
func (q *inquiry) opaqueMFA() {
	r := q.Subject.Record
	if r == nil || r.Hint.Form != trail.FormOpaque || r.Params == nil || q.certain() || q.usual.Decision != eval.Allowed {
		return
	}
	const member = "serialNumber"
	if r.Params.SerialNumber == nil && !slices.Contains(r.Params.Unread, member) {
		return
	}
	q.add(Cause{
		Code: PlatformMFACode, Certainty: evidence.Likely, Grade: ByElimination, Layer: evidence.Platform,
		Account: q.Request.Caller.Account, Owner: OwnerCaller,
		Evidence: []Fact{
			{Origin: evidence.Origin{Kind: evidence.FromEvent, Ref: "requestParameters." + member}, Text: member},
			{Origin: evidence.Origin{Kind: evidence.FromRule, Ref: "certainty"}, Text: string(ByElimination)},
		},
	})
	q.final = true
}
