package reconstruct

import (
	"strings"

	"github.com/assumewhy/assumewhy/pkg/arn"
	"github.com/assumewhy/assumewhy/pkg/request"
	"github.com/assumewhy/assumewhy/pkg/trail"
)

// rootOf is the target of AssumeRoot: the root user of a member account, which
// the parameters name by the account's id or by ARN, and AWS's message by ARN
// (AWS STS API Reference, "AssumeRoot"). It is no role, and none of the rules of
// roles and of trust policies hold for it.
func rootOf(r *trail.Record) (role request.Role, raw string) {
	if r.Params != nil {
		raw = r.Params.TargetPrincipal
	}
	if isAccount(raw) {
		partition := "aws"
		if a, ok := arn.Parse(r.Identity.ARN); ok {
			partition = a.Partition
		}
		raw = "arn:" + partition + ":iam::" + raw + ":root"
	}
	if raw == "" && !r.Hint.Cut && r.Hint.Clean() {
		raw = r.Hint.Resource
	}
	a, ok := arn.Parse(raw)
	if !ok {
		return role, raw
	}
	return request.Role{ARN: raw, Partition: a.Partition, Account: a.Account}, raw
}

// taskKey is the policy of the task for which AssumeRoot is called (Service
// Authorization Reference, "AWS Security Token Service").
func (b *builder) taskKey() {
	const key = "sts:TaskPolicyArn"
	o := event("requestParameters.taskPolicyArn")
	switch {
	case b.action() != assumeRoot:
	case b.params() != nil && strings.HasPrefix(b.params().TaskPolicy, "arn:"):
		b.present(key, o, b.params().TaskPolicy)
	default:
		b.presentAny(key, o)
	}
}
